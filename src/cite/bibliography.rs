//! The reader's own bibliographies: which papers are in them, and under which keys.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use super::assigned_keys::{AssignedKey, AssignedKeys};
use crate::domain::{BibField, Draft, IdentityKeys, Paper};
use crate::text::{fnv, fold, sanitise, tex_to_unicode};

/// Papers by what they are known by.
#[derive(Debug, Clone, Default)]
pub struct Bibliography {
    /// What it is called: `refs.bib`.
    names: Vec<String>,
    /// For each entry its citation key and which of the names it is from.
    entries: Vec<(String, usize)>,
    /// The keys of the entries, in lower case: to BibTeX those that differ in case are one.
    lowercase_keys: HashSet<String>,
    /// Hashes of titles, by which most papers are told at once to be in none.
    titles: HashSet<u64>,
    /// Which entry a paper's key leads to.
    papers: HashMap<String, usize>,
}

/// The reader's own bibliographies, which are read while the program starts, and the keys that were
/// given out. Clones share them.
#[derive(Debug, Clone)]
pub struct SharedBibliography {
    bibliography: Arc<OnceLock<Bibliography>>,
    /// Nothing where keys are to be made anew.
    assigned_keys: Option<Arc<RwLock<AssignedKeys>>>,
}

impl Default for SharedBibliography {
    fn default() -> Self {
        Self { bibliography: Arc::default(), assigned_keys: Some(Arc::default()) }
    }
}

impl SharedBibliography {
    /// Nothing until they are read, or where there are none.
    pub fn get(&self) -> Option<&Bibliography> {
        self.bibliography.get().filter(|it| !it.is_empty())
    }

    /// Says once what is in them.
    pub fn set(&self, read: Bibliography) {
        // Whoever came first has read the same files.
        let _ = self.bibliography.set(read);
    }

    /// Without regard to keys that were given out.
    pub fn without_assigned_keys() -> Self {
        Self { assigned_keys: None, ..Self::default() }
    }

    /// Adds keys that were given out.
    pub fn add_assigned_keys(&self, keys: impl IntoIterator<Item = AssignedKey>) {
        let Some(kept) = &self.assigned_keys else { return };
        // The keys are whole even where a thread has panicked: each is added at once.
        let mut kept = kept.write().unwrap_or_else(PoisonError::into_inner);
        keys.into_iter().for_each(|it| kept.add(it));
    }

    /// The key that the paper was given before.
    pub fn assigned_key(&self, paper: &Paper<'_>) -> Option<String> {
        let kept = self.assigned_keys.as_ref()?.read().unwrap_or_else(PoisonError::into_inner);
        kept.key(paper).map(str::to_owned)
    }

    /// Whether the paper is in one of them.
    pub fn contains(&self, paper: &Paper<'_>) -> bool {
        self.get().is_some_and(|it| it.key(paper).is_some())
    }
}

impl Bibliography {
    /// An empty one with the name of its file.
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

    /// Adds what another has; what is in both stays as it is here.
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

    /// Whether it is worth the while to ask what the paper is known by.
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

    /// The key that the paper has here, empty where its entry has none.
    pub fn key(&self, paper: &Paper<'_>) -> Option<&str> {
        self.entry(paper).map(|(key, _)| key.as_str())
    }

    /// The name of the bibliography that the paper is in.
    pub fn file_name(&self, paper: &Paper<'_>) -> Option<&str> {
        let (_, from) = self.entry(paper)?;
        self.names.get(*from).map(String::as_str)
    }

    /// Returns true if an entry has this key, whatever its case.
    pub fn has_key(&self, key: &str) -> bool {
        self.lowercase_keys.contains(&key.to_lowercase())
    }

    /// Every key that is taken, in lower case.
    pub fn keys(&self) -> Arc<HashSet<String>> {
        Arc::new(self.lowercase_keys.clone())
    }
}

/// Titles that differ in case, accents, TeX or punctuation have one hash.
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
        let mut own = Bibliography::with_name(OsStr::new("refs.bib"));
        own.add(&draft("On {M}aps", "moss:maps", ""));
        let mut more = Bibliography::with_name(OsStr::new("more.bib"));
        more.add(&draft("Something else", "else", "2501.02950"));
        own.merge(more);
        let mut builder = SegmentBuilder::default();
        for draft in
            [draft("On maps!", "", ""), draft("Renamed", "", "2501.02950"), draft("No", "", "")]
        {
            builder.push(&draft);
        }
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        let at = |at| corpus.get(PaperId(at)).unwrap();
        assert_eq!(own.key(&at(0)), Some("moss:maps"));
        assert_eq!(own.file_name(&at(0)), Some("refs.bib"));
        assert_eq!((own.key(&at(1)), own.file_name(&at(1))), (Some("else"), Some("more.bib")));
        assert_eq!(own.key(&at(2)), None);
        assert!(own.has_key("Else") && !own.has_key("no"));
    }
}
