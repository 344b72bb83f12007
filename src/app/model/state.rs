//! Everything the screen shows.

use std::sync::Arc;

use super::citing::{Asking, Citing};
use super::filter::Filter;
use super::layout::{Pane, areas};
use super::library::Shelf;
use super::list::List;
use super::load::{Load, Phase};
use super::notices::Notices;
use super::popup::{Overlay, Typing};
use super::selection::Selection;
use super::settings::Settings;
use super::tags::Tagging;
use super::target::Of;
use super::text_field::Line;
use super::view::View;
use crate::app::input::context::Context;
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
        let count = self.corpus.paper_count();
        if !self.corpus.is_plain() {
            return count;
        }
        let repeats = self.load.repeats.partition_point(|it| *it < self.corpus.len());
        count.saturating_sub(repeats as u32)
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
        let id = PaperId(self.basket_row()? as u32);
        Some((id, self.library.basket.corpus.get(id)?))
    }

    /// The row of the basket under the cursor, while the basket is open.
    pub fn basket_row(&self) -> Option<usize> {
        let row = self.library.basket_pane.cursor;
        let is_open = self.view.pane == Pane::Basket && row < self.library.basket.kept.len();
        is_open.then_some(row)
    }

    /// Returns true if enough papers have come since the last search for another.
    pub fn is_search_due(&self) -> bool {
        const FEW: u32 = 1 << 16;
        let (papers, asked) = (self.corpus.len(), self.load.searched.len);
        let is_loading = self.load.phase == Phase::Loading;
        let has_grown =
            papers > asked && (papers < FEW || !is_loading || papers - asked >= asked / 8);
        has_grown || self.load.searched.is_linked_since && !is_loading
    }

    /// Whether keys go to this pane.
    pub fn has_focus(&self, pane: Pane) -> bool {
        self.view.pane == pane && self.is_browsing()
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
