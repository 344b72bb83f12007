//! A sealed batch of papers: blocks of text, and columns of spans into them.
//!
//! Blocks hold a record a paper, in order, so that a scan of a block is a scan of the papers:
//!
//! - *text*: what is shown: `title US authors US arxiv US doi US urls US facts LF`;
//! - *folded*: `title US authors LF`, folded for matching; either field is followed by the other
//!   spellings of its words, each behind a [`VARIANT_START`](crate::domain::paper::record::VARIANT_START) (`müller RS mueller`);
//! - *initials*: the first letters of the title's words, then LF;
//! - *folded abstracts*, where abstracts are held in memory: the abstract, folded, then LF.
//!
//! Folded text holds no control characters of its own, so the separators cannot be met in it.

use std::borrow::Cow;
use std::sync::Arc;

use super::abstracts::{AbstractColumn, Abstracts};
use super::citation_key_column::CitationKeyColumn;
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

/// A sealed batch of papers. Every column has an entry a row.
#[derive(Debug, Default)]
pub struct Segment {
    pub text: StoredText,
    pub folded: TextColumn,
    pub initials: TextColumn,
    pub abstracts: AbstractColumn,
    pub masks: Box<[LetterMask]>,
    pub flags: Box<[RowFlags]>,
    pub keys: CitationKeyColumn,
    /// `i16::MIN` where it is unknown.
    pub years: Box<[i16]>,
    /// Distinct lists of categories, and the number of each row's.
    pub categories: TextColumn,
    pub category_ids: Box<[u16]>,
    /// Distinct venues, and the number of each row's.
    pub venues: TextColumn,
    pub venue_ids: Box<[u16]>,
}

/// The title of a paper of which nothing is left but how it is found.
const UNRECOVERABLE_TITLE: &str =
    "This paper is damaged in the cache and gone from its file; R reads that again";

pub const NO_YEAR: i16 = i16::MIN;

/// The kind of a paper in the low four bits, and what is known of its abstract without looking.
#[derive(Debug, Clone, Copy)]
pub struct RowFlags(pub u8);

const KIND_MASK: u8 = 0xf;
const HAS_ABSTRACT: u8 = 1 << 4;
const MENTIONS_CODE: u8 = 1 << 5;

impl RowFlags {
    pub fn new(kind: PaperKind, abstract_text: &str) -> Self {
        let mut traits = kind as u8;
        if !abstract_text.trim().is_empty() {
            traits |= HAS_ABSTRACT;
        }
        if mentions_code(abstract_text) {
            traits |= MENTIONS_CODE;
        }
        Self(traits)
    }

    /// The same kind, with what is known of another's abstract.
    pub fn with_abstract_flags_of(self, other: Self) -> Self {
        Self(self.0 & KIND_MASK | other.0 & !KIND_MASK)
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

    /// The paper in a row.
    ///
    /// # Panics
    ///
    /// Where there is no such row.
    pub fn paper(&self, row: u32) -> Paper<'_> {
        self.paper_from_text(row, self.text.record(row, &|row| self.recover_text(row)))
    }

    /// Calls with the paper of each row. What has to be read for it is not kept in memory, as what
    /// [`Segment::paper`] reads is: for those who look at very many.
    ///
    /// # Panics
    ///
    /// Where there is no such row.
    pub fn for_each_paper(
        &self,
        rows: impl Iterator<Item = u32>,
        mut each: impl FnMut(u32, Paper<'_>),
    ) {
        let again = |row| self.recover_text(row);
        self.text.for_each(rows, &again, |row, text| each(row, self.paper_from_text(row, text)));
    }

    fn paper_from_text<'a>(&'a self, row: u32, text: &'a str) -> Paper<'a> {
        Paper {
            year: self.year(row),
            categories: self.categories.record(self.category_ids[row as usize].into()),
            venue: self.venues.record(self.venue_ids[row as usize].into()),
            kind: self.flags[row as usize].kind(),
            key_hash: self.keys.hashes()[row as usize],
            ..Paper::from_record(text)
        }
    }

    /// The text of a row, read from its source once more, since what was kept of it is damaged.
    pub fn recover_text(&self, row: u32) -> String {
        let of = |draft: &Draft| {
            let mut builder = SegmentBuilder::default();
            builder.push(draft);
            builder.seal()
        };
        let is_it = |it: &Arc<Self>| it.folded.record(0) == self.folded.record(row);
        let found = self.abstracts.texts.draft(row).map(|it| of(&it)).filter(is_it);
        let it = found.unwrap_or_else(|| {
            of(&Draft { title: UNRECOVERABLE_TITLE.to_owned(), ..Draft::default() })
        });
        it.text.record(0, &|_| String::new()).to_owned()
    }

    /// The paper's abstract, empty where it has none.
    ///
    /// # Errors
    ///
    /// A sentence without its full stop, when it lies in a file that cannot be read any more.
    pub fn abstract_text(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.texts.text(row, self.paper(row).title)
    }

    /// The paper's abstract, folded.
    ///
    /// # Errors
    ///
    /// As [`Segment::abstract_text`].
    pub fn folded_abstract(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.texts.folded(row, self.paper(row).title)
    }

    pub fn has_abstract(&self, row: u32) -> bool {
        self.flags[row as usize].0 & HAS_ABSTRACT != 0
    }

    /// Whether the abstract names a place where code lies.
    pub fn mentions_code(&self, row: u32) -> bool {
        self.flags[row as usize].0 & MENTIONS_CODE != 0
    }

    pub fn year(&self, row: u32) -> Option<i16> {
        Some(self.years[row as usize]).filter(|&year| year != NO_YEAR)
    }

    /// The number of the row's categories in [`Segment::categories`].
    pub fn category_index(&self, row: u32) -> usize {
        self.category_ids[row as usize].into()
    }

    /// The number of the row's venue in [`Segment::venues`].
    pub fn venue_index(&self, row: u32) -> usize {
        self.venue_ids[row as usize].into()
    }

    /// Every distinct list of categories that a row has.
    pub fn categories(&self) -> &TextColumn {
        &self.categories
    }

    /// Every distinct venue that a row has.
    pub fn venues(&self) -> &TextColumn {
        &self.venues
    }

    /// Titles and authors, folded.
    pub fn folded(&self) -> &TextColumn {
        &self.folded
    }

    /// Where the authors begin in the folded record of a row, as an offset into the block.
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

    /// The index of its words, if it has been built.
    pub fn word_index(&self) -> Option<Arc<InvertedIndex>> {
        self.abstracts.index().clone()
    }

    /// Keeps the index of its words in place of any other.
    pub fn set_word_index(&self, index: Arc<InvertedIndex>) {
        *self.abstracts.index() = Some(index);
    }

    /// Drops an index that turned out to be damaged.
    pub fn drop_word_index(&self) {
        *self.abstracts.index() = None;
    }

    /// The letters of title and authors, other spellings included.
    pub fn masks(&self) -> &[LetterMask] {
        &self.masks
    }

    /// What all of it holds of memory, in bytes.
    pub fn heap_bytes(&self) -> usize {
        self.column_bytes().iter().map(|(_, bytes)| bytes).sum()
    }

    /// What all of it takes, in bytes, in memory and where it is kept.
    pub fn total_bytes(&self) -> usize {
        self.heap_bytes() + self.text.bytes_on_disk()
    }

    /// What each column holds of memory, in bytes.
    pub fn column_bytes(&self) -> [(&'static str, usize); 11] {
        [
            ("text as shown", self.text.heap_bytes()),
            ("text as searched", self.folded.heap_bytes()),
            ("initials", self.initials.heap_bytes()),
            ("places of abstracts", self.abstracts.texts.heap_bytes()),
            ("words of abstracts", self.word_index().map_or(0, |it| it.bytes_in_memory())),
            ("masks", size_of_val(&*self.masks)),
            ("kinds and traits", size_of_val(&*self.flags)),
            ("hashes of keys", self.keys.heap_bytes()),
            ("years", size_of_val(&*self.years)),
            ("categories", self.categories.heap_bytes() + size_of_val(&*self.category_ids)),
            ("venues", self.venues.heap_bytes() + size_of_val(&*self.venue_ids)),
        ]
    }

    /// What the citation keys of its papers are made of.
    pub fn key_pattern(&self) -> &KeyPattern {
        self.keys.pattern()
    }

    /// What [`Paper::key_hash`] is of each row.
    pub fn key_hashes(&self) -> &[u64] {
        self.keys.hashes()
    }
}
