//! All papers of a large corpus by year, without a list of them.

use std::sync::{Arc, OnceLock};

use crate::domain::{Corpus, PaperId, Segment};

/// All papers by year: the newest first, those without a year last, within a year the last arrived
/// first. Rows are sorted once per segment, so that a growing corpus sorts only its new segments.
#[derive(Debug, Clone, Default)]
pub struct AllByYear {
    corpus: Corpus,
    segments: Vec<Arc<SegmentByYear>>,
    runs: OnceLock<YearRuns>,
}

/// The rows of a segment in order of year.
#[derive(Debug)]
struct SegmentByYear {
    rows: Box<[u16]>,
    /// Each year with the end of its rows in `rows`.
    years: Vec<(Option<i16>, u32)>,
}

/// The rows of one year in one segment.
#[derive(Debug, Clone, Copy)]
struct YearRun {
    year: Option<i16>,
    segment: u32,
    /// Index of the first in the sorted rows of the segment.
    from: u32,
    count: u32,
    /// Position of the first in the list of all papers.
    position: u32,
}

/// In order of position.
type YearRuns = Vec<YearRun>;

impl AllByYear {
    /// All papers of a corpus without duplicates. Segments that it has in common with the previous
    /// list are not sorted again.
    pub fn new(corpus: &Corpus, previous: Option<&Self>) -> Self {
        let mut sorted = previous.map(|it| it.segments.clone()).unwrap_or_default();
        let old_corpus = previous.map(|it| it.corpus.clone()).unwrap_or_default();
        let segments = corpus.segments().map(|(_, segment)| segment);
        let both = old_corpus.segments().map(|(_, segment)| segment).zip(segments);
        sorted.truncate(both.take_while(|(a, b)| Arc::ptr_eq(a, b)).count());
        let new = corpus.segments().skip(sorted.len());
        sorted.extend(new.map(|(_, segment)| Arc::new(SegmentByYear::new(segment))));
        Self { corpus: corpus.clone(), segments: sorted, runs: OnceLock::new() }
    }

    pub fn is_for(&self, corpus: &Corpus) -> bool {
        self.corpus.is_same(corpus)
    }

    pub fn len(&self) -> usize {
        self.corpus.len() as usize
    }

    pub fn get(&self, position: usize) -> Option<PaperId> {
        if position >= self.len() {
            return None;
        }
        let runs = self.runs();
        let run =
            runs.get(runs.partition_point(|it| it.position as usize <= position).checked_sub(1)?)?;
        let at = run.from as usize + (position - run.position as usize);
        let row = *self.segments.get(run.segment as usize)?.rows.get(at)?;
        let (start, _) = self.corpus.segments().nth(run.segment as usize)?;
        Some(PaperId(start + u32::from(row)))
    }

    pub fn position(&self, id: PaperId) -> Option<usize> {
        let (segment, row) = self.corpus.locate_record(id)?;
        let number = self.corpus.segments().position(|(_, it)| Arc::ptr_eq(it, segment))?;
        let year = segment.year(row);
        let run = self.runs().iter().find(|it| it.segment as usize == number && it.year == year)?;
        let rows = &self.segments[number].rows[run.from as usize..][..run.count as usize];
        let at = rows.binary_search_by(|it| row.cmp(&u32::from(*it))).ok()?;
        Some(run.position as usize + at)
    }

    fn runs(&self) -> &YearRuns {
        self.runs.get_or_init(|| {
            let mut runs = YearRuns::new();
            for (segment, sorted) in self.segments.iter().enumerate() {
                let mut from = 0;
                for &(year, end) in &sorted.years {
                    let (segment, count) = (segment as u32, end - from);
                    runs.push(YearRun { year, segment, from, count, position: 0 });
                    from = end;
                }
            }
            runs.sort_unstable_by_key(|it| std::cmp::Reverse((it.year, it.segment)));
            let mut position = 0;
            for run in &mut runs {
                run.position = position;
                position += run.count;
            }
            runs
        })
    }
}

impl SegmentByYear {
    /// Counting sort by year, which is faster than comparing rows.
    fn new(segment: &Segment) -> Self {
        let all_years = || (0..segment.len()).filter_map(|row| segment.year(row));
        let (first, last) = (all_years().min().unwrap_or(0), all_years().max().unwrap_or(0));
        let span = usize::from(last.abs_diff(first)) + 1;
        let slot = |row| segment.year(row).map_or(span, |year| usize::from(last.abs_diff(year)));
        let mut counts = vec![0_u32; span + 1];
        for row in 0..segment.len() {
            counts[slot(row)] += 1;
        }
        let mut years = Vec::new();
        let mut next_index = Vec::with_capacity(counts.len());
        let mut end = 0;
        for (slot, count) in counts.into_iter().enumerate() {
            next_index.push(end as usize);
            end += count;
            if count > 0 {
                years.push(((slot < span).then(|| last.wrapping_sub_unsigned(slot as u16)), end));
            }
        }
        let mut rows = vec![0; segment.len() as usize];
        for row in (0..segment.len()).rev() {
            let index = &mut next_index[slot(row)];
            rows[*index] = row as u16;
            *index += 1;
        }
        Self { rows: rows.into(), years }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Draft, SegmentBuilder};

    #[test]
    fn papers_come_by_year_and_then_the_last_to_come_first() {
        let mut corpus = Corpus::default();
        let mut list = AllByYear::default();
        let all = [[Some(2001), None, Some(2003)], [Some(2003), Some(1999), Some(2001)]];
        for years in all {
            let mut builder = SegmentBuilder::default();
            for year in years {
                builder.push(&Draft { year, ..Draft::default() });
            }
            corpus.push(builder.seal());
            list = AllByYear::new(&corpus, Some(&list));
        }
        let ids: Vec<_> = (0..7).map_while(|position| list.get(position)).map(|it| it.0).collect();
        assert_eq!(ids, [3, 2, 5, 0, 4, 1]);
        let positions: Vec<_> = ids.iter().filter_map(|id| list.position(PaperId(*id))).collect();
        assert_eq!(positions, [0, 1, 2, 3, 4, 5]);
        assert_eq!(list.position(PaperId(6)), None);
    }
}
