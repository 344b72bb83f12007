//! The desk, from tasks to news.

mod faults;
mod hostile;
mod issued_keys;
mod opening;
mod properties;
mod recognition;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::domain::{Corpus, Draft, Fact, KeyPattern, Mark, Marked, PaperId};
use crate::library::db::source_record;
use crate::sources::Loading;

/// A desk, and what its news come to.
pub struct Reader {
    pub desk: Desk,
    pub opening: Opening,
    marks: crate::domain::Marks,
    pub basket: Basket,
    /// What was said last.
    pub last: Option<News>,
}

impl Reader {
    pub fn open(file: &Path) -> Self {
        Self::at(Some(file.to_owned()), "papers.bib")
    }

    pub fn at(file: Option<PathBuf>, source: &str) -> Self {
        let (desk, news) =
            Desk::open(file, Some(source.to_owned()), KeyPattern::default()).unwrap();
        let mut reader = Self {
            desk,
            opening: Opening::default(),
            marks: crate::domain::Marks::default(),
            basket: Basket::default(),
            last: None,
        };
        reader.hear(news);
        reader
    }

    fn hear(&mut self, news: Vec<News>) {
        for it in news {
            match &it {
                News::Opened(opening) => self.opening = (**opening).clone(),
                News::Marked(papers) => {
                    for (id, marked) in papers {
                        self.marks.put(*id, marked);
                    }
                    continue;
                }
                News::Basket(basket) => {
                    self.basket = basket.clone();
                    continue;
                }
                News::Arrived => continue,
                _ => {}
            }
            self.last = Some(it);
        }
    }

    /// Has the papers arrive that a source holds.
    pub fn reads(mut self, drafts: &[Draft]) -> Self {
        for (_, segment) in
            source_record::corpus(drafts.to_vec(), &KeyPattern::default()).segments()
        {
            let news = self.desk.arrive(&Loading::Segment(segment.clone()));
            self.hear(news);
        }
        let news = self.desk.arrive(&Loading::Done);
        self.hear(news);
        self
    }

    pub fn perform(&mut self, task: &Task) -> &mut Self {
        let news = self.desk.perform(task);
        self.hear(news);
        self
    }

    pub fn record(&mut self, papers: &[u32], deeds: &[Deed]) -> &mut Self {
        let papers = papers.iter().map(|id| Which::Paper(PaperId(*id))).collect();
        self.perform(&Task::Record(Act { deeds: deeds.to_vec(), papers }))
    }

    pub fn look(&mut self) -> &mut Self {
        let news = self.desk.look();
        self.hear(news);
        self
    }

    pub fn marked(&self, id: u32) -> Marked {
        self.marks.of(PaperId(id))
    }

    fn has(&self, mark: Mark, id: u32) -> bool {
        self.marks.has(mark, PaperId(id))
    }

    fn receipt(&self) -> &Receipt {
        match &self.last {
            Some(News::Done(receipt)) => receipt,
            other => panic!("no receipt but {other:?}"),
        }
    }

    pub fn titles(basket: &Basket) -> Vec<String> {
        basket.corpus.papers().map(|(_, paper)| paper.title.to_owned()).collect()
    }
}

pub fn draft(title: &str, arxiv: &str, doi: &str) -> Draft {
    Draft {
        title: title.to_owned(),
        authors: vec!["Ada Lindqvist".to_owned()],
        arxiv: arxiv.to_owned(),
        doi: doi.to_owned(),
        year: Some(2024),
        ..Draft::default()
    }
}

pub fn shelf() -> Vec<Draft> {
    vec![
        draft("Key Memories", "2401.00001", ""),
        draft("Deep Nets", "2101.00002", ""),
        draft("Notes Found in a Drawer", "", ""),
    ]
}

pub fn file() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("state").join("library.db");
    (folder, file)
}

const STAR: Deed = Deed::Star(Switch::On);
const UNSTAR: Deed = Deed::Star(Switch::Off);
const READ: Deed = Deed::Read(Switch::On);

fn tag(name: &str) -> Deed {
    Deed::Tag(name.to_owned(), Switch::On)
}

#[test]
fn what_is_done_in_one_run_is_there_in_the_next() {
    let (_folder, file) = file();
    let mut first = Reader::open(&file).reads(&shelf());
    assert_eq!(first.opening.standing, Standing::Kept);
    first.record(&[0, 2], &[STAR, tag("todo"), Deed::Note("Read *twice*.".to_owned())]);
    assert_eq!(first.receipt().papers, [PaperId(0), PaperId(2)]);
    assert_eq!((first.receipt().count, &*first.receipt().title), (2, "Key Memories"));
    let now = first.marked(2);
    assert_eq!((&*now.tags, &*now.note), (&["todo".to_owned()][..], "Read *twice*."));
    drop(first);
    let second = Reader::open(&file).reads(&shelf());
    assert_eq!(second.marked(2), now);
    assert_eq!(second.marked(0), now);
    assert_eq!(second.marked(1), Marked::default());
}

#[test]
fn a_mark_follows_the_paper_under_every_name_that_a_source_has_shown() {
    let (_folder, file) = file();
    let by_arxiv = [draft("Key Memories", "2401.00001", "")];
    let by_doi = [draft("Key Memories of Brains", "", "10.1000/brains")];
    let by_both = [draft("Key memories of brains", "2401.00001v2", "10.1000/BRAINS")];
    Reader::open(&file).reads(&by_arxiv).record(&[0], &[STAR]);
    assert!(!Reader::open(&file).reads(&by_doi).has(Mark::Starred, 0));
    assert!(Reader::open(&file).reads(&by_both).has(Mark::Starred, 0));
    assert!(Reader::open(&file).reads(&by_doi).has(Mark::Starred, 0));
    // And what is taken away under one name is so under the others.
    Reader::open(&file).reads(&by_doi).record(&[0], &[UNSTAR]);
    assert!(!Reader::open(&file).reads(&by_arxiv).has(Mark::Starred, 0));
}

#[test]
fn papers_that_turn_out_to_be_one_have_the_newest_of_their_marks() {
    let (_folder, file) = file();
    let apart = [draft("Preprint", "2401.00001", ""), draft("Article", "", "10.1000/brains")];
    let mut reader = Reader::open(&file).reads(&apart);
    reader.record(&[0], &[STAR, tag("a")]).record(&[1], &[UNSTAR, READ, tag("b")]);
    reader.record(&[1], &[STAR]).record(&[1], &[UNSTAR]);
    let both = [draft("Article", "2401.00001", "10.1000/brains")];
    let united = Reader::open(&file).reads(&both);
    let marked = united.marked(0);
    assert_eq!((&*marked.marks, &*marked.tags.join(" ")), (&[Mark::Read][..], "a b"));
    assert_eq!(reader.look().marked(0), reader.marked(1));
    assert_eq!(reader.marked(0), marked);
}

#[test]
fn a_paper_without_identifiers_is_known_by_its_name_alone() {
    let (_folder, file) = file();
    let bare = [draft("Key Memories", "", "")];
    let full = [draft("Key memories!", "2401.00001", "10.1000/a")];
    let other = [draft("Key Memories", "2401.99999", "")];
    Reader::open(&file).reads(&bare).record(&[0], &[STAR]);
    let mut reader = Reader::open(&file).reads(&full);
    assert!(reader.has(Mark::Starred, 0));
    reader.record(&[0], &[READ]);
    assert!(Reader::open(&file).reads(&bare).has(Mark::Read, 0));
    // Another paper of that name with an identifier of its own is another paper.
    assert!(!Reader::open(&file).reads(&other).has(Mark::Starred, 0));
}

#[test]
fn acts_are_taken_back_and_done_again_to_any_depth() {
    let (_folder, file) = file();
    let mut reader = Reader::open(&file).reads(&shelf());
    reader.record(&[0, 1], &[STAR, READ]).record(&[0], &[UNSTAR]).record(&[0], &[tag("a")]);
    reader.perform(&Task::Undo).perform(&Task::Undo);
    assert_eq!((reader.receipt().did, &*reader.receipt().deeds), (Did::Undone, &[UNSTAR][..]));
    assert!(reader.has(Mark::Starred, 0) && reader.marked(0).tags.is_empty());
    reader.perform(&Task::Undo);
    assert_eq!(reader.receipt().papers, [PaperId(0), PaperId(1)]);
    assert_eq!(reader.marked(1), Marked::default());
    reader.perform(&Task::Undo);
    assert!(matches!(&reader.last, Some(News::Told(told)) if told.contains("undo")));
    reader.perform(&Task::Redo).perform(&Task::Redo).perform(&Task::Redo);
    assert_eq!((reader.receipt().did, &*reader.receipt().deeds), (Did::Redone, &[tag("a")][..]));
    assert_eq!(reader.marked(0).marks, [Mark::Read]);
    assert_eq!(reader.marked(0).tags, ["a"]);
    // Something new is the end of what could be done again.
    reader.perform(&Task::Undo).record(&[2], &[STAR]).perform(&Task::Redo);
    assert!(matches!(&reader.last, Some(News::Told(_))));
    assert!(reader.marked(0).tags.is_empty());
}

#[test]
fn the_log_shows_what_was_done_before_and_takes_it_back() {
    let (_folder, file) = file();
    Reader::open(&file).reads(&shelf()).record(&[0], &[STAR]).record(&[1, 2], &[tag("a")]);
    let mut reader = Reader::open(&file).reads(&shelf());
    reader.perform(&Task::Undo);
    assert!(matches!(&reader.last, Some(News::Told(_))), "an undo goes no further than the run");
    let log = |reader: &mut Reader| match reader.perform(&Task::Log).last.take() {
        Some(News::Log(log)) => log,
        other => panic!("no log but {other:?}"),
    };
    let acts = log(&mut reader);
    assert_eq!((acts.len(), acts[0].count, &*acts[0].title), (2, 2, "Deep Nets"));
    assert_eq!((&*acts[1].deeds, acts[1].did), (&[STAR][..], Did::Recorded));
    assert_eq!(acts[0].when.len(), "2026-11-21 14:05".len());
    reader.perform(&Task::Turn(acts[1].id));
    assert_eq!((reader.receipt().did, reader.has(Mark::Starred, 0)), (Did::Undone, false));
    assert_eq!(log(&mut reader)[1].did, Did::Undone);
    reader.perform(&Task::Undo);
    assert_eq!((reader.receipt().did, reader.has(Mark::Starred, 0)), (Did::Redone, true));
    reader.perform(&Task::Redo).perform(&Task::Turn(acts[1].id));
    assert_eq!((reader.receipt().did, reader.has(Mark::Starred, 0)), (Did::Redone, true));
}

#[test]
fn two_runs_see_what_the_other_does() {
    let (_folder, file) = file();
    let mut one = Reader::open(&file).reads(&shelf());
    let mut other = Reader::open(&file).reads(&shelf());
    one.record(&[0, 2], &[STAR]);
    assert!(!other.has(Mark::Starred, 0));
    assert!(other.look().has(Mark::Starred, 0) && other.has(Mark::Starred, 2));
    other.record(&[0], &[UNSTAR]);
    one.look().perform(&Task::Undo);
    // The newest entry that stands is the other's.
    assert!(!one.has(Mark::Starred, 0) && !one.has(Mark::Starred, 2));
    other.look();
    assert!(!other.has(Mark::Starred, 2));
    other.perform(&Task::Save(Saved {
        name: "a".to_owned(),
        query: "brain".to_owned(),
        ..saved()
    }));
    one.look();
    assert!(matches!(&one.last, Some(News::Searches(all)) if all[0].query == "brain"));
}

fn saved() -> Saved {
    Saved {
        name: "new".to_owned(),
        query: "is:new".to_owned(),
        order: crate::search::Order::Year,
        direction: crate::search::Direction::Forward,
    }
}

#[test]
fn the_basket_keeps_its_order_over_corpora_and_runs() {
    let (_folder, file) = file();
    let basket = |spot| [Deed::Basket(spot)];
    let mut reader = Reader::open(&file).reads(&shelf());
    reader.record(&[1], &basket(Spot::Last)).record(&[2, 0], &basket(Spot::Last));
    reader.record(&[1], &basket(Spot::Last));
    let order = ["Deep Nets", "Notes Found in a Drawer", "Key Memories"];
    assert_eq!(Reader::titles(&reader.basket), order);
    assert!(reader.has(Mark::Basket, 2));
    // Another corpus, where one of them is.
    let mut reader = Reader::open(&file).reads(&[draft("Key Memories", "2401.00001", "")]);
    assert_eq!(Reader::titles(&reader.basket), order);
    assert_eq!(reader.basket.here, [None, None, Some(PaperId(0))]);
    let [first, second, third] = reader.basket.kept[..] else { panic!("three are kept") };
    let mut moved = |which, spot| {
        let papers = vec![Which::Kept(which)];
        reader.perform(&Task::Record(Act { deeds: basket(spot).to_vec(), papers }));
        Reader::titles(&reader.basket).join(", ")
    };
    assert_eq!(
        moved(third, Spot::Before(first)),
        "Key Memories, Deep Nets, Notes Found in a Drawer"
    );
    assert_eq!(moved(first, Spot::End), "Key Memories, Notes Found in a Drawer, Deep Nets");
    assert_eq!(
        moved(first, Spot::Before(second)),
        "Key Memories, Deep Nets, Notes Found in a Drawer"
    );
    assert_eq!(moved(first, Spot::Out), "Key Memories, Notes Found in a Drawer");
    reader.perform(&Task::Undo);
    assert_eq!(Reader::titles(&reader.basket).len(), 3);
    assert_eq!(Reader::titles(&Reader::open(&file).basket).len(), 3);
}

#[test]
fn the_place_is_found_again_in_a_source_that_has_changed() {
    let (_folder, file) = file();
    let mut reader = Reader::open(&file).reads(&shelf());
    let place = Place {
        paper: Some(PaperId(2)),
        offset: 7,
        query: "brain is:unread".to_owned(),
        selection: vec![PaperId(1), PaperId(0)],
        reader: Some(12),
        ..Place::default()
    };
    reader.perform(&Task::Keep(Box::new(place.clone())));
    let mut changed = shelf();
    changed.insert(0, draft("Another", "2601.00001", ""));
    changed.remove(2);
    let reader = Reader::open(&file).reads(&changed);
    let expected = Place { paper: None, selection: Vec::new(), ..place };
    assert_eq!(reader.opening.place, Some(expected));
    let found = Found { paper: Some(PaperId(2)), selection: vec![PaperId(1)] };
    assert!(matches!(&reader.last, Some(News::Found(it)) if *it == found));
    assert_eq!(Reader::at(Some(file), "other.bib").opening.place, None);
}

#[test]
fn papers_are_new_that_the_source_did_not_have_before() {
    let (_folder, file) = file();
    let reader = Reader::open(&file).reads(&shelf());
    assert_eq!((reader.opening.since.clone(), reader.has(Mark::New, 0)), (None, false));
    let mut more = shelf();
    more.insert(1, draft("Another", "2601.00001", ""));
    let mut reader = Reader::open(&file).reads(&more);
    assert!(reader.opening.since.is_some());
    assert_eq!(
        (0..4).map(|id| reader.has(Mark::New, id)).collect::<Vec<_>>(),
        [false, true, false, false]
    );
    assert!(reader.record(&[1], &[STAR]).has(Mark::New, 1), "a mark leaves it new");
    assert!(!Reader::open(&file).reads(&more).has(Mark::New, 1));
}

#[test]
fn searches_and_queries_are_kept() {
    let (_folder, file) = file();
    let mut reader = Reader::open(&file);
    reader.perform(&Task::Save(saved())).perform(&Task::Searched("a".to_owned()));
    reader.perform(&Task::Searched("b".to_owned())).perform(&Task::Searched("a".to_owned()));
    let reader = Reader::open(&file);
    assert_eq!(reader.opening.searches, [saved()]);
    assert_eq!(reader.opening.history, ["b", "a"]);
    Reader::open(&file).perform(&Task::Forget("new".to_owned()));
    assert!(Reader::open(&file).opening.searches.is_empty());
}

#[test]
fn marked_papers_outlive_their_source() {
    let (_folder, file) = file();
    let mut paper = draft("Key Memories", "2401.00001", "");
    paper.add_fact(Fact::Volume, "7");
    Reader::open(&file).reads(&[paper.clone()]).record(&[0], &[Deed::Basket(Spot::Last)]);
    let reader = Reader::open(&file);
    let kept = reader.basket.corpus.get(PaperId(0)).unwrap();
    assert_eq!((kept.title, kept.year, kept.fact(Fact::Volume)), ("Key Memories", Some(2024), "7"));
    let _: &Corpus = &reader.basket.corpus;
}
