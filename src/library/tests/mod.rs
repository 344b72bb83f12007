//! Tests of the library, from commands to events.

mod faults;
mod hostile;
mod issued_keys;
mod opening;
mod properties;
mod recognition;
mod session;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::domain::{BibField, Corpus, Draft, KeyPattern, Mark, PaperId, PaperMarks};
use crate::library::db::source_record;
use crate::sources::LoadEvent;

/// A library, with the state that its events describe.
pub struct TestReader {
    pub library: Library,
    pub opened_library: OpenedLibrary,
    marks: crate::domain::Marks,
    pub basket: Basket,
    /// The last event that answers a command.
    pub last_event: Option<LibraryEvent>,
    /// The change sets of this run that are done, and those that are undone, the last one last.
    done: Vec<ChangeSetId>,
    undone: Vec<ChangeSetId>,
}

impl TestReader {
    pub fn open(file: &Path) -> Self {
        Self::open_source(Some(file.to_owned()), "papers.bib")
    }

    pub fn open_source(file: Option<PathBuf>, source: &str) -> Self {
        let (library, events) =
            Library::open_store(file, Some(source.to_owned()), KeyPattern::default()).unwrap();
        let mut reader = Self {
            library,
            opened_library: OpenedLibrary::default(),
            marks: crate::domain::Marks::default(),
            basket: Basket::default(),
            last_event: None,
            done: Vec::new(),
            undone: Vec::new(),
        };
        reader.apply_events(events);
        reader
    }

    fn apply_events(&mut self, events: Vec<LibraryEvent>) {
        for event in events {
            match &event {
                LibraryEvent::Opened(opened_library) => {
                    self.opened_library = (**opened_library).clone();
                }
                LibraryEvent::MarksChanged(papers) => {
                    for (id, marked) in papers {
                        self.marks.set(*id, marked);
                    }
                    continue;
                }
                LibraryEvent::BasketChanged(basket) => {
                    self.basket = basket.clone();
                    continue;
                }
                LibraryEvent::SourceRead => continue,
                _ => {}
            }
            self.last_event = Some(event);
        }
    }

    /// Loads a source of these papers.
    pub fn with_papers(mut self, drafts: &[Draft]) -> Self {
        for (_, segment) in
            source_record::build_corpus(drafts.to_vec(), &KeyPattern::default()).segments()
        {
            let events = self.library.add_and_recognise(&LoadEvent::Segment(segment.clone()));
            self.apply_events(events);
        }
        let events = self.library.add_and_recognise(&LoadEvent::Done);
        self.apply_events(events);
        self
    }

    /// Undoes the last change set of this run that is done. Nothing happens without one.
    pub fn undo(&mut self) -> &mut Self {
        let Some(id) = self.done.pop() else { return self };
        self.execute(&LibraryCommand::Undo(id));
        self.undone.push(id);
        self
    }

    /// Redoes the change set that was undone last, unless another was recorded since.
    pub fn redo(&mut self) -> &mut Self {
        let Some(id) = self.undone.pop() else { return self };
        self.execute(&LibraryCommand::Redo(id));
        self.done.push(id);
        self
    }

    fn execute(&mut self, command: &LibraryCommand) {
        let events = self.library.execute(command);
        self.apply_events(events);
    }

    pub fn perform(&mut self, command: &LibraryCommand) -> &mut Self {
        self.last_event = None;
        self.execute(command);
        if let Some(LibraryEvent::ChangesApplied(receipt)) = &self.last_event {
            self.done.push(receipt.change_set);
            self.undone.clear();
        }
        self
    }

    pub fn record(&mut self, papers: &[u32], changes: &[Change]) -> &mut Self {
        let papers = papers.iter().map(|id| PaperRef::Corpus(PaperId(*id))).collect();
        self.perform(&LibraryCommand::Record(ChangeSet { changes: changes.to_vec(), papers }))
    }

    pub fn poll(&mut self) -> &mut Self {
        let events = self.library.poll_changes();
        self.apply_events(events);
        self
    }

    pub fn marked(&self, id: u32) -> PaperMarks {
        self.marks.paper_marks(PaperId(id))
    }

    fn has(&self, mark: Mark, id: u32) -> bool {
        self.marks.has(mark, PaperId(id))
    }

    fn receipt(&self) -> &Receipt {
        match &self.last_event {
            Some(LibraryEvent::ChangesApplied(receipt)) => receipt,
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

pub fn sample_papers() -> Vec<Draft> {
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

const STAR: Change = Change::Star(OnOff::On);
const UNSTAR: Change = Change::Star(OnOff::Off);
const READ: Change = Change::Read(OnOff::On);

fn tag(name: &str) -> Change {
    Change::Tag(name.to_owned(), OnOff::On)
}

#[test]
fn what_is_done_in_one_run_is_there_in_the_next() {
    let (_folder, file) = file();
    let mut first = TestReader::open(&file).with_papers(&sample_papers());
    assert_eq!(first.opened_library.durability, Durability::Durable);
    first.record(&[0, 2], &[STAR, tag("todo"), Change::Note("Read *twice*.".to_owned())]);
    assert_eq!(first.receipt().papers, [PaperId(0), PaperId(2)]);
    assert_eq!((first.receipt().paper_count, &*first.receipt().title), (2, "Key Memories"));
    let now = first.marked(2);
    assert_eq!((&*now.tags, &*now.note), (&["todo".to_owned()][..], "Read *twice*."));
    drop(first);
    let second = TestReader::open(&file).with_papers(&sample_papers());
    assert_eq!(second.marked(2), now);
    assert_eq!(second.marked(0), now);
    assert_eq!(second.marked(1), PaperMarks::default());
}

#[test]
fn a_mark_follows_the_paper_under_every_name_that_a_source_has_shown() {
    let (_folder, file) = file();
    let preprint = [draft("Key Memories", "2401.00001", "")];
    let by_doi = [draft("Key Memories of Brains", "", "10.1000/brains")];
    let with_both_ids = [draft("Key memories of brains", "2401.00001v2", "10.1000/BRAINS")];
    TestReader::open(&file).with_papers(&preprint).record(&[0], &[STAR]);
    assert!(!TestReader::open(&file).with_papers(&by_doi).has(Mark::Starred, 0));
    assert!(TestReader::open(&file).with_papers(&with_both_ids).has(Mark::Starred, 0));
    assert!(TestReader::open(&file).with_papers(&by_doi).has(Mark::Starred, 0));
    // A mark removed from the paper under one identifier is removed under the others.
    TestReader::open(&file).with_papers(&by_doi).record(&[0], &[UNSTAR]);
    assert!(!TestReader::open(&file).with_papers(&preprint).has(Mark::Starred, 0));
}

#[test]
fn papers_that_turn_out_to_be_one_have_the_newest_of_their_marks() {
    let (_folder, file) = file();
    let separate = [draft("Preprint", "2401.00001", ""), draft("Article", "", "10.1000/brains")];
    let mut reader = TestReader::open(&file).with_papers(&separate);
    reader.record(&[0], &[STAR, tag("a")]).record(&[1], &[UNSTAR, READ, tag("b")]);
    reader.record(&[1], &[STAR]).record(&[1], &[UNSTAR]);
    let merged = [draft("Article", "2401.00001", "10.1000/brains")];
    let merged_reader = TestReader::open(&file).with_papers(&merged);
    let marked = merged_reader.marked(0);
    assert_eq!((&*marked.marks, &*marked.tags.join(" ")), (&[Mark::Read][..], "a b"));
    assert_eq!(reader.poll().marked(0), reader.marked(1));
    assert_eq!(reader.marked(0), marked);
}

#[test]
fn a_paper_without_identifiers_is_known_by_its_name_alone() {
    let (_folder, file) = file();
    let untitled = [draft("Key Memories", "", "")];
    let full = [draft("Key memories!", "2401.00001", "10.1000/a")];
    let other = [draft("Key Memories", "2401.99999", "")];
    TestReader::open(&file).with_papers(&untitled).record(&[0], &[STAR]);
    let mut reader = TestReader::open(&file).with_papers(&full);
    assert!(reader.has(Mark::Starred, 0));
    reader.record(&[0], &[READ]);
    assert!(TestReader::open(&file).with_papers(&untitled).has(Mark::Read, 0));
    // A paper of the same title with an identifier of its own is another paper.
    assert!(!TestReader::open(&file).with_papers(&other).has(Mark::Starred, 0));
}

#[test]
fn change_sets_are_undone_and_redone_to_any_depth() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0, 1], &[STAR, READ]).record(&[0], &[UNSTAR]).record(&[0], &[tag("a")]);
    reader.undo().undo();
    assert_eq!(
        (reader.receipt().kind, &*reader.receipt().changes),
        (ChangeKind::Undone, &[UNSTAR][..])
    );
    assert!(reader.has(Mark::Starred, 0) && reader.marked(0).tags.is_empty());
    reader.undo();
    assert_eq!(reader.receipt().papers, [PaperId(0), PaperId(1)]);
    assert_eq!(reader.marked(1), PaperMarks::default());
    reader.redo().redo().redo();
    assert_eq!(
        (reader.receipt().kind, &*reader.receipt().changes),
        (ChangeKind::Redone, &[tag("a")][..])
    );
    assert_eq!(reader.marked(0).marks, [Mark::Read]);
    assert_eq!(reader.marked(0).tags, ["a"]);
    // A new change clears the redo stack.
    reader.undo().record(&[2], &[STAR]).redo();
    assert!(reader.marked(0).tags.is_empty());
}

#[test]
fn the_log_shows_what_was_done_before_and_takes_it_back() {
    let (_folder, file) = file();
    TestReader::open(&file)
        .with_papers(&sample_papers())
        .record(&[0], &[STAR])
        .record(&[1, 2], &[tag("a")]);
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    let log = |reader: &mut TestReader| match reader
        .perform(&LibraryCommand::ReadLog)
        .last_event
        .take()
    {
        Some(LibraryEvent::Log(log)) => log,
        other => panic!("no log but {other:?}"),
    };
    let entries = log(&mut reader);
    assert_eq!((entries.len(), entries[0].count, &*entries[0].title), (2, 2, "Deep Nets"));
    assert_eq!((&*entries[1].changes, entries[1].kind), (&[STAR][..], ChangeKind::Recorded));
    assert_eq!(entries[0].time.len(), "2026-11-21 14:05".len());
    reader.perform(&LibraryCommand::ToggleUndone(entries[1].id));
    assert_eq!((reader.receipt().kind, reader.has(Mark::Starred, 0)), (ChangeKind::Undone, false));
    assert_eq!(log(&mut reader)[1].kind, ChangeKind::Undone);
    reader.undo();
    assert_eq!((reader.receipt().kind, reader.has(Mark::Starred, 0)), (ChangeKind::Redone, true));
    reader.redo().perform(&LibraryCommand::ToggleUndone(entries[1].id));
    assert_eq!((reader.receipt().kind, reader.has(Mark::Starred, 0)), (ChangeKind::Redone, true));
}

#[test]
fn two_runs_see_what_the_other_does() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    let mut other = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0, 2], &[STAR]);
    assert!(!other.has(Mark::Starred, 0));
    assert!(other.poll().has(Mark::Starred, 0) && other.has(Mark::Starred, 2));
    other.record(&[0], &[UNSTAR]);
    reader.poll().undo();
    // The newest change set that is not undone is that of `other`.
    assert!(!reader.has(Mark::Starred, 0) && !reader.has(Mark::Starred, 2));
    other.poll();
    assert!(!other.has(Mark::Starred, 2));
    other.perform(&LibraryCommand::SaveSearch(SavedSearch {
        name: "a".to_owned(),
        query: "brain".to_owned(),
        ..saved()
    }));
    reader.poll();
    assert!(
        matches!(&reader.last_event, Some(LibraryEvent::SearchesChanged(all)) if all[0].query == "brain")
    );
}

fn saved() -> SavedSearch {
    SavedSearch {
        name: "new".to_owned(),
        query: "is:new".to_owned(),
        order: crate::search::SortKey::Year,
        direction: crate::search::SortDirection::Forward,
    }
}

#[test]
fn the_basket_keeps_its_order_over_corpora_and_runs() {
    let (_folder, file) = file();
    let basket = |position| [Change::Basket(position)];
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader
        .record(&[1], &basket(BasketPosition::EndIfAbsent))
        .record(&[2, 0], &basket(BasketPosition::EndIfAbsent));
    reader.record(&[1], &basket(BasketPosition::EndIfAbsent));
    let order = ["Deep Nets", "Notes Found in a Drawer", "Key Memories"];
    assert_eq!(TestReader::titles(&reader.basket), order);
    assert!(reader.has(Mark::Basket, 2));
    // Another corpus, with only one of the papers.
    let mut reader =
        TestReader::open(&file).with_papers(&[draft("Key Memories", "2401.00001", "")]);
    assert_eq!(TestReader::titles(&reader.basket), order);
    assert_eq!(reader.basket.corpus_ids, [None, None, Some(PaperId(0))]);
    let [first, second, third] = reader.basket.library_ids[..] else { panic!("three are kept") };
    let mut move_to = |paper_ref, position| {
        let papers = vec![PaperRef::Library(paper_ref)];
        reader.perform(&LibraryCommand::Record(ChangeSet {
            changes: basket(position).to_vec(),
            papers,
        }));
        TestReader::titles(&reader.basket).join(", ")
    };
    assert_eq!(
        move_to(third, BasketPosition::Before(first)),
        "Key Memories, Deep Nets, Notes Found in a Drawer"
    );
    assert_eq!(
        move_to(first, BasketPosition::End),
        "Key Memories, Notes Found in a Drawer, Deep Nets"
    );
    assert_eq!(
        move_to(first, BasketPosition::Before(second)),
        "Key Memories, Deep Nets, Notes Found in a Drawer"
    );
    assert_eq!(move_to(first, BasketPosition::Removed), "Key Memories, Notes Found in a Drawer");
    reader.undo();
    assert_eq!(TestReader::titles(&reader.basket).len(), 3);
    assert_eq!(TestReader::titles(&TestReader::open(&file).basket).len(), 3);
}

#[test]
fn marked_papers_outlive_their_source() {
    let (_folder, file) = file();
    let mut paper = draft("Key Memories", "2401.00001", "");
    paper.add_field(BibField::Volume, "7");
    TestReader::open(&file)
        .with_papers(&[paper.clone()])
        .record(&[0], &[Change::Basket(BasketPosition::EndIfAbsent)]);
    let reader = TestReader::open(&file);
    let paper = reader.basket.corpus.get(PaperId(0)).unwrap();
    assert_eq!(
        (paper.title, paper.year, paper.field(BibField::Volume)),
        ("Key Memories", Some(2024), "7")
    );
    let _: &Corpus = &reader.basket.corpus;
}
