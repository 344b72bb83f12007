//! The library at work: tasks in, news out. Whoever holds it waits for the disk, so it is held by a
//! thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::db::check::salvage;
use super::db::paper_map::{self, Seen, Sieve, Sights};
use super::db::source_record::Card;
use super::db::state::{self, Done, View};
use super::db::store::{Store, now};
use super::db::{attribute, issued_keys, record_changes};
use super::error::LibraryError;
use super::model::change::{Act, Which};
use super::model::command::Task;
use super::model::event::{Did, News, Opening, Receipt, Standing};
use super::model::session::{Place, Saved};
use super::session::restore::{self, Wanted};
use super::session::visits::Before;
use super::undo::Acts;
use crate::domain::{Corpus, KeyPattern};

/// A library, and the corpus that its papers are looked for in.
#[derive(Debug)]
pub struct Desk {
    pub store: Store,
    /// The file, where what is done outlasts the run.
    file: Option<PathBuf>,
    /// What the place is kept under; nothing where the source cannot be opened again.
    pub source: Option<String>,
    pub corpus: Corpus,
    /// What the citation keys of the basket's papers are made of.
    pub keys: KeyPattern,
    /// Nothing while so few papers have come that looking each of them up takes less time.
    pub sieve: Option<Sieve>,
    pub sights: Sights,
    pub view: View,
    acts: Acts,
    pub wanted: Option<Wanted>,
    pub before: Before,
    /// Why the last place was not kept.
    complaint: Option<String>,
}

impl Desk {
    /// Opens the library of that file, or one for this run only where there is none or it cannot
    /// be used. The news say how it went.
    ///
    /// # Errors
    ///
    /// When there is not even the memory for one.
    pub fn open(
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
    ) -> Result<(Self, Vec<News>), LibraryError> {
        let (store, file, standing) = open(file)?;
        let mut desk = Self {
            store,
            file,
            source,
            corpus: Corpus::default(),
            keys,
            sieve: None,
            sights: Sights::default(),
            view: View::default(),
            acts: Acts::default(),
            wanted: None,
            before: Before::default(),
            complaint: None,
        };
        let opening = desk.opening(standing).or_else(|why| {
            // What cannot be read to its end is as good as not to be had.
            desk.give_up()?;
            desk.opening(Standing::ThisRun(for_this_run(&why)))
        });
        let mut news = vec![News::Opened(Box::new(opening?))];
        if !desk.view.basket.is_empty() {
            news.push(desk.basket());
        }
        Ok((desk, news))
    }

    /// Looks up what arrives until this is set, and then only does what it is asked for: the program
    /// ends.
    #[must_use]
    pub fn until(mut self, is_over: Arc<AtomicBool>) -> Self {
        self.sights.is_over = is_over;
        self
    }

    fn opening(&mut self, standing: Standing) -> Result<Opening, LibraryError> {
        let source = self.source.as_deref().unwrap_or_default();
        let (last, before) = self.store.read(|connection| {
            Ok((restore::last(connection, source)?, Before::read(connection, source)?))
        })?;
        let (place, wanted) = last.unzip();
        (self.wanted, self.before) = (wanted, before);
        let (history, keys) = self.store.read(|connection| {
            self.view = View::default();
            self.view.begin(connection)?;
            self.view.read_again(connection)?;
            Ok((state::history(connection)?, issued_keys::read(connection)?))
        })?;
        let searches = self.view.searches.clone();
        Ok(Opening { standing, searches, keys, history, place, since: self.before.since.clone() })
    }

    /// Has the sieve made anew, where so many papers have come that it is worth its time.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn renew_sieve(&mut self) -> Result<(), LibraryError> {
        let papers = self.corpus.len();
        self.sieve = self.store.read(|connection| {
            let is_worth_it = paper_map::is_worth_a_sieve(connection, papers)?;
            if is_worth_it { Sieve::of(connection, None).map(Some) } else { Ok(None) }
        })?;
        Ok(())
    }

    /// Has new cards known to the sieve.
    pub fn carded(&mut self, cards: &[Card]) {
        let Some(sieve) = &mut self.sieve else { return };
        for card in cards {
            card.keys.iter().for_each(|key| sieve.add(key, card.sign));
        }
    }

    /// Goes on in memory, with what can be read of the file.
    fn give_up(&mut self) -> Result<(), LibraryError> {
        let saved = self.file.take().and_then(|file| salvage(&file).ok());
        self.store = saved.map_or_else(Store::in_memory, Ok)?;
        self.acts = Acts::default();
        self.sieve = None;
        Ok(())
    }

    /// What the library knows of the papers that have come, from that one on.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look_up(&self, from: u32) -> Result<Vec<Seen>, LibraryError> {
        let (sieve, sights) = (self.sieve.as_ref(), &self.sights);
        self.store.read(|connection| {
            // One lock for all that is asked.
            let reading = connection.unchecked_transaction()?;
            paper_map::look_up(&reading, sieve, sights, &self.corpus, from)
        })
    }

    /// Does what is asked for.
    pub fn perform(&mut self, task: &Task) -> Vec<News> {
        self.endure(|desk| desk.attempt(task), |why| task.failed(why))
    }

    /// Tries, and where the file turns out to be damaged again without it.
    pub fn endure(
        &mut self,
        attempt: impl Fn(&mut Self) -> Result<Vec<News>, LibraryError>,
        failed: impl Fn(String) -> News,
    ) -> Vec<News> {
        match attempt(self) {
            Ok(news) => news,
            Err(why @ (LibraryError::Damaged { .. } | LibraryError::Foreign { .. }))
                if self.file.is_some() =>
            {
                let again = self.give_up().and_then(|()| attempt(self));
                let mut news = vec![News::Stands(Standing::ThisRun(for_this_run(&why)))];
                news.extend(again.unwrap_or_else(|why| vec![failed(sentence(&why))]));
                news
            }
            Err(why) => vec![failed(sentence(&why))],
        }
    }

    fn attempt(&mut self, task: &Task) -> Result<Vec<News>, LibraryError> {
        match task {
            Task::Record(act) => self.record(act),
            Task::Undo => match self.acts.undo(&mut self.store)? {
                Some(receipt) => self.done(receipt),
                None => {
                    Ok(told("Nothing of this run is left to undo; :log shows what was before."))
                }
            },
            Task::Redo => match self.acts.redo(&mut self.store)? {
                Some(receipt) => self.done(receipt),
                None => Ok(told("Nothing is left to redo.")),
            },
            Task::Turn(act) => {
                let receipt = self.acts.turn(&mut self.store, *act)?;
                self.done(receipt)
            }
            Task::Log => Ok(vec![News::Log(self.store.read(state::log)?)]),
            Task::Save(saved) => self.set(&saved.name, &attribute::search_value(saved)),
            Task::Forget(name) => self.set(name, ""),
            Task::Searched(query) => {
                let aspect = format!("{}{query}", attribute::QUERY);
                self.store.write(|writing| writing.set(writing.number, (0, 0), &aspect, "1"))?;
                self.catch_up()
            }
            Task::Give(keys) => {
                let cards = self.store.write(|writing| issued_keys::write(writing, keys))?;
                self.carded(&cards);
                self.catch_up()
            }
            Task::Keep(place) => Ok(self.keep(place)),
        }
    }

    fn set(&mut self, name: &str, search: &str) -> Result<Vec<News>, LibraryError> {
        let aspect = format!("{}{name}", attribute::SEARCH);
        self.store.write(|writing| writing.set(writing.number, (0, 0), &aspect, search))?;
        self.catch_up()
    }

    fn record(&mut self, act: &Act) -> Result<Vec<News>, LibraryError> {
        let corpus = &self.corpus;
        let recorded = self.store.write(|writing| record_changes::record(writing, corpus, act))?;
        for (which, paper) in act.papers.iter().zip(&recorded.papers) {
            if let Which::Paper(id) = which {
                self.sights.put(*id, *paper);
            }
        }
        self.carded(&recorded.cards);
        let Some(id) = recorded.act else {
            let mut news = self.catch_up()?;
            news.push(News::Told("That was so already.".to_owned()));
            return Ok(news);
        };
        self.acts.recorded(id);
        let title = self.store.read(|connection| {
            recorded.papers.first().map_or(Ok(String::new()), |it| state::title(connection, *it))
        })?;
        let receipt = Receipt {
            did: Did::Recorded,
            deeds: act.deeds.clone(),
            papers: Vec::new(),
            count: recorded.papers.len(),
            title,
        };
        self.done(Done { receipt, papers: recorded.papers })
    }

    /// What has followed from an act, and then its receipt.
    fn done(&mut self, done: Done) -> Result<Vec<News>, LibraryError> {
        let mut news = self.catch_up()?;
        let mut receipt = done.receipt;
        receipt.papers =
            done.papers.iter().flat_map(|paper| self.sights.of(*paper)).copied().collect();
        news.push(News::Done(receipt));
        Ok(news)
    }

    /// A place that cannot be kept is complained of once: the next follows with the next key.
    fn keep(&mut self, place: &Place) -> Vec<News> {
        let (Some(source), corpus) = (&self.source, &self.corpus) else { return Vec::new() };
        let kept =
            self.store.note(|connection| restore::keep(connection, source, now(), place, corpus));
        let before = std::mem::replace(&mut self.complaint, kept.err().map(|why| sentence(&why)));
        let new = self.complaint.clone().filter(|why| before.as_ref() != Some(why));
        new.map(News::Warned).into_iter().collect()
    }

    /// Every saved search.
    pub fn searches(&self) -> &[Saved] {
        &self.view.searches
    }
}

fn for_this_run(why: &LibraryError) -> String {
    format!("{} Marks are kept for this run only.", sentence(why))
}

fn told(sentence: &str) -> Vec<News> {
    vec![News::Told(sentence.to_owned())]
}

/// The error as a sentence of its own.
pub fn sentence(why: &LibraryError) -> String {
    let text = why.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().collect::<String>());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// Opens the file; where that cannot be, what can be read of it for this run.
fn open(file: Option<PathBuf>) -> Result<(Store, Option<PathBuf>, Standing), LibraryError> {
    let Some(file) = file else { return Ok((Store::in_memory()?, None, Standing::Kept)) };
    match Store::open(&file) {
        Ok(opened) => {
            let standing = opened.warning.map_or(Standing::Kept, Standing::Warned);
            Ok((opened.store, Some(file), standing))
        }
        Err(why) => {
            let store = Store::copied(&file).or_else(|_| salvage(&file));
            let store = store.or_else(|_| Store::in_memory())?;
            let why = for_this_run(&why);
            Ok((store, None, Standing::ThisRun(why)))
        }
    }
}
