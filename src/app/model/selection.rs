//! The selected papers, in the order of selection.

use std::collections::{HashMap, HashSet};

use crate::cite::OutputFormat;
use crate::domain::PaperId;

#[derive(Debug, Clone, Default)]
pub struct Selection {
    order: Vec<PaperId>,
    /// The position of each paper in the order, from 1.
    numbers: HashMap<PaperId, usize>,
    /// The selection before it was last consumed by an action or cleared.
    previous: Vec<PaperId>,
    /// The rank where a range was started; the range extends to the cursor.
    anchor: Option<usize>,
    /// Number of selected papers that the list does not show, as of the last refresh.
    pub hidden: usize,
    /// Set when the selection or the hits change; the refresh then recounts `hidden`.
    is_hidden_stale: bool,
    /// The format of the last copy.
    pub last_copy_format: Option<OutputFormat>,
}

impl Selection {
    pub fn papers(&self) -> &[PaperId] {
        &self.order
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The number in the gutter, from 1.
    pub fn number_of(&self, id: PaperId) -> Option<usize> {
        self.numbers.get(&id).copied()
    }

    pub fn toggle(&mut self, id: PaperId) {
        if self.numbers.contains_key(&id) {
            self.is_hidden_stale = true;
            self.order.retain(|it| *it != id);
            self.number();
        } else {
            self.add(id);
        }
    }

    pub fn add(&mut self, id: PaperId) {
        if !self.numbers.contains_key(&id) {
            self.is_hidden_stale = true;
            self.order.push(id);
            self.numbers.insert(id, self.order.len());
        }
    }

    /// Selects these papers instead, each once: two papers of before may have become one.
    pub fn replace(&mut self, papers: Vec<PaperId>) {
        self.is_hidden_stale = true;
        self.order = papers;
        let mut seen = HashSet::new();
        self.order.retain(|id| seen.insert(*id));
        self.number();
    }

    /// Empties the selection and remembers it for `select-again`.
    pub fn take(&mut self) -> Vec<PaperId> {
        self.is_hidden_stale = true;
        self.anchor = None;
        self.numbers.clear();
        let taken = std::mem::take(&mut self.order);
        if !taken.is_empty() {
            self.previous.clone_from(&taken);
        }
        taken
    }

    /// Empties the selection and forgets the previous one; only the format of the last copy stays.
    pub fn clear(&mut self) {
        *self = Self { last_copy_format: self.last_copy_format, ..Self::default() };
    }

    pub fn mark_hidden_stale(&mut self) {
        self.is_hidden_stale = true;
    }

    /// Returns true if the hidden papers must be recounted, and resets the flag.
    pub fn take_hidden_stale(&mut self) -> bool {
        std::mem::take(&mut self.is_hidden_stale)
    }

    pub fn previous(&self) -> &[PaperId] {
        &self.previous
    }

    pub fn anchor(&self) -> Option<usize> {
        self.anchor
    }

    pub fn begin_range(&mut self, rank: usize) {
        self.anchor = Some(rank);
    }

    /// Ends the range and returns its ranks, from the anchor to the cursor.
    pub fn end_range(&mut self, cursor: usize) -> Vec<usize> {
        match self.anchor.take() {
            Some(anchor) if anchor <= cursor => (anchor..=cursor).collect(),
            Some(anchor) => (cursor..=anchor).rev().collect(),
            None => Vec::new(),
        }
    }

    /// Returns true if the row is part of the range in progress.
    pub fn range_contains(&self, rank: usize, cursor: usize) -> bool {
        self.anchor.is_some_and(|anchor| (anchor.min(cursor)..=anchor.max(cursor)).contains(&rank))
    }

    fn number(&mut self) {
        self.numbers = self.order.iter().zip(1..).map(|(id, place)| (*id, place)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_keep_the_order_they_were_picked_in() {
        let mut selection = Selection::default();
        for id in [7, 3, 9, 3] {
            selection.toggle(PaperId(id));
        }
        assert_eq!(selection.papers(), [PaperId(7), PaperId(9)]);
        assert_eq!(selection.number_of(PaperId(9)), Some(2));
        assert_eq!(selection.number_of(PaperId(3)), None);
    }

    #[test]
    fn a_paper_is_selected_once() {
        let mut selection = Selection::default();
        selection.replace([5, 2, 5].map(PaperId).to_vec());
        assert_eq!(selection.papers(), [PaperId(5), PaperId(2)]);
        assert_eq!(selection.number_of(PaperId(5)), Some(1));
    }

    #[test]
    fn a_selection_used_up_can_be_selected_again() {
        let mut selection = Selection::default();
        selection.add(PaperId(1));
        assert_eq!(selection.take(), [PaperId(1)]);
        assert!(selection.take().is_empty());
        assert_eq!(selection.previous(), [PaperId(1)]);
    }

    #[test]
    fn a_range_runs_either_way() {
        let mut selection = Selection::default();
        selection.begin_range(4);
        assert!(selection.range_contains(3, 2) && !selection.range_contains(5, 2));
        assert_eq!(selection.end_range(2), [4, 3, 2]);
        assert!(selection.end_range(2).is_empty());
    }
}
