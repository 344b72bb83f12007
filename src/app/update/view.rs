//! View actions: panes, layout and display modes.

use super::sort;
use crate::app::action::ViewAction;
use crate::app::effect::Effect;
use crate::app::model::layout::{LayoutMode, Pane};
use crate::app::model::paper_text::TexDisplay;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::app::model::view::FrameStatsDisplay;

pub fn apply(state: &mut State, action: ViewAction) -> Vec<Effect> {
    match action {
        ViewAction::NextPane => state.view.pane = state.view.pane.next(),
        ViewAction::PreviousPane => state.view.pane = state.view.pane.next().next(),
        ViewAction::Facets => state.view.pane = Pane::Facets,
        ViewAction::Layout => return next_layout_mode(state),
        ViewAction::ReverseOrder => return sort::reverse(state),
        ViewAction::ToggleTex => toggle_tex(state),
        ViewAction::ToggleFrameStats => toggle_frame_stats(state),
        ViewAction::CommandLine => state.mode = Mode::Command(TextField::default()),
        ViewAction::Redraw => return vec![Effect::Redraw],
    }
    Vec::new()
}

fn next_layout_mode(state: &mut State) -> Vec<Effect> {
    set_layout_mode(state, state.view.layout_mode.next())
}

pub fn set_layout_mode(state: &mut State, layout_mode: LayoutMode) -> Vec<Effect> {
    state.view.layout_mode = layout_mode;
    state.notices.info(format!("Layout: {}", state.view.layout_mode.name()));
    vec![Effect::SaveLayout(state.view.layout_mode)]
}

fn toggle_tex(state: &mut State) {
    let display = match state.view.tex_display {
        TexDisplay::Readable => TexDisplay::Raw,
        TexDisplay::Raw => TexDisplay::Readable,
    };
    let _ = set_tex_display(state, display);
}

pub fn set_tex_display(state: &mut State, display: TexDisplay) -> Vec<Effect> {
    state.view.tex_display = display;
    state.notices.info(match display {
        TexDisplay::Raw => "Raw TeX on",
        TexDisplay::Readable => "Raw TeX off",
    });
    Vec::new()
}

fn toggle_frame_stats(state: &mut State) {
    state.view.frame_stats_display = match state.view.frame_stats_display {
        FrameStatsDisplay::Hidden => FrameStatsDisplay::Shown,
        FrameStatsDisplay::Shown => FrameStatsDisplay::Hidden,
    };
}
