//! Threads beside the event loop, and the messages that they send to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::clipboard::{Clipboard, ClipboardSetting, Environment};
use super::jobs::note_editor::{NoteFile, editor_command};
use super::jobs::open_link::{self, Desktop, OpenResult as LinkOpened};
use super::queries;
use super::terminal::TerminalError;
use super::terminal::input::{InputThread, TerminalEvent};
use super::terminal::signals::{self, Signal};
use super::workers::copy::{CopyResult, CopyWorker};
use super::workers::library::{LibraryWorker, key_pattern_of, session_key_of};
use super::workers::loader::Loader;
use super::workers::spawn::spawn_job;
use super::workers::text::TextWorker;
use crate::app::{Event, NoteResult, UnopenedLink};
use crate::library::{LibraryEvent, PaperRef};
use crate::search::{self, Request, Searcher, Worker, WorkerEvent};
use crate::sources::{Cache, LoadEvent, OpenSource};

/// Messages that wake the event loop.
#[derive(Debug)]
pub enum Message {
    Event(Event),
    /// Event of the load with this number.
    Load(u32, LoadEvent),
    Input(TerminalEvent),
    Signal(Signal),
    Copy(CopyResult),
    /// Event of the library about the load with this number.
    Library(u32, LibraryEvent),
    /// Text of a paper of the load with this number.
    Text(u32, Event),
    /// The editor has exited.
    NoteEdited(NoteFile, NoteResult),
}

/// The threads beside the event loop, and the sender for their messages.
pub struct Threads {
    pub search: Worker,
    /// `None` once the program shuts down.
    pub draining: Option<DrainingThreads>,
    pub loader: Loader,
    pub text: TextWorker,
    pub input: Arc<InputThread>,
    pub sender: Sender<Message>,
}

/// The threads whose pending work is completed before the program ends.
pub struct DrainingThreads {
    pub copier: CopyWorker,
    pub librarian: LibraryWorker,
}

impl DrainingThreads {
    /// Waits for the pending work of both threads.
    pub fn finish(self) {
        self.copier.finish();
        self.librarian.finish();
    }
}

pub fn start_worker(sender: &Sender<Message>) -> Worker {
    let (answers, panics) = (sender.clone(), sender.clone());
    search::spawn(
        move |said| {
            let event = match said {
                WorkerEvent::Response(answer) => Event::SearchResponse(answer),
                WorkerEvent::IndexProgress(papers) => Event::IndexProgress(papers),
            };
            drop(answers.send(Message::Event(event)));
        },
        move |why| drop(panics.send(panic_message("search", why))),
    )
}

fn panic_message(job: &'static str, why: String) -> Message {
    Message::Event(Event::ThreadPanic { job, why })
}

/// Starts the load with this number. Messages of earlier loads are dropped by their number.
pub fn start_loader(
    number: u32,
    opened: Vec<OpenSource>,
    cache: Option<Cache>,
    sender: &Sender<Message>,
) -> Loader {
    let (loaded, panics) = (sender.clone(), sender.clone());
    Loader::start(
        number,
        opened,
        cache,
        move |why| drop(panics.send(panic_message("loader", why))),
        move |it| drop(loaded.send(Message::Load(number, it))),
    )
}

pub fn start_copier(
    setting: ClipboardSetting,
    surroundings: Environment,
    sender: &Sender<Message>,
) -> CopyWorker {
    let (copied, panics) = (sender.clone(), sender.clone());
    CopyWorker::start(
        Clipboard::new(setting, surroundings),
        move |why| drop(panics.send(panic_message("clipboard", why))),
        move |outcome| drop(copied.send(Message::Copy(outcome))),
    )
}

pub fn start_librarian(
    file: Option<PathBuf>,
    opened: &[OpenSource],
    sender: &Sender<Message>,
) -> LibraryWorker {
    let (news, panics) = (sender.clone(), sender.clone());
    LibraryWorker::start(
        file,
        session_key_of(opened),
        key_pattern_of(opened),
        move |why| drop(panics.send(panic_message("library", why))),
        move |number, it| drop(news.send(Message::Library(number, it))),
    )
}

pub fn start_text_worker(sender: &Sender<Message>) -> TextWorker {
    let (read, panics) = (sender.clone(), sender.clone());
    TextWorker::start(
        move |why| drop(panics.send(panic_message("text", why))),
        move |number, event| drop(read.send(Message::Text(number, event))),
    )
}

pub fn watch_signals(sender: &Sender<Message>) -> Result<(), TerminalError> {
    let caught = sender.clone();
    signals::watch(move |signal| drop(caught.send(Message::Signal(signal))))
        .map_err(TerminalError::Enter)
}

pub fn start_input(sender: &Sender<Message>) -> Result<Arc<InputThread>, TerminalError> {
    let keys = sender.clone();
    InputThread::start(move |input| drop(keys.send(Message::Input(input))))
        .map(Arc::new)
        .map_err(TerminalError::Enter)
}

/// Edits a note on a thread, while the input thread is paused.
pub fn edit_note(file: NoteFile, paper: PaperRef, threads: &Threads) {
    let (edited, panics) = (threads.sender.clone(), threads.sender.clone());
    let keyboard = Arc::clone(&threads.input);
    let job = move || {
        let written = {
            let _turn = keyboard.pause();
            file.edit(&editor_command(), paper)
        };
        let _ = edited.send(Message::NoteEdited(file, written));
    };
    spawn_job("editor", move |why| drop(panics.send(panic_message("editor", why))), job);
}

/// Counts the hits of saved searches on a thread, beside the current search.
pub fn count_searches(searches: Vec<(String, Request)>, sender: &Sender<Message>) {
    let (counted, panics) = (sender.clone(), sender.clone());
    let job = move || {
        let counts = queries::count_searches(&mut Searcher::default(), &searches, &|| false);
        let _ = counted.send(Message::Event(Event::SearchCounts(counts)));
    };
    spawn_job("counter", move |why| drop(panics.send(panic_message("counter", why))), job);
}

/// Opens a link on a thread, since the launcher may be slow, and so may tmux, which is asked
/// whether the session is attached over SSH.
pub fn open_link(
    find: impl FnOnce() -> Result<String, String> + Send + 'static,
    surroundings: &Environment,
    sender: &Sender<Message>,
) {
    let (opened, panics) = (sender.clone(), sender.clone());
    let surroundings = surroundings.clone();
    let job = move || {
        let url = match find() {
            Ok(url) => url,
            Err(why) => return drop(opened.send(Message::Event(Event::Error(why)))),
        };
        let desktop =
            Desktop::read().with_connection(surroundings.with_attached_terminal().connection);
        let event = match open_link::open_link(&url, desktop) {
            Ok(LinkOpened::Launched) => Event::OpenResult(Ok(format!("Opened {url}"))),
            Ok(LinkOpened::Show { link, why }) => {
                let why = format!("{why}, so the link is shown instead");
                Event::OpenResult(Err(UnopenedLink { url: link, reason: why }))
            }
            Err(error) => Event::Error(error.to_string()),
        };
        let _ = opened.send(Message::Event(event));
    };
    spawn_job("opener", move |why| drop(panics.send(panic_message("opener", why))), job);
}
