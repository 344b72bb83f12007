//! The threads beside the loop, and what they post to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::clipboard::{Clipboard, Setting, Surroundings};
use super::jobs::note_editor::{NoteFile, editor};
use super::jobs::open_link::{self, Desktop, Opened as LinkOpened};
use super::queries;
use super::terminal::TerminalError;
use super::terminal::input::{Input, Keyboard};
use super::terminal::signals::{self, Signal};
use super::workers::copy::{Copied, Copier};
use super::workers::library::{Librarian, keys_of, place_of};
use super::workers::loader::Loader;
use super::workers::spawn::spawn_job;
use crate::app::{Event, LinkShown, Written};
use crate::library::{News, Which};
use crate::search::{self, Request, Said, Searcher, Worker};
use crate::sources::{Cache, Loading, Opened};

/// Everything that wakes the loop.
#[derive(Debug)]
pub enum Posted {
    Happened(Event),
    /// What the load of that number has to say.
    Loaded(u32, Loading),
    Input(Input),
    Signal(Signal),
    Copied(Copied),
    /// What the library has to say of the load of that number.
    Library(u32, News),
    /// The editor has ended.
    Edited(NoteFile, Written),
}

/// The threads beside the loop, and the way back from them.
pub struct Threads {
    pub worker: Worker,
    /// Gone once the program is at its end.
    pub finishing: Option<Finishing>,
    pub loader: Loader,
    pub keyboard: Arc<Keyboard>,
    pub sender: Sender<Posted>,
}

/// The threads whose work is to reach its end before the program does.
pub struct Finishing {
    pub copier: Copier,
    pub librarian: Librarian,
}

impl Finishing {
    /// Waits for all that was asked for.
    pub fn finish(self) {
        self.copier.finish();
        self.librarian.finish();
    }
}

pub fn start_worker(sender: &Sender<Posted>) -> Worker {
    let (answers, panics) = (sender.clone(), sender.clone());
    search::spawn(
        move |said| {
            let event = match said {
                Said::Answered(answer) => Event::Matched(answer),
                Said::Indexed(papers) => Event::Indexed(papers),
            };
            drop(answers.send(Posted::Happened(event)));
        },
        move |why| drop(panics.send(panicked("search", why))),
    )
}

fn panicked(job: &'static str, why: String) -> Posted {
    Posted::Happened(Event::Panicked { job, why })
}

/// Starts the load of that number; what an earlier one still says is dropped by it.
pub fn start_loader(
    number: u32,
    opened: Vec<Opened>,
    cache: Option<Cache>,
    sender: &Sender<Posted>,
) -> Loader {
    let (loaded, panics) = (sender.clone(), sender.clone());
    Loader::start(
        number,
        opened,
        cache,
        move |why| drop(panics.send(panicked("loader", why))),
        move |it| drop(loaded.send(Posted::Loaded(number, it))),
    )
}

pub fn start_copier(
    setting: Setting,
    surroundings: Surroundings,
    sender: &Sender<Posted>,
) -> Copier {
    let (copied, panics) = (sender.clone(), sender.clone());
    Copier::start(
        Clipboard::new(setting, surroundings),
        move |why| drop(panics.send(panicked("clipboard", why))),
        move |outcome| drop(copied.send(Posted::Copied(outcome))),
    )
}

pub fn start_librarian(
    file: Option<PathBuf>,
    opened: &[Opened],
    sender: &Sender<Posted>,
) -> Librarian {
    let (news, panics) = (sender.clone(), sender.clone());
    Librarian::start(
        file,
        place_of(opened),
        keys_of(opened),
        move |why| drop(panics.send(panicked("library", why))),
        move |number, it| drop(news.send(Posted::Library(number, it))),
    )
}

pub fn watch_signals(sender: &Sender<Posted>) -> Result<(), TerminalError> {
    let caught = sender.clone();
    signals::watch(move |signal| drop(caught.send(Posted::Signal(signal))))
        .map_err(TerminalError::Enter)
}

pub fn listen(sender: &Sender<Posted>) -> Result<Arc<Keyboard>, TerminalError> {
    let keys = sender.clone();
    Keyboard::listen(move |input| drop(keys.send(Posted::Input(input))))
        .map(Arc::new)
        .map_err(TerminalError::Enter)
}

/// Has a note edited, with the keys left to the editor meanwhile.
pub fn edit_note(file: NoteFile, paper: Which, threads: &Threads) {
    let (edited, panics) = (threads.sender.clone(), threads.sender.clone());
    let keyboard = Arc::clone(&threads.keyboard);
    let job = move || {
        let written = {
            let _turn = keyboard.pause();
            file.edit(&editor(), paper)
        };
        let _ = edited.send(Posted::Edited(file, written));
    };
    spawn_job("editor", move |why| drop(panics.send(panicked("editor", why))), job);
}

/// Counts what saved searches find, beside the search that is under way.
pub fn count_searches(searches: Vec<(String, Request)>, sender: &Sender<Posted>) {
    let (counted, panics) = (sender.clone(), sender.clone());
    let job = move || {
        let counts = queries::counted(&mut Searcher::default(), &searches, &|| false);
        let _ = counted.send(Posted::Happened(Event::Counted(counts)));
    };
    spawn_job("counter", move |why| drop(panics.send(panicked("counter", why))), job);
}

/// Opens a link off the main thread: a launcher may take its time, and so may tmux, which knows
/// from where the screen is looked at.
pub fn open_link(
    find: impl FnOnce() -> Result<String, String> + Send + 'static,
    surroundings: &Surroundings,
    sender: &Sender<Posted>,
) {
    let (opened, panics) = (sender.clone(), sender.clone());
    let surroundings = surroundings.clone();
    let job = move || {
        let url = match find() {
            Ok(url) => url,
            Err(why) => return drop(opened.send(Posted::Happened(Event::Failed(why)))),
        };
        let desktop = Desktop::read().seen_over(surroundings.refreshed().link);
        let event = match open_link::open(&url, desktop) {
            Ok(LinkOpened::Launched) => Event::Opened(Ok(format!("Opened {url}"))),
            Ok(LinkOpened::Shown { link, why }) => {
                let why = format!("Shown, not opened: {why}.");
                Event::Opened(Err(LinkShown { url: link, why }))
            }
            Err(error) => Event::Failed(error.to_string()),
        };
        let _ = opened.send(Posted::Happened(event));
    };
    spawn_job("opener", move |why| drop(panics.send(panicked("opener", why))), job);
}
