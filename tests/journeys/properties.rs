//! Arbitrary events on screens of any size: no panic, a cursor within the hits, clean text.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use offprint::app::model::popup_rows::popup_rows;
use offprint::app::{
    Effect, Event, FrameStats, HighlightedSnippet, Key, KeyCode, Mode, Pane, Settings, State,
    UnopenedLink, update,
};
use offprint::cite::CiteOptions;
use offprint::domain::{Deduplicator, Draft, PaperId, Segment};
use offprint::formats::Defect;
use offprint::library::SavedSearch;
use offprint::search::{Facets, Hits, QueryId, Response, Searcher, Stage};
use offprint::shell::Headless;
use offprint::sources::LoadEvent;
use offprint::ui;
use proptest::collection::vec;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::support::corpus::segment;

/// An event to generate, independent of the state of the program.
#[derive(Debug, Clone)]
enum Step {
    Key(Key),
    Paste(String),
    Filter(String),
    Resize(u16, u16),
    Papers(Vec<Draft>),
    Progress(u64, Option<u64>),
    Defect(String),
    Done,
    Broke(String),
    Woke,
    /// Delivers one of the pending responses, not always the oldest.
    Arrive(usize),
    /// A response to an outdated query.
    Stale(u64, u32),
    Abstract(u32, String),
    Sentence(u32, String),
    Receipt(Result<String, String>),
    Link(String),
}

fn key() -> impl Strategy<Value = Key> {
    let bound = "jkhlgGvVyYtbnNaxdipmuUoOfsSTRZQqzHML/:?=!J K12345670eE|A";
    let letters: Vec<char> = bound.chars().collect();
    let plain = proptest::sample::select(letters.clone()).prop_map(Key::char);
    let control = proptest::sample::select(letters).prop_map(|c| Key::ctrl(c.to_ascii_lowercase()));
    let named = proptest::sample::select(vec![
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::F(1),
    ]);
    let unusual = (any::<char>(), any::<bool>(), any::<bool>()).prop_map(|(c, ctrl, alt)| Key {
        ctrl,
        alt,
        ..Key::char(c)
    });
    let modified = (named.clone(), any::<bool>(), any::<bool>(), any::<bool>())
        .prop_map(|(code, ctrl, alt, shift)| Key { code, ctrl, alt, shift });
    prop_oneof![6 => plain, 2 => control, 4 => named.prop_map(Key::plain), 1 => unusual, 1 => modified]
}

fn text() -> impl Strategy<Value = String> {
    let known = proptest::sample::select(vec![
        "Na\\\"ive $\\alpha_2$ graphs",
        "漢字の記憶",
        "e\u{301}le\u{301}phants",
        "a\u{1b}[31mred\u{7}\u{202e}",
        "author:moss year:2019..2021 !cat:cs.LG",
        "'the ^a b$ | /(x+)+y/ \"c d\" OR id:",
        "https://arxiv.org/abs/2401.00001v3",
        "",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => any::<String>(), 1 => "[a-z ]{0,12}"]
}

fn draft() -> impl Strategy<Value = Draft> {
    // Few different identifiers, so that duplicates occur.
    let doi =
        proptest::option::weighted(0.3, "10\\.1000/[a-f]").prop_map(Option::unwrap_or_default);
    let year = proptest::option::of(any::<i16>());
    let facts = (year, "[a-z.]{0,8}", text(), "[0-9./a-z]{0,12}", doi);
    (text(), vec(text(), 0..4), text(), facts).prop_map(|(title, authors, abstract_text, facts)| {
        let (year, categories, venue, arxiv, doi) = facts;
        let rest = Draft { categories, venue, arxiv, doi, ..Draft::default() };
        Draft { title, authors, abstract_text, year, ..rest }
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        24 => key().prop_map(Step::Key),
        2 => text().prop_map(Step::Paste),
        1 => text().prop_map(Step::Filter),
        3 => (0..=250u16, 0..=80u16).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => (0..=12u16, 0..=6u16).prop_map(|(width, height)| Step::Resize(width, height)),
        2 => vec(draft(), 0..40).prop_map(Step::Papers),
        1 => (0..1u64 << 50, proptest::option::of(0..1u64 << 50)).prop_map(|(read, all)| Step::Progress(read, all)),
        1 => text().prop_map(Step::Defect),
        1 => Just(Step::Done),
        1 => text().prop_map(Step::Broke),
        1 => Just(Step::Woke),
        8 => any::<usize>().prop_map(Step::Arrive),
        1 => (1..9u64, 0..9u32).prop_map(|(age, papers)| Step::Stale(age, papers)),
        1 => (0..50u32, text()).prop_map(|(id, text)| Step::Abstract(id, text)),
        1 => (0..50u32, text()).prop_map(|(id, text)| Step::Sentence(id, text)),
        1 => proptest::result::maybe_ok(text(), text()).prop_map(Step::Receipt),
        1 => text().prop_map(Step::Link),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let papers = vec(draft(), 1..40).prop_map(Step::Papers);
    (papers, vec(step(), 0..60)).prop_map(|(first, rest)| [vec![first], rest].concat())
}

/// A response to a query that is `age` queries old.
fn stale(state: &State, age: u64, papers: u32) -> Event {
    Event::SearchResponse(Response {
        query_id: QueryId(state.filter.query_id.0.wrapping_sub(age)),
        hits: Hits::AllInOrder(papers),
        searched_papers: papers,
        facets: Some(Arc::new(Facets { years: vec![(2000, papers)], ..Facets::default() })),
        corrections: vec!["nothing".to_owned()],
        similar: Arc::default(),
        references: None,
        stage: Stage::Final,
    })
}

#[test]
fn a_final_answer_is_not_taken_back_by_an_earlier_one() {
    for stage in [Stage::Partial, Stage::ReadingAbstracts] {
        let mut state = State::new(Arc::new(Settings::default()), 120, 36);
        let (settled, early) = (stale(&state, 0, 0), stale(&state, 0, 1));
        let _ = update(&mut state, settled);
        let Event::SearchResponse(answer) = early else { unreachable!() };
        let _ = update(&mut state, Event::SearchResponse(Response { stage, ..answer }));
        assert_eq!((state.filter.stage, state.hits().len()), (Stage::Final, 0), "{stage:?}");
    }
}

/// The event of a step, or `None` if the step delivers a pending response.
fn event(state: &State, step: Step) -> Option<Event> {
    Some(match step {
        Step::Key(key) => Event::Key(key),
        Step::Paste(text) => Event::Paste(text),
        Step::Filter(text) => Event::InitialSearch(SavedSearch::from_query(&text)),
        Step::Resize(width, height) => Event::Resize { width, height },
        Step::Papers(drafts) => Event::Load(LoadEvent::Segment(segment(&drafts))),
        Step::Progress(bytes, total) => {
            Event::Load(LoadEvent::Progress { bytes, total, papers: state.corpus.len() })
        }
        Step::Defect(reason) => {
            Event::Load(LoadEvent::Defect(Defect { source: "x".into(), ..Defect::new(1, reason) }))
        }
        Step::Done => Event::Load(LoadEvent::Done),
        Step::Broke(why) => Event::Load(LoadEvent::Failed(why)),
        Step::Woke => Event::WakeUp,
        Step::Arrive(_) => return None,
        Step::Stale(age, papers) => stale(state, age, papers),
        Step::Abstract(id, text) => {
            Event::Abstract { id: PaperId(id), abstract_text: Ok(Arc::from(text)) }
        }
        Step::Sentence(id, text) => {
            let highlights = text.char_indices().take(1).map(|(at, c)| at..at + c.len_utf8());
            let passage = HighlightedSnippet { highlights: highlights.collect(), text };
            Event::Snippets { query_id: state.filter.query_id, found: vec![(PaperId(id), passage)] }
        }
        Step::Receipt(receipt) => Event::CopyResult(receipt),
        Step::Link(url) => Event::OpenResult(Err(UnopenedLink { reason: url.clone(), url })),
    })
}

/// Returns true if the event would export papers to a file or pipe them to a command. `Headless`
/// does both for real.
fn leaves_the_program(state: &State, event: &Event) -> bool {
    let is_enter = matches!(event, Event::Key(Key { code: KeyCode::Enter, .. }));
    is_enter && matches!(state.mode, Mode::Destination(_))
}

/// Draws the screen at a size that may differ from the one in the state.
fn drawn(state: &State, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| ui::draw(state, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn screen(state: &State) -> Buffer {
    drawn(state, state.view.width, state.view.height)
}

fn check(state: &State) {
    let (list, hits) = (&state.list, state.hits().len());
    assert!(list.viewport.cursor < hits.max(1), "cursor at {} of {hits}", list.viewport.cursor);
    assert!(
        list.viewport.top <= list.viewport.cursor,
        "top at {}, cursor at {}",
        list.viewport.top,
        list.viewport.cursor
    );
    assert!(
        list.viewport.cursor < list.viewport.top + state.view.areas.list_rows().max(1),
        "cursor out of sight"
    );
    if let Mode::Popup(overlay) = &state.mode {
        assert!(
            overlay.viewport.cursor < popup_rows(state, overlay).len().max(1),
            "beyond the last row"
        );
        assert!(
            overlay.viewport.top <= overlay.viewport.cursor,
            "the row under the cursor is above the overlay"
        );
    }
    if let Some(reading) = &state.view.paper_text {
        assert!(reading.top < reading.lines.len().max(1), "read beyond the last line");
    }
    let selected = state.selection.papers();
    assert_eq!(selected.iter().collect::<HashSet<_>>().len(), selected.len(), "selected twice");
    assert!(state.selection.hidden <= selected.len());
    for cell in screen(state).content() {
        assert!(!cell.symbol().contains(char::is_control), "{:?}", cell.symbol());
    }
    drawn(state, state.view.width / 2, state.view.height / 2);
    drawn(state, state.view.width + 3, state.view.height + 3);
}

/// The program with responses that arrive only when a step delivers them.
struct Scattered {
    state: State,
    searcher: Searcher,
    under_way: VecDeque<Event>,
    loaded: Vec<Arc<Segment>>,
    linker: Deduplicator,
    has_quit: bool,
}

impl Scattered {
    fn new() -> Self {
        Self {
            state: State::new(Arc::new(Settings::default()), 120, 36),
            searcher: Searcher::default(),
            under_way: VecDeque::new(),
            loaded: Vec::new(),
            linker: Deduplicator::default(),
            has_quit: false,
        }
    }

    fn take(&mut self, step: Step) {
        let event = match step {
            Step::Arrive(which) if !self.under_way.is_empty() => {
                self.under_way.remove(which % self.under_way.len())
            }
            step => event(&self.state, step),
        };
        if let Some(event) = event {
            self.happen(event);
        }
    }

    fn happen(&mut self, event: Event) {
        if let Event::Load(LoadEvent::Segment(segment)) = &event {
            self.loaded.push(Arc::clone(segment));
            if let Some(overlay) = self.linker.add_segment(segment) {
                self.happen(Event::Load(LoadEvent::Duplicates(overlay)));
            }
        }
        for effect in update(&mut self.state, event) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Search(request) => {
                let mut post = |answer| self.under_way.push_back(Event::SearchResponse(answer));
                self.searcher.search(&request, &|| false, &mut post);
            }
            Effect::FetchAbstract(id) => {
                let text = self.state.corpus.abstract_text(id).unwrap_or_default();
                self.under_way
                    .push_back(Event::Abstract { id, abstract_text: Ok(Arc::from(text)) });
            }
            Effect::ScheduleWakeUp => self.under_way.push_back(Event::WakeUp),
            Effect::Reload => {
                self.happen(Event::LoadRestart);
                self.linker = Deduplicator::default();
                let again = std::mem::take(&mut self.loaded).into_iter().map(LoadEvent::Segment);
                self.under_way.extend(again.chain([LoadEvent::Done]).map(Event::Load));
            }
            Effect::Quit(_) => self.has_quit = true,
            Effect::Redraw => {
                let frame = FrameStats { bytes: 1, micros: 1 };
                self.under_way.push_back(Event::FrameStats(frame));
            }
            _ => {}
        }
    }
}

#[test]
fn the_cursor_stays_on_a_menu_whose_rows_become_fewer() {
    let mut program = Headless::new(Settings::default(), CiteOptions::default(), 120, 36);
    let papers = ["On maps", "On rivers"];
    let drafts = papers.map(|title| Draft { title: title.into(), ..Draft::default() });
    program.feed(Event::Load(LoadEvent::Segment(segment(&drafts))));
    for letter in ['E', 'G'] {
        program.feed(Event::Key(Key::char(letter)));
    }
    // A scope of all papers must not include papers that the filter excludes.
    program.feed(Event::InitialSearch(SavedSearch::from_query("no such word")));
    check(program.state());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_happens_the_screen_can_be_drawn_and_the_cursor_is_on_a_hit(steps in steps()) {
        let mut program = Headless::new(Settings::default(), CiteOptions::default(), 120, 36);
        for step in steps {
            if let Some(event) = event(program.state(), step)
                && !leaves_the_program(program.state(), &event)
            {
                program.feed(event);
                check(program.state());
            }
        }
        for copy in program.copied() {
            prop_assert!(!copy.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
        }
    }

    #[test]
    fn answers_may_arrive_late_and_in_any_order(steps in steps()) {
        let mut program = Scattered::new();
        for step in steps {
            program.take(step);
            check(&program.state);
        }
        while let Some(event) = program.under_way.pop_front() {
            program.happen(event);
            check(&program.state);
        }
        // Every response has arrived, so the hits are final.
        prop_assert!(program.state.filter.stage == Stage::Final);
        prop_assert!(program.state.hits().len() <= program.state.corpus.paper_count() as usize);
    }

    #[test]
    fn an_answer_to_an_old_question_changes_nothing_on_the_screen(
        steps in steps(), age in 1..9u64, papers in 0..9u32,
    ) {
        let mut program = Scattered::new();
        for step in steps {
            program.take(step);
        }
        let before = screen(&program.state);
        let event = stale(&program.state, age, papers);
        program.happen(event);
        prop_assert_eq!(screen(&program.state), before);
    }

    #[test]
    fn esc_puts_everything_away_and_never_quits(steps in steps()) {
        let mut program = Scattered::new();
        for step in steps {
            program.take(step);
        }
        program.has_quit = false;
        for _ in 0..8 {
            program.happen(Event::Key(Key::plain(KeyCode::Esc)));
        }
        prop_assert!(!program.has_quit);
        let state = &program.state;
        prop_assert!(matches!(state.mode, Mode::Panes) && state.view.pane == Pane::List);
        prop_assert!(state.selection.is_empty() && state.filter.field.is_empty());
        prop_assert!(state.view.pending_keys.keys.is_empty() && state.view.pending_keys.count.is_none());
    }
}
