//! A sealed batch of papers: blocks of text, and columns of spans into them.
//!
//! Blocks hold a record a paper, in order, so that a scan of a block is a scan of the papers:
//!
//! - *folded*: `title US authors LF`, folded for matching; either field is followed by the other
//!   spellings of its words, each behind a [`VARIANT`] (`müller RS mueller`);
//! - *initials*: the first letters of the title's words, then LF;
//! - *folded abstracts*, where abstracts are held in memory: the abstract, folded, then LF.
//!
//! Folded text holds no control characters of its own, so the separators cannot be met in it.

use std::borrow::Cow;
use std::ops::Range;

use super::{Abstracts, Kind, Mask, Paper};

/// Joins the names of a paper's authors.
pub const AUTHOR_SEPARATOR: &str = "; ";
/// Ends the title in a folded record.
pub const FIELD_END: char = '\u{1f}';
/// Stands before each other spelling in a folded record.
pub const VARIANT: char = '\u{1e}';
/// Stands between the letter of a fact and its value, and after the value.
pub(super) const FACT_NAME_END: char = '\u{1f}';
pub(super) const FACT_END: char = '\u{1e}';
/// Ends a record of any block.
pub const RECORD_END: char = '\n';

#[derive(Debug, Default)]
pub struct Segment {
    pub(super) text: Box<str>,
    pub(super) rows: Box<[Row]>,
    pub(super) folded: Block,
    /// Where the authors begin in each folded record, as an offset into the block.
    pub(super) folded_authors: Box<[u32]>,
    pub(super) initials: Block,
    pub(super) abstracts: Abstracts,
    pub(super) masks: Box<[Mask]>,
    pub(super) kinds: Box<[Kind]>,
    /// A sum of [`Given`], a row.
    pub(super) given: Box<[u8]>,
    pub(super) key_hashes: Box<[u64]>,
    /// Distinct values of the categories and of the venues; rows hold indices.
    pub(super) categories: Box<[Box<str>]>,
    pub(super) venues: Box<[Box<str>]>,
}

/// A block of records, each ended by [`RECORD_END`].
#[derive(Debug, Default)]
pub struct Block {
    pub(super) text: Box<str>,
    /// Where each record begins, and where the last ends.
    pub(super) starts: Box<[u32]>,
}

/// Where a paper's fields end in the text; each begins where the one before it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) start: u32,
    pub(super) title: u32,
    pub(super) authors: u32,
    pub(super) arxiv: u32,
    pub(super) doi: u32,
    pub(super) urls: u32,
    pub(super) facts: u32,
    pub(super) categories: u16,
    pub(super) venue: u16,
    /// [`NO_YEAR`] where it is unknown.
    pub(super) year: i16,
}

pub(super) const NO_YEAR: i16 = i16::MIN;

/// What is known of an abstract without looking at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// There is one.
    Abstract = 1,
    /// It names a place where code lies.
    Code = 2,
}

/// Records on their way into a block.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) text: String,
    starts: Vec<u32>,
}

impl Records {
    /// Begins a record and returns where.
    pub(super) fn begin(&mut self) -> usize {
        self.starts.push(self.text.len() as u32);
        self.text.len()
    }

    pub(super) fn end(&mut self) {
        self.text.push(RECORD_END);
    }

    pub(super) fn seal(mut self) -> Block {
        self.starts.push(self.text.len() as u32);
        Block { text: self.text.into(), starts: self.starts.into() }
    }
}

impl Block {
    /// All records, in order.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The record of a row, without its end.
    pub fn record(&self, row: u32) -> &str {
        &self.text[self.span(row)]
    }

    /// Where the record of a row lies, without its end.
    pub fn span(&self, row: u32) -> Range<usize> {
        let row = row as usize;
        self.starts[row] as usize..self.starts[row + 1] as usize - RECORD_END.len_utf8()
    }

    /// The row whose record holds this offset into [`Block::text`].
    pub fn row_at(&self, offset: usize) -> u32 {
        (self.starts.partition_point(|&start| start as usize <= offset) as u32).saturating_sub(1)
    }
}

impl Segment {
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The paper in a row.
    ///
    /// # Panics
    ///
    /// Where there is no such row.
    pub fn paper(&self, row: u32) -> Paper<'_> {
        let at = &self.rows[row as usize];
        let text = |from: u32, to: u32| &self.text[from as usize..to as usize];
        Paper {
            title: text(at.start, at.title),
            author_list: text(at.title, at.authors),
            year: self.year(row),
            categories: &self.categories[usize::from(at.categories)],
            venue: &self.venues[usize::from(at.venue)],
            arxiv: text(at.authors, at.arxiv),
            doi: text(at.arxiv, at.doi),
            url_list: text(at.doi, at.urls),
            kind: self.kinds[row as usize],
            fact_list: text(at.urls, at.facts),
            key_hash: self.key_hashes[row as usize],
        }
    }

    /// The paper's abstract, empty where it has none.
    ///
    /// # Errors
    ///
    /// A sentence without its full stop, when it lies in a file that cannot be read any more.
    pub fn abstract_text(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.text(row, self.paper(row).title)
    }

    /// The paper's abstract, folded.
    ///
    /// # Errors
    ///
    /// As [`Segment::abstract_text`].
    pub fn folded_abstract(&self, row: u32) -> Result<Cow<'_, str>, String> {
        self.abstracts.folded(row, self.paper(row).title)
    }

    pub fn has_abstract(&self, row: u32) -> bool {
        self.given[row as usize] & Given::Abstract as u8 != 0
    }

    /// Whether the abstract names a place where code lies.
    pub fn mentions_code(&self, row: u32) -> bool {
        self.given[row as usize] & Given::Code as u8 != 0
    }

    pub fn year(&self, row: u32) -> Option<i16> {
        Some(self.rows[row as usize].year).filter(|&year| year != NO_YEAR)
    }

    /// The index of the row's categories in [`Segment::categories`].
    pub fn category_index(&self, row: u32) -> usize {
        self.rows[row as usize].categories.into()
    }

    /// The index of the row's venue in [`Segment::venues`].
    pub fn venue_index(&self, row: u32) -> usize {
        self.rows[row as usize].venue.into()
    }

    /// Every distinct list of categories that a row has.
    pub fn categories(&self) -> &[Box<str>] {
        &self.categories
    }

    /// Every distinct venue that a row has.
    pub fn venues(&self) -> &[Box<str>] {
        &self.venues
    }

    /// Titles and authors, folded.
    pub fn folded(&self) -> &Block {
        &self.folded
    }

    /// Where the authors begin in the folded record of a row, as an offset into the block.
    pub fn folded_authors(&self, row: u32) -> usize {
        self.folded_authors[row as usize] as usize
    }

    pub fn initials(&self) -> &Block {
        &self.initials
    }

    pub fn abstracts(&self) -> &Abstracts {
        &self.abstracts
    }

    /// The letters of title and authors, other spellings included.
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// The rows whose citation key has this hash.
    pub(super) fn bearers(&self, key_hash: u64) -> impl Iterator<Item = u32> + '_ {
        let hashes = self.key_hashes.iter().zip(0..);
        hashes.filter(move |(hash, _)| **hash == key_hash).map(|(_, row)| row)
    }
}
