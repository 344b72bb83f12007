//! Papers of the corpus as they come in: which of them the library knows, what it learns from them,
//! where the reader was, and what is new.

use std::sync::Arc;

use super::bookmark::Wanted;
use super::desk::{Desk, sentence};
use super::sights::{self, Sieve};
use super::store::now;
use super::{LibraryError, News, card, fresh};
use crate::domain::{Corpus, Keys, PaperId, Segment};
use crate::sources::Loading;

impl Desk {
    /// Takes what a loader has to say.
    pub fn arrive(&mut self, loading: &Loading) -> Vec<News> {
        match loading {
            Loading::Segment(segment) => self.take(Arc::clone(segment)),
            Loading::Linked(overlay) => {
                self.corpus.link(Arc::clone(overlay));
                Vec::new()
            }
            Loading::Done => {
                let mut news = self.arrived();
                news.push(News::Arrived);
                news
            }
            Loading::Progress { .. }
            | Loading::Defect(_)
            | Loading::Read { .. }
            | Loading::PassedOver { .. }
            | Loading::Failed(_)
            | Loading::Told(_) => Vec::new(),
        }
    }

    fn take(&mut self, segment: Arc<Segment>) -> Vec<News> {
        let from = self.corpus.len();
        self.corpus.push(segment);
        let mut news = self.endure(|desk| desk.recognise(from), News::Warned);
        if self.wanted.as_ref().is_some_and(Wanted::is_complete) {
            news.extend(self.found());
        }
        news
    }

    fn recognise(&mut self, from: u32) -> Result<Vec<News>, LibraryError> {
        if self.sieve.is_none() {
            self.renew_sieve()?;
        }
        let seen = self.look_up(from)?;
        let mut ids = Vec::new();
        let mut lessons = Vec::new();
        for it in seen {
            if let Some(wanted) = &mut self.wanted {
                wanted.meet(it.id, &it.keys);
            }
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
        let mut news = self.found();
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

    fn found(&mut self) -> Vec<News> {
        self.wanted.take().map(|it| News::Found(it.found())).into_iter().collect()
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
