//! Arbitrary bytes for every reader: no panic, no hang, and a paper or a defect for every text.
//! Citations of arbitrary papers can be read back.

use std::io::{BufReader, Read as _, Write as _};
use std::ops::ControlFlow;

use biblatex::Bibliography;
use offprint::cite::{CiteOptions, OutputFormat, render};
use offprint::domain::{Draft, PaperId};
use offprint::formats::{Format, detect, read};
use offprint::sources::{Source, load_corpus};
use proptest::prelude::*;

use crate::fuzz::samples::SAMPLES;
use crate::support::corpus::{corpus, records};

const FORMATS: [Format; 19] = Format::ALL;

/// Number of papers and of defects.
fn counts(format: Format, mut bytes: &[u8]) -> (usize, usize) {
    let (mut papers, mut defects) = (0, 0);
    read(format, &mut bytes, &mut |it| {
        match it {
            Ok(draft) => papers += usize::from(!draft.title.trim().is_empty()),
            Err(defect) => defects += usize::from(defect.line > 0 && !defect.reason.is_empty()),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (papers, defects)
}

/// Returns true if a line has a letter or a digit and is no comment of the format. A file of
/// comments alone is an empty bibliography.
fn says_something(format: Format, text: &str) -> bool {
    let comment = match format {
        Format::Bibtex => Some('%'),
        Format::Hayagriva => Some('#'),
        _ => None,
    };
    let is_comment = |line: &&str| comment.is_some_and(|it| line.trim_start().starts_with(it));
    text.lines().filter(|it| !is_comment(it)).any(|line| line.chars().any(char::is_alphanumeric))
}

/// Lines as they occur in the formats, valid and malformed.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        Just(b"A Title".to_vec()),
        Just("A long abstract. ".repeat(30).into_bytes()),
        Just(b"Ada Lovelace, Charles Babbage".to_vec()),
        Just(b"@article{a, title = {A} # m, author = \"B and C\", crossref = {b},".to_vec()),
        Just(b"}} @string(m = {x}) @book{b, title={\\{B}, year = 2001-}".to_vec()),
        Just(b"{\"title\": \"A\", \"authors\": [\"B\", {\"name\": \"C\"}, [\"D\"], 1], \"year\": \"2001-01-01\"}".to_vec()),
        Just(b"{\"title\": {\"title\": []}, \"id\": [[[]]], \"year\": 1e99, \"url\": null".to_vec()),
        Just(b"<entry><title>A &amp; B</title><id>1</id></entry><item><title>C</item></feed>".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
        "[ -~]{0,40}".prop_map(String::into_bytes),
    ];
    proptest::collection::vec(line, 0..12).prop_map(|lines| lines.join(&b'\n'))
}

fn any_paper() -> impl Strategy<Value = Draft> {
    let pieces: Vec<&str> =
        "{ } $ $$ \\ \\{ \\} \\\" % # & _ ^ ~ GPT and , ; é 機 a \\emph \\( ] [ `"
            .split(' ')
            .chain([" "])
            .collect();
    let tex = proptest::collection::vec(proptest::sample::select(pieces), 0..12)
        .prop_map(|it| it.concat());
    let text = prop_oneof![tex.clone(), "\\PC{0,12}", any::<String>()];
    (tex, text, "[!-~]{0,12}", proptest::option::of(0..3000_i16)).prop_map(
        |(title, text, id, year)| Draft {
            title: format!("x{title}"),
            authors: vec![text.clone(), title],
            abstract_text: text.clone(),
            year,
            categories: text.clone(),
            venue: text.clone(),
            arxiv: id.clone(),
            doi: id,
            urls: vec![text],
            ..Draft::default()
        },
    )
}

proptest! {
    #[test]
    fn any_bytes_are_papers_or_defects(bytes in any_file()) {
        for format in FORMATS {
            let (papers, defects) = counts(format, &bytes);
            let text = String::from_utf8_lossy(&bytes);
            prop_assert!(!says_something(format, &text) || papers + defects > 0, "{:?}: {}", format, text);
        }
        let _ = detect(&bytes);
    }

    #[test]
    fn each_line_of_json_lines_is_one_paper_or_one_defect(bytes in any_file()) {
        let (papers, defects) = counts(Format::Jsonl, &bytes);
        // A lone carriage return ends a line too.
        let lines = bytes.split(|it| b"\r\n".contains(it)).filter(|it| !it.is_empty()).count();
        prop_assert!(papers + defects <= lines);
    }

    #[test]
    fn what_is_detected_can_be_read(bytes in any_file()) {
        if let Ok(format) = detect(&bytes) {
            let is_cut = !bytes.trim_ascii().contains(&b'\n');
            let (papers, defects) = counts(format, &bytes);
            // A line may identify a format without containing a record.
            let is_comment = !says_something(format, &String::from_utf8_lossy(&bytes));
            prop_assert!(papers + defects > 0 || is_cut || is_comment);
        }
    }

    #[test]
    fn a_file_of_any_bytes_is_read_or_refused_with_a_reason(bytes in any_file()) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let is_empty = |format| !says_something(format, &String::from_utf8_lossy(&bytes));
        let is_empty = FORMATS.into_iter().any(is_empty);
        match load_corpus(Source::File(file.path().to_owned())) {
            Ok((corpus, defects)) => {
                prop_assert!(!corpus.is_empty() || !defects.is_empty() || is_empty);
            }
            Err(error) => {
                let path = file.path().display().to_string();
                prop_assert!(error.to_string().starts_with(&format!("{path}: ")), "{error}");
            }
        }
    }

    #[test]
    fn any_paper_is_rendered_and_is_one_entry_of_bibtex_and_of_hayagriva(draft in any_paper()) {
        let corpus = corpus(&[draft.clone(), draft]);
        for form in OutputFormat::ALL {
            let one = render(&corpus, &[PaperId(0)], form, &CiteOptions::default());
            prop_assert_eq!(one.papers + one.omitted, 1);
            prop_assert_eq!(one.text.is_empty(), one.papers == 0);
            prop_assert!(!one.text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'));
        }
        let bibtex = render(&corpus, &[PaperId(0)], OutputFormat::Bibtex, &CiteOptions::default()).text;
        let braces = |c| bibtex.matches(c).count();
        prop_assert_eq!(braces('{'), braces('}'));
        let parsed = Bibliography::parse(&bibtex);
        prop_assert_eq!(parsed.map(|it| it.len()).map_err(|it| it.to_string()), Ok(1), "{}", bibtex);
        let yaml = render(&corpus, &[PaperId(0)], OutputFormat::Hayagriva, &CiteOptions::default()).text;
        prop_assert_eq!(papers(Format::Hayagriva, yaml.as_bytes()).len(), 1, "{}", yaml);
    }
}

/// The papers of a file, without its defects.
fn papers(format: Format, bytes: &[u8]) -> Vec<Draft> {
    records(format, bytes).into_iter().flatten().collect()
}

#[test]
fn a_file_that_breaks_off_loses_no_paper_before_that() {
    let files: [&[u8]; 6] = [
        include_bytes!("samples/arxiv-snapshot.jsonl"),
        include_bytes!("samples/crossref.json"),
        include_bytes!("samples/csl.json"),
        include_bytes!("samples/plain.tsv"),
        include_bytes!("samples/scopus.csv"),
        include_bytes!("samples/semantic-scholar.json"),
    ];
    for bytes in files {
        let format = detect(bytes).unwrap();
        let whole = papers(format, bytes);
        let mut most = 0;
        for cut in 0..=bytes.len() {
            let read = papers(format, &bytes[..cut]);
            let same = read.iter().zip(&whole).take_while(|(a, b)| a == b).count();
            assert!(same >= most, "{}", String::from_utf8_lossy(&bytes[..cut]));
            most = same;
        }
        assert_eq!(most, whole.len());
    }
}

#[test]
fn every_format_is_told_by_its_sample() {
    for (format, bytes) in SAMPLES {
        assert_eq!(detect(bytes), Ok(format));
    }
}

#[test]
fn a_file_of_any_format_may_be_cut_off_at_any_byte() {
    for (format, bytes) in SAMPLES {
        let whole = papers(format, bytes).len();
        for cut in 0..bytes.len() {
            let _ = detect(&bytes[..cut]);
            let read = papers(format, &bytes[..cut]).len();
            assert!(read <= whole + 1, "{read} papers of {whole} before byte {cut} of {format:?}");
        }
    }
}

#[test]
fn a_file_of_any_format_may_be_in_another_encoding() {
    for (format, bytes) in SAMPLES {
        let text = String::from_utf8_lossy(bytes);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe", &wide[..]].concat();
        let western: Vec<u8> =
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0xff)).collect();
        for wrong in [&wide, &marked, &western] {
            let _ = counts(format, wrong);
        }
        let read = papers(detect(&marked).unwrap(), &marked).len();
        assert_eq!(read, papers(format, bytes).len(), "UTF-16 with its mark is read");
        // A UTF-16 file may start with a byte order mark.
        assert!(detect(&wide).is_err() || text.starts_with('\u{feff}'), "{format:?}");
        assert!(!papers(format, &western).is_empty(), "{format:?}");
    }
}

#[test]
fn a_line_beyond_measure_is_a_defect_and_not_kept() {
    let beyond = offprint::formats::MAX_LINE as u64 + (1 << 20);
    // One format for each way to find the end of a record.
    let formats = [Format::Atom, Format::Bibtex, Format::Csv, Format::Hayagriva, Format::Json];
    let formats = [&formats[..], &[Format::Listing, Format::Ris]].concat();
    for (format, bytes) in SAMPLES.into_iter().filter(|(it, _)| formats.contains(it)) {
        let long = std::io::Read::take(std::io::repeat(b'x'), beyond);
        let mut input = BufReader::new(bytes.chain(long).chain(&b"\n"[..]).chain(bytes));
        let (mut papers, mut longest) = (0, 0);
        read(format, &mut input, &mut |it| {
            if let Ok(draft) = it {
                papers += 1;
                longest = longest.max(draft.text_bytes());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(papers > 0 && longest < 1 << 16, "{format:?}: {papers} papers, {longest} bytes");
    }
}

/// Nested levels, each of which repeats the one before several times.
fn levels(first: &str, level: impl Fn(u32, u32) -> String) -> String {
    (1..30).fold(first.to_owned(), |levels, at| levels + &level(at, at - 1))
}

#[test]
fn entities_inside_of_entities_are_not_unfolded() {
    let entities = levels("<!ENTITY e0 \"ha\">", |at, below| {
        format!("<!ENTITY e{at} \"&e{below};&e{below};&e{below};&e{below};\">")
    });
    for (format, bytes) in SAMPLES.into_iter().filter(|(_, it)| it.starts_with(b"<")) {
        let text = String::from_utf8_lossy(bytes).replacen("<title>", "<title>&e29;", 1);
        let body = text.split_once("?>").map_or(text.as_str(), |(_, body)| body);
        let bomb = format!("<?xml version=\"1.0\"?><!DOCTYPE x [{entities}]>{body}");
        let longest = papers(format, bomb.as_bytes()).iter().map(Draft::text_bytes).max();
        assert!(longest.is_none_or(|it| it < 1 << 16), "{format:?}");
    }
    let anchors = levels("  e0: &e0 ha\n", |at, below| {
        format!("  e{at}: &e{at} [*e{below}, *e{below}, *e{below}]\n")
    });
    let bomb = format!("a:\n  type: article\n{anchors}  title: A\n");
    let _ = counts(Format::Hayagriva, bomb.as_bytes());
}

#[test]
fn brackets_beyond_measure_neither_hang_nor_overflow() {
    for piece in ["[", "{", "{\"paper\":", "{\"title\":[", "\"", "\"\"\"", "title,year\n\"a,\""] {
        let bytes = piece.repeat(100_000);
        for format in FORMATS {
            let _ = counts(format, bytes.as_bytes());
        }
        let _ = detect(&bytes.as_bytes()[..64 << 10]);
    }
}

#[test]
fn a_line_of_a_megabyte_is_read_in_one_go() {
    let title = "x".repeat(1 << 20);
    let entry = format!("@misc{{a, title = {{{title}}}}}");
    assert_eq!(counts(Format::Bibtex, entry.as_bytes()), (1, 0));
    assert_eq!(counts(Format::Jsonl, format!("{{\"title\": \"{title}\"}}").as_bytes()), (1, 0));
    assert_eq!(counts(Format::Json, format!("[{{\"title\": \"{title}\"}}]").as_bytes()), (1, 0));
    assert_eq!(counts(Format::Csv, format!("title,year\n{title},2001").as_bytes()), (1, 0));
    assert_eq!(counts(Format::Listing, format!("A Title\n{title}").as_bytes()), (1, 0));
}

/// The paper of a record, and its defects.
fn one(format: Format, text: &str) -> (Draft, String) {
    let (mut drafts, mut told) = (Vec::new(), String::new());
    read(format, &mut text.as_bytes(), &mut |it| {
        match it {
            Ok(draft) => drafts.push(draft),
            Err(defect) => told.push_str(&defect.to_string()),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(drafts.len(), 1, "{format:?}");
    (drafts.remove(0), told)
}

/// Comparing all of a hundred thousand list items pairwise would take minutes.
#[test]
fn a_record_with_a_hundred_thousand_of_anything_is_read_and_its_lists_are_cut_and_told() {
    const MANY: usize = 100_000;
    let list = |item: fn(usize) -> String, between: &str| {
        (0..MANY).map(item).collect::<Vec<_>>().join(between)
    };
    let (word, url) = (|it| format!("w{it}"), |it| format!("https://example.org/{it}"));
    let name = |it| format!("Family{it}, Given");
    let bibtex = |field: &str| format!("@article{{a, title = {{On Lists}}, {field}}}");
    let json = |field: &str| format!("{{\"title\": \"On Lists\", {field}}}");
    let ris = |lines: &str| format!("TY  - JOUR\nTI  - On Lists\n{lines}\nER  - \n");
    for (format, text, what) in [
        (Format::Jsonl, json(&format!("\"categories\": \"{}\"", list(word, " "))), "categories"),
        (Format::Jsonl, json(&format!("\"url\": [\"{}\"]", list(url, "\", \""))), "addresses"),
        (Format::Jsonl, json(&format!("\"keywords\": \"{}\"", list(word, ", "))), "keywords"),
        (Format::Jsonl, json(&format!("\"authors\": [\"{}\"]", list(name, "\", \""))), "authors"),
        (Format::Bibtex, bibtex(&format!("url = {{{}}}", list(url, " "))), "addresses"),
        (Format::Bibtex, bibtex(&format!("keywords = {{{}}}", list(word, ", "))), "keywords"),
        (Format::Bibtex, bibtex(&format!("author = {{{}}}", list(name, " and "))), "authors"),
        (Format::Bibtex, bibtex(&format!("primaryclass = {{{}}}", list(word, " "))), "categories"),
        (Format::Ris, ris(&format!("UR  - {}", list(url, "\nUR  - "))), "addresses"),
        (Format::Ris, ris(&format!("KW  - {}", list(word, "\nKW  - "))), "keywords"),
        (Format::Ris, ris(&format!("AU  - {}", list(name, "\nAU  - "))), "authors"),
        (Format::Ris, ris(&format!("ED  - {}", list(name, "\nED  - "))), "editors"),
        (Format::Csv, format!("title,categories\nOn Lists,{}\n", list(word, " ")), "categories"),
    ] {
        let (draft, told) = one(format, &text);
        let expected = format!("100000 {what} (the first ");
        assert!(told.contains(&expected), "{format:?}: {told}");
        let papers = corpus(&[draft]);
        let rendered =
            render(&papers, &[PaperId(0)], OutputFormat::Bibtex, &CiteOptions::default());
        assert_eq!(rendered.papers, 1);
    }
}

#[test]
fn an_abstract_with_a_hundred_thousand_addresses_has_each_of_them_once() {
    let urls: Vec<String> = (0..100_000).map(|it| format!("https://example.org/{it}")).collect();
    assert_eq!(
        offprint::text::find_urls(&[urls.join(" "), urls.join(" ")].join(" ")).len(),
        100_000
    );
}
