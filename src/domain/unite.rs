//! Several records of one paper into one: what was published before the preprint, and where one
//! is silent the others speak.

use super::{Draft, Fact, Kind, Paper};

/// A record with its abstract.
pub(super) type Record<'a> = (Paper<'a>, &'a str);

/// The facts of all records, given in order of arrival.
pub(super) fn unite(records: &[Record<'_>]) -> Draft {
    let mut records: Vec<&Record<'_>> = records.iter().collect();
    records.sort_by_key(|(paper, _)| stage(paper.kind));
    let mut records = records.into_iter();
    let mut united = records.next().map(|it| draft(it)).unwrap_or_default();
    for record in records {
        add(&mut united, record);
    }
    united
}

/// Published, unknown, preprint.
fn stage(kind: Kind) -> u8 {
    match kind {
        Kind::Article | Kind::Conference | Kind::Chapter | Kind::Book | Kind::Thesis => 0,
        Kind::Preprint => 2,
        _ => 1,
    }
}

/// A record as it was before it came into the corpus.
pub(super) fn draft((paper, abstract_text): &Record<'_>) -> Draft {
    Draft {
        title: paper.title.to_owned(),
        authors: paper.authors().map(str::to_owned).collect(),
        abstract_text: (*abstract_text).to_owned(),
        year: paper.year,
        categories: paper.categories.to_owned(),
        venue: paper.venue.to_owned(),
        arxiv: paper.arxiv.to_owned(),
        doi: paper.doi.to_owned(),
        urls: paper.urls().map(str::to_owned).collect(),
        kind: paper.kind,
        facts: paper.facts().map(|(fact, value)| (fact, value.to_owned())).collect(),
    }
}

fn add(united: &mut Draft, (paper, abstract_text): &Record<'_>) {
    let fill = |field: &mut String, value: &str| {
        if field.is_empty() {
            value.clone_into(field);
        }
    };
    fill(&mut united.title, paper.title);
    fill(&mut united.abstract_text, abstract_text);
    fill(&mut united.venue, paper.venue);
    fill(&mut united.arxiv, paper.arxiv);
    fill(&mut united.doi, paper.doi);
    united.year = united.year.or(paper.year);
    // Some sources name the first few only.
    if paper.authors().count() > united.authors.len() {
        united.authors = paper.authors().map(str::to_owned).collect();
    }
    if united.kind == Kind::Unknown {
        united.kind = paper.kind;
    }
    add_words(&mut united.categories, paper.categories);
    for url in paper.urls() {
        if !united.urls.iter().any(|it| it == url) {
            united.urls.push(url.to_owned());
        }
    }
    let has_key = !united.fact(Fact::Key).is_empty();
    for (fact, value) in paper.facts() {
        let is_astray = match fact {
            // The entry that is given back has its own key, and the date its own year.
            Fact::Raw => has_key,
            Fact::Date => paper.year != united.year,
            _ => false,
        };
        if !is_astray {
            united.add_fact(fact, value);
        }
    }
}

fn add_words(words: &mut String, others: &str) {
    for other in others.split(' ') {
        if !words.split(' ').any(|it| it == other) {
            words.push(' ');
            words.push_str(other);
        }
    }
    if words.starts_with(' ') {
        words.remove(0);
    }
}
