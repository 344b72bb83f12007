//! The loop of the program on a terminal: wait for something to happen, bring the state up to date
//! with all that has, draw once.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal as Canvas;
use ratatui::layout::Rect;

use super::clipboard::{self, Clipboard, Delivery, Setting, Surroundings};
use super::copier::{Copied, Copier};
use super::input::{Input, Keyboard};
use super::open::{Desktop, Opened as LinkOpened};
use super::screen::Screen;
use super::scroll::Drawn;
use super::signals::{self, Signal};
use super::terminal::{Output, Terminal, TerminalError, spawn_job};
use super::{Loader, loader, remember, work};
use crate::app::{Arrangement, Effect, Event, Frame, LinkShown, Outcome, Settings, State, update};
use crate::cite::CiteStyle;
use crate::domain::Corpus;
use crate::search::{self, Worker};
use crate::sources::Opened;
use crate::{text, ui};

/// How long after the last move the detail pane follows.
const FOLLOW: Duration = Duration::from_millis(80);
/// How long the first frame waits for something to show.
const FIRST_FRAME: Duration = Duration::from_millis(8);

/// What the program starts with.
pub struct Start {
    pub opened: Vec<Opened>,
    pub settings: Settings,
    pub style: CiteStyle,
    pub clipboard: Setting,
    pub surroundings: Surroundings,
    /// A filter to start with.
    pub query: Option<String>,
    /// Notices that are due at the start.
    pub notices: Vec<String>,
}

/// How the program ended.
#[derive(Debug)]
pub enum Ended {
    By(Outcome, Corpus),
    /// A signal asked for it, with the exit code that says so.
    Signal(u8),
    /// The terminal is gone.
    Lost,
}

/// Everything that wakes the loop.
enum Posted {
    Happened(Event),
    Input(Input),
    Signal(Signal),
    Copied(Copied),
}

struct Shell {
    state: State,
    terminal: Terminal,
    canvas: Canvas<Screen<Output>>,
    worker: Worker,
    copier: Option<Copier>,
    loader: Loader,
    sender: Sender<Posted>,
    style: CiteStyle,
    surroundings: Surroundings,
    /// When the detail pane follows.
    wake: Option<Instant>,
    /// Whether the last copy stands bare where the screen was.
    bare: bool,
    drawn: Drawn,
}

/// Runs until the user quits.
///
/// # Errors
///
/// When there is no terminal or it cannot be written.
pub fn run(start: Start) -> Result<Ended, TerminalError> {
    let (sender, posted) = channel();
    // Papers are read while the terminal is being taken over.
    let name = loader::name(&start.opened);
    let loader = start_loader(start.opened, &sender);
    let terminal = Terminal::open()?;
    terminal.install_panic_hook();
    listen(&sender)?;
    let size = Terminal::size();
    let mut state = State::new(Arc::new(start.settings), size.width, size.height);
    state.load.name = name;
    for notice in start.notices {
        state.notices.fail(notice);
    }
    let mut shell = Shell {
        state,
        canvas: Canvas::new(Screen::new(terminal.output(), size)).map_err(TerminalError::Enter)?,
        terminal,
        worker: start_worker(&sender),
        copier: Some(start_copier(start.clipboard, start.surroundings.clone(), &sender)),
        loader,
        sender: sender.clone(),
        style: start.style,
        surroundings: start.surroundings,
        wake: None,
        bare: false,
        drawn: Drawn::default(),
    };
    if let Some(query) = start.query {
        shell.happen(Event::Filtered(query));
    }
    let ended = shell.turn(&posted);
    shell.end(&posted);
    ended
}

fn start_worker(sender: &Sender<Posted>) -> Worker {
    let (answers, panics) = (sender.clone(), sender.clone());
    search::spawn(
        move |answer| drop(answers.send(Posted::Happened(Event::Matched(answer)))),
        move |why| drop(panics.send(panicked("search", why))),
    )
}

fn panicked(job: &'static str, why: String) -> Posted {
    Posted::Happened(Event::Panicked { job, why })
}

fn start_loader(opened: Vec<Opened>, sender: &Sender<Posted>) -> Loader {
    let (loaded, panics) = (sender.clone(), sender.clone());
    Loader::start(
        opened,
        move |why| drop(panics.send(panicked("loader", why))),
        move |it| drop(loaded.send(Posted::Happened(Event::Loading(it)))),
    )
}

fn start_copier(setting: Setting, surroundings: Surroundings, sender: &Sender<Posted>) -> Copier {
    let (copied, panics) = (sender.clone(), sender.clone());
    Copier::start(
        Clipboard::new(setting, surroundings),
        move |why| drop(panics.send(panicked("clipboard", why))),
        move |outcome| drop(copied.send(Posted::Copied(outcome))),
    )
}

fn listen(sender: &Sender<Posted>) -> Result<(), TerminalError> {
    let (keys, caught) = (sender.clone(), sender.clone());
    Keyboard::listen(move |input| drop(keys.send(Posted::Input(input))))
        .map_err(TerminalError::Enter)?;
    signals::watch(move |signal| drop(caught.send(Posted::Signal(signal))))
        .map_err(TerminalError::Enter)
}

impl Shell {
    /// Turns until something ends the program.
    fn turn(&mut self, posted: &Receiver<Posted>) -> Result<Ended, TerminalError> {
        let mut batch: Vec<Posted> = posted.recv_timeout(FIRST_FRAME).into_iter().collect();
        loop {
            batch.extend(posted.try_iter());
            for it in batch.drain(..) {
                if let Some(ended) = self.take(it)? {
                    return Ok(ended);
                }
            }
            if self.wake.is_some_and(|at| at <= Instant::now()) {
                self.wake = None;
                self.happen(Event::Woke);
            }
            if !self.bare && self.draw().is_err() {
                return Ok(Ended::Lost);
            }
            batch.extend(self.wait(posted));
        }
    }

    /// Waits for something to happen, or for the pause after the last move to be over.
    fn wait(&self, posted: &Receiver<Posted>) -> Option<Posted> {
        let Some(at) = self.wake else { return posted.recv().ok() };
        posted.recv_timeout(at.saturating_duration_since(Instant::now())).ok()
    }

    fn take(&mut self, posted: Posted) -> Result<Option<Ended>, TerminalError> {
        match posted {
            Posted::Happened(event) => return Ok(self.happen(event)),
            Posted::Input(Input::Lost(_)) => return Ok(Some(Ended::Lost)),
            Posted::Input(Input::Key(_)) if self.bare => self.redraw()?,
            Posted::Input(Input::Key(key)) => return Ok(self.happen(Event::Key(key))),
            Posted::Input(Input::Paste(text)) => return Ok(self.happen(Event::Paste(text))),
            Posted::Input(Input::Resized { width, height }) => {
                self.canvas.backend_mut().resize((width, height).into());
                return Ok(self.happen(Event::Resized { width, height }));
            }
            Posted::Signal(Signal::Terminate(code)) => return Ok(Some(Ended::Signal(code))),
            Posted::Signal(Signal::Stop) => self.suspend()?,
            Posted::Signal(Signal::Continued) => self.redraw()?,
            Posted::Copied(Ok(delivery)) => self.deliver(delivery).map_err(TerminalError::Enter)?,
            Posted::Copied(Err(why)) => return Ok(self.happen(Event::Copied(Err(why)))),
        }
        Ok(None)
    }

    /// Has an event happen, with all that follows from it at once.
    fn happen(&mut self, event: Event) -> Option<Ended> {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            for effect in update(&mut self.state, event) {
                match effect {
                    Effect::Quit(outcome) => {
                        return Some(Ended::By(outcome, self.state.corpus.clone()));
                    }
                    effect => waiting.extend(self.perform(effect)),
                }
            }
        }
        None
    }

    fn perform(&mut self, effect: Effect) -> Option<Event> {
        let corpus = &self.state.corpus;
        match effect {
            Effect::Search(request) => self.worker.ask(request),
            Effect::Fetch(id) => return Some(work::fetch(corpus, id)),
            Effect::Sentences { ticket, papers, highlighter } => {
                return Some(work::sentences(corpus, ticket, &papers, &highlighter));
            }
            Effect::Copy { papers, form } => {
                match work::rendered(corpus, &papers, form, &self.style) {
                    Ok(copy) => self.copier.as_ref()?.copy(copy),
                    Err(why) => return Some(Event::Copied(Err(why))),
                }
            }
            Effect::Open { url } => self.open(url),
            Effect::Wake => self.wake = Some(Instant::now() + FOLLOW),
            Effect::ShowCopy => return self.show_copy(),
            Effect::Reload => return Some(self.reload()),
            Effect::PauseLoading => self.loader.pause(),
            Effect::ResumeLoading => self.loader.resume(),
            Effect::Remember(arrangement) => return self.remember(arrangement),
            Effect::Redraw => return self.redraw().err().map(|it| Event::Failed(it.to_string())),
            Effect::Suspend => return self.suspend().err().map(|it| Event::Failed(it.to_string())),
            Effect::Quit(_) => {}
        }
        None
    }

    /// Opens a link off this thread: a launcher may take its time.
    fn open(&self, url: String) {
        let (sender, panics) = (self.sender.clone(), self.sender.clone());
        let desktop = Desktop::read();
        let job = move || {
            let event = match super::open::open(&url, desktop) {
                Ok(LinkOpened::Launched) => Event::Opened(Ok(format!("Opened {url}"))),
                Ok(LinkOpened::Shown { link, why }) => {
                    let why = format!("{why}; yl copies the link, yp that of the PDF.");
                    Event::Opened(Err(LinkShown { url: link, why }))
                }
                Err(error) => Event::Failed(error.to_string()),
            };
            let _ = sender.send(Posted::Happened(event));
        };
        spawn_job("opener", move |why| drop(panics.send(panicked("opener", why))), job);
    }

    fn reload(&mut self) -> Event {
        match self.loader.reopen() {
            Ok(opened) => {
                self.loader = start_loader(opened, &self.sender);
                Event::Reopened
            }
            Err(why) => Event::Failed(why),
        }
    }

    fn remember(&self, arrangement: Arrangement) -> Option<Event> {
        let directory = self.surroundings.state_dir.as_ref()?;
        let failed = remember(directory, arrangement).err()?;
        Some(Event::Failed(format!("The layout is not remembered: {failed}")))
    }

    fn show_copy(&mut self) -> Option<Event> {
        let shown = clipboard::last_copy(&self.surroundings)
            .and_then(|copy| self.terminal.show_bare(&text::sanitise_lines(&copy)));
        self.bare = shown.is_ok();
        let why = shown.err()?;
        Some(match why.kind() {
            io::ErrorKind::NotFound => Event::Told("Nothing was copied yet.".to_owned()),
            _ => Event::Failed(format!("The last copy cannot be shown: {why}")),
        })
    }

    /// Writes what the terminal itself must be sent, between two frames.
    fn deliver(&mut self, delivery: Delivery) -> io::Result<()> {
        let mut output = self.terminal.output();
        output.write_all(&delivery.bytes)?;
        output.flush()?;
        self.happen(Event::Copied(Ok(delivery.receipt)));
        Ok(())
    }

    /// Takes the terminal over again, whatever is on it.
    fn redraw(&mut self) -> Result<(), TerminalError> {
        self.bare = false;
        self.terminal.resume()?;
        self.draw_anew()
    }

    /// Stops the job; when it goes on, a signal says so and all is drawn anew.
    fn suspend(&mut self) -> Result<(), TerminalError> {
        self.terminal.suspend()
    }

    fn draw_anew(&mut self) -> Result<(), TerminalError> {
        let size = Terminal::size();
        let (width, height) = (size.width, size.height);
        self.happen(Event::Resized { width, height });
        let area = Rect::new(0, 0, width, height);
        self.canvas.backend_mut().resize(size);
        self.canvas.resize(area).map_err(TerminalError::Enter)
    }

    fn draw(&mut self) -> io::Result<()> {
        let began = Instant::now();
        if let Some((rows, by)) = self.drawn.scrolled(&self.state) {
            self.canvas.backend_mut().hint(rows, by);
        }
        for (area, url) in ui::links(&self.state) {
            self.canvas.backend_mut().link(area, &url);
        }
        let state = &self.state;
        self.canvas.draw(|frame| ui::draw(state, frame))?;
        let bytes = self.canvas.backend_mut().last_frame_bytes();
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.happen(Event::Drawn(Frame { bytes, micros }));
        Ok(())
    }

    /// Finishes what was asked for: a copy under way reaches its end before the screen is left.
    fn end(&mut self, posted: &Receiver<Posted>) {
        if let Some(copier) = self.copier.take() {
            copier.finish();
        }
        for it in posted.try_iter() {
            if let Posted::Copied(Ok(delivery)) = it {
                let mut output = self.terminal.output();
                let _ = output.write_all(&delivery.bytes).and_then(|()| output.flush());
            }
        }
        self.terminal.leave();
    }
}
