//! Event loop on a terminal: waits for messages, updates the state with all that have arrived, and
//! draws once.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::Terminal as Canvas;

use super::clipboard::{Delivery, Environment, RouteKind};
use super::jobs::note_editor::NoteFile;
use super::options::{ExitReason, RunOptions, escape_timeout};
use super::terminal::background;
use super::terminal::display::Display;
use super::terminal::input::DoublePress;
use super::terminal::screen::{AmbiguousWidth, Screen};
use super::terminal::scroll_hint::DrawnRows;
use super::terminal::signals::Signal;
use super::terminal::{Terminal, TerminalError, TerminalWriter};
use super::threads::{
    DrainingThreads, Message, Threads, start_copy_worker, start_input, start_library_worker,
    start_loader, start_text_worker, start_worker, watch_signals,
};
use super::typeahead::Typeahead;
use super::workers::copy::CopyResult;
use super::workers::library;
use super::workers::loader::list_origin;
use super::workers::other_loads::OtherLoads;
use crate::app::model::list_stack::ListOrigin;
use crate::app::{Effect, Event, FrameStats, MouseCapture, NoteResult, State, update};
use crate::cite::CiteOptions;
use crate::library::{LibraryEvent, SavedSearch};
use crate::search::QueryId;
use crate::sources::io_reason;
use crate::{text, ui};

/// Exit code of a program interrupted from the keyboard (128 + SIGINT).
const INTERRUPT_EXIT_CODE: u8 = 130;
/// The first frame waits this long for results, so that an empty list does not flash up. On an idle
/// machine results arrive sooner.
const FIRST_FRAME_LIST_TIMEOUT: Duration = Duration::from_millis(40);
/// After the results it waits this long for the restored session, whose papers may lie deep in a
/// large file.
const FIRST_FRAME_SESSION_TIMEOUT: Duration = Duration::from_millis(8);

pub struct Shell {
    pub state: State,
    pub terminal: Terminal,
    pub canvas: Canvas<Screen<TerminalWriter>>,
    pub threads: Threads,
    /// The file of the last edited note, until the library has stored the note.
    pub note_file: Option<NoteFile>,
    pub style: CiteOptions,
    pub environment: Environment,
    pub typeahead: Typeahead,
    /// Time of the pending update of the detail pane.
    pub wake_at: Option<Instant>,
    pub drawn_rows: DrawnRows,
    /// End of the time in which the terminal's answer about its background counts.
    pub background_deadline: Instant,
    pub double_press: DoublePress,
}

/// The mouse of a display. Rows of an inline display are reported by their place on the terminal,
/// which is unknown.
fn initial_mouse(display: Display, configured: MouseCapture) -> MouseCapture {
    match display {
        Display::FullScreen => configured,
        Display::Inline(_) => MouseCapture::Off,
    }
}

/// Runs until the user quits.
///
/// # Errors
///
/// Returns an error if there is no terminal or it cannot be written.
pub fn run(start: RunOptions) -> Result<ExitReason, TerminalError> {
    let (sender, messages) = channel();
    let (tips, bibliography) = (start.tips(), start.last_bibliography());
    // Papers are read while the terminal is being taken over.
    let origin = list_origin(&start.sources);
    let library_worker = start_library_worker(start.library, &start.sources, &sender);
    let loader = start_loader(0, start.sources, start.cache, &sender);
    // From here on a signal is answered in order; none may find the terminal taken over before.
    watch_signals(&sender)?;
    let mouse = initial_mouse(start.display, start.settings.mouse);
    let terminal = Terminal::open(start.display, mouse)?;
    terminal.install_panic_hook();
    let escape_timeout = escape_timeout(start.escape_timeout, start.environment.connection);
    let keyboard = start_input(escape_timeout, &sender)?;
    let background_deadline = Instant::now() + background::REPLY_TIMEOUT;
    if background::answers_at_once(&start.environment) {
        terminal.send(background::QUERY).map_err(TerminalError::Enter)?;
    }
    let size = terminal.size();
    let mut state = State::new(Arc::new(start.settings), size.width, size.height);
    let search = start.search.or_else(|| initial_search(&origin));
    state.load.lists.current = origin;
    (state.notices.tips, state.cite.last_bibliography) = (tips, bibliography);
    start.notices.iter().for_each(|it| state.notices.error(it));
    let mut screen = Screen::new(terminal.output(), size);
    let line_art = state.settings.appearance.line_art;
    screen.set_ambiguous_width(AmbiguousWidth::from_environment(line_art));
    let mut shell = Shell {
        state,
        canvas: Canvas::new(screen).map_err(TerminalError::Enter)?,
        terminal,
        threads: Threads {
            search: start_worker(&sender),
            draining: Some(DrainingThreads {
                copy_worker: start_copy_worker(start.clipboard, start.environment.clone(), &sender)
                    .with_bibliographies(start.bibliography_files, &start.style),
                library_worker,
            }),
            loader,
            other_loads: OtherLoads::default(),
            enrichment: None,
            text: start_text_worker(&sender),
            input: keyboard,
            sender,
        },
        note_file: None,
        style: start.style,
        environment: start.environment,
        typeahead: Typeahead::new(),
        wake_at: None,
        drawn_rows: DrawnRows::default(),
        background_deadline,
        double_press: DoublePress::default(),
    };
    if let Some(search) = search {
        shell.handle_event(Event::InitialSearch(search));
    }
    let mut batch = VecDeque::new();
    let exit_reason = shell.run_loop(&messages, &mut batch);
    shell.shut_down(batch, &messages);
    exit_reason
}

/// The search that a list begins with: what its service could not express.
fn initial_search(origin: &ListOrigin) -> Option<SavedSearch> {
    let rest = &origin.unsent_filter;
    (!rest.is_empty()).then(|| SavedSearch::from_query(rest))
}

impl Shell {
    /// Handles messages until one ends the program. Unhandled messages remain in `batch`.
    fn run_loop(
        &mut self,
        messages: &Receiver<Message>,
        batch: &mut VecDeque<Message>,
    ) -> Result<ExitReason, TerminalError> {
        let mut deadline = Some(Instant::now() + FIRST_FRAME_LIST_TIMEOUT);
        loop {
            batch.extend(messages.try_iter());
            while let Some(message) = batch.pop_front() {
                if let Some(exit_reason) = self.handle_message(message)? {
                    return Ok(exit_reason);
                }
            }
            if self.wake_at.is_some_and(|at| at <= Instant::now()) {
                self.wake_at = None;
                self.handle_event(Event::WakeUp);
            }
            if let Some(exit_reason) = self.release_typeahead()? {
                return Ok(exit_reason);
            }
            if self.state.has_results() {
                deadline = deadline.map(|at| at.min(Instant::now() + FIRST_FRAME_SESSION_TIMEOUT));
            }
            let frame_deadline =
                deadline.filter(|at| !self.state.is_session_restored() && Instant::now() < *at);
            if frame_deadline.is_none() && self.terminal.is_entered() && self.draw().is_err() {
                return Ok(ExitReason::TerminalLost);
            }
            if deadline.is_some()
                && frame_deadline.is_none()
                && let Some(draining) = &self.threads.draining
            {
                draining.library_worker.note_first_frame();
            }
            deadline = frame_deadline;
            batch.extend(self.wait_for_message(messages, deadline));
        }
    }

    /// Waits for a message, but no longer than until the detail pane, the typeahead or the first
    /// frame is due.
    fn wait_for_message(
        &self,
        messages: &Receiver<Message>,
        frame_deadline: Option<Instant>,
    ) -> Option<Message> {
        let deadlines =
            [self.wake_at, self.typeahead.deadline(), frame_deadline].into_iter().flatten();
        let Some(at) = deadlines.min() else { return messages.recv().ok() };
        messages.recv_timeout(at.saturating_duration_since(Instant::now())).ok()
    }

    fn handle_message(&mut self, message: Message) -> Result<Option<ExitReason>, TerminalError> {
        match message {
            Message::Event(event) => return Ok(self.handle_event(event)),
            Message::Load(number, event) => return Ok(self.handle_load_event(number, event)),
            // The paper ids of an earlier load are of other papers.
            Message::Text(number, event) if number == self.threads.loader.number() => {
                return Ok(self.handle_event(event));
            }
            Message::Text(..) => {}
            Message::Library(number, event) => {
                let is_old = number != self.threads.loader.number();
                let event = if is_old { library::without_papers(event) } else { Some(event) };
                return Ok(event.and_then(|it| self.handle_event(Event::Library(it))));
            }
            Message::Input(input) => {
                // Another process may have changed the library since the last key.
                if let Some(draining) = &self.threads.draining {
                    draining.library_worker.check_for_changes();
                }
                for input in self.typeahead.split_burst(&self.state, input) {
                    let input = self.typeahead.admit(&self.state, input);
                    let exit_reason = input.map_or(Ok(None), |it| self.handle_input(it))?;
                    if exit_reason.is_some() {
                        return Ok(exit_reason);
                    }
                }
            }
            // An interrupt from the keyboard reaches the whole foreground group, but is meant for
            // the editor.
            Message::Signal(Signal::Terminate(INTERRUPT_EXIT_CODE) | Signal::Continue)
                if self.terminal.is_lent() => {}
            Message::NoteEdited(file, result) => return self.finish_edit(file, result),
            Message::Signal(Signal::Terminate(code)) => return Ok(Some(ExitReason::Signal(code))),
            Message::Signal(Signal::Stop) => self.suspend(),
            Message::Signal(Signal::Continue) => self.redraw()?,
            Message::Copy(CopyResult::Delivered(delivery)) => {
                self.write_delivery(delivery).map_err(TerminalError::Enter)?;
            }
            Message::Copy(CopyResult::Failed(reason)) => {
                return Ok(self.handle_event(Event::CopyResult(Err(reason))));
            }
            Message::Copy(CopyResult::LastCopy(copy)) => self.show_last_copy(copy),
            Message::Copy(CopyResult::Cite(answer)) => {
                return Ok(self.handle_event(Event::CiteResult(answer)));
            }
        }
        Ok(None)
    }

    /// Handles typeahead that need not wait any more.
    fn release_typeahead(&mut self) -> Result<Option<ExitReason>, TerminalError> {
        while let Some(input) = self.typeahead.pop_ready(&self.state) {
            if let Some(exit_reason) = self.handle_input(input)? {
                return Ok(Some(exit_reason));
            }
        }
        if self.typeahead.is_overdue() {
            return Ok(self.handle_event(Event::Quit));
        }
        Ok(None)
    }

    /// Handles an event and every event that follows from it at once.
    pub fn handle_event(&mut self, event: Event) -> Option<ExitReason> {
        let mut waiting = VecDeque::from([event]);
        while let Some(event) = waiting.pop_front() {
            self.note_event(&event);
            for effect in update(&mut self.state, event) {
                match effect {
                    Effect::Quit(outcome) => {
                        return Some(ExitReason::Quit(outcome, self.state.corpus.clone()));
                    }
                    effect => waiting.extend(self.perform(effect)),
                }
            }
        }
        None
    }

    /// Takes note of what an event means for the terminal and for keys typed ahead.
    fn note_event(&mut self, event: &Event) {
        if let Event::Library(LibraryEvent::ChangesApplied(receipt)) = event {
            self.note_file.take_if(|file| file.remove_if_saved(receipt));
        } else if let Event::SearchResponse(response) = event {
            self.typeahead.note_response(response.query_id);
        } else if let Event::ThreadPanic { job: "editor", .. } = event {
            self.terminal.reclaim();
        } else if let Event::ThreadPanic { job: "search", .. } = event {
            self.typeahead.note_response(QueryId(u64::MAX));
        }
    }

    /// Takes the terminal back after the editor has exited.
    fn finish_edit(
        &mut self,
        file: NoteFile,
        result: NoteResult,
    ) -> Result<Option<ExitReason>, TerminalError> {
        self.terminal.reclaim();
        self.redraw()?;
        self.note_file = Some(file);
        Ok(self.handle_event(Event::NoteResult(result)))
    }

    fn show_last_copy(&mut self, copy: io::Result<String>) {
        let result =
            copy.and_then(|copy| self.terminal.show_on_main_screen(&text::sanitise_lines(&copy)));
        let Err(error) = result else { return };
        self.handle_event(match error.kind() {
            io::ErrorKind::NotFound => Event::Info("Nothing copied yet".to_owned()),
            _ => Event::Error(format!("Last copy: {}", io_reason(&error))),
        });
    }

    /// Writes bytes of a clipboard route to the terminal, between two frames.
    fn write_delivery(&mut self, delivery: Delivery) -> io::Result<()> {
        self.terminal.send(&delivery.bytes)?;
        self.handle_event(Event::CopyResult(Ok(delivery.receipt)));
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let began = Instant::now();
        if let Some((rows, by)) = self.drawn_rows.scroll_hint(&self.state)
            && !self.terminal.is_inline()
        {
            self.canvas.backend_mut().hint(rows, by);
        }
        for (area, url) in ui::links(&self.state) {
            self.canvas.backend_mut().add_link(area, &url);
        }
        let state = &self.state;
        self.canvas.draw(|frame| ui::draw(state, frame))?;
        let bytes = self.canvas.backend_mut().last_frame_bytes();
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.handle_event(Event::FrameStats(FrameStats { bytes, micros }));
        Ok(())
    }

    /// Waits for pending copies and library changes before it leaves the screen, then prints what
    /// the user could not see any more to standard error: failures, and the files of copies.
    fn shut_down(&mut self, batch: VecDeque<Message>, messages: &Receiver<Message>) {
        if let Some(draining) = self.threads.draining.take() {
            draining.finish();
        }
        let mut messages_to_print = Vec::new();
        if self.typeahead.loses_keys() {
            messages_to_print.push("keys typed before the search finished were ignored".to_owned());
        }
        for message in batch.into_iter().chain(messages.try_iter()) {
            match message {
                Message::Copy(CopyResult::Delivered(delivery)) => {
                    let _ = self.terminal.send(&delivery.bytes);
                    messages_to_print.extend(
                        (delivery.route_kind == RouteKind::File).then_some(delivery.receipt),
                    );
                }
                Message::Copy(CopyResult::Failed(reason)) => messages_to_print.push(reason),
                _ => {}
            }
        }
        self.terminal.leave();
        for message in messages_to_print {
            let _ = writeln!(io::stderr(), "offprint: {}", text::sanitise(&message));
        }
    }
}
