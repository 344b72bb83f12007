//! What is written in a format that is read is the paper that was.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::ops::ControlFlow;

use offprint::cite::{CiteStyle, Detail, Form, render};
use offprint::domain::{
    Corpus, Draft, Fact, KeyPattern, Kind, Name, PaperId, SegmentBuilder, arxiv_year,
};
use offprint::formats::{detect, read};
use offprint::sources::builtin;
use offprint::text::readable;
use proptest::prelude::*;

fn written(drafts: &[Draft], form: Form) -> String {
    let mut builder = SegmentBuilder::default();
    for draft in drafts {
        builder.push(draft);
    }
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    let style = CiteStyle { detail: Detail::Everything, ..CiteStyle::default() };
    render(&corpus, &ids, form, &style).text
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
    let corpus = builtin(&KeyPattern::default());
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
    "[A-ZÉŐ][a-zéő]{1,8}( [A-Za-zø0-9&:?’]{1,8}){0,5}"
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
        Kind::Preprint,
        Kind::Dataset,
        Kind::Software,
        Kind::Webpage,
    ])
}

/// Any of the facts, each as it may be written.
fn facts() -> impl Strategy<Value = Vec<(Fact, String)>> {
    let texts = [
        (Fact::Volume, "[1-9][0-9]{0,2}"),
        (Fact::Number, "[1-9][0-9]{0,2}"),
        (Fact::Pages, "[1-4][0-9]{0,2}–[5-9][0-9]{2}|e[0-9]{4}"),
        (Fact::Publisher, "[A-Z][a-zü]{2,8} (Press|& Sons)"),
        (Fact::Place, "[A-Z][a-zø]{3,8}, Norway"),
        (Fact::Series, "Maps & [A-Z][a-z]{3}"),
        (Fact::Edition, "[2-9]"),
        (Fact::Institution, "University of [A-Z][a-zé]{3,8}"),
        (Fact::Issn, "[0-9]{4}-[0-9]{3}[0-9X]"),
        (Fact::Isbn, "978-[0-9]-[0-9]{4}-[0-9]{4}-[0-9]"),
        (Fact::Pmid, "[1-9][0-9]{6,7}"),
        (Fact::Pmcid, "PMC[1-9][0-9]{5}"),
        (Fact::Keywords, "maps; neural nets(; Databases, Protein)?"),
        (Fact::Language, "[A-Z][a-z]{3,8}"),
        (Fact::Note, "In [A-Z][a-zé]{3,8}"),
        (Fact::Comment, "[1-9] pages, [1-9] figures"),
        (Fact::Upvotes, "[1-9][0-9]?"),
        (Fact::File, "/home/[a-z]{3}/[A-Z][a-z]{3} a: b\\.pdf"),
        (Fact::Container, "[A-Z][a-z]{3,8} of Very Long Names"),
    ];
    let editors = proptest::collection::vec(author(), 0..3).prop_map(|it| it.join("; "));
    let all = texts.map(|(fact, pattern)| {
        let value = prop_oneof![Just(String::new()), pattern.prop_map(String::from)];
        value.prop_map(move |it| (fact, it)).boxed()
    });
    (all.to_vec(), editors).prop_map(|(mut facts, editors)| {
        facts.push((Fact::Editors, editors));
        facts
    })
}

fn draft() -> impl Strategy<Value = Draft> {
    let ids = (
        prop_oneof![Just(String::new()), "2[0-4]0[1-9]\\.[0-9]{5}"],
        prop_oneof![Just(String::new()), "10\\.[1-9][0-9]{3}/[a-z0-9.()<>#-]{0,9}[a-z0-9]"],
    );
    let urls = proptest::sample::subsequence(
        vec!["https://example.org/a?b=c&d_e", "http://example.com/x.pdf"],
        0..=2,
    );
    let authors = proptest::collection::vec(author(), 0..4);
    let date = proptest::option::of((1000..2999_i16, 1..13_u8, 1..29_u8));
    let category = prop_oneof![Just(""), Just("cs.CL"), Just("q-bio.NC")];
    let (texts, ids) = ((words(), words(), words()), (ids, urls, category));
    (texts, authors, date, ids, kind(), facts()).prop_map(
        |((title, abstract_text, venue), authors, date, (ids, urls, category), kind, facts)| {
            let mut draft = Draft {
                title,
                authors,
                abstract_text,
                venue,
                kind,
                year: date.map(|(year, ..)| year),
                categories: category.to_owned(),
                arxiv: ids.0,
                doi: ids.1,
                urls: urls.into_iter().map(str::to_owned).collect(),
                ..Draft::default()
            };
            if let Some((year, month, day)) = date {
                draft.add_fact(Fact::Date, format!("{year}-{month:02}-{day:02}"));
            }
            for (fact, value) in facts {
                // Only a conference has a short name beside the full one.
                if fact != Fact::Container || kind == Kind::Conference {
                    draft.add_fact(fact, value);
                }
            }
            draft
        },
    )
}

/// What a form carries of a paper, as it is read back.
fn carried(mut draft: Draft, form: Form) -> Draft {
    match form {
        Form::Jsonl => with_year_of_arxiv(&mut draft),
        Form::CslJson => carried_by_csl(&mut draft),
        _ => carried_by_bibtex(&mut draft, form),
    }
    draft
}

/// A record of no year is of that in which arXiv gave it its identifier.
fn with_year_of_arxiv(draft: &mut Draft) {
    draft.year = draft.year.or_else(|| arxiv_year(&draft.arxiv));
}

/// CSL has one variable for the publisher and the institution, and one for the address to open.
fn carried_by_csl(draft: &mut Draft) {
    let house = draft.fact(Fact::Publisher).to_owned();
    let has_page = !(draft.arxiv.is_empty() && draft.doi.is_empty());
    draft.urls.truncate(usize::from(!has_page));
    let institution = draft.fact(Fact::Institution).to_owned();
    let gone = [Fact::Upvotes, Fact::File, Fact::Institution, Fact::Publisher];
    draft.facts.retain(|(it, _)| !gone.contains(it));
    let is_own = matches!(draft.kind, Kind::Thesis | Kind::Report);
    let houses = if is_own { [institution, house] } else { [house, institution] };
    // The date tells that a record is CSL, or the parts of a name.
    let has_names = !(draft.authors.is_empty() && draft.fact(Fact::Editors).is_empty());
    let is_csl = draft.year.is_some() || has_names;
    let fact = if is_own && is_csl { Fact::Institution } else { Fact::Publisher };
    for house in houses {
        draft.add_fact(fact, house);
    }
    if draft.kind == Kind::Book && draft.fact(Fact::Series).is_empty() {
        // The venue of a book is a series.
        let series = std::mem::take(&mut draft.venue);
        draft.add_fact(Fact::Series, series);
    }
    if draft.kind == Kind::Preprint && !draft.arxiv.is_empty() {
        // Its number is arXiv's.
        draft.facts.retain(|(it, _)| *it != Fact::Number);
    }
    if draft.kind == Kind::Preprint && !is_csl && draft.arxiv.is_empty() {
        // Nothing says that the record is CSL, where an `article` is in no journal.
        draft.kind = Kind::Article;
    }
    with_year_of_arxiv(draft);
}

/// BibTeX has fewer kinds, and names what a paper is in once.
fn carried_by_bibtex(draft: &mut Draft, form: Form) {
    let is_latex = form == Form::Biblatex;
    draft.facts.retain(|(it, _)| *it != Fact::Upvotes);
    let container = draft.fact(Fact::Container).to_owned();
    if !container.is_empty() {
        // The short name of proceedings is that of the event.
        if is_latex {
            draft.add_fact(Fact::Event, draft.venue.clone());
        }
        draft.facts.retain(|(it, _)| *it != Fact::Container);
        draft.venue = container;
    }
    match draft.kind {
        Kind::Book => {
            let series = std::mem::take(&mut draft.venue);
            draft.add_fact(Fact::Series, series);
        }
        Kind::Dataset | Kind::Software | Kind::Webpage if !is_latex => {
            draft.kind = if draft.arxiv.is_empty() { Kind::Unknown } else { Kind::Preprint };
        }
        Kind::Webpage if !draft.arxiv.is_empty() => draft.kind = Kind::Preprint,
        _ => {}
    }
    // Books and the papers in them have a number in the series.
    let is_bound = matches!(draft.kind, Kind::Book | Kind::Conference | Kind::Chapter);
    if is_bound && !draft.fact(Fact::Series).is_empty() {
        for (fact, _) in &mut draft.facts {
            *fact = if *fact == Fact::Number { Fact::SeriesNumber } else { *fact };
        }
    }
    if draft.arxiv.is_empty() {
        draft.categories.clear();
    }
}

fn same(form: Form, draft: &Draft) -> Result<(), TestCaseError> {
    let text = written(std::slice::from_ref(draft), form);
    let expected = carried(draft.clone(), form);
    let [read] = papers(&text).try_into().unwrap();
    let plain = |text: &str| readable(text).replace("--", "–").replace('-', "–").replace('’', "'");
    for fact in Fact::ALL {
        if !matches!(fact, Fact::Key | Fact::Raw | Fact::Editors) {
            let (read, expected) = (plain(read.fact(fact)), plain(expected.fact(fact)));
            prop_assert_eq!(read, expected, "{:?} in {}", fact, text);
        }
    }
    let editors = |draft: &Draft| {
        names(&draft.fact(Fact::Editors).split(';').map(str::to_owned).collect::<Vec<_>>())
    };
    prop_assert_eq!(editors(&read), editors(&expected), "{}", text);
    prop_assert_eq!(names(&read.authors), names(&expected.authors), "{}", text);
    for (read, expected) in [
        (&read.title, &expected.title),
        (&read.venue, &expected.venue),
        (&read.abstract_text, &expected.abstract_text),
    ] {
        prop_assert_eq!(plain(read), plain(expected), "{}", text);
    }
    let facts = |it: &Draft| {
        let urls: std::collections::BTreeSet<String> = it.urls.iter().cloned().collect();
        (it.year, it.kind, it.categories.clone(), it.arxiv.clone(), it.doi.clone(), urls)
    };
    prop_assert_eq!(facts(&read), facts(&expected), "{}", text);
    Ok(())
}

proptest! {
    #[test]
    fn csl_json_is_read_back(draft in draft()) {
        same(Form::CslJson, &draft)?;
    }

    #[test]
    fn hayagriva_is_read_back_as_far_as_it_has_places_for_facts(draft in draft()) {
        let text = written(std::slice::from_ref(&draft), Form::Hayagriva);
        let [read] = papers(&text).try_into().unwrap();
        let plain = |text: &str| readable(text).replace('–', "-");
        prop_assert_eq!(plain(&read.title), plain(&draft.title), "{}", text);
        prop_assert_eq!(plain(&read.abstract_text), plain(&draft.abstract_text), "{}", text);
        prop_assert_eq!(names(&read.authors), names(&draft.authors), "{}", text);
        prop_assert_eq!((&read.arxiv, &read.doi), (&draft.arxiv, &draft.doi), "{}", text);
        prop_assert_eq!(read.year, draft.year, "{}", text);
        let mut facts = vec![Fact::Date, Fact::Issn, Fact::Isbn, Fact::Pmid, Fact::Pmcid];
        facts.extend([Fact::Volume, Fact::Number, Fact::Edition, Fact::Pages, Fact::Note]);
        for fact in facts {
            prop_assert_eq!(plain(read.fact(fact)), plain(draft.fact(fact)), "{:?}: {}", fact, text);
        }
        if matches!(draft.kind, Kind::Article | Kind::Conference | Kind::Chapter) {
            prop_assert_eq!((plain(&read.venue), read.kind), (plain(&draft.venue), draft.kind), "{}", text);
            prop_assert_eq!(read.fact(Fact::Container), draft.fact(Fact::Container), "{}", text);
        }
    }

    #[test]
    fn json_lines_are_read_back(draft in draft()) {
        same(Form::Jsonl, &draft)?;
    }

    #[test]
    fn bibtex_is_read_back(draft in draft()) {
        same(Form::Bibtex, &draft)?;
    }

    #[test]
    fn biblatex_is_read_back(draft in draft()) {
        same(Form::Biblatex, &draft)?;
    }
}
