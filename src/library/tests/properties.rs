//! Property tests: events agree with the log, in whichever order processes write it; merging is a
//! union.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// One step of a reader.
#[derive(Debug, Clone)]
enum ReaderStep {
    Record(Vec<u32>, Change),
    Undo,
    Redo,
    /// Toggles the change set at this index of the log.
    Turn(usize),
    Look,
    /// Imports the export of the library at this index.
    Merge(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let switch = || prop_oneof![Just(OnOff::On), Just(OnOff::Off)];
    prop_oneof![
        switch().prop_map(Change::Star),
        switch().prop_map(Change::Read),
        switch().prop_map(|it| Change::Tag("a".to_owned(), it)),
        "[a-c]{0,1}".prop_map(Change::Note),
        prop_oneof![
            Just(BasketPosition::EndIfAbsent),
            Just(BasketPosition::End),
            Just(BasketPosition::Removed)
        ]
        .prop_map(Change::Basket),
    ]
}

fn step() -> impl Strategy<Value = ReaderStep> {
    prop_oneof![
        6 => (prop::collection::vec(0..4_u32, 1..3), change()).prop_map(|(papers, change)| ReaderStep::Record(papers, change)),
        3 => Just(ReaderStep::Undo),
        2 => Just(ReaderStep::Redo),
        1 => (0..4_usize).prop_map(ReaderStep::Turn),
        1 => Just(ReaderStep::Look),
        1 => (0..3_usize).prop_map(ReaderStep::Merge),
    ]
}

/// Three sources that partly disagree on which papers are the same.
fn sources() -> [Vec<Draft>; 3] {
    let preprint = draft("Key Memories", "2401.00001", "");
    let article = draft("Key Memories, Revised", "", "10.1000/brains");
    let merged = draft("Key Memories", "2401.00001", "10.1000/brains");
    let note_paper = draft("Notes Found in a Drawer", "", "");
    let other = draft("Deep Nets", "2101.00002", "");
    [
        vec![preprint.clone(), article.clone(), note_paper.clone(), other.clone()],
        vec![other.clone(), preprint, note_paper.clone(), article],
        vec![merged, note_paper, other, draft("Alone", "1901.00003", "")],
    ]
}

impl TestReader {
    fn text(&self) -> String {
        let mut text = Vec::new();
        export(&self.library.store, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn merge(&mut self, text: &str) {
        import(&mut self.library.store, "test", &mut text.as_bytes()).unwrap();
        let events = self.library.catch_up_or_warn();
        self.apply_events(events);
    }

    /// The state table of the library: value by the ids of a paper's records and the attribute.
    fn state(&self) -> BTreeMap<(BTreeSet<String>, String), String> {
        let mut papers: HashMap<i64, BTreeSet<String>> = HashMap::new();
        let connection = &self.library.store.connection;
        let mut select = connection.prepare("SELECT paper, process, number FROM card").unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let (process, number): (i64, i64) = (row.get(1).unwrap(), row.get(2).unwrap());
            let id = format!("{process:016x}-{number}");
            papers.entry(row.get(0).unwrap()).or_default().insert(id);
        }
        let mut truth = BTreeMap::new();
        let mut select = connection.prepare("SELECT paper, aspect, value FROM state").unwrap();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let records = papers[&row.get::<_, i64>(0).unwrap()].clone();
            truth.insert((records, row.get(1).unwrap()), row.get(2).unwrap());
        }
        truth
    }

    fn take(&mut self, step: &ReaderStep, others: &[String]) {
        match step {
            ReaderStep::Record(papers, change) => {
                self.record(papers, std::slice::from_ref(change));
            }
            ReaderStep::Undo => {
                self.undo();
            }
            ReaderStep::Redo => {
                self.redo();
            }
            ReaderStep::Look => {
                self.poll();
            }
            ReaderStep::Turn(at) => {
                self.perform(&LibraryCommand::ReadLog);
                let Some(LibraryEvent::Log(log)) = self.last_event.take() else {
                    panic!("there is a log")
                };
                if let Some(change_set) = log.get(*at) {
                    self.perform(&LibraryCommand::ToggleUndone(change_set.id));
                }
            }
            ReaderStep::Merge(at) => {
                if let Some(other) = others.get(*at) {
                    self.merge(other);
                }
            }
        }
    }
}

/// An exported entry, ordered as in the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ExportedEntry {
    at: i64,
    process: String,
    number: u64,
    change_set: u64,
    record: String,
    aspect: String,
    value: String,
}

/// Derives the state from an export by the plainest algorithm.
fn expected_state(text: &str) -> BTreeMap<(BTreeSet<String>, String), String> {
    let lines: Vec<Value> = text.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    let mut papers: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
    let mut entries = Vec::new();
    for line in &lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        match line["is"].as_str().unwrap() {
            "paper" => {
                let keys = line["keys"].as_array().unwrap().iter();
                let mut keys: BTreeSet<String> =
                    keys.map(|it| it.as_str().unwrap().to_owned()).collect();
                let mut records = BTreeSet::from([text("id")]);
                let (matching, remaining): (Vec<_>, Vec<_>) =
                    papers.into_iter().partition(|(_, it)| !it.is_disjoint(&keys));
                papers = remaining;
                for (other_records, other_keys) in matching {
                    records.extend(other_records);
                    keys.extend(other_keys);
                }
                papers.push((records, keys));
            }
            "entry" => {
                let id = text("id");
                let (process, number) = id.split_once('-').unwrap();
                entries.push(ExportedEntry {
                    at: line["at"].as_i64().unwrap(),
                    process: process.to_owned(),
                    number: number.parse().unwrap(),
                    change_set: line["act"].as_u64().unwrap(),
                    record: text("paper"),
                    aspect: text("aspect"),
                    value: text("value"),
                });
            }
            _ => {}
        }
    }
    entries.sort();
    let is_standing = |entry: &&ExportedEntry| !is_revoked(&entries, entry);
    let mut state = BTreeMap::new();
    for entry in entries.iter().filter(|it| it.aspect != "undo").filter(is_standing) {
        let records = papers.iter().find(|(records, _)| records.contains(&entry.record));
        let records = records
            .map_or_else(|| BTreeSet::from(["0000000000000000-0".to_owned()]), |it| it.0.clone());
        state.insert((records, entry.aspect.clone()), entry.value.clone());
    }
    state.retain(|_, value| !value.is_empty());
    state
}

/// Returns true if a later entry, itself not undone, undoes the change set of `entry`.
fn is_revoked(entries: &[ExportedEntry], entry: &ExportedEntry) -> bool {
    let change_set = format!("{}-{}", entry.process, entry.change_set);
    entries.iter().any(|other| {
        other > entry
            && other.aspect == "undo"
            && other.value == change_set
            && !is_revoked(entries, other)
    })
}

#[test]
fn a_fuller_record_and_new_marks_of_a_paper_in_the_basket_are_seen_there() {
    let (_folder, file) = file();
    let mut reader =
        TestReader::open(&file).with_papers(&[draft("Key Memories", "", "10.1000/brains")]);
    let mut other_reader = TestReader::open(&file);
    reader.record(&[0], &[Change::Basket(BasketPosition::EndIfAbsent)]);
    let fuller_record = draft("Key Memories in Full", "2401.00001", "10.1000/brains");
    let mut exporter = TestReader::open_source(None, "far").with_papers(&[fuller_record]);
    exporter.record(&[0], &[STAR]);
    reader.merge(&exporter.text());
    for reader in [&mut reader, other_reader.poll()] {
        assert_eq!(TestReader::titles(&reader.basket), ["Key Memories in Full"]);
        assert!(reader.basket.marks.has(Mark::Starred, PaperId(0)));
    }
    reader.record(&[0], &[UNSTAR]);
    for reader in [&mut reader, other_reader.poll()] {
        assert!(!reader.basket.marks.has(Mark::Starred, PaperId(0)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn two_processes_and_merges_in_any_order_give_the_state_that_the_log_says(
        steps in prop::collection::vec((0..2_usize, step()), 1..40),
        other_steps in prop::collection::vec((0..3_usize, step()), 0..12),
    ) {
        let [first, second, third] = sources();
        let mut exporter = TestReader::open_source(None, "far").with_papers(&third);
        let mut texts = Vec::new();
        for (_, step) in &other_steps {
            exporter.take(step, &[]);
            texts.push(exporter.text());
        }
        let (_folder, file) = file();
        let mut readers = [TestReader::open(&file).with_papers(&first), TestReader::open(&file).with_papers(&second)];
        for (index, step) in &steps {
            readers[*index].take(step, &texts);
            prop_assert!(!matches!(readers[*index].last_event, Some(LibraryEvent::Failed(_))), "{:?}", readers[*index].last_event);
        }
        let text = readers[0].text();
        prop_assert_eq!(readers[0].state(), expected_state(&text));
        prop_assert_eq!(check_library(&mut readers[1].library.store).unwrap().derived, DerivedTables::InOrder);
        // Both readers show that state, and so do readers that open the library later.
        let later = [TestReader::open(&file).with_papers(&first), TestReader::open(&file).with_papers(&second)];
        for (reader, later) in readers.iter_mut().zip(&later) {
            reader.poll();
            for id in 0..4 {
                prop_assert_eq!(reader.marked(id), later.marked(id));
            }
            prop_assert_eq!(TestReader::titles(&reader.basket), TestReader::titles(&later.basket));
        }
    }

    #[test]
    fn merging_is_idempotent_commutative_and_associative(
        steps in prop::collection::vec((0..3_usize, step()), 1..40),
    ) {
        let mut readers: Vec<TestReader> = sources()
            .iter()
            .map(|source| TestReader::open_source(None, "far").with_papers(source))
            .collect();
        for (index, step) in &steps {
            // Merging now and then gives the libraries entries in common.
            let texts: Vec<String> = readers.iter().map(TestReader::text).collect();
            readers[*index].take(step, &texts);
        }
        let texts: Vec<String> = readers.iter().map(TestReader::text).collect();
        let merged = |order: &[usize]| {
            let mut reader = TestReader::open_source(None, "far");
            for at in order {
                reader.merge(&texts[*at]);
            }
            (reader.text(), reader.state())
        };
        let all = merged(&[0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(&merged(&order), &all);
        }
        prop_assert_eq!(&merged(&[0, 0, 1, 2, 1, 0]), &all);
        let partial = merged(&[1, 2]).0;
        readers[0].merge(&partial);
        prop_assert_eq!(&(readers[0].text(), readers[0].state()), &all);
        prop_assert_eq!(readers[0].state(), expected_state(&all.0));
    }
}
