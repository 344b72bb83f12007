//! Papers as they arrive, sealed into segments that grow: the first one early, so that there is
//! something to see.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Control, Loading};
use crate::cite::key_hash;
use crate::domain::{Draft, Segment, SegmentBuilder};
use crate::formats::Defect;

const FIRST_PAPERS: usize = 200;
const FIRST_BYTES: usize = 64 << 10;
/// Spans in a segment have 32 bits, and folding can make text several times as long.
const MOST_BYTES: usize = 64 << 20;

pub(super) struct Segmenter<'a> {
    builder: SegmentBuilder,
    /// Text in the builder, in bytes.
    bytes: usize,
    /// Built elsewhere, and waiting for others to be sealed with. These come before the builder's.
    parts: Vec<SegmentBuilder>,
    most_papers: usize,
    most_bytes: usize,
    sealed: u32,
    /// Bytes read of the source, and its size, for those who watch.
    pub(super) read: u64,
    pub(super) total: Option<u64>,
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
            parts: Vec::new(),
            most_papers: FIRST_PAPERS,
            most_bytes: FIRST_BYTES,
            sealed: 0,
            read: 0,
            total,
            name,
            control,
            post,
        }
    }

    /// Takes what a reader found; breaks when the loading is to end.
    pub(super) fn take(&mut self, record: Result<Draft, Defect>) -> ControlFlow<()> {
        if self.is_over() {
            return ControlFlow::Break(());
        }
        match record {
            Ok(draft) => self.push(&draft),
            Err(defect) => self.report(defect),
        }
        ControlFlow::Continue(())
    }

    /// Takes papers that were read elsewhere.
    pub(super) fn append(&mut self, part: SegmentBuilder) {
        if !self.fits(&part) {
            self.seal();
        }
        self.parts.push(part);
        if self.waiting() >= self.most_papers {
            self.seal();
            self.most_papers = (self.most_papers * 2).min(SegmentBuilder::CAPACITY);
        }
    }

    /// Takes papers that were sealed before.
    pub(super) fn take_sealed(&mut self, segment: Arc<Segment>) {
        self.sealed += segment.len();
        (self.post)(Loading::Segment(segment));
        self.progress();
    }

    pub(super) fn report(&mut self, defect: Defect) {
        let source = Arc::clone(&self.name);
        (self.post)(Loading::Defect(Defect { source, ..defect }));
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
        self.bytes = 0;
        let mut parts = std::mem::take(&mut self.parts);
        if !self.builder.is_empty() {
            parts.push(std::mem::take(&mut self.builder));
        }
        if !parts.is_empty() {
            let segment = SegmentBuilder::seal_all(&parts);
            self.sealed += segment.len();
            (self.post)(Loading::Segment(segment));
        }
        self.progress();
    }

    fn progress(&mut self) {
        let (bytes, total, papers) = (self.read, self.total, self.sealed);
        (self.post)(Loading::Progress { bytes, total, papers });
    }

    /// Seals what is left, and says how it ended.
    pub(super) fn finish(mut self, failure: Option<String>) {
        self.seal();
        (self.post)(failure.map_or(Loading::Done, Loading::Failed));
    }

    fn push(&mut self, draft: &Draft) {
        self.builder.push(draft, key_hash(draft));
        self.bytes += draft.size();
        if self.builder.len() >= self.most_papers || self.bytes >= self.most_bytes {
            self.seal();
            self.most_papers = (self.most_papers * 2).min(SegmentBuilder::CAPACITY);
            self.most_bytes = (self.most_bytes * 2).min(MOST_BYTES);
        }
    }

    /// Papers that wait to be sealed.
    fn waiting(&self) -> usize {
        self.parts.iter().map(SegmentBuilder::len).sum()
    }

    /// Whether the papers may lie in one segment with those that wait.
    fn fits(&self, part: &SegmentBuilder) -> bool {
        let starts = self.parts.first().and_then(SegmentBuilder::places);
        let spans = starts.zip(part.places()).map_or(0, |(first, last)| last.end - first.start);
        let bytes: usize = self.parts.iter().chain([part]).map(SegmentBuilder::text_bytes).sum();
        self.waiting() + part.len() <= SegmentBuilder::CAPACITY
            && spans <= u32::MAX.into()
            && bytes <= 4 * MOST_BYTES
    }
}
