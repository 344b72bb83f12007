//! Layout, focus and pending keys of the screen.

use super::facets::FacetPane;
use super::filter::History;
use super::layout::{Areas, LayoutMode, Pane};
use super::paper_text::{PaperText, TexDisplay};
use crate::app::input::context::KeyContext;
use crate::app::input::key::Key;
use std::fmt;

/// Layout and focus of the screen, with the state of its panes.
#[derive(Debug, Default)]
pub struct View {
    pub width: u16,
    pub height: u16,
    pub layout_mode: LayoutMode,
    pub pane: Pane,
    pub areas: Areas,
    /// The laid-out paper in the detail pane or the reader.
    pub paper_text: Option<PaperText>,
    pub facets: FacetPane,
    pub tex_display: TexDisplay,
    pub frame_stats_display: FrameStatsDisplay,
    /// The cost of the last frame.
    pub frame_stats: FrameStats,
    pub histories: PromptHistories,
    pub pending_keys: PendingKeys,
}

/// Earlier texts of the prompts other than the filter, and the files that complete the current text.
#[derive(Debug, Default)]
pub struct PromptHistories {
    pub command: History,
    pub find: History,
    /// Texts of the tag prompt.
    pub tags: History,
    /// Files exported to.
    pub file: History,
    /// Commands piped to.
    pub pipe: History,
    /// The file names that the last completion has found, if there are several.
    pub completions: Vec<String>,
}

/// The cost of drawing a frame.
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

/// Visibility of the cost of the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrameStatsDisplay {
    #[default]
    Hidden,
    Shown,
}

/// The pending keys of a sequence, and the count typed before it.
#[derive(Debug, Default)]
pub struct PendingKeys {
    pub keys: Vec<Key>,
    pub count: Option<usize>,
    /// The context for the sequence, if other than the focused one.
    pub forced_context: Option<KeyContext>,
    /// Number of consecutive interrupts that had nothing to interrupt.
    pub interrupts: u8,
}
