//! What a reader has done to papers, as plain columns.

use std::collections::{BTreeMap, HashSet};

use super::PaperId;

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
}

/// A column a mark, and one a tag. With nothing marked, every paper is unread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    columns: [HashSet<PaperId>; 5],
    tags: BTreeMap<String, HashSet<PaperId>>,
}

impl Marks {
    pub fn has(&self, mark: Mark, id: PaperId) -> bool {
        self.columns[mark as usize].contains(&id)
    }

    /// The papers with this mark, to be read or changed.
    pub fn column(&mut self, mark: Mark) -> &mut HashSet<PaperId> {
        &mut self.columns[mark as usize]
    }

    /// How many papers have this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.columns[mark as usize].len()
    }

    pub fn tag(&mut self, tag: &str, id: PaperId) {
        self.tags.entry(tag.to_owned()).or_default().insert(id);
    }

    pub fn untag(&mut self, tag: &str, id: PaperId) {
        if let Some(papers) = self.tags.get_mut(tag) {
            papers.remove(&id);
            if papers.is_empty() {
                self.tags.remove(tag);
            }
        }
    }

    /// Every tag that a paper has, with the papers, by name.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &HashSet<PaperId>)> {
        self.tags.iter().map(|(tag, papers)| (tag.as_str(), papers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_marked_at_first() {
        let marks = Marks::default();
        assert!(!marks.has(Mark::Read, PaperId(0)));
        assert_eq!(marks.tags().count(), 0);
    }

    #[test]
    fn a_tag_goes_with_its_last_paper() {
        let mut marks = Marks::default();
        marks.tag("todo", PaperId(3));
        assert_eq!(marks.tags().map(|(tag, papers)| (tag, papers.len())).next(), Some(("todo", 1)));
        marks.untag("todo", PaperId(3));
        assert_eq!(marks.tags().count(), 0);
    }
}
