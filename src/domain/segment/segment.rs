//! A sealed batch of papers, stored as columns.
//!
//! Text columns have one record per paper, in order, so that scanning a column scans all papers:
//!
//! - *text*: the display text: `title US authors US arxiv US doi US urls US fields LF`;
//! - *folded*: `title US authors LF`, folded for matching; each of the two is followed by the
//!   variant spellings of its words, each after a
//!   [`VARIANT_START`](crate::domain::paper::record::VARIANT_START) (`müller RS mueller`);
//! - *initials*: the first letters of the title's words; if some are function words, then a
//!   [`VARIANT_START`](crate::domain::paper::record::VARIANT_START) and the letters of the others;
//!   then LF;
//! - *folded abstracts*, if abstracts are in memory: the folded abstract, then LF.
//!
//! Folded text has no control characters of its own, so the separators are unambiguous.

use std::borrow::Cow;
use std::sync::Arc;

use super::abstracts::{AbstractColumn, Abstracts};
use super::letter_mask::LetterMask;
use super::segment_builder::SegmentBuilder;
use super::stored_text::StoredText;
use super::text_column::TextColumn;
use crate::domain::citation_key::KeyPattern;
use crate::domain::index::inverted_index::InvertedIndex;
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::PaperKind;
use crate::domain::paper::link::mentions_code;
use crate::domain::paper::paper::Paper;
use crate::domain::paper::record::FIELD_END;

/// A sealed batch of papers. Every column has one entry per row.
#[derive(Debug, Default)]
pub struct Segment {
    pub text: StoredText,
    pub folded: TextColumn,
    pub initials: TextColumn,
    pub abstracts: AbstractColumn,
    pub masks: Box<[LetterMask]>,
    pub flags: Box<[RowFlags]>,
    pub keys: CitationKeyColumn,
    /// `NO_YEAR` if it is unknown.
    pub years: Box<[i16]>,
    /// The distinct lists of categories, and the index of each row's list.
    pub categories: TextColumn,
    pub category_ids: Box<[u16]>,
    /// The distinct venues, and the index of each row's venue.
    pub venues: TextColumn,
    pub venue_ids: Box<[u16]>,
}

/// The pattern of generated citation keys, and the hash of each row's key.
#[derive(Debug, Default)]
pub struct CitationKeyColumn {
    pub pattern: KeyPattern,
    pub hashes: Box<[u64]>,
}

/// The title that replaces display text which can no longer be read.
const UNRECOVERABLE_TITLE: &str =
    "This paper is corrupt in the cache and missing from its file; R reads the file again";

/// The value of the year column for an unknown year.
pub const NO_YEAR: i16 = i16::MIN;

/// The kind of a paper in the low four bits, and flags above.
#[derive(Debug, Clone, Copy)]
pub struct RowFlags(pub u8);

const KIND_MASK: u8 = 0xf;
const HAS_ABSTRACT: u8 = 1 << 4;
const MENTIONS_CODE: u8 = 1 << 5;
const HAS_KEYWORDS: u8 = 1 << 6;
const HAS_COLLECTIONS: u8 = 1 << 7;
const ABSTRACT_FLAGS: u8 = HAS_ABSTRACT | MENTIONS_CODE;

impl RowFlags {
    pub fn new(kind: PaperKind, abstract_text: &str) -> Self {
        let mut flags = kind as u8;
        if !abstract_text.trim().is_empty() {
            flags |= HAS_ABSTRACT;
        }
        if mentions_code(abstract_text) {
            flags |= MENTIONS_CODE;
        }
        Self(flags)
    }

    /// Adds the flags of a paper with keywords, and of one in collections.
    pub fn with_lists(self, has_keywords: bool, has_collections: bool) -> Self {
        let keywords = if has_keywords { HAS_KEYWORDS } else { 0 };
        let collections = if has_collections { HAS_COLLECTIONS } else { 0 };
        Self(self.0 | keywords | collections)
    }

    /// Combines this with the abstract flags of `other`.
    pub fn with_abstract_flags_of(self, other: Self) -> Self {
        Self(self.0 & !ABSTRACT_FLAGS | other.0 & ABSTRACT_FLAGS)
    }

    fn kind(self) -> PaperKind {
        PaperKind::ALL.get(usize::from(self.0 & KIND_MASK)).copied().unwrap_or_default()
    }
}

impl Segment {
    pub fn len(&self) -> u32 {
        self.years.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Returns the paper of a row.
    ///
    /// # Panics
    ///
    /// Panics if the row does not exist.
    pub fn paper(&self, row: u32) -> Paper<'_> {
        self.paper_from_text(row, self.text.record(row, &|row| self.recover_text(row)))
    }

    /// Calls `visit` with the paper of each row. Unlike [`Segment::paper`] it does not keep the text
    /// that it reads in memory, so it suits loops over very many rows.
    ///
    /// # Panics
    ///
    /// Panics if a row does not exist.
    pub fn for_each_paper(
        &self,
        rows: impl Iterator<Item = u32>,
        mut visit: impl FnMut(u32, Paper<'_>),
    ) {
        let recover = |row| self.recover_text(row);
        self.text.for_each(rows, &recover, |row, text| visit(row, self.paper_from_text(row, text)));
    }

    fn paper_from_text<'a>(&'a self, row: u32, text: &'a str) -> Paper<'a> {
        Paper {
            year: self.year(row),
            categories: self.categories.record(self.category_ids[row as usize].into()),
            venue: self.venues.record(self.venue_ids[row as usize].into()),
            kind: self.flags[row as usize].kind(),
            key_hash: self.keys.hashes[row as usize],
            ..Paper::from_record(text)
        }
    }

    /// Parses the text of a row again from its source, because the cached text is corrupt. Returns
    /// a record with `UNRECOVERABLE_TITLE` if the source has changed.
    pub fn recover_text(&self, row: u32) -> String {
        let segment_of = |draft: &Draft| {
            let mut builder = SegmentBuilder::default();
            builder.push(draft);
            builder.seal()
        };
        let is_same = |segment: &Arc<Self>| segment.folded.record(0) == self.folded.record(row);
        let recovered =
            self.abstracts.texts.draft(row).map(|draft| segment_of(&draft)).filter(is_same);
        let segment = recovered.unwrap_or_else(|| {
            segment_of(&Draft { title: UNRECOVERABLE_TITLE.to_owned(), ..Draft::default() })
        });
        segment.text.record(0, &|_| String::new()).to_owned()
    }

    /// Returns the abstract of a paper, or an empty string.
    ///
    /// # Errors
    ///
    /// Returns a message without a full stop if the abstract is in a file that can no longer be
    /// read.
    pub fn abstract_text(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.texts.text(row, self.paper(row).title)
    }

    /// Returns the abstract of a paper, folded.
    ///
    /// # Errors
    ///
    /// The same as [`Segment::abstract_text`].
    pub fn folded_abstract(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.texts.folded(row, self.paper(row).title)
    }

    pub fn kind(&self, row: u32) -> PaperKind {
        self.flags[row as usize].kind()
    }

    pub fn has_abstract(&self, row: u32) -> bool {
        self.flags[row as usize].0 & HAS_ABSTRACT != 0
    }

    pub fn has_keywords(&self, row: u32) -> bool {
        self.flags[row as usize].0 & HAS_KEYWORDS != 0
    }

    /// Returns true if collections of a reference manager hold the paper.
    pub fn has_collections(&self, row: u32) -> bool {
        self.flags[row as usize].0 & HAS_COLLECTIONS != 0
    }

    /// Returns true if the abstract has a URL of a code host.
    pub fn mentions_code(&self, row: u32) -> bool {
        self.flags[row as usize].0 & MENTIONS_CODE != 0
    }

    pub fn year(&self, row: u32) -> Option<i16> {
        Some(self.years[row as usize]).filter(|&year| year != NO_YEAR)
    }

    /// Returns the index of the row's category list in [`Segment::categories`].
    pub fn category_index(&self, row: u32) -> usize {
        self.category_ids[row as usize].into()
    }

    /// Returns the index of the row's venue in [`Segment::venues`].
    pub fn venue_index(&self, row: u32) -> usize {
        self.venue_ids[row as usize].into()
    }

    /// Returns the distinct category lists of all rows.
    pub fn categories(&self) -> &TextColumn {
        &self.categories
    }

    /// Returns the distinct venues of all rows.
    pub fn venues(&self) -> &TextColumn {
        &self.venues
    }

    /// Returns the folded titles and authors.
    pub fn folded(&self) -> &TextColumn {
        &self.folded
    }

    /// Returns the offset of the authors of a row in the text of the folded column.
    pub fn folded_authors_start(&self, row: u32) -> usize {
        let span = self.folded.span(row);
        let title = memchr::memchr(FIELD_END as u8, &self.folded.text().as_bytes()[span.clone()]);
        title.map_or(span.end, |end| span.start + end + FIELD_END.len_utf8())
    }

    pub fn initials(&self) -> &TextColumn {
        &self.initials
    }

    pub fn abstracts(&self) -> &Abstracts {
        &self.abstracts.texts
    }

    /// Returns the word index, if it has been built.
    pub fn word_index(&self) -> Option<Arc<InvertedIndex>> {
        self.abstracts.index().clone()
    }

    /// Sets or replaces the word index.
    pub fn set_word_index(&self, index: Arc<InvertedIndex>) {
        *self.abstracts.index() = Some(index);
    }

    /// Drops the word index, because it turned out to be corrupt.
    pub fn drop_word_index(&self) {
        *self.abstracts.index() = None;
    }

    /// Returns the letter masks of titles and authors, variant spellings included.
    pub fn masks(&self) -> &[LetterMask] {
        &self.masks
    }

    /// The memory use in bytes.
    pub fn heap_bytes(&self) -> usize {
        self.column_bytes().iter().map(|(_, bytes)| bytes).sum()
    }

    /// The size in bytes, in memory and on disk.
    pub fn total_bytes(&self) -> usize {
        self.heap_bytes() + self.text.bytes_on_disk()
    }

    /// The memory use of each column in bytes.
    pub fn column_bytes(&self) -> [(&'static str, usize); 11] {
        [
            ("text as shown", self.text.heap_bytes()),
            ("text as searched", self.folded.heap_bytes()),
            ("initials", self.initials.heap_bytes()),
            ("places of abstracts", self.abstracts.texts.heap_bytes()),
            ("words of abstracts", self.word_index().map_or(0, |it| it.bytes_in_memory())),
            ("masks", size_of_val(&*self.masks)),
            ("kinds and traits", size_of_val(&*self.flags)),
            ("hashes of keys", size_of_val(&*self.keys.hashes)),
            ("years", size_of_val(&*self.years)),
            ("categories", self.categories.heap_bytes() + size_of_val(&*self.category_ids)),
            ("venues", self.venues.heap_bytes() + size_of_val(&*self.venue_ids)),
        ]
    }

    /// Returns the pattern of generated citation keys.
    pub fn key_pattern(&self) -> &KeyPattern {
        &self.keys.pattern
    }

    /// Returns the [`Paper::key_hash`] of each row.
    pub fn key_hashes(&self) -> &[u64] {
        &self.keys.hashes
    }
}
