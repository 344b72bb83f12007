//! The program without a terminal: keys in, screen out, every effect performed at once on this
//! thread. What is copied is kept instead of being sent anywhere.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::jobs::{cite, open_link};
use super::queries;
use super::workers::loader;
use crate::app::{Effect, Event, Key, LinkShown, Outcome, Settings, State, Written, update};
use crate::cite::CiteStyle;
use crate::domain::KeyPattern;
use crate::library::{Desk, GivenKey, News, Standing, Task};
use crate::search::Searcher;
use crate::sources::{Cache, Control, Opened, load_all};
use crate::ui;

pub struct Headless {
    state: State,
    searcher: Searcher,
    style: CiteStyle,
    copied: Vec<String>,
    opened: Vec<String>,
    outcome: Option<Outcome>,
    desk: Option<Desk>,
    /// The time, which passes only when it is told to.
    clock: Duration,
    /// What will be written as the next note.
    note: Option<String>,
    keeping: Keeping,
}

/// A watch on whether what is done to papers outlasts the run, as it should where a library was
/// named.
#[derive(Debug, Default)]
struct Keeping {
    is_wanted: bool,
    /// The reason why nothing can be kept.
    obstacle: Option<String>,
    /// The reason why something was not kept.
    lost: Option<String>,
}

impl Keeping {
    fn hear(&mut self, news: &News) {
        if !self.is_wanted {
            return;
        }
        match news {
            News::Opened(opening) => self.stand(&opening.standing),
            News::Stands(standing) => self.stand(standing),
            News::Failed(why) => self.lose(why),
            News::Done(_) => self.note_act(),
            _ => {}
        }
    }

    fn stand(&mut self, standing: &Standing) {
        self.obstacle = match standing {
            Standing::Kept | Standing::Warned(_) => None,
            Standing::ThisRun(why) => Some(why.clone()),
            Standing::Stopped => Some("the library has stopped".to_owned()),
        };
    }

    /// Something was done that is kept nowhere if there is an obstacle.
    fn note_act(&mut self) {
        if let Some(why) = self.obstacle.clone().filter(|_| self.is_wanted) {
            self.lose(&why);
        }
    }

    fn lose(&mut self, why: &str) {
        self.lost.get_or_insert_with(|| why.to_owned());
    }
}

impl Headless {
    /// The program at a screen of this size, with nothing loaded.
    pub fn new(settings: Settings, style: CiteStyle, width: u16, height: u16) -> Self {
        // The library tells the screen of keys, and they hold for copies, too.
        let style = CiteStyle { bibliography: settings.bibliography.clone(), ..style };
        Self {
            state: State::new(Arc::new(settings), width, height),
            searcher: Searcher::default(),
            style,
            copied: Vec::new(),
            opened: Vec::new(),
            outcome: None,
            desk: None,
            clock: Duration::ZERO,
            note: None,
            keeping: Keeping::default(),
        }
        .with_library(None, None, KeyPattern::default())
    }

    /// With the library of that file, or one for this run only. `source` is what the place is kept
    /// under. To be said before anything is loaded.
    #[must_use]
    pub fn with_library(
        mut self,
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
    ) -> Self {
        self.keeping = Keeping { is_wanted: file.is_some(), ..Keeping::default() };
        match Desk::open(file, source, keys) {
            Ok((desk, news)) => {
                self.desk = Some(desk);
                self.hear(Some(news));
            }
            Err(why) => {
                self.keeping.obstacle = Some(why.to_string());
                self.feed(Event::Failed(why.to_string()));
            }
        }
        self
    }

    /// The reason why something that was done to papers was not kept, if a library was named.
    pub fn lost(&self) -> Option<&str> {
        self.keeping.lost.as_deref()
    }

    /// Loads the sources to their end, with what a cache has of them.
    pub fn load(&mut self, opened: Vec<Opened>, cache: Option<&Cache>) {
        self.state.load.name = loader::name(&opened);
        load_all(opened, cache, &Control::default(), &mut |it| {
            let news = self.desk.as_mut().map(|desk| desk.arrive(&it));
            self.feed(Event::Loading(it));
            self.hear(news);
        });
    }

    /// Presses keys, until one of them ends the program.
    pub fn press(&mut self, keys: &[Key]) {
        for key in keys {
            if self.outcome.is_none() {
                self.feed(Event::Key(*key));
            }
        }
    }

    /// Looks whether another process has written to the library, as with every key on a terminal.
    pub fn look(&mut self) {
        let news = self.desk.as_mut().map(Desk::look);
        self.hear(news);
    }

    fn hear(&mut self, news: Option<Vec<News>>) {
        for it in news.into_iter().flatten() {
            self.keeping.hear(&it);
            self.feed(Event::Library(it));
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
                let mut post = |it| answers.push(Event::Matched(it));
                self.searcher.answer(&request, &|| false, &mut post);
                self.searcher.finish(&request, &|| false, &mut post);
                answers
            }
            Effect::Fetch(id) => vec![queries::fetch(corpus, id)],
            Effect::Sentences { ticket, papers, highlighter } => {
                vec![queries::sentences(corpus, ticket, &papers, &highlighter)]
            }
            Effect::Copy { subject, form } => {
                let corpus = self.state.corpus_of(subject.of);
                let outcome = queries::rendered(corpus, &subject.papers, form, &self.style);
                let mut events = Vec::new();
                let copied = outcome.map(|(copy, given)| {
                    events = self.keep_keys(given);
                    let told = format!("{}, {} B kept", copy.what, copy.text.len());
                    self.copied.push(copy.text);
                    told
                });
                events.push(Event::Copied(copied));
                events
            }
            Effect::OpenFile { file, otherwise } => self.open_file(&file, otherwise),
            Effect::Open { url } => {
                self.opened.push(url.clone());
                let why = "Without a terminal the link is shown, not opened.".to_owned();
                vec![Event::Opened(Err(LinkShown { url, why }))]
            }
            Effect::Library(task) => self.ask_library(&task),
            Effect::Citing(task) => self.cite(task),
            Effect::Write(paper) => vec![Event::Written(match self.note.take() {
                Some(text) => Written::Note { paper, text },
                None => Written::Failed("Without a terminal there is no editor.".to_owned()),
            })],
            Effect::Wake => vec![Event::Woke],
            Effect::Time => vec![Event::Clocked(self.clock)],
            Effect::Count(searches) => {
                vec![Event::Counted(queries::counted(&mut self.searcher, &searches, &|| false))]
            }
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
            | Effect::Prepare(_)
            | Effect::KeepIndex(_)
            | Effect::Redraw
            | Effect::Suspend => Vec::new(),
        }
    }

    fn ask_library(&mut self, task: &Task) -> Vec<Event> {
        let Some(desk) = &mut self.desk else {
            self.keeping.note_act();
            return Vec::new();
        };
        let news = desk.perform(task);
        for it in &news {
            self.keeping.hear(it);
        }
        news.into_iter().map(Event::Library).collect()
    }

    /// Lets time pass.
    pub fn pass(&mut self, time: Duration) {
        self.clock += time;
    }

    /// Says what the next note that is asked for will be.
    pub fn write(&mut self, note: &str) {
        self.note = Some(note.to_owned());
    }

    fn cite(&mut self, task: cite::Task) -> Vec<Event> {
        let corpus = self.state.corpus_of(task.of());
        self.style.marks = Arc::clone(self.state.marks_of(task.of()));
        let Some((answer, given)) = cite::perform(task, corpus, &mut self.style) else {
            return Vec::new();
        };
        let mut events = self.keep_keys(given);
        events.push(Event::Citing(answer));
        events
    }

    fn keep_keys(&mut self, given: Vec<GivenKey>) -> Vec<Event> {
        if given.is_empty() {
            return Vec::new();
        }
        self.style.bibliography.keep(given.iter().map(GivenKey::to_kept));
        let desk = self.desk.as_mut();
        let news = desk.map(|it| it.perform(&Task::Give(given))).unwrap_or_default();
        news.into_iter().map(Event::Library).collect()
    }

    fn open_file(&mut self, file: &str, otherwise: Option<String>) -> Vec<Event> {
        match open_link::local(file, &[], otherwise) {
            Ok(url) => self.perform(Effect::Open { url }),
            Err(why) => vec![Event::Failed(why)],
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
