//! Shared parts of the tagged formats RIS, MEDLINE and `EndNote`: one value a line, under a tag.

use super::names::ET_AL;
use crate::domain::{
    BibField, NameKind, Paper, PaperKind, PersonName, author_names, has_et_al, main_link, page_ends,
};
use crate::text::{tex_to_unicode, tidy};

/// A record of tagged lines.
pub struct TagLines {
    text: String,
    /// Returns the prefix of a line from its tag.
    label: fn(&str) -> String,
}

impl TagLines {
    pub fn new(label: fn(&str) -> String) -> Self {
        Self { text: String::new(), label }
    }

    /// Adds a value that may contain TeX, unless it is empty.
    pub fn text(&mut self, tag: &str, value: &str) {
        self.plain_text(tag, &tex_to_unicode(value));
    }

    /// Adds a value without TeX, unless it is empty.
    pub fn plain_text(&mut self, tag: &str, value: &str) {
        let value = tidy(value);
        if !value.is_empty() {
            self.line(tag, &value);
        }
    }

    /// Adds a value without TeX after a prefix, unless it is empty.
    pub fn prefixed(&mut self, tag: &str, prefix: &str, value: &str) {
        if !value.is_empty() {
            self.plain_text(tag, &format!("{prefix}{value}"));
        }
    }

    /// Adds each URL, those of PDFs under a tag of their own.
    pub fn urls(&mut self, paper: &Paper<'_>, tag: &str, pdf_tag: &str) {
        for url in urls(paper) {
            let is_pdf = url.to_ascii_lowercase().ends_with(".pdf");
            self.plain_text(if is_pdf { pdf_tag } else { tag }, &url);
        }
    }

    /// Adds a line even if the value is empty.
    pub fn line(&mut self, tag: &str, value: &str) {
        self.text.extend([&(self.label)(tag), value, "\n"]);
    }

    /// Adds fields as text.
    pub fn fields(&mut self, paper: &Paper<'_>, fields: &[(&str, BibField)]) {
        for (tag, field) in fields {
            self.text(tag, paper.field(*field));
        }
    }

    /// Adds each keyword on a line of its own.
    pub fn keywords(&mut self, tag: &str, paper: &Paper<'_>) {
        for word in paper.field(BibField::Keywords).split(';') {
            self.text(tag, word);
        }
    }

    /// Returns the record without a final newline.
    pub fn finish(self) -> String {
        self.text.trim_end_matches('\n').to_owned()
    }
}

/// Returns the publisher. For theses and reports, and without a publisher, returns the institution.
pub fn publisher<'a>(paper: &Paper<'a>) -> &'a str {
    let (publisher, institution) =
        (paper.field(BibField::Publisher), paper.field(BibField::Institution));
    match paper.kind {
        PaperKind::Thesis | PaperKind::Report if !institution.is_empty() => institution,
        _ if publisher.is_empty() => institution,
        _ => publisher,
    }
}

/// Returns the year, and month (1 to 12) and day (1 to 31) if known.
pub fn date(paper: &Paper<'_>) -> (String, Option<u8>, Option<u8>) {
    let mut parts = paper.field(BibField::Date).split('-');
    let year_of_date = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|it| it.parse::<u8>().ok());
    let month = number().filter(|it| (1..=12).contains(it));
    let day = number().filter(|it| month.is_some() && (1..=31).contains(it));
    match paper.year.map(|it| it.to_string()) {
        Some(year) if year != year_of_date => (year, None, None),
        _ => (year_of_date.to_owned(), month, day),
    }
}

/// Returns first and last page. All pages are in the first if they are not one range.
pub fn pages(paper: &Paper<'_>) -> (String, String) {
    let (first, last) = page_ends(paper.field(BibField::Pages));
    (first.replace('–', "-"), last.to_owned())
}

/// Returns the URLs of a paper, its main link first.
pub fn urls(paper: &Paper<'_>) -> Vec<String> {
    let mut urls: Vec<String> = paper.urls().map(str::to_owned).collect();
    if let Some(link) = main_link(paper) {
        urls.retain(|it| *it != link.url);
        urls.insert(0, link.url);
    }
    urls
}

/// Returns the number of pages of a whole work without page range, for the tag that a part has its
/// range under.
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

/// Returns notes and comments, which share a tag. Comments are prefixed.
pub fn notes(paper: &Paper<'_>) -> Vec<String> {
    let note = tex_to_unicode(paper.field(BibField::Note)).into_owned();
    let comment = tex_to_unicode(paper.field(BibField::Comment));
    let comment =
        Some(comment).filter(|it| !it.is_empty()).map(|it| format!("{COMMENT_PREFIX}{it}"));
    Some(note).into_iter().chain(comment).filter(|it| !it.is_empty()).collect()
}

/// Prefix of a comment among the notes.
const COMMENT_PREFIX: &str = "Comment: ";

/// An author or an editor.
pub enum Author {
    Person(PersonName),
    Organisation(String),
    /// End of a truncated list.
    EtAl,
}

impl Author {
    /// Parses a name. Replaces semicolons, which would separate two names.
    fn new(raw: &str) -> Self {
        let name = PersonName::parse(&tidy(raw).replace(';', ","));
        match name.kind {
            NameKind::Organisation => Self::Organisation(name.family),
            NameKind::Person => Self::Person(name),
        }
    }

    /// Returns `Family, Given, Suffix`, or the name of an organisation.
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

/// Iterates over the people of a stored name list.
pub fn parse_people(list: &str) -> impl Iterator<Item = Author> {
    author_names(list).map(Author::new).chain(has_et_al(list).then_some(Author::EtAl))
}

pub fn authors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    parse_people(paper.author_list)
}

pub fn editors(paper: &Paper<'_>) -> impl Iterator<Item = Author> {
    parse_people(paper.field(BibField::Editors))
}
