//! Invariants for any input, shared by the fuzz targets and the property tests.

use std::ops::ControlFlow;

use offprint::cite::{CiteOptions, OutputFormat, Style, render};
use offprint::domain::{Corpus, PaperId, SegmentBuilder, parse_key_pattern};
use offprint::formats::{Format, detect, read};
use offprint::search::Query;
use offprint::text::{rich_text, tex_to_unicode};

/// Maximum number of papers of one input that are written again.
const MOST_PAPERS: usize = 8;

/// Reads the bytes in the format, and writes the papers in every output format except styled
/// references, which [`style`] checks. JSON formats must be valid JSON, and no output may contain a
/// control character.
pub(crate) fn reader(format: Format, bytes: &[u8]) {
    let corpus = corpus(format, bytes);
    for form in forms() {
        writer(form, &corpus);
    }
}

/// The first papers of the bytes, read in the format.
pub(crate) fn corpus(format: Format, bytes: &[u8]) -> Corpus {
    let mut builder = SegmentBuilder::default();
    let read = read(format, &mut &*bytes, &mut |record| {
        match record {
            Ok(draft) => builder.push(&draft),
            Err(defect) => assert!(!defect.reason.is_empty(), "a defect without a reason"),
        }
        if builder.len() < MOST_PAPERS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(read.is_ok(), "bytes in memory do not break off");
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    corpus
}

/// Every output format except styled references.
pub(crate) fn forms() -> impl Iterator<Item = OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|it| *it != OutputFormat::Reference)
}

/// Writes all papers in the output format.
pub(crate) fn writer(form: OutputFormat, corpus: &Corpus) {
    let papers: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    check_written(form, &render(corpus, &papers, form, &CiteOptions::default()).text);
}

/// Detects the format and reads the bytes.
pub(crate) fn detected(bytes: &[u8]) {
    if let Ok(format) = detect(bytes) {
        reader(format, bytes);
    }
}

/// Asserts that JSON output is valid, and that no output contains a control character.
fn check_written(form: OutputFormat, text: &str) {
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    assert!(!text.contains(is_control), "{}: {text:?}", form.field_name());
    let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    match form {
        OutputFormat::CslJson => assert!(text.is_empty() || is_json(text), "{text}"),
        OutputFormat::Jsonl => assert!(text.lines().all(is_json), "{text}"),
        _ => {}
    }
}

/// Any text is a query, and its spans lie within the text.
pub(crate) fn query(text: &str) {
    let query = Query::parse(text);
    for (span, _) in query.spans() {
        assert!(text.get(span).is_some(), "{text:?}");
    }
    let again = Query::parse(query.source());
    assert!(query.is_equivalent(&again), "{text:?}");
}

/// Any text is a style that formats a paper, or is rejected with a reason.
pub(crate) fn style(text: &str) {
    match Style::from_xml("mine.csl", text) {
        Err(reason) => assert!(!reason.is_empty(), "a refusal without a reason"),
        Ok(style) => {
            let record = b"{\"title\":\"On Maps\",\"authors\":[\"Roe, Jane\"],\"year\":2020}\n";
            let corpus = corpus(Format::Jsonl, record);
            assert_eq!(corpus.papers().count(), 1, "a line of JSON is read");
            let how = CiteOptions { style, ..CiteOptions::default() };
            check_written(
                OutputFormat::Reference,
                &render(&corpus, &[PaperId(0)], OutputFormat::Reference, &how).text,
            );
        }
    }
}

/// TeX conversion succeeds on any text and is idempotent.
pub(crate) fn tex(text: &str) {
    let shown = tex_to_unicode(text);
    let rich = rich_text(text);
    assert_eq!(shown, rich.text, "{text:?}");
    for (range, _) in rich.emphasis {
        assert!(rich.text.get(range).is_some(), "{text:?}");
    }
}

/// Any text is a citation key pattern, or is rejected with a reason.
pub(crate) fn pattern(text: &str) {
    match parse_key_pattern(text) {
        Ok(pattern) => assert_eq!(pattern.source(), text),
        Err(reason) => assert!(!reason.is_empty(), "a refusal without a reason"),
    }
}
