//! The complete state of the program.

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
use super::settings::{RunMode, Settings};
use super::tags::TagPrompt;
use super::target::CorpusKind;
use super::text_field::TextField;
use super::view::View;
use super::viewport::{Extent, Paging};
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode};
use crate::domain::{BibField, Corpus, Marks, Paper, PaperId};
use crate::library::ChangeSet;
use crate::search::{Hits, SortKey, Stage};

/// Rows kept visible above and below the cursor of the list.
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

/// Derived parts of the state that are out of date with respect to hits and marks.
///
/// Set by [`State::set_hits`] and by changes to the anchor of the cursor or to the marks; read and
/// cleared by the refresh, once per update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stale {
    /// The rank of the cursor: its paper may have moved.
    pub cursor: bool,
    /// The counts of marks, tags and unread papers among the hits.
    pub mark_counts: bool,
}

/// The part of the screen that receives keys.
#[derive(Debug, Default)]
pub enum Mode {
    /// The focused pane, [`View::pane`].
    #[default]
    Panes,
    Filter,
    Command(TextField),
    Find(TextField),
    Popup(Popup),
    /// The prompt for a file or a command.
    Destination(DestinationPrompt),
    Tags(TagPrompt),
    Confirmation(Confirmation),
}

/// An action that waits for confirmation.
#[derive(Debug)]
pub struct Confirmation {
    pub question: String,
    pub action: ConfirmedAction,
}

/// The action to run if the user confirms.
#[derive(Debug)]
pub enum ConfirmedAction {
    Record(ChangeSet),
    /// Opens a web search, which sends the title of the paper to the search provider.
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
            mode: match settings.run_mode {
                RunMode::Browse => Mode::Panes,
                RunMode::Pick => Mode::Filter,
            },
            cite: CiteState::new(settings.style.clone()),
            library: LibraryState::default(),
            notices: Notices::default(),
            settings,
            stale: Stale::default(),
        };
        state.divide_screen();
        state
    }

    /// Recomputes the areas after a change of size, layout or focus.
    pub fn divide_screen(&mut self) {
        let view = &mut self.view;
        view.areas = divide_screen(
            view.width, view.height, view.layout_mode, view.pane, view.areas.dividers,
        );
    }

    /// Returns true if hits are still incomplete: papers were added, or abstracts are being
    /// searched.
    pub fn is_searching(&self) -> bool {
        let is_pending = match self.filter.stage {
            Stage::Partial | Stage::ReadingAbstracts => true,
            Stage::FindingSimilar => self.filter.hits.is_empty(),
            Stage::CountingFacets | Stage::Final => false,
        };
        let has_grown = self.load.searched.len < self.corpus.len();
        !self.filter.shows_all(&self.corpus) && (is_pending || has_grown)
    }

    /// Returns true if there are papers and the hits are final.
    pub fn has_results(&self) -> bool {
        !self.corpus.is_empty() && self.filter.has_final_hits(&self.corpus)
    }

    /// Returns true if the list is in its initial state for the user: hits final, cursor restored.
    pub fn is_session_restored(&self) -> bool {
        self.has_results() && self.library.session.is_restored()
    }

    /// Number of papers loaded so far, duplicates counted once.
    pub fn paper_count(&self) -> u32 {
        let count = self.corpus.paper_count();
        if !self.corpus.has_no_duplicates() {
            return count;
        }
        let repeats = self.load.duplicate_rows.partition_point(|it| *it < self.corpus.len());
        count.saturating_sub(repeats as u32)
    }

    /// Returns true if the hits are all papers, so that no search need count them.
    pub fn lists_all(&self) -> bool {
        let query = &self.filter.query;
        query.is_empty() && !query.hides_any(&self.filter.marks.snapshot)
    }

    pub fn hits(&self) -> &Hits {
        &self.filter.hits
    }

    /// Replaces the hits. The refresh then finds the paper of the cursor among them and recounts
    /// marks.
    pub fn set_hits(&mut self, hits: Hits) {
        self.filter.hits = hits;
        self.stale = Stale { cursor: true, mark_counts: true };
        self.selection.mark_hidden_stale();
    }

    /// Moves the cursor to the paper at the next refresh, with `rows_above` rows above it if given.
    pub fn anchor_cursor(&mut self, id: PaperId, rows_above: Option<usize>) {
        (self.list.anchor, self.list.rows_above) = (Some(id), rows_above);
        self.stale.cursor = true;
    }

    /// The extent of the list. Pages overlap by two rows, as in vim.
    pub fn list_extent(&self) -> Extent {
        let height = self.rows_from(self.list.viewport.top);
        let height_at_end = self.rows_at_end();
        let page = height.saturating_sub(2).max(1);
        Extent {
            len: self.hits().len(),
            height,
            height_at_end,
            page,
            scroll_off: LIST_SCROLL_OFF,
            paging: Paging::KeepsRow,
        }
    }

    pub fn basket_extent(&self) -> Extent {
        let len = self.library.basket.library_ids.len();
        Extent::new(len, self.view.areas.basket_rows().into())
    }

    /// The paper under the cursor of the list.
    pub fn current(&self) -> Option<(PaperId, Paper<'_>)> {
        let id = self.hits().get(self.list.viewport.cursor)?;
        Some((id, self.corpus.get(id)?))
    }

    /// The corpus that the ids of this kind index into.
    pub fn corpus_of(&self, of: CorpusKind) -> &Corpus {
        match of {
            CorpusKind::Screen => &self.corpus,
            CorpusKind::Basket => &self.library.basket.corpus,
        }
    }

    /// The marks of the papers in that corpus.
    pub fn marks_of(&self, of: CorpusKind) -> &Arc<Marks> {
        match of {
            CorpusKind::Screen => &self.library.marks,
            CorpusKind::Basket => &self.library.basket.marks,
        }
    }

    /// The paper that actions apply to: under the cursor of the basket if it is open, else of the
    /// list.
    pub fn target_paper(&self) -> Option<(PaperId, Paper<'_>)> {
        if self.view.pane != Pane::Basket {
            return self.current();
        }
        let id = PaperId(self.basket_row()? as u32);
        Some((id, self.library.basket.corpus.get(id)?))
    }

    /// The row under the cursor of the basket, if the basket is open.
    pub fn basket_row(&self) -> Option<usize> {
        let row = self.library.basket_viewport.cursor;
        let is_open = self.view.pane == Pane::Basket && row < self.library.basket.library_ids.len();
        is_open.then_some(row)
    }

    /// Returns true if enough papers were loaded since the last search to search again: any number
    /// below 65,536 papers, later an eighth of the corpus searched, so that loading a large source
    /// does not restart the search with every segment.
    pub fn is_search_due(&self) -> bool {
        const ALWAYS_SEARCH_BELOW: u32 = 1 << 16;
        let (papers, searched) = (self.corpus.len(), self.load.searched.len);
        let is_loading = self.load.phase == LoadPhase::Loading;
        let has_grown = papers > searched
            && (papers < ALWAYS_SEARCH_BELOW || !is_loading || papers - searched >= searched / 8);
        has_grown || self.load.searched.is_linked_since && !is_loading
    }

    /// Returns true if the pane receives keys.
    pub fn has_focus(&self, pane: Pane) -> bool {
        self.view.pane == pane && self.is_browsing()
    }

    /// The context in which keys are looked up.
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

    /// Returns true if a prompt has the focus, so that letters are text.
    pub fn has_prompt(&self) -> bool {
        let is_prompt = matches!(self.context(), KeyContext::Filter | KeyContext::Command);
        is_prompt && !matches!(self.mode, Mode::Confirmation(_))
    }

    /// Returns true if the key is text of the focused prompt, not a command.
    pub fn is_text(&self, key: Key) -> bool {
        let is_letter = matches!(key.code, KeyCode::Char(_)) && !key.ctrl && !key.alt;
        is_letter && self.has_prompt() && self.view.pending_keys.forced_context.is_none()
    }

    /// Returns true if keys go to the panes, not to a prompt or a popup.
    pub fn is_browsing(&self) -> bool {
        matches!(self.mode, Mode::Panes)
    }

    /// The ranks of the hits on the screen.
    pub fn rows(&self) -> std::ops::Range<usize> {
        let end = self.list.viewport.top.saturating_add(self.rows_from(self.list.viewport.top));
        self.list.viewport.top..end.min(self.hits().len())
    }

    /// Returns true if the list shows days as headings: it is sorted by them, and has room.
    pub fn has_day_headings(&self) -> bool {
        let areas = &self.view.areas;
        self.filter.order == SortKey::Listed && areas.list.height > 2 * areas.row_height
    }

    /// The day on which the source listed the paper with this rank; empty if it is not known.
    pub fn listed_day(&self, rank: usize) -> &str {
        let paper = self.hits().get(rank).and_then(|id| self.corpus.get(id));
        paper.map_or("", |paper| paper.field(BibField::Listed))
    }

    /// Returns true if a heading stands above the row with this rank: it is the first of its day.
    pub fn has_heading(&self, rank: usize) -> bool {
        let starts_day = || rank == 0 || self.listed_day(rank - 1) != self.listed_day(rank);
        self.has_day_headings() && starts_day()
    }

    /// Lines of the row with this rank, with the heading above it.
    fn row_lines(&self, rank: usize) -> usize {
        usize::from(self.view.areas.row_height.max(1)) + usize::from(self.has_heading(rank))
    }

    /// Number of rows that fit on the screen from this rank on, at least 1.
    fn rows_from(&self, top: usize) -> usize {
        if !self.has_day_headings() {
            return self.view.areas.list_rows();
        }
        self.fitting(top..self.hits().len())
    }

    /// Number of rows that fit on the screen when the last one is at its bottom, at least 1.
    fn rows_at_end(&self) -> usize {
        if !self.has_day_headings() {
            return self.view.areas.list_rows();
        }
        self.fitting((0..self.hits().len()).rev())
    }

    /// Number of rows with these ranks that fit on the screen together, at least 1.
    fn fitting(&self, ranks: impl Iterator<Item = usize>) -> usize {
        let lines = usize::from(self.view.areas.list.height);
        let ends = ranks.scan(0, |end, rank| {
            *end += self.row_lines(rank);
            Some(*end)
        });
        ends.take_while(|end| *end <= lines).count().max(1)
    }

    /// Moves the cursor of the list up to where it is visible, after the rows were scrolled up to
    /// headings that take the place of rows.
    pub fn raise_cursor_into_view(&mut self) {
        let extent = self.list_extent();
        let end = self.list.viewport.top.saturating_add(extent.height);
        if end < extent.len {
            let last = end.saturating_sub(extent.margin() + 1);
            self.list.viewport.cursor = self.list.viewport.cursor.min(last);
        }
    }

    /// Scrolls down until the cursor of the list is visible below the headings, which take lines
    /// that [`Viewport::scroll_to_cursor`](super::viewport::Viewport::scroll_to_cursor) does not
    /// know before it has scrolled.
    pub fn scroll_below_headings(&mut self) {
        let len = self.hits().len();
        while self.has_day_headings() && self.list.viewport.top < self.list.viewport.cursor {
            let Extent { height, .. } = self.list_extent();
            let wanted = self.list.viewport.cursor + self.list_extent().margin() + 1;
            if wanted.min(len) <= self.list.viewport.top + height {
                break;
            }
            self.list.viewport.top += 1;
        }
    }

    /// The rank of the row at a line of the list, from 0. A heading belongs to the row below it.
    pub fn rank_at_line(&self, line: usize) -> usize {
        if !self.has_day_headings() {
            let row_height = usize::from(self.view.areas.row_height.max(1));
            return self.list.viewport.top + line / row_height;
        }
        let mut end = 0;
        let mut rows = self.rows().skip_while(|rank| {
            end += self.row_lines(*rank);
            end <= line
        });
        rows.next().unwrap_or_else(|| self.hits().len())
    }
}
