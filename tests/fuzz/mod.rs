//! The checks of the fuzz targets, run on mutated files and made-up text without a fuzzer.
//!
//! `OFFPRINT_MUTATIONS` sets the number of mutated files.

mod checks;
mod mutations;
pub(crate) mod samples;

use mutations::{Random, mutated};
use offprint::formats::Format;
use proptest::prelude::*;
use samples::SAMPLES;

/// Number of mutated files by default.
const MUTATIONS: usize = 800;

#[test]
fn a_mutated_file_is_papers_or_defects_and_is_written_in_every_form() {
    let told = std::env::var("OFFPRINT_MUTATIONS").ok().and_then(|it| it.parse().ok());
    let mut random = Random::new(1);
    for at in 0..told.unwrap_or(MUTATIONS) {
        let (format, file) = SAMPLES[at % SAMPLES.len()];
        let (_, other) = SAMPLES[at / SAMPLES.len() % SAMPLES.len()];
        let bytes = mutated(file, other, &mut random);
        checks::reader(format, &bytes);
        checks::detected(&bytes);
    }
}

/// Text as it occurs in queries, TeX, styles and patterns, valid and malformed.
fn any_text() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = "{ } $ \\ \" ' ! ^ | ( ) [ ] : , . .. / ~ # % & < > <group> </group> <macro name=\"a\"> \
        <text macro=\"a\"/> <style> </style> \\frac \\'e \\ifmmode author: year: 2019 title lower auth OR is:starred é 機 a"
        .split(' ')
        .chain([" "])
        .collect();
    let made = proptest::collection::vec(proptest::sample::select(pieces), 0..24)
        .prop_map(|it| it.concat());
    prop_oneof![made, "\\PC{0,24}", any::<String>()]
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in any_text()) {
        checks::query(&text);
    }

    #[test]
    fn any_text_is_tex(text in any_text()) {
        checks::tex(&text);
    }

    #[test]
    fn any_text_is_a_pattern_of_keys_or_is_refused(text in any_text()) {
        checks::pattern(&text);
    }

    #[test]
    fn any_text_is_a_style_or_is_refused(text in any_text()) {
        checks::style(&text);
    }

    #[test]
    fn any_bytes_are_read_as_any_format(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
        for format in Format::ALL {
            checks::reader(format, &bytes);
        }
    }
}
