//! The words of a segment: which abstracts hold them, how often, and what other words there are.
//!
//! An index is bytes, the same in memory and in a file, and is read piecemeal. Words lie sorted in
//! blocks; only the first word of each block is kept in memory. For each word there are the rows
//! whose abstracts hold it, with a count, and how often titles and authors do. All numbers are
//! little-endian; *n* stands for a number of seven bits a byte, the lowest first.
//!
//! ```text
//! index     version u32, rows u32, blocks u32, length of the heads u32, CRC-32 of the heads u32,
//!           heads, words of each block, postings of each block
//! head      length of its first word n, the word, length of its words n, their CRC-32 u32,
//!           length of its postings n, their CRC-32 u32
//! word      bytes shared with the word before << 4 | bytes that follow, u8; where either is 15,
//!           what it is beyond 15 n; the bytes that follow;
//!           papers << 1 | whether titles or authors have it n; how often they do, if so, n
//! postings  bits, the lowest of each byte first: for each row the gap to the one before as a
//!           Golomb-Rice code, and its count, at most 8, less one as so many ones and a zero
//! ```

mod bits;
mod block;
mod build;
#[cfg(test)]
mod tests;
mod union;
mod vocabulary;

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use bits::{BitReader, ByteReader};
use block::{Block, Words, read_heads, read_list};
pub use build::WordIndexBuilder;

const VERSION: u32 = 1;
/// Bytes before the heads.
const PREFACE: usize = 20;
/// Words in a block.
const BLOCK: usize = 64;
/// What occurs more often in an abstract counts as often as this.
pub const MOST_COUNTED: u32 = 8;

/// Bytes that are read piecemeal: in memory, or a part of a file.
pub trait Bytes: fmt::Debug + Send + Sync {
    /// How many of them are in memory.
    fn held(&self) -> usize;

    /// # Errors
    ///
    /// When they are not there, or cannot be read.
    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>>;
}

impl Bytes for Box<[u8]> {
    fn held(&self) -> usize {
        self.len()
    }

    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        self.get(range).map(Cow::Borrowed).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// The bytes are not those that were written, or are out of reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

/// The words of a segment.
#[derive(Debug)]
pub struct WordIndex {
    bytes: Arc<dyn Bytes>,
    rows: u32,
    /// The first words of the blocks, one behind the other.
    first_words: String,
    /// Where each block lies, and where the last one ends.
    blocks: Box<[Block]>,
    is_whole: bool,
}

/// A word that is looked for, or a word that begins so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Whole,
    Beginning,
}

/// A word in the abstract of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub row: u32,
    /// How often, at most [`MOST_COUNTED`].
    pub count: u32,
    pub extent: Extent,
}

impl WordIndex {
    /// Opens the index of a segment with so many rows.
    ///
    /// # Errors
    ///
    /// When the bytes are no such index.
    pub fn open(bytes: Arc<dyn Bytes>, rows: u32) -> Result<Self, Damaged> {
        let mut preface = [0; PREFACE / size_of::<u32>()];
        {
            let read = bytes.read(0..PREFACE).map_err(|_| Damaged)?;
            let mut reader = ByteReader(&read);
            for number in &mut preface {
                *number = reader.wide()?;
            }
        }
        let [version, its_rows, count, length, check] = preface;
        if version != VERSION || its_rows != rows {
            return Err(Damaged);
        }
        let end = PREFACE.checked_add(length as usize).ok_or(Damaged)?;
        let heads = bytes.read(PREFACE..end).map_err(|_| Damaged)?;
        let (first_words, blocks) = read_heads(checked(&heads, check)?, count, end)?;
        drop(heads);
        Ok(Self { bytes, rows, first_words, blocks, is_whole: true })
    }

    /// Whether all abstracts could be read when it was built.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// All its bytes, to be opened again.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        let end = self.blocks.last().map_or(0, |it| it.start(Part::Postings));
        self.bytes.read(0..end)
    }

    /// How many bytes it holds in memory.
    pub fn held(&self) -> usize {
        self.bytes.held() + self.first_words.len() + size_of_val(&*self.blocks)
    }

    /// Calls for every mention in an abstract of the word, or of any word that begins so; for each
    /// such word in the order of rows.
    ///
    /// # Errors
    ///
    /// When what it has to read is damaged; it may have called before.
    pub fn mentions(
        &self,
        text: &str,
        extent: Extent,
        each: &mut impl FnMut(Mention),
    ) -> Result<(), Damaged> {
        let text = text.as_bytes();
        let blocks = self.blocks_of(text, extent);
        let all_words = self.read(&blocks, Part::Words)?;
        let all_lists = self.read(&blocks, Part::Postings)?;
        for block in blocks.clone() {
            let mut words = self.words_in(&all_words, &blocks, block)?;
            let lists = self.part(&all_lists, &blocks, block, Part::Postings)?;
            let mut lists = BitReader::new(lists);
            while words.advance()? {
                let extent = match extent {
                    _ if words.text == text => Some(Extent::Whole),
                    Extent::Beginning if words.text.starts_with(text) => Some(extent),
                    _ => None,
                };
                let (rows, papers) = (self.rows, words.papers);
                match extent {
                    Some(extent) => read_list(&mut lists, rows, papers, |row, count| {
                        each(Mention { row, count, extent });
                    }),
                    None => read_list(&mut lists, rows, papers, |_, _| {}),
                }?;
            }
        }
        Ok(())
    }

    /// Whether an abstract has a word that begins so.
    ///
    /// # Errors
    ///
    /// As [`WordIndex::mentions`].
    pub fn has_mention(&self, beginning: &str) -> Result<bool, Damaged> {
        let blocks = self.blocks_of(beginning.as_bytes(), Extent::Beginning);
        let all_words = self.read(&blocks, Part::Words)?;
        for block in blocks.clone() {
            let mut words = self.words_in(&all_words, &blocks, block)?;
            while words.advance()? {
                if words.papers > 0 && words.text.starts_with(beginning.as_bytes()) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Calls with every word of titles, authors and abstracts, and with how many abstracts have it
    /// and how often it occurs elsewhere, together. Words may be left out that begin as
    /// none does that is of interest.
    ///
    /// # Errors
    ///
    /// As [`WordIndex::mentions`].
    pub fn words(
        &self,
        is_of_interest: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(&str, u32),
    ) -> Result<(), Damaged> {
        let mut at = 0;
        while at < self.count() {
            let is_read = |block: &usize| is_of_interest(self.shared_beginning(*block));
            let blocks = at..at + (at..self.count()).take_while(is_read).count();
            let all_words = self.read(&blocks, Part::Words)?;
            for block in blocks.clone() {
                let mut words = self.words_in(&all_words, &blocks, block)?;
                while words.advance()? {
                    let text = std::str::from_utf8(&words.text).map_err(|_| Damaged)?;
                    each(text, words.papers.saturating_add(words.elsewhere));
                }
            }
            at = blocks.end + 1;
        }
        Ok(())
    }

    fn count(&self) -> usize {
        self.blocks.len() - 1
    }

    fn first_word(&self, block: usize) -> &str {
        let [from, to] = [block, block + 1].map(|it| self.blocks[it].first_word as usize);
        &self.first_words[from..to]
    }

    /// What all words of the block begin with, as far as the first words tell.
    fn shared_beginning(&self, block: usize) -> &str {
        if block + 1 == self.count() {
            return "";
        }
        let (first, next) = (self.first_word(block), self.first_word(block + 1));
        let pairs = first.char_indices().zip(next.chars());
        let end = pairs.take_while(|((_, a), b)| a == b).last();
        &first[..end.map_or(0, |((at, c), _)| at + c.len_utf8())]
    }

    /// The blocks that may hold the word, or the words that begin so.
    fn blocks_of(&self, text: &[u8], extent: Extent) -> Range<usize> {
        let before = |is_before: &dyn Fn(&[u8]) -> bool| {
            let (mut from, mut to) = (0, self.count());
            while from < to {
                let middle = from.midpoint(to);
                if is_before(self.first_word(middle).as_bytes()) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            from
        };
        let end = match extent {
            Extent::Whole => before(&|first| first <= text),
            Extent::Beginning => before(&|first| first <= text || first.starts_with(text)),
        };
        let start = before(&|first| first <= text).saturating_sub(1);
        start..end.max(start)
    }

    /// The words of one block among what was read of several.
    fn words_in<'a>(
        &self,
        read: &'a [u8],
        blocks: &Range<usize>,
        block: usize,
    ) -> Result<Words<'a>, Damaged> {
        Ok(Words::new(self.part(read, blocks, block, Part::Words)?, self.first_word(block)))
    }

    /// Reads a part of some blocks that lie behind each other.
    fn read(&self, blocks: &Range<usize>, part: Part) -> Result<Cow<'_, [u8]>, Damaged> {
        let [from, to] = [blocks.start, blocks.end].map(|it| self.blocks[it].start(part));
        self.bytes.read(from..to).map_err(|_| Damaged)
    }

    /// The part of one block among what was read of several.
    fn part<'a>(
        &self,
        read: &'a [u8],
        blocks: &Range<usize>,
        block: usize,
        part: Part,
    ) -> Result<&'a [u8], Damaged> {
        let start = self.blocks[blocks.start].start(part);
        let [from, to] = [block, block + 1].map(|it| self.blocks[it].start(part) - start);
        let bytes = read.get(from..to).ok_or(Damaged)?;
        checked(bytes, self.blocks[block].check(part))
    }
}

/// The parts of a block.
#[derive(Debug, Clone, Copy)]
enum Part {
    Words,
    Postings,
}

fn checked(bytes: &[u8], check: u32) -> Result<&[u8], Damaged> {
    if crc32fast::hash(bytes) == check { Ok(bytes) } else { Err(Damaged) }
}
