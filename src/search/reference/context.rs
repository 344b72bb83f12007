//! The papers among which references are looked up.

use crate::cite::SharedBibliography;
use crate::domain::{Corpus, PaperId};
use crate::search::cancel::CancelToken;
use crate::search::matching::context::CorpusSegment;

#[derive(Clone, Copy)]
pub struct ReferenceContext<'a> {
    pub corpus: &'a Corpus,
    /// The user's own bibliographies, with keys that differ from those of the corpus.
    pub bibliographies: &'a SharedBibliography,
    pub cancel: CancelToken<'a>,
}

impl<'a> ReferenceContext<'a> {
    pub fn segments(self) -> Vec<CorpusSegment<'a>> {
        CorpusSegment::all(self.corpus).collect()
    }

    /// The paper of a row of a segment.
    pub fn paper_id(self, at: CorpusSegment<'_>, row: u32) -> PaperId {
        self.corpus.paper_of_record(at.id(row))
    }
}
