//! Tests of splitting JSON into records.

use std::io::{BufRead, BufReader};

use proptest::prelude::*;

use super::scanner::RawRecord;

use super::splitter::RecordSplitter;

/// Returns the records as text, with `?` for an unclosed one.
fn cut(text: &str) -> Vec<(u64, String)> {
    pieces(&mut text.as_bytes())
}

fn pieces(input: &mut dyn BufRead) -> Vec<(u64, String)> {
    let mut splitter = RecordSplitter::new(input);
    let mut all = Vec::new();
    while let Some((line, cut)) = splitter.next().unwrap() {
        all.push(match cut {
            RawRecord::Record(bytes) => (line, String::from_utf8_lossy(bytes).into_owned()),
            RawRecord::TooLong => (line, "too long".to_owned()),
            RawRecord::Unclosed => (line, "?".to_owned()),
        });
    }
    all
}

#[track_caller]
fn check(text: &str, expected: &[(u64, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(line, it)| (*line, (*it).to_owned())).collect();
    assert_eq!(cut(text), expected, "{text}");
}

#[test]
fn records_are_the_objects_at_the_top_and_in_arrays() {
    check("", &[]);
    check("[]", &[]);
    check("{\"a\": \"}\\\"{\"}", &[(1, "{\"a\": \"}\\\"{\"}")]);
    check("\u{feff}[{\"a\": [{}]},\n {\"b\": 1}]", &[(1, "{\"a\": [{}]}"), (2, "{\"b\": 1}")]);
    check("{\"a\": 1}\n{\n\"b\": 2\n}\n", &[(1, "{\"a\": 1}"), (2, "{\n\"b\": 2\n}")]);
    check("[[{\"a\": 1}], [{\"b\": 2}]]", &[(1, "{\"a\": 1}"), (1, "{\"b\": 2}")]);
}

#[test]
fn the_list_in_what_a_service_answers_is_found() {
    let expected = [(1, "{\"a\": 1}"), (1, "{\"b\": 2}")];
    for text in [
        "{\"total\": 2, \"data\": [{\"a\": 1}, {\"b\": 2}], \"next\": {\"x\": [\"]\"]}}",
        "{\"message\": {\"items\": [ {\"a\": 1}, {\"b\": 2} ], \"n\": 1}, \"status\": \"ok\"}",
        "{\"result\": {\"query\": {\"q\": [{}]}, \"hits\": {\"hit\": [{\"a\": 1},{\"b\": 2}]}}}",
        "[{\"results\": [{\"a\": 1}]}, {\"results\": [{\"b\": 2}]}]",
    ] {
        check(text, &expected);
    }
}

#[test]
fn a_list_in_a_paper_is_none_of_papers() {
    for text in [
        "{\"title\": \"A\", \"items\": [{\"a\": 1}]}",
        "{\"title\": [\"A\"], \"items\": [{\"a\": 1}]}",
        "{\"items\": []}",
        "{\"data\": [1, 2]}",
        "{\"links\": [{\"a\": 1}]}",
        "{\"links\": {\"items\": [{\"a\": 1}]}}",
    ] {
        check(text, &[(1, text)]);
    }
}

#[test]
fn what_is_no_object_is_handed_over_too() {
    check(
        "[1, \"a, b\",\n{\"a\": 1}, x",
        &[(1, "1"), (1, "\"a, b\""), (2, "{\"a\": 1}"), (2, "x")],
    );
}

#[test]
fn a_quotation_mark_too_few_costs_one_record() {
    let text = "[\n  {\n    \"a\": \"x,\n    \"b\": 1\n  },\n  {\n    \"c\": 2\n  }\n]";
    let cut = cut(text);
    assert_eq!(cut.len(), 2);
    assert_eq!(cut[1], (6, "{\n    \"c\": 2\n  }".to_owned()));
}

#[test]
fn a_bracket_too_few_costs_one_record_where_records_are_indented() {
    let text = "[\n  {\n    \"a\": [1\n  },\n  {\n    \"c\": 2\n  }\n]";
    check(text, &[(2, "?"), (5, "{\n    \"c\": 2\n  }")]);
}

#[test]
fn a_record_beyond_all_measure_is_passed_over() {
    let text = format!("[{{\"a\": \"{}\"}}, {{}}]", "x".repeat(9 << 20));
    check(&text, &[(1, "too long"), (1, "{}")]);
}

#[test]
fn many_brackets_neither_hang_nor_overflow() {
    for bracket in ["[", "{", "[{", "{\"a\":", "{\"data\":[", "]", "\"", "{\"", "\n {"] {
        assert!(cut(&bracket.repeat(100_000)).len() <= 100_000);
    }
}

proptest! {
    #[test]
    fn it_does_not_matter_how_the_bytes_arrive(
        text in "(\\[|\\]|\\{|\\}|\"|\\\\|,|:|\n|  |\"data\":\\[|\"title\":|a){0,40}",
        size in 1_usize..7,
    ) {
        let mut slow = BufReader::with_capacity(size, text.as_bytes());
        prop_assert_eq!(pieces(&mut slow), cut(&text));
    }
}
