//! A paper written in a format that can be read back is unchanged.

use offprint::cite::{CiteOptions, Detail, OutputFormat};
use offprint::domain::{BibField, Draft, KeyPattern, PaperKind, PersonName, arxiv_year};
use offprint::formats::detect;
use offprint::sources::builtin_corpus;
use offprint::text::tex_to_unicode;
use proptest::prelude::*;

use super::kind;
use crate::support::corpus::{self, corpus, drafts};

/// Writes papers with every field.
fn written(drafts: &[Draft], form: OutputFormat) -> String {
    let options = CiteOptions { detail: Detail::Full, ..CiteOptions::default() };
    corpus::written(&corpus(drafts), form, &options)
}

fn read(text: &str) -> Vec<Draft> {
    drafts(detect(text.as_bytes()).unwrap(), text.as_bytes())
}

fn names(authors: &[String]) -> Vec<PersonName> {
    authors.iter().map(|it| PersonName::parse(&tex_to_unicode(it))).collect()
}

#[test]
fn csl_json_of_the_built_in_papers_is_read_back() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let text = corpus::written(&corpus, OutputFormat::CslJson, &CiteOptions::default());
    let items: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let read = read(&text);
    assert_eq!((items.len(), read.len()), (198, 198));
    for ((id, paper), draft) in corpus.papers().zip(&read) {
        assert_eq!(draft.title, tex_to_unicode(paper.title));
        let authors: Vec<String> = paper.authors().map(str::to_owned).collect();
        assert_eq!(names(&draft.authors), names(&authors), "{}", paper.title);
        assert_eq!((draft.year, &*draft.arxiv, &*draft.doi), (paper.year, paper.arxiv, paper.doi));
        assert_eq!(draft.venue, paper.venue);
        assert_eq!(draft.abstract_text, tex_to_unicode(&corpus.abstract_text(id).unwrap()));
    }
}

/// Typst rejects a file with a single invalid entry.
#[test]
fn a_sign_or_a_date_that_hayagriva_could_not_read_costs_no_entry() {
    let mut draft = Draft {
        title: "Sets \\} of \\$5 and \\{".to_owned(),
        urls: vec!["https://example.org/a?b=c".to_owned()],
        ..Draft::default()
    };
    draft.add_field(BibField::Accessed, "2021-02-31");
    draft.add_field(BibField::OriginalDate, "c. 1850");
    let [read] = read(&written(&[draft], OutputFormat::Hayagriva)).try_into().unwrap();
    assert_eq!((&*read.title, &*read.urls[0]), ("Sets } of $5 and {", "https://example.org/a?b=c"));
    assert_eq!(read.field(BibField::Accessed), "");
}

/// Words, the first of them capitalised.
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

/// Any fields, with values in their usual notation.
fn facts() -> impl Strategy<Value = Vec<(BibField, String)>> {
    let texts = [
        (BibField::Volume, "[1-9][0-9]{0,2}"),
        (BibField::Number, "[1-9][0-9]{0,2}"),
        (BibField::Pages, "[1-4][0-9]{0,2}–[5-9][0-9]{2}|e[0-9]{4}"),
        (BibField::Publisher, "[A-Z][a-zü]{2,8} (Press|& Sons)"),
        (BibField::Place, "[A-Z][a-zø]{3,8}, Norway"),
        (BibField::Series, "Maps & [A-Z][a-z]{3}"),
        (BibField::Edition, "[2-9]"),
        (BibField::Institution, "University of [A-Z][a-zé]{3,8}"),
        (BibField::Issn, "[0-9]{4}-[0-9]{3}[0-9X]"),
        (BibField::Isbn, "978-[0-9]-[0-9]{4}-[0-9]{4}-[0-9]"),
        (BibField::Pmid, "[1-9][0-9]{6,7}"),
        (BibField::Pmcid, "PMC[1-9][0-9]{5}"),
        (BibField::Keywords, "maps; neural nets(; Databases, Protein)?"),
        (BibField::Language, "[A-Z][a-z]{3,8}"),
        (BibField::Note, "In [A-Z][a-zé]{3,8}"),
        (BibField::Comment, "[1-9] pages, [1-9] figures"),
        (BibField::Upvotes, "[1-9][0-9]?"),
        (BibField::File, "/home/[a-z]{3}/[A-Z][a-z]{3} a: b\\.pdf"),
        (BibField::Container, "[A-Z][a-z]{3,8} of Very Long Names"),
    ];
    let editors = proptest::collection::vec(author(), 0..3).prop_map(|it| it.join("; "));
    let all = texts.map(|(fact, pattern)| {
        let value = prop_oneof![Just(String::new()), pattern.prop_map(String::from)];
        value.prop_map(move |it| (fact, it)).boxed()
    });
    (all.to_vec(), editors).prop_map(|(mut facts, editors)| {
        facts.push((BibField::Editors, editors));
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
                draft.add_field(BibField::Date, format!("{year}-{month:02}-{day:02}"));
            }
            for (fact, value) in facts {
                // Only a conference paper has a short venue name beside the full one.
                if fact != BibField::Container || kind == PaperKind::Conference {
                    draft.add_field(fact, value);
                }
            }
            draft
        },
    )
}

/// The part of a paper that the format preserves, as it is read back.
fn carried(mut draft: Draft, form: OutputFormat) -> Draft {
    match form {
        OutputFormat::Jsonl => with_year_of_arxiv(&mut draft),
        OutputFormat::CslJson => carried_by_csl(&mut draft),
        _ => carried_by_bibtex(&mut draft, form),
    }
    draft
}

/// Without a year, the year of the arXiv identifier is used.
fn with_year_of_arxiv(draft: &mut Draft) {
    draft.year = draft.year.or_else(|| arxiv_year(&draft.arxiv));
}

/// CSL has one variable for publisher and institution, and one URL.
fn carried_by_csl(draft: &mut Draft) {
    let house = draft.field(BibField::Publisher).to_owned();
    let has_page = !(draft.arxiv.is_empty() && draft.doi.is_empty());
    draft.urls.truncate(usize::from(!has_page));
    let institution = draft.field(BibField::Institution).to_owned();
    let gone = [BibField::Upvotes, BibField::File, BibField::Institution, BibField::Publisher];
    draft.fields.retain(|(it, _)| !gone.contains(it));
    let is_own = matches!(draft.kind, PaperKind::Thesis | PaperKind::Report);
    let houses = if is_own { [institution, house] } else { [house, institution] };
    // A record is recognised as CSL by its date, or by the parts of a name.
    let has_names = !(draft.authors.is_empty() && draft.field(BibField::Editors).is_empty());
    let is_csl = draft.year.is_some() || has_names;
    let fact = if is_own && is_csl { BibField::Institution } else { BibField::Publisher };
    for house in houses {
        draft.add_field(fact, house);
    }
    if draft.kind == PaperKind::Book && draft.field(BibField::Series).is_empty() {
        // The venue of a book is its series.
        let series = std::mem::take(&mut draft.venue);
        draft.add_field(BibField::Series, series);
    }
    if draft.kind == PaperKind::Preprint && !draft.arxiv.is_empty() {
        // Its number is the arXiv identifier.
        draft.fields.retain(|(it, _)| *it != BibField::Number);
    }
    if draft.kind == PaperKind::Preprint && !is_csl && draft.arxiv.is_empty() {
        // Not recognised as CSL: an `article` without a journal is an article.
        draft.kind = PaperKind::Article;
    }
    with_year_of_arxiv(draft);
}

/// BibTeX has fewer kinds, and one field for the container.
fn carried_by_bibtex(draft: &mut Draft, form: OutputFormat) {
    let is_latex = form == OutputFormat::Biblatex;
    draft.fields.retain(|(it, _)| *it != BibField::Upvotes);
    let container = draft.field(BibField::Container).to_owned();
    if !container.is_empty() {
        // The short name of proceedings is the name of the event.
        if is_latex {
            draft.add_field(BibField::Event, draft.venue.clone());
        }
        draft.fields.retain(|(it, _)| *it != BibField::Container);
        draft.venue = container;
    }
    match draft.kind {
        PaperKind::Book => {
            let series = std::mem::take(&mut draft.venue);
            draft.add_field(BibField::Series, series);
        }
        PaperKind::Dataset | PaperKind::Software | PaperKind::Webpage if !is_latex => {
            draft.kind =
                if draft.arxiv.is_empty() { PaperKind::Unknown } else { PaperKind::Preprint };
        }
        PaperKind::Webpage if !draft.arxiv.is_empty() => draft.kind = PaperKind::Preprint,
        _ => {}
    }
    // Books, and papers in books, have their number in the series.
    let is_bound =
        matches!(draft.kind, PaperKind::Book | PaperKind::Conference | PaperKind::Chapter);
    if is_bound && !draft.field(BibField::Series).is_empty() {
        for (fact, _) in &mut draft.fields {
            *fact = if *fact == BibField::Number { BibField::SeriesNumber } else { *fact };
        }
    }
    if draft.arxiv.is_empty() {
        draft.categories.clear();
    }
}

fn same(form: OutputFormat, draft: &Draft) -> Result<(), TestCaseError> {
    let text = written(std::slice::from_ref(draft), form);
    let expected = carried(draft.clone(), form);
    let [read] = read(&text).try_into().unwrap();
    let plain =
        |text: &str| tex_to_unicode(text).replace("--", "–").replace('-', "–").replace('’', "'");
    for fact in BibField::ALL {
        if !matches!(fact, BibField::Key | BibField::Raw | BibField::Editors) {
            let (read, expected) = (plain(read.field(fact)), plain(expected.field(fact)));
            prop_assert_eq!(read, expected, "{:?} in {}", fact, text);
        }
    }
    let editors = |draft: &Draft| {
        names(&draft.field(BibField::Editors).split(';').map(str::to_owned).collect::<Vec<_>>())
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
        same(OutputFormat::CslJson, &draft)?;
    }

    #[test]
    fn hayagriva_is_read_back_as_far_as_it_has_places_for_facts(draft in draft()) {
        let text = written(std::slice::from_ref(&draft), OutputFormat::Hayagriva);
        let [read] = read(&text).try_into().unwrap();
        let plain = |text: &str| tex_to_unicode(text).replace('–', "-");
        prop_assert_eq!(plain(&read.title), plain(&draft.title), "{}", text);
        prop_assert_eq!(plain(&read.abstract_text), plain(&draft.abstract_text), "{}", text);
        prop_assert_eq!(names(&read.authors), names(&draft.authors), "{}", text);
        prop_assert_eq!((&read.arxiv, &read.doi), (&draft.arxiv, &draft.doi), "{}", text);
        prop_assert_eq!(read.year, draft.year, "{}", text);
        let mut facts = vec![BibField::Date, BibField::Issn, BibField::Isbn, BibField::Pmid, BibField::Pmcid];
        facts.extend([BibField::Volume, BibField::Number, BibField::Edition, BibField::Pages, BibField::Note]);
        for fact in facts {
            prop_assert_eq!(plain(read.field(fact)), plain(draft.field(fact)), "{:?}: {}", fact, text);
        }
        if matches!(draft.kind, PaperKind::Article | PaperKind::Conference | PaperKind::Chapter) {
            prop_assert_eq!((plain(&read.venue), read.kind), (plain(&draft.venue), draft.kind), "{}", text);
            prop_assert_eq!(read.field(BibField::Container), draft.field(BibField::Container), "{}", text);
        }
    }

    #[test]
    fn json_lines_are_read_back(draft in draft()) {
        same(OutputFormat::Jsonl, &draft)?;
    }

    #[test]
    fn bibtex_is_read_back(draft in draft()) {
        same(OutputFormat::Bibtex, &draft)?;
    }

    #[test]
    fn biblatex_is_read_back(draft in draft()) {
        same(OutputFormat::Biblatex, &draft)?;
    }
}
