//! The keymap: bindings of key sequences to actions, per context.

use std::collections::BTreeMap;

use super::Action;
use super::table::all_actions;
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, format_keys, parse_keys};

/// The bindings. Cloned only when the configuration is read.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: BTreeMap<(KeyContext, Vec<Key>), Action>,
}

/// The result of looking up a key sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    Action(Action),
    /// A proper prefix of at least one binding.
    Pending,
    Unbound,
}

/// The reason why a binding of the configuration was rejected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindError {
    #[error("unknown context `{0}`: use {1}")]
    UnknownContext(String, String),
    #[error("unknown action `{0}` (see `offprint --generate config`)")]
    UnknownAction(String),
    #[error("`{0}`: {1}")]
    BadKeys(String, String),
    #[error("`{0}`: conflicts with `{1}` ({2})")]
    Conflict(String, String, &'static str),
}

impl Default for Keymap {
    fn default() -> Self {
        let mut bindings = BTreeMap::new();
        for entry in all_actions() {
            for (context, sequences) in &entry.keys {
                for sequence in sequences {
                    let keys = parse_keys(sequence).unwrap_or_default();
                    bindings.insert((*context, keys), entry.action);
                }
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    pub fn lookup(&self, context: KeyContext, keys: &[Key]) -> Lookup {
        let own = self.lookup_in(context, keys);
        if own == Lookup::Unbound && context.falls_back_to_browse() {
            return self.lookup_in(KeyContext::Browse, keys);
        }
        own
    }

    fn lookup_in(&self, context: KeyContext, keys: &[Key]) -> Lookup {
        if let Some(action) = self.bindings.get(&(context, keys.to_vec())) {
            return Lookup::Action(*action);
        }
        let longer = self.bindings.range((context, keys.to_vec())..).next();
        match longer {
            Some(((it, sequence), _)) if *it == context && sequence.starts_with(keys) => {
                Lookup::Pending
            }
            _ => Lookup::Unbound,
        }
    }

    /// The continuations of a pending key sequence with their actions, in the order of the table.
    pub fn continuations(&self, context: KeyContext, pressed: &[Key]) -> Vec<(String, Action)> {
        let mut continuations: Vec<(String, Action)> = Vec::new();
        let contexts =
            [Some(context), context.falls_back_to_browse().then_some(KeyContext::Browse)];
        for context in contexts.into_iter().flatten() {
            for ((it, sequence), action) in &self.bindings {
                if *it == context && sequence.len() > pressed.len() && sequence.starts_with(pressed)
                {
                    let rest = format_keys(&sequence[pressed.len()..]);
                    if !continuations.iter().any(|(keys, _)| *keys == rest) {
                        continuations.push((rest, *action));
                    }
                }
            }
        }
        continuations
            .sort_by_key(|(_, action)| all_actions().position(|entry| entry.action == *action));
        continuations
    }

    /// The keys bound to the action in this context: keys of the configuration first, then default
    /// keys in the order of the table.
    pub fn keys_of(&self, context: KeyContext, action: Action) -> Vec<String> {
        let mut keys: Vec<String> = self
            .bindings
            .iter()
            .filter(|((it, _), bound)| {
                **bound == action
                    && (*it == context
                        || context.falls_back_to_browse() && *it == KeyContext::Browse)
            })
            .map(|((_, sequence), _)| format_keys(sequence))
            .collect();
        keys.sort_by_key(|keys| table_position(action, keys));
        keys
    }

    /// The keys bound to the action in any context, in the order of [`Self::keys_of`].
    pub fn all_keys_of(&self, action: Action) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for ((_, sequence), bound) in &self.bindings {
            let sequence = format_keys(sequence);
            if *bound == action && !keys.contains(&sequence) {
                keys.push(sequence);
            }
        }
        keys.sort_by_key(|keys| table_position(action, keys));
        keys
    }

    /// Binds a key sequence to the named action, or unbinds it if the name is `none`.
    ///
    /// # Errors
    ///
    /// Returns an error if a name is unknown, if the keys cannot be parsed, or if one sequence is a
    /// prefix of another in the context, since the shorter would hide the longer.
    pub fn bind(&mut self, context: &str, keys: &str, action: &str) -> Result<(), BindError> {
        let names = || KeyContext::ALL.map(KeyContext::name).join(", ");
        let context = KeyContext::from_name(context)
            .ok_or_else(|| BindError::UnknownContext(context.to_owned(), names()))?;
        let sequence = parse_keys(keys).map_err(|why| BindError::BadKeys(keys.to_owned(), why))?;
        if sequence.is_empty() {
            return Err(BindError::BadKeys(keys.to_owned(), "no key".to_owned()));
        }
        if action == "none" {
            self.bindings.remove(&(context, sequence));
            return Ok(());
        }
        let entry = all_actions()
            .find(|entry| entry.name == action)
            .ok_or_else(|| BindError::UnknownAction(action.to_owned()))?;
        if let Some((hidden, name)) = self.conflict(context, &sequence) {
            return Err(BindError::Conflict(keys.to_owned(), hidden, name));
        }
        self.bindings.insert((context, sequence), entry.action);
        Ok(())
    }

    /// A binding of the context that is a prefix of the sequence, or has the sequence as its
    /// prefix.
    fn conflict(&self, context: KeyContext, sequence: &[Key]) -> Option<(String, &'static str)> {
        self.bindings
            .iter()
            .filter(|((it, _), _)| *it == context)
            .find(|((_, other), _)| {
                other.len() != sequence.len()
                    && (other.starts_with(sequence) || sequence.starts_with(other))
            })
            .map(|((_, other), action)| {
                (format_keys(other), action.info().map_or("", |entry| entry.name))
            })
    }
}

/// The position of the keys in the table, from 1; 0 for keys of the configuration, which sort
/// first.
fn table_position(action: Action, keys: &str) -> usize {
    let sequences = action.info().map_or(&[][..], |entry| &entry.keys);
    let all = sequences.iter().flat_map(|(_, sequences)| sequences);
    all.zip(1..).find(|(it, _)| **it == keys).map_or(0, |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::super::ReaderAction;
    use super::*;

    fn look(context: KeyContext, keys: &str) -> Lookup {
        Keymap::default().lookup(context, &parse_keys(keys).unwrap())
    }

    #[test]
    fn every_default_key_can_be_parsed_and_hides_no_other() {
        let keymap = Keymap::default();
        let written: usize =
            all_actions().flat_map(|entry| &entry.keys).map(|(_, sequences)| sequences.len()).sum();
        assert_eq!(keymap.bindings.len(), written, "no key is bound twice in a context");
        for (context, sequence) in keymap.bindings.keys() {
            assert!(!sequence.is_empty());
            assert_eq!(keymap.conflict(*context, sequence), None);
        }
    }

    #[test]
    fn every_action_has_a_name_of_its_own() {
        let mut names: Vec<_> = all_actions().map(|entry| entry.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all_actions().count());
    }

    #[test]
    fn a_pane_binds_before_what_all_panes_share() {
        assert_eq!(
            look(KeyContext::List, "J"),
            Lookup::Action(Action::Reader(ReaderAction::ScrollDown))
        );
        assert_eq!(
            look(KeyContext::Reader, "J"),
            Lookup::Action(Action::Reader(ReaderAction::NextPaper))
        );
        assert_eq!(look(KeyContext::Reader, "yb"), look(KeyContext::List, "yb"));
        assert_eq!(look(KeyContext::List, "y"), Lookup::Pending);
        assert_eq!(look(KeyContext::Filter, "y"), Lookup::Unbound);
    }

    #[test]
    fn a_conflict_is_refused_by_name() {
        let mut keymap = Keymap::default();
        let error = keymap.bind("browse", "y", "help").unwrap_err();
        assert!(matches!(error, BindError::Conflict(..)), "{error}");
        assert!(keymap.bind("list", "x", "copy-bibtex").is_ok());
        assert!(matches!(keymap.bind("list", "x", "fly"), Err(BindError::UnknownAction(_))));
        assert!(matches!(keymap.bind("lists", "x", "help"), Err(BindError::UnknownContext(..))));
    }
}
