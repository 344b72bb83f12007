//! One row of the table of actions: name, summary, default keys.

use crate::app::action::Action;
use crate::app::input::context::KeyContext;

/// A row of the table.
#[derive(Debug)]
pub struct ActionInfo {
    pub action: Action,
    /// How the command line and the configuration call it.
    pub name: &'static str,
    /// A phrase in the imperative, for the help and the footer.
    pub summary: &'static str,
    /// The default keys, by the context in which they are bound.
    pub keys: &'static [(KeyContext, &'static [&'static str])],
}

impl ActionInfo {
    /// Names the contexts of its keys, unless they hold everywhere: ` (list, detail)`.
    pub fn describe_contexts(&self) -> String {
        let contexts: Vec<KeyContext> = self.keys.iter().map(|(context, _)| *context).collect();
        places(&contexts)
    }
}

/// Names the places, unless they are everywhere or nowhere.
pub fn places(contexts: &[KeyContext]) -> String {
    if contexts.is_empty() || contexts.contains(&KeyContext::Browse) {
        return String::new();
    }
    let names: Vec<&str> = contexts.iter().map(|it| it.name()).collect();
    format!(" ({})", names.join(", "))
}

pub const fn entry(
    action: Action,
    name: &'static str,
    summary: &'static str,
    keys: &'static [(KeyContext, &'static [&'static str])],
) -> ActionInfo {
    ActionInfo { action, name, summary, keys }
}
