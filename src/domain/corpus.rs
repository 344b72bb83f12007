//! The corpus: immutable segments behind shared pointers.

use std::borrow::Cow;
use std::sync::Arc;

use super::dedup::duplicates::Duplicates;
use super::paper::paper::{Paper, PaperId};
use super::segment::segment::Segment;
use super::segment::segment_list::SegmentList;

/// Records of papers in order of arrival. A paper that was met more than once goes by its first
/// record and has the facts of all; see [`Duplicates`].
///
/// Cloning copies one pointer a segment, so a thread that needs the corpus takes a clone and reads
/// it in peace while more papers arrive.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    list: SegmentList,
    /// Nothing while no paper was met twice.
    duplicates: Option<Arc<Duplicates>>,
}

impl Corpus {
    pub fn push(&mut self, segment: Arc<Segment>) {
        self.list.push(segment);
    }

    /// Says which records are of one paper. Those it speaks of may still be on their way.
    pub fn set_duplicates(&mut self, overlay: Arc<Duplicates>) {
        self.duplicates = Some(overlay);
    }

    /// What is known of papers that were met more than once.
    pub fn overlay(&self) -> Option<Arc<Duplicates>> {
        self.duplicates.clone()
    }

    /// How many records there are; papers are numbered below this.
    pub fn len(&self) -> u32 {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many papers there are, each counted once.
    pub fn paper_count(&self) -> u32 {
        self.duplicates.as_ref().map_or(self.len(), |it| it.paper_count(self.len()))
    }

    /// Whether no paper was met twice, so that every record is a paper.
    pub fn has_no_duplicates(&self) -> bool {
        self.duplicates.is_none()
    }

    /// Whether the other corpus holds the very same segments.
    pub fn is_same(&self, other: &Self) -> bool {
        let overlay = |it: &Self| it.duplicates.as_ref().map(Arc::as_ptr);
        self.list.is_same(&other.list) && overlay(self) == overlay(other)
    }

    /// The paper, if the corpus has it, with the facts of all its records.
    pub fn get(&self, id: PaperId) -> Option<Paper<'_>> {
        self.locate(id).map(|(segment, row)| segment.paper(row))
    }

    /// The paper's abstract, empty where it has none.
    ///
    /// # Errors
    ///
    /// As [`Segment::abstract_text`].
    pub fn abstract_text(&self, id: PaperId) -> Result<Cow<'_, str>, String> {
        self.locate(id).map_or(Ok(Cow::Borrowed("")), |(segment, row)| segment.abstract_text(row))
    }

    /// The segment that holds what is known of the paper, and its row there.
    pub fn locate(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        let Some(overlay) = &self.duplicates else { return self.locate_record(id) };
        match id.0.checked_sub(self.len()) {
            Some(row) => overlay.facts().locate(PaperId(row)),
            None => overlay.united(id).or_else(|| self.locate_record(id)),
        }
    }

    /// The segment that holds a record, and its row there.
    pub fn locate_record(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        self.list.locate(id)
    }

    /// The records of a paper as they were read, in order of arrival: the preprint and what was
    /// published, say. Mostly there is one.
    pub fn records(&self, id: PaperId) -> impl Iterator<Item = (PaperId, Paper<'_>)> {
        let first = self.paper_of_record(id);
        let laters = self.duplicates.iter().flat_map(move |it| it.laters(first));
        std::iter::once(first)
            .chain(laters)
            .filter_map(|id| self.locate_record(id).map(|(segment, row)| (id, segment.paper(row))))
    }

    /// The paper that a record, or a row of [`Corpus::searched_segments`], is of: the number of its first
    /// record.
    pub fn paper_of_record(&self, id: PaperId) -> PaperId {
        match &self.duplicates {
            None => id,
            Some(overlay) => match id.0.checked_sub(self.len()) {
                Some(row) => overlay.paper_of_merged_row(row).unwrap_or(id),
                None => overlay.first_record(id),
            },
        }
    }

    /// The paper that a row of [`Corpus::searched_segments`] speaks for. None speaks for a paper of which
    /// another row says more.
    pub fn listed_paper(&self, id: PaperId) -> Option<PaperId> {
        match &self.duplicates {
            None => Some(id),
            Some(overlay) => match id.0.checked_sub(self.len()) {
                Some(row) => overlay.paper_of_merged_row(row),
                None => (!overlay.is_hidden(id)).then_some(id),
            },
        }
    }

    /// Each segment with the id of its first record.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (u32, &Arc<Segment>)> {
        self.list.segments()
    }

    /// Each segment that is to be searched, with the number of its first row. Those of united facts
    /// come first; their rows are numbered on from the last record. [`Corpus::listed_paper`] says which
    /// paper a row is.
    pub fn searched_segments(&self) -> impl Iterator<Item = (u32, &Arc<Segment>)> {
        let facts = self.duplicates.iter().flat_map(|it| it.facts().segments());
        facts.map(|(start, segment)| (self.len() + start, segment)).chain(self.segments())
    }

    /// Every paper once.
    pub fn papers(&self) -> impl Iterator<Item = (PaperId, Paper<'_>)> {
        self.rows().map(|(id, segment, row)| (id, segment.paper(row)))
    }

    /// Every paper once: the segment that holds what is known of it, and its row there.
    pub fn rows(&self) -> impl Iterator<Item = (PaperId, &Arc<Segment>, u32)> {
        self.segments()
            .flat_map(|(start, segment)| {
                (0..segment.len()).map(move |row| (PaperId(start + row), segment, row))
            })
            .filter_map(|(id, segment, row)| {
                let Some(overlay) = &self.duplicates else { return Some((id, segment, row)) };
                let located = || self.locate(id).map(|(segment, row)| (id, segment, row));
                (overlay.first_record(id) == id).then(located)?
            })
    }
}
