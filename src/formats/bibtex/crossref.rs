//! Cross-references: what a paper takes over from the book or the proceedings that it is in.
//!
//! The parent may stand after its children, so they wait, and with them all that comes after, for
//! papers are to arrive in the order of the file. Both those that wait and the parents that may yet
//! be needed are bounded; where a bound is passed, the oldest go.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::record::Record;
use crate::formats::Defect;

/// What children take over under the same name.
const INHERITED: [&str; 19] = [
    "author",
    "editor",
    "year",
    "date",
    "month",
    "journal",
    "journaltitle",
    "publisher",
    "organization",
    "address",
    "location",
    "series",
    "volume",
    "edition",
    "isbn",
    "issn",
    "language",
    "langid",
    "maintitle",
];
/// Kinds of which others are a part.
const PARENTS: [&str; 10] = [
    "proceedings",
    "mvproceedings",
    "book",
    "mvbook",
    "collection",
    "mvcollection",
    "reference",
    "mvreference",
    "periodical",
    "xdata",
];

type Fields = Rc<[(String, String)]>;

/// Entries on their way out.
#[derive(Debug)]
pub(super) struct Queue {
    held: VecDeque<Held>,
    /// How many have left.
    gone: usize,
    /// Who waits for a parent, by its key: places counted from the first entry of all.
    waiting: HashMap<String, Vec<usize>>,
    parents: Parents,
    bytes: usize,
    most_bytes: usize,
}

#[derive(Debug)]
struct Held {
    entry: Result<Record, Defect>,
    parent: Parent,
}

#[derive(Debug)]
enum Parent {
    None,
    Awaited,
    Met(Fields),
}

/// What may be taken over from parents that were met, by their keys.
#[derive(Debug, Default)]
struct Parents {
    fields: HashMap<String, Fields>,
    oldest_first: VecDeque<String>,
    bytes: usize,
}

impl Queue {
    /// A queue in which entries with so many bytes in all may wait.
    pub(super) fn new(most_bytes: usize) -> Self {
        Self {
            held: VecDeque::new(),
            gone: 0,
            waiting: HashMap::new(),
            parents: Parents::default(),
            bytes: 0,
            most_bytes,
        }
    }

    pub(super) fn push(&mut self, entry: Result<Record, Defect>) {
        let parent = entry.as_ref().map_or(Parent::None, |it| self.meet(it));
        let held = Held { entry, parent };
        self.bytes += held.size();
        self.held.push_back(held);
    }

    /// The next entry that need not wait.
    pub(super) fn pop(&mut self) -> Option<Result<Record, Defect>> {
        let is_full = self.bytes > self.most_bytes;
        let is_awaited = matches!(self.held.front()?.parent, Parent::Awaited);
        if is_awaited && !is_full { None } else { self.pop_anyhow() }
    }

    /// The next entry, though its parent may not have been found.
    pub(super) fn pop_anyhow(&mut self) -> Option<Result<Record, Defect>> {
        let held = self.held.pop_front()?;
        self.bytes -= held.size();
        self.gone += 1;
        if self.held.is_empty() {
            self.waiting.clear();
        }
        let mut entry = held.entry;
        if let (Ok(child), Parent::Met(fields)) = (&mut entry, held.parent) {
            inherit(child, &fields);
        }
        Some(entry)
    }

    /// Makes an entry known to those who wait for it, and finds its own parent.
    fn meet(&mut self, record: &Record) -> Parent {
        let key = record.key.to_lowercase();
        let children = self.waiting.remove(&key).unwrap_or_default();
        if !children.is_empty() || PARENTS.contains(&record.kind.as_str()) {
            let fields = handed_down(record);
            for place in children {
                let at = place.checked_sub(self.gone);
                if let Some(child) = at.and_then(|at| self.held.get_mut(at)) {
                    child.parent = Parent::Met(Rc::clone(&fields));
                }
            }
            self.parents.add(key, fields);
        }
        let parent = record.get(&["crossref"]).to_lowercase();
        if parent.is_empty() {
            return Parent::None;
        }
        if let Some(fields) = self.parents.fields.get(&parent) {
            return Parent::Met(Rc::clone(fields));
        }
        self.waiting.entry(parent).or_default().push(self.gone + self.held.len());
        Parent::Awaited
    }
}

impl Held {
    fn size(&self) -> usize {
        let size = |it: &Defect| it.reason.len();
        size_of::<Self>() + self.entry.as_ref().map_or_else(size, Record::size)
    }
}

impl Parents {
    const MOST_BYTES: usize = 8 << 20;

    fn add(&mut self, key: String, fields: Fields) {
        if key.is_empty() || self.fields.contains_key(&key) {
            return;
        }
        self.bytes += size(&key, &fields);
        self.oldest_first.push_back(key.clone());
        self.fields.insert(key, fields);
        while self.bytes > Self::MOST_BYTES
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            let fields = self.fields.remove(&oldest).unwrap_or_default();
            self.bytes -= size(&oldest, &fields);
        }
    }
}

fn size(key: &str, fields: &Fields) -> usize {
    let fields = fields.iter().map(|(name, text)| name.len() + text.len());
    2 * key.len() + fields.sum::<usize>()
}

/// What children take over. The title of the parent is that of the book which they are in.
fn handed_down(parent: &Record) -> Fields {
    let own = parent.fields.iter().filter(|(name, _)| INHERITED.contains(&name.as_str()));
    let title = ("booktitle".to_owned(), parent.get(&["booktitle", "title"]).to_owned());
    own.cloned().chain([title]).filter(|(_, text)| !text.is_empty()).collect()
}

/// Adds what the child does not say itself.
fn inherit(child: &mut Record, fields: &[(String, String)]) {
    let is_dated = child.has(&["year", "date"]);
    for (name, text) in fields {
        let is_date = matches!(name.as_str(), "year" | "date" | "month");
        let is_own = child.has(&[name]) || is_date && is_dated;
        if !is_own {
            child.fields.push((name.clone(), text.clone()));
        }
    }
}
