//! The user's settings that updates and drawing depend on.

use super::appearance::Appearance;
use super::columns::ListColumns;
use super::layout::LayoutMode;
use crate::app::action::keymap::Keymap;
use crate::app::input::lang_map::LangMap;
use crate::app::input::mouse::MouseCapture;
use crate::cite::{OutputFormat, SharedBibliography, Style};

#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub keymap: Keymap,
    /// The keys of other keyboard layouts, for keys that are no text.
    pub lang_map: LangMap,
    pub appearance: Appearance,
    pub mouse: MouseCapture,
    pub layout_mode: LayoutMode,
    /// The format of `Y` before the first copy.
    pub copy_format: Option<OutputFormat>,
    pub run_mode: RunMode,
    /// The numbers of initial matches at which [`RunMode::Pick`] ends at once: at 1 with the match,
    /// at 0 with nothing. Empty once the user or the initial search has decided.
    pub pick_at_once: Vec<usize>,
    /// The citation style.
    pub style: Style,
    pub bibliography: SharedBibliography,
    pub start_at: StartAt,
    pub columns: ListColumns,
}

/// The initial position of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartAt {
    /// The position of the last run with the same source.
    #[default]
    LastSession,
    Top,
}

/// The purpose of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunMode {
    #[default]
    Browse,
    /// Starts in the filter line, where Enter picks papers, which are printed on exit.
    Pick,
}
