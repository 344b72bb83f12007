//! What each action does.

use super::focus::{after, focus};
use super::{
    back, basket, citing, copy, facets, filter, find, links, list, load, marks, notes, popup,
    prompt, reader, saved_searches, selection, tags, triage, undo, unread,
};
use crate::app::action::{Action, command_line};
use crate::app::effect::{Effect, Outcome};
use crate::app::model::export_selection::Outgoing;
use crate::app::model::layout::Pane;
use crate::app::model::paper_text::Tex;
use crate::app::model::popup::{Kind, Typing};
use crate::app::model::settings::Purpose;
use crate::app::model::state::{Mode, State};
use crate::app::model::view::Meter;
use crate::app::model::{cite_request, text_field};
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
        Action::Select => selection::select(state, count.unwrap_or(1)),
        Action::SelectRange => selection::range(state),
        Action::SelectAgain => selection::select_again(state),
        Action::Invert => selection::invert(state),
        Action::Find => state.mode = Mode::Find(text_field::Line::default()),
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
            return marks::mark(state, action);
        }
        Action::ReadAbove | Action::ReadBelow | Action::ReadAll => {
            return marks::read_many(state, action);
        }
        Action::Repeat => return marks::repeat(state),
        Action::Undo => return undo::undo(state),
        Action::Redo => return undo::redo(state),
        Action::Skipped => return filter::turn_skipped(state),
        Action::Tag => tags::open(state),
        Action::Note => return notes::write(state),
        Action::ReadOn if reader::is_at_end(state) => return marks::read_to_end(state),
        Action::NextUnread | Action::PreviousUnread => unread::motion(state, action, count),
        Action::Triage => return triage::open(state),
        Action::Basket => focus(state, Pane::Basket),
        Action::TakeOut if matches!(state.mode, Mode::Overlay(_)) => {
            return saved_searches::forget_current(state);
        }
        Action::MoveEarlier | Action::MoveLater | Action::TakeOut => {
            return basket::arrange(state, action);
        }
        Action::ShowInList => basket::show_in_list(state),
        Action::Searches => return saved_searches::open(state),
        Action::SaveSearch => state.mode = Mode::Command(text_field::Line::new("save ")),
        Action::Log => {
            popup::open(state, Kind::Log);
            return vec![Effect::Library(Task::Log)];
        }
        _ => return act_on_view(state, action, count),
    }
    Vec::new()
}

fn act_on_view(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Open => return open(state),
        Action::Accept => return popup::accept(state),
        Action::Back | Action::Close | Action::Peel | Action::Interrupt => {
            return back::leave(state, action);
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
        Action::Sort => popup::open(state, Kind::Sort),
        Action::Reverse => {
            let turned = match state.filter.direction {
                Direction::Forward => Direction::Reverse,
                Direction::Reverse => Direction::Forward,
            };
            return popup::sort(state, state.filter.order, turned);
        }
        Action::Layout => return next_arrangement(state),
        Action::RawTex => toggle_tex(state),
        Action::Reload => return load::reload(state),
        Action::Stop => return load::pause(state),
        Action::Help => popup::open(state, Kind::Help),
        Action::Messages => popup::open(state, Kind::Messages),
        Action::Defects => popup::open(state, Kind::Defects),
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
        (Mode::Overlay(_), _) => popup::motion(state, action, count),
        (_, Pane::Facets) => facets::motion(state, action, count),
        (_, Pane::Basket) => basket::motion(state, action, count),
        (Mode::Panes | Mode::Find(_), Pane::Detail | Pane::Reader | Pane::Triage) => {
            reader::motion(state, action, count);
        }
        (_, _) => match action {
            Action::ScrollDown | Action::ScrollUp => reader::motion(state, action, count),
            _ => list::motion(state, action, count),
        },
    }
}

fn open(state: &mut State) -> Vec<Effect> {
    if state.settings.purpose == Purpose::Pick {
        return vec![Effect::Quit(Outcome::Picked(selection::subject(state, None).papers))];
    }
    if state.current().is_some() {
        focus(state, Pane::Reader);
    }
    Vec::new()
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
        Action::CommandLine => state.mode = Mode::Command(text_field::Line::default()),
        Action::CopyMenu => {
            state.view.pressed.context = Some(crate::app::input::context::Context::List);
            state.view.pressed.keys = vec![crate::app::input::key::Key::char('y')];
        }
        _ if matches!(&state.mode, Mode::Overlay(it) if it.typing == Typing::Rests) => {
            popup::narrow(state);
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
    match command_line::parse(text) {
        Ok(command_line::Command::Act(action)) => act(state, action, None),
        Ok(command_line::Command::GoTo(row)) => {
            list::go_to(state, row.saturating_sub(1));
            Vec::new()
        }
        Ok(command_line::Command::Order(order)) => popup::sort(state, order, Direction::Forward),
        Ok(command_line::Command::Style(name)) => {
            vec![Effect::Citing(cite_request::Task::Find(name))]
        }
        Ok(command_line::Command::Prefer(prefer)) => citing::prefer(state, prefer),
        Ok(command_line::Command::Save(name)) => saved_searches::save(state, &name),
        Ok(command_line::Command::Forget(name)) => saved_searches::forget(state, name),
        Ok(command_line::Command::Nothing) => Vec::new(),
        Err(why) => {
            state.notices.fail(why);
            Vec::new()
        }
    }
}
