//! How citations are written: the options of all output formats.

use std::collections::HashSet;
use std::sync::Arc;

use super::annotations;
use super::bibliography::Bibliographies;
use super::cite_command::CiteCommand;
use super::reference::style::Style;
use super::reference::style_cache::Press;
use super::template::Template;
use super::writers::bibtex::dialect::Detail;
use crate::domain::{Kind, Marks, Paper, PaperId};

/// How citations are written.
#[derive(Debug, Clone, Default)]
pub struct CiteStyle {
    pub command: CiteCommand,
    pub detail: Detail,
    pub prefer: Prefer,
    /// What the reader says of the papers, which is told where all that is known is.
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies, whose keys win.
    pub bibliography: Bibliographies,
    /// Keys that are taken where the papers go to, in lower case.
    pub taken: Arc<HashSet<String>>,
    pub template: Template,
    /// The style of references.
    pub style: Style,
    pub press: Press,
}

/// What a paper is cited as whose preprint and published record are both known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefer {
    /// What was published, with the preprint beside it where the form has a place for that.
    #[default]
    Published,
    Preprint,
}

impl Prefer {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "published" => Some(Self::Published),
            "preprint" => Some(Self::Preprint),
            _ => None,
        }
    }

    /// Whether both are known of the paper.
    pub fn is_asked(paper: &Paper<'_>) -> bool {
        !paper.arxiv.is_empty() && paper.kind != Kind::Preprint
    }

    /// The record that is cited. That of a preprint has what is known by its identifier and who
    /// wrote it, and nothing of where it was published later.
    pub fn record(self, paper: Paper<'_>) -> Paper<'_> {
        if self == Self::Published || !Self::is_asked(&paper) {
            return paper;
        }
        let year = year_of_arxiv(paper.arxiv).or(paper.year);
        Paper { venue: "", doi: "", fact_list: "", kind: Kind::Preprint, year, ..paper }
    }
}

impl CiteStyle {
    /// The facts of a paper with what the reader says of it, where that is to be told.
    pub fn facts_of(&self, id: PaperId, paper: &Paper<'_>) -> Option<String> {
        let is_told = self.detail == Detail::Everything && self.marks.have_words();
        if is_told { annotations::facts(paper, &self.marks.of(id)) } else { None }
    }
}

/// The year in an identifier: `2501.02950` is of 2025, `hep-th/9901001` of 1999.
fn year_of_arxiv(id: &str) -> Option<i16> {
    let digits = id.rsplit('/').next()?.get(..2)?;
    let year: i16 = digits.parse().ok()?;
    Some(if year > 90 { 1900 + year } else { 2000 + year })
}
