//! What the user has set, as far as updating and drawing need it.

use super::layout::LayoutMode;
use crate::app::action::keymap::Keymap;
use crate::cite::{OutputFormat, SharedBibliography, Style};

#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub keymap: Keymap,
    pub theme: Theme,
    pub layout_mode: LayoutMode,
    /// What `Y` copies before anything else was copied.
    pub copy_format: Option<OutputFormat>,
    pub run_mode: RunMode,
    /// The style of references.
    pub style: Style,
    pub bibliography: SharedBibliography,
    pub start_at: StartAt,
}

/// Where a run begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartAt {
    /// Where the last one in the same source was.
    #[default]
    LastSession,
    Top,
}

/// The colours. The default takes the terminal's own sixteen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    Terminal,
    /// No colour at all, as `NO_COLOR` asks.
    Plain,
    /// 256 colours for a dark background, and for a light one.
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

/// What the screen was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunMode {
    #[default]
    Browse,
    /// Enter chooses, and the choice is printed.
    Pick,
}
