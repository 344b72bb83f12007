//! Reading and writing of formats.
//!
//! `samples/` contains a small file of each dialect and the papers read from it.

// Each sample file, read and compared with its snapshot.
mod dialects;

// Mails: mailboxes, folders of mails, single ones.
mod mails;

// The properties that each format preserves, and the reason for each loss.
mod coverage;

// Texts that the program prints of a paper, pasted into the filter.
mod pasted;

// References in the citation styles.
mod references;

// Damaged, hostile and very large files.
mod robustness;

// Made-up papers, written and read back.
mod round_trips;

// The replies of services.
mod services;

// The same for the tagged formats: RIS, NBIB, EndNote and Web of Science.
mod tagged;

// BibTeX and BibLaTeX, compiled by TeX.
mod tex;

use offprint::domain::PaperKind;
use proptest::prelude::*;

/// The kinds of papers that every bibliography format distinguishes, or guesses from other fields.
fn kind() -> impl Strategy<Value = PaperKind> {
    proptest::sample::select(vec![
        PaperKind::Article,
        PaperKind::Conference,
        PaperKind::Chapter,
        PaperKind::Book,
        PaperKind::Thesis,
        PaperKind::Report,
        PaperKind::Preprint,
        PaperKind::Dataset,
        PaperKind::Software,
        PaperKind::Webpage,
    ])
}
