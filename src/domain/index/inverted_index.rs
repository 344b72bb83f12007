//! Reads an index: terms, postings and counts, piece by piece.

use super::bit_io::{BitReader, ByteReader};
use super::block::{BlockMeta, TermIter, read_block_heads, read_postings};
use super::layout::{
    BlockPart, CorruptIndex, HEADER_LEN, INDEX_VERSION, Posting, ReadAt, TermMatch,
};
use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// The words of a segment.
#[derive(Debug)]
pub struct InvertedIndex {
    pub bytes: Arc<dyn ReadAt>,
    pub rows: u32,
    /// The first words of the blocks, one behind the other.
    pub first_words: String,
    /// Where each block lies, and where the last one ends.
    pub blocks: Box<[BlockMeta]>,
    pub is_complete: bool,
}

impl InvertedIndex {
    /// Opens the index of a segment with so many rows.
    ///
    /// # Errors
    ///
    /// When the bytes are no such index.
    pub fn open(bytes: Arc<dyn ReadAt>, rows: u32) -> Result<Self, CorruptIndex> {
        let mut preface = [0; HEADER_LEN / size_of::<u32>()];
        {
            let read = bytes.read(0..HEADER_LEN).map_err(|_| CorruptIndex)?;
            let mut reader = ByteReader(&read);
            for number in &mut preface {
                *number = reader.u32_le()?;
            }
        }
        let [version, its_rows, count, length, check] = preface;
        if version != INDEX_VERSION || its_rows != rows {
            return Err(CorruptIndex);
        }
        let end = HEADER_LEN.checked_add(length as usize).ok_or(CorruptIndex)?;
        let heads = bytes.read(HEADER_LEN..end).map_err(|_| CorruptIndex)?;
        let (first_words, blocks) = read_block_heads(verify_checksum(&heads, check)?, count, end)?;
        drop(heads);
        Ok(Self { bytes, rows, first_words, blocks, is_complete: true })
    }

    /// Whether all abstracts could be read when it was built.
    pub fn is_whole(&self) -> bool {
        self.is_complete
    }

    /// All its bytes, to be opened again.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        let end = self.blocks.last().map_or(0, |it| it.start(BlockPart::Postings));
        self.bytes.read(0..end)
    }

    /// How many bytes it holds in memory.
    pub fn bytes_in_memory(&self) -> usize {
        self.bytes.bytes_in_memory() + self.first_words.len() + size_of_val(&*self.blocks)
    }

    /// Calls for every mention in an abstract of the word, or of any word that begins so; for each
    /// such word in the order of rows.
    ///
    /// # Errors
    ///
    /// When what it has to read is damaged; it may have called before.
    pub fn postings(
        &self,
        text: &str,
        extent: TermMatch,
        each: &mut impl FnMut(Posting),
    ) -> Result<(), CorruptIndex> {
        let text = text.as_bytes();
        let blocks = self.block_range(text, extent);
        let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
        let all_lists = self.read_blocks(&blocks, BlockPart::Postings)?;
        for block in blocks.clone() {
            let mut words = self.block_terms(&all_words, &blocks, block)?;
            let lists = self.block_part(&all_lists, &blocks, block, BlockPart::Postings)?;
            let mut lists = BitReader::new(lists);
            while words.advance()? {
                let extent = match extent {
                    _ if words.text == text => Some(TermMatch::Exact),
                    TermMatch::Prefix if words.text.starts_with(text) => Some(extent),
                    _ => None,
                };
                let (rows, papers) = (self.rows, words.document_frequency);
                match extent {
                    Some(extent) => read_postings(&mut lists, rows, papers, |row, count| {
                        each(Posting { row, term_frequency: count, term_match: extent });
                    }),
                    None => read_postings(&mut lists, rows, papers, |_, _| {}),
                }?;
            }
        }
        Ok(())
    }

    /// Whether an abstract has a word that begins so.
    ///
    /// # Errors
    ///
    /// As [`InvertedIndex::postings`].
    pub fn has_posting_with_prefix(&self, beginning: &str) -> Result<bool, CorruptIndex> {
        let blocks = self.block_range(beginning.as_bytes(), TermMatch::Prefix);
        let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
        for block in blocks.clone() {
            let mut words = self.block_terms(&all_words, &blocks, block)?;
            while words.advance()? {
                if words.document_frequency > 0 && words.text.starts_with(beginning.as_bytes()) {
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
    /// As [`InvertedIndex::postings`].
    pub fn terms(
        &self,
        is_of_interest: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(&str, u32),
    ) -> Result<(), CorruptIndex> {
        let mut at = 0;
        while at < self.block_count() {
            let is_read = |block: &usize| is_of_interest(self.shared_prefix(*block));
            let blocks = at..at + (at..self.block_count()).take_while(is_read).count();
            let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
            for block in blocks.clone() {
                let mut words = self.block_terms(&all_words, &blocks, block)?;
                while words.advance()? {
                    let text = std::str::from_utf8(&words.text).map_err(|_| CorruptIndex)?;
                    each(
                        text,
                        words.document_frequency.saturating_add(words.title_author_frequency),
                    );
                }
            }
            at = blocks.end + 1;
        }
        Ok(())
    }

    pub fn block_count(&self) -> usize {
        self.blocks.len() - 1
    }

    fn first_word(&self, block: usize) -> &str {
        let [from, to] = [block, block + 1].map(|it| self.blocks[it].first_word as usize);
        &self.first_words[from..to]
    }

    /// What all words of the block begin with, as far as the first words tell.
    fn shared_prefix(&self, block: usize) -> &str {
        if block + 1 == self.block_count() {
            return "";
        }
        let (first, next) = (self.first_word(block), self.first_word(block + 1));
        let pairs = first.char_indices().zip(next.chars());
        let end = pairs.take_while(|((_, a), b)| a == b).last();
        &first[..end.map_or(0, |((at, c), _)| at + c.len_utf8())]
    }

    /// The blocks that may hold the word, or the words that begin so.
    fn block_range(&self, text: &[u8], extent: TermMatch) -> Range<usize> {
        let before = |is_before: &dyn Fn(&[u8]) -> bool| {
            let (mut from, mut to) = (0, self.block_count());
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
            TermMatch::Exact => before(&|first| first <= text),
            TermMatch::Prefix => before(&|first| first <= text || first.starts_with(text)),
        };
        let start = before(&|first| first <= text).saturating_sub(1);
        start..end.max(start)
    }

    /// The words of one block among what was read of several.
    ///
    /// # Errors
    ///
    /// When the bytes read are not those that were written.
    pub fn block_terms<'a>(
        &self,
        read: &'a [u8],
        blocks: &Range<usize>,
        block: usize,
    ) -> Result<TermIter<'a>, CorruptIndex> {
        Ok(TermIter::new(
            self.block_part(read, blocks, block, BlockPart::Words)?,
            self.first_word(block),
        ))
    }

    /// Reads a part of some blocks that lie behind each other.
    ///
    /// # Errors
    ///
    /// When the bytes are out of reach.
    pub fn read_blocks(
        &self,
        blocks: &Range<usize>,
        part: BlockPart,
    ) -> Result<Cow<'_, [u8]>, CorruptIndex> {
        let [from, to] = [blocks.start, blocks.end].map(|it| self.blocks[it].start(part));
        self.bytes.read(from..to).map_err(|_| CorruptIndex)
    }

    /// The part of one block among what was read of several.
    fn block_part<'a>(
        &self,
        read: &'a [u8],
        blocks: &Range<usize>,
        block: usize,
        part: BlockPart,
    ) -> Result<&'a [u8], CorruptIndex> {
        let start = self.blocks[blocks.start].start(part);
        let [from, to] = [block, block + 1].map(|it| self.blocks[it].start(part) - start);
        let bytes = read.get(from..to).ok_or(CorruptIndex)?;
        verify_checksum(bytes, self.blocks[block].crc(part))
    }
}

pub fn verify_checksum(bytes: &[u8], check: u32) -> Result<&[u8], CorruptIndex> {
    if crc32fast::hash(bytes) == check { Ok(bytes) } else { Err(CorruptIndex) }
}
