//! What is known of a paper beside what every paper has: its kind, and facts by name.

use super::record::{FIELD_CODE_END, FIELD_VALUE_END};

/// What sort of publication a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PaperKind {
    /// The source does not say.
    #[default]
    Unknown,
    /// In a journal or magazine.
    Article,
    /// In the proceedings of a conference or workshop.
    Conference,
    /// A part of a book.
    Chapter,
    Book,
    Thesis,
    Report,
    Preprint,
    Dataset,
    Software,
    Webpage,
    Newspaper,
    Magazine,
    /// The proceedings of a conference as a whole.
    Proceedings,
    Patent,
    /// An article of an encyclopedia or a dictionary.
    Entry,
}

impl PaperKind {
    /// Four bits of a column hold a kind, so there is room for sixteen.
    pub const ALL: [Self; 16] = [
        Self::Unknown,
        Self::Article,
        Self::Conference,
        Self::Chapter,
        Self::Book,
        Self::Thesis,
        Self::Report,
        Self::Preprint,
        Self::Dataset,
        Self::Software,
        Self::Webpage,
        Self::Newspaper,
        Self::Magazine,
        Self::Proceedings,
        Self::Patent,
        Self::Entry,
    ];
}

/// A fact that some papers have. Text may hold TeX, as titles may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BibField {
    /// The citation key that the reader's own bibliography gives the paper.
    Key,
    /// The record as the source has it, for formats that are copied back as they are: BibTeX.
    Raw,
    /// As much of the date as is known, `2021-05-03`, `2021-05`.
    Date,
    Volume,
    /// The issue of a journal, or the number of a report.
    Number,
    /// `123–145`, `1, 3, 5–7`: a range has one en dash; see [`normalised_pages`](crate::domain::paper::pages::normalise_pages).
    Pages,
    Publisher,
    /// Where it was published, or where the conference was held.
    Place,
    Series,
    Edition,
    /// Names as in the authors, joined by [`AUTHOR_SEPARATOR`](crate::domain::paper::record::AUTHOR_SEPARATOR).
    Editors,
    /// The university, the organisation behind a report.
    Institution,
    /// The conference or book that a part appeared in, where the venue is a short name.
    Container,
    Issn,
    Isbn,
    Pmid,
    Pmcid,
    /// Separated by `; `.
    Keywords,
    Note,
    /// What authors say beside the abstract: pages, figures, where it was accepted.
    Comment,
    Language,
    /// How often readers voted for it.
    Upvotes,
    /// A local PDF that the source names.
    File,
    /// The reader's own words on the paper.
    Annotation,
    /// The number that stands for the pages of an article that has none: `125113`, `e17`.
    ArticleNumber,
    /// What the source calls the work more exactly than its kind: `PhD thesis`, `Master's thesis`,
    /// `White paper`.
    Genre,
    /// How far a work is that is not out yet: `in press`, `forthcoming`, `submitted`.
    Status,
    /// The day on which an address was visited, `2021-05-03`.
    Accessed,
    /// The version of a software, a dataset or a preprint.
    Version,
    /// Names as in the authors, joined by [`AUTHOR_SEPARATOR`](crate::domain::paper::record::AUTHOR_SEPARATOR).
    Translators,
    /// The date of the first edition, in the shape of [`BibField::Date`] or a year alone.
    OriginalDate,
    /// `spring`, `summer`, `autumn` or `winter`, beside the year.
    Season,
    /// The end of a range of dates, in the shape of [`BibField::Date`] or a year alone.
    EndDate,
    /// The conference, where a paper was presented.
    Event,
    /// The city of the conference, where [`BibField::Place`] is that of the publisher.
    EventPlace,
    /// The number or the name of a chapter.
    Chapter,
    /// The title of the work in several volumes that the book is a part of.
    MainTitle,
    ShortTitle,
    /// The number that a book has in its series.
    SeriesNumber,
    /// How many volumes the work has.
    VolumeCount,
    /// How many pages the work has.
    PageCount,
    /// The day on which the record itself was made or changed, `2021-05-03`.
    Updated,
}

impl BibField {
    pub const ALL: [Self; 42] = [
        Self::Key,
        Self::Raw,
        Self::Date,
        Self::Volume,
        Self::Number,
        Self::Pages,
        Self::Publisher,
        Self::Place,
        Self::Series,
        Self::Edition,
        Self::Editors,
        Self::Institution,
        Self::Container,
        Self::Issn,
        Self::Isbn,
        Self::Pmid,
        Self::Pmcid,
        Self::Keywords,
        Self::Note,
        Self::Comment,
        Self::Language,
        Self::Upvotes,
        Self::File,
        Self::Annotation,
        Self::ArticleNumber,
        Self::Genre,
        Self::Status,
        Self::Accessed,
        Self::Version,
        Self::Translators,
        Self::OriginalDate,
        Self::Season,
        Self::EndDate,
        Self::Event,
        Self::EventPlace,
        Self::Chapter,
        Self::MainTitle,
        Self::ShortTitle,
        Self::SeriesNumber,
        Self::VolumeCount,
        Self::PageCount,
        Self::Updated,
    ];

    /// A letter that stands for the fact where facts are stored: `a` to `z`, then `A` to `Z`.
    pub fn code(self) -> char {
        let number = self as u8;
        char::from(number.checked_sub(LOWERCASE_CODES).map_or(b'a' + number, |it| b'A' + it))
    }
}

/// How many facts have a small letter.
const LOWERCASE_CODES: u8 = 26;

/// The fact that a letter stands for.
fn field_from_code(letter: u8) -> Option<BibField> {
    let number = match letter {
        b'a'..=b'z' => letter - b'a',
        b'A'..=b'Z' => letter - b'A' + LOWERCASE_CODES,
        _ => return None,
    };
    BibField::ALL.get(usize::from(number)).copied()
}

/// The facts of a paper as they are stored: a letter, a separator, the value, a separator, each.
pub fn parse_fields(stored: &str) -> impl Iterator<Item = (BibField, &str)> {
    let mut rest = stored;
    let fact = move || {
        let end = memchr::memchr(FIELD_VALUE_END as u8, rest.as_bytes()).unwrap_or(rest.len());
        let (fact, behind) = (rest.get(..end)?, rest.get(end + 1..).unwrap_or_default());
        (!std::mem::replace(&mut rest, behind).is_empty()).then_some(fact)
    };
    std::iter::from_fn(fact).filter_map(|fact| {
        let value = fact.get(1..)?.strip_prefix(FIELD_CODE_END)?;
        Some((field_from_code(fact.as_bytes()[0])?, value))
    })
}

/// Facts as they are stored.
pub fn encode_fields<'a>(facts: impl IntoIterator<Item = (BibField, &'a str)>) -> String {
    let mut stored = String::new();
    for (fact, value) in facts {
        encode_field(fact, value, &mut stored);
    }
    stored
}

/// Appends a fact as it is stored.
pub fn encode_field(fact: BibField, value: &str, stored: &mut String) {
    stored.push(fact.code());
    stored.push(FIELD_CODE_END);
    stored.push_str(value);
    stored.push(FIELD_VALUE_END);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_number() {
        assert!(PaperKind::ALL.iter().enumerate().all(|(at, kind)| *kind as usize == at));
    }

    #[test]
    fn every_fact_has_a_letter_of_its_own() {
        let letters: Vec<char> = BibField::ALL.iter().map(|it| it.code()).collect();
        assert!(letters.iter().all(char::is_ascii_alphabetic), "{letters:?}");
        assert!(letters.iter().enumerate().all(|(at, it)| !letters[..at].contains(it)));
        let stored = encode_fields(BibField::ALL.map(|it| (it, "x")));
        assert!(parse_fields(&stored).eq(BibField::ALL.map(|it| (it, "x"))));
    }
}
