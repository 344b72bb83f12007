//! The tagged formats: round trips, truncated files that lose one paper, and hostile files that do
//! not stall the readers.

use offprint::cite::{CiteOptions, OutputFormat};
use offprint::domain::{BibField, Corpus, Draft, KeyPattern, PaperKind, PersonName};
use offprint::formats::{Format, MAX_LINE, detect};
use offprint::sources::builtin_corpus;
use offprint::text::{tex_to_unicode, tidy};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::kind;
use crate::support::corpus::{self, corpus, records};

const PAIRS: [(OutputFormat, Format); 3] = [
    (OutputFormat::Ris, Format::Ris),
    (OutputFormat::Nbib, Format::Nbib),
    (OutputFormat::EndNote, Format::EndNote),
];

/// The fields that the formats preserve. An arXiv category or a comment, for example, has no tag.
const FACTS: [BibField; 15] = [
    BibField::Date,
    BibField::Volume,
    BibField::Number,
    BibField::Pages,
    BibField::Publisher,
    BibField::Place,
    BibField::Series,
    BibField::Edition,
    BibField::Editors,
    BibField::Issn,
    BibField::Isbn,
    BibField::Pmid,
    BibField::Pmcid,
    BibField::Keywords,
    BibField::Language,
];

fn written(corpus: &Corpus, form: OutputFormat) -> String {
    corpus::written(corpus, form, &CiteOptions::default())
}

/// Text in the notation of the formats.
fn shown(text: &str) -> String {
    tidy(&tex_to_unicode(&tidy(text))).into_owned()
}

fn names(names: &[String]) -> Vec<PersonName> {
    names
        .iter()
        .map(|it| PersonName::parse(&shown(it)))
        .filter(|it| !it.family.is_empty())
        .collect()
}

/// Words, TeX, and text that resembles tagged lines.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "On maps", "Über", "na\\\"ive", "$\\alpha$", "R\\&D", "TI  - x", "ER  - ", "\nER  - ",
        "%T x", "\n%0 Book", "PMID- 1", "\n\nPMID- 2\n", "a.", "50%", "[b]", "why?", "漢字",
        "\u{1b}[31m", "{C}", "\\", "-", "\r", "'",
    ];
    vec(select(pieces), 1..6).prop_map(|it| format!("The {}", it.join(" ")))
}

fn plain(pattern: &'static str) -> impl Strategy<Value = String> {
    prop_oneof![2 => pattern.prop_map(String::from), 1 => Just(String::new())]
}

fn name() -> impl Strategy<Value = String> {
    select(vec![
        "Ada Moss", "Moss, Ada B.", "J\\\"urgen M\\\"uller", "Laurens van der Maaten",
        "King, Jr., Martin Luther", "Martin Luther King III", "Plato", "Jean-Paul Smith-Jones",
        "The Maps Collaboration", "Smith and Sons", "O'Neil, Ann",
    ])
    .prop_map(str::to_owned)
}

fn facts() -> impl Strategy<Value = Vec<(BibField, String)>> {
    let date = prop_oneof![Just("2021-05-03"), Just("2021-11"), Just("")].prop_map(str::to_owned);
    let numbers = (
        date,
        plain("[1-9][0-9]{0,2}"),
        plain("[1-9]"),
        plain("[1-4][0-9]{2}-[5-9][0-9]{2}|e[0-9]{4}"),
    );
    let house = (
        plain("[A-Z][a-z]{2,8} (Press|& Sons)"),
        plain("[A-Z][a-z]{3,8}, Norway"),
        plain("Maps and [A-Z][a-z]{3}"),
        plain("[2-9]"),
    );
    let serials = (
        vec(name(), 0..3),
        plain("[0-9]{4}-[0-9]{3}[0-9X]"),
        plain("978-[0-9]-[0-9]{4}-[0-9]{4}-[0-9]"),
        plain("[1-9][0-9]{6,7}"),
    );
    let words = subsequence(vec!["maps", "neural nets", "M\\\"obius", "Databases, Protein"], 0..4);
    let rest = (plain("PMC[1-9][0-9]{5}"), words, plain("eng|Norwegian"));
    (numbers, house, serials, rest).prop_map(|(numbers, house, serials, rest)| {
        let editors = serials.0.join("; ");
        let keywords = rest.1.join("; ");
        let values = [
            numbers.0, numbers.1, numbers.2, numbers.3, house.0, house.1, house.2, house.3,
            editors, serials.1, serials.2, serials.3, rest.0, keywords, rest.2,
        ];
        FACTS.into_iter().zip(values).filter(|(_, it)| !it.is_empty()).collect()
    })
}

fn paper() -> impl Strategy<Value = Draft> {
    let ids = (
        plain("2[0-4]0[1-9]\\.[0-9]{5}"),
        plain("10\\.[0-9]{4}/[a-z]{1,5}(\\([0-9]\\))?[0-9]{1,4}"),
    );
    let urls = subsequence(
        vec!["https://example.org/a?b=c&d", "http://example.com/x.pdf", "https://example.org/d"],
        0..3,
    );
    let venue = select(vec!["", "Journal of Maps", "ICLR 2021", "Proc. of R\\&D", "Nature"]);
    let basics = (text(), vec(name(), 0..4), text(), any::<bool>(), venue);
    (basics, ids, urls, kind(), facts()).prop_map(|(basics, ids, urls, kind, facts)| {
        let (title, authors, abstract_text, has_abstract, venue) = basics;
        let abstract_text = if has_abstract { abstract_text } else { String::new() };
        let mut draft =
            Draft { title, authors, abstract_text, year: Some(2021), kind, ..Draft::default() };
        if kind != PaperKind::Book {
            // The venue of a book is its series.
            draft.venue = venue.to_owned();
        }
        (draft.arxiv, draft.doi) = ids;
        draft.urls = urls.into_iter().map(str::to_owned).collect();
        for (fact, value) in facts {
            match (fact, kind) {
                (BibField::Publisher, PaperKind::Thesis | PaperKind::Report) => {
                    draft.add_field(BibField::Institution, value);
                }
                // Programs and data have versions instead of editions, and the number of a book
                // belongs to its series.
                (BibField::Edition, PaperKind::Software | PaperKind::Dataset)
                | (BibField::Number, PaperKind::Book) => {}
                _ => draft.add_field(fact, value),
            }
        }
        draft
    })
}

fn fact(draft: &Draft, fact: BibField) -> String {
    let value = shown(draft.field(fact));
    if fact == BibField::Editors {
        format!("{:?}", names(&value.split(';').map(str::to_owned).collect::<Vec<_>>()))
    } else {
        value
    }
}

fn assert_same(before: &Draft, after: &Draft, text: &str) -> Result<(), TestCaseError> {
    let abstract_text = shown(&before.abstract_text);
    prop_assert_eq!(&after.title, &shown(&before.title), "{}", text);
    prop_assert_eq!(names(&after.authors), names(&before.authors), "{}", text);
    prop_assert_eq!(&after.abstract_text, &abstract_text, "{}", text);
    prop_assert_eq!(&after.venue, &shown(&before.venue), "{}", text);
    prop_assert_eq!((after.year, after.kind), (before.year, before.kind), "{}", text);
    prop_assert_eq!((&after.arxiv, &after.doi), (&before.arxiv, &before.doi), "{}", text);
    let sorted = |draft: &Draft| {
        let mut urls = draft.urls.clone();
        urls.sort();
        urls
    };
    prop_assert_eq!(sorted(after), sorted(before), "{}", text);
    for it in FACTS.into_iter().chain([BibField::Institution]) {
        prop_assert_eq!(fact(after, it), fact(before, it), "{:?} of\n{}", it, text);
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(drafts in vec(paper(), 1..4)) {
        let corpus = corpus(&drafts);
        for (form, format) in PAIRS {
            let text = written(&corpus, form);
            prop_assert_eq!(detect(text.as_bytes()), Ok(format));
            let records = records(format, text.as_bytes());
            prop_assert_eq!(records.len(), drafts.len(), "{}", text);
            for (record, draft) in records.into_iter().zip(&drafts) {
                assert_same(draft, &record.unwrap(), &text)?;
            }
        }
    }

    #[test]
    fn any_bytes_among_the_lines_are_papers_or_defects(
        lines in vec(prop_oneof![
            select(vec![
                "TY  - JOUR", "TI  - A", "ER  - ", "ER", "AU  - B", "UR  - 10.1/", "PY  - 2004/13/99/",
                "PMID- 1", "      on", "AU  - X XX", "%0 Book", "%T A", "%8 é", "PT J", "TI A", "   on",
                "EF", "FN x", "", "SN  - 1-X-", "AID - arXiv: [", "%", "%é",
            ]).prop_map(|it| it.as_bytes().to_vec()),
            vec(any::<u8>(), 0..20),
        ], 0..30)
    ) {
        let bytes = lines.join(&b'\n');
        for format in [Format::EndNote, Format::Nbib, Format::Ris, Format::Wos] {
            let says_something = bytes.iter().any(u8::is_ascii_alphabetic);
            prop_assert!(!says_something || !records(format, &bytes).is_empty());
        }
    }
}

#[test]
fn every_built_in_paper_is_read_back() {
    let corpus = builtin_corpus(&KeyPattern::default());
    for (form, format) in PAIRS {
        let records = records(format, written(&corpus, form).as_bytes());
        assert_eq!(records.len(), 198);
        for (record, (_, paper)) in records.into_iter().zip(corpus.papers()) {
            let draft = record.unwrap();
            assert_eq!(draft.title, shown(paper.title));
            assert_eq!((draft.arxiv.as_str(), draft.doi.as_str()), (paper.arxiv, paper.doi));
            assert_eq!((draft.year, draft.authors.len()), (paper.year, paper.authors().count()));
        }
    }
}

#[test]
fn a_file_that_is_cut_anywhere_keeps_the_records_before_the_cut() {
    let files: [(Format, &[u8]); 4] = [
        (
            Format::Ris,
            b"TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nAU  - B\xc3\xa9, A\nER  - \n",
        ),
        (
            Format::Nbib,
            b"PMID- 1\nTI  - One.\n\nPMID- 2\nTI  - Two\n      of it.\nFAU - B\xc3\xa9, A\n",
        ),
        (Format::EndNote, b"%0 Book\n%T One\n%A C, D\n\n%0 Book\n%T Two\n%A B\xc3\xa9, A\n"),
        (
            Format::Wos,
            b"FN x\nVR 1.0\nPT J\nTI One\nER\n\nPT J\nTI Two\nAU B\xc3\xa9, A\nER\n\nEF\n",
        ),
    ];
    for (format, bytes) in files {
        let second = bytes.windows(3).position(|it| it == b"Two").unwrap();
        for cut in 0..=bytes.len() {
            let titles: Vec<String> =
                records(format, &bytes[..cut]).into_iter().flatten().map(|it| it.title).collect();
            if cut >= second {
                assert_eq!(titles.first().map(String::as_str), Some("One"), "{format:?} {cut}");
            }
        }
        assert_eq!(records(format, bytes).len(), 2, "{format:?}");
    }
}

#[test]
fn a_great_deal_of_anything_is_read_in_one_go() {
    for (format, first, more, note, last) in [
        (Format::Ris, "TY  - JOUR\nTI  - A\n", "KW  - ", "N1  - ", "\nER  - "),
        (Format::Nbib, "PMID- 1\nTI  - A.\n", "OT  - ", "SO  - ", ""),
        (Format::EndNote, "%0 Book\n%T A\n", "%K ", "%Z ", ""),
        (Format::Wos, "PT J\nTI A\n", "DE ", "DI ", "\nER"),
    ] {
        let megabyte = "x".repeat(1 << 20);
        let braces = "{([<".repeat(25_000);
        let keywords: Vec<String> = (0..100_000).map(|it| format!("{more}{it}")).collect();
        let many = first.lines().next().map(|it| format!("{it}\n").repeat(100_000)).unwrap();
        let ids = format!("{first}{note}{}", "(10.1".repeat(20_000));
        for file in [
            format!("{first}{more}{megabyte}\n{more}{braces}"),
            format!("{first}{}", keywords.join("\n")),
            format!("{many}{first}"),
            ids,
        ] {
            let papers = records(format, (file + last).as_bytes());
            assert_eq!(papers.into_iter().flatten().count(), 1);
        }
        let long = format!("{first}{more}{}{last}\n\n{first}{last}\n", "x".repeat(MAX_LINE + 1));
        let records = records(format, long.as_bytes());
        assert_eq!(records.len(), 2, "{format:?}");
        assert_eq!(records[0].as_ref().unwrap_err().line, 3);
        assert!(records[1].is_ok());
    }
}
