//! Papers as they arrive, sealed into segments that grow: the first one early, so that there is
//! something to see.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Control, Loading};
use crate::cite::key_hash;
use crate::domain::{AbstractStore, Draft, SegmentBuilder};
use crate::formats::Defect;

const FIRST_PAPERS: usize = 200;
const FIRST_BYTES: usize = 64 << 10;
/// Spans in a segment have 32 bits, and folding can make text several times as long.
const MOST_BYTES: usize = 64 << 20;

pub(super) struct Segmenter<'a> {
    builder: SegmentBuilder,
    /// Text in the builder, in bytes.
    bytes: usize,
    most_papers: usize,
    most_bytes: usize,
    sealed: u32,
    /// Bytes read of the source, and its size, for those who watch.
    pub(super) read: u64,
    pub(super) total: Option<u64>,
    /// From where abstracts are read again, if they are not kept.
    store: Option<Arc<dyn AbstractStore>>,
    /// Where the record before this one ended.
    taken: u64,
    name: Arc<str>,
    control: &'a Control,
    post: &'a mut dyn FnMut(Loading),
}

impl<'a> Segmenter<'a> {
    pub(super) fn new(
        name: Arc<str>,
        total: Option<u64>,
        control: &'a Control,
        post: &'a mut dyn FnMut(Loading),
    ) -> Self {
        Self {
            builder: SegmentBuilder::default(),
            bytes: 0,
            most_papers: FIRST_PAPERS,
            most_bytes: FIRST_BYTES,
            sealed: 0,
            read: 0,
            total,
            store: None,
            taken: 0,
            name,
            control,
            post,
        }
    }

    /// Has the abstracts stay in the store. To be called before anything is taken.
    pub(super) fn keep_in(&mut self, store: Arc<dyn AbstractStore>) {
        self.builder = SegmentBuilder::stored(Arc::clone(&store));
        self.store = Some(store);
    }

    /// Takes what a reader found; breaks when the loading is to end.
    pub(super) fn take(&mut self, record: Result<Draft, Defect>) -> ControlFlow<()> {
        if self.is_over() {
            return ControlFlow::Break(());
        }
        match record {
            Ok(draft) => self.push(&draft),
            Err(defect) => {
                let source = Arc::clone(&self.name);
                (self.post)(Loading::Defect(Defect { source, ..defect }));
            }
        }
        ControlFlow::Continue(())
    }

    /// Waits while the loading is paused, all that was read in sight; tells whether it is to end.
    pub(super) fn is_over(&mut self) -> bool {
        if self.control.is_paused() {
            self.seal();
        }
        self.control.is_over()
    }

    /// Seals what there is, if anything.
    pub(super) fn seal(&mut self) {
        if !self.builder.is_empty() {
            self.bytes = 0;
            let next = self.store.clone().map(SegmentBuilder::stored).unwrap_or_default();
            let segment = std::mem::replace(&mut self.builder, next).seal();
            self.sealed += segment.len();
            (self.post)(Loading::Segment(segment));
        }
        let (bytes, total, papers) = (self.read, self.total, self.sealed);
        (self.post)(Loading::Progress { bytes, total, papers });
    }

    /// Seals what is left, and says how it ended.
    pub(super) fn finish(mut self, failure: Option<String>) {
        self.seal();
        (self.post)(failure.map_or(Loading::Done, Loading::Failed));
    }

    fn push(&mut self, draft: &Draft) {
        self.builder.push_at(draft, key_hash(draft), self.taken..self.read);
        self.taken = self.read;
        self.bytes += draft.size();
        if self.builder.len() >= self.most_papers || self.bytes >= self.most_bytes {
            self.seal();
            self.most_papers = (self.most_papers * 2).min(SegmentBuilder::CAPACITY);
            self.most_bytes = (self.most_bytes * 2).min(MOST_BYTES);
        }
    }
}
