//! Tests of matches of a bare word in metadata.

use super::*;
use crate::domain::{BibField, PaperMarks};

fn library() -> Corpus {
    let paper = |title: &str, author: &str, year, categories: &str, venue: &str| Draft {
        title: title.into(),
        authors: vec![author.into()],
        year: Some(year),
        categories: categories.into(),
        venue: venue.into(),
        ..Draft::default()
    };
    let mut drafts = [
        paper("Beta nets", "Ann Lee", 2020, "cs.CL cs.LG", "ICLR 2021"),
        paper("Alpha nets", "Bo Li", 2022, "cs.LG", "Proc. of NeurIPS"),
        paper("Gamma rays", "Cy Lima", 2022, "q-bio.NC", ""),
        paper("Nets of 2022", "Dee Oh", 2019, "", ""),
        paper("Delta", "Eve Moss", 2018, "", ""),
    ];
    drafts[4].abstract_text = "As of 2022, neuripsian.".into();
    corpus_of_segments(&drafts, &[2])
}

fn sorted(corpus: &Corpus, query: &str) -> Vec<u32> {
    let mut rows = found_rows(corpus, query);
    rows.sort_unstable();
    rows
}

#[test]
fn a_bare_word_finds_year_venue_category_and_citation_key() {
    let corpus = library();
    for (query, expected) in [
        ("lee 2020", &[0][..]),
        ("2020 beta", &[0]),
        ("iclr", &[0]),
        ("nets ICLR 2021", &[0]),
        ("neurips li", &[1]),
        ("rips", &[]),
        ("q-bio", &[2]),
        ("cs.LG", &[0, 1]),
        ("cs.", &[0, 1]),
        ("lima2022", &[2]),
        ("lee2020be", &[0]),
        ("lee2021", &[]),
        ("202", &[0, 3, 4]),
        ("title:2020", &[]),
        ("moss (2018 | zeta)", &[4]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn a_fact_comes_after_title_and_abstract() {
    let corpus = library();
    let expected =
        [(3, Tier::Start), (4, Tier::Abstract), (1, Tier::Abstract), (2, Tier::Abstract)];
    assert_eq!(tiers(&corpus, "2022"), expected);
    let hits = answer(&request(&corpus, "2022")).hits;
    let made: Vec<_> = (0..4).filter_map(|it| hits.hit(it)).map(needs_abstract).collect();
    assert_eq!(made, [false, true, false, false]);
}

#[test]
fn a_word_that_some_paper_has_as_a_fact_is_no_slip() {
    let paper = |title: &str, venue: &str| Draft {
        title: title.into(),
        venue: venue.into(),
        ..Draft::default()
    };
    let corpus = corpus_of_segments(&[paper("On brains", ""), paper("Deep nets", "Brian")], &[1]);
    assert_eq!(found_rows(&corpus, "brian"), [1]);
    assert_eq!(found_rows(&corpus, "on brian"), [0_u32; 0]);
}

/// Papers with keywords, notes and comments in their records.
fn annotated() -> Corpus {
    use BibField::{Annotation, Comment, Keywords, Note, Publisher};
    let paper = |title: &str, abstract_text: &str, fields: &[(BibField, &str)]| Draft {
        title: title.into(),
        abstract_text: abstract_text.into(),
        fields: fields.iter().map(|(field, value)| (*field, (*value).into())).collect(),
        ..Draft::default()
    };
    let drafts = [
        paper("Alpha nets", "", &[(Keywords, "Spiking networks; G\\\"odel numbers; 深層学習")]),
        paper("Beta nets", "Of spiking neurons.", &[(Keywords, "spiking networks; memory")]),
        paper("Gamma nets", "", &[(Comment, "12 pages, 5 figures, accepted at the workshop")]),
        paper("Delta nets", "", &[(Annotation, "Read again before the seminar")]),
        paper("Spiking nets", "", &[(Note, "Reprinted in an anthology")]),
        paper("Zeta nets", "", &[(Publisher, "Anthology Press")]),
    ];
    corpus_of_segments(&drafts, &[2])
}

#[test]
fn every_field_of_a_record_that_is_shown_is_searched() {
    let corpus = annotated();
    for (query, expected) in [
        ("memory", &[1][..]),
        ("godel", &[0]),
        ("gödel nets", &[0]),
        ("学習", &[0]),
        ("層学習", &[0]),
        ("workshop", &[2]),
        ("\"accepted at\"", &[2]),
        ("seminar delta", &[3]),
        ("anthology", &[4]),
        ("nets !memory !workshop", &[0, 3, 4, 5]),
        ("pages", &[]),
        ("title:memory", &[]),
        ("abs:memory", &[]),
        ("\"networks memory\"", &[]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn a_field_of_a_record_comes_after_title_and_abstract() {
    let corpus = annotated();
    let expected = [(4, Tier::Start), (1, Tier::Abstract), (0, Tier::Abstract)];
    assert_eq!(tiers(&corpus, "spiking"), expected);
    let hits = answer(&request(&corpus, "spiking")).hits;
    let is_in_fields: Vec<_> = (0..3).filter_map(|it| hits.hit(it)).map(needs_metadata).collect();
    assert_eq!(is_in_fields, [false, false, true]);
}

#[test]
fn a_keyword_is_named_with_its_prefix() {
    let corpus = annotated();
    for (query, expected) in [
        ("keyword:\"spiking networks\"", &[0, 1][..]),
        ("keyword:networks", &[0, 1]),
        ("kw:mem", &[1]),
        ("keyword:\"spiking\"", &[]),
        ("!keyword:memory spiking", &[0, 4]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
}

#[test]
fn keywords_are_counted_however_they_are_written() {
    let mut searcher = Searcher::default();
    let corpus = annotated();
    let request = request(&corpus, "");
    searcher.search(&request, &|| false, &mut |_| {});
    let mut names = None;
    searcher.count_names(&request, &|| false, &mut |response| {
        names = response.facets.and_then(|it| it.names.clone());
    });
    let names = names.unwrap_or_else(|| answer(&request).facets.unwrap().names.clone().unwrap());
    let keywords: Vec<_> = names.keywords.iter().map(|(it, count)| (it.as_str(), *count)).collect();
    let expected = [("Spiking networks", 2), ("Gödel numbers", 1), ("memory", 1), ("深層学習", 1)];
    assert_eq!(keywords, expected);
    let query =
        toggle_value("nets", QueryField::Keyword, "Spiking networks", Toggle::Include).unwrap();
    assert_eq!(query, "nets keyword:\"Spiking networks\"");
    assert_eq!(sorted(&corpus, &query), [0, 1]);
}

#[test]
fn tags_and_notes_of_the_user_are_searched_and_follow_their_changes() {
    let corpus = annotated();
    let marked = |tags: &[&str], note: &str| PaperMarks {
        tags: tags.iter().map(|it| (*it).to_owned()).collect(),
        note: note.into(),
        ..PaperMarks::default()
    };
    let mut marks = Marks::default();
    marks.set(PaperId(3), &marked(&["thesis-chapter"], ""));
    marks.set(PaperId(5), &marked(&[], "Check the *appendix*.\nAsk Käthe."));
    let mut searcher = Searcher::default();
    let mut rows = |marks: &Marks, query: &str| -> Vec<u32> {
        let request = Request { marks: Arc::new(marks.clone()), ..request(&corpus, query) };
        let mut rows = Vec::new();
        searcher.search(&request, &|| false, &mut |it| rows = exact_rows(&it));
        rows
    };
    assert_eq!(rows(&Marks::default(), "appendix"), [0_u32; 0]);
    assert_eq!(rows(&marks, "appendix"), [5]);
    assert_eq!(rows(&marks, "chapter"), [3]);
    assert_eq!(rows(&marks, "zeta kathe"), [5]);
    assert_eq!(rows(&marks, "\"ask Käthe\""), [5]);
    assert_eq!(rows(&marks, "zeta \"thesis chapter\""), [0_u32; 0]);
    assert_eq!(rows(&marks, "\"thesis chapter\""), [3]);
    assert_eq!(rows(&marks, "alpha kathe"), [0_u32; 0]);
    marks.set(PaperId(5), &PaperMarks::default());
    assert_eq!(rows(&marks, "zeta kathe"), [0_u32; 0]);
}

#[test]
fn the_field_that_matched_is_shown_with_its_label() {
    let corpus = annotated();
    let snippet = |query: &str, row: u32, note: &str, tags: &[&'static str]| {
        let highlighter = Highlighter::new(Arc::new(Query::parse(query)), &[]);
        let paper = corpus.get(PaperId(row)).unwrap();
        let snippet = highlighter.field_snippet(&paper, note, tags.iter().copied())?;
        let matched: Vec<&str> =
            snippet.highlights.iter().map(|it| &snippet.text[it.clone()]).collect();
        Some(format!("{}: {} ({})", snippet.label, snippet.text, matched.join(", ")))
    };
    assert_eq!(snippet("net", 1, "", &[]).unwrap(), "keyword: spiking networks (net)");
    assert_eq!(snippet("godel", 0, "", &[]).unwrap(), "keyword: Gödel numbers (Gödel)");
    let expected = "comment: 12 pages, 5 figures, accepted at the workshop (workshop)";
    assert_eq!(snippet("workshop", 2, "", &[]).unwrap(), expected);
    assert_eq!(
        snippet("ask", 5, "Check it.\nAsk her\nsoon.", &[]).unwrap(),
        "note: Ask her soon. (Ask)"
    );
    assert_eq!(snippet("chap", 3, "", &["chapter"]).unwrap(), "tag: chapter (chap)");
    assert_eq!(snippet("zzz", 3, "zz", &["z"]), None);
}

/// Papers as followed sources have listed them.
fn listed() -> Corpus {
    let paper = |title: &str, day: &str, origin: &str| {
        let mut draft = Draft { title: title.into(), ..Draft::default() };
        draft.add_field(BibField::Listed, day);
        draft.add_field(BibField::Origin, origin);
        draft
    };
    let drafts = [
        paper("Old nets", "2026-01-05", "cs.CL"),
        paper("No nets", "", ""),
        paper("New nets", "2026-11-30", "cs.CL; hf trending"),
        paper("Later nets", "2026-01-30", "hf trending"),
    ];
    corpus_of_segments(&drafts, &[2])
}

#[test]
fn the_newest_day_of_listing_comes_first() {
    for query in ["", "nets"] {
        for (direction, expected) in
            [(SortDirection::Forward, [2, 3, 0, 1]), (SortDirection::Reverse, [1, 0, 3, 2])]
        {
            let sort_key = SortKey::Listed;
            let request = Request { sort_key, direction, ..request(&listed(), query) };
            let ids: Vec<u32> = answer(&request).hits.ids().map(|it| it.0).collect();
            assert_eq!(ids, expected, "{query}");
        }
    }
}

#[test]
fn followed_sources_are_counted_and_filtered() {
    let corpus = listed();
    let names = answer(&request(&corpus, "")).facets.unwrap().names.clone().unwrap();
    assert_eq!(names.origins, [("cs.CL".to_owned(), 2), ("hf trending".to_owned(), 2)]);
    assert_eq!(answer(&request(&library(), "")).facets.unwrap().names.clone().unwrap().origins, []);
    for (query, expected) in [
        ("source:cs.CL", &[0, 2][..]),
        ("source:\"hf trending\"", &[2, 3]),
        ("source:trend", &[2, 3]),
        ("source:\"hf\"", &[]),
        ("!source:hf nets", &[0, 1]),
    ] {
        assert_eq!(sorted(&corpus, query), expected, "{query}");
    }
    let query = toggle_value("", QueryField::Origin, "cs.CL", Toggle::Include).unwrap();
    assert_eq!(query, "source:\"cs.CL\"");
    assert_eq!(sorted(&corpus, &query), [0, 2]);
}
