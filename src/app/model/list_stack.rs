//! The list on the screen and the lists below it, from which it was opened.
//!
//! A list below keeps its papers, so that going back to it needs no request.

use super::facet_group::FacetGroup;
use super::filter::Filter;
use super::list::ResultList;
use super::selection::Selection;
use crate::domain::{Corpus, Marks};
use crate::formats::Defect;
use crate::search::SortKey;
use std::sync::Arc;

/// Maximum number of lists below the one on the screen.
pub const MAX_LISTS_BELOW: usize = 20;

/// Maximum number of records in all lists below the one on the screen, which stay in memory: some
/// gigabytes.
const MAX_RECORDS_BELOW: u32 = 10_000_000;

/// The lists, each opened from the one before it.
#[derive(Debug, Default)]
pub struct ListStack {
    /// The origin of the list on the screen.
    pub current: ListOrigin,
    /// The lists below it; the last is the one to go back to.
    pub below: Vec<ListLevel>,
}

/// The source of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListOrigin {
    /// The name in the header.
    pub name: String,
    pub kind: OriginKind,
    /// The part of a search that its service cannot express, as a filter; may be empty.
    pub unsent_filter: String,
    /// The order in which the list opens.
    pub order: SortKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OriginKind {
    /// Files, standard input or the built-in papers.
    #[default]
    Local,
    /// The papers of followed sources, which can be fetched again.
    Inbox,
    /// A service on the network, which is asked page after page.
    Online,
}

/// A list below the one on the screen, as it was left.
#[derive(Debug)]
pub struct ListLevel {
    pub origin: ListOrigin,
    pub corpus: Corpus,
    pub filter: Filter,
    pub list: ResultList,
    pub selection: Selection,
    /// The marks when the list was left. The library replaces those that have changed since.
    pub marks: Arc<Marks>,
    /// The values toggled from the facets.
    pub toggled_values: Vec<(FacetGroup, String)>,
    pub last_visit: Option<String>,
    pub defects: LevelDefects,
    pub completeness: LevelCompleteness,
    /// True if its abstracts were still being indexed.
    pub is_indexing: bool,
}

/// The part of a list that was loaded when another one was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LevelCompleteness {
    Complete,
    /// Opening the other list cancelled the load.
    Cancelled,
}

/// The defects that were met in the sources of a list.
#[derive(Debug, Default)]
pub struct LevelDefects {
    pub records: Vec<Defect>,
    pub count: usize,
    pub skipped_files: Vec<String>,
}

impl ListStack {
    /// The names of all lists from the bottom to the one on the screen: `Inbox › arXiv cs.CL`.
    pub fn path(&self) -> String {
        let below = self.below.iter().map(|it| it.origin.name.as_str());
        below.chain([self.current.name.as_str()]).collect::<Vec<_>>().join(" › ")
    }

    /// Returns true if the list on the screen, with this number of records, may lie below another.
    pub fn has_room(&self, records: u32) -> bool {
        let below = self.below.iter().map(|it| it.corpus.len());
        let total = below.fold(records, u32::saturating_add);
        self.below.len() < MAX_LISTS_BELOW && total <= MAX_RECORDS_BELOW
    }

    /// Returns true if the list on the screen is the inbox, or a part of it.
    pub fn is_inbox(&self) -> bool {
        self.current.kind == OriginKind::Inbox
    }

    /// Returns true if the list on the screen is fetched from the network.
    pub fn is_online(&self) -> bool {
        self.current.kind == OriginKind::Online
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(name: &str) -> ListLevel {
        ListLevel {
            origin: ListOrigin { name: name.to_owned(), ..ListOrigin::default() },
            corpus: Corpus::default(),
            filter: Filter::default(),
            list: ResultList::default(),
            selection: Selection::default(),
            marks: Arc::default(),
            toggled_values: Vec::new(),
            last_visit: None,
            defects: LevelDefects::default(),
            completeness: LevelCompleteness::Complete,
            is_indexing: false,
        }
    }

    #[test]
    fn the_stack_has_a_path_and_a_bound() {
        let current = ListOrigin { name: "arXiv cs.CL".to_owned(), ..ListOrigin::default() };
        let mut stack = ListStack { current, below: vec![level("Inbox")] };
        assert_eq!(stack.path(), "Inbox › arXiv cs.CL");
        assert!(stack.has_room(5) && !stack.has_room(MAX_RECORDS_BELOW + 1));
        stack.below.extend((1..MAX_LISTS_BELOW).map(|_| level("more")));
        assert!(!stack.has_room(5));
    }
}
