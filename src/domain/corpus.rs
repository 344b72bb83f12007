//! The corpus: immutable segments behind shared pointers.

use std::borrow::Cow;
use std::sync::Arc;

use super::dedup::duplicates::Duplicates;
use super::enrichment::accepted::AcceptedValues;
use super::enrichment::overlay::{AcceptedByPaper, lay_over};
use super::paper::paper::{Paper, PaperId};
use super::segment::segment::Segment;
use super::segment::segment_list::SegmentList;

/// The records of papers in order of arrival. A paper with several records has the number of its
/// first record and the merged fields of all; see [`Duplicates`].
///
/// Cloning copies one pointer per segment, so a thread that needs the corpus takes a clone and
/// reads it without a lock while more papers arrive.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    list: SegmentList,
    /// The duplicates among the records, without accepted values.
    loaded_duplicates: Option<Arc<Duplicates>>,
    accepted: Arc<AcceptedByPaper>,
    /// The loaded duplicates, with the accepted values laid over them. `None` while every record is
    /// a paper of its own and no value has been accepted.
    duplicates: Option<Arc<Duplicates>>,
}

impl Corpus {
    pub fn push(&mut self, segment: Arc<Segment>) {
        self.list.push(segment);
    }

    /// Sets the links between records of one paper. They may name records that arrive later.
    pub fn set_duplicates(&mut self, duplicates: Arc<Duplicates>) {
        self.loaded_duplicates = Some(duplicates);
        self.lay_accepted_over();
    }

    /// Replaces the accepted values of papers that have arrived. Returns true if any has changed.
    pub fn set_accepted(
        &mut self,
        papers: impl IntoIterator<Item = (PaperId, Arc<AcceptedValues>)>,
    ) -> bool {
        let mut has_changed = false;
        for (id, values) in papers {
            let old = self.accepted.get(&id);
            if old.map_or(values.is_empty(), |it| **it == *values) {
                continue;
            }
            has_changed = true;
            let accepted = Arc::make_mut(&mut self.accepted);
            if values.is_empty() {
                accepted.remove(&id);
            } else {
                accepted.insert(id, values);
            }
        }
        if has_changed {
            self.lay_accepted_over();
        }
        has_changed
    }

    fn lay_accepted_over(&mut self) {
        self.duplicates = if self.accepted.is_empty() {
            self.loaded_duplicates.clone()
        } else {
            let loaded = self.loaded_duplicates.as_deref();
            Some(Arc::new(lay_over(loaded, &self.list, &self.accepted)))
        };
    }

    /// Returns the duplicates and their merged fields, if there are any, without accepted values.
    pub fn duplicates(&self) -> Option<Arc<Duplicates>> {
        self.loaded_duplicates.clone()
    }

    /// The number of records. Papers are numbered by records, so every paper id is below it.
    pub fn len(&self) -> u32 {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of papers, each counted once.
    pub fn paper_count(&self) -> u32 {
        self.duplicates.as_ref().map_or(self.len(), |it| it.paper_count(self.len()))
    }

    /// Returns true if every record is a paper of its own, without accepted values.
    pub fn has_no_duplicates(&self) -> bool {
        self.duplicates.is_none()
    }

    /// Returns true if both corpora share the same segments and duplicates, compared by pointer.
    pub fn is_same(&self, other: &Self) -> bool {
        let pointer = |it: &Self| it.duplicates.as_ref().map(Arc::as_ptr);
        self.list.is_same(&other.list) && pointer(self) == pointer(other)
    }

    /// Returns the paper with the merged fields of all its records.
    pub fn get(&self, id: PaperId) -> Option<Paper<'_>> {
        self.locate(id).map(|(segment, row)| segment.paper(row))
    }

    /// Returns the abstract of a paper, or an empty string if it has none.
    ///
    /// # Errors
    ///
    /// The same as [`Segment::abstract_text`].
    pub fn abstract_text(&self, id: PaperId) -> Result<Cow<'_, str>, String> {
        self.locate(id).map_or(Ok(Cow::Borrowed("")), |(segment, row)| segment.abstract_text(row))
    }

    /// Returns true if the abstract is in memory, so that [`Corpus::abstract_text`] reads no file.
    pub fn is_abstract_in_memory(&self, id: PaperId) -> bool {
        self.locate(id).is_none_or(|(segment, _)| segment.abstracts.texts.is_in_memory())
    }

    /// Returns the segment and row with the merged fields of a paper.
    pub fn locate(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        let Some(duplicates) = &self.duplicates else { return self.locate_record(id) };
        match id.0.checked_sub(self.len()) {
            Some(row) => duplicates.merged_segments().locate(PaperId(row)),
            None => duplicates.merged(id).or_else(|| self.locate_record(id)),
        }
    }

    /// Returns the segment and row of a record.
    pub fn locate_record(&self, id: PaperId) -> Option<(&Arc<Segment>, u32)> {
        self.list.locate(id)
    }

    /// Iterates over the unmerged records of a paper in order of arrival, such as the preprint and
    /// the published version. Most papers have one.
    pub fn records(&self, id: PaperId) -> impl Iterator<Item = (PaperId, Paper<'_>)> {
        let first = self.paper_of_record(id);
        let later_records = self.duplicates.iter().flat_map(move |it| it.later_records(first));
        std::iter::once(first)
            .chain(later_records)
            .filter_map(|id| self.locate_record(id).map(|(segment, row)| (id, segment.paper(row))))
    }

    /// Returns the number of the first record of the paper that a record, or a row of
    /// [`Corpus::searched_segments`], belongs to.
    pub fn paper_of_record(&self, id: PaperId) -> PaperId {
        match &self.duplicates {
            None => id,
            Some(duplicates) => match id.0.checked_sub(self.len()) {
                Some(row) => duplicates.paper_of_merged_row(row).unwrap_or(id),
                None => duplicates.first_record(id),
            },
        }
    }

    /// Returns the paper that a row of [`Corpus::searched_segments`] represents in a list, or
    /// `None` if another row of the same paper is more complete.
    pub fn listed_paper(&self, id: PaperId) -> Option<PaperId> {
        match &self.duplicates {
            None => Some(id),
            Some(duplicates) => match id.0.checked_sub(self.len()) {
                Some(row) => duplicates.paper_of_merged_row(row),
                None => (!duplicates.is_hidden(id)).then_some(id),
            },
        }
    }

    /// Iterates over the segments with the id of their first record.
    pub fn segments(&self) -> impl ExactSizeIterator<Item = (u32, &Arc<Segment>)> {
        self.list.segments()
    }

    /// Iterates over the segments to search, with the number of their first row. Merged segments
    /// come first; their rows are numbered from [`Corpus::len`] on. [`Corpus::listed_paper`] maps a
    /// row to its paper.
    pub fn searched_segments(&self) -> impl Iterator<Item = (u32, &Arc<Segment>)> {
        let merged_segments = self.duplicates.iter().flat_map(|it| it.merged_segments().segments());
        merged_segments.map(|(start, segment)| (self.len() + start, segment)).chain(self.segments())
    }

    /// Iterates over all papers, each once.
    pub fn papers(&self) -> impl Iterator<Item = (PaperId, Paper<'_>)> {
        self.rows().map(|(id, segment, row)| (id, segment.paper(row)))
    }

    /// Iterates over all papers, each once, with the segment and row of its merged fields.
    pub fn rows(&self) -> impl Iterator<Item = (PaperId, &Arc<Segment>, u32)> {
        self.segments()
            .flat_map(|(start, segment)| {
                (0..segment.len()).map(move |row| (PaperId(start + row), segment, row))
            })
            .filter_map(|(id, segment, row)| {
                let Some(duplicates) = &self.duplicates else { return Some((id, segment, row)) };
                let located = || self.locate(id).map(|(segment, row)| (id, segment, row));
                (duplicates.first_record(id) == id).then(located)?
            })
    }
}
