//! What the forms of tagged lines share: one line a value, and what a paper has to say in each.

use super::names::ET_AL;
use crate::domain::{
    BibField, NameKind, Paper, PaperKind, PersonName, author_names, has_et_al, main_link, page_ends,
};
use crate::text::{tex_to_unicode, tidy};

/// Lines of a tag and a value.
pub struct TagLines {
    text: String,
    /// What stands before a value under a tag.
    label: fn(&str) -> String,
}

impl TagLines {
    pub fn new(label: fn(&str) -> String) -> Self {
        Self { text: String::new(), label }
    }

    /// Adds a value as a person reads it, unless it is empty.
    pub fn text(&mut self, tag: &str, value: &str) {
        self.plain_text(tag, &tex_to_unicode(value));
    }

    /// Adds a value that is no TeX, unless it is empty.
    pub fn plain_text(&mut self, tag: &str, value: &str) {
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
    pub fn fields(&mut self, paper: &Paper<'_>, facts: &[(&str, BibField)]) {
        for (tag, fact) in facts {
            self.text(tag, paper.field(*fact));
        }
    }

    /// Adds each keyword on a line of its own.
    pub fn keywords(&mut self, tag: &str, paper: &Paper<'_>) {
        for word in paper.field(BibField::Keywords).split(';') {
            self.text(tag, word);
        }
    }

    /// The record without a line end after it.
    pub fn finish(self) -> String {
        self.text.trim_end_matches('\n').to_owned()
    }
}

/// Returns the publisher. Theses and reports name the institution instead, and so do papers without
/// a publisher.
pub fn publisher<'a>(paper: &Paper<'a>) -> &'a str {
    let (publisher, institution) =
        (paper.field(BibField::Publisher), paper.field(BibField::Institution));
    match paper.kind {
        PaperKind::Thesis | PaperKind::Report if !institution.is_empty() => institution,
        _ if publisher.is_empty() => institution,
        _ => publisher,
    }
}

/// The year and, as far as they are known, the month and the day as numbers.
pub fn date(paper: &Paper<'_>) -> (String, Option<u8>, Option<u8>) {
    let mut parts = paper.field(BibField::Date).split('-');
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
    let (first, last) = page_ends(paper.field(BibField::Pages));
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
pub fn total_pages<'a>(paper: &Paper<'a>, kind: PaperKind) -> &'a str {
    match kind {
        PaperKind::Book | PaperKind::Proceedings | PaperKind::Thesis
            if paper.field(BibField::Pages).is_empty() =>
        {
            paper.field(BibField::PageCount)
        }
        _ => "",
    }
}

/// Remarks without a tag of their own, each on a line that says what it is.
pub fn notes(paper: &Paper<'_>) -> Vec<String> {
    let note = tex_to_unicode(paper.field(BibField::Note)).into_owned();
    let comment = tex_to_unicode(paper.field(BibField::Comment));
    let comment =
        Some(comment).filter(|it| !it.is_empty()).map(|it| format!("{COMMENT_PREFIX}{it}"));
    Some(note).into_iter().chain(comment).filter(|it| !it.is_empty()).collect()
}

/// The beginning of a comment among other notes.
const COMMENT_PREFIX: &str = "Comment: ";

/// Who wrote or edited a paper.
pub enum Author {
    Person(PersonName),
    Organisation(String),
    /// More people, who are not named.
    EtAl,
}

impl Author {
    /// Reads a name. A semicolon would part it in two.
    fn new(raw: &str) -> Self {
        let name = PersonName::parse(&tidy(raw).replace(';', ","));
        match name.kind {
            NameKind::Organisation => Self::Organisation(name.family),
            NameKind::Person => Self::Person(name),
        }
    }

    /// `Family, Given, Suffix`, or an organisation as it is.
    pub fn sort_name(&self) -> String {
        match self {
            Self::Organisation(name) => name.clone(),
            Self::EtAl => ET_AL.to_owned(),
            Self::Person(PersonName { given, family, suffix, .. }) => {
                let parts = [family, given, suffix].into_iter().filter(|it| !it.is_empty());
                parts.map(String::as_str).collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// The people of a list as it is stored.
pub fn parse_people(list: &str) -> impl Iterator<Item = Author> {
    author_names(list).map(Author::new).chain(has_et_al(list).then_some(Author::EtAl))
}

pub fn authors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    parse_people(paper.author_list)
}

pub fn editors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    parse_people(paper.field(BibField::Editors))
}
