//! The marks, tags and notes that the user gives to papers, as columns by paper id.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::enrichment::accepted::AcceptedValues;
use super::paper::paper::PaperId;

/// A mark of a paper. Tags are separate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Read,
    Starred,
    /// On the list of papers to read later.
    Later,
    /// Not in the source at the last visit.
    New,
    /// Has a note.
    Noted,
    /// Skipped by the user. Hidden from results unless the query asks for skipped papers.
    Skipped,
    /// In the basket.
    Basket,
}

impl Mark {
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Starred,
        Self::Later,
        Self::New,
        Self::Noted,
        Self::Skipped,
        Self::Basket,
    ];
}

/// The marks, tags and note of one paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperMarks {
    /// In the order of [`Mark::ALL`]. Has [`Mark::Noted`] if there is a note.
    pub marks: Vec<Mark>,
    /// Sorted by name.
    pub tags: Vec<String>,
    /// Sanitised text, with line breaks; empty if there is none.
    pub note: Arc<str>,
    /// Values accepted for the paper from other records of it.
    pub accepted: Arc<AcceptedValues>,
}

/// The marks of all papers: one set of papers per mark and per tag. Unmarked papers use no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    columns: [HashSet<PaperId>; Mark::ALL.len()],
    tags: BTreeMap<Arc<str>, HashSet<PaperId>>,
    /// The tags of each paper that has any, sorted by name.
    tags_by_paper: HashMap<PaperId, Arc<[Arc<str>]>>,
    notes: HashMap<PaperId, Note>,
    accepted: HashMap<PaperId, Arc<AcceptedValues>>,
}

/// A note in its original form and folded for search.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    text: Arc<str>,
    folded: Arc<str>,
}

impl Marks {
    pub fn has(&self, mark: Mark, id: PaperId) -> bool {
        self.columns[mark as usize].contains(&id)
    }

    /// Returns the papers with this mark.
    pub fn column(&self, mark: Mark) -> &HashSet<PaperId> {
        &self.columns[mark as usize]
    }

    /// The number of papers with this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.columns[mark as usize].len()
    }

    /// Replaces the marks, tags, note and accepted values of a paper.
    pub fn set(&mut self, id: PaperId, marked: &PaperMarks) {
        for mark in Mark::ALL {
            let column = &mut self.columns[mark as usize];
            if marked.marks.contains(&mark) {
                column.insert(id);
            } else {
                column.remove(&id);
            }
        }
        self.put_tags(id, &marked.tags);
        if marked.note.is_empty() {
            self.notes.remove(&id);
        } else {
            let folded = Arc::from(crate::text::fold(&marked.note));
            self.notes.insert(id, Note { text: Arc::clone(&marked.note), folded });
        }
        if marked.accepted.is_empty() {
            self.accepted.remove(&id);
        } else {
            self.accepted.insert(id, Arc::clone(&marked.accepted));
        }
    }

    /// Replaces the tags of a paper. The cost depends only on the old and new tags of this paper.
    fn put_tags(&mut self, id: PaperId, tags: &[String]) {
        for tag in self.tags_by_paper.remove(&id).iter().flat_map(|it| it.iter()) {
            if let Some(papers) = self.tags.get_mut(tag) {
                papers.remove(&id);
                if papers.is_empty() {
                    self.tags.remove(tag);
                }
            }
        }
        let mut paper_tags = Vec::with_capacity(tags.len());
        for tag in tags {
            let interned =
                self.tags.get_key_value(&**tag).map(|(interned, _)| Arc::clone(interned));
            let tag = interned.unwrap_or_else(|| Arc::from(&**tag));
            self.tags.entry(Arc::clone(&tag)).or_default().insert(id);
            paper_tags.push(tag);
        }
        paper_tags.sort_unstable();
        paper_tags.dedup();
        if !paper_tags.is_empty() {
            self.tags_by_paper.insert(id, paper_tags.into());
        }
    }

    /// Iterates over the tags of a paper, sorted by name.
    pub fn tags_of(&self, id: PaperId) -> impl Iterator<Item = &str> {
        self.tags_by_paper.get(&id).into_iter().flat_map(|it| it.iter()).map(|it| &**it)
    }

    /// Returns the marks, tags and note of a paper.
    pub fn paper_marks(&self, id: PaperId) -> PaperMarks {
        PaperMarks {
            marks: Mark::ALL.into_iter().filter(|mark| self.has(*mark, id)).collect(),
            tags: self.tags_of(id).map(str::to_owned).collect(),
            note: Arc::from(self.note(id)),
            accepted: self.accepted(id),
        }
    }

    /// Returns the values accepted for a paper.
    pub fn accepted(&self, id: PaperId) -> Arc<AcceptedValues> {
        self.accepted.get(&id).cloned().unwrap_or_default()
    }

    /// Iterates over all tags with their papers, sorted by name.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &HashSet<PaperId>)> {
        self.tags.iter().map(|(tag, papers)| (&**tag, papers))
    }

    /// Returns true if any paper has a tag or a note.
    pub fn has_tags_or_notes(&self) -> bool {
        !self.tags.is_empty() || !self.notes.is_empty()
    }

    /// Returns the note of a paper, or an empty string.
    pub fn note(&self, id: PaperId) -> &str {
        self.notes.get(&id).map_or("", |note| &note.text)
    }

    /// Iterates over the papers with a note, and their notes folded for matching.
    pub fn folded_notes(&self) -> impl Iterator<Item = (PaperId, &str)> {
        self.notes.iter().map(|(id, note)| (*id, &*note.folded))
    }

    /// Returns the note of a paper, folded for matching, or an empty string.
    pub fn folded_note(&self, id: PaperId) -> &str {
        self.notes.get(&id).map_or("", |note| &note.folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(marks: &[Mark], tags: &[&str], note: &str) -> PaperMarks {
        PaperMarks {
            marks: marks.to_vec(),
            tags: tags.iter().map(|it| (*it).to_owned()).collect(),
            note: Arc::from(note),
            accepted: Arc::default(),
        }
    }

    #[test]
    fn nothing_is_marked_at_first() {
        let marks = Marks::default();
        assert!(!marks.has(Mark::Read, PaperId(0)));
        assert_eq!(marks.paper_marks(PaperId(0)), PaperMarks::default());
    }

    #[test]
    fn what_is_put_is_all_that_a_paper_is_marked_with() {
        let mut marks = Marks::default();
        let all = marked(&[Mark::Read, Mark::Noted], &["a", "b"], "Über *uns*");
        marks.set(PaperId(3), &all);
        assert_eq!(marks.paper_marks(PaperId(3)), all);
        assert_eq!(marks.folded_note(PaperId(3)), "uber *uns*");
        let expected = marked(&[Mark::Starred], &["b"], "");
        marks.set(PaperId(3), &expected);
        assert_eq!(marks.paper_marks(PaperId(3)), expected);
        assert_eq!(marks.count(Mark::Read), 0);
    }

    #[test]
    fn a_tag_goes_with_its_last_paper() {
        let mut marks = Marks::default();
        marks.set(PaperId(3), &marked(&[], &["todo"], ""));
        assert_eq!(marks.tags().map(|(tag, papers)| (tag, papers.len())).next(), Some(("todo", 1)));
        marks.set(PaperId(3), &PaperMarks::default());
        assert_eq!(marks.tags().count(), 0);
    }
}
