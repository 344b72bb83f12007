//! One table of actions with their names, summaries and default keys.
//!
//! Help, the footer, the command line, the configuration, the manual and the key table of the
//! README are all drawn from [`TABLE`].

pub mod browse;
pub mod copy;
pub mod marks;

use super::Action;
use super::keymap::Context;
use browse::{FACETS, FILTERING, LEAVING, MOVING, OPENING, READING, SELECTING, VIEW};
use copy::COPYING;
use marks::{KEEPING, LOOP, MARKING};

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

/// The groups of the help, in order.
pub const TABLE: &[(&str, &[Entry])] = &[
    ("Moving", MOVING),
    ("Reading", READING),
    ("Filtering", FILTERING),
    ("Selecting", SELECTING),
    ("Marking", MARKING),
    ("Going through", LOOP),
    ("Basket and searches", KEEPING),
    ("Copying", COPYING),
    ("Opening", OPENING),
    ("Facets", FACETS),
    ("The view", VIEW),
    ("Leaving", LEAVING),
];

/// Every row of the table.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    TABLE.iter().flat_map(|(_, entries)| *entries)
}
