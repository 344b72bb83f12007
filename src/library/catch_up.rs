//! Reports what has changed in the database since the last report, by this process or another.

use std::collections::HashSet;

use super::db::state;
use super::error::LibraryError;
use super::model::event::LibraryEvent;
use super::service::{Library, error_sentence};
use crate::domain::PaperId;

impl Library {
    /// Returns the changes of other processes. Costs one pragma if there are none.
    pub fn poll_changes(&mut self) -> Vec<LibraryEvent> {
        let changed = self.store.read(|connection| self.state.is_stale(connection));
        match changed {
            Ok(true) => self.catch_up_or_warn(),
            // A failed read is repeated by the next poll.
            Ok(false) | Err(_) => Vec::new(),
        }
    }

    /// As [`Self::catch_up`], with an error as a warning.
    pub fn catch_up_or_warn(&mut self) -> Vec<LibraryEvent> {
        self.catch_up().unwrap_or_else(|error| vec![LibraryEvent::Warning(error_sentence(&error))])
    }

    /// Returns the changes since the last call as events.
    ///
    /// # Errors
    ///
    /// Returns an error if the library cannot be read.
    pub fn catch_up(&mut self) -> Result<Vec<LibraryEvent>, LibraryError> {
        let changes = self.store.read(|connection| self.state.changes(connection))?;
        let mut events = Vec::new();
        if changes.is_all {
            let ids = self.recognise_again()?;
            events.extend(self.marks_event(&ids));
        }
        for (from, to) in &changes.merged {
            self.paper_map.merge_papers(*from, *to);
        }
        self.find_in_corpus(&changes.papers)?;
        let ids = changes.papers.iter().flat_map(|paper| self.paper_map.ids_of(*paper));
        let ids: Vec<PaperId> = ids.copied().collect();
        events.extend(self.marks_event(&ids));
        let (searches, basket) = (self.state.searches.clone(), self.state.basket.clone());
        self.store.read(|connection| self.state.reload(connection))?;
        if searches != self.state.searches {
            events.push(LibraryEvent::SearchesChanged(self.state.searches.clone()));
        }
        // Papers in the basket may have new marks, or a longer record.
        let basket_papers: HashSet<i64> =
            self.state.basket.iter().map(|(paper, _)| *paper).collect();
        let is_changed =
            changes.is_all || changes.papers.iter().any(|it| basket_papers.contains(it));
        if basket != self.state.basket || is_changed && !basket.is_empty() {
            events.push(self.basket_event());
        }
        Ok(events)
    }

    /// Recognises the papers of the corpus again. Returns those that are recognised now or were before.
    ///
    /// # Errors
    ///
    /// Returns an error if the library cannot be read.
    pub fn recognise_again(&mut self) -> Result<Vec<PaperId>, LibraryError> {
        let mut ids: Vec<PaperId> = self.paper_map.ids().collect();
        self.paper_map.clear();
        self.rebuild_key_filter()?;
        for recognised in self.look_up(0)? {
            self.paper_map.insert_recognised(&recognised);
        }
        ids.extend(self.paper_map.ids());
        Ok(ids)
    }

    /// Returns the current marks of these papers; `None` if `ids` is empty.
    pub fn marks_event(&self, ids: &[PaperId]) -> Option<LibraryEvent> {
        let papers = ids.iter().map(|id| (*id, self.paper_map.number(*id)));
        let marked = self.store.read(|connection| self.state.marks_of(connection, papers));
        match marked {
            Ok(marked) => (!marked.is_empty()).then_some(LibraryEvent::MarksChanged(marked)),
            Err(error) => Some(LibraryEvent::Warning(error_sentence(&error))),
        }
    }

    /// Returns the basket if a paper of it is among the records from `from` on.
    pub fn basket_event_since(&self, from: u32) -> Option<LibraryEvent> {
        let mut ids_here =
            self.state.basket.iter().flat_map(|(paper, _)| self.paper_map.ids_of(*paper));
        ids_here.any(|id| id.0 >= from).then(|| self.basket_event())
    }

    pub fn basket_event(&self) -> LibraryEvent {
        let papers = &self.state.basket;
        let basket =
            self.store.read(|it| state::basket(it, papers, &self.paper_map, &self.key_pattern));
        basket.map_or_else(
            |error| LibraryEvent::Warning(error_sentence(&error)),
            LibraryEvent::BasketChanged,
        )
    }
}
