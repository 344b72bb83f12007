//! The library thread: executes commands in order, so that a slow disk does not block the event
//! loop.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;

use super::handle::{RequestSender, WorkerHandle, WorkerRequest};
use super::loader::session_key;
use super::pending_work::{CompletionSender, ExitPolicy};
use super::spawn::spawn_job;
use crate::cite::SharedBibliography;
use crate::domain::KeyPattern;
use crate::library::{IssuedKey, Library, LibraryCommand, LibraryEvent, LoadStart};
use crate::sources::{LoadEvent, OpenSource};

#[derive(Debug)]
enum LibraryRequest {
    Command(LibraryCommand),
    Load(LoadEvent),
    /// The load with this number begins.
    StartLoad(u32, LoadStart),
    CheckForChanges,
    /// The first frame is drawn.
    FirstFrameDrawn,
}

/// Handle of the library thread.
#[derive(Debug)]
pub struct LibraryWorker {
    handle: WorkerHandle<LibraryRequest>,
    /// Set at exit to cancel the recognition of papers.
    is_exiting: Arc<AtomicBool>,
}

impl LibraryWorker {
    /// Opens the library on a thread of its own. `post` receives the events, each with the number
    /// of the load that its paper ids belong to.
    pub fn start(
        file: Option<PathBuf>,
        source: Option<String>,
        keys: KeyPattern,
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(u32, LibraryEvent) + Send + 'static,
    ) -> Self {
        let (handle, receiver, completions) = WorkerHandle::new();
        let is_exiting = Arc::new(AtomicBool::new(false));
        let cancel_flag = Arc::clone(&is_exiting);
        let job = move || match Library::open_store(file, source, keys) {
            Ok((library, events)) => {
                post_all(0, events, &post);
                serve(library.with_cancel_flag(cancel_flag), &receiver, &completions, &post);
            }
            Err(reason) => post(0, LibraryEvent::Warning(reason.to_string())),
        };
        spawn_job("library", on_panic, job);
        Self { handle, is_exiting }
    }

    /// Handle to record assigned citation keys from another thread.
    pub fn key_recorder(&self, bibliographies: SharedBibliography) -> CitationKeyRecorder {
        CitationKeyRecorder { bibliographies, requests: self.handle.sender() }
    }

    pub fn run_command(&self, command: LibraryCommand) {
        self.handle.send(LibraryRequest::Command(command));
    }

    /// Forwards arrived papers to be recognised. The library defers that until the first frame is
    /// drawn, which it would delay.
    pub fn forward_load_event(&self, event: &LoadEvent) {
        self.handle.send(LibraryRequest::Load(match event {
            LoadEvent::Segment(segment) => LoadEvent::Segment(Arc::clone(segment)),
            LoadEvent::Duplicates(duplicates) => LoadEvent::Duplicates(Arc::clone(duplicates)),
            LoadEvent::Done => LoadEvent::Done,
            LoadEvent::Progress { .. }
            | LoadEvent::DuplicateRows(_)
            | LoadEvent::Fetch(_)
            | LoadEvent::Defect(_)
            | LoadEvent::PartSummary { .. }
            | LoadEvent::SkippedPart { .. }
            | LoadEvent::Failed(_)
            | LoadEvent::Notice(_) => return,
        }));
    }

    /// Announces that sources are loaded under this number.
    pub fn start_load(&self, number: u32, start: LoadStart) {
        self.handle.send(LibraryRequest::StartLoad(number, start));
    }

    /// Requests a check for changes by other processes.
    pub fn check_for_changes(&self) {
        self.handle.send(LibraryRequest::CheckForChanges);
    }

    /// Announces that the first frame is drawn.
    pub fn note_first_frame(&self) {
        self.handle.send(LibraryRequest::FirstFrameDrawn);
    }

    /// Waits until every command is durable or has failed. The recognition of papers is cancelled.
    pub fn finish(self) {
        self.is_exiting.store(true, Ordering::SeqCst);
        self.handle.finish();
    }
}

/// Records assigned citation keys in memory for this run, and in the library.
#[derive(Debug)]
pub struct CitationKeyRecorder {
    bibliographies: SharedBibliography,
    requests: RequestSender<LibraryRequest>,
}

impl CitationKeyRecorder {
    pub fn record(self, issued_keys: Vec<IssuedKey>) {
        if issued_keys.is_empty() {
            return;
        }
        self.bibliographies.add_assigned_keys(issued_keys.iter().map(IssuedKey::to_assigned_key));
        self.requests.send(LibraryRequest::Command(LibraryCommand::IssueKeys(issued_keys)));
    }
}

impl WorkerRequest for LibraryRequest {
    fn exit_policy(&self) -> ExitPolicy {
        match self {
            Self::Command(_) => ExitPolicy::Finish,
            Self::Load(_) | Self::StartLoad(..) | Self::CheckForChanges | Self::FirstFrameDrawn => {
                ExitPolicy::Abandon
            }
        }
    }
}

fn serve(
    mut library: Library,
    receiver: &Receiver<LibraryRequest>,
    completions: &CompletionSender,
    post: &impl Fn(u32, LibraryEvent),
) {
    let (mut number, mut is_drawn) = (0, false);
    let mut batch = VecDeque::new();
    loop {
        if batch.is_empty() {
            let Ok(first) = receiver.recv() else { return };
            batch.push_back(first);
        }
        batch.extend(receiver.try_iter());
        let Some(request) = batch.pop_front() else { continue };
        let exit_policy = request.exit_policy();
        let events = match request {
            // Coalesces queued session saves: only the newest matters.
            LibraryRequest::Command(LibraryCommand::SaveSession(_)) if is_superseded(&batch) => {
                Vec::new()
            }
            LibraryRequest::CheckForChanges
                if batch.iter().any(|it| matches!(it, LibraryRequest::CheckForChanges)) =>
            {
                continue;
            }
            LibraryRequest::Command(command) => library.execute(&command),
            LibraryRequest::Load(event) => {
                post_all(number, library.add(&event), post);
                if is_drawn { library.recognise_new() } else { Vec::new() }
            }
            LibraryRequest::FirstFrameDrawn => {
                is_drawn = true;
                library.recognise_new()
            }
            LibraryRequest::CheckForChanges => library.poll_changes(),
            LibraryRequest::StartLoad(load_number, start) => {
                number = load_number;
                library.start_load(start);
                continue;
            }
        };
        post_all(number, events, post);
        completions.report(exit_policy);
    }
}

fn post_all(
    number: u32,
    events: impl IntoIterator<Item = LibraryEvent>,
    post: &impl Fn(u32, LibraryEvent),
) {
    for event in events {
        post(number, event);
    }
}

/// Returns true if a later session save is queued for the same load.
fn is_superseded(batch: &VecDeque<LibraryRequest>) -> bool {
    let mut requests = batch.iter().take_while(|it| !matches!(it, LibraryRequest::StartLoad(..)));
    requests.any(|it| matches!(it, LibraryRequest::Command(LibraryCommand::SaveSession(_))))
}

/// Drops paper ids of a replaced corpus from an event; returns `None` if nothing is left.
pub fn without_papers(event: LibraryEvent) -> Option<LibraryEvent> {
    match event {
        LibraryEvent::MarksChanged(_)
        | LibraryEvent::SourceRead
        | LibraryEvent::SessionRestored(_) => None,
        LibraryEvent::ChangesApplied(mut receipt) => {
            receipt.papers.clear();
            Some(LibraryEvent::ChangesApplied(receipt))
        }
        LibraryEvent::BasketChanged(mut basket) => {
            basket.corpus_ids.fill(None);
            Some(LibraryEvent::BasketChanged(basket))
        }
        other => Some(other),
    }
}

/// The pattern of citation keys of these sources.
pub fn key_pattern_of(sources: &[OpenSource]) -> KeyPattern {
    sources.first().map(|it| it.options().key_pattern.clone()).unwrap_or_default()
}

/// The session key of these sources; `None` if one of them cannot be opened again.
pub fn session_key_of(sources: &[OpenSource]) -> Option<String> {
    session_key(sources.iter().map(OpenSource::source))
}
