//! Runs the commands of the command line.

use super::outcome::Outcome;
use super::{citing, list, saved_searches, sort};
use crate::app::action::command_line::{Command, parse_command};
use crate::app::effect::Effect;
use crate::app::model::cite_request::CiteRequest;
use crate::app::model::state::State;
use crate::search::SortDirection;

pub fn run(state: &mut State, text: &str) -> Outcome {
    match parse_command(text) {
        Ok(Command::Action(action)) => action.into(),
        Ok(Command::GoTo(row)) => list::go_to(state, row.saturating_sub(1)).into(),
        Ok(Command::Order(key)) => sort::sort(state, key, SortDirection::Forward).into(),
        Ok(Command::Style(name)) => Effect::Cite(CiteRequest::FindStyle(name)).into(),
        Ok(Command::Prefer(version)) => citing::set_preferred_version(state, version).into(),
        Ok(Command::Save(name)) => saved_searches::save(state, &name).into(),
        Ok(Command::Forget(name)) => saved_searches::delete(state, name).into(),
        Ok(Command::Nothing) => Outcome::default(),
        Err(reason) => state.notices.error(reason).into(),
    }
}
