//! One table of actions with their names, summaries and default keys.
//!
//! Help, the footer, the command line, the configuration, the manual and the key table of the
//! README are all drawn from [`TABLE`].

pub mod browse;
pub mod copy;
pub mod info;
pub mod marks;

use browse::{FACETS, FILTERING, LEAVING, MOVING, OPENING, READING, SELECTING, VIEW};
use copy::COPYING;
use info::Entry;
use marks::{KEEPING, LOOP, MARKING};

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
