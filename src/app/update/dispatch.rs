//! What each action does.

use super::focus::{focus, next_pane};
use super::{
    back, basket, citing, copy, facets, filter, find, links, list, load, marks, notes, popup,
    prompt, reader, saved_searches, selection, tags, triage, undo, unread,
};
use crate::app::action::{Action, command_line};
use crate::app::effect::{Effect, ExitResult};
use crate::app::model::export_selection::ExportSelection;
use crate::app::model::layout::Pane;
use crate::app::model::paper_text::TexDisplay;
use crate::app::model::popup::{PopupFocus, PopupKind};
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};
use crate::app::model::view::FrameStatsDisplay;
use crate::app::model::{cite_request, text_field};
use crate::library::LibraryCommand;
use crate::search::{QueryField, SortDirection, Toggle};
use crate::text::tex_to_unicode;

/// Performs the action. `count` is what was typed before its keys.
pub fn dispatch(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    if action != Action::Interrupt {
        state.view.pending_keys.interrupts = 0;
    }
    if let Some(effects) = prompt::apply_action(state, action) {
        return effects;
    }
    match action {
        Action::Copy(form) => return copy::copy(state, form, count),
        Action::Toggle => return facets::toggle(state, Toggle::Include),
        Action::Exclude => return facets::toggle(state, Toggle::Exclude),
        Action::Expand | Action::Collapse => facets::set_expansion(state, action),
        Action::Select => selection::select(state, count.unwrap_or(1)),
        Action::SelectRange => selection::toggle_range(state),
        Action::SelectAgain => selection::select_again(state),
        Action::Invert => selection::invert(state),
        Action::Find => state.mode = Mode::Find(text_field::TextField::default()),
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
        Action::SameAuthor | Action::SameCategory => return filter_by_same_value(state, action),
        _ => return dispatch_marks(state, action, count),
    }
    Vec::new()
}

fn dispatch_marks(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Read | Action::Star | Action::Skip | Action::Later | Action::AddToBasket => {
            return marks::apply_mark(state, action);
        }
        Action::ReadAbove | Action::ReadBelow | Action::ReadAll => {
            return marks::mark_range_read(state, action);
        }
        Action::Repeat => return marks::repeat_last(state),
        Action::Undo => return undo::undo(state),
        Action::Redo => return undo::redo(state),
        Action::Skipped => return filter::toggle_skipped(state),
        Action::Tag => tags::open(state),
        Action::Note => return notes::edit_note(state),
        Action::ReadOn if reader::is_at_end(state) => return marks::mark_read_at_end(state),
        Action::NextUnread | Action::PreviousUnread => unread::motion(state, action, count),
        Action::Triage => return triage::open(state),
        Action::Basket => focus(state, Pane::Basket),
        Action::TakeOut if matches!(state.mode, Mode::Popup(_)) => {
            return saved_searches::forget_current(state);
        }
        Action::MoveEarlier | Action::MoveLater | Action::TakeOut => {
            return basket::reorder(state, action);
        }
        Action::ShowInList => basket::show_in_list(state),
        Action::Searches => return saved_searches::open(state),
        Action::SaveSearch => state.mode = Mode::Command(text_field::TextField::new("save ")),
        Action::Log => {
            popup::open(state, PopupKind::Log);
            return vec![Effect::Library(LibraryCommand::ReadLog)];
        }
        _ => return dispatch_view(state, action, count),
    }
    Vec::new()
}

fn dispatch_view(state: &mut State, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Open => return open_paper(state),
        Action::Accept => return popup::accept(state),
        Action::Back | Action::Close | Action::Peel | Action::Interrupt => {
            return back::go_back(state, action);
        }
        Action::Quit => return vec![Effect::Quit(ExitResult::Quit)],
        Action::NextPane => focus(state, next_pane(state.view.pane)),
        Action::PreviousPane => focus(state, next_pane(next_pane(state.view.pane))),
        Action::OpenLink => return links::open_link(state),
        Action::OpenPdf => return links::open_pdf(state),
        Action::ShowLink => links::show_link(state),
        Action::Links => links::open_links_menu(state),
        Action::ShowCopy => return vec![Effect::ShowLastCopy],
        Action::CopyAgain => return copy::copy_in_last_format(state, count),
        Action::Export | Action::Pipe | Action::ExportAll | Action::PipeAll => {
            citing::open_formats(state, ExportSelection::from_action(action, count));
        }
        Action::Style => citing::open_styles(state),
        Action::Sort => popup::open(state, PopupKind::Sort),
        Action::Reverse => {
            let turned = match state.filter.direction {
                SortDirection::Forward => SortDirection::Reverse,
                SortDirection::Reverse => SortDirection::Forward,
            };
            return popup::sort(state, state.filter.order, turned);
        }
        Action::Layout => return next_layout_mode(state),
        Action::RawTex => toggle_tex(state),
        Action::Reload => return load::reload(state),
        Action::Stop => return load::pause(state),
        Action::Help => popup::open(state, PopupKind::Help),
        Action::Messages => popup::open(state, PopupKind::Messages),
        Action::Defects => popup::open(state, PopupKind::Defects),
        Action::Meter => toggle_frame_stats(state),
        Action::Redraw => return vec![Effect::Redraw],
        Action::Suspend => return vec![Effect::Suspend],
        _ => move_in_focus(state, action, count),
    }
    Vec::new()
}

/// Moves in whatever has the focus.
pub fn move_in_focus(state: &mut State, action: Action, count: Option<usize>) {
    match (&state.mode, state.view.pane) {
        (Mode::Popup(_), _) => popup::motion(state, action, count),
        (_, Pane::Facets) => facets::move_cursor(state, action, count),
        (_, Pane::Basket) => basket::move_cursor(state, action, count),
        (Mode::Panes | Mode::Find(_), Pane::Detail | Pane::Reader | Pane::Triage) => {
            reader::scroll(state, action, count);
        }
        (_, _) => match action {
            Action::ScrollDown | Action::ScrollUp => reader::scroll(state, action, count),
            _ => list::move_cursor(state, action, count),
        },
    }
}

fn open_paper(state: &mut State) -> Vec<Effect> {
    if state.settings.run_mode == RunMode::Pick {
        return vec![Effect::Quit(ExitResult::Picked(
            selection::action_target(state, None).papers,
        ))];
    }
    if state.current().is_some() {
        focus(state, Pane::Reader);
    }
    Vec::new()
}

fn next_layout_mode(state: &mut State) -> Vec<Effect> {
    state.view.layout_mode = state.view.layout_mode.next();
    state.divide_screen();
    list::restore_cursor(state);
    state.notices.info(format!("Layout: {}.", state.view.layout_mode.name()));
    vec![Effect::SaveLayout(state.view.layout_mode)]
}

fn toggle_tex(state: &mut State) {
    let (tex, told) = match state.view.tex_display {
        TexDisplay::Readable => (TexDisplay::Raw, "TeX is shown as it is written."),
        TexDisplay::Raw => (TexDisplay::Readable, "TeX is made readable."),
    };
    state.view.tex_display = tex;
    state.notices.info(told);
}

fn toggle_frame_stats(state: &mut State) {
    state.view.frame_stats_display = match state.view.frame_stats_display {
        FrameStatsDisplay::Hidden => FrameStatsDisplay::Shown,
        FrameStatsDisplay::Shown => FrameStatsDisplay::Hidden,
    };
}

fn open_line(state: &mut State, action: Action) {
    match action {
        Action::CommandLine => state.mode = Mode::Command(text_field::TextField::default()),
        Action::CopyMenu => {
            state.view.pending_keys.forced_context =
                Some(crate::app::input::context::KeyContext::List);
            state.view.pending_keys.keys = vec![crate::app::input::key::Key::char('y')];
        }
        _ if matches!(&state.mode, Mode::Popup(it) if it.focus == PopupFocus::Rows) => {
            popup::open_filter_field(state);
        }
        _ => {
            if state.view.pane != Pane::List {
                focus(state, Pane::List);
            }
            state.filter.field.append_word();
            filter::open(state);
        }
    }
}

fn filter_by_same_value(state: &mut State, action: Action) -> Vec<Effect> {
    let Some((_, paper)) = state.current() else { return Vec::new() };
    let (field, what, value) = match action {
        Action::SameAuthor => {
            let first = paper.authors().next().unwrap_or_default();
            (QueryField::Authors, "author", tex_to_unicode(first).into_owned())
        }
        _ => (QueryField::Category, "category", paper.category().to_owned()),
    };
    if value.is_empty() {
        state.notices.info(format!("This paper has no known {what}."));
        return Vec::new();
    }
    if state.view.pane == Pane::Reader {
        focus(state, Pane::List);
    }
    let text = crate::search::toggle_value("", field, &value, Toggle::Include);
    if state.filter.field.text() != text {
        filter::remember_for_undo(state, &text);
    }
    filter::replace(state, &text)
}

/// Runs what was typed after the colon.
pub fn run_command_line(state: &mut State, text: &str) -> Vec<Effect> {
    match command_line::parse_command(text) {
        Ok(command_line::Command::Action(action)) => dispatch(state, action, None),
        Ok(command_line::Command::GoTo(row)) => {
            list::go_to(state, row.saturating_sub(1));
            Vec::new()
        }
        Ok(command_line::Command::Order(order)) => {
            popup::sort(state, order, SortDirection::Forward)
        }
        Ok(command_line::Command::Style(name)) => {
            vec![Effect::Cite(cite_request::CiteRequest::FindStyle(name))]
        }
        Ok(command_line::Command::Prefer(prefer)) => citing::set_preferred_version(state, prefer),
        Ok(command_line::Command::Save(name)) => saved_searches::save(state, &name),
        Ok(command_line::Command::Forget(name)) => saved_searches::forget(state, name),
        Ok(command_line::Command::Nothing) => Vec::new(),
        Err(why) => {
            state.notices.error(why);
            Vec::new()
        }
    }
}
