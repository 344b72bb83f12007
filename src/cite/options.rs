//! Options of all output formats.

use std::collections::HashSet;
use std::sync::Arc;

use super::annotations;

use super::bibliography::SharedBibliography;
use super::cite_command::CiteCommand;
use super::reference::style::Style;
use super::reference::style_cache::StyleCache;
use super::template::Template;
use super::writers::bibtex::kind::Detail;
use crate::domain::{Marks, Paper, PaperId, PaperKind};

/// Options of all output formats.
#[derive(Debug, Clone, Default)]
pub struct CiteOptions {
    pub command: CiteCommand,
    pub detail: Detail,
    pub preferred_version: PreferredVersion,
    /// The reader's tags and notes, included if `detail` is [`Detail::Full`].
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies; their citation keys take precedence.
    pub bibliography: SharedBibliography,
    /// Keys already used in the destination, in lower case.
    pub reserved_keys: Arc<HashSet<String>>,
    pub template: Template,
    /// CSL style of references.
    pub style: Style,
    pub style_cache: StyleCache,
}

/// The version to cite if both the preprint and the published record are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PreferredVersion {
    /// The published version, with the identifier of the preprint if the format has a field for it.
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

    /// Returns true if both versions of the paper are known.
    pub fn has_both_versions(paper: &Paper<'_>) -> bool {
        !paper.arxiv.is_empty() && paper.kind != PaperKind::Preprint
    }

    /// Returns the record to cite. That of a preprint keeps title, authors and arXiv id, and drops
    /// everything about the later publication.
    pub fn apply(self, paper: Paper<'_>) -> Paper<'_> {
        if self == Self::Published || !Self::has_both_versions(&paper) {
            return paper;
        }
        let year = arxiv_year(paper.arxiv).or(paper.year);
        Paper { venue: "", doi: "", field_list: "", kind: PaperKind::Preprint, year, ..paper }
    }
}

impl CiteOptions {
    /// Returns the encoded fields of a paper with the reader's tags and note; `None` if the options
    /// omit them or they add nothing.
    pub fn annotated_fields(&self, id: PaperId, paper: &Paper<'_>) -> Option<String> {
        let has_annotations = self.detail == Detail::Full && self.marks.has_tags_or_notes();
        if has_annotations {
            annotations::annotated_fields(paper, &self.marks.paper_marks(id))
        } else {
            None
        }
    }
}

/// Returns the year of an arXiv id: 2025 for `2501.02950`, 1999 for `hep-th/9901001`.
fn arxiv_year(id: &str) -> Option<i16> {
    let digits = id.rsplit('/').next()?.get(..2)?;
    let year: i16 = digits.parse().ok()?;
    Some(if year > 90 { 1900 + year } else { 2000 + year })
}
