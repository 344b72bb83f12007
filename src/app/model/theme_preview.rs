//! Preview of a theme that is not chosen yet.

use super::appearance::{Appearance, Theme};
use super::popup::{Popup, PopupKind, RowAction};
use super::popup_rows::popup_rows;
use super::state::{Mode, State};

/// The appearance to draw with: the theme under the cursor of the menu of themes, or the theme
/// named on the command line so far, is shown before it is chosen.
pub fn shown_appearance(state: &State) -> Appearance {
    let previewed = match &state.mode {
        Mode::Popup(popup) if popup.kind == PopupKind::Themes => theme_at_cursor(state, popup),
        Mode::Command(line) => line
            .text()
            .trim_start()
            .strip_prefix("theme ")
            .and_then(|name| Theme::from_name(name.trim())),
        _ => None,
    };
    let appearance = state.settings.appearance;
    Appearance { theme: previewed.unwrap_or(appearance.theme), ..appearance }
}

fn theme_at_cursor(state: &State, popup: &Popup) -> Option<Theme> {
    let row = popup_rows(state, popup).into_iter().nth(popup.viewport.cursor)?;
    if let Some(RowAction::Theme(theme)) = row.action { Some(theme) } else { None }
}
