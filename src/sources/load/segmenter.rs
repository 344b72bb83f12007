//! Collects papers and seals them into segments of growing size. The first one is small, so that
//! papers are shown early.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::domain::{Draft, Segment, SegmentBuilder};
use crate::formats::{Defect, DefectSeverity, Format};
use crate::sources::abstracts::spill::AbstractSpiller;
use crate::sources::load_control::LoadControl;
use crate::sources::load_event::LoadEvent;

/// Number of papers in the first segment.
const FIRST_PAPERS: usize = 200;
/// Length of the text in the first segment, in bytes.
const FIRST_BYTES: usize = 64 << 10;
/// Maximum text in a segment, in bytes. Text spans are 32 bits wide, and folding can multiply the
/// length of text.
const MAX_BYTES: usize = 64 << 20;

/// Size at which a segment is sealed. Doubles with each segment, up to the maximum.
struct SegmentLimits {
    papers: usize,
    bytes: usize,
}

/// Statistics of the part being read.
#[derive(Default)]
struct SourceStats {
    name: Arc<str>,
    format: Option<&'static str>,
    papers: u32,
    defects: u32,
}

/// Builder of segments, which posts them and the progress.
pub struct Segmenter<'a> {
    spiller: AbstractSpiller,
    builder: SegmentBuilder,
    /// Length of the text in `builder`, in bytes.
    bytes: usize,
    /// Builders filled by other threads, to be sealed together. Their papers precede those of
    /// `builder`.
    pending: Vec<SegmentBuilder>,
    limits: SegmentLimits,
    sealed_papers: u32,
    /// Bytes read of this source; those of earlier sources are in `bytes_before`.
    pub bytes_read: u64,
    bytes_before: u64,
    /// Size of all sources in bytes, for the progress display.
    total_bytes: Option<u64>,
    stats: SourceStats,
    control: &'a LoadControl,
    post: &'a mut dyn FnMut(LoadEvent),
}

impl<'a> Segmenter<'a> {
    pub fn new(
        total: Option<u64>,
        spiller: AbstractSpiller,
        control: &'a LoadControl,
        post: &'a mut dyn FnMut(LoadEvent),
    ) -> Self {
        Self {
            builder: spiller.builder(),
            spiller,
            bytes: 0,
            pending: Vec::new(),
            limits: SegmentLimits { papers: FIRST_PAPERS, bytes: FIRST_BYTES },
            sealed_papers: 0,
            bytes_read: 0,
            bytes_before: 0,
            total_bytes: total,
            stats: SourceStats::default(),
            control,
            post,
        }
    }

    /// Begins the next source, whose bytes are counted from 0.
    pub fn begin_source(&mut self) {
        // Abstracts of pending builders are stored in their own source.
        if !self.pending.is_empty() {
            self.seal();
        }
        self.bytes_before += std::mem::take(&mut self.bytes_read);
    }

    /// Begins a source, or a part of one.
    pub fn begin_part(&mut self, name: &Arc<str>, format: Format) {
        self.begin_named_part(name, format.name());
    }

    /// Begins a source that is no stream of bytes, with the name of its format.
    pub fn begin_named_part(&mut self, name: &Arc<str>, format: &'static str) {
        self.end_part();
        self.stats =
            SourceStats { name: Arc::clone(name), format: Some(format), ..SourceStats::default() };
    }

    /// Posts the statistics of the current part.
    fn end_part(&mut self) {
        let SourceStats { name, format, papers, defects } = std::mem::take(&mut self.stats);
        if let Some(format) = format {
            (self.post)(LoadEvent::PartSummary { name, format, papers, defects });
        }
    }

    /// Sets the progress in the source to at least `end` bytes.
    pub fn advance_to(&mut self, end: u64) {
        self.bytes_read = self.bytes_read.max(end);
    }

    /// Reports a part of a source without papers.
    pub fn skip_part(&mut self, name: &Arc<str>, reason: &str) {
        (self.post)(LoadEvent::SkippedPart { name: Arc::clone(name), reason: reason.to_owned() });
    }

    /// Reports a part of a source that could not be read completely.
    pub fn fail_part(&mut self, reason: String) {
        (self.post)(LoadEvent::Defect(Defect::new(0, reason)));
    }

    /// Reports a source that could not be read completely.
    pub fn fail(&mut self, reason: String) {
        self.seal();
        (self.post)(LoadEvent::Failed(reason));
    }

    /// Adds a record of a reader, or reports its defect. Breaks if the load is cancelled.
    pub fn push_record(&mut self, record: Result<Draft, Defect>) -> ControlFlow<()> {
        if self.wait_while_paused() {
            return ControlFlow::Break(());
        }
        match record {
            Ok(draft) => self.push(&draft),
            Err(defect) => self.report(defect),
        }
        ControlFlow::Continue(())
    }

    /// Adds papers built on another thread.
    pub fn push_builder(&mut self, mut part: SegmentBuilder) {
        self.stats.papers += part.len() as u32;
        self.spiller.move_abstracts(&mut part);
        if !self.builder.is_empty() || !self.fits(&part) {
            self.seal();
        }
        self.pending.push(part);
        if self.pending_papers() >= self.limits.papers {
            self.seal();
            self.limits.papers = (self.limits.papers * 2).min(SegmentBuilder::CAPACITY);
        }
    }

    /// Adds a finished segment, such as one of the cache.
    pub fn push_segment(&mut self, segment: Arc<Segment>) {
        if !self.pending.is_empty() || !self.builder.is_empty() {
            self.seal();
        }
        self.stats.papers += segment.len();
        self.sealed_papers += segment.len();
        (self.post)(LoadEvent::Segment(segment));
        self.post_progress();
    }

    /// Reports a defect of the current part.
    pub fn report(&mut self, defect: Defect) {
        if defect.severity == DefectSeverity::PassedOver {
            let name: Arc<str> = format!("{}: {}", self.stats.name, defect.reason).into();
            return self.skip_part(&name, "no papers");
        }
        self.stats.defects += 1;
        let source = Arc::clone(&self.stats.name);
        (self.post)(LoadEvent::Defect(Defect { source, ..defect }));
    }

    /// Blocks while the load is paused, with all papers read so far sealed. Returns true if it is
    /// cancelled.
    pub fn wait_while_paused(&mut self) -> bool {
        if self.control.is_paused() {
            self.seal();
        }
        self.control.wait_while_paused()
    }

    /// Seals the pending papers, if there are any.
    pub fn seal(&mut self) {
        self.bytes = 0;
        let mut parts = std::mem::take(&mut self.pending);
        let is_used = !self.builder.is_empty();
        if is_used {
            parts.push(std::mem::take(&mut self.builder));
        }
        if !parts.is_empty() {
            let segment = SegmentBuilder::seal_all(&parts);
            self.sealed_papers += segment.len();
            let was_spilling = self.spiller.is_spilling();
            if let Some(reason) = self.spiller.after_seal(&segment) {
                (self.post)(LoadEvent::Notice(reason));
            }
            (self.post)(LoadEvent::Segment(segment));
            let used =
                parts.pop().filter(|_| is_used && was_spilling == self.spiller.is_spilling());
            self.builder = self.spiller.reuse_builder(used);
        }
        self.post_progress();
    }

    fn post_progress(&mut self) {
        let (bytes, total, papers) =
            (self.bytes_before + self.bytes_read, self.total_bytes, self.sealed_papers);
        (self.post)(LoadEvent::Progress { bytes, total, papers });
    }

    /// Posts an event of a source on the network.
    pub fn post(&mut self, event: LoadEvent) {
        (self.post)(event);
    }

    /// Seals the pending papers and posts [`LoadEvent::Done`].
    pub fn finish(mut self) {
        self.end_part();
        self.seal();
        (self.post)(LoadEvent::Done);
    }

    fn push(&mut self, draft: &Draft) {
        self.stats.papers += 1;
        self.builder.push_stored(draft, self.spiller.append(&draft.abstract_text));
        self.bytes += draft.text_bytes();
        if self.builder.len() >= self.limits.papers || self.bytes >= self.limits.bytes {
            self.seal();
            self.limits.papers = (self.limits.papers * 2).min(SegmentBuilder::CAPACITY);
            self.limits.bytes = (self.limits.bytes * 2).min(MAX_BYTES);
        }
    }

    /// Returns the number of papers in `pending`.
    fn pending_papers(&self) -> usize {
        self.pending.iter().map(SegmentBuilder::len).sum()
    }

    /// Returns true if the papers fit into one segment with the pending ones.
    fn fits(&self, part: &SegmentBuilder) -> bool {
        let starts = self.pending.first().and_then(SegmentBuilder::byte_range);
        let spans = starts.zip(part.byte_range()).map_or(0, |(first, last)| last.end - first.start);
        let bytes: usize = self.pending.iter().chain([part]).map(SegmentBuilder::text_bytes).sum();
        self.pending_papers() + part.len() <= SegmentBuilder::CAPACITY
            && spans <= u32::MAX.into()
            && bytes <= 4 * MAX_BYTES
    }
}
