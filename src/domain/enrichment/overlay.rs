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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::corpus::Corpus;
    use crate::domain::dedup::deduplicator::Deduplicator;
    use crate::domain::enrichment::changes::EnrichedField;
    use crate::domain::paper::draft::Draft;
    use crate::domain::segment::segment_builder::SegmentBuilder;

    fn values(pairs: &[(EnrichedField, &str)]) -> Arc<AcceptedValues> {
        let mut values = AcceptedValues::default();
        for (field, value) in pairs {
            values.add(*field, (*value).to_owned());
        }
        Arc::new(values)
    }

    /// Three records, of which the last repeats the first.
    fn corpus() -> Corpus {
        let (mut corpus, mut deduplicator) = (Corpus::default(), Deduplicator::default());
        let mut builder = SegmentBuilder::default();
        for (title, doi) in
            [("Snow on Slopes", "10.1000/a"), ("Fog", ""), ("Snow on Slopes", "10.1000/a")]
        {
            builder.push(&Draft {
                title: title.to_owned(),
                doi: doi.to_owned(),
                abstract_text: format!("About {title}."),
                ..Draft::default()
            });
        }
        let segment = builder.seal();
        let duplicates = deduplicator.add_segment(&segment).unwrap();
        corpus.push(segment);
        corpus.set_duplicates(duplicates);
        corpus
    }

    #[test]
    fn accepted_values_are_shown_and_taken_off_again() {
        let mut corpus = corpus();
        let before = corpus.clone();
        let accepted =
            values(&[(EnrichedField::Year, "2021"), (EnrichedField::Abstract, "It falls.")]);
        // The values of a paper are known by any of its records.
        assert!(corpus.set_accepted([(PaperId(2), Arc::clone(&accepted))]));
        assert!(!corpus.set_accepted([(PaperId(2), accepted), (PaperId(1), Arc::default())]));
        assert_eq!(corpus.get(PaperId(0)).unwrap().year, Some(2021));
        assert_eq!(corpus.abstract_text(PaperId(0)).unwrap(), "It falls.");
        assert_eq!(corpus.get(PaperId(1)).unwrap().year, None);
        assert_eq!((corpus.paper_count(), corpus.len()), (2, 3));
        let listed: Vec<_> = corpus.papers().map(|(id, paper)| (id, paper.year)).collect();
        assert_eq!(listed, [(PaperId(0), Some(2021)), (PaperId(1), None)]);
        let years: Vec<_> = corpus.records(PaperId(0)).map(|(_, paper)| paper.year).collect();
        assert_eq!(years, [None, None], "the records stay");
        assert!(corpus.set_accepted([(PaperId(2), Arc::default())]));
        assert!(corpus.is_same(&before));
    }

    #[test]
    fn a_paper_with_another_title_is_found_by_both() {
        let mut corpus = corpus();
        assert!(corpus.set_accepted([(PaperId(1), values(&[(EnrichedField::Title, "Mist")]))]));
        let (segment, row) = corpus.locate(PaperId(1)).unwrap();
        assert_eq!(segment.paper(row).title, "Mist");
        assert_eq!(corpus.abstract_text(PaperId(1)).unwrap(), "About Fog.");
        let folded = segment.folded().record(row);
        assert!(folded.contains("mist") && folded.contains("fog"), "{folded}");
    }
}
