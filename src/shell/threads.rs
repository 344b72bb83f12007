//! Threads beside the event loop, and the messages that they send to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::clipboard::{Clipboard, ClipboardSetting, Environment};
use super::jobs::enrich::{EnrichRequest, enrich};
use super::jobs::inbox_update::update_inbox;
use super::jobs::note_editor::{NoteFile, editor_command};
use super::jobs::open_link::{self, Desktop, OpenResult as LinkOpened};
use super::queries;
use super::terminal::TerminalError;
use super::terminal::input::{InputThread, TerminalEvent};
use super::terminal::signals::{self, Signal};
use super::workers::copy::{CopyResult, CopyWorker};
use super::workers::library::{LibraryWorker, key_pattern_of, session_key_of};
use super::workers::loader::Loader;
use super::workers::other_loads::OtherLoads;
use super::workers::spawn::spawn_job;
use super::workers::text::TextWorker;
use crate::app::model::facet_counts::FacetRequest;
use crate::app::{Event, NoteResult, UnopenedLink};
use crate::library::{LibraryEvent, PaperRef};
use crate::search::{self, Request, Searcher, Worker, WorkerEvent};
use crate::sources::{Cache, InboxSettings, LoadControl, LoadEvent, OpenSource};

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
    /// Text or changes of papers of the load with this number.
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
    pub other_loads: OtherLoads,
    /// Ends the completion of papers.
    pub enrichment: Option<LoadControl>,
    pub text: TextWorker,
    pub input: Arc<InputThread>,
    pub sender: Sender<Message>,
}

/// The threads whose pending work is completed before the program ends.
pub struct DrainingThreads {
    pub copy_worker: CopyWorker,
    pub library_worker: LibraryWorker,
}

impl DrainingThreads {
    /// Waits for the pending work of both threads.
    pub fn finish(self) {
        self.copy_worker.finish();
        self.library_worker.finish();
    }
}

pub fn start_worker(sender: &Sender<Message>) -> Worker {
    let (responses, panics) = (sender.clone(), sender.clone());
    search::spawn(
        move |event| {
            let app_event = match event {
                WorkerEvent::Response(response) => Event::SearchResponse(response),
                WorkerEvent::IndexProgress(papers) => Event::IndexProgress(papers),
            };
            drop(responses.send(Message::Event(app_event)));
        },
        move |reason| drop(panics.send(panic_message("search", reason))),
    )
}

fn panic_message(job: &'static str, reason: String) -> Message {
    Message::Event(Event::ThreadPanic { job, why: reason })
}

/// Starts the load with this number. Messages of earlier loads are dropped by their number.
pub fn start_loader(
    number: u32,
    sources: Vec<OpenSource>,
    cache: Option<Cache>,
    sender: &Sender<Message>,
) -> Loader {
    let (events, panics) = (sender.clone(), sender.clone());
    Loader::start(
        number,
        sources,
        cache,
        move |reason| drop(panics.send(panic_message("loader", reason))),
        move |it| drop(events.send(Message::Load(number, it))),
    )
}

/// Completes papers of the load with this number. Returns the control that ends it, which dropping
/// it does too.
pub fn start_enrichment(
    number: u32,
    request: EnrichRequest,
    sender: &Sender<Message>,
) -> LoadControl {
    let (events, panics) = (sender.clone(), sender.clone());
    let control = LoadControl::default();
    let handle = control.clone();
    let job = move || {
        enrich(&request, &control, &mut |event| {
            drop(events.send(Message::Text(number, Event::Enrichment(event))));
        });
    };
    spawn_job("services", move |reason| drop(panics.send(panic_message("services", reason))), job);
    handle
}

/// Fetches what is followed.
pub fn start_inbox_update(settings: Arc<InboxSettings>, sender: &Sender<Message>) {
    let (events, panics) = (sender.clone(), sender.clone());
    spawn_job(
        "inbox",
        move |reason| drop(panics.send(panic_message("inbox", reason))),
        move || {
            let news = update_inbox(&settings);
            drop(events.send(Message::Event(Event::InboxUpdated(news))));
        },
    );
}

pub fn start_copy_worker(
    setting: ClipboardSetting,
    environment: Environment,
    sender: &Sender<Message>,
) -> CopyWorker {
    let (results, panics) = (sender.clone(), sender.clone());
    CopyWorker::start(
        Clipboard::new(setting, environment),
        move |reason| drop(panics.send(panic_message("clipboard", reason))),
        move |outcome| drop(results.send(Message::Copy(outcome))),
    )
}

pub fn start_library_worker(
    file: Option<PathBuf>,
    sources: &[OpenSource],
    sender: &Sender<Message>,
) -> LibraryWorker {
    let (events, panics) = (sender.clone(), sender.clone());
    LibraryWorker::start(
        file,
        session_key_of(sources),
        key_pattern_of(sources),
        move |reason| drop(panics.send(panic_message("library", reason))),
        move |number, it| drop(events.send(Message::Library(number, it))),
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
    let messages = sender.clone();
    signals::watch(move |signal| drop(messages.send(Message::Signal(signal))))
        .map_err(TerminalError::Enter)
}

/// Starts to read the terminal. A lone Esc waits for `escape_timeout` for the rest of a sequence.
pub fn start_input(
    escape_timeout: Duration,
    sender: &Sender<Message>,
) -> Result<Arc<InputThread>, TerminalError> {
    let keys = sender.clone();
    InputThread::start(escape_timeout, move |input| drop(keys.send(Message::Input(input))))
        .map(Arc::new)
        .map_err(TerminalError::Enter)
}

/// Edits a note on a thread, while the input thread is paused.
pub fn edit_note(file: NoteFile, paper: PaperRef, threads: &Threads) {
    let (results, panics) = (threads.sender.clone(), threads.sender.clone());
    let keyboard = Arc::clone(&threads.input);
    let job = move || {
        let result = {
            let _turn = keyboard.pause();
            file.edit(&editor_command(), paper)
        };
        let _ = results.send(Message::NoteEdited(file, result));
    };
    spawn_job("editor", move |reason| drop(panics.send(panic_message("editor", reason))), job);
}

/// Counts the hits of saved searches on a thread, beside the current search.
pub fn count_searches(searches: Vec<(String, Request)>, sender: &Sender<Message>) {
    let (results, panics) = (sender.clone(), sender.clone());
    let job = move || {
        let counts = queries::count_searches(&mut Searcher::default(), &searches, &|| false);
        let _ = results.send(Message::Event(Event::SearchCounts(counts)));
    };
    spawn_job("counter", move |reason| drop(panics.send(panic_message("counter", reason))), job);
}

/// Counts values of facets on a thread, beside the current search.
pub fn count_facets(request: FacetRequest, sender: &Sender<Message>) {
    let (results, panics) = (sender.clone(), sender.clone());
    let job = move || {
        let counts = queries::count_facets(&mut Searcher::default(), &request, &|| false);
        let _ = results.send(Message::Event(Event::CountedFacets(counts)));
    };
    spawn_job("facets", move |reason| drop(panics.send(panic_message("facets", reason))), job);
}

/// Opens a link on a thread, since the launcher may be slow, and so may tmux, which is asked
/// whether the session is attached over SSH.
pub fn open_link(
    find: impl FnOnce() -> Result<String, String> + Send + 'static,
    environment: &Environment,
    sender: &Sender<Message>,
) {
    let (results, panics) = (sender.clone(), sender.clone());
    let environment = environment.clone();
    let job = move || {
        let url = match find() {
            Ok(url) => url,
            Err(reason) => return drop(results.send(Message::Event(Event::Error(reason)))),
        };
        let desktop =
            Desktop::read().with_connection(environment.with_attached_terminal().connection);
        let browsers = std::env::var("BROWSER").ok();
        let event = match open_link::open_link(&url, desktop, browsers.as_deref()) {
            Ok(LinkOpened::Launched) => Event::OpenResult(Ok(format!("Opened {url}"))),
            Ok(LinkOpened::Show { link, reason }) => {
                let reason = format!("{reason}, so the link is shown instead");
                Event::OpenResult(Err(UnopenedLink { url: link, reason }))
            }
            Err(error) => Event::Error(error.to_string()),
        };
        let _ = results.send(Message::Event(event));
    };
    spawn_job("opener", move |reason| drop(panics.send(panic_message("opener", reason))), job);
}
