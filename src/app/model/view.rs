//! How the screen is divided, which pane has the focus, and which keys are pending.

use super::facets::FacetPane;
use super::filter::History;
use super::layout::{Areas, LayoutMode, Pane};
use super::paper_text::{PaperText, TexDisplay};
use crate::app::input::context::KeyContext;
use crate::app::input::key::Key;
use std::fmt;

/// How the screen is divided, and what of it is laid out or scrolled.
#[derive(Debug, Default)]
pub struct View {
    pub width: u16,
    pub height: u16,
    pub layout_mode: LayoutMode,
    pub pane: Pane,
    pub areas: Areas,
    /// The paper in the detail pane or the reader, laid out.
    pub paper_text: Option<PaperText>,
    pub facets: FacetPane,
    pub tex_display: TexDisplay,
    pub frame_stats_display: FrameStatsDisplay,
    /// What the last frame cost.
    pub frame_stats: FrameStats,
    /// Commands typed before.
    pub command_history: History,
    pub pending_keys: PendingKeys,
}

/// What a frame cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrameStats {
    pub bytes: usize,
    pub micros: u64,
}

impl fmt::Display for FrameStats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} B, {}.{} ms", self.bytes, self.micros / 1000, self.micros % 1000 / 100)
    }
}

/// Whether bytes and milliseconds of the last frame are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrameStatsDisplay {
    #[default]
    Hidden,
    Shown,
}

/// What has been pressed of a sequence, and the count before it.
#[derive(Debug, Default)]
pub struct PendingKeys {
    pub keys: Vec<Key>,
    pub count: Option<usize>,
    /// Where the sequence is looked up, if not where the focus is.
    pub forced_context: Option<KeyContext>,
    /// How often in a row the user has asked to interrupt with nothing left to interrupt.
    pub interrupts: u8,
}
