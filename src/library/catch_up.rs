//! What has changed in the database since it was last told, by this run or another.

use std::collections::HashSet;

use super::db::state;
use super::error::LibraryError;
use super::model::event::News;
use super::service::{Desk, sentence};
use crate::domain::PaperId;

impl Desk {
    /// Looks whether another process has written. Costs next to nothing where none has.
    pub fn look(&mut self) -> Vec<News> {
        let changed = self.store.read(|connection| self.view.is_stale(connection));
        match changed {
            Ok(true) => self.caught_up(),
            // It will be seen the next time.
            Ok(false) | Err(_) => Vec::new(),
        }
    }

    pub fn caught_up(&mut self) -> Vec<News> {
        self.catch_up().unwrap_or_else(|why| vec![News::Warned(sentence(&why))])
    }

    /// Tells what has changed since it was last told.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn catch_up(&mut self) -> Result<Vec<News>, LibraryError> {
        let changes = self.store.read(|connection| self.view.changes(connection))?;
        let mut news = Vec::new();
        if changes.everything {
            let mut ids: Vec<PaperId> = self.sights.ids().collect();
            self.sights.forget();
            self.renew_sieve()?;
            for it in self.look_up(0)? {
                self.sights.meet(&it);
            }
            ids.extend(self.sights.ids());
            news.extend(self.marked(&ids));
        }
        for (from, to) in &changes.moved {
            self.sights.moved(*from, *to);
        }
        self.find(&changes.papers)?;
        let here = changes.papers.iter().flat_map(|paper| self.sights.of(*paper));
        let here: Vec<PaperId> = here.copied().collect();
        news.extend(self.marked(&here));
        let (searches, basket) = (self.view.searches.clone(), self.view.basket.clone());
        self.store.read(|connection| self.view.read_again(connection))?;
        if searches != self.view.searches {
            news.push(News::Searches(self.view.searches.clone()));
        }
        // What is in the basket may have other marks now, or be known by a fuller record.
        let kept: HashSet<i64> = self.view.basket.iter().map(|(kept, _)| *kept).collect();
        let is_touched = changes.everything || changes.papers.iter().any(|it| kept.contains(it));
        if basket != self.view.basket || is_touched && !basket.is_empty() {
            news.push(self.basket());
        }
        Ok(news)
    }

    /// What these papers are marked with now.
    pub fn marked(&self, ids: &[PaperId]) -> Option<News> {
        let papers = ids.iter().map(|id| (*id, self.sights.number(*id)));
        let marked = self.store.read(|connection| self.view.marked(connection, papers));
        match marked {
            Ok(marked) => (!marked.is_empty()).then_some(News::Marked(marked)),
            Err(why) => Some(News::Warned(sentence(&why))),
        }
    }

    /// The basket again, where papers of it have arrived.
    pub fn basket_has_come(&self, from: u32) -> Option<News> {
        let mut here = self.view.basket.iter().flat_map(|(paper, _)| self.sights.of(*paper));
        here.any(|id| id.0 >= from).then(|| self.basket())
    }

    pub fn basket(&self) -> News {
        let papers = &self.view.basket;
        let basket = self.store.read(|it| state::basket(it, papers, &self.sights, &self.keys));
        basket.map_or_else(|why| News::Warned(sentence(&why)), News::Basket)
    }
}
