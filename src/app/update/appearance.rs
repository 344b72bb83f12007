//! Changes of the theme and of the mouse, and the answer of the terminal about its background.

use std::sync::Arc;

use super::popup;
use crate::app::effect::Effect;
use crate::app::input::mouse::MouseCapture;
use crate::app::model::appearance::{Background, Theme};
use crate::app::model::popup::{Popup, PopupKind};
use crate::app::model::state::{Mode, State};
use crate::app::model::viewport::Viewport;

/// Opens the menu of themes with the cursor on the current one.
pub fn open_themes(state: &mut State) {
    let theme = state.settings.appearance.theme;
    let cursor = Theme::ALL.iter().position(|(_, it)| *it == theme).unwrap_or(0);
    let viewport = Viewport { cursor, top: 0 };
    state.mode = Mode::Popup(Popup { viewport, ..Popup::new(PopupKind::Themes) });
    popup::refresh(state);
}

/// Uses the theme, in this run and in later ones.
pub fn use_theme(state: &mut State, theme: Theme) -> Vec<Effect> {
    Arc::make_mut(&mut state.settings).appearance.theme = theme;
    state.notices.info(format!("Theme: {}", theme.name()));
    vec![Effect::SaveTheme(theme)]
}

/// Sets the background that the terminal has told. The theme with the terminal's own colours
/// depends on it.
pub fn set_background(state: &mut State, background: Background) {
    Arc::make_mut(&mut state.settings).appearance.background = background;
}

/// Starts or stops the use of the mouse in this run.
pub fn set_mouse(state: &mut State, capture: MouseCapture) -> Vec<Effect> {
    Arc::make_mut(&mut state.settings).mouse = capture;
    state.notices.info(match capture {
        MouseCapture::On => "Mouse on; Shift selects text in most terminals",
        MouseCapture::Off => "Mouse off",
    });
    vec![Effect::CaptureMouse(capture)]
}
