//! The places that jumps, filters and other lists have left, for going back and forward.

use std::sync::Arc;

use super::layout::Pane;
use crate::domain::PaperId;
use crate::search::{Query, SortDirection, SortKey};

/// Maximum number of places kept in each direction.
const MAX_PLACES: usize = 100;

/// A position in a list.
#[derive(Debug, Clone)]
pub struct Place {
    pub query: Arc<Query>,
    pub order: SortKey,
    pub direction: SortDirection,
    pub pane: Pane,
    /// The paper under the cursor; `None` in an empty list.
    pub paper: Option<PaperId>,
    /// Rows above the cursor on the screen.
    pub rows_above: usize,
}

/// The places left, latest last, and the current one.
#[derive(Debug, Default)]
pub struct JumpList {
    back: Vec<Place>,
    forward: Vec<Place>,
    /// The place after the last event outside of prompts, to notice that a list was left.
    current: Option<Place>,
}

impl Place {
    /// Returns true if both places are in the same list: of the same query and order, or the basket.
    fn is_in_same_list(&self, other: &Self) -> bool {
        let is_basket = |it: &Self| it.pane == Pane::Basket;
        let has_same_query =
            Arc::ptr_eq(&self.query, &other.query) || self.query.is_equivalent(&other.query);
        let has_same_order = (self.order, self.direction) == (other.order, other.direction);
        is_basket(self) == is_basket(other) && has_same_query && has_same_order
    }

    fn is_same_place(&self, other: &Self) -> bool {
        self.is_in_same_list(other) && self.paper == other.paper
    }
}

impl JumpList {
    /// Records the current place before a jump. What lay forward is dropped.
    pub fn record(&mut self, place: Place) {
        self.forward.clear();
        if !self.back.last().is_some_and(|last| last.is_same_place(&place)) {
            push(&mut self.back, place);
        }
    }

    /// Takes note of the place after an event. Records the place before it if another list is shown.
    pub fn note(&mut self, here: &Place) {
        let left = self.current.replace(here.clone());
        if let Some(left) = left.filter(|left| !left.is_in_same_list(here)) {
            self.record(left);
        }
    }

    /// The place to go back to from `here`, which then lies forward.
    pub fn go_back(&mut self, here: Place) -> Option<Place> {
        step(&mut self.back, &mut self.forward, here)
    }

    /// The place to go forward to from `here`, which then lies back.
    pub fn go_forward(&mut self, here: Place) -> Option<Place> {
        step(&mut self.forward, &mut self.back, here)
    }

    /// Sets the place that was gone to, which is recorded already.
    pub fn arrive(&mut self, place: Place) {
        self.current = Some(place);
    }
}

fn push(places: &mut Vec<Place>, place: Place) {
    if places.len() == MAX_PLACES {
        places.remove(0);
    }
    places.push(place);
}

/// Takes the last place of `from` that is not the current one, and adds the current one to `to`.
fn step(from: &mut Vec<Place>, to: &mut Vec<Place>, here: Place) -> Option<Place> {
    let target = loop {
        let place = from.pop()?;
        if !place.is_same_place(&here) {
            break place;
        }
    };
    push(to, here);
    Some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(query: &str, paper: u32) -> Place {
        Place {
            query: Arc::new(Query::parse(query)),
            order: SortKey::default(),
            direction: SortDirection::default(),
            pane: Pane::List,
            paper: Some(PaperId(paper)),
            rows_above: 0,
        }
    }

    fn papers(jumps: &[&Place]) -> Vec<(String, u32)> {
        let paper = |it: &Place| it.paper.map_or(0, |id| id.0);
        jumps.iter().map(|it| (it.query.source().to_owned(), paper(it))).collect()
    }

    #[test]
    fn places_are_gone_through_back_and_forward() {
        let mut jumps = JumpList::default();
        jumps.record(place("", 1));
        jumps.record(place("", 2));
        let second = jumps.go_back(place("", 3)).unwrap();
        let first = jumps.go_back(second.clone()).unwrap();
        assert_eq!(papers(&[&first, &second]), [(String::new(), 1), (String::new(), 2)]);
        assert!(jumps.go_back(first.clone()).is_none());
        let second = jumps.go_forward(first).unwrap();
        let third = jumps.go_forward(second).unwrap();
        assert_eq!(papers(&[&third]), [(String::new(), 3)]);
    }

    #[test]
    fn a_list_that_was_left_is_recorded_where_it_was_left() {
        let mut jumps = JumpList::default();
        for here in [place("", 1), place("", 5), place("brain", 7), place("brain ", 8)] {
            jumps.note(&here);
        }
        let back = jumps.go_back(place("brain", 8)).unwrap();
        assert_eq!(papers(&[&back]), [(String::new(), 5)]);
        assert!(jumps.go_back(back).is_none(), "moves within a list are not recorded");
    }

    #[test]
    fn a_jump_drops_what_lies_forward() {
        let mut jumps = JumpList::default();
        jumps.record(place("", 1));
        let first = jumps.go_back(place("", 2)).unwrap();
        jumps.record(first);
        assert!(jumps.go_forward(place("", 3)).is_none());
    }

    #[test]
    fn only_the_latest_places_are_kept() {
        let mut jumps = JumpList::default();
        (0..250).for_each(|paper| jumps.record(place("", paper)));
        let mut here = place("", 999);
        let mut steps = 0;
        while let Some(place) = jumps.go_back(here.clone()) {
            (here, steps) = (place, steps + 1);
        }
        assert_eq!((steps, here.paper), (MAX_PLACES, Some(PaperId(150))));
    }
}
