//! What each action does.

use super::citing::{self, Outgoing};
use super::layout::Pane;
use super::overlay::{Kind, Typing};
use super::settings::Purpose;
use super::state::{Meter, Tex};
use super::{
    Action, Effect, Mode, Outcome, State, basket, command, copy, deeds, done, facets, filter, find,
    leave, line, links, list, load, notes, overlay, prompt, read, searches, select, tags, triage,
    unread,
};
use crate::library::Task;
use crate::search::{Direction, Field, Toggle};
use crate::text::readable;

/// Performs the action. `count` is what was typed before its keys.
pub fn act(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    if action != Action::Interrupt {
        state.view.pressed.interrupts = 0;
    }
    if let Some(effects) = prompt::act(state, action) {
        return effects;
    }
    match action {
        Action::Copy(form) => return copy::copy(state, form, count),
        Action::Toggle => return facets::toggle(state, Toggle::Include),
        Action::Exclude => return facets::toggle(state, Toggle::Exclude),
        Action::Expand | Action::Collapse => facets::set_extent(state, action),
        Action::Select => select::select(state, count.unwrap_or(1)),
        Action::SelectRange => select::range(state),
        Action::SelectAgain => select::select_again(state),
        Action::Invert => select::invert(state),
        Action::Find => state.mode = Mode::Find(line::Line::default()),
        Action::FindNext | Action::FindPrevious if !find::is_active(state) => {
            let unread = match action {
                Action::FindNext => Action::NextUnread,
                _ => Action::PreviousUnread,
            };
            unread::motion(state, unread, count);
        }
        Action::FindNext => find::next(state, count.unwrap_or(1)),
        Action::FindPrevious => find::previous(state, count.unwrap_or(1)),
        Action::EditFilter | Action::CommandLine | Action::CopyMenu => open_line(state, action),
        Action::ClearFilter => return filter::clear(state),
        Action::SameAuthor | Action::SameCategory if state.view.pane == Pane::Basket => {}
        Action::SameAuthor | Action::SameCategory => return same(state, action),
        _ => return act_on_marks(state, action, count),
    }
    Vec::new()
}

fn act_on_marks(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Read | Action::Star | Action::Skip | Action::Later | Action::AddToBasket => {
            return deeds::mark(state, action);
        }
        Action::ReadAbove | Action::ReadBelow | Action::ReadAll => {
            return deeds::read_many(state, action);
        }
        Action::Repeat => return deeds::repeat(state),
        Action::Undo => return done::undo(state),
        Action::Redo => return done::redo(state),
        Action::Skipped => return filter::turn_skipped(state),
        Action::Tag => tags::open(state),
        Action::Note => return notes::write(state),
        Action::ReadOn if read::is_at_end(state) => return deeds::read_to_end(state),
        Action::NextUnread | Action::PreviousUnread => unread::motion(state, action, count),
        Action::Triage => return triage::open(state),
        Action::Basket => focus(state, Pane::Basket),
        Action::TakeOut if matches!(state.mode, Mode::Overlay(_)) => {
            return searches::forget_current(state);
        }
        Action::MoveEarlier | Action::MoveLater | Action::TakeOut => {
            return basket::arrange(state, action);
        }
        Action::ShowInList => basket::show_in_list(state),
        Action::Searches => return searches::open(state),
        Action::SaveSearch => state.mode = Mode::Command(line::Line::new("save ")),
        Action::Log => {
            overlay::open(state, Kind::Log);
            return vec![Effect::Library(Task::Log)];
        }
        _ => return act_on_view(state, action, count),
    }
    Vec::new()
}

fn act_on_view(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Open => return open(state),
        Action::Accept => return overlay::accept(state),
        Action::Back | Action::Close | Action::Peel | Action::Interrupt => {
            return leave::leave(state, action);
        }
        Action::Quit => return vec![Effect::Quit(Outcome::Left)],
        Action::NextPane => focus(state, after(state.view.pane)),
        Action::PreviousPane => focus(state, after(after(state.view.pane))),
        Action::OpenLink => return links::open_link(state),
        Action::OpenPdf => return links::open_pdf(state),
        Action::ShowLink => links::show_link(state),
        Action::Links => links::links(state),
        Action::ShowCopy => return vec![Effect::ShowCopy],
        Action::CopyAgain => return copy::copy_again(state, count),
        Action::Export | Action::Pipe | Action::ExportAll | Action::PipeAll => {
            citing::open_forms(state, Outgoing::new(action, count));
        }
        Action::Style => citing::open_styles(state),
        Action::Sort => overlay::open(state, Kind::Sort),
        Action::Reverse => {
            let turned = match state.filter.direction {
                Direction::Forward => Direction::Reverse,
                Direction::Reverse => Direction::Forward,
            };
            return overlay::sort(state, state.filter.order, turned);
        }
        Action::Layout => return next_arrangement(state),
        Action::RawTex => toggle_tex(state),
        Action::Reload => return load::reload(state),
        Action::Stop => return load::pause(state),
        Action::Help => overlay::open(state, Kind::Help),
        Action::Messages => overlay::open(state, Kind::Messages),
        Action::Defects => overlay::open(state, Kind::Defects),
        Action::Meter => toggle_meter(state),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => motion(state, action, count),
    }
    Vec::new()
}

/// Moves in whatever has the focus.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    match (&state.mode, state.view.pane) {
        (Mode::Overlay(_), _) => overlay::motion(state, action, count),
        (_, Pane::Facets) => facets::motion(state, action, count),
        (_, Pane::Basket) => basket::motion(state, action, count),
        (Mode::Panes | Mode::Find(_), Pane::Detail | Pane::Reader | Pane::Triage) => {
            read::motion(state, action, count);
        }
        (_, _) => match action {
            Action::ScrollDown | Action::ScrollUp => read::motion(state, action, count),
            _ => list::motion(state, action, count),
        },
    }
}

fn open(state: &mut State) -> Vec<Effect> {
    if state.settings.purpose == Purpose::Pick {
        return vec![Effect::Quit(Outcome::Picked(select::subject(state, None).papers))];
    }
    if state.current().is_some() {
        focus(state, Pane::Reader);
    }
    Vec::new()
}

/// Gives a pane the focus; the screen is divided for it.
pub fn focus(state: &mut State, pane: Pane) {
    state.view.pane = pane;
    state.divide();
    list::keep_place(state);
    facets::clamp(state);
    basket::scroll(state);
}

/// The pane that Tab goes to: the list, the detail, the facets, and round.
fn after(pane: Pane) -> Pane {
    match pane {
        Pane::List => Pane::Detail,
        Pane::Detail => Pane::Facets,
        Pane::Facets | Pane::Reader | Pane::Triage | Pane::Basket => Pane::List,
    }
}

fn next_arrangement(state: &mut State) -> Vec<Effect> {
    state.view.arrangement = state.view.arrangement.next();
    state.divide();
    list::keep_place(state);
    state.notices.tell(format!("Layout: {}.", state.view.arrangement.name()));
    vec![Effect::Remember(state.view.arrangement)]
}

fn toggle_tex(state: &mut State) {
    let (tex, told) = match state.view.tex {
        Tex::Readable => (Tex::Raw, "TeX is shown as it is written."),
        Tex::Raw => (Tex::Readable, "TeX is made readable."),
    };
    state.view.tex = tex;
    state.notices.tell(told);
}

fn toggle_meter(state: &mut State) {
    state.view.meter = match state.view.meter {
        Meter::Hidden => Meter::Shown,
        Meter::Shown => Meter::Hidden,
    };
}

fn open_line(state: &mut State, action: Action) {
    match action {
        Action::CommandLine => state.mode = Mode::Command(line::Line::default()),
        Action::CopyMenu => {
            state.view.pressed.context = Some(super::Context::List);
            state.view.pressed.keys = vec![super::Key::char('y')];
        }
        _ if matches!(&state.mode, Mode::Overlay(it) if it.typing == Typing::Rests) => {
            overlay::narrow(state);
        }
        _ => {
            if state.view.pane != Pane::List {
                focus(state, Pane::List);
            }
            state.filter.line.open_for_more();
            filter::open(state);
        }
    }
}

fn same(state: &mut State, action: Action) -> Vec<Effect> {
    let Some((_, paper)) = state.current() else { return Vec::new() };
    let (field, what, value) = match action {
        Action::SameAuthor => {
            let first = paper.authors().next().unwrap_or_default();
            (Field::Authors, "author", readable(first).into_owned())
        }
        _ => (Field::Category, "category", paper.category().to_owned()),
    };
    if value.is_empty() {
        state.notices.tell(format!("This paper has no known {what}."));
        return Vec::new();
    }
    if state.view.pane == Pane::Reader {
        focus(state, Pane::List);
    }
    let text = crate::search::toggled("", field, &value, Toggle::Include);
    if state.filter.line.text() != text {
        filter::put_away(state, &text);
    }
    filter::replace(state, &text)
}

/// Runs what was typed after the colon.
pub fn run(state: &mut State, text: &str) -> Vec<Effect> {
    match command::parse(text) {
        Ok(command::Command::Act(action)) => act(state, action, None),
        Ok(command::Command::GoTo(row)) => {
            list::go_to(state, row.saturating_sub(1));
            Vec::new()
        }
        Ok(command::Command::Order(order)) => overlay::sort(state, order, Direction::Forward),
        Ok(command::Command::Style(name)) => vec![Effect::Citing(citing::Task::Find(name))],
        Ok(command::Command::Prefer(prefer)) => citing::prefer(state, prefer),
        Ok(command::Command::Save(name)) => searches::save(state, &name),
        Ok(command::Command::Forget(name)) => searches::forget(state, name),
        Ok(command::Command::Nothing) => Vec::new(),
        Err(why) => {
            state.notices.fail(why);
            Vec::new()
        }
    }
}
