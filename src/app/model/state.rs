//! Everything the screen shows.

use std::fmt;
use std::sync::Arc;

use super::facets::FacetPane;
use super::layout::{Areas, Arrangement, Pane, areas};
use super::notices::Notices;
use super::paper_text::Reading;
use super::popup_rows::{Overlay, Typing};
use super::selection::Selection;
use super::settings::Settings;
use super::tags::Tagging;
use super::text_field::Line;
use crate::app::action::keymap::Context;
use crate::app::input::key::Key;
use crate::app::update::citing::{Asking, Citing};
use crate::app::update::filter::{Filter, History};
use crate::app::update::library::Shelf;
use crate::app::update::list::List;
use crate::app::update::load::Load;
use crate::app::update::selection::Of;
use crate::domain::{Corpus, Marks, Paper, PaperId};
use crate::library::Act;
use crate::search::{Hits, Stage};

#[derive(Debug)]
pub struct State {
    pub corpus: Corpus,
    pub load: Load,
    pub filter: Filter,
    pub list: List,
    pub selection: Selection,
    pub view: View,
    pub mode: Mode,
    pub library: Shelf,
    pub citing: Citing,
    pub notices: Notices,
    pub settings: Arc<Settings>,
}

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

/// How TeX in titles and abstracts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tex {
    #[default]
    Readable,
    Raw,
}

/// Whether bytes and milliseconds of the last frame are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Meter {
    #[default]
    Hidden,
    Shown,
}

/// What the keys go to.
#[derive(Debug, Default)]
pub enum Mode {
    /// The pane in [`View::pane`].
    #[default]
    Panes,
    Filter,
    Command(Line),
    Find(Line),
    Overlay(Overlay),
    /// A file or a command is being named.
    Asking(Asking),
    Tags(Tagging),
    Question(Question),
}

/// Something that is done only when the reader says yes.
#[derive(Debug)]
pub struct Question {
    pub told: String,
    pub consent: Consent,
}

/// What follows from a yes.
#[derive(Debug)]
pub enum Consent {
    Record(Act),
    /// A search is opened, which sends a title to whoever answers it.
    Search {
        url: String,
    },
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

impl State {
    pub fn new(settings: Arc<Settings>, width: u16, height: u16) -> Self {
        let mut state = Self {
            corpus: Corpus::default(),
            load: Load::default(),
            filter: Filter::default(),
            list: List::default(),
            selection: Selection::default(),
            view: View { width, height, arrangement: settings.arrangement, ..View::default() },
            mode: Mode::Panes,
            citing: Citing::new(settings.style.clone()),
            library: Shelf::default(),
            notices: Notices::default(),
            settings,
        };
        state.divide();
        state
    }

    /// Divides the screen anew after its size, arrangement or focus has changed.
    pub fn divide(&mut self) {
        let view = &mut self.view;
        view.areas = areas(view.width, view.height, view.arrangement, view.pane);
    }

    /// Whether hits are still to be found, among papers that have come or in abstracts.
    pub fn is_searching(&self) -> bool {
        let is_pending = matches!(self.filter.stage, Stage::Partial | Stage::Abstracts);
        let has_grown = self.load.searched.len < self.corpus.len();
        !self.filter.shows_all(&self.corpus) && (is_pending || has_grown)
    }

    /// Whether there are papers, and those that are asked for.
    pub fn is_listed(&self) -> bool {
        !self.corpus.is_empty() && self.filter.is_answered(&self.corpus)
    }

    /// Whether the list stands as the reader is to find it at the start: with the cursor where it was
    /// left.
    pub fn is_begun(&self) -> bool {
        self.is_listed() && self.library.keeping.is_back()
    }

    /// How many papers have come, each counted once.
    pub fn paper_count(&self) -> u32 {
        crate::app::update::load::paper_count(self)
    }

    /// Whether the hits are all papers, so that no matcher need count them.
    pub fn lists_all(&self) -> bool {
        let query = &self.filter.query;
        query.is_empty() && !query.leaves_out_any(&self.filter.marks.asked)
    }

    pub fn hits(&self) -> &Hits {
        &self.filter.hits
    }

    /// The paper under the cursor.
    pub fn current(&self) -> Option<(PaperId, Paper<'_>)> {
        let id = self.hits().get(self.list.cursor)?;
        Some((id, self.corpus.get(id)?))
    }

    /// The corpus that numbers papers so.
    pub fn corpus_of(&self, of: Of) -> &Corpus {
        match of {
            Of::Corpus => &self.corpus,
            Of::Basket => &self.library.basket.corpus,
        }
    }

    /// What the papers of that corpus are marked with.
    pub fn marks_of(&self, of: Of) -> &Arc<Marks> {
        match of {
            Of::Corpus => &self.library.marks,
            Of::Basket => &self.library.basket.marks,
        }
    }

    /// The paper that keys are about: under the cursor of the basket where that is open, else of
    /// the list.
    pub fn pointed(&self) -> Option<(PaperId, Paper<'_>)> {
        if self.view.pane != Pane::Basket {
            return self.current();
        }
        let id = PaperId(crate::app::update::basket::row(self)? as u32);
        Some((id, self.library.basket.corpus.get(id)?))
    }

    /// Where keys are looked up.
    pub fn context(&self) -> Context {
        match (&self.mode, self.view.pane) {
            (Mode::Filter, _) => Context::Filter,
            (
                Mode::Command(_)
                | Mode::Find(_)
                | Mode::Tags(_)
                | Mode::Question(_)
                | Mode::Asking(_),
                _,
            ) => Context::Command,
            (Mode::Overlay(it), _) if it.typing == Typing::Typed => Context::Command,
            (Mode::Overlay(_), _) => Context::Overlay,
            (Mode::Panes, Pane::List) => Context::List,
            (Mode::Panes, Pane::Detail) => Context::Detail,
            (Mode::Panes, Pane::Facets) => Context::Facets,
            (Mode::Panes, Pane::Reader) => Context::Reader,
            (Mode::Panes, Pane::Triage) => Context::Triage,
            (Mode::Panes, Pane::Basket) => Context::Basket,
        }
    }

    /// Whether keys go to the panes, and not to a line or an overlay.
    pub fn is_browsing(&self) -> bool {
        matches!(self.mode, Mode::Panes)
    }

    /// The ranks of the hits on the screen.
    pub fn rows(&self) -> std::ops::Range<usize> {
        let end = self.list.top.saturating_add(self.view.areas.list_rows());
        self.list.top..end.min(self.hits().len())
    }
}
