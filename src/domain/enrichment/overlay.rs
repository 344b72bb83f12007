//! Lays accepted values over the papers of a corpus, in the way in which the merged fields of
//! duplicates are laid over them, so that search, sort, copies and the screen show them alike.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::accepted::AcceptedValues;
use crate::domain::dedup::duplicates::Duplicates;
use crate::domain::dedup::merge::{MAX_MERGED_RECORDS, MergedPaper, MergedSegmentBuilder};
use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment_list::SegmentList;

/// The accepted values of papers. Those of a paper with several records may be given with any of
/// them.
pub type AcceptedByPaper = BTreeMap<PaperId, Arc<AcceptedValues>>;

/// Returns the duplicates of a loaded corpus with the accepted values laid over them.
pub fn lay_over(
    loaded: Option<&Duplicates>,
    records: &SegmentList,
    accepted: &AcceptedByPaper,
) -> Duplicates {
    let mut all = loaded.cloned().unwrap_or_default();
    let pattern = records.segments().next().map(|(_, it)| it.key_pattern().clone());
    let pattern = pattern.unwrap_or_default();
    let (mut builder, mut seen) = (MergedSegmentBuilder::default(), BTreeSet::new());
    let mut segments = Vec::new();
    for (id, values) in accepted {
        let first = all.first_record(*id);
        if !seen.insert(first) {
            continue;
        }
        let ids = std::iter::once(first).chain(all.later_records(first));
        let rows: Vec<_> =
            ids.take(MAX_MERGED_RECORDS).filter_map(|id| records.locate(id)).collect();
        let Some(merged) = MergedPaper::with_changes(&rows, |draft| values.apply_to(draft)) else {
            continue;
        };
        if builder.is_full() {
            segments.push(std::mem::take(&mut builder).seal(pattern.clone()));
        }
        builder.push(first, merged);
    }
    if !builder.is_empty() {
        segments.push(builder.seal(pattern));
    }
    for (segment, papers) in segments {
        all.add_merged(segment, &papers);
    }
    all
}
