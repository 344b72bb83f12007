//! Merges several records of one paper: a published record precedes a preprint, and the others fill
//! its empty fields.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::citation_key::KeyPattern;
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::{BibField, PaperKind};
use crate::domain::paper::name::{ET_AL, has_et_al};
use crate::domain::paper::paper::{Paper, PaperId};
use crate::domain::segment::abstracts::{AbstractStore, Abstracts};
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_builder::SegmentBuilder;
use crate::domain::segment::segment_list::RowRef;
use crate::text::distinct;

/// The maximal number of records that are merged into one paper. Some sources repeat a record any
/// number of times.
pub const MAX_MERGED_RECORDS: usize = 32;

/// A paper with the merged fields of all its records.
#[derive(Debug)]
pub struct MergedPaper {
    /// All fields but the abstract.
    draft: Draft,
    /// The different titles of the other records.
    other_titles: Vec<String>,
    /// The segment and row of the record with the abstract.
    abstract_source: Option<(Arc<Segment>, u32)>,
}

impl MergedPaper {
    /// Merges records, given in order of arrival. Returns `None` if the first record already has it
    /// all.
    pub fn merge(records: &[RowRef<'_>]) -> Option<Self> {
        let merged = Self::merge_all(records)?;
        let (first, first_row) = records.first()?;
        let is_first =
            |(segment, row): &(Arc<Segment>, u32)| Arc::ptr_eq(segment, first) && row == first_row;
        let is_new = !merged.abstract_source.as_ref().is_none_or(is_first)
            || !merged.other_titles.is_empty()
            || merged.draft != Draft::from(&first.paper(*first_row));
        is_new.then_some(merged)
    }

    /// Merges records, or takes the only one, and changes the result.
    pub fn with_changes(records: &[RowRef<'_>], change: impl FnOnce(&mut Draft)) -> Option<Self> {
        let mut changed = Self::merge_all(records)?;
        let title = changed.draft.title.clone();
        change(&mut changed.draft);
        if changed.draft.title != title {
            // The paper is also found by the title that it has in its source.
            changed.other_titles.push(title);
        }
        let abstract_text = std::mem::take(&mut changed.draft.abstract_text);
        if !abstract_text.is_empty() {
            let mut builder = SegmentBuilder::default();
            builder.push(&Draft { abstract_text, ..Draft::default() });
            changed.abstract_source = Some((builder.seal(), 0));
        }
        Some(changed)
    }

    fn merge_all(records: &[RowRef<'_>]) -> Option<Self> {
        let mut ranked = records.to_vec();
        ranked.sort_by_cached_key(|(segment, row)| {
            let paper = segment.paper(*row);
            (publication_rank(paper.kind), Reverse(recency(&paper)))
        });
        let papers = || ranked.iter().map(|(segment, row)| segment.paper(*row));
        let mut draft = Draft::from(&papers().next()?);
        papers().skip(1).for_each(|paper| add_missing(&mut draft, &paper));
        let other_titles = papers().map(|it| it.title).filter(|it| *it != draft.title);
        let other_titles: Vec<String> =
            distinct(other_titles).into_iter().map(str::to_owned).collect();
        let with_abstract = |(segment, row): &&RowRef<'_>| segment.has_abstract(*row);
        let abstract_source = ranked.iter().find(with_abstract);
        let abstract_source = abstract_source.map(|(segment, row)| (Arc::clone(segment), *row));
        Some(Self { draft, other_titles, abstract_source })
    }

    /// Returns true if the abstract is on disk.
    fn has_stored_abstract(&self) -> bool {
        let segment = self.abstract_source.as_ref().map(|(segment, _)| segment);
        segment.is_some_and(|it| matches!(it.abstracts(), Abstracts::Stored(_)))
    }
}

/// Collects merged papers for a segment.
#[derive(Debug, Default)]
pub struct MergedSegmentBuilder {
    papers: Vec<(PaperId, MergedPaper)>,
    bytes: usize,
}

impl MergedSegmentBuilder {
    /// The text size at which a segment is full. Spans in a segment have 32 bits.
    const MAX_BYTES: usize = 64 << 20;

    pub fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.papers.len() >= SegmentBuilder::CAPACITY || self.bytes >= Self::MAX_BYTES
    }

    pub fn push(&mut self, paper: PaperId, merged: MergedPaper) {
        self.bytes += merged.draft.text_bytes();
        self.bytes += merged.other_titles.iter().map(String::len).sum::<usize>();
        if !merged.has_stored_abstract() {
            self.bytes += merged.abstract_source.as_ref().map_or(0, |it| abstract_text(it).len());
        }
        self.papers.push((paper, merged));
    }

    /// Seals the papers into a segment. If any abstract is on disk, the segment holds none in
    /// memory and reads all from the segments of the original records.
    pub fn seal(self, pattern: KeyPattern) -> (Arc<Segment>, Vec<PaperId>) {
        let is_stored = self.papers.iter().any(|(_, it)| it.has_stored_abstract());
        let ids = self.papers.iter().map(|(id, _)| *id).collect();
        let builder = if is_stored {
            let rows = self.papers.iter().map(|(_, it)| it.abstract_source.clone()).collect();
            SegmentBuilder::with_store(Arc::new(BorrowedAbstracts { rows }))
        } else {
            SegmentBuilder::default()
        };
        let mut builder = builder.with_key_pattern(pattern);
        for ((_, merged), row) in self.papers.into_iter().zip(0_u64..) {
            let MergedPaper { mut draft, other_titles, abstract_source } = merged;
            let abstract_text = abstract_source.as_ref().filter(|_| !is_stored).map(abstract_text);
            draft.abstract_text = abstract_text.unwrap_or_default();
            builder.push_with_titles(&(&draft).into(), &other_titles, row..row + 1);
            if let Some((segment, row)) = &abstract_source {
                builder.copy_abstract_flags(segment, *row);
            }
        }
        (builder.seal(), ids)
    }
}

/// Reads abstracts from rows of other segments.
#[derive(Debug)]
struct BorrowedAbstracts {
    rows: Vec<Option<(Arc<Segment>, u32)>>,
}

impl AbstractStore for BorrowedAbstracts {
    fn read(&self, range: Range<u64>, _: &str) -> Result<String, String> {
        let row = usize::try_from(range.start).ok().and_then(|at| self.rows.get(at)?.as_ref());
        row.map_or(Ok(String::new()), |(it, row)| Ok(it.abstract_text(*row)?.into_owned()))
    }
}

/// Returns an abstract that is in memory, so that reading it cannot fail.
fn abstract_text((segment, row): &(Arc<Segment>, u32)) -> String {
    segment.abstract_text(*row).unwrap_or_default().into_owned()
}

/// Ranks a record for merging: 0 published, 1 unknown, 2 preprint.
fn publication_rank(kind: PaperKind) -> u8 {
    match kind {
        PaperKind::Article
        | PaperKind::Conference
        | PaperKind::Chapter
        | PaperKind::Book
        | PaperKind::Thesis => 0,
        PaperKind::Preprint => 2,
        _ => 1,
    }
}

/// Returns the version of a paper and the day on which its record was changed. The greater is the
/// newer; records without either are equal.
fn recency<'a>(paper: &Paper<'a>) -> ([u32; 3], &'a str) {
    let version = paper.field(BibField::Version).trim_start_matches(['v', 'V']);
    let mut numbers = version.split('.').map(|it| it.parse().unwrap_or(0));
    let version = if version.is_empty() {
        // Sources seldom name the first version.
        [1, 0, 0]
    } else {
        [(); 3].map(|()| numbers.next().unwrap_or(0))
    };
    (version, paper.field(BibField::Updated))
}

/// Returns the authors, with [`ET_AL`] at the end if there are more.
fn author_list(paper: &Paper<'_>) -> Vec<String> {
    let others = has_et_al(paper.author_list).then_some(ET_AL);
    paper.authors().chain(others).map(str::to_owned).collect()
}

fn add_missing(merged: &mut Draft, paper: &Paper<'_>) {
    let fill = |field: &mut String, value: &str| {
        if field.is_empty() {
            value.clone_into(field);
        }
    };
    fill(&mut merged.title, paper.title);
    fill(&mut merged.venue, paper.venue);
    fill(&mut merged.arxiv, paper.arxiv);
    fill(&mut merged.doi, paper.doi);
    merged.year = merged.year.or(paper.year);
    // Some sources name only the first few authors.
    if paper.authors().count() > merged.authors.iter().filter(|it| *it != ET_AL).count() {
        merged.authors = author_list(paper);
    }
    if merged.kind == PaperKind::Unknown {
        merged.kind = paper.kind;
    }
    let categories = merged.categories.split(' ').chain(paper.categories.split(' '));
    merged.categories = distinct(categories.filter(|it| !it.is_empty())).join(" ");
    let urls = std::mem::take(&mut merged.urls);
    merged.urls = distinct(urls.into_iter().chain(paper.urls().map(str::to_owned)));
    add_origins(merged, paper);
    let has_key = !merged.field(BibField::Key).is_empty();
    for (field, value) in paper.fields() {
        let is_inconsistent = match field {
            // The raw entry contains its own key, and the date its own year.
            BibField::Raw => has_key,
            BibField::Date => paper.year != merged.year,
            // The version of a preprint is not a version of the published paper.
            BibField::Version => paper.kind != merged.kind,
            _ => false,
        };
        if !is_inconsistent {
            merged.add_field(field, value);
        }
    }
}

/// Adds the followed sources of a further record: each of them has listed the paper.
fn add_origins(merged: &mut Draft, paper: &Paper<'_>) {
    let Some((_, origins)) = merged.fields.iter_mut().find(|(field, _)| *field == BibField::Origin)
    else {
        return;
    };
    let all = distinct(origins.split("; ").chain(paper.origins())).join("; ");
    *origins = all;
}
