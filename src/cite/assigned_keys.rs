//! Citation keys assigned by earlier outputs. A paper keeps its key even if its
//! metadata changes.

use std::collections::HashMap;

use crate::domain::{IdentityKeys, Paper};
use crate::text::sanitise;

/// An assigned citation key, with the identity of its paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignedKey {
    pub identity: IdentityKeys,
    /// Distinguishes papers of one title without identifiers.
    pub year: Option<i16>,
    pub key: String,
}

/// Assigned keys, indexed by the identity keys of their papers.
#[derive(Debug, Default)]
pub struct AssignedKeys {
    keys: Vec<AssignedKey>,
    by_identifier: HashMap<String, usize>,
    by_title: HashMap<(String, Option<i16>), usize>,
}

impl AssignedKeys {
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds a key; it replaces an earlier one of the paper. A key that BibTeX cannot read is
    /// ignored, since an imported library may contain any text.
    pub fn add(&mut self, assigned_key: AssignedKey) {
        if !is_valid_key(&assigned_key.key) {
            return;
        }
        let at = self.keys.len();
        for id in &assigned_key.identity.strong {
            self.by_identifier.insert(id.clone(), at);
        }
        self.by_title.insert((assigned_key.identity.weak.clone(), assigned_key.year), at);
        self.keys.push(assigned_key);
    }

    /// Iterates over the identifiers of the papers to which a key was assigned, ignoring case.
    pub fn identifiers_of_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let assigned = self.keys.iter().filter(move |it| it.key.eq_ignore_ascii_case(key));
        assigned.flat_map(|it| it.identity.strong.iter().map(String::as_str))
    }

    /// Returns the key assigned to the paper. Matches by identifier; or by title, first author and
    /// year, unless both have an identifier of the same kind.
    pub fn key(&self, paper: &Paper<'_>) -> Option<&str> {
        if self.is_empty() {
            return None;
        }
        let keys = IdentityKeys::from(paper);
        let by_title = || {
            let at = self.by_title.get(&(keys.weak.clone(), paper.year))?;
            let kinds = |keys: &IdentityKeys| -> Vec<String> {
                let kinds = keys.strong.iter().filter_map(|it| it.split(':').next());
                kinds.map(str::to_owned).collect()
            };
            let known_kinds = kinds(&self.keys.get(*at)?.identity);
            (!kinds(&keys).iter().any(|it| known_kinds.contains(it))).then_some(at)
        };
        let at = keys.strong.iter().find_map(|it| self.by_identifier.get(it)).or_else(by_title)?;
        self.keys.get(*at).map(|it| it.key.as_str())
    }
}

fn is_valid_key(key: &str) -> bool {
    /// Maximum length of a valid key, in bytes.
    const MAX_KEY_LEN: usize = 200;
    let is_sign = |c: char| c.is_whitespace() || c.is_control() || "{}(),\"#%~\\'=".contains(c);
    !key.is_empty() && key.len() <= MAX_KEY_LEN && !key.contains(is_sign) && sanitise(key) == key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Corpus, Draft, PaperId, SegmentBuilder};

    fn draft(year: i16, doi: &str) -> Draft {
        let authors = vec!["Ada Moss".to_owned()];
        Draft {
            title: "Eels".into(),
            authors,
            year: Some(year),
            doi: doi.into(),
            ..Draft::default()
        }
    }

    fn key_of(assigned_keys: &AssignedKeys, draft: &Draft) -> Option<String> {
        let (mut corpus, mut builder) = (Corpus::default(), SegmentBuilder::default());
        builder.push(draft);
        corpus.push(builder.seal());
        assigned_keys.key(&corpus.get(PaperId(0)).unwrap()).map(str::to_owned)
    }

    fn kept_key(draft: &Draft, key: &str) -> AssignedKey {
        AssignedKey { identity: IdentityKeys::from(draft), year: draft.year, key: key.to_owned() }
    }

    #[test]
    fn a_paper_is_found_by_identifier_or_by_title_and_year() {
        let mut keys = AssignedKeys::default();
        keys.add(kept_key(&draft(2001, "10.1234/a"), "moss2001eels"));
        keys.add(kept_key(&draft(1999, ""), "moss1999eels"));
        let renamed = Draft { title: "Eels again".into(), ..draft(2003, "10.1234/a") };
        assert_eq!(key_of(&keys, &renamed).as_deref(), Some("moss2001eels"));
        assert_eq!(key_of(&keys, &draft(2001, "")).as_deref(), Some("moss2001eels"));
        assert_eq!(key_of(&keys, &draft(2001, "10.1234/b")), None);
        assert_eq!(key_of(&keys, &draft(1999, "")).as_deref(), Some("moss1999eels"));
        assert_eq!(key_of(&keys, &draft(2000, "")), None);
        keys.add(kept_key(&draft(1999, ""), "eels99"));
        assert_eq!(key_of(&keys, &draft(1999, "")).as_deref(), Some("eels99"));
    }

    #[test]
    fn what_is_no_key_is_left_out() {
        let mut keys = AssignedKeys::default();
        for key in ["", "a b", "a,b", "a}b", "\u{1b}[31m", &"x".repeat(300)] {
            keys.add(kept_key(&draft(2001, ""), key));
        }
        assert!(keys.is_empty());
    }
}
