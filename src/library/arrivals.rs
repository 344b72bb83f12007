//! Papers of the corpus as they come in: which of them the library knows, what it learns from them,
//! where the reader was, and what is new.

use std::sync::Arc;

use super::desk::{Desk, sentence};
use super::sights::{self, Sieve};
use super::store::now;
use super::{LibraryError, News, card, fresh};
use crate::domain::{Corpus, Keys, PaperId};
use crate::sources::Loading;

impl Desk {
    /// Takes what a loader has to say, and returns all news of it.
    pub fn arrive(&mut self, loading: &Loading) -> Vec<News> {
        let mut news = Vec::new();
        self.take(loading, &mut |it| news.push(it));
        news
    }

    /// Takes what a loader has to say. News are told as soon as they are known.
    pub fn take(&mut self, loading: &Loading, tell: &mut dyn FnMut(News)) {
        match loading {
            Loading::Segment(segment) => {
                let from = self.corpus.len();
                self.corpus.push(Arc::clone(segment));
                // Where the reader was is known at once, and the list waits for it.
                self.seek(from).into_iter().for_each(&mut *tell);
                self.endure(|desk| desk.recognise(from), News::Warned).into_iter().for_each(tell);
            }
            Loading::Linked(overlay) => self.corpus.link(Arc::clone(overlay)),
            Loading::Done => {
                self.arrived().into_iter().for_each(&mut *tell);
                tell(News::Arrived);
            }
            Loading::Progress { .. }
            | Loading::Defect(_)
            | Loading::Read { .. }
            | Loading::PassedOver { .. }
            | Loading::Failed(_)
            | Loading::Told(_) => {}
        }
    }

    /// Looks for the papers of the last place among those that have come from that one on.
    fn seek(&mut self, from: u32) -> Option<News> {
        let wanted = self.wanted.as_mut()?;
        for record in (from..self.corpus.len()).map(PaperId) {
            if let Some((segment, row)) = self.corpus.locate_record(record) {
                wanted.meet(self.corpus.first(record), &segment.paper(row));
            }
        }
        if wanted.is_complete() { self.found() } else { None }
    }

    fn recognise(&mut self, from: u32) -> Result<Vec<News>, LibraryError> {
        if self.sieve.is_none() {
            self.renew_sieve()?;
        }
        let seen = self.look_up(from)?;
        let mut ids = Vec::new();
        let mut lessons = Vec::new();
        for it in seen {
            if it.sighting.papers.is_empty() {
                continue;
            }
            self.sights.meet(&it);
            ids.push(it.id);
            let is_by_name = it.sighting.tie.is_some();
            if it.sighting.papers.len() > 1 || it.sighting.brings_strong && !is_by_name {
                lessons.push((it.id, it.keys));
            }
        }
        if !lessons.is_empty() {
            // What is not learned now will be the next time.
            let _ = self.learn(&lessons);
        }
        let marked = self.marked(&ids);
        let basket = self.basket_has_come(from);
        Ok(marked.into_iter().chain(basket).chain(self.caught_up()).collect())
    }

    /// Remembers keys that a source has shown to be of a paper that is known.
    fn learn(&mut self, lessons: &[(PaperId, Keys)]) -> Result<(), LibraryError> {
        let corpus = &self.corpus;
        let learned = self.store.write(|writing| {
            let mut learned = Vec::new();
            for (id, keys) in lessons {
                let Some(paper) = corpus.get(*id) else { continue };
                let card = card::Card::new(&paper, keys, None);
                let number = (writing.process, writing.next());
                writing.added(&card::add(writing.connection, number, &card)?)?;
                learned.push(card);
            }
            Ok(learned)
        })?;
        self.carded(&learned);
        Ok(())
    }

    /// Everything has been read that there is.
    fn arrived(&mut self) -> Vec<News> {
        let mut news: Vec<News> = self.found().into_iter().collect();
        let Some(source) = self.source.clone() else { return news };
        if let Some((new, papers)) = self.before.compare(&self.corpus) {
            self.view.new = new.iter().copied().collect();
            news.extend(self.marked(&new));
            let kept =
                self.store.note(|connection| fresh::remember(connection, &source, now(), &papers));
            news.extend(kept.err().map(|why| News::Warned(sentence(&why))));
        }
        news
    }

    fn found(&mut self) -> Option<News> {
        self.wanted.take().map(|it| News::Found(it.found()))
    }

    /// The source is read again, from its start.
    pub fn reopened(&mut self) {
        self.corpus = Corpus::default();
        self.sights.forget();
        self.view.new.clear();
    }

    /// Looks in the corpus for papers that another process has marked.
    pub(super) fn find(&mut self, papers: &[i64]) -> Result<(), LibraryError> {
        let unseen = papers.iter().copied().filter(|it| *it != 0 && self.sights.of(*it).is_empty());
        let unseen: Vec<i64> = unseen.collect();
        if unseen.is_empty() || self.corpus.is_empty() {
            return Ok(());
        }
        let corpus = &self.corpus;
        let seen = self.store.read(|connection| {
            let sieve = Sieve::of(connection, Some(&unseen))?;
            sights::look_up(connection, Some(&sieve), &self.sights, corpus, 0)
        })?;
        for it in seen {
            self.sights.meet(&it);
            let Some(sieve) = &mut self.sieve else { continue };
            let title = corpus.get(it.id).map_or("", |paper| paper.title);
            it.keys.all().for_each(|key| sieve.add(key, card::sign(title)));
        }
        Ok(())
    }
}
