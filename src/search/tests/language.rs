//! Tests of groups, names, dates and other forms of the query language over small corpora.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::{BibField, PaperKind};

fn sorted(corpus: &Corpus, query: &str) -> Vec<u32> {
    let mut rows = found_rows(corpus, query);
    rows.sort_unstable();
    rows
}

fn papers() -> Corpus {
    let paper = |title: &str, authors: &[&str], year| Draft {
        title: title.into(),
        authors: authors.iter().map(|&it| it.into()).collect(),
        year: Some(year),
        ..Draft::default()
    };
    let mut drafts = [
        paper("Key-value memory in the brain", &["Samuel J. Gershman", "Ila Fiete"], 2025),
        paper("On undecidable propositions", &["Gödel, Kurt"], 1931),
        paper("Visualizing data", &["Laurens van der Maaten", "Hinton, Geoffrey"], 2008),
        paper("Deep brain maps", &["Jane Gershman", "Neel Nanda"], 2023),
        paper("!Kung San and Yahoo! answers | a study", &["Six, F."], 2006),
        paper("What's in a name? The cost in US$ and C$", &["Five, E."], 2005),
        paper("Notes on C++", &["Kurt Goedel"], 2024),
    ];
    drafts[0].arxiv = "2501.02950".into();
    drafts[0].add_field(BibField::Keywords, "memory; episodic recall");
    drafts[1].kind = PaperKind::Article;
    drafts[2].kind = PaperKind::Conference;
    drafts[3].add_field(BibField::Date, "2023-05-17");
    drafts[3].doi = "10.1000/Maps".into();
    drafts[4].add_field(BibField::Citations, "3");
    drafts[5].add_field(BibField::Citations, "120");
    drafts[5].add_field(BibField::Upvotes, "31");
    drafts[5].add_field(BibField::File, "papers/Names.pdf");
    corpus_of_segments(&drafts, &[3])
}

#[test]
fn groups_and_operators_find_what_they_mean() {
    let corpus = papers();
    for (query, expected) in [
        ("brain (memory | maps)", &[0, 3][..]),
        ("brain memory|maps", &[0, 3]),
        ("memory brain | data", &[0, 2]),
        ("brain !(memory | data)", &[3]),
        ("brain NOT memory", &[3]),
        ("title:(brain maps)", &[3]),
        ("(author:gershman year:2023) | (author:hinton year>2000)", &[2, 3]),
        ("!(author:gershman year:2023) brain", &[0]),
        ("year:(2008 OR 2006)", &[2, 4]),
        ("brain -maps", &[0]),
        ("(brain", &[0, 3]),
        ("(is:read | is:unread) brain", &[0, 3]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn names_are_found_however_they_are_written() {
    let corpus = papers();
    for (query, expected) in [
        ("author:\"Kurt Gödel\"", &[1, 6][..]),
        ("author:\"Gödel, Kurt\"", &[1, 6]),
        ("author:\"K. Goedel\"", &[1, 6]),
        ("author=\"Gödel, Kurt\"", &[1]),
        ("author:\"Gershman SJ\"", &[0]),
        ("author:\"Gershman\"", &[0, 3]),
        ("!author:\"Gershman\" brain", &[]),
        ("author:\"van der Maaten, L.\"", &[2]),
        ("nanda neel", &[3]),
        ("Gershman SJ", &[0]),
        ("Gershman, S.J.", &[0]),
        ("Gershman & Fiete (2025)", &[0]),
        ("Gershman and Fiete", &[0]),
        ("Gershman et al., 2023", &[3]),
        ("van der Maaten", &[2]),
        ("Maaten & Hinton 2008", &[2]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
    assert_eq!(found_rows(&corpus, "S. J. Gershman")[0], 0, "single letters are also text");
}

#[test]
fn a_facet_of_an_author_finds_the_papers_that_it_counts() {
    let corpus = papers();
    let facets = answer(&request(&corpus, "")).facets.unwrap();
    for (name, count) in &facets.names.as_ref().unwrap().authors {
        let query = toggle_value("", QueryField::Authors, name, Toggle::Include).unwrap();
        assert_eq!(found_rows(&corpus, &query).len(), *count as usize, "{query}");
    }
}

#[test]
fn dates_are_compared_as_far_as_they_are_known() {
    let corpus = papers();
    for (query, expected) in [
        ("date:2025", &[0][..]),
        ("date:2025-01", &[0]),
        ("date:2025-01-05", &[]),
        ("date:2023-05-17", &[3]),
        ("date:2023-05", &[3]),
        ("date:2024-01", &[]),
        ("date>2023-04", &[0, 3, 6]),
        ("since:2023-06", &[0, 6]),
        ("before:2006", &[1, 5]),
        ("before:2023-06 since:2023", &[3]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn an_age_counts_back_from_today() {
    let corpus = papers();
    let today = CalendarDay::from_unix_time(std::time::Duration::from_hours(468_000));
    let found = |query: &str| {
        let query = Arc::new(Query::parse(query).with_today(today));
        let request = Request { query, ..request(&corpus, "") };
        answer(&request).hits.ids().map(|it| it.0).collect::<BTreeSet<_>>()
    };
    assert_eq!(found("since:7d"), BTreeSet::from([0, 3, 6]));
    assert_eq!(found("since:5d"), BTreeSet::from([0, 6]));
    assert_eq!(found("brain (since:1w | memory)"), BTreeSet::from([0, 3]));
    assert_eq!(sorted(&corpus, "since:7d"), [0_u32; 0], "without a day");
    assert_ne!(Query::parse("since:7d").with_today(today), Query::parse("since:7d"));
    assert_eq!(Query::parse("brain").with_today(today), Query::parse("brain"));
}

#[test]
fn other_fields_are_found() {
    let corpus = papers();
    for (query, expected) in [
        ("keyword:recall", &[0][..]),
        ("keyword:\"episodic recall\"", &[0]),
        ("keyword:\"recall\"", &[]),
        ("kw:epis*", &[0]),
        ("type:article", &[1]),
        ("type:inproceedings", &[2]),
        ("arxiv:2501", &[0]),
        ("doi:10.1000", &[3]),
        ("doi:2501", &[]),
        ("file:names", &[5]),
        ("cites:>3", &[5]),
        ("cites>=3", &[4, 5]),
        ("cites:3", &[4]),
        ("cites:10..200", &[5]),
        ("cites:>120", &[]),
        ("votes:>10", &[5]),
        ("upvotes:>31", &[]),
        ("votes<=31", &[5]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn signs_of_titles_are_found() {
    let corpus = papers();
    for (query, first) in [("US$", 5), ("C$", 5), ("!Kung San", 4), ("C++", 6)] {
        assert_eq!(found_rows(&corpus, query).first(), Some(&first), "{query}");
    }
    assert_eq!(found_rows(&corpus, "gershman -fiete"), [3]);
    assert_eq!(found_rows(&corpus, "gershman !fiete"), [3]);
}

/// An expression over the words of [`WORDS`].
#[derive(Debug, Clone)]
enum Expression {
    Word(usize),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

const WORDS: [&str; 4] = ["alpha", "bravo", "candy", "delta"];

impl Expression {
    fn text(&self) -> String {
        match self {
            Self::Word(word) => format!("'{}", WORDS[*word]),
            Self::Not(inner) => format!("NOT ({})", inner.text()),
            Self::And(one, other) => format!("({}) ({})", one.text(), other.text()),
            Self::Or(one, other) => format!("({}) OR ({})", one.text(), other.text()),
        }
    }

    fn holds(&self, words: [bool; 4]) -> bool {
        match self {
            Self::Word(word) => words[*word],
            Self::Not(inner) => !inner.holds(words),
            Self::And(one, other) => one.holds(words) && other.holds(words),
            Self::Or(one, other) => one.holds(words) || other.holds(words),
        }
    }
}

fn expression() -> impl Strategy<Value = Expression> {
    let leaf = (0..WORDS.len()).prop_map(Expression::Word);
    leaf.prop_recursive(4, 12, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|it| Expression::Not(Box::new(it))),
            pair.clone().prop_map(|(a, b)| Expression::And(Box::new(a), Box::new(b))),
            pair.prop_map(|(a, b)| Expression::Or(Box::new(a), Box::new(b))),
        ]
    })
}

proptest! {
    #[test]
    fn an_expression_finds_the_papers_for_which_it_holds(
        expression in expression(),
        papers in prop::collection::vec(any::<[bool; 4]>(), 1..8),
        in_abstract in any::<bool>(),
    ) {
        let draft = |words: &[bool; 4]| {
            let words = WORDS.iter().zip(words).filter(|(_, has)| **has);
            let text = words.map(|(word, _)| *word).collect::<Vec<_>>().join(" ");
            let (title, abstract_text) =
                if in_abstract { ("Title".to_owned(), text) } else { (text, String::new()) };
            Draft { title, abstract_text, ..Draft::default() }
        };
        let corpus = corpus_of_segments(&papers.iter().map(draft).collect::<Vec<_>>(), &[2]);
        let expected: Vec<u32> =
            (0..).zip(&papers).filter(|(_, words)| expression.holds(**words)).map(|it| it.0).collect();
        prop_assert_eq!(sorted(&corpus, &expression.text()), expected, "{}", expression.text());
    }
}
