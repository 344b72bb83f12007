//! The papers that an action applies to, and the corpus that their ids index into.

use super::library::LibraryState;
use crate::domain::{Mark, PaperId};
use crate::library::PaperRef;

/// Papers to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub corpus: CorpusKind,
    pub papers: Vec<PaperId>,
}

/// The corpus that paper ids index into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CorpusKind {
    /// The corpus on the screen.
    #[default]
    Screen,
    /// The corpus of the basket.
    Basket,
}

impl Target {
    /// The id of the paper in the corpus on the screen, if it is there.
    pub fn id_on_screen(&self, library: &LibraryState, id: PaperId) -> Option<PaperId> {
        match self.corpus {
            CorpusKind::Screen => Some(id),
            CorpusKind::Basket => library.basket.corpus_ids.get(id.0 as usize).copied().flatten(),
        }
    }

    /// Returns true if the paper is known to have the mark.
    pub fn has_mark(&self, library: &LibraryState, mark: Mark, id: PaperId) -> bool {
        self.id_on_screen(library, id).is_some_and(|id| library.marks.has(mark, id))
    }

    /// The papers as references for the library.
    pub fn paper_refs(&self, library: &LibraryState) -> Vec<PaperRef> {
        let library_ids = &library.basket.library_ids;
        let which = |id: &PaperId| match self.corpus {
            CorpusKind::Screen => Some(PaperRef::Corpus(*id)),
            CorpusKind::Basket => library_ids.get(id.0 as usize).copied().map(PaperRef::Library),
        };
        self.papers.iter().filter_map(which).collect()
    }
}
