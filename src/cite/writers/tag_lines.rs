//! What the forms of tagged lines share: one line a value, and what a paper has to say in each.

use super::names::ET_AL;
use crate::domain::{Fact, Kind, Name, NameKind, Paper, has_others, main_link, names, page_ends};
use crate::text::{readable, tidy};

/// Lines of a tag and a value.
pub struct Record {
    text: String,
    /// What stands before a value under a tag.
    label: fn(&str) -> String,
}

impl Record {
    pub fn new(label: fn(&str) -> String) -> Self {
        Self { text: String::new(), label }
    }

    /// Adds a value as a person reads it, unless it is empty.
    pub fn text(&mut self, tag: &str, value: &str) {
        self.exact(tag, &readable(value));
    }

    /// Adds a value that is no TeX, unless it is empty.
    pub fn exact(&mut self, tag: &str, value: &str) {
        let value = tidy(value);
        if !value.is_empty() {
            self.line(tag, &value);
        }
    }

    /// Adds a line even where the value is empty.
    pub fn line(&mut self, tag: &str, value: &str) {
        self.text.extend([&(self.label)(tag), value, "\n"]);
    }

    /// Adds the facts that are written as they are read.
    pub fn facts(&mut self, paper: &Paper<'_>, facts: &[(&str, Fact)]) {
        for (tag, fact) in facts {
            self.text(tag, paper.fact(*fact));
        }
    }

    /// Adds each keyword on a line of its own.
    pub fn keywords(&mut self, tag: &str, paper: &Paper<'_>) {
        for word in paper.fact(Fact::Keywords).split(';') {
            self.text(tag, word);
        }
    }

    /// The record without a line end after it.
    pub fn end(self) -> String {
        self.text.trim_end_matches('\n').to_owned()
    }
}

/// Returns the publisher. Theses and reports name the institution instead, and so do papers without
/// a publisher.
pub fn house<'a>(paper: &Paper<'a>) -> &'a str {
    let (publisher, institution) = (paper.fact(Fact::Publisher), paper.fact(Fact::Institution));
    match paper.kind {
        Kind::Thesis | Kind::Report if !institution.is_empty() => institution,
        _ if publisher.is_empty() => institution,
        _ => publisher,
    }
}

/// The year and, as far as they are known, the month and the day as numbers.
pub fn date(paper: &Paper<'_>) -> (String, Option<u8>, Option<u8>) {
    let mut parts = paper.fact(Fact::Date).split('-');
    let dated = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|it| it.parse::<u8>().ok());
    let month = number().filter(|it| (1..=12).contains(it));
    let day = number().filter(|it| month.is_some() && (1..=31).contains(it));
    match paper.year.map(|it| it.to_string()) {
        Some(year) if year != dated => (year, None, None),
        _ => (dated.to_owned(), month, day),
    }
}

/// The first and the last page; where they are not two, all is in the first.
pub fn pages(paper: &Paper<'_>) -> (String, String) {
    let (first, last) = page_ends(paper.fact(Fact::Pages));
    (first.replace('–', "-"), last.to_owned())
}

/// The addresses of a paper, the one to open first.
pub fn urls(paper: &Paper<'_>) -> Vec<String> {
    let mut urls: Vec<String> = paper.urls().map(str::to_owned).collect();
    if let Some(link) = main_link(paper) {
        urls.retain(|it| *it != link.url);
        urls.insert(0, link.url);
    }
    urls
}

/// Of a work that is no part of another the number of pages stands where a part has its range.
pub fn extent<'a>(paper: &Paper<'a>, kind: Kind) -> &'a str {
    match kind {
        Kind::Book | Kind::Proceedings | Kind::Thesis if paper.fact(Fact::Pages).is_empty() => {
            paper.fact(Fact::PageCount)
        }
        _ => "",
    }
}

/// Remarks without a tag of their own, each on a line that says what it is.
pub fn notes(paper: &Paper<'_>) -> Vec<String> {
    let note = readable(paper.fact(Fact::Note)).into_owned();
    let comment = readable(paper.fact(Fact::Comment));
    let comment = Some(comment).filter(|it| !it.is_empty()).map(|it| format!("{COMMENT}{it}"));
    Some(note).into_iter().chain(comment).filter(|it| !it.is_empty()).collect()
}

/// The beginning of a comment among other notes.
const COMMENT: &str = "Comment: ";

/// Who wrote or edited a paper.
pub enum Author {
    Person(Name),
    Organisation(String),
    /// More people, who are not named.
    Others,
}

impl Author {
    /// Reads a name. A semicolon would part it in two.
    fn new(raw: &str) -> Self {
        let name = Name::parse(&tidy(raw).replace(';', ","));
        match name.kind {
            NameKind::Organisation => Self::Organisation(name.family),
            NameKind::Person => Self::Person(name),
        }
    }

    /// `Family, Given, Suffix`, or an organisation as it is.
    pub fn sorted(&self) -> String {
        match self {
            Self::Organisation(name) => name.clone(),
            Self::Others => ET_AL.to_owned(),
            Self::Person(Name { given, family, suffix, .. }) => {
                let parts = [family, given, suffix].into_iter().filter(|it| !it.is_empty());
                parts.map(String::as_str).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// The people of a list as it is stored.
pub fn people(list: &str) -> impl Iterator<Item = Author> {
    names(list).map(Author::new).chain(has_others(list).then_some(Author::Others))
}

pub fn authors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    people(paper.author_list)
}

pub fn editors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    people(paper.fact(Fact::Editors))
}
