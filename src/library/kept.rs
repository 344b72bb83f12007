//! The papers that the library keeps, as a corpus with their marks.

use rusqlite::Connection;

use super::card;
use super::view::View;
use super::{LibraryError, Saved, Store};
use crate::domain::{Corpus, Draft, Fact, KeyPattern, Marked, Marks, PaperId};

/// Everything that was ever marked.
#[derive(Debug, Default)]
pub struct Kept {
    pub corpus: Corpus,
    pub marks: Marks,
    /// In its order.
    pub basket: Vec<PaperId>,
    pub searches: Vec<Saved>,
}

/// Reads all papers of the library, in the order in which they came into it.
///
/// # Errors
///
/// When it cannot be read.
pub fn kept(store: &Store, keys: &KeyPattern) -> Result<Kept, LibraryError> {
    store.read(|connection| {
        let mut view = View::default();
        view.read_again(connection)?;
        let papers: Vec<i64> = connection
            .prepare("SELECT DISTINCT paper FROM card WHERE record <> '' ORDER BY paper")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let ids = || (0..).map(PaperId);
        let numbered = ids().zip(papers.iter().map(|paper| Some(*paper)));
        let marked = view.marked(connection, numbered)?;
        let mut kept = Kept::default();
        let mut drafts = Vec::new();
        for ((id, marked), paper) in marked.iter().zip(&papers) {
            kept.marks.put(*id, marked);
            drafts.push(with_marks(card::draft(connection, *paper)?, marked));
        }
        kept.corpus = card::corpus(drafts, keys);
        let place = |paper: &i64| papers.binary_search(paper).ok();
        let places = view.basket.iter().filter_map(|(paper, _)| place(paper));
        kept.basket = places.map(|at| PaperId(at as u32)).collect();
        kept.searches = view.searches;
        Ok(kept)
    })
}

/// A paper as it goes out with what the reader says of it: the tags among its keywords, and the
/// note.
pub(super) fn marked_draft(connection: &Connection, paper: i64) -> rusqlite::Result<Draft> {
    let marked = View::default().marked(connection, [(PaperId(0), Some(paper))])?;
    let draft = card::draft(connection, paper)?;
    Ok(marked.first().map_or_else(Draft::default, |(_, marked)| with_marks(draft, marked)))
}

fn with_marks(draft: Draft, marked: &Marked) -> Draft {
    let before = [Fact::Keywords, Fact::Annotation].map(|it| draft.fact(it).to_owned());
    let mut draft = add_marks(draft, marked);
    if before != [Fact::Keywords, Fact::Annotation].map(|it| draft.fact(it)) {
        // What is copied back as it was would leave them out.
        draft.facts.retain(|(fact, _)| *fact != Fact::Raw);
    }
    draft
}

fn add_marks(mut draft: Draft, marked: &Marked) -> Draft {
    let keywords = draft.fact(Fact::Keywords).to_owned();
    let mut all: Vec<&str> = keywords.split("; ").filter(|it| !it.is_empty()).collect();
    let new = marked.tags.iter().map(String::as_str).filter(|tag| !all.contains(tag));
    let new: Vec<&str> = new.collect();
    all.extend(new);
    draft.facts.retain(|(fact, _)| *fact != Fact::Keywords);
    draft.add_fact(Fact::Keywords, all.join("; "));
    if !marked.note.is_empty() {
        draft.facts.retain(|(fact, _)| *fact != Fact::Annotation);
        draft.add_fact(Fact::Annotation, &*marked.note);
    }
    draft
}
