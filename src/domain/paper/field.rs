//! The kind of a paper and its optional bibliographic fields.

use super::record::{FIELD_CODE_END, FIELD_VALUE_END};

/// The type of a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PaperKind {
    /// The source gives no type.
    #[default]
    Unknown,
    /// In a journal.
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
    /// An article in an encyclopedia or dictionary.
    Entry,
}

impl PaperKind {
    /// All kinds by number. A column stores a kind in four bits, so 16 is the limit.
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

    /// Returns true if papers of this kind are parts of a work with volumes and issues.
    pub fn is_part(self) -> bool {
        matches!(self, Self::Article | Self::Conference | Self::Chapter)
            || matches!(self, Self::Newspaper | Self::Magazine | Self::Entry)
    }

    /// Returns true for books and parts of books, which may have a series.
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Book | Self::Proceedings | Self::Chapter)
            || matches!(self, Self::Conference | Self::Entry)
    }
}

/// An optional bibliographic field. Values may contain TeX, like titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BibField {
    /// The citation key in the user's bibliography.
    Key,
    /// The record in its source format, for formats that are copied verbatim: BibTeX.
    Raw,
    /// The date as far as it is known: `2021-05-03`, `2021-05`.
    Date,
    Volume,
    /// The issue of a journal, or the number of a report.
    Number,
    /// `123–145`, `1, 3, 5–7`: ranges have an en dash; see
    /// [`normalise_pages`](crate::domain::paper::pages::normalise_pages).
    Pages,
    Publisher,
    /// The place of publication, or of the conference.
    Place,
    Series,
    Edition,
    /// Names in the form of authors, joined by
    /// [`AUTHOR_SEPARATOR`](crate::domain::paper::record::AUTHOR_SEPARATOR).
    Editors,
    /// The university, or the organisation that published a report.
    Institution,
    /// The full title of the proceedings or book, if the venue is a short name.
    Container,
    Issn,
    Isbn,
    Pmid,
    Pmcid,
    /// Separated by `; `.
    Keywords,
    Note,
    /// The authors' comment on a preprint: pages, figures, acceptance.
    Comment,
    Language,
    /// The number of readers' votes.
    Upvotes,
    /// The path of a local PDF, as the source gives it.
    File,
    /// The user's own annotation in the source.
    Annotation,
    /// The number of an article without pages: `125113`, `e17`.
    ArticleNumber,
    /// A type more specific than the kind: `PhD thesis`, `Master's thesis`, `White paper`.
    Genre,
    /// The publication status: `in press`, `forthcoming`, `submitted`.
    Status,
    /// The day on which the URL was accessed, `2021-05-03`.
    Accessed,
    /// The version of a software, a dataset or a preprint.
    Version,
    /// Names in the form of authors, joined by
    /// [`AUTHOR_SEPARATOR`](crate::domain::paper::record::AUTHOR_SEPARATOR).
    Translators,
    /// The date of the first edition, in the form of [`BibField::Date`] or a year alone.
    OriginalDate,
    /// `spring`, `summer`, `autumn` or `winter`; the year is in the date.
    Season,
    /// The end of a range of dates, in the form of [`BibField::Date`] or a year alone.
    EndDate,
    /// The conference at which a paper was presented.
    Event,
    /// The city of the conference, if [`BibField::Place`] is that of the publisher.
    EventPlace,
    /// The number or the title of a chapter.
    Chapter,
    /// The title of the multi-volume work that contains the book.
    MainTitle,
    ShortTitle,
    /// The number of a book in its series.
    SeriesNumber,
    /// The number of volumes of the work.
    VolumeCount,
    /// The number of pages of the work.
    PageCount,
    /// The day on which the record was created or changed, `2021-05-03`.
    Updated,
    /// The number of citations that the source has counted.
    Citations,
    /// The day on which a followed source listed the paper, `2021-05-03`.
    Listed,
    /// The followed sources that listed the paper, separated by `; `.
    Origin,
    /// The way in which arXiv announced it: `new`, `cross-listed` or `replaced`.
    Announcement,
    /// The collections of a reference manager that hold it, separated by `; `.
    Collections,
}

impl BibField {
    pub const ALL: [Self; 47] = [
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
        Self::Citations,
        Self::Listed,
        Self::Origin,
        Self::Announcement,
        Self::Collections,
    ];

    /// Returns true for what a source tells of its list rather than of the paper.
    pub fn is_of_listing(self) -> bool {
        matches!(
            self,
            Self::Upvotes
                | Self::Citations
                | Self::Listed
                | Self::Origin
                | Self::Announcement
                | Self::Collections
        )
    }

    /// Returns the letter that encodes the field in stored text: `a` to `z`, then `A` to `Z`.
    pub fn code(self) -> char {
        let number = self as u8;
        char::from(number.checked_sub(LOWERCASE_CODES).map_or(b'a' + number, |it| b'A' + it))
    }
}

/// The number of fields with a lower-case code.
const LOWERCASE_CODES: u8 = 26;

/// Returns the field of a code.
fn field_from_code(letter: u8) -> Option<BibField> {
    let number = match letter {
        b'a'..=b'z' => letter - b'a',
        b'A'..=b'Z' => letter - b'A' + LOWERCASE_CODES,
        _ => return None,
    };
    BibField::ALL.get(usize::from(number)).copied()
}

/// Iterates over fields in stored form. Each field is its code, a separator, its value, and a
/// separator. Unknown codes are skipped.
pub fn parse_fields(encoded: &str) -> impl Iterator<Item = (BibField, &str)> {
    let mut rest = encoded;
    let encoded_field = move || {
        let end = memchr::memchr(FIELD_VALUE_END as u8, rest.as_bytes()).unwrap_or(rest.len());
        let (encoded_field, tail) = (rest.get(..end)?, rest.get(end + 1..).unwrap_or_default());
        (!std::mem::replace(&mut rest, tail).is_empty()).then_some(encoded_field)
    };
    std::iter::from_fn(encoded_field).filter_map(|encoded_field| {
        let value = encoded_field.get(1..)?.strip_prefix(FIELD_CODE_END)?;
        Some((field_from_code(encoded_field.as_bytes()[0])?, value))
    })
}

/// Encodes fields in stored form.
pub fn encode_fields<'a>(fields: impl IntoIterator<Item = (BibField, &'a str)>) -> String {
    let mut encoded = String::new();
    for (field, value) in fields {
        encode_field(field, value, &mut encoded);
    }
    encoded
}

/// Appends a field in stored form.
pub fn encode_field(field: BibField, value: &str, encoded: &mut String) {
    encoded.push(field.code());
    encoded.push(FIELD_CODE_END);
    encoded.push_str(value);
    encoded.push(FIELD_VALUE_END);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_at_its_number() {
        assert!(PaperKind::ALL.iter().enumerate().all(|(at, kind)| *kind as usize == at));
    }

    #[test]
    fn every_field_has_a_code_of_its_own() {
        let codes: Vec<char> = BibField::ALL.iter().map(|it| it.code()).collect();
        assert!(codes.iter().all(char::is_ascii_alphabetic), "{codes:?}");
        assert!(codes.iter().enumerate().all(|(at, it)| !codes[..at].contains(it)));
        let encoded = encode_fields(BibField::ALL.map(|it| (it, "x")));
        assert!(parse_fields(&encoded).eq(BibField::ALL.map(|it| (it, "x"))));
    }
}
