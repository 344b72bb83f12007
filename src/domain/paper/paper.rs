//! A paper in the corpus, borrowed from its segment.

use super::field::{BibField, PaperKind, parse_fields};
use super::name::{PersonName, author_names};
use super::record::FIELD_END;

/// The position of a paper in the corpus, from zero, in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperId(pub u32);

/// A paper in the corpus. Text is sanitised but may contain TeX. Unknown fields are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paper<'a> {
    pub title: &'a str,
    /// Names joined by [`AUTHOR_SEPARATOR`](crate::domain::paper::record::AUTHOR_SEPARATOR); see
    /// [`Paper::authors`].
    pub author_list: &'a str,
    pub year: Option<i16>,
    /// Separated by spaces, the primary category first.
    pub categories: &'a str,
    pub venue: &'a str,
    pub arxiv: &'a str,
    pub doi: &'a str,
    /// URLs given by the source, separated by spaces.
    pub url_list: &'a str,
    pub kind: PaperKind,
    /// The optional fields in stored form; see [`Paper::field`].
    pub field_list: &'a str,
    /// The case-insensitive hash of the citation key.
    pub key_hash: u64,
}

impl<'a> Paper<'a> {
    /// Parses a record of a segment's text. Fields of other columns are left empty.
    pub fn from_record(record: &'a str) -> Self {
        let mut rest = record;
        let [title, author_list, arxiv, doi, url_list] = std::array::from_fn(|_| {
            let end = memchr::memchr(FIELD_END as u8, rest.as_bytes());
            let (field, tail) = end.map_or((rest, ""), |at| (&rest[..at], &rest[at + 1..]));
            rest = tail;
            field
        });
        Self { title, author_list, arxiv, doi, url_list, field_list: rest, ..Self::default() }
    }

    /// Iterates over the named authors, without [`ET_AL`](crate::domain::paper::name::ET_AL) at the
    /// end; see [`has_et_al`](super::name::has_et_al).
    pub fn authors(&self) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        author_names(self.author_list)
    }

    /// Returns the name of the first author, or an empty string.
    pub fn first_author(&self) -> &'a str {
        let end = memchr::memchr(b';', self.author_list.as_bytes());
        match &self.author_list[..end.unwrap_or(self.author_list.len())] {
            "" => self.authors().next().unwrap_or_default(),
            first => first,
        }
    }

    /// Returns the primary category, or an empty string.
    pub fn category(&self) -> &'a str {
        self.categories.split(' ').next().unwrap_or_default()
    }

    /// Returns the value of a field, or an empty string.
    pub fn field(&self, field: BibField) -> &'a str {
        self.fields().find(|(it, _)| *it == field).map_or("", |(_, value)| value)
    }

    /// Returns the date if its month is known, `2021-05-03` or `2021-05`, and if it is in the year of
    /// the paper.
    pub fn date(&self) -> Option<&'a str> {
        let date = self.field(BibField::Date);
        let (year, rest) = date.split_once('-')?;
        let is_in_year = self.year.is_none_or(|it| year.parse() == Ok(it));
        let is_number = |part: &str| part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit());
        (is_in_year && rest.split('-').count() <= 2 && rest.split('-').all(is_number))
            .then_some(date)
    }

    /// Returns true if the source says that the paper was retracted.
    pub fn is_retracted(&self) -> bool {
        self.field(BibField::Status).to_ascii_lowercase().contains("retracted")
    }

    pub fn fields(&self) -> impl Iterator<Item = (BibField, &'a str)> + use<'a> {
        parse_fields(self.field_list)
    }

    pub fn keywords(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.field(BibField::Keywords).split("; ").filter(|keyword| !keyword.is_empty())
    }

    /// Iterates over the followed sources that listed the paper.
    pub fn origins(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.field(BibField::Origin).split("; ").filter(|name| !name.is_empty())
    }

    pub fn collections(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.field(BibField::Collections).split("; ").filter(|name| !name.is_empty())
    }

    pub fn urls(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.url_list.split(' ').filter(|url| !url.is_empty())
    }
}

/// Returns the family names of a paper's authors, in Unicode, for narrow displays.
pub fn family_names(paper: &Paper<'_>) -> Vec<String> {
    paper.authors().map(|name| PersonName::parse(name).family).collect()
}
