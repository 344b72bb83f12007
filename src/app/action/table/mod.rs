//! One table of actions with their names, summaries and default keys.
//!
//! Help, the footer, the command line, the configuration, the manual and the key table of the
//! README are all drawn from [`ACTION_TABLE`].

pub mod browse;
pub mod copy;
pub mod info;
pub mod marks;

use browse::{
    FACET_ACTIONS, FILTER_ACTIONS, LEAVE_ACTIONS, MOVE_ACTIONS, OPEN_ACTIONS, READER_ACTIONS,
    SELECT_ACTIONS, VIEW_ACTIONS,
};
use copy::COPY_ACTIONS;
use info::ActionInfo;
use marks::{BASKET_ACTIONS, MARK_ACTIONS, TRIAGE_ACTIONS};

/// The groups of the help, in order.
pub const ACTION_TABLE: &[(&str, &[ActionInfo])] = &[
    ("Moving", MOVE_ACTIONS),
    ("Reading", READER_ACTIONS),
    ("Filtering", FILTER_ACTIONS),
    ("Selecting", SELECT_ACTIONS),
    ("Marking", MARK_ACTIONS),
    ("Going through", TRIAGE_ACTIONS),
    ("Basket and searches", BASKET_ACTIONS),
    ("Copying", COPY_ACTIONS),
    ("Opening", OPEN_ACTIONS),
    ("Facets", FACET_ACTIONS),
    ("The view", VIEW_ACTIONS),
    ("Leaving", LEAVE_ACTIONS),
];

/// Every row of the table.
pub fn all_actions() -> impl Iterator<Item = &'static ActionInfo> {
    ACTION_TABLE.iter().flat_map(|(_, entries)| *entries)
}
