//! Kinds of clipboard routes, as stored in the check results.

use serde::{Deserialize, Serialize};

/// A [`Route`](super::route::Route) without its arguments: the key of check results.
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
