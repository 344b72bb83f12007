//! Papers of the corpus as they come in: which of them the library knows, what it learns from them,
//! where the reader was, and what is new.

use std::sync::Arc;

use super::db::paper_map::{self, Sieve};
use super::db::source_record;
use super::db::store::now;
use super::error::LibraryError;
use super::model::event::News;
use super::service::{Desk, sentence};
use super::session::visits;
use crate::domain::{Corpus, Keys, PaperId, Segment};
use crate::sources::Loading;

impl Desk {
    /// Takes what a loader has to say, looks it up, and returns all news of it.
    pub fn arrive(&mut self, loading: &Loading) -> Vec<News> {
        let mut news = Vec::from_iter(self.take(loading));
        news.extend(self.look_up_new());
        news
    }

    /// Takes what a loader has to say. Where the reader was is told at once, for the list waits for
    /// it.
    pub fn take(&mut self, loading: &Loading) -> Option<News> {
        match loading {
            Loading::Segment(segment) => {
                let from = self.corpus.len();
                self.corpus.push(Arc::clone(segment));
                return self.seek(from, segment);
            }
            Loading::Linked(overlay) => self.corpus.link(Arc::clone(overlay)),
            Loading::Done => {
                self.before.is_due = true;
                self.seek_closely();
                return self.found();
            }
            Loading::Progress { .. }
            | Loading::Repeats(_)
            | Loading::Defect(_)
            | Loading::Read { .. }
            | Loading::PassedOver { .. }
            | Loading::Failed(_)
            | Loading::Told(_) => {}
        }
        None
    }

    /// Looks up what has come since this was asked last.
    pub fn look_up_new(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        if self.sights.is_over() {
            return news;
        }
        let (from, to) = (self.sights.looked_up, self.corpus.len());
        if from < to {
            news.extend(self.endure(|desk| desk.recognise(from), News::Warned));
            self.sights.looked_up = to;
        }
        if std::mem::take(&mut self.before.is_due) {
            news.extend(self.compare());
            news.push(News::Arrived);
        }
        news
    }

    /// Looks for the papers of the last place in a segment whose first record has that number.
    fn seek(&mut self, from: u32, segment: &Segment) -> Option<News> {
        let wanted = self.wanted.as_mut()?;
        for row in wanted.rows(segment) {
            wanted.meet(self.corpus.first(PaperId(from + row)), &segment.paper(row));
        }
        if wanted.is_complete() { self.found() } else { None }
    }

    /// Looks at each paper for those of the last place that are not found yet.
    fn seek_closely(&mut self) {
        let Some(wanted) = self.wanted.as_mut().filter(|it| !it.is_complete()) else { return };
        for (start, segment) in self.corpus.segments() {
            if self.sights.is_over() {
                return;
            }
            segment.for_each_paper(0..segment.len(), |row, paper| {
                wanted.meet(self.corpus.first(PaperId(start + row)), &paper);
            });
        }
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
                let card = source_record::Card::new(&paper, keys, None);
                let number = (writing.process, writing.next());
                writing.added(&source_record::add(writing.connection, number, &card)?)?;
                learned.push(card);
            }
            Ok(learned)
        })?;
        self.carded(&learned);
        Ok(())
    }

    /// Finds out what is new, once everything has been read that there is.
    fn compare(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        let Some(source) = self.source.clone() else { return news };
        let compared = self.before.compare(&self.corpus, || self.sights.is_over());
        if let Some((new, papers)) = compared {
            self.view.new = new.iter().copied().collect();
            news.extend(self.marked(&new));
            let kept =
                self.store.note(|connection| visits::remember(connection, &source, now(), &papers));
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
        self.sights.begin_again();
        self.view.new.clear();
    }

    /// Looks in the corpus for papers that another process has marked.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn find(&mut self, papers: &[i64]) -> Result<(), LibraryError> {
        let unseen = papers.iter().copied().filter(|it| *it != 0 && self.sights.of(*it).is_empty());
        let unseen: Vec<i64> = unseen.collect();
        if unseen.is_empty() || self.corpus.is_empty() {
            return Ok(());
        }
        let corpus = &self.corpus;
        let seen = self.store.read(|connection| {
            let sieve = Sieve::of(connection, Some(&unseen))?;
            paper_map::look_up(connection, Some(&sieve), &self.sights, corpus, 0)
        })?;
        for it in seen {
            self.sights.meet(&it);
            let Some(sieve) = &mut self.sieve else { continue };
            let title = corpus.get(it.id).map_or("", |paper| paper.title);
            it.keys.all().for_each(|key| sieve.add(key, source_record::sign(title)));
        }
        Ok(())
    }
}
