//! The table of actions: names, summaries and default keys, parsed from `actions.txt`.
//!
//! Source of the help, the footer, the command line, the configuration, the manual and the key
//! table of the README.

use std::sync::LazyLock;

use super::Action;
use super::names::ACTION_NAMES;
use crate::app::input::context::KeyContext;

/// A heading per group, then a line per action: `name | summary | context: keys; context: keys`.
const TABLE_TEXT: &str = include_str!("actions.txt");

static ACTION_GROUPS: LazyLock<Vec<ActionGroup>> =
    LazyLock::new(|| parse_table(TABLE_TEXT).expect("actions.txt is well formed"));

/// A section of the help.
#[derive(Debug)]
pub struct ActionGroup {
    pub heading: &'static str,
    pub actions: Vec<ActionInfo>,
}

/// A row of the table.
#[derive(Debug)]
pub struct ActionInfo {
    pub action: Action,
    /// Name on the command line and in the configuration.
    pub name: &'static str,
    /// Imperative phrase for the help and the footer.
    pub summary: &'static str,
    /// The default keys by context.
    pub keys: Vec<(KeyContext, Vec<&'static str>)>,
}

/// The sections of the help, in order.
pub fn action_groups() -> &'static [ActionGroup] {
    &ACTION_GROUPS
}

/// Every row of the table, in order.
pub fn all_actions() -> impl Iterator<Item = &'static ActionInfo> {
    action_groups().iter().flat_map(|group| &group.actions)
}

fn parse_table(text: &'static str) -> Option<Vec<ActionGroup>> {
    let mut groups: Vec<ActionGroup> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.contains('|') {
            groups.last_mut()?.actions.push(parse_row(line)?);
        } else {
            groups.push(ActionGroup { heading: line, actions: Vec::new() });
        }
    }
    Some(groups)
}

fn parse_row(line: &'static str) -> Option<ActionInfo> {
    // Only the first two bars separate columns: `|` may also be a key.
    let mut columns = line.splitn(3, " |").map(str::trim_start);
    let (name, summary, bindings) = (columns.next()?, columns.next()?, columns.next()?);
    let (_, action) = ACTION_NAMES.iter().find(|(it, _)| *it == name)?;
    let parse_binding = |binding: &'static str| {
        let (context, keys) = binding.split_once(": ")?;
        Some((KeyContext::from_name(context)?, keys.split(' ').collect()))
    };
    let keys = bindings.split("; ").filter(|it| !it.is_empty()).map(parse_binding);
    Some(ActionInfo { action: *action, name, summary, keys: keys.collect::<Option<_>>()? })
}

impl Action {
    /// The row of the table that describes the action.
    pub fn info(self) -> Option<&'static ActionInfo> {
        all_actions().find(|info| info.action == self)
    }

    /// The action with this name, or the only one whose name has this prefix.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut beginning = all_actions().filter(|info| info.name.starts_with(name));
        let only = beginning.next().filter(|_| beginning.next().is_none());
        Self::from_exact_name(name).or_else(|| only.map(|info| info.action))
    }

    pub fn from_exact_name(name: &str) -> Option<Self> {
        all_actions().find(|info| info.name == name).map(|info| info.action)
    }
}

impl ActionInfo {
    /// The contexts of the action's keys, as ` (list, detail)`; see [`describe_contexts`].
    pub fn describe_contexts(&self) -> String {
        let contexts: Vec<KeyContext> = self.keys.iter().map(|(context, _)| *context).collect();
        describe_contexts(&contexts)
    }
}

/// The names of the contexts in parentheses. Empty if there are none, or if the keys apply to all
/// panes ([`KeyContext::Browse`]).
pub fn describe_contexts(contexts: &[KeyContext]) -> String {
    if contexts.is_empty() || contexts.contains(&KeyContext::Browse) {
        return String::new();
    }
    let names: Vec<&str> = contexts.iter().map(|it| it.name()).collect();
    format!(" ({})", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_action_has_one_row() {
        let mut rows: Vec<_> = all_actions().map(|info| (info.name, info.action)).collect();
        let mut named = ACTION_NAMES.to_vec();
        rows.sort_unstable_by_key(|(name, _)| *name);
        named.sort_unstable_by_key(|(name, _)| *name);
        assert_eq!(rows, named);
        for (at, (name, action)) in named.iter().enumerate() {
            let others = || named.iter().enumerate().filter(|(it, _)| *it != at);
            assert!(others().all(|(_, it)| it.0 != *name && it.1 != *action), "{name} twice");
        }
    }

    #[test]
    fn a_row_that_names_no_action_or_no_context_is_refused() {
        assert!(parse_row("fly | fly away | list: f").is_none());
        assert!(parse_row("help | show the keys | lists: ?").is_none());
        assert!(parse_row("help | show the keys").is_none());
        let row = parse_row("pipe | pipe | browse: |; list: P <C-p>").unwrap();
        assert_eq!(
            row.keys,
            [(KeyContext::Browse, vec!["|"]), (KeyContext::List, vec!["P", "<C-p>"])]
        );
    }
}
