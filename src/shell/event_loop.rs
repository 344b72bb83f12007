//! The loop of the program on a terminal: wait for something to happen, bring the state up to date
//! with all that has, draw once.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal as Canvas;
use ratatui::layout::Rect;

use super::clipboard::{Delivery, Surroundings, Way};
use super::jobs::note_editor::NoteFile;
use super::options::{Ended, Start};
use super::terminal::input::Input;
use super::terminal::screen::Screen;
use super::terminal::scroll_hint::Drawn;
use super::terminal::signals::Signal;
use super::terminal::{Output, Terminal, TerminalError};
use super::threads::{
    Finishing, Posted, Threads, listen, start_copier, start_librarian, start_loader, start_worker,
    watch_signals,
};
use super::typeahead::Held;
use super::workers::copy::Copied;
use super::workers::{library, loader};
use crate::app::{Effect, Event, Frame, State, Written, update};
use crate::cite::CiteStyle;
use crate::library::News;
use crate::search::Ticket;
use crate::{text, ui};

/// The exit code of a program that was interrupted from the keyboard.
const INTERRUPT: u8 = 130;
/// How long the first frame waits at most for a list, so that no empty one flashes up. On a quiet
/// machine that is there sooner than anyone sees.
const FIRST_LIST: Duration = Duration::from_millis(40);
/// How long it then waits for the place that was left, which may lie deep in a large file.
const FIRST_PLACE: Duration = Duration::from_millis(8);

pub struct Shell {
    pub state: State,
    pub terminal: Terminal,
    pub canvas: Canvas<Screen<Output>>,
    pub threads: Threads,
    /// The note that was edited last, until the library has it.
    pub note: Option<NoteFile>,
    pub style: CiteStyle,
    pub surroundings: Surroundings,
    pub held: Held,
    /// When the detail pane follows.
    pub wake: Option<Instant>,
    pub drawn: Drawn,
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
    let librarian = start_librarian(start.library, &start.opened, &sender);
    let loader = start_loader(0, start.opened, start.cache, &sender);
    // From here on a signal is answered in order; none may find the terminal taken over before.
    watch_signals(&sender)?;
    let terminal = Terminal::open()?;
    terminal.install_panic_hook();
    let keyboard = listen(&sender)?;
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
        threads: Threads {
            worker: start_worker(&sender),
            finishing: Some(Finishing {
                copier: start_copier(start.clipboard, start.surroundings.clone(), &sender)
                    .having_read(start.bibliography, &start.style),
                librarian,
            }),
            loader,
            keyboard,
            sender,
        },
        note: None,
        style: start.style,
        surroundings: start.surroundings,
        held: Held::new(),
        wake: None,
        drawn: Drawn::default(),
    };
    if let Some(search) = start.search {
        shell.happen(Event::Began(search));
    }
    let mut batch = VecDeque::new();
    let ended = shell.turn(&posted, &mut batch);
    shell.end(batch, &posted);
    ended
}

impl Shell {
    /// Turns until something ends the program. What came and was not taken is left in the batch.
    fn turn(
        &mut self,
        posted: &Receiver<Posted>,
        batch: &mut VecDeque<Posted>,
    ) -> Result<Ended, TerminalError> {
        let mut first = Some(Instant::now() + FIRST_LIST);
        loop {
            batch.extend(posted.try_iter());
            while let Some(it) = batch.pop_front() {
                if let Some(ended) = self.take(it)? {
                    return Ok(ended);
                }
            }
            if self.wake.is_some_and(|at| at <= Instant::now()) {
                self.wake = None;
                self.happen(Event::Woke);
            }
            if let Some(ended) = self.release()? {
                return Ok(ended);
            }
            if self.state.is_listed() {
                first = first.map(|at| at.min(Instant::now() + FIRST_PLACE));
            }
            let waits = first.filter(|at| !self.state.is_begun() && Instant::now() < *at);
            if waits.is_none() && self.terminal.is_entered() && self.draw().is_err() {
                return Ok(Ended::Lost);
            }
            if first.is_some()
                && waits.is_none()
                && let Some(it) = &self.threads.finishing
            {
                it.librarian.drawn();
            }
            first = waits;
            batch.extend(self.wait(posted, first));
        }
    }

    /// Waits for something to happen, for the pause after the last move to be over, or until the
    /// first frame is due.
    fn wait(&self, posted: &Receiver<Posted>, first: Option<Instant>) -> Option<Posted> {
        let deadlines = [self.wake, self.held.deadline(), first].into_iter().flatten();
        let Some(at) = deadlines.min() else { return posted.recv().ok() };
        posted.recv_timeout(at.saturating_duration_since(Instant::now())).ok()
    }

    fn take(&mut self, posted: Posted) -> Result<Option<Ended>, TerminalError> {
        match posted {
            Posted::Happened(event) => return Ok(self.happen(event)),
            Posted::Loaded(number, loading) if number == self.threads.loader.number() => {
                if let Some(it) = &self.threads.finishing {
                    it.librarian.arrived(&loading);
                }
                return Ok(self.happen(Event::Loading(loading)));
            }
            Posted::Loaded(..) => {}
            Posted::Library(number, news) => {
                let is_old = number != self.threads.loader.number();
                let news = if is_old { library::without_papers(news) } else { Some(news) };
                return Ok(news.and_then(|it| self.happen(Event::Library(it))));
            }
            Posted::Input(input) => {
                // Another process may have marked something since the last key.
                if let Some(it) = &self.threads.finishing {
                    it.librarian.look();
                }
                if let Some(input) = self.held.admit(&self.state, input) {
                    return self.input(input);
                }
            }
            // What the keyboard sends to whoever has the terminal is meant for the editor.
            Posted::Signal(Signal::Terminate(INTERRUPT) | Signal::Continued)
                if self.terminal.is_lent() => {}
            Posted::Edited(file, written) => return self.edited(file, written),
            Posted::Signal(Signal::Terminate(code)) => return Ok(Some(Ended::Signal(code))),
            Posted::Signal(Signal::Stop) => self.stop(),
            Posted::Signal(Signal::Continued) => self.redraw()?,
            Posted::Copied(Copied::Gone(delivery)) => {
                self.deliver(delivery).map_err(TerminalError::Enter)?;
            }
            Posted::Copied(Copied::Failed(why)) => return Ok(self.happen(Event::Copied(Err(why)))),
            Posted::Copied(Copied::Last(copy)) => self.show_copy(copy),
            Posted::Copied(Copied::Cited(answer)) => {
                return Ok(self.happen(Event::Citing(answer)));
            }
        }
        Ok(None)
    }

    fn input(&mut self, input: Input) -> Result<Option<Ended>, TerminalError> {
        match input {
            Input::Lost(_) => return Ok(Some(Ended::Lost)),
            Input::Focused => {}
            Input::Resized { width, height } => {
                let (width, height) = (width.max(1), height.max(1));
                self.canvas.backend_mut().resize((width, height).into());
                return Ok(self.happen(Event::Resized { width, height }));
            }
            // It was read before the editor had the keys.
            Input::Key(_) | Input::Paste(_) if self.terminal.is_lent() => {}
            Input::Key(_) if !self.terminal.is_entered() => self.redraw()?,
            Input::Key(key) => return Ok(self.happen(Event::Key(key))),
            Input::Paste(text) => {
                if !self.terminal.is_entered() {
                    self.redraw()?;
                }
                return Ok(self.happen(Event::Paste(text)));
            }
        }
        Ok(None)
    }

    /// Takes what was typed ahead, as far as it need not wait any more.
    fn release(&mut self) -> Result<Option<Ended>, TerminalError> {
        while let Some(input) = self.held.next(&self.state) {
            if let Some(ended) = self.input(input)? {
                return Ok(Some(ended));
            }
        }
        if self.held.is_overdue() {
            return Ok(self.happen(Event::Left));
        }
        Ok(None)
    }

    /// Has an event happen, with all that follows from it at once.
    fn happen(&mut self, event: Event) -> Option<Ended> {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            match &event {
                Event::Library(News::Done(receipt)) => {
                    self.note.take_if(|file| file.is_settled_by(receipt));
                }
                Event::Matched(answer) => self.held.answered(answer.ticket),
                Event::Panicked { job: "editor", .. } => self.terminal.reclaim(),
                Event::Panicked { job: "search", .. } => self.held.answered(Ticket(u64::MAX)),
                _ => {}
            }
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

    /// The editor has ended: the terminal is taken back.
    fn edited(&mut self, file: NoteFile, written: Written) -> Result<Option<Ended>, TerminalError> {
        self.terminal.reclaim();
        self.redraw()?;
        self.note = Some(file);
        Ok(self.happen(Event::Written(written)))
    }

    fn show_copy(&mut self, copy: io::Result<String>) {
        let shown = copy.and_then(|copy| self.terminal.show_bare(&text::sanitise_lines(&copy)));
        let Err(why) = shown else { return };
        self.happen(match why.kind() {
            io::ErrorKind::NotFound => Event::Told("Nothing was copied yet.".to_owned()),
            _ => Event::Failed(format!("The last copy cannot be shown: {why}")),
        });
    }

    /// Writes what the terminal itself must be sent, between two frames.
    fn deliver(&mut self, delivery: Delivery) -> io::Result<()> {
        self.terminal.send(&delivery.bytes)?;
        self.happen(Event::Copied(Ok(delivery.receipt)));
        Ok(())
    }

    /// Takes the terminal over again, whatever is on it. Meanwhile the reader may have edited a file.
    pub fn redraw(&mut self) -> Result<(), TerminalError> {
        self.terminal.resume()?;
        if self.threads.loader.is_stale() {
            self.happen(Event::Told("A file has changed since; R reads it again.".to_owned()));
        }
        self.draw_anew()
    }

    /// Stops the job; when it goes on, a signal says so and all is drawn anew.
    fn stop(&mut self) {
        if let Err(why) = self.terminal.suspend() {
            self.happen(Event::Failed(why.to_string()));
        }
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

    /// Finishes what was asked for: a copy under way reaches its end before the screen is left, and
    /// what its receipt would have had to say is said in the shell.
    fn end(&mut self, batch: VecDeque<Posted>, posted: &Receiver<Posted>) {
        if let Some(finishing) = self.threads.finishing.take() {
            finishing.finish();
        }
        let mut untold = Vec::new();
        if self.held.loses_keys() {
            untold.push("keys typed before the search had answered were not run".to_owned());
        }
        for it in batch.into_iter().chain(posted.try_iter()) {
            match it {
                Posted::Copied(Copied::Gone(delivery)) => {
                    let _ = self.terminal.send(&delivery.bytes);
                    untold.extend((delivery.way == Way::File).then_some(delivery.receipt));
                }
                Posted::Copied(Copied::Failed(why)) => untold.push(why),
                _ => {}
            }
        }
        self.terminal.leave();
        for told in untold {
            let _ = writeln!(io::stderr(), "offprint: {}", text::sanitise(&told));
        }
    }
}
