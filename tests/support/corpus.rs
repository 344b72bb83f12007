//! Corpora in memory, and records read from memory.

use std::ops::ControlFlow;
use std::sync::Arc;

use offprint::cite::{CiteOptions, OutputFormat, render};
use offprint::domain::{Corpus, Draft, PaperId, Segment, SegmentBuilder};
use offprint::formats::{Defect, Format, read};

pub(crate) fn segment(drafts: &[Draft]) -> Arc<Segment> {
    let mut builder = SegmentBuilder::default();
    for draft in drafts {
        builder.push(draft);
    }
    builder.seal()
}

/// A corpus of one segment.
pub(crate) fn corpus(drafts: &[Draft]) -> Corpus {
    let mut corpus = Corpus::default();
    corpus.push(segment(drafts));
    corpus
}

/// Reads all records of a file, defects included.
pub(crate) fn records(format: Format, mut bytes: &[u8]) -> Vec<Result<Draft, Defect>> {
    let mut records = Vec::new();
    read(format, &mut bytes, &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .unwrap();
    records
}

/// Reads the papers of a file without defects.
#[track_caller]
pub(crate) fn drafts(format: Format, bytes: &[u8]) -> Vec<Draft> {
    records(format, bytes).into_iter().map(Result::unwrap).collect()
}

/// The papers of a corpus, in order.
pub(crate) fn ids(corpus: &Corpus) -> Vec<PaperId> {
    corpus.papers().map(|(id, _)| id).collect()
}

/// Writes all papers of a corpus.
pub(crate) fn written(corpus: &Corpus, format: OutputFormat, options: &CiteOptions) -> String {
    render(corpus, &ids(corpus), format, options).text
}
