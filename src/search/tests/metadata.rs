//! Tests of matches of a bare word in metadata.

use super::*;

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
