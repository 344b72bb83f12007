//! TODO header.

use super::facets::FacetPane;
use super::filter::History;
use super::layout::{Areas, Arrangement, Pane};
use super::paper_text::{Reading, Tex};
use crate::app::input::context::Context;
use crate::app::input::key::Key;
use std::fmt;

/// How the screen is divided, and what of it is laid out or scrolled.
#[derive(Debug, Default)]
pub struct View {
    pub width: u16,
    pub height: u16,
    pub arrangement: Arrangement,
    pub pane: Pane,
    pub areas: Areas,
    /// The paper in the detail pane or the reader, laid out.
    pub reading: Option<Reading>,
    pub facets: FacetPane,
    pub tex: Tex,
    pub meter: Meter,
    /// What the last frame cost.
    pub frame: Frame,
    /// Commands typed before.
    pub commands: History,
    pub pressed: Pressed,
}

/// What a frame cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    pub bytes: usize,
    pub micros: u64,
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} B, {}.{} ms", self.bytes, self.micros / 1000, self.micros % 1000 / 100)
    }
}

/// Whether bytes and milliseconds of the last frame are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meter {
    #[default]
    Hidden,
    Shown,
}

/// What has been pressed of a sequence, and the count before it.
#[derive(Debug, Default)]
pub struct Pressed {
    pub keys: Vec<Key>,
    pub count: Option<usize>,
    /// Where the sequence is looked up, if not where the focus is.
    pub context: Option<Context>,
    /// How often in a row the user has asked to interrupt with nothing left to interrupt.
    pub interrupts: u8,
}
