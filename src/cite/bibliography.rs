//! The reader's own bibliographies: the papers in them and their citation keys.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::assigned_keys::{AssignedKey, AssignedKeys};
use crate::domain::{BibField, Draft, IdentityKeys, Paper};
use crate::text::{fnv, fold, sanitise, tex_to_unicode};

/// Bibliography files, indexed by the identity keys of their papers.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    /// File names, such as `refs.bib`.
    names: Vec<String>,
    /// Citation key of each entry, with the index of its file name.
    entries: Vec<(String, usize)>,
    /// Keys of the entries in lower case, because BibTeX ignores the case of keys.
    lowercase_keys: HashSet<String>,
    /// Title hashes; reject most papers without building their identity keys.
    titles: HashSet<u64>,
    /// Index of the entry by identity key of its paper.
    papers: HashMap<String, usize>,
}

/// The reader's bibliographies and the assigned keys, shared by clones. The bibliographies are set
/// once, after the files are read at start.
#[derive(Debug, Clone)]
pub struct SharedBibliography {
    bibliography: Arc<OnceLock<Bibliography>>,
    /// `None` if assigned keys are to be ignored.
    assigned_keys: Option<Arc<RwLock<AssignedKeys>>>,
}

impl Default for SharedBibliography {
    fn default() -> Self {
        Self { bibliography: Arc::default(), assigned_keys: Some(Arc::default()) }
    }
}

impl SharedBibliography {
    /// Returns the bibliographies; `None` before they are read and if there are no entries.
    pub fn get(&self) -> Option<&Bibliography> {
        self.bibliography.get().filter(|it| !it.is_empty())
    }

    /// Sets the bibliographies, once.
    pub fn set(&self, read: Bibliography) {
        // A second caller has read the same files, so its value is dropped.
        let _ = self.bibliography.set(read);
    }

    /// Creates bibliographies that ignore assigned keys.
    pub fn without_assigned_keys() -> Self {
        Self { assigned_keys: None, ..Self::default() }
    }

    /// Adds assigned keys.
    pub fn add_assigned_keys(&self, keys: impl IntoIterator<Item = AssignedKey>) {
        let Some(assigned_keys) = &self.assigned_keys else { return };
        // A poisoned lock is usable: each key is added in one step.
        let mut assigned_keys = assigned_keys.write().unwrap_or_else(PoisonError::into_inner);
        keys.into_iter().for_each(|it| assigned_keys.add(it));
    }

    /// Returns the key assigned to the paper by an earlier output.
    pub fn assigned_key(&self, paper: &Paper<'_>) -> Option<String> {
        let assigned_keys =
            self.assigned_keys.as_ref()?.read().unwrap_or_else(PoisonError::into_inner);
        assigned_keys.key(paper).map(str::to_owned)
    }

    /// Returns the identifiers of the papers with this key, ignoring case: those of the entries
    /// and those to which it was assigned. In the form of [`IdentityKeys::strong`].
    pub fn identifiers_of_key(&self, key: &str) -> Vec<String> {
        let mut identifiers = self.get().map(|it| it.identifiers_of_key(key)).unwrap_or_default();
        if let Some(assigned_keys) = &self.assigned_keys {
            let assigned_keys = assigned_keys.read().unwrap_or_else(PoisonError::into_inner);
            identifiers.extend(assigned_keys.identifiers_of_key(key).map(str::to_owned));
        }
        identifiers
    }

    /// Returns true if the paper is in one of the bibliographies.
    pub fn contains(&self, paper: &Paper<'_>) -> bool {
        self.get().is_some_and(|it| it.key(paper).is_some())
    }
}

impl Bibliography {
    /// Creates an empty bibliography with a file name.
    pub fn with_name(name: &OsStr) -> Self {
        let name = sanitise(&name.to_string_lossy()).into_owned();
        Self { names: vec![name], ..Self::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub fn add(&mut self, draft: &Draft) {
        let at = self.entries.len();
        let key = sanitise(draft.field(BibField::Key)).into_owned();
        self.lowercase_keys.insert(key.to_lowercase());
        self.entries.push((key, self.names.len().saturating_sub(1)));
        self.titles.insert(title_hash(&draft.title));
        for key in IdentityKeys::from(draft).iter() {
            self.papers.entry(key.to_owned()).or_insert(at);
        }
    }

    /// Adds the entries of another bibliography. The entries of `self` win.
    pub fn merge(&mut self, other: Self) {
        let (names, entries) = (self.names.len(), self.entries.len());
        self.names.extend(other.names);
        self.lowercase_keys.extend(other.lowercase_keys);
        self.titles.extend(other.titles);
        self.entries.extend(other.entries.into_iter().map(|(key, from)| (key, from + names)));
        for (key, at) in other.papers {
            self.papers.entry(key).or_insert(at + entries);
        }
    }

    fn entry(&self, paper: &Paper<'_>) -> Option<&(String, usize)> {
        if self.is_empty() || !self.may_contain(paper) {
            return None;
        }
        let keys = IdentityKeys::from(paper);
        let at = keys.iter().find_map(|it| self.papers.get(it))?;
        self.entries.get(*at)
    }

    /// Cheap test before the identity keys of a paper are built. Has no false negatives.
    fn may_contain(&self, paper: &Paper<'_>) -> bool {
        let is_known = |kind: &str, id: &str| {
            !id.is_empty() && self.papers.contains_key(&format!("{kind}:{}", id.to_lowercase()))
        };
        is_known("arxiv", paper.arxiv)
            || is_known("doi", paper.doi)
            || !paper.field(BibField::Pmid).is_empty()
            || !paper.field(BibField::Pmcid).is_empty()
            || self.titles.contains(&title_hash(paper.title))
    }

    /// Returns the key of the paper's entry; empty if the entry has none.
    pub fn key(&self, paper: &Paper<'_>) -> Option<&str> {
        self.entry(paper).map(|(key, _)| key.as_str())
    }

    /// Returns the name of the file with the paper's entry.
    pub fn file_name(&self, paper: &Paper<'_>) -> Option<&str> {
        let (_, from) = self.entry(paper)?;
        self.names.get(*from).map(String::as_str)
    }

    /// Returns true if an entry has this key, ignoring case.
    pub fn has_key(&self, key: &str) -> bool {
        self.lowercase_keys.contains(&key.to_lowercase())
    }

    fn identifiers_of_key(&self, key: &str) -> Vec<String> {
        if !self.has_key(key) {
            return Vec::new();
        }
        let has_key = |at: usize| {
            self.entries.get(at).is_some_and(|(it, _)| it.to_lowercase() == key.to_lowercase())
        };
        let papers =
            self.papers.iter().filter(|(id, at)| !id.starts_with("title:") && has_key(**at));
        papers.map(|(id, _)| id.clone()).collect()
    }

    /// Returns all keys, in lower case.
    pub fn keys(&self) -> Arc<HashSet<String>> {
        Arc::new(self.lowercase_keys.clone())
    }
}

/// Hashes a title, ignoring case, accents, TeX and punctuation.
fn title_hash(title: &str) -> u64 {
    let mut folded = fold(&tex_to_unicode(title));
    folded.retain(char::is_alphanumeric);
    fnv(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Corpus, PaperId, SegmentBuilder};

    fn draft(title: &str, key: &str, arxiv: &str) -> Draft {
        let authors = vec!["Ada Moss".to_owned()];
        let mut draft =
            Draft { title: title.into(), authors, arxiv: arxiv.into(), ..Draft::default() };
        draft.add_field(BibField::Key, key);
        draft
    }

    #[test]
    fn a_paper_is_found_by_identifier_or_by_title_and_author() {
        let mut bibliography = Bibliography::with_name(OsStr::new("refs.bib"));
        bibliography.add(&draft("On {M}aps", "moss:maps", ""));
        let mut other = Bibliography::with_name(OsStr::new("more.bib"));
        other.add(&draft("Something else", "else", "2501.02950"));
        bibliography.merge(other);
        let mut builder = SegmentBuilder::default();
        for draft in
            [draft("On maps!", "", ""), draft("Renamed", "", "2501.02950"), draft("No", "", "")]
        {
            builder.push(&draft);
        }
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        let at = |at| corpus.get(PaperId(at)).unwrap();
        assert_eq!(bibliography.key(&at(0)), Some("moss:maps"));
        assert_eq!(bibliography.file_name(&at(0)), Some("refs.bib"));
        assert_eq!(
            (bibliography.key(&at(1)), bibliography.file_name(&at(1))),
            (Some("else"), Some("more.bib"))
        );
        assert_eq!(bibliography.key(&at(2)), None);
        assert!(bibliography.has_key("Else") && !bibliography.has_key("no"));
    }
}
