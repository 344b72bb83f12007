//! Papers as they arrive, sealed into segments that grow: the first one early, so that there is
//! something to see.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::control::Control;
use crate::domain::{Draft, Segment, SegmentBuilder};
use crate::formats::{Defect, Format};
use crate::sources::abstracts::spill::Holding;
use crate::sources::load_event::Loading;

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
struct Found {
    name: Arc<str>,
    format: Option<Format>,
    papers: u32,
    defects: u32,
}

pub struct Segmenter<'a> {
    holding: Holding,
    builder: SegmentBuilder,
    /// Text in the builder, in bytes.
    bytes: usize,
    /// Built elsewhere, and waiting for others to be sealed with. These come before the builder's.
    parts: Vec<SegmentBuilder>,
    most: Size,
    sealed: u32,
    /// Bytes read of this source, and of those before it.
    pub read: u64,
    before: u64,
    /// The size of all sources, for those who watch.
    total: Option<u64>,
    found: Found,
    control: &'a Control,
    post: &'a mut dyn FnMut(Loading),
}

impl<'a> Segmenter<'a> {
    pub fn new(
        total: Option<u64>,
        holding: Holding,
        control: &'a Control,
        post: &'a mut dyn FnMut(Loading),
    ) -> Self {
        Self {
            builder: holding.builder(),
            holding,
            bytes: 0,
            parts: Vec::new(),
            most: Size { papers: FIRST_PAPERS, bytes: FIRST_BYTES },
            sealed: 0,
            read: 0,
            before: 0,
            total,
            found: Found::default(),
            control,
            post,
        }
    }

    /// Begins another source, whose bytes are counted from its start.
    pub fn begin_source(&mut self) {
        // What was read elsewhere lies in the segments of its own source.
        if !self.parts.is_empty() {
            self.seal();
        }
        self.before += std::mem::take(&mut self.read);
    }

    /// Begins a source, or a part of one.
    pub fn begin(&mut self, name: &Arc<str>, format: Format) {
        self.end_part();
        self.found = Found { name: Arc::clone(name), format: Some(format), ..Found::default() };
    }

    /// Says what was found in the part that was read last.
    fn end_part(&mut self) {
        let Found { name, format, papers, defects } = std::mem::take(&mut self.found);
        if let Some(format) = format {
            (self.post)(Loading::Read { name, format, papers, defects });
        }
    }

    /// Counts a source as read up to there.
    pub fn reached(&mut self, end: u64) {
        self.read = self.read.max(end);
    }

    /// Says that a part of a source holds no papers.
    pub fn pass_over(&mut self, name: &Arc<str>, why: &str) {
        (self.post)(Loading::PassedOver { name: Arc::clone(name), why: why.to_owned() });
    }

    /// Says that a part of a source could not be read to its end, in a sentence.
    pub fn fail_part(&mut self, why: String) {
        (self.post)(Loading::Defect(Defect { source: Arc::default(), line: 0, reason: why }));
    }

    /// Says that a source broke off.
    pub fn fail(&mut self, why: String) {
        self.seal();
        (self.post)(Loading::Failed(why));
    }

    /// Takes what a reader found; breaks when the loading is to end.
    pub fn take(&mut self, record: Result<Draft, Defect>) -> ControlFlow<()> {
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
    pub fn append(&mut self, mut part: SegmentBuilder) {
        self.found.papers += part.len() as u32;
        self.holding.take_over(&mut part);
        if !self.builder.is_empty() || !self.fits(&part) {
            self.seal();
        }
        self.parts.push(part);
        if self.waiting() >= self.most.papers {
            self.seal();
            self.most.papers = (self.most.papers * 2).min(SegmentBuilder::CAPACITY);
        }
    }

    /// Takes papers that were sealed before.
    pub fn take_sealed(&mut self, segment: Arc<Segment>) {
        if !self.parts.is_empty() || !self.builder.is_empty() {
            self.seal();
        }
        self.found.papers += segment.len();
        self.sealed += segment.len();
        (self.post)(Loading::Segment(segment));
        self.progress();
    }

    pub fn report(&mut self, defect: Defect) {
        self.found.defects += 1;
        let source = Arc::clone(&self.found.name);
        (self.post)(Loading::Defect(Defect { source, ..defect }));
    }

    /// Waits while the loading is paused, all that was read in sight; tells whether it is to end.
    pub fn is_over(&mut self) -> bool {
        if self.control.is_paused() {
            self.seal();
        }
        self.control.is_over()
    }

    /// Seals what there is, if anything.
    pub fn seal(&mut self) {
        self.bytes = 0;
        let mut parts = std::mem::take(&mut self.parts);
        let is_used = !self.builder.is_empty();
        if is_used {
            parts.push(std::mem::take(&mut self.builder));
        }
        if !parts.is_empty() {
            let segment = SegmentBuilder::seal_all(&parts);
            self.sealed += segment.len();
            let was_spilling = self.holding.is_spilling();
            if let Some(why) = self.holding.sealed(&segment) {
                (self.post)(Loading::Told(why));
            }
            (self.post)(Loading::Segment(segment));
            let used =
                parts.pop().filter(|_| is_used && was_spilling == self.holding.is_spilling());
            self.builder = self.holding.builder_in(used);
        }
        self.progress();
    }

    fn progress(&mut self) {
        let (bytes, total, papers) = (self.before + self.read, self.total, self.sealed);
        (self.post)(Loading::Progress { bytes, total, papers });
    }

    /// Seals what is left, and says that all is done.
    pub fn finish(mut self) {
        self.end_part();
        self.seal();
        (self.post)(Loading::Done);
    }

    fn push(&mut self, draft: &Draft) {
        self.found.papers += 1;
        self.builder.push_at(draft, self.holding.place(&draft.abstract_text));
        self.bytes += draft.size();
        if self.builder.len() >= self.most.papers || self.bytes >= self.most.bytes {
            self.seal();
            self.most.papers = (self.most.papers * 2).min(SegmentBuilder::CAPACITY);
            self.most.bytes = (self.most.bytes * 2).min(MOST_BYTES);
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
