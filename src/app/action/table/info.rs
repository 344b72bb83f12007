//! TODO header.

use crate::app::action::Action;
use crate::app::input::context::Context;

/// A row of the table.
#[derive(Debug)]
pub struct Entry {
    pub action: Action,
    /// How the command line and the configuration call it.
    pub name: &'static str,
    /// What it does, a phrase in the imperative.
    pub summary: &'static str,
    /// Where which keys ask for it.
    pub keys: &'static [(Context, &'static [&'static str])],
}

impl Entry {
    /// Where its keys hold, if not everywhere: ` (list, detail)`.
    pub fn places(&self) -> String {
        let contexts: Vec<Context> = self.keys.iter().map(|(context, _)| *context).collect();
        places(&contexts)
    }
}

/// Names the places, unless they are everywhere or nowhere.
pub fn places(contexts: &[Context]) -> String {
    if contexts.is_empty() || contexts.contains(&Context::Browse) {
        return String::new();
    }
    let names: Vec<&str> = contexts.iter().map(|it| it.name()).collect();
    format!(" ({})", names.join(", "))
}

pub const fn entry(
    action: Action,
    name: &'static str,
    summary: &'static str,
    keys: &'static [(Context, &'static [&'static str])],
) -> Entry {
    Entry { action, name, summary, keys }
}
