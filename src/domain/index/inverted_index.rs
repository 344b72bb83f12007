//! Reads an index: terms, postings and counts. Only the block heads are in memory; the rest is read
//! on demand.

use super::bit_io::{BitReader, ByteReader};
use super::block::{BlockMeta, TermIter, read_block_heads, read_postings};
use super::layout::{
    BlockPart, CorruptIndex, FIELD_TERM_START, HEADER_LEN, INDEX_VERSION, Posting, ReadAt,
    TermMatch,
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
    /// The first words of all blocks, concatenated.
    pub first_words: String,
    /// The blocks, followed by a sentinel with the end of the last one.
    pub blocks: Box<[BlockMeta]>,
    pub is_complete: bool,
}

impl InvertedIndex {
    /// Opens the index of a segment with `rows` rows.
    ///
    /// # Errors
    ///
    /// Fails if the bytes cannot be read, or are not an index of this version and number of rows.
    pub fn open(bytes: Arc<dyn ReadAt>, rows: u32) -> Result<Self, CorruptIndex> {
        let mut header = [0; HEADER_LEN / size_of::<u32>()];
        {
            let read = bytes.read(0..HEADER_LEN).map_err(|_| CorruptIndex)?;
            let mut reader = ByteReader(&read);
            for number in &mut header {
                *number = reader.u32_le()?;
            }
        }
        let [version, stored_rows, count, length, check] = header;
        if version != INDEX_VERSION || stored_rows != rows {
            return Err(CorruptIndex);
        }
        let end = HEADER_LEN.checked_add(length as usize).ok_or(CorruptIndex)?;
        let heads = bytes.read(HEADER_LEN..end).map_err(|_| CorruptIndex)?;
        let (first_words, blocks) = read_block_heads(verify_checksum(&heads, check)?, count, end)?;
        drop(heads);
        Ok(Self { bytes, rows, first_words, blocks, is_complete: true })
    }

    /// Returns true if all abstracts could be read when the index was built.
    pub fn is_whole(&self) -> bool {
        self.is_complete
    }

    /// Returns all bytes of the index, for [`InvertedIndex::open`].
    ///
    /// # Errors
    ///
    /// Fails if the index cannot be read.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        let end = self.blocks.last().map_or(0, |it| it.start(BlockPart::Postings));
        self.bytes.read(0..end)
    }

    /// The memory use in bytes.
    pub fn bytes_in_memory(&self) -> usize {
        self.bytes.bytes_in_memory() + self.first_words.len() + size_of_val(&*self.blocks)
    }

    /// Calls `visit` with every posting of the word `text`, or of all words with this prefix. Rows
    /// are in ascending order for each word, not over all words.
    ///
    /// # Errors
    ///
    /// Fails if a block is corrupt; `visit` may have been called before.
    pub fn postings(
        &self,
        text: &str,
        term_match: TermMatch,
        visit: &mut impl FnMut(Posting),
    ) -> Result<(), CorruptIndex> {
        let text = text.as_bytes();
        let blocks = self.block_range(text, term_match);
        let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
        let all_lists = self.read_blocks(&blocks, BlockPart::Postings)?;
        for block in blocks.clone() {
            let mut words = self.block_terms(&all_words, &blocks, block)?;
            let lists = self.block_part(&all_lists, &blocks, block, BlockPart::Postings)?;
            let mut lists = BitReader::new(lists);
            while words.advance()? {
                let term_match = match term_match {
                    _ if words.text == text => Some(TermMatch::Exact),
                    TermMatch::Prefix if words.text.starts_with(text) => Some(term_match),
                    _ => None,
                };
                let (rows, papers) = (self.rows, words.document_frequency);
                match term_match {
                    Some(term_match) => read_postings(&mut lists, rows, papers, |row, count| {
                        visit(Posting { row, term_frequency: count, term_match });
                    }),
                    None => read_postings(&mut lists, rows, papers, |_, _| {}),
                }?;
            }
        }
        Ok(())
    }

    /// Returns true if an abstract has a word with this prefix.
    ///
    /// # Errors
    ///
    /// The same as [`InvertedIndex::postings`].
    pub fn has_posting_with_prefix(&self, prefix: &str) -> Result<bool, CorruptIndex> {
        let blocks = self.block_range(prefix.as_bytes(), TermMatch::Prefix);
        let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
        for block in blocks.clone() {
            let mut words = self.block_terms(&all_words, &blocks, block)?;
            while words.advance()? {
                if words.document_frequency > 0 && words.text.starts_with(prefix.as_bytes()) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Returns true if the index has terms of other fields than title, authors and abstract.
    pub fn has_field_terms(&self) -> bool {
        self.first_words.starts_with(FIELD_TERM_START)
    }

    /// Calls `visit` with every word of titles, authors and abstracts, and the number of abstracts
    /// with it plus its occurrences in titles and authors. `may_match` gets the common prefix of a block's words; if it is
    /// false the block is not read.
    ///
    /// # Errors
    ///
    /// The same as [`InvertedIndex::postings`].
    pub fn terms(
        &self,
        may_match: &dyn Fn(&str) -> bool,
        visit: &mut dyn FnMut(&str, u32),
    ) -> Result<(), CorruptIndex> {
        let mut at = 0;
        while at < self.block_count() {
            let must_read = |block: &usize| {
                let prefix = self.shared_prefix(*block);
                !prefix.starts_with(FIELD_TERM_START) && may_match(prefix)
            };
            let blocks = at..at + (at..self.block_count()).take_while(must_read).count();
            let all_words = self.read_blocks(&blocks, BlockPart::Words)?;
            for block in blocks.clone() {
                let mut words = self.block_terms(&all_words, &blocks, block)?;
                while words.advance()? {
                    let text = std::str::from_utf8(&words.text).map_err(|_| CorruptIndex)?;
                    if text.starts_with(FIELD_TERM_START) {
                        continue;
                    }
                    visit(
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

    /// Returns a common prefix of all words in a block, as far as the first words of this block and
    /// the next show.
    fn shared_prefix(&self, block: usize) -> &str {
        if block + 1 == self.block_count() {
            return "";
        }
        let (first, next) = (self.first_word(block), self.first_word(block + 1));
        let pairs = first.char_indices().zip(next.chars());
        let end = pairs.take_while(|((_, a), b)| a == b).last();
        &first[..end.map_or(0, |((at, c), _)| at + c.len_utf8())]
    }

    /// Returns the blocks that can contain the word, or words with this prefix.
    fn block_range(&self, text: &[u8], term_match: TermMatch) -> Range<usize> {
        let partition_point = |is_before: &dyn Fn(&[u8]) -> bool| {
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
        let end = match term_match {
            TermMatch::Exact => partition_point(&|first| first <= text),
            TermMatch::Prefix => partition_point(&|first| first <= text || first.starts_with(text)),
        };
        let start = partition_point(&|first| first <= text).saturating_sub(1);
        start..end.max(start)
    }

    /// Returns the terms of one block. `read` has the words of all `blocks`.
    ///
    /// # Errors
    ///
    /// Fails if the checksum differs.
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

    /// Reads one part of consecutive blocks.
    ///
    /// # Errors
    ///
    /// Fails if the bytes cannot be read.
    pub fn read_blocks(
        &self,
        blocks: &Range<usize>,
        part: BlockPart,
    ) -> Result<Cow<'_, [u8]>, CorruptIndex> {
        let [from, to] = [blocks.start, blocks.end].map(|it| self.blocks[it].start(part));
        self.bytes.read(from..to).map_err(|_| CorruptIndex)
    }

    /// Returns the part of one block. `read` has this part of all `blocks`.
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
