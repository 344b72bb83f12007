//! Property tests over any corpus and query.

use proptest::prelude::*;

use super::*;
use crate::text::fold;

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    const WORD: &str =
        "(deep|Deep|nets?|Müller|m[ue]{1,2}ller|brain|brian|key-value|[a-e]{1,3}| é)";
    let text = |most| prop::collection::vec(WORD, 0..most).prop_map(|it| it.join(" "));
    let draft = (text(5), text(3), text(8), 2018_i16..2022);
    let draft = draft.prop_map(|(title, author, abstract_text, year)| Draft {
        title,
        authors: vec![author],
        abstract_text,
        year: Some(year),
        ..Draft::default()
    });
    prop::collection::vec(draft, 1..12)
}

const QUERY: &str = "(deep|net|muller|mueller|brian|brain|b|key-value|abc|dee|dpn|mlr|'e|!c|cd\\$|\\^b|year:2019|2019|\\(deep|b\\)|NOT| B|and|et al|&|\\|){1,3}";

fn query() -> impl Strategy<Value = String> {
    prop::collection::vec(QUERY, 1..4).prop_map(|it| it.join(" "))
}

/// Checks that a searcher with filled caches responds as a new one.
fn check_alone(searcher: &mut Searcher, request: &Request) -> Result<(), TestCaseError> {
    let mut last = None;
    searcher.search(request, &|| false, &mut |it| last = Some(it));
    let (ours, alone) = (last.unwrap(), answer(request));
    let hits = |it: &Response| (0..it.hits.len()).map(|at| it.hits.hit(at)).collect::<Vec<_>>();
    prop_assert_eq!(hits(&ours), hits(&alone), "{:?}", request.query);
    prop_assert_eq!((ours.corrections, ours.facets), (alone.corrections, alone.facets));
    Ok(())
}

proptest! {
    #[test]
    fn the_rank_does_not_depend_on_how_the_corpus_is_cut(
        drafts in drafts(),
        query in query(),
        sizes in prop::collection::vec(0_usize..4, 0..6),
    ) {
        let whole = answer(&request(&corpus_of_segments(&drafts, &[]), &query));
        let parts = answer(&request(&corpus_of_segments(&drafts, &sizes), &query));
        prop_assert_eq!(whole.hits.ids().collect::<Vec<_>>(), parts.hits.ids().collect::<Vec<_>>());
        prop_assert_eq!(whole.corrections, parts.corrections);
        prop_assert_eq!(whole.facets, parts.facets);
    }

    #[test]
    fn a_letter_added_or_taken_back_finds_what_the_query_finds_alone(
        drafts in drafts(),
        query in query(),
        added in "[a-e]{0,2}|ler|ts|ain| deep|",
    ) {
        // More papers without a match, so that the hits are few enough to be narrowed.
        let others = std::iter::repeat_n(draft(&("zyx", "", "", 2020)), 120);
        let drafts: Vec<Draft> = drafts.into_iter().chain(others).collect();
        let corpus = corpus_of_segments(&drafts, &[50]);
        let mut searcher = Searcher::default();
        let marks = Arc::new(Marks::default());
        let typed = format!("{query}{added}");
        for text in [&query, &typed, &query] {
            let request = Request { marks: Arc::clone(&marks), ..request(&corpus, text) };
            check_alone(&mut searcher, &request)?;
        }
    }

    #[test]
    fn a_word_typed_letter_by_letter_finds_what_it_finds_alone(
        drafts in drafts(),
        query in "(deep )?(zq[abx]{0,3}|qü?[lt]{0,2}|zm(ü|u|ue)?ller|19[0-9]{2}|20[12][0-9]|eu(rips)?|qrips|zlee20(20)?[ab]?|dq){1,2}",
    ) {
        let facts = [("Muller nets", "Zoe Zlee", 2020, "EuRIPS"), ("Zmueller", "Qt", 1987, "Qrips 7")];
        let facts = facts.map(|(title, author, year, venue)| Draft {
            title: title.into(),
            authors: vec![author.into()],
            year: Some(year),
            venue: venue.into(),
            ..Draft::default()
        });
        let corpus = corpus_of_segments(&drafts.into_iter().chain(facts).collect::<Vec<_>>(), &[3]);
        let (mut searcher, marks) = (Searcher::default(), Arc::new(Marks::default()));
        for end in (1..=query.len()).filter(|end| query.is_char_boundary(*end)) {
            let request = Request { marks: Arc::clone(&marks), ..request(&corpus, &query[..end]) };
            check_alone(&mut searcher, &request)?;
        }
    }

    #[test]
    fn a_corpus_that_grows_finds_what_it_finds_alone(
        drafts in drafts(),
        query in query(),
        sizes in prop::collection::vec(1_usize..4, 1..6),
    ) {
        let whole = corpus_of_segments(&drafts, &sizes);
        let (mut corpus, mut searcher) = (Corpus::default(), Searcher::default());
        let marks = Arc::new(Marks::default());
        for (_, segment) in whole.segments() {
            corpus.push(Arc::clone(segment));
            let request = Request { marks: Arc::clone(&marks), ..request(&corpus, &query) };
            check_alone(&mut searcher, &request)?;
        }
    }

    #[test]
    fn a_phrase_is_found_where_the_text_contains_it(drafts in drafts(), needle in "[a-e]{1,2}") {
        let corpus = corpus_of_segments(&drafts, &[2]);
        let mut rows = found_rows(&corpus, &format!("title:'{needle}"));
        rows.sort_unstable();
        let contains = |(_, draft): &(u32, &Draft)| fold(&draft.title).contains(&needle);
        let expected: Vec<u32> =
            (0..).zip(&drafts).filter(contains).map(|(row, _)| row).collect();
        prop_assert_eq!(rows, expected);
    }

    #[test]
    fn what_is_contiguous_is_in_the_first_two_tiers(drafts in drafts(), needle in "[a-e]{1,3}") {
        let corpus = corpus_of_segments(&drafts, &[]);
        let hits = tiers(&corpus, &needle);
        for (row, draft) in (0..).zip(&drafts) {
            let contains = [&draft.title, &draft.authors[0]].iter().any(|it| fold(it).contains(&needle));
            let hit = hits.iter().any(|&(id, tier)| id == row && tier <= Tier::Inside);
            prop_assert!(!contains || hit, "{:?}", draft.title);
        }
    }

    #[test]
    fn highlights_are_on_characters_in_order_and_apart(query in "\\PC{0,12}", text in "\\PC{0,40}") {
        let highlighter = Highlighter::new(Arc::new(Query::parse(&query)), &["ab".into()]);
        for field in [QueryField::Title, QueryField::Authors, QueryField::Abstract] {
            let mut end = 0;
            for range in highlighter.highlight(&text, field) {
                prop_assert!(range.start >= end && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                end = range.end;
            }
        }
        if let Some(sentence) = highlighter.snippet(&text) {
            let shown = &text[sentence.range];
            prop_assert!(sentence.highlights.into_iter().all(|it| shown.get(it).is_some()));
        }
    }

    #[test]
    fn a_paper_that_matches_shows_why(drafts in drafts(), query in "(deep|net|muller|mueller|dee|bn)") {
        let corpus = corpus_of_segments(&drafts, &[]);
        let answer = answer(&request(&corpus, &query));
        let highlighter = Highlighter::new(
            Arc::new(Query::parse(&query)),
            &[&answer.corrections[..], &answer.similar.alternatives].concat(),
        );
        for id in answer.hits.ids() {
            let paper = corpus.get(id).unwrap();
            let fields = [
                (paper.title, QueryField::Title),
                (paper.author_list, QueryField::Authors),
                (&corpus.abstract_text(id).unwrap(), QueryField::Abstract),
            ];
            let shows = |(text, field): &(&str, QueryField)| !highlighter.highlight(text, *field).is_empty();
            prop_assert!(fields.iter().any(shows), "{query}: {paper:?}");
        }
    }

    #[test]
    fn completion_stays_inside_the_text(source in "\\PC{0,20}", cursor in 0_usize..24) {
        for completion in complete(&corpus(&[("Deep", "A. Éz", "", 2020)]), &Marks::default(), &source, cursor) {
            prop_assert!(source.get(completion.replace).is_some());
        }
    }
}
