//! How citations are written: the options of all output formats.

use std::collections::HashSet;
use std::sync::Arc;

use super::annotations;
use super::bibliography::SharedBibliography;
use super::cite_command::CiteCommand;
use super::reference::style::Style;
use super::reference::style_cache::StyleCache;
use super::template::Template;
use super::writers::bibtex::dialect::Detail;
use crate::domain::{Marks, Paper, PaperId, PaperKind};

/// How citations are written.
#[derive(Debug, Clone, Default)]
pub struct CiteOptions {
    pub command: CiteCommand,
    pub detail: Detail,
    pub preferred_version: PreferredVersion,
    /// What the reader says of the papers, which is told where all that is known is.
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies, whose keys win.
    pub bibliography: SharedBibliography,
    /// Keys that are taken where the papers go to, in lower case.
    pub reserved_keys: Arc<HashSet<String>>,
    pub template: Template,
    /// The style of references.
    pub style: Style,
    pub style_cache: StyleCache,
}

/// What a paper is cited as whose preprint and published record are both known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PreferredVersion {
    /// What was published, with the preprint beside it where the form has a place for that.
    #[default]
    Published,
    Preprint,
}

impl PreferredVersion {
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "published" => Some(Self::Published),
            "preprint" => Some(Self::Preprint),
            _ => None,
        }
    }

    /// Whether both are known of the paper.
    pub fn has_both_versions(paper: &Paper<'_>) -> bool {
        !paper.arxiv.is_empty() && paper.kind != PaperKind::Preprint
    }

    /// The record that is cited. That of a preprint has what is known by its identifier and who
    /// wrote it, and nothing of where it was published later.
    pub fn apply(self, paper: Paper<'_>) -> Paper<'_> {
        if self == Self::Published || !Self::has_both_versions(&paper) {
            return paper;
        }
        let year = arxiv_year(paper.arxiv).or(paper.year);
        Paper { venue: "", doi: "", field_list: "", kind: PaperKind::Preprint, year, ..paper }
    }
}

impl CiteOptions {
    /// The facts of a paper with what the reader says of it, where that is to be told.
    pub fn annotated_fields(&self, id: PaperId, paper: &Paper<'_>) -> Option<String> {
        let is_told = self.detail == Detail::Full && self.marks.has_tags_or_notes();
        if is_told {
            annotations::annotated_fields(paper, &self.marks.paper_marks(id))
        } else {
            None
        }
    }
}

/// The year in an identifier: `2501.02950` is of 2025, `hep-th/9901001` of 1999.
fn arxiv_year(id: &str) -> Option<i16> {
    let digits = id.rsplit('/').next()?.get(..2)?;
    let year: i16 = digits.parse().ok()?;
    Some(if year > 90 { 1900 + year } else { 2000 + year })
}
