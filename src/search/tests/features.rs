//! Tests of filters, sort orders, facets, highlights and completions.

use super::*;
use crate::domain::{Mark, PaperMarks};

fn library() -> Corpus {
    let paper = |title: &str, authors: &[&str], year, categories: &str, venue: &str| Draft {
        title: title.into(),
        authors: authors.iter().map(|&it| it.into()).collect(),
        year,
        categories: categories.into(),
        venue: venue.into(),
        ..Draft::default()
    };
    let mut drafts = [
        paper("Beta nets", &["Ann Lee", "Bo Li"], Some(2020), "cs.CL cs.LG", "ICLR 2024"),
        paper("Alpha nets", &["Bo Li"], Some(2022), "cs.LG", "ICLR 2024 Workshop"),
        paper("Gamma rays", &["Cy Lima"], None, "q-bio.NC", ""),
    ];
    drafts[0].arxiv = "2001.00001".into();
    drafts[1].doi = "10.1007/S1".into();
    drafts[1].urls = vec!["https://github.com/x/y".into()];
    drafts[2].abstract_text = "Short. The brain has rays, and rays. End.".into();
    corpus_of_segments(&drafts, &[1])
}

#[test]
fn filters_leave_what_passes_them() {
    let corpus = library();
    for (query, expected) in [
        ("cat:cs.CL", &[0][..]),
        ("cat:cs", &[1, 0]),
        ("!cat:cs", &[2]),
        ("venue:iclr", &[1, 0]),
        ("venue:\"ICLR 2024\"", &[0]),
        ("year:2021..", &[1]),
        ("!year:>=2000", &[2]),
        ("2001.00001", &[0]),
        ("https://arxiv.org/abs/2001.00001v3", &[0]),
        ("id:10.1007/s1", &[1]),
        ("key:li2022", &[1]),
        ("key:Lee2020beta", &[0]),
        ("has:code", &[1]),
        ("has:pdf", &[0]),
        ("has:abstract", &[2]),
        ("author:li", &[1, 0, 2]),
        ("author:\"Bo Li\"", &[1, 0]),
        ("author:^ann", &[0]),
        ("author:li$", &[1, 0]),
        ("author:!li", &[]),
        ("author:!lee", &[1, 2]),
        ("/(/", &[]),
        ("nets !beta", &[1]),
        ("beta | gamma", &[0, 2]),
        ("^beta", &[0]),
        ("rays$", &[2]),
        ("^\"alpha nets\"", &[1]),
        ("/^(al|ga)/", &[1, 2]),
        ("title:brain", &[]),
        ("abs:brain", &[2]),
        ("is:unread nets", &[0, 1]),
        ("is:read", &[]),
    ] {
        let mut rows = found_rows(&corpus, query);
        let mut expected = expected.to_vec();
        rows.sort_unstable();
        expected.sort_unstable();
        assert_eq!(rows, expected, "{query}");
    }
}

#[test]
fn what_was_skipped_is_left_out_until_it_is_asked_for() {
    let mut marks = Marks::default();
    marks.set(PaperId(1), &PaperMarks { marks: vec![Mark::Skipped], ..PaperMarks::default() });
    let marks = Arc::new(marks);
    let found = |query: Query| {
        let request = Request {
            marks: Arc::clone(&marks),
            query: Arc::new(query),
            ..request(&library(), "")
        };
        answer(&request).hits.ids().map(|it| it.0).collect::<Vec<_>>()
    };
    let all = found(Query::parse("").with_skipped());
    let shown = found(Query::parse(""));
    assert!(all.contains(&1) && !shown.contains(&1), "{shown:?}");
    assert_eq!(shown.len() + 1, all.len());
    assert_eq!(found(Query::parse("is:skipped")), [1]);
    assert!(!found(Query::parse("!is:starred")).contains(&1));
}

#[test]
fn a_paper_still_holds_unless_a_mark_that_was_asked_for_is_gone() {
    let mut marks = Marks::default();
    let read = PaperMarks {
        marks: vec![Mark::Read],
        tags: vec!["todo".to_owned()],
        ..PaperMarks::default()
    };
    marks.set(PaperId(1), &read);
    let holds = |query: &str| Query::parse(query).matches_marks(&marks, PaperId(1));
    for query in ["", "brain", "is:read", "tag:to", "!is:unread", "is:unread | brain", "!tag:x"] {
        assert!(holds(query), "{query}");
    }
    for query in ["is:unread", "brain is:unread", "!is:read", "tag:x", "!tag:todo | is:starred"] {
        assert!(!holds(query), "{query}");
    }
}

#[test]
fn marks_come_with_the_request() {
    let mut marks = Marks::default();
    marks.set(PaperId(1), &PaperMarks { marks: vec![Mark::Read], ..PaperMarks::default() });
    let note = std::sync::Arc::from("Über *Brains*.\nRead twice.");
    marks.set(PaperId(0), &PaperMarks { note, ..PaperMarks::default() });
    marks.set(
        PaperId(2),
        &PaperMarks { tags: vec!["todo list".to_owned()], ..PaperMarks::default() },
    );
    let marks = Arc::new(marks);
    let found = |query| {
        let request = Request { marks: Arc::clone(&marks), ..request(&library(), query) };
        answer(&request).hits.ids().map(|it| it.0).collect::<Vec<_>>()
    };
    assert_eq!(found("is:read"), [1]);
    assert_eq!(found("is:unread nets"), [0]);
    assert_eq!(found("tag:todo"), [2]);
    assert_eq!(found("note:brain"), [0]);
    assert_eq!(found("note:\"read twice\""), [0]);
    assert_eq!(found("note:rains"), [0; 0]);
    assert_eq!(found("tag:\"todo\""), [0; 0]);
}

#[test]
fn hits_come_in_the_order_asked_for() {
    let ordered = |query, order, direction| {
        let request = Request { sort_key: order, direction, ..request(&library(), query) };
        answer(&request).hits.ids().map(|it| it.0).collect::<Vec<_>>()
    };
    for query in ["", "year:20 | rays | nets"] {
        assert_eq!(ordered(query, SortKey::Title, SortDirection::Forward), [1, 0, 2], "{query}");
        assert_eq!(ordered(query, SortKey::Year, SortDirection::Forward), [1, 0, 2], "{query}");
        assert_eq!(
            ordered(query, SortKey::FirstAuthor, SortDirection::Forward),
            [0, 1, 2],
            "{query}"
        );
        assert_eq!(ordered(query, SortKey::Arrival, SortDirection::Reverse), [2, 1, 0], "{query}");
    }
    assert_eq!(ordered("", SortKey::Relevance, SortDirection::Reverse), [2, 1, 0]);
}

#[test]
fn an_empty_query_matches_every_paper() {
    let answer = answer(&request(&library(), " "));
    assert!(matches!(answer.hits, Hits::AllInOrder(3)));
    assert_eq!((answer.searched_papers, answer.stage), (3, Stage::Final));
}

#[test]
fn facets_count_the_hits() {
    let facets = answer(&request(&library(), "")).facets.unwrap();
    assert_eq!(facets.years, [(2020, 1), (2022, 1)]);
    assert_eq!(facets.unknown_years, 1);
    let pair = |name: &str, count| (name.to_owned(), count);
    assert_eq!(facets.categories, [pair("cs.LG", 2), pair("cs.CL", 1), pair("q-bio.NC", 1)]);
    let names = facets.names.as_ref().unwrap();
    assert_eq!(names.venues, [pair("ICLR 2024", 1), pair("ICLR 2024 Workshop", 1)]);
    assert_eq!(names.authors[0], pair("Bo Li", 2));
    let facets = answer(&request(&library(), "alpha")).facets.unwrap();
    assert_eq!(facets.categories, [pair("cs.LG", 1)]);
}

/// The text with its highlights in brackets.
fn emphasised(query: &str, also: &[&str], text: &str, field: QueryField) -> String {
    let also: Vec<String> = also.iter().map(|&it| it.into()).collect();
    let ranges = Highlighter::new(Arc::new(Query::parse(query)), &also).highlight(text, field);
    let mut out = text.to_owned();
    for range in ranges.into_iter().rev() {
        out.insert(range.end, ']');
        out.insert(range.start, '[');
    }
    out
}

#[test]
fn what_made_the_match_is_emphasised() {
    let title = |query: &str, text: &str| emphasised(query, &[], text, QueryField::Title);
    assert_eq!(title("mem key", "Key-value memory"), "[Key]-value [mem]ory");
    assert_eq!(title("former", "Transformer"), "Trans[former]");
    assert_eq!(title("gnn", "On Graph Neural Networks"), "On [G]raph [N]eural [N]etworks");
    assert_eq!(title("trfmr", "A Transformer"), "A [Tr]ans[f]or[m]e[r]");
    assert_eq!(title("muller mueller", "Über Müller"), "Über [Müller]");
    assert_eq!(title("uber", "Über Müller"), "[Über] Müller");
    assert_eq!(title("author:key !value", "Key value"), "Key value");
    assert_eq!(title("^key value$ /m.m/", "Key mem key value"), "[Key] [mem] key [value]");
    assert_eq!(emphasised("brian", &["brain"], "Brains", QueryField::Title), "[Brain]s");
    assert_eq!(
        emphasised("author:li", &[], "Bo Li; Cy Lima", QueryField::Authors),
        "Bo [Li]; Cy [Li]ma"
    );
    assert_eq!(
        emphasised("rain", &[], "The brain. Rain.", QueryField::Abstract),
        "The brain. [Rain]."
    );
}

#[test]
fn the_sentence_with_the_most_words_is_shown() {
    let highlighter = Highlighter::new(Arc::new(Query::parse("brain rays")), &[]);
    let text = "Short rays. The brain has rays, and rays. End.";
    let sentence = highlighter.snippet(text).unwrap();
    let shown = &text[sentence.range];
    assert_eq!(shown, "The brain has rays, and rays.");
    let parts: Vec<&str> = sentence.highlights.into_iter().map(|it| &shown[it]).collect();
    assert_eq!(parts, ["brain", "rays", "rays"]);
    assert_eq!(highlighter.snippet("Nothing."), None);
}

#[test]
fn tab_completes_from_the_corpus() {
    let corpus = library();
    let texts = |source: &str| -> Vec<String> {
        complete(&corpus, &Marks::default(), source, source.len())
            .into_iter()
            .map(|it| it.text)
            .collect()
    };
    assert_eq!(texts("au"), ["author:"]);
    assert_eq!(texts("!ye"), ["year:"]);
    assert_eq!(texts("deep (ti"), ["title:"]);
    assert_eq!(texts("key"), ["keyword:"]);
    assert_eq!(texts("a"), [""; 0], "a letter can be any word");
    assert_eq!(texts("title"), [""; 0], "a whole name can be a word");
    assert_eq!(texts("cat:(cs.CL | cs.L"), ["cat:cs.LG"]);
    assert_eq!(texts("type:the"), ["type:thesis"]);
    assert_eq!(texts("author:li"), ["author:\"Bo Li\"", "author:\"Cy Lima\""]);
    assert_eq!(texts("!a:\"bo"), ["author:\"Bo Li\""]);
    assert_eq!(texts("a:!bo"), ["!author:\"Bo Li\""]);
    assert_eq!(texts("c:cs"), ["cat:cs.LG", "cat:cs.CL"]);
    assert_eq!(texts("venue:work"), ["venue:\"ICLR 2024 Workshop\""]);
    assert_eq!(texts("year:202"), ["year:2022", "year:2020"]);
    assert_eq!(texts("is:un"), ["is:unread"]);
    assert_eq!(texts("gpt:"), [""; 0]);
    let completion = complete(&corpus, &Marks::default(), "nets !c:cs x", 10).remove(0);
    assert_eq!((completion.replace, completion.count), (6..10, 2));
}

#[test]
fn the_worker_answers_the_newest_request() {
    let (sender, answers) = std::sync::mpsc::channel();
    let post = move |said| {
        if let WorkerEvent::Response(answer) = said {
            sender.send(answer).unwrap_or_default();
        }
    };
    let worker = spawn(post, |_| ());
    let corpus = library();
    for (ticket, query) in (0..).zip(["n", "ne", "net"]) {
        worker.search(Request { query_id: QueryId(ticket), ..request(&corpus, query) });
    }
    let last = answers.iter().find(|it| it.query_id == QueryId(2)).unwrap();
    assert_eq!(last.hits.len(), 2);
    drop(worker);
    assert!(answers.iter().all(|it| it.query_id == QueryId(2)), "the thread has ended");
}

#[test]
fn the_worker_prepares_a_corpus_when_nothing_is_asked() {
    let (sender, said) = std::sync::mpsc::channel();
    let worker = spawn(move |it| sender.send(it).unwrap_or_default(), |_| ());
    let corpus = library();
    worker.search(request(&corpus, ""));
    worker.prepare(corpus.clone());
    let indexed = said.iter().find_map(|it| match it {
        WorkerEvent::IndexProgress(papers) => Some(papers),
        WorkerEvent::Response(_) => None,
    });
    assert_eq!(indexed, Some(corpus.len()));
    assert!(corpus.segments().all(|(_, segment)| segment.word_index().is_some()));
}

#[test]
fn an_interrupted_search_has_no_final_answer() {
    let mut answers = 0;
    Searcher::default().search(&request(&library(), "nets"), &|| true, &mut |_| answers += 1);
    assert_eq!(answers, 0);
}
