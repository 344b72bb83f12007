//! Runs the commands of the command line.

use super::outcome::Outcome;
use super::{citing, filter, jumps, list, lists, popup, saved_searches, setting, sort, tags};
use crate::app::action::command_line::{Command, parse_command};
use crate::app::effect::Effect;
use crate::app::model::cite_request::CiteRequest;
use crate::app::model::layout::Pane;
use crate::app::model::state::State;

pub fn run(state: &mut State, text: &str) -> Outcome {
    match parse_command(text) {
        Ok(Command::Action(action)) => action.into(),
        Ok(Command::GoTo(row)) => {
            jumps::record(state);
            list::go_to(state, row.saturating_sub(1)).into()
        }
        Ok(Command::Sort(key, direction)) => sort::sort(state, key, direction).into(),
        Ok(Command::Style(name)) => Effect::Cite(CiteRequest::FindStyle(name)).into(),
        Ok(Command::Prefer(version)) => citing::set_preferred_version(state, version).into(),
        Ok(Command::Save(name)) => saved_searches::save(state, &name).into(),
        Ok(Command::Forget(name)) => saved_searches::delete(state, name).into(),
        Ok(Command::Export(action, path, overwrite)) => {
            citing::export_to(state, action, path, overwrite).into()
        }
        Ok(Command::Pipe(action, command)) => citing::pipe_to(state, action, command).into(),
        Ok(Command::Tag(edit)) => tags::apply(state, edit).into(),
        Ok(Command::Filter(text)) => {
            state.view.pane = Pane::List;
            filter::replace_undoably(state, &text).into()
        }
        Ok(Command::Open(address)) => lists::open(state, &address).into(),
        Ok(Command::Set(command)) => setting::apply(state, command).into(),
        Ok(Command::Help(text)) => popup::open_filtered_help(state, &text).into(),
        Ok(Command::Nothing) => Outcome::default(),
        Err(reason) => state.notices.error(reason).into(),
    }
}
