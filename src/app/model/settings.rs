//! The user's settings that updates and drawing depend on.

use super::columns::ListColumns;
use super::layout::LayoutMode;
use crate::app::action::keymap::Keymap;
use crate::app::input::lang_map::LangMap;
use crate::cite::{OutputFormat, SharedBibliography, Style};

#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub keymap: Keymap,
    /// The keys of other keyboard layouts, for keys that are no text.
    pub lang_map: LangMap,
    pub theme: Theme,
    pub layout_mode: LayoutMode,
    /// The format of `Y` before the first copy.
    pub copy_format: Option<OutputFormat>,
    pub run_mode: RunMode,
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

/// The colour theme. The default uses the terminal's 16 colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Terminal,
    /// No colours, as `NO_COLOR` requests.
    Plain,
    /// 256 colours for a dark background.
    Dark,
    Light,
}

impl Theme {
    pub const ALL: [(&'static str, Self); 4] = [
        ("terminal", Self::Terminal),
        ("plain", Self::Plain),
        ("dark", Self::Dark),
        ("light", Self::Light),
    ];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(it, _)| *it == name).map(|(_, theme)| theme)
    }
}

/// The purpose of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunMode {
    #[default]
    Browse,
    /// Enter picks papers, which are printed on exit.
    Pick,
}
