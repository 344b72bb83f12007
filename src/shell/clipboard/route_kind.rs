//! The kinds of clipboard routes, as they are stored and compared.

use serde::{Deserialize, Serialize};

/// A [`Route`](super::route::Route) without its particulars, as answers are remembered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RouteKind {
    Command,
    Windows,
    Tmux,
    Screen,
    Osc52,
    Native,
    File,
}
