//! The program without a terminal: keys in, screen out, every effect performed at once on this
//! thread. What is copied is kept instead of being sent anywhere.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::{loader, work};
use crate::app::{Effect, Event, Key, LinkShown, Outcome, Settings, State, update};
use crate::cite::CiteStyle;
use crate::search::Searcher;
use crate::sources::{Control, Opened, load};
use crate::ui;

pub struct Headless {
    state: State,
    searcher: Searcher,
    style: CiteStyle,
    copied: Vec<String>,
    opened: Vec<String>,
    outcome: Option<Outcome>,
}

impl Headless {
    /// The program at a screen of this size, with nothing loaded.
    pub fn new(settings: Settings, style: CiteStyle, width: u16, height: u16) -> Self {
        Self {
            state: State::new(Arc::new(settings), width, height),
            searcher: Searcher::default(),
            style,
            copied: Vec::new(),
            opened: Vec::new(),
            outcome: None,
        }
    }

    /// Loads the sources to their end.
    pub fn load(&mut self, opened: Vec<Opened>) {
        self.state.load.name = loader::name(&opened);
        load(opened, &Control::default(), &mut |it| self.feed(Event::Loading(it)));
    }

    /// Presses keys, until one of them ends the program.
    pub fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if self.outcome.is_none() {
                self.feed(Event::Key(*key));
            }
        }
    }

    /// Has an event happen, with all that follows from it.
    pub fn feed(&mut self, event: Event) {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            for effect in update(&mut self.state, event) {
                waiting.extend(self.perform(effect));
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Vec<Event> {
        let corpus = &self.state.corpus;
        match effect {
            Effect::Search(request) => {
                let mut answers = Vec::new();
                self.searcher
                    .answer(&request, &|| false, &mut |it| answers.push(Event::Matched(it)));
                answers
            }
            Effect::Fetch(id) => vec![work::fetch(corpus, id)],
            Effect::Sentences { ticket, papers, highlighter } => {
                vec![work::sentences(corpus, ticket, &papers, &highlighter)]
            }
            Effect::Copy { papers, form } => {
                let outcome = work::rendered(corpus, &papers, form, &self.style);
                vec![Event::Copied(outcome.map(|copy| {
                    let told = format!("{}, {} B kept", copy.what, copy.text.len());
                    self.copied.push(copy.text);
                    told
                }))]
            }
            Effect::Open { url } => {
                self.opened.push(url.clone());
                let why = "Without a terminal the link is shown, not opened.".to_owned();
                vec![Event::Opened(Err(LinkShown { url, why }))]
            }
            Effect::Wake => vec![Event::Woke],
            Effect::Reload => {
                vec![Event::Failed("Without a terminal nothing is read again.".to_owned())]
            }
            Effect::Quit(outcome) => {
                self.outcome = Some(outcome);
                Vec::new()
            }
            Effect::ShowCopy
            | Effect::PauseLoading
            | Effect::ResumeLoading
            | Effect::Remember(_)
            | Effect::Library(_)
            | Effect::Redraw
            | Effect::Suspend => Vec::new(),
        }
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// Everything that was copied, in order.
    pub fn copied(&self) -> &[String] {
        &self.copied
    }

    /// Every link that was to be opened, in order.
    pub fn opened(&self) -> &[String] {
        &self.opened
    }

    /// What the program ended with, if it has ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// The cells of the screen as they would be drawn now.
    pub fn cells(&self) -> Buffer {
        let view = &self.state.view;
        let drawn =
            Terminal::new(TestBackend::new(view.width, view.height)).and_then(|mut terminal| {
                terminal.draw(|frame| ui::draw(&self.state, frame))?;
                Ok(terminal.backend().buffer().clone())
            });
        drawn.unwrap_or_else(|never: Infallible| match never {})
    }

    /// The screen as text, a line a row, without blanks at the ends.
    pub fn screen(&self) -> String {
        let cells = self.cells();
        let mut screen = String::new();
        for row in cells.area.rows() {
            let mut line = String::new();
            let mut covered = 0;
            for x in row.left()..row.right() {
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = cells[(x, row.y)].symbol();
                covered = crate::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            screen.push_str(line.trim_end());
            screen.push('\n');
        }
        screen
    }
}
