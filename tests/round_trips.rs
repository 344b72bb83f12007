//! What is written in a format that is read is the paper that was.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::ops::ControlFlow;

use offprint::cite::{CiteStyle, Form, key_hash, render};
use offprint::domain::{Corpus, Draft, Fact, Kind, Name, PaperId, SegmentBuilder};
use offprint::formats::{detect, read};
use offprint::sources::builtin;
use offprint::text::readable;
use proptest::prelude::*;

fn written(drafts: &[Draft], form: Form) -> String {
    let mut builder = SegmentBuilder::default();
    for draft in drafts {
        builder.push(draft, key_hash(draft));
    }
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    render(&corpus, &ids, form, &CiteStyle::default()).text
}

fn papers(text: &str) -> Vec<Draft> {
    let mut papers = Vec::new();
    read(detect(text.as_bytes()).unwrap(), &mut text.as_bytes(), &mut |it| {
        papers.push(it.unwrap());
        ControlFlow::Continue(())
    })
    .unwrap();
    papers
}

fn names(authors: &[String]) -> Vec<Name> {
    authors.iter().map(|it| Name::parse(&readable(it))).collect()
}

#[test]
fn csl_json_of_the_built_in_papers_is_read_back() {
    let corpus = builtin();
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    let text = render(&corpus, &ids, Form::CslJson, &CiteStyle::default()).text;
    let items: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let read = papers(&text);
    assert_eq!((items.len(), read.len()), (198, 198));
    for ((id, paper), draft) in corpus.papers().zip(&read) {
        assert_eq!(draft.title, readable(paper.title));
        let authors: Vec<String> = paper.authors().map(str::to_owned).collect();
        assert_eq!(names(&draft.authors), names(&authors), "{}", paper.title);
        assert_eq!((draft.year, &*draft.arxiv, &*draft.doi), (paper.year, paper.arxiv, paper.doi));
        assert_eq!(draft.venue, paper.venue);
        assert_eq!(draft.abstract_text, readable(&corpus.abstract_text(id).unwrap()));
    }
}

/// Words, of which the first is capital.
fn words() -> impl Strategy<Value = String> {
    "[A-ZÉŐ][a-zéő]{1,8}( [A-Za-zø0-9&:?–'-]{1,8}){0,5}"
}

fn author() -> impl Strategy<Value = String> {
    let particle = prop_oneof![Just(""), Just("van "), Just("de la ")];
    let suffix = prop_oneof![Just(""), Just(", Jr."), Just(", III")];
    (particle, "[A-ZŐ][a-zé]{1,8}(-[A-Z][a-z]{1,4})?", suffix, "[A-Z][a-z]{1,6}( [A-Z]\\.)?")
        .prop_map(|(particle, family, suffix, given)| {
            format!("{particle}{family}{suffix}, {given}")
        })
}

fn kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(vec![
        Kind::Article,
        Kind::Conference,
        Kind::Chapter,
        Kind::Book,
        Kind::Thesis,
        Kind::Report,
        Kind::Dataset,
        Kind::Software,
        Kind::Webpage,
    ])
}

/// Facts that a format keeps apart from all others.
fn facts() -> impl Strategy<Value = Vec<(Fact, String)>> {
    const FACTS: [Fact; 8] = [
        Fact::Volume,
        Fact::Number,
        Fact::Pages,
        Fact::Publisher,
        Fact::Place,
        Fact::Series,
        Fact::Isbn,
        Fact::Language,
    ];
    proptest::sample::subsequence(FACTS.to_vec(), 0..=FACTS.len()).prop_flat_map(|facts| {
        let values = proptest::collection::vec("[1-9][0-9]{0,3}", facts.len());
        values.prop_map(move |values| facts.iter().copied().zip(values).collect())
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    let ids = (
        prop_oneof![Just(String::new()), "2[0-4]0[1-9]\\.[0-9]{5}"],
        prop_oneof![Just(String::new()), "10\\.[1-9][0-9]{3}/[a-z0-9.()-]{1,9}"],
    );
    let authors = proptest::collection::vec(author(), 0..4);
    let date = proptest::option::of((1000..2999_i16, 1..13_u8, 1..29_u8));
    (words(), authors, words(), date, words(), ids, kind(), facts()).prop_map(
        |(title, authors, abstract_text, date, venue, (arxiv, doi), kind, mut facts)| {
            if let Some((year, month, day)) = date {
                facts.push((Fact::Date, format!("{year}-{month:02}-{day:02}")));
            }
            let year = date.map(|(year, ..)| year);
            Draft {
                title,
                authors,
                abstract_text,
                year,
                venue,
                arxiv,
                doi,
                kind,
                facts,
                ..Draft::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn csl_json_is_read_back(draft in draft()) {
        let text = written(std::slice::from_ref(&draft), Form::CslJson);
        let [read] = papers(&text).try_into().unwrap();
        for &(fact, ref value) in &draft.facts {
            prop_assert_eq!(read.fact(fact), value, "{:?} in {}", fact, text);
        }
        prop_assert_eq!(names(&read.authors), names(&draft.authors));
        prop_assert_eq!(Draft { authors: draft.authors.clone(), facts: draft.facts.clone(), ..read }, draft);
    }
}
