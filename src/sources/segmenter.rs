//! Papers as they arrive, sealed into segments that grow: the first one early, so that there is
//! something to see.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Control, Loading};
use crate::cite::key_hash;
use crate::domain::{AbstractStore, Draft, Segment, SegmentBuilder};
use crate::formats::{Defect, Format};

const FIRST_PAPERS: usize = 200;
const FIRST_BYTES: usize = 64 << 10;
/// Spans in a segment have 32 bits, and folding can make text several times as long.
const MOST_BYTES: usize = 64 << 20;

/// When a segment is full.
struct Size {
    papers: usize,
    bytes: usize,
}

/// What was found so far in what is being read.
#[derive(Default)]
struct Part {
    name: Arc<str>,
    format: Option<Format>,
    papers: u32,
    defects: u32,
}

pub(super) struct Segmenter<'a> {
    builder: SegmentBuilder,
    /// Text in the builder, in bytes.
    bytes: usize,
    most: Size,
    sealed: u32,
    /// Bytes read of this source, and of those before it.
    pub(super) read: u64,
    before: u64,
    /// From where abstracts are read again, if they are not kept.
    store: Option<Arc<dyn AbstractStore>>,
    /// Where the record before this one ended.
    taken: u64,
    part: Part,
    control: &'a Control,
    post: &'a mut dyn FnMut(Loading),
    /// The size of all sources, for those who watch.
    total: Option<u64>,
}

impl<'a> Segmenter<'a> {
    pub(super) fn new(
        total: Option<u64>,
        control: &'a Control,
        post: &'a mut dyn FnMut(Loading),
    ) -> Self {
        Self {
            builder: SegmentBuilder::default(),
            bytes: 0,
            most: Size { papers: FIRST_PAPERS, bytes: FIRST_BYTES },
            sealed: 0,
            read: 0,
            before: 0,
            store: None,
            taken: 0,
            part: Part::default(),
            control,
            post,
            total,
        }
    }

    /// Begins another source, or part of one. Its abstracts stay in the store, if there is one.
    pub(super) fn begin(
        &mut self,
        name: &Arc<str>,
        format: Format,
        store: Option<Arc<dyn AbstractStore>>,
    ) {
        self.end_part();
        self.part = Part { name: Arc::clone(name), format: Some(format), ..Part::default() };
        if store.is_some() || self.store.is_some() {
            self.seal();
            self.builder = store.clone().map(SegmentBuilder::stored).unwrap_or_default();
        }
        self.store = store;
    }

    /// Counts what is read from now on from the start of another source.
    pub(super) fn begin_source(&mut self) {
        self.before += std::mem::take(&mut self.read);
        self.taken = 0;
    }

    /// Counts a source as read up to there.
    pub(super) fn reached(&mut self, end: u64) {
        self.read = self.read.max(end);
    }

    /// Says that a part of a source holds no papers.
    pub(super) fn pass_over(&mut self, name: &Arc<str>, why: &str) {
        (self.post)(Loading::PassedOver { name: Arc::clone(name), why: why.to_owned() });
    }

    /// Says that a part of a source could not be read to its end, in a sentence.
    pub(super) fn fail_part(&mut self, why: String) {
        (self.post)(Loading::Defect(Defect { source: Arc::default(), line: 0, reason: why }));
    }

    /// Says that a source broke off.
    pub(super) fn fail(&mut self, why: String) {
        self.seal();
        (self.post)(Loading::Failed(why));
    }

    /// Passes on a segment that came sealed.
    pub(super) fn pass(&mut self, segment: &Arc<Segment>) {
        self.seal_builder();
        self.sealed += segment.len();
        (self.post)(Loading::Segment(Arc::clone(segment)));
    }

    /// Takes what a reader found; breaks when the loading is to end.
    pub(super) fn take(&mut self, record: Result<Draft, Defect>) -> ControlFlow<()> {
        if self.is_over() {
            return ControlFlow::Break(());
        }
        match record {
            Ok(draft) => self.push(&draft),
            Err(defect) => {
                self.part.defects += 1;
                let source = Arc::clone(&self.part.name);
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
        self.seal_builder();
        let (bytes, total, papers) = (self.before + self.read, self.total, self.sealed);
        (self.post)(Loading::Progress { bytes, total, papers });
    }

    fn seal_builder(&mut self) {
        if !self.builder.is_empty() {
            self.bytes = 0;
            let next = self.store.clone().map(SegmentBuilder::stored).unwrap_or_default();
            let segment = std::mem::replace(&mut self.builder, next).seal();
            self.sealed += segment.len();
            (self.post)(Loading::Segment(segment));
        }
    }

    /// Seals what is left, and says that all is done.
    pub(super) fn finish(mut self) {
        self.end_part();
        self.seal();
        (self.post)(Loading::Done);
    }

    /// Says what was found in the part that was read last.
    fn end_part(&mut self) {
        let Part { name, format, papers, defects } = std::mem::take(&mut self.part);
        if let Some(format) = format {
            (self.post)(Loading::Read { name, format, papers, defects });
        }
    }

    fn push(&mut self, draft: &Draft) {
        self.part.papers += 1;
        self.builder.push_at(draft, key_hash(draft), self.taken..self.read);
        self.taken = self.read;
        self.bytes += draft.size();
        if self.builder.len() >= self.most.papers || self.bytes >= self.most.bytes {
            self.seal();
            self.most.papers = (self.most.papers * 2).min(SegmentBuilder::CAPACITY);
            self.most.bytes = (self.most.bytes * 2).min(MOST_BYTES);
        }
    }
}
