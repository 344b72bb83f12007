//! Cross-references: fields that an entry inherits from its book or proceedings, or from `@xdata`
//! entries.
//!
//! A parent may follow its children, so children wait in a queue, and all later entries behind
//! them, because papers must arrive in file order. The queue and the known parents are bounded;
//! beyond a bound the oldest are dropped.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::entry::{BibtexEntry, PARENT_FIELDS};
use crate::formats::defect::Defect;

/// The fields that children inherit under the same name.
const INHERITED_FIELDS: [&str; 19] = [
    "author", "editor", "year", "date", "month", "journal", "journaltitle", "publisher",
    "organization", "address", "location", "series", "volume", "edition", "isbn", "issn",
    "language", "langid", "maintitle",
];
/// The kinds of entries that can be parents.
const PARENT_KINDS: [&str; 10] = [
    "proceedings", "mvproceedings", "book", "mvbook", "collection", "mvcollection", "reference",
    "mvreference", "periodical", "xdata",
];

type InheritedFields = Rc<[(String, String)]>;

/// Entries on their way to the caller, in file order.
#[derive(Debug)]
pub struct CrossrefQueue {
    entries: VecDeque<QueuedEntry>,
    /// The number of entries that have left the queue.
    popped: usize,
    /// The entries that wait for a parent, by its key. Positions count from the first entry of the
    /// file.
    waiting_children: HashMap<String, VecDeque<usize>>,
    parents: Parents,
    bytes: usize,
    max_bytes: usize,
}

#[derive(Debug)]
struct QueuedEntry {
    entry: Result<BibtexEntry, Defect>,
    parents: Vec<Parent>,
}

/// An entry from which another inherits fields.
#[derive(Debug)]
struct Parent {
    key: String,
    /// `None` while the parent has not been read.
    fields: Option<InheritedFields>,
}

/// The inheritable fields of the parents read so far, by key.
#[derive(Debug, Default)]
struct Parents {
    fields: HashMap<String, InheritedFields>,
    oldest_first: VecDeque<String>,
    bytes: usize,
}

impl CrossrefQueue {
    /// Creates a queue for entries of up to `most_bytes` bytes in total.
    pub fn new(most_bytes: usize) -> Self {
        Self {
            entries: VecDeque::new(),
            popped: 0,
            waiting_children: HashMap::new(),
            parents: Parents::default(),
            bytes: 0,
            max_bytes: most_bytes,
        }
    }

    /// Returns true if no entry was ever pushed.
    pub fn is_untouched(&self) -> bool {
        self.popped + self.entries.len() == 0
    }

    pub fn push(&mut self, entry: Result<BibtexEntry, Defect>) {
        let parents = entry.as_ref().map_or(Vec::new(), |it| self.resolve_parents(it));
        let queued = QueuedEntry { entry, parents };
        self.bytes += queued.size();
        self.entries.push_back(queued);
    }

    /// Removes the next entry if all its parents are known, or the queue is full.
    pub fn pop(&mut self) -> Option<Result<BibtexEntry, Defect>> {
        let is_full = self.bytes > self.max_bytes;
        let is_awaited = self.entries.front()?.parents.iter().any(|it| it.fields.is_none());
        if is_awaited && !is_full { None } else { self.force_pop() }
    }

    /// Removes the next entry, even if parents are missing.
    pub fn force_pop(&mut self) -> Option<Result<BibtexEntry, Defect>> {
        let queued = self.entries.pop_front()?;
        self.bytes -= queued.size();
        let number = self.popped;
        self.popped += 1;
        let mut entry = queued.entry;
        let mut inherited = Vec::new();
        for parent in queued.parents {
            match parent.fields {
                Some(fields) => inherited.push(fields),
                None => self.stop_waiting(&parent.key, number),
            }
        }
        if let Ok(child) = &mut entry
            && !inherited.is_empty()
        {
            self.add_parents_of_parents(&mut inherited);
            inherit(child, &inherited);
        }
        Some(entry)
    }

    /// Adds the parents of `@xdata` entries, which may themselves have `xdata`.
    fn add_parents_of_parents(&self, inherited: &mut Vec<InheritedFields>) {
        const MAX_PARENTS: usize = 16;
        let mut index = 0;
        while index < inherited.len() && inherited.len() < MAX_PARENTS {
            let xdata = inherited[index].iter().find(|(name, _)| name == "xdata");
            let keys = xdata.map_or(Vec::new(), |(_, text)| split_keys(text));
            inherited
                .extend(keys.iter().filter_map(|it| self.parents.fields.get(it)).map(Rc::clone));
            index += 1;
        }
    }

    /// Stops waiting for a parent of an entry that has left the queue.
    fn stop_waiting(&mut self, parent: &str, number: usize) {
        if let Some(numbers) = self.waiting_children.get_mut(parent) {
            numbers.retain(|it| *it != number);
            if numbers.is_empty() {
                self.waiting_children.remove(parent);
            }
        }
    }

    /// Passes the fields of an entry to its waiting children, and returns its own parents.
    fn resolve_parents(&mut self, record: &BibtexEntry) -> Vec<Parent> {
        let key = record.key.to_lowercase();
        let children = self.waiting_children.remove(&key).unwrap_or_default();
        if !children.is_empty() || PARENT_KINDS.contains(&record.kind.as_str()) {
            let fields = inheritable_fields(record);
            for number in children {
                let index = number.checked_sub(self.popped);
                if let Some(child) = index.and_then(|index| self.entries.get_mut(index)) {
                    let parents = child.parents.iter_mut().filter(|it| it.key == key);
                    parents.for_each(|it| it.fields = Some(Rc::clone(&fields)));
                }
            }
            self.parents.add(key, fields);
        }
        let number = self.popped + self.entries.len();
        let parent = |key: String| {
            let fields = self.parents.fields.get(&key).map(Rc::clone);
            if fields.is_none() {
                self.waiting_children.entry(key.clone()).or_default().push_back(number);
            }
            Parent { key, fields }
        };
        parent_keys(record).into_iter().map(parent).collect()
    }
}

impl QueuedEntry {
    fn size(&self) -> usize {
        let size = |it: &Defect| it.reason.len();
        size_of::<Self>() + self.entry.as_ref().map_or_else(size, BibtexEntry::heap_bytes)
    }
}

impl Parents {
    const MAX_BYTES: usize = 8 << 20;

    fn add(&mut self, key: String, fields: InheritedFields) {
        if key.is_empty() || self.fields.contains_key(&key) {
            return;
        }
        self.bytes += size(&key, &fields);
        self.oldest_first.push_back(key.clone());
        self.fields.insert(key, fields);
        while self.bytes > Self::MAX_BYTES
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            let fields = self.fields.remove(&oldest).unwrap_or_default();
            self.bytes -= size(&oldest, &fields);
        }
    }
}

fn size(key: &str, fields: &InheritedFields) -> usize {
    let fields = fields.iter().map(|(name, text)| name.len() + text.len());
    2 * key.len() + fields.sum::<usize>()
}

/// Returns the keys of the entry's parents, those of `xdata` first.
fn parent_keys(child: &BibtexEntry) -> Vec<String> {
    let mut all = split_keys(child.get(&["xdata"]));
    let book = child.get(&["crossref"]).to_lowercase();
    if !(book.is_empty() || all.contains(&book)) {
        all.push(book);
    }
    all
}

/// Returns the distinct keys of a comma-separated list, at most 16.
fn split_keys(list: &str) -> Vec<String> {
    const MAX_PARENTS: usize = 16;
    let mut keys: Vec<String> = Vec::new();
    for key in list.split(',').map(|it| it.trim().to_lowercase()) {
        if !key.is_empty() && keys.len() < MAX_PARENTS && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// Returns the fields that children inherit. The parent's title becomes their `booktitle`; `@xdata`
/// passes on all its fields. Texts over 4 KB are dropped, because every child would get a copy.
fn inheritable_fields(parent: &BibtexEntry) -> InheritedFields {
    const MAX_INHERITED_LEN: usize = 4 << 10;
    let is_data = parent.kind == "xdata";
    let is_inherited = |name: &str| is_data || INHERITED_FIELDS.contains(&name);
    let inherited = parent.fields.iter().filter(|(name, _)| is_inherited(name));
    let title = parent.get(&["booktitle", "title"]);
    let title = ("booktitle".to_owned(), if is_data { "" } else { title }.to_owned());
    let is_in_bounds = |text: &str| (1..=MAX_INHERITED_LEN).contains(&text.len());
    inherited.cloned().chain([title]).filter(|(_, text)| is_in_bounds(text)).collect()
}

/// Adds inherited fields that the child does not have.
fn inherit(child: &mut BibtexEntry, parents: &[InheritedFields]) {
    let is_dated = child.has(&["year", "date"]);
    let mut inherited: Vec<(String, String)> = Vec::new();
    for (name, text) in parents.iter().flat_map(|it| it.iter()) {
        let is_date = matches!(name.as_str(), "year" | "date" | "month");
        let is_own = child.has(&[name]) || is_date && is_dated;
        let is_inherited = inherited.iter().any(|(it, _)| it == name);
        if !(is_own || is_inherited || PARENT_FIELDS.contains(&name.as_str())) {
            inherited.push((name.clone(), text.clone()));
        }
    }
    child.add_inherited(inherited);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, key: &str, fields: &[(&str, &str)]) -> BibtexEntry {
        let fields = fields.iter().map(|&(name, text)| (name.to_owned(), text.to_owned()));
        BibtexEntry {
            kind: kind.into(),
            key: key.into(),
            fields: fields.collect(),
            ..BibtexEntry::default()
        }
    }

    fn child(key: &str, parent: &str) -> BibtexEntry {
        record("inproceedings", key, &[("crossref", parent)])
    }

    fn leaving(queue: &mut CrossrefQueue) -> Vec<String> {
        std::iter::from_fn(|| queue.pop()).map(|it| it.unwrap().key).collect()
    }

    #[test]
    fn who_needs_no_parent_waits_only_behind_those_who_do() {
        let mut queue = CrossrefQueue::new(1 << 20);
        queue.push(Ok(child("a", "p")));
        queue.push(Ok(record("misc", "b", &[])));
        assert!(leaving(&mut queue).is_empty());
        queue.push(Ok(record("article", "P", &[("year", "1843")])));
        let first = queue.pop().unwrap().unwrap();
        assert_eq!(first.get(&["year"]), "1843");
        assert_eq!(leaving(&mut queue), ["b", "P"]);
        assert_eq!((queue.bytes, queue.waiting_children.len()), (0, 0));
    }

    #[test]
    fn where_too_many_wait_the_oldest_go_without() {
        let mut queue = CrossrefQueue::new(4096);
        let mut popped = Vec::new();
        for at in 0..1000 {
            queue.push(Ok(child(&at.to_string(), "p")));
            queue.push(Ok(child(&at.to_string(), &at.to_string())));
            popped.extend(leaving(&mut queue));
        }
        assert!(popped.len() > 1900 && queue.entries.len() + popped.len() == 2000);
        assert!(queue.waiting_children.len() <= queue.entries.len());
        queue.push(Ok(record("book", "p", &[("year", "1843")])));
        let remaining: Vec<BibtexEntry> =
            std::iter::from_fn(|| queue.force_pop()).flatten().collect();
        assert!(remaining.iter().any(|it| it.get(&["crossref"]) == "p" && it.has(&["year"])));
        assert_eq!((queue.bytes, queue.waiting_children.len()), (0, 0));
    }

    #[test]
    fn parents_that_were_met_long_ago_are_forgotten() {
        let mut parents = Parents::default();
        let fields: InheritedFields = [("year".to_owned(), "x".repeat(1 << 20))].into();
        for at in 0..20 {
            parents.add(at.to_string(), Rc::clone(&fields));
        }
        assert!(parents.fields.len() < 8 && parents.fields.contains_key("19"));
        assert!(parents.bytes <= Parents::MAX_BYTES);
    }
}
