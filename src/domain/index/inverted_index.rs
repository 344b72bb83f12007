//! Reads an index: terms, postings and counts, piece by piece.

use super::bit_io::{BitReader, ByteReader};
use super::block::{Block, Words, read_heads, read_list};
use super::layout::{Bytes, Damaged, Extent, Mention, PREFACE, Part, VERSION};
use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// The words of a segment.
#[derive(Debug)]
pub struct WordIndex {
    pub bytes: Arc<dyn Bytes>,
    pub rows: u32,
    /// The first words of the blocks, one behind the other.
    pub first_words: String,
    /// Where each block lies, and where the last one ends.
    pub blocks: Box<[Block]>,
    pub is_whole: bool,
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

    pub fn count(&self) -> usize {
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
    pub fn words_in<'a>(
        &self,
        read: &'a [u8],
        blocks: &Range<usize>,
        block: usize,
    ) -> Result<Words<'a>, Damaged> {
        Ok(Words::new(self.part(read, blocks, block, Part::Words)?, self.first_word(block)))
    }

    /// Reads a part of some blocks that lie behind each other.
    pub fn read(&self, blocks: &Range<usize>, part: Part) -> Result<Cow<'_, [u8]>, Damaged> {
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

pub fn checked(bytes: &[u8], check: u32) -> Result<&[u8], Damaged> {
    if crc32fast::hash(bytes) == check { Ok(bytes) } else { Err(Damaged) }
}
