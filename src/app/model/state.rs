//! Everything the screen shows.

use std::sync::Arc;

use super::citing::{CiteState, DestinationPrompt};
use super::filter::Filter;
use super::layout::{Pane, divide_screen};
use super::library::LibraryState;
use super::list::ResultList;
use super::load::{LoadPhase, LoadState};
use super::notices::Notices;
use super::popup::{Popup, PopupFocus};
use super::selection::Selection;
use super::settings::Settings;
use super::tags::TagPrompt;
use super::target::CorpusKind;
use super::text_field::TextField;
use super::view::View;
use super::viewport::{Extent, Paging};
use crate::app::input::context::KeyContext;
use crate::domain::{Corpus, Marks, Paper, PaperId};
use crate::library::ChangeSet;
use crate::search::{Hits, Stage};

/// Rows of the list kept in sight above and below the cursor.
const LIST_SCROLL_OFF: usize = 1;

#[derive(Debug)]
pub struct State {
    pub corpus: Corpus,
    pub load: LoadState,
    pub filter: Filter,
    pub list: ResultList,
    pub selection: Selection,
    pub view: View,
    pub mode: Mode,
    pub library: LibraryState,
    pub cite: CiteState,
    pub notices: Notices,
    pub settings: Arc<Settings>,
    pub stale: Stale,
}

/// Derived parts of the state that the end of the update must bring in step with the hits.
///
/// Set by [`State::set_hits`] and by what changes the anchor of the cursor or the marks; read and
/// cleared by the refresh, once an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stale {
    /// The rank of the cursor: its paper may have another.
    pub cursor: bool,
    /// The marks, the tags and the unread papers among the hits.
    pub mark_counts: bool,
}

/// The part of the screen that takes the keys.
#[derive(Debug, Default)]
pub enum Mode {
    /// The pane in [`View::pane`].
    #[default]
    Panes,
    Filter,
    Command(TextField),
    Find(TextField),
    Popup(Popup),
    /// A file or a command is being named.
    Destination(DestinationPrompt),
    Tags(TagPrompt),
    Confirmation(Confirmation),
}

/// Something that is done only when the reader says yes.
#[derive(Debug)]
pub struct Confirmation {
    pub question: String,
    pub action: ConfirmedAction,
}

/// What follows from a yes.
#[derive(Debug)]
pub enum ConfirmedAction {
    Record(ChangeSet),
    /// A search is opened, which sends a title to whoever answers it.
    Search {
        url: String,
    },
}

impl State {
    pub fn new(settings: Arc<Settings>, width: u16, height: u16) -> Self {
        let mut state = Self {
            corpus: Corpus::default(),
            load: LoadState::default(),
            filter: Filter::default(),
            list: ResultList::default(),
            selection: Selection::default(),
            view: View { width, height, layout_mode: settings.layout_mode, ..View::default() },
            mode: Mode::Panes,
            cite: CiteState::new(settings.style.clone()),
            library: LibraryState::default(),
            notices: Notices::default(),
            settings,
            stale: Stale::default(),
        };
        state.divide_screen();
        state
    }

    /// Divides the screen anew after its size, arrangement or focus has changed.
    pub fn divide_screen(&mut self) {
        let view = &mut self.view;
        view.areas = divide_screen(view.width, view.height, view.layout_mode, view.pane);
    }

    /// Whether hits are still to be found, among papers that have come or in abstracts.
    pub fn is_searching(&self) -> bool {
        let is_pending = matches!(self.filter.stage, Stage::Partial | Stage::ReadingAbstracts);
        let has_grown = self.load.searched.len < self.corpus.len();
        !self.filter.shows_all(&self.corpus) && (is_pending || has_grown)
    }

    /// Whether there are papers, and those that are asked for.
    pub fn has_results(&self) -> bool {
        !self.corpus.is_empty() && self.filter.has_final_hits(&self.corpus)
    }

    /// Whether the list stands as the reader is to find it at the start: with the cursor where it was
    /// left.
    pub fn is_session_restored(&self) -> bool {
        self.has_results() && self.library.session.is_restored()
    }

    /// How many papers have come, each counted once.
    pub fn paper_count(&self) -> u32 {
        let count = self.corpus.paper_count();
        if !self.corpus.has_no_duplicates() {
            return count;
        }
        let repeats = self.load.duplicate_rows.partition_point(|it| *it < self.corpus.len());
        count.saturating_sub(repeats as u32)
    }

    /// Whether the hits are all papers, so that no matcher need count them.
    pub fn lists_all(&self) -> bool {
        let query = &self.filter.query;
        query.is_empty() && !query.hides_any(&self.filter.marks.snapshot)
    }

    pub fn hits(&self) -> &Hits {
        &self.filter.hits
    }

    /// Shows other hits. The refresh finds the paper of the cursor among them and counts them.
    pub fn set_hits(&mut self, hits: Hits) {
        self.filter.hits = hits;
        self.stale = Stale { cursor: true, mark_counts: true };
        self.selection.mark_hidden_stale();
    }

    /// Has the refresh put the cursor on the paper, with so many rows above it if they are given.
    pub fn anchor_cursor(&mut self, id: PaperId, rows_above: Option<usize>) {
        (self.list.anchor, self.list.rows_above) = (Some(id), rows_above);
        self.stale.cursor = true;
    }

    /// The extent of the list. Two rows stay in sight from page to page, as in vim.
    pub fn list_extent(&self) -> Extent {
        let height = self.view.areas.list_rows();
        let page = height.saturating_sub(2).max(1);
        Extent {
            len: self.hits().len(),
            height,
            page,
            scroll_off: LIST_SCROLL_OFF,
            paging: Paging::KeepsRow,
        }
    }

    pub fn basket_extent(&self) -> Extent {
        let len = self.library.basket.library_ids.len();
        Extent::new(len, self.view.areas.basket_rows().into())
    }

    /// The paper under the cursor.
    pub fn current(&self) -> Option<(PaperId, Paper<'_>)> {
        let id = self.hits().get(self.list.viewport.cursor)?;
        Some((id, self.corpus.get(id)?))
    }

    /// The corpus that numbers papers so.
    pub fn corpus_of(&self, of: CorpusKind) -> &Corpus {
        match of {
            CorpusKind::Screen => &self.corpus,
            CorpusKind::Basket => &self.library.basket.corpus,
        }
    }

    /// What the papers of that corpus are marked with.
    pub fn marks_of(&self, of: CorpusKind) -> &Arc<Marks> {
        match of {
            CorpusKind::Screen => &self.library.marks,
            CorpusKind::Basket => &self.library.basket.marks,
        }
    }

    /// The paper that keys are about: under the cursor of the basket where that is open, else of
    /// the list.
    pub fn target_paper(&self) -> Option<(PaperId, Paper<'_>)> {
        if self.view.pane != Pane::Basket {
            return self.current();
        }
        let id = PaperId(self.basket_row()? as u32);
        Some((id, self.library.basket.corpus.get(id)?))
    }

    /// The row of the basket under the cursor, while the basket is open.
    pub fn basket_row(&self) -> Option<usize> {
        let row = self.library.basket_viewport.cursor;
        let is_open = self.view.pane == Pane::Basket && row < self.library.basket.library_ids.len();
        is_open.then_some(row)
    }

    /// Returns true if enough papers have come since the last search for another.
    pub fn is_search_due(&self) -> bool {
        const ALWAYS_SEARCH_BELOW: u32 = 1 << 16;
        let (papers, asked) = (self.corpus.len(), self.load.searched.len);
        let is_loading = self.load.phase == LoadPhase::Loading;
        let has_grown = papers > asked
            && (papers < ALWAYS_SEARCH_BELOW || !is_loading || papers - asked >= asked / 8);
        has_grown || self.load.searched.is_linked_since && !is_loading
    }

    /// Whether keys go to this pane.
    pub fn has_focus(&self, pane: Pane) -> bool {
        self.view.pane == pane && self.is_browsing()
    }

    /// Where keys are looked up.
    pub fn context(&self) -> KeyContext {
        match (&self.mode, self.view.pane) {
            (Mode::Filter, _) => KeyContext::Filter,
            (
                Mode::Command(_)
                | Mode::Find(_)
                | Mode::Tags(_)
                | Mode::Confirmation(_)
                | Mode::Destination(_),
                _,
            ) => KeyContext::Command,
            (Mode::Popup(it), _) if it.focus == PopupFocus::FilterField => KeyContext::Command,
            (Mode::Popup(_), _) => KeyContext::Overlay,
            (Mode::Panes, Pane::List) => KeyContext::List,
            (Mode::Panes, Pane::Detail) => KeyContext::Detail,
            (Mode::Panes, Pane::Facets) => KeyContext::Facets,
            (Mode::Panes, Pane::Reader) => KeyContext::Reader,
            (Mode::Panes, Pane::Triage) => KeyContext::Triage,
            (Mode::Panes, Pane::Basket) => KeyContext::Basket,
        }
    }

    /// Whether keys go to the panes, and not to a line or an overlay.
    pub fn is_browsing(&self) -> bool {
        matches!(self.mode, Mode::Panes)
    }

    /// The ranks of the hits on the screen.
    pub fn rows(&self) -> std::ops::Range<usize> {
        let end = self.list.viewport.top.saturating_add(self.view.areas.list_rows());
        self.list.viewport.top..end.min(self.hits().len())
    }
}
