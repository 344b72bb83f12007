//! Sends commands to the library.

use crate::app::effect::Effect;
use crate::app::model::library::{AfterChange, PendingRequest};
use crate::app::model::state::State;
use crate::library::{ChangeSet, Durability, LibraryCommand};

/// Sends a command and queues the request that its receipt will answer. Reports an error if the
/// library has stopped.
pub fn send_command(
    state: &mut State,
    command: LibraryCommand,
    request: PendingRequest,
) -> Vec<Effect> {
    if state.library.durability == Durability::Stopped {
        state.notices.error("Not saved: the library has stopped; restart offprint to use it again");
        return Vec::new();
    }
    state.library.pending.push_back(request);
    vec![Effect::Library(command)]
}

/// Requests that changes to papers be recorded.
pub fn record(state: &mut State, changes: ChangeSet, then: AfterChange) -> Vec<Effect> {
    send_command(state, LibraryCommand::Record(changes), PendingRequest::Record(then))
}

/// Stores the durability of changes, and reports any warning.
pub fn set_durability(state: &mut State, durability: Durability) {
    if let Durability::DurableWithWarning(reason) | Durability::ThisRunOnly(reason) = &durability {
        state.notices.error(reason);
    }
    state.library.durability = durability;
}
