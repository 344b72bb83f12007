//! The result of handling one input.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::input::key::Key;

/// Effects for the shell, and inputs to handle next. A handler never calls the dispatcher: it
/// returns follow-ups instead.
#[derive(Debug, Default)]
pub struct Outcome {
    pub effects: Vec<Effect>,
    /// Handled in order; the state is refreshed before each.
    pub then: Vec<FollowUp>,
}

#[derive(Debug, Clone, Copy)]
pub enum FollowUp {
    Action(Action),
    Key(Key),
}

impl From<Vec<Effect>> for Outcome {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, then: Vec::new() }
    }
}

impl From<Effect> for Outcome {
    fn from(effect: Effect) -> Self {
        vec![effect].into()
    }
}

/// No effects, no follow-ups.
impl From<()> for Outcome {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl From<Action> for Outcome {
    fn from(action: Action) -> Self {
        Self { effects: Vec::new(), then: vec![FollowUp::Action(action)] }
    }
}
