//! What a reader has done to papers, as plain columns.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::paper::paper::PaperId;

/// Something a paper may be marked with, beside its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    Read,
    Starred,
    /// To be read later.
    Later,
    /// Not here when the source was opened the last time.
    New,
    /// The reader has written a note on it.
    Noted,
    /// The reader has put it out of sight.
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

/// All that one paper is marked with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperMarks {
    /// In the order of [`Mark::ALL`]; [`Mark::Noted`] is among them where there is a note.
    pub marks: Vec<Mark>,
    /// By name.
    pub tags: Vec<String>,
    /// Sanitised, in lines; empty where there is none.
    pub note: Arc<str>,
}

/// A column a mark, and one a tag. With nothing marked, every paper is unread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    columns: [HashSet<PaperId>; Mark::ALL.len()],
    tags: BTreeMap<Arc<str>, HashSet<PaperId>>,
    /// The tags of each paper that has some, by name.
    tags_by_paper: HashMap<PaperId, Arc<[Arc<str>]>>,
    notes: HashMap<PaperId, Note>,
}

/// A note as it was written, and as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Note {
    text: Arc<str>,
    folded: Arc<str>,
}

impl Marks {
    pub fn has(&self, mark: Mark, id: PaperId) -> bool {
        self.columns[mark as usize].contains(&id)
    }

    /// The papers with this mark.
    pub fn column(&self, mark: Mark) -> &HashSet<PaperId> {
        &self.columns[mark as usize]
    }

    /// How many papers have this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.columns[mark as usize].len()
    }

    /// Marks a paper so, and with nothing else.
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
    }

    /// Costs as much as the paper has and had tags, however many there are on others.
    fn put_tags(&mut self, id: PaperId, tags: &[String]) {
        for tag in self.tags_by_paper.remove(&id).iter().flat_map(|it| it.iter()) {
            if let Some(papers) = self.tags.get_mut(tag) {
                papers.remove(&id);
                if papers.is_empty() {
                    self.tags.remove(tag);
                }
            }
        }
        let mut own = Vec::with_capacity(tags.len());
        for tag in tags {
            let known = self.tags.get_key_value(&**tag).map(|(known, _)| Arc::clone(known));
            let tag = known.unwrap_or_else(|| Arc::from(&**tag));
            self.tags.entry(Arc::clone(&tag)).or_default().insert(id);
            own.push(tag);
        }
        own.sort_unstable();
        own.dedup();
        if !own.is_empty() {
            self.tags_by_paper.insert(id, own.into());
        }
    }

    /// The tags of a paper, by name.
    pub fn tags_of(&self, id: PaperId) -> impl Iterator<Item = &str> {
        self.tags_by_paper.get(&id).into_iter().flat_map(|it| it.iter()).map(|it| &**it)
    }

    /// All that a paper is marked with.
    pub fn paper_marks(&self, id: PaperId) -> PaperMarks {
        PaperMarks {
            marks: Mark::ALL.into_iter().filter(|mark| self.has(*mark, id)).collect(),
            tags: self.tags_of(id).map(str::to_owned).collect(),
            note: Arc::from(self.note(id)),
        }
    }

    /// Every tag that a paper has, with the papers, by name.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &HashSet<PaperId>)> {
        self.tags.iter().map(|(tag, papers)| (&**tag, papers))
    }

    /// Whether some paper has a tag or a note.
    pub fn has_tags_or_notes(&self) -> bool {
        !self.tags.is_empty() || !self.notes.is_empty()
    }

    /// The note on a paper, empty where there is none.
    pub fn note(&self, id: PaperId) -> &str {
        self.notes.get(&id).map_or("", |note| &note.text)
    }

    /// The note on a paper, folded for matching.
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
        let some = marked(&[Mark::Starred], &["b"], "");
        marks.set(PaperId(3), &some);
        assert_eq!(marks.paper_marks(PaperId(3)), some);
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
