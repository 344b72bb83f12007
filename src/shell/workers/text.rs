//! The text thread: reads abstracts from files, so that a slow disk does not block the event loop.

use std::sync::mpsc::Receiver;

use super::handle::{WorkerHandle, WorkerRequest};
use super::pending_work::ExitPolicy;
use super::spawn::spawn_job;
use crate::app::Event;
use crate::domain::{Corpus, PaperId};
use crate::search::{Highlighter, QueryId};
use crate::shell::queries;

/// Handle of the text thread.
#[derive(Debug)]
pub struct TextWorker {
    handle: WorkerHandle<TextRequest>,
}

/// A request for text, with the number of the load that its paper ids belong to.
#[derive(Debug)]
pub struct TextRequest {
    pub load: u32,
    pub corpus: Corpus,
    pub kind: TextKind,
}

#[derive(Debug)]
pub enum TextKind {
    Abstract(PaperId),
    Snippets { query_id: QueryId, papers: Vec<PaperId>, highlighter: Highlighter },
}

impl TextWorker {
    /// Starts the thread. `post` receives a response with the number of its load. An abstract that
    /// is requested while an earlier one waits replaces it; so do snippets.
    pub fn start(
        on_panic: impl FnOnce(String) + Send + 'static,
        post: impl Fn(u32, Event) + Send + 'static,
    ) -> Self {
        let (handle, waiting, _) = WorkerHandle::new();
        spawn_job("text", on_panic, move || {
            while let Some(newest) = newest_requests(&waiting) {
                for request in newest.into_iter().flatten() {
                    post(request.load, request.kind.read(&request.corpus));
                }
            }
        });
        Self { handle }
    }

    pub fn request(&self, request: TextRequest) {
        self.handle.send(request);
    }
}

impl WorkerRequest for TextRequest {
    /// Text is for the screen only.
    fn exit_policy(&self) -> ExitPolicy {
        ExitPolicy::Abandon
    }
}

/// Waits for a request and returns the newest of each kind, or `None` once the handle is dropped.
fn newest_requests(waiting: &Receiver<TextRequest>) -> Option<[Option<TextRequest>; 2]> {
    let mut newest = [None, None];
    for request in std::iter::once(waiting.recv().ok()?).chain(waiting.try_iter()) {
        let slot = match request.kind {
            TextKind::Abstract(_) => 0,
            TextKind::Snippets { .. } => 1,
        };
        newest[slot] = Some(request);
    }
    Some(newest)
}

impl TextKind {
    /// Returns true if the text is in memory, so that reading it waits for nothing.
    pub fn is_in_memory(&self, corpus: &Corpus) -> bool {
        match self {
            Self::Abstract(id) => corpus.is_abstract_in_memory(*id),
            Self::Snippets { papers, .. } => {
                papers.iter().all(|id| corpus.is_abstract_in_memory(*id))
            }
        }
    }

    pub fn read(&self, corpus: &Corpus) -> Event {
        match self {
            Self::Abstract(id) => queries::fetch_abstract(corpus, *id),
            Self::Snippets { query_id, papers, highlighter } => {
                queries::highlight_snippets(corpus, *query_id, papers, highlighter)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    fn request(id: u32) -> TextRequest {
        let kind = TextKind::Abstract(PaperId(id));
        TextRequest { load: 7, corpus: Corpus::default(), kind }
    }

    #[test]
    fn only_the_newest_abstract_is_read() {
        let (sender, waiting) = channel();
        for id in 0..3 {
            sender.send(request(id)).unwrap();
        }
        drop(sender);
        let newest = newest_requests(&waiting).unwrap();
        assert!(
            matches!(&newest[0], Some(it) if matches!(it.kind, TextKind::Abstract(PaperId(2))))
        );
        assert!(newest[1].is_none() && newest_requests(&waiting).is_none());
    }

    #[test]
    fn a_response_carries_the_number_of_its_load() {
        let (posted, responses) = channel();
        let worker =
            TextWorker::start(drop, move |load, event| posted.send((load, event)).unwrap());
        worker.request(request(0));
        let (load, event) = responses.recv().unwrap();
        assert!(load == 7 && matches!(event, Event::Abstract { id: PaperId(0), .. }));
    }
}
