//! Reads the whole library as a corpus with its marks.

use super::db::source_record;
use super::db::state::StateReader;
use super::db::store::Store;
use super::error::LibraryError;
use super::model::session::SavedSearch;
use crate::domain::{Corpus, KeyPattern, Marks, PaperId};

/// All papers of the library, with their marks, the basket and the saved searches.
#[derive(Debug, Default)]
pub struct LibrarySnapshot {
    pub corpus: Corpus,
    pub marks: Marks,
    /// The papers of the basket, in its order.
    pub basket: Vec<PaperId>,
    pub searches: Vec<SavedSearch>,
}

/// Selects all papers except those that were only issued a citation key.
const SELECT_PAPERS: &str = "SELECT DISTINCT paper FROM card WHERE record <> '' AND NOT (
        EXISTS (SELECT 1 FROM card AS own JOIN entry USING (card) WHERE own.paper = card.paper
            AND aspect >= 'key:' AND aspect < 'key;')
        AND NOT EXISTS (SELECT 1 FROM card AS own JOIN entry USING (card)
            WHERE own.paper = card.paper AND NOT (aspect >= 'key:' AND aspect < 'key;'))
    ) ORDER BY paper";

/// Reads all papers of the library, in the order in which they were added.
///
/// # Errors
///
/// Returns an error if the database cannot be read or is corrupt.
pub fn read_snapshot(store: &Store, keys: &KeyPattern) -> Result<LibrarySnapshot, LibraryError> {
    store.read(|connection| {
        let mut view = StateReader::default();
        view.reload(connection)?;
        let papers: Vec<i64> = connection
            .prepare(SELECT_PAPERS)?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let ids = || (0..).map(PaperId);
        let papers_by_id = ids().zip(papers.iter().map(|paper| Some(*paper)));
        let marked = view.marks_of(connection, papers_by_id)?;
        let mut snapshot = LibrarySnapshot::default();
        let mut drafts = Vec::new();
        for ((id, marked), paper) in marked.iter().zip(&papers) {
            snapshot.marks.set(*id, marked);
            drafts.push(source_record::read_draft(connection, *paper)?);
        }
        snapshot.corpus = source_record::build_corpus(drafts, keys);
        let position = |paper: &i64| papers.binary_search(paper).ok();
        let basket_positions = view.basket.iter().filter_map(|(paper, _)| position(paper));
        snapshot.basket = basket_positions.map(|position| PaperId(position as u32)).collect();
        snapshot.searches = view.searches;
        Ok(snapshot)
    })
}
