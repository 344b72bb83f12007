//! Dispatches actions to the handler of their group.

use super::outcome::Outcome;
use super::{
    appearance, basket, citing, copy, enrichment, facets, filter, jumps, leave, links, list, lists,
    load, marks, menu, notes, pick, popup, prompt, reader, saved_searches, selection, tags, undo,
    unread, view,
};
use crate::app::action::{
    Action, AnnotateAction, ChangeAction, CopyAction, FilterAction, LeaveAction, LoadAction,
    MenuAction, Motion, OpenAction, PromptAction, SearchAction,
};
use crate::app::effect::Effect;
use crate::app::model::export_selection::ExportSelection;
use crate::app::model::layout::Pane;
use crate::app::model::popup::PopupKind;
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::library::LibraryCommand;
use crate::sources::Relation;

/// Performs the action. `count` is the number typed before its keys.
pub fn dispatch(state: &mut State, action: Action, count: Option<usize>) -> Outcome {
    if action != Action::Leave(LeaveAction::Interrupt) {
        state.view.pending_keys.interrupts = 0;
    }
    if let Some(outcome) = prompt::apply(state, action) {
        return outcome;
    }
    match action {
        Action::Move(motion) => move_in_focus(state, motion, count).into(),
        Action::Reader(action) => reader::apply(state, action, count).into(),
        Action::Unread(action) => unread::apply(state, action, count).into(),
        Action::Filter(action) => apply_filter(state, action).into(),
        Action::Prompt(PromptAction::Accept) => menu::accept(state),
        // No prompt has the focus, so there is no text to edit.
        Action::Prompt(PromptAction::Complete | PromptAction::Recall) | Action::Edit(_) => {
            Outcome::default()
        }
        Action::Select(action) => selection::apply(state, action, count).into(),
        Action::Mark(action) => marks::apply(state, action).into(),
        Action::MarkRead(range) => marks::mark_range_read(state, range).into(),
        Action::Annotate(AnnotateAction::Tag) => tags::open(state).into(),
        Action::Annotate(AnnotateAction::Note) => notes::edit_note(state).into(),
        Action::Annotate(AnnotateAction::Enrich) => enrichment::start(state).into(),
        Action::Change(action) => apply_change(state, action).into(),
        Action::Basket(action) => basket::apply(state, action).into(),
        Action::Search(SearchAction::Open) => saved_searches::open(state).into(),
        Action::Search(SearchAction::Save) => {
            state.mode = Mode::Command(TextField::new("save "));
            Outcome::default()
        }
        Action::Facet(action) => facets::apply(state, action).into(),
        Action::Jump(action) => jumps::apply(state, action, count).into(),
        Action::Copy(action) => apply_copy(state, action, count).into(),
        Action::Export(action) => {
            citing::open_formats(state, ExportSelection::from_action(action, count)).into()
        }
        Action::Open(action) => open(state, action).into(),
        Action::Show(menu) => show(state, menu).into(),
        Action::View(action) => view::apply(state, action).into(),
        Action::Load(LoadAction::Reload) => load::reload(state).into(),
        Action::Load(LoadAction::Pause) => load::pause(state).into(),
        Action::Leave(action) => leave::apply(state, action).into(),
    }
}

/// Moves in the focused popup or pane.
fn move_in_focus(state: &mut State, motion: Motion, count: Option<usize>) {
    jumps::record_motion(state, motion);
    match (&state.mode, state.view.pane) {
        (Mode::Popup(_), _) => popup::move_cursor(state, motion, count),
        (_, Pane::Facets) => facets::move_cursor(state, motion, count),
        (_, Pane::Basket) => basket::move_cursor(state, motion, count),
        (Mode::Panes | Mode::Find(_), Pane::Detail | Pane::Reader | Pane::Triage) => {
            reader::scroll(state, motion, count);
        }
        (_, Pane::List | Pane::Detail | Pane::Reader | Pane::Triage) => {
            list::move_cursor(state, motion, count);
        }
    }
}

fn apply_filter(state: &mut State, action: FilterAction) -> Vec<Effect> {
    match action {
        FilterAction::Edit if matches!(state.mode, Mode::Popup(_)) => {
            popup::open_filter_field(state);
        }
        FilterAction::Edit => {
            state.view.pane = Pane::List;
            state.filter.field.append_word();
            filter::open(state);
        }
        FilterAction::Clear => return filter::clear(state),
        FilterAction::SameAuthor => return filter::filter_by_author(state),
        FilterAction::SameCategory => return filter::filter_by_category(state),
        FilterAction::ToggleSkipped => return filter::toggle_skipped(state),
    }
    Vec::new()
}

fn apply_change(state: &mut State, action: ChangeAction) -> Vec<Effect> {
    match action {
        ChangeAction::Repeat => marks::repeat_last(state),
        ChangeAction::Undo => undo::undo(state),
        ChangeAction::Redo => undo::redo(state),
        ChangeAction::ShowLog => {
            popup::open(state, PopupKind::Log);
            vec![Effect::Library(LibraryCommand::ReadLog)]
        }
    }
}

fn apply_copy(state: &mut State, action: CopyAction, count: Option<usize>) -> Vec<Effect> {
    match action {
        CopyAction::Format(format) => copy::copy(state, format, count),
        CopyAction::Again => copy::copy_in_last_format(state, count),
        CopyAction::Menu => {
            copy::open_menu(state);
            Vec::new()
        }
        CopyAction::ShowLast => vec![Effect::ShowLastCopy],
    }
}

fn open(state: &mut State, action: OpenAction) -> Vec<Effect> {
    match action {
        OpenAction::Reader if state.settings.run_mode == RunMode::Pick => {
            return vec![pick::pick(state)];
        }
        OpenAction::Reader if state.current().is_some() => state.view.pane = Pane::Reader,
        OpenAction::Reader => {}
        OpenAction::Link => return links::open_link(state),
        OpenAction::Pdf => return links::open_pdf(state),
        OpenAction::Menu => links::open_links_menu(state),
        OpenAction::QrCode => links::show_link(state),
        OpenAction::References => return lists::open_related(state, Relation::References),
        OpenAction::CitedBy => return lists::open_related(state, Relation::CitedBy),
        OpenAction::Similar => return lists::open_related(state, Relation::Similar),
    }
    Vec::new()
}

fn show(state: &mut State, menu: MenuAction) {
    match menu {
        MenuAction::Help => popup::open_help(state),
        MenuAction::FoldSection => popup::toggle_current_section(state),
        MenuAction::FoldAll => popup::toggle_all_sections(state),
        MenuAction::Messages => popup::open(state, PopupKind::Messages),
        MenuAction::Defects => popup::open(state, PopupKind::Defects),
        MenuAction::Sort => popup::open(state, PopupKind::Sort),
        MenuAction::Themes => appearance::open_themes(state),
        MenuAction::Styles => citing::open_styles(state),
    }
}
