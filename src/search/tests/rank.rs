//! Tests of the tiers, and of the order within each.

use super::*;

#[test]
fn a_word_is_found_at_a_word_start_before_inside_a_word() {
    let corpus = corpus(&[
        ("On Metaformers", "", "", 2020),
        ("Former Lives", "", "", 2020),
        ("Nothing", "A. Formerly", "", 2020),
    ]);
    let expected = [(1, Tier::Start), (2, Tier::Start), (0, Tier::Inside)];
    assert_eq!(tiers(&corpus, "former"), expected);
}

#[test]
fn initials_of_three_letters_find_a_title() {
    let corpus = corpus(&[("Graph Neural Networks", "", "", 2020), ("Gnats", "", "", 2020)]);
    assert_eq!(tiers(&corpus, "gnn"), [(0, Tier::Inside)]);
    assert_eq!(found_rows(&corpus, "gn"), [1], "two letters are no initials");
}

#[test]
fn an_abstract_counts_where_a_word_begins_so() {
    let corpus = corpus(&[
        ("One", "", "We use SimCTG here.", 2020),
        ("Two", "", "Unsimctgish.", 2020),
        ("Three", "", "", 2020),
    ]);
    assert_eq!(tiers(&corpus, "simctg"), [(0, Tier::Abstract)]);
    assert_eq!(tiers(&corpus, "simc"), [(0, Tier::Abstract)]);
}

#[test]
fn scattered_letters_begin_a_word_and_stay_together() {
    let corpus = corpus(&[
        ("The Transformer", "", "", 2020),
        ("Tables of rather few more lessons and readings", "", "", 2020),
        ("Attention", "", "", 2020),
    ]);
    assert_eq!(tiers(&corpus, "trfmr"), [(0, Tier::Subsequence)]);
    assert_eq!(tiers(&corpus, "attn"), [(2, Tier::Subsequence)]);
    assert_eq!(found_rows(&corpus, "nsfrm"), [0_u32; 0]);
}

#[test]
fn scattered_letters_lie_in_at_most_two_words_of_one_name() {
    let corpus = corpus(&[
        ("Fit of a brain", "", "", 2020),
        ("Fig branches", "", "", 2020),
        ("A", "Ed Fi; Bo Ra", "", 2020),
    ]);
    assert_eq!(found_rows(&corpus, "fbr"), [1]);
}

#[test]
fn a_word_with_punctuation_in_it_is_not_scattered() {
    let corpus = corpus(&[("CNNs light", "", "", 2020)]);
    assert_eq!(tiers(&corpus, "cslg"), [(0, Tier::Subsequence)]);
    assert_eq!(found_rows(&corpus, "cs.lg"), [0_u32; 0]);
    let highlighter = Highlighter::new(Arc::new(Query::parse("cs.lg")), &[]);
    assert!(highlighter.highlight("CNNs light", QueryField::Title).is_empty());
}

#[test]
fn a_slip_is_forgiven_where_no_paper_has_the_word() {
    let corpus = corpus(&[
        ("Memory in the brain", "", "", 2020),
        ("Nothing", "", "The brain.", 2020),
        ("Two", "", "", 2020),
    ]);
    let answer = answer(&request(&corpus, "brian"));
    assert_eq!(answer.hits.ids().map(|it| it.0).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(answer.hits.hit(0).and_then(Hit::tier), Some(Tier::Typo));
    assert_eq!(answer.corrections, ["brain"]);
}

#[test]
fn a_word_that_some_paper_has_is_taken_as_typed() {
    let corpus = corpus(&[("Brian's life", "", "", 2020), ("The brain", "", "", 2020)]);
    assert_eq!(found_rows(&corpus, "brian"), [0]);
    assert_eq!(answer(&request(&corpus, "brian")).corrections, [""; 0]);
}

#[test]
fn words_that_no_paper_has_together_may_all_be_slips() {
    let corpus = corpus(&[
        ("The life of things", "Brian Kern", "", 2020),
        ("Memory in the brain", "", "", 2020),
    ]);
    let answer = answer(&request(&corpus, "memory brian"));
    assert_eq!(exact_rows(&answer), [1]);
    assert_eq!(answer.corrections, ["brain"]);
}

#[test]
fn a_year_is_no_slip_of_another() {
    let corpus = corpus(&[("Report 2018", "", "", 2018)]);
    assert_eq!(found_rows(&corpus, "2019"), [0_u32; 0]);
}

#[test]
fn half_a_memory_puts_the_paper_first() {
    let corpus = corpus(&[
        ("Attention: a need", "Ann Vaswani-Smith", "", 2024),
        ("All You Need", "B. Other", "vaswani attention", 2024),
        ("Attention Is All You Need", "Ashish Vaswani; Noam Shazeer", "", 2017),
    ]);
    assert_eq!(found_rows(&corpus, "ashish attention need")[0], 2);
    assert_eq!(found_rows(&corpus, "vaswani attention is need")[0], 2);
}

#[test]
fn the_title_comes_before_the_authors_and_they_before_the_abstract() {
    let corpus =
        corpus(&[("A", "", "young", 2020), ("B", "C. Young", "", 2020), ("Young", "", "", 2020)]);
    assert_eq!(found_rows(&corpus, "young"), [2, 1, 0]);
}

#[test]
fn within_a_tier_the_closer_match_comes_first() {
    let check = |query, worse, better| {
        let row = |title| (title, "", "", 2020);
        assert_eq!(
            found_rows(&corpus(&[row(worse), row(better)]), query),
            [1, 0],
            "{query}: {better}"
        );
    };
    check("net", "Networks", "A net");
    check("deep nets", "Nets for deep seas", "On deep nets");
    check("deep nets", "Deep seas and nets", "Of very deep nets");
    check("graph", "The graph", "Graph it");
    check("graph", "Graph of things seen", "Graph of it");
}

#[test]
fn what_is_equal_is_newest_first_and_then_in_order_of_arrival() {
    let row = |year| ("Same", "", "", year);
    assert_eq!(found_rows(&corpus(&[row(2020), row(2022), row(2020)]), "same"), [1, 0, 2]);
    assert_eq!(found_rows(&corpus(&[row(2020), row(2022), row(2020)]), "year:20"), [1, 0, 2]);
}

#[test]
fn punctuation_may_be_typed_or_not() {
    let corpus = corpus(&[
        ("The Forward-Forward algorithm", "", "", 2020),
        ("Forward, and forward again", "", "", 2020),
        ("Transformer-XL", "", "", 2020),
    ]);
    assert_eq!(tiers(&corpus, "forward-forward"), [(0, Tier::Start)]);
    assert_eq!(found_rows(&corpus, "forward forward"), [0, 1]);
    for query in ["transformer-xl", "transformer xl", "transformerxl"] {
        assert_eq!(found_rows(&corpus, query), [2], "{query}");
    }
}

#[test]
fn an_umlaut_need_not_be_typed() {
    let corpus = corpus(&[("On X", "K. Müller", "", 2020), ("On Y", "K. Mueller", "", 2020)]);
    assert_eq!(found_rows(&corpus, "muller")[0], 0);
    assert_eq!(found_rows(&corpus, "mueller"), [0, 1]);
    assert_eq!(found_rows(&corpus, "Müller"), [0, 1]);
}

#[test]
fn later_answers_never_change_the_order_of_earlier_ones() {
    let row = |number: u32| {
        let title = if number.is_multiple_of(3) { "Deep nets" } else { "Seas" };
        let abstract_text = if number.is_multiple_of(5) { "deep" } else { "" };
        draft(&(title, "", abstract_text, 2000 + (number % 7) as i16))
    };
    let drafts: Vec<Draft> = (0..1 << 15).map(row).chain([row(3)]).collect();
    let corpus = corpus_of_segments(&drafts, &[SegmentBuilder::CAPACITY / 8; 24]);
    let mut answers = Vec::new();
    let request = request(&corpus, "deep");
    Searcher::default().search(&request, &|| false, &mut |answer| answers.push(answer));
    let stages: Vec<_> = answers.iter().map(|it| (it.stage, it.hits.len())).collect();
    assert_eq!(stages[0], (Stage::Partial, 10_924));
    assert_eq!(stages.last(), Some(&(Stage::Final, 15_293)));
    let last = answers.last().unwrap();
    assert!((0..10_924).all(|place| answers[0].hits.get(place) == last.hits.get(place)));
    assert!(answers[..answers.len() - 1].iter().all(|it| it.facets.is_none()));
}

#[test]
fn the_abstract_is_said_to_have_made_the_match() {
    let corpus = corpus(&[("Memory", "", "", 2020), ("Brains", "", "memory", 2020)]);
    let hits = answer(&request(&corpus, "memory")).hits;
    let made: Vec<_> = (0..2).filter_map(|it| hits.hit(it)).map(needs_abstract).collect();
    assert_eq!(made, [false, true]);
}

#[test]
fn a_quoted_blank_stands_for_a_hyphen_too() {
    let corpus = corpus(&[
        ("Key-value memory", "A", "", 2025),
        ("Key value stores", "B", "", 2020),
        ("Keys of value", "C", "", 2020),
    ]);
    assert_eq!(found_rows(&corpus, "title:\"key value\"").len(), 2);
    assert_eq!(found_rows(&corpus, "\"key-value\""), [0], "a hyphen is meant as one");
}

#[test]
fn letters_are_scattered_only_where_few_papers_have_the_word() {
    let papers = |count: usize| {
        let mut rows: Vec<PaperRow<'_>> = vec![("On RL", "", "", 2020); count];
        rows.push(("Roland", "", "", 2020));
        found_rows(&corpus(&rows), "rl").len()
    };
    assert_eq!(papers(1000), 1001);
    assert_eq!(papers(1001), 1001);
}

#[test]
fn scattered_letters_are_no_hits_any_more_once_many_papers_with_the_word_have_come() {
    let mut papers = corpus(&[("Roland", "", "", 2020), ("On RL", "", "", 2020)]);
    let many = corpus(&vec![("On RL", "", "", 2020); 1001]);
    let mut searcher = Searcher::default();
    let mut count = |corpus: &Corpus| {
        let mut last = None;
        let marks = Arc::default();
        searcher.search(&Request { marks, ..request(corpus, "rl") }, &|| false, &mut |it| {
            last = Some(it);
        });
        last.unwrap().hits.len()
    };
    assert_eq!(count(&papers), 2);
    many.segments().for_each(|(_, segment)| papers.push(Arc::clone(segment)));
    assert_eq!(count(&papers), 1002);
}
