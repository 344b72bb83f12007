//! What is told is what the log says, whoever wrote it in whichever order; and merging is a union.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Something that one of the readers does.
#[derive(Debug, Clone)]
enum Step {
    Record(Vec<u32>, Deed),
    Undo,
    Redo,
    /// Turns an act of the log, by its place there.
    Turn(usize),
    Look,
    /// Takes over what another library has.
    Merge(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let switch = || prop_oneof![Just(Switch::On), Just(Switch::Off)];
    prop_oneof![
        switch().prop_map(Deed::Star),
        switch().prop_map(Deed::Read),
        switch().prop_map(|it| Deed::Tag("a".to_owned(), it)),
        "[a-c]{0,1}".prop_map(Deed::Note),
        prop_oneof![Just(Spot::Last), Just(Spot::End), Just(Spot::Out)].prop_map(Deed::Basket),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (prop::collection::vec(0..4_u32, 1..3), deed()).prop_map(|(papers, deed)| Step::Record(papers, deed)),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => (0..4_usize).prop_map(Step::Turn),
        1 => Just(Step::Look),
        1 => (0..3_usize).prop_map(Step::Merge),
    ]
}

/// Papers some of which one source takes for one and another does not.
fn sources() -> [Vec<Draft>; 3] {
    let one = draft("Key Memories", "2401.00001", "");
    let same = draft("Key Memories, Revised", "", "10.1000/brains");
    let both = draft("Key Memories", "2401.00001", "10.1000/brains");
    let bare = draft("Notes Found in a Drawer", "", "");
    let other = draft("Deep Nets", "2101.00002", "");
    [
        vec![one.clone(), same.clone(), bare.clone(), other.clone()],
        vec![other.clone(), one, bare.clone(), same],
        vec![both, bare, other, draft("Alone", "1901.00003", "")],
    ]
}

impl Reader {
    fn text(&self) -> String {
        let mut text = Vec::new();
        export(&self.desk.store, &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn merge(&mut self, text: &str) {
        import(&mut self.desk.store, "test", &mut text.as_bytes()).unwrap();
        let news = self.desk.caught_up();
        self.hear(news);
    }

    /// What the library holds to be true: of which cards, and which aspect, what.
    fn truth(&self) -> BTreeMap<(BTreeSet<String>, String), String> {
        let mut papers: HashMap<i64, BTreeSet<String>> = HashMap::new();
        let connection = &self.desk.store.connection;
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
            let cards = papers[&row.get::<_, i64>(0).unwrap()].clone();
            truth.insert((cards, row.get(1).unwrap()), row.get(2).unwrap());
        }
        truth
    }

    fn take(&mut self, step: &Step, others: &[String]) {
        match step {
            Step::Record(papers, deed) => {
                self.record(papers, std::slice::from_ref(deed));
            }
            Step::Undo => {
                self.perform(&Task::Undo);
            }
            Step::Redo => {
                self.perform(&Task::Redo);
            }
            Step::Look => {
                self.look();
            }
            Step::Turn(at) => {
                self.perform(&Task::Log);
                let Some(News::Log(log)) = self.last.take() else { panic!("there is a log") };
                if let Some(act) = log.get(*at) {
                    self.perform(&Task::Turn(act.id));
                }
            }
            Step::Merge(at) => {
                if let Some(other) = others.get(*at) {
                    self.merge(other);
                }
            }
        }
    }
}

/// An entry of the log, in its order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: i64,
    process: String,
    number: u64,
    act: u64,
    card: String,
    aspect: String,
    value: String,
}

/// What a log says, found out the plain way.
fn said(text: &str) -> BTreeMap<(BTreeSet<String>, String), String> {
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
                let mut cards = BTreeSet::from([text("id")]);
                let (same, rest): (Vec<_>, Vec<_>) =
                    papers.into_iter().partition(|(_, it)| !it.is_disjoint(&keys));
                papers = rest;
                for (its_cards, its_keys) in same {
                    cards.extend(its_cards);
                    keys.extend(its_keys);
                }
                papers.push((cards, keys));
            }
            "entry" => {
                let id = text("id");
                let (process, number) = id.split_once('-').unwrap();
                entries.push(Entry {
                    at: line["at"].as_i64().unwrap(),
                    process: process.to_owned(),
                    number: number.parse().unwrap(),
                    act: line["act"].as_u64().unwrap(),
                    card: text("paper"),
                    aspect: text("aspect"),
                    value: text("value"),
                });
            }
            _ => {}
        }
    }
    entries.sort();
    let stands = |entry: &&Entry| !is_revoked(&entries, entry);
    let mut said = BTreeMap::new();
    for entry in entries.iter().filter(|it| it.aspect != "undo").filter(stands) {
        let cards = papers.iter().find(|(cards, _)| cards.contains(&entry.card));
        let cards = cards
            .map_or_else(|| BTreeSet::from(["0000000000000000-0".to_owned()]), |it| it.0.clone());
        said.insert((cards, entry.aspect.clone()), entry.value.clone());
    }
    said.retain(|_, value| !value.is_empty());
    said
}

/// Whether a later entry that is not revoked itself revokes the act of this one.
fn is_revoked(entries: &[Entry], entry: &Entry) -> bool {
    let act = format!("{}-{}", entry.process, entry.act);
    entries
        .iter()
        .any(|it| it > entry && it.aspect == "undo" && it.value == act && !is_revoked(entries, it))
}

#[test]
fn a_fuller_record_and_new_marks_of_a_paper_in_the_basket_are_seen_there() {
    let (_folder, file) = file();
    let mut near = Reader::open(&file).reads(&[draft("Key Memories", "", "10.1000/brains")]);
    let mut beside = Reader::open(&file);
    near.record(&[0], &[Deed::Basket(Spot::Last)]);
    let fuller = draft("Key Memories in Full", "2401.00001", "10.1000/brains");
    let mut far = Reader::at(None, "far").reads(&[fuller]);
    far.record(&[0], &[STAR]);
    near.merge(&far.text());
    for reader in [&mut near, beside.look()] {
        assert_eq!(Reader::titles(&reader.basket), ["Key Memories in Full"]);
        assert!(reader.basket.marks.has(Mark::Starred, PaperId(0)));
    }
    near.record(&[0], &[UNSTAR]);
    for reader in [&mut near, beside.look()] {
        assert!(!reader.basket.marks.has(Mark::Starred, PaperId(0)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn two_processes_and_merges_in_any_order_give_the_state_that_the_log_says(
        steps in prop::collection::vec((0..2_usize, step()), 1..40),
        elsewhere in prop::collection::vec((0..3_usize, step()), 0..12),
    ) {
        let [first, second, third] = sources();
        let mut far = Reader::at(None, "far").reads(&third);
        let mut texts = Vec::new();
        for (_, step) in &elsewhere {
            far.take(step, &[]);
            texts.push(far.text());
        }
        let (_folder, file) = file();
        let mut readers = [Reader::open(&file).reads(&first), Reader::open(&file).reads(&second)];
        for (who, step) in &steps {
            readers[*who].take(step, &texts);
            prop_assert!(!matches!(readers[*who].last, Some(News::Failed(_))), "{:?}", readers[*who].last);
        }
        let text = readers[0].text();
        prop_assert_eq!(readers[0].truth(), said(&text));
        prop_assert_eq!(check(&mut readers[1].desk.store).unwrap().derived, Derived::InOrder);
        // Both readers are told so, and so is one who comes later.
        let later = [Reader::open(&file).reads(&first), Reader::open(&file).reads(&second)];
        for (reader, later) in readers.iter_mut().zip(&later) {
            reader.look();
            for id in 0..4 {
                prop_assert_eq!(reader.marked(id), later.marked(id));
            }
            prop_assert_eq!(Reader::titles(&reader.basket), Reader::titles(&later.basket));
        }
    }

    #[test]
    fn merging_is_idempotent_commutative_and_associative(
        steps in prop::collection::vec((0..3_usize, step()), 1..40),
    ) {
        let mut readers: Vec<Reader> = sources()
            .iter()
            .map(|source| Reader::at(None, "far").reads(source))
            .collect();
        for (who, step) in &steps {
            // They meet now and then, so that they have a past in common.
            let texts: Vec<String> = readers.iter().map(Reader::text).collect();
            readers[*who].take(step, &texts);
        }
        let texts: Vec<String> = readers.iter().map(Reader::text).collect();
        let merged = |order: &[usize]| {
            let mut reader = Reader::at(None, "far");
            for at in order {
                reader.merge(&texts[*at]);
            }
            (reader.text(), reader.truth())
        };
        let all = merged(&[0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(&merged(&order), &all);
        }
        prop_assert_eq!(&merged(&[0, 0, 1, 2, 1, 0]), &all);
        let two = merged(&[1, 2]).0;
        readers[0].merge(&two);
        prop_assert_eq!(&(readers[0].text(), readers[0].truth()), &all);
        prop_assert_eq!(readers[0].truth(), said(&all.0));
    }
}
