//! The blocks of an index: their heads, their words and their lists of rows.

use super::bit_io::{BitReader, ByteReader};
use super::layout::{BlockPart, CorruptIndex};

/// Where a block lies in the index, and what its bytes add up to.
#[derive(Debug, Clone, Copy, Default)]
pub struct BlockMeta {
    /// Where its first word begins among the first words.
    pub first_word: u32,
    words: u32,
    words_crc: u32,
    postings: u32,
    postings_crc: u32,
}

impl BlockMeta {
    /// Where a part begins.
    pub fn start(&self, part: BlockPart) -> usize {
        match part {
            BlockPart::Words => self.words as usize,
            BlockPart::Postings => self.postings as usize,
        }
    }

    pub fn crc(&self, part: BlockPart) -> u32 {
        match part {
            BlockPart::Words => self.words_crc,
            BlockPart::Postings => self.postings_crc,
        }
    }
}

/// Reads the heads of so many blocks, which end at `end`: the first words, and the blocks with
/// where the last one ends behind them.
pub fn read_block_heads(
    heads: &[u8],
    count: u32,
    end: usize,
) -> Result<(String, Box<[BlockMeta]>), CorruptIndex> {
    let mut reader = ByteReader(heads);
    let (mut first_words, mut blocks) = (String::new(), Vec::new());
    let mut words = u32::try_from(end).map_err(|_| CorruptIndex)?;
    let mut postings: u32 = 0;
    for _ in 0..count {
        let first_word = first_words.len() as u32;
        let length = reader.varint()? as usize;
        let word = std::str::from_utf8(reader.bytes(length)?).map_err(|_| CorruptIndex)?;
        first_words.push_str(word);
        let (words_length, words_check) = (reader.varint()?, reader.u32_le()?);
        let (postings_length, postings_check) = (reader.varint()?, reader.u32_le()?);
        blocks.push(BlockMeta {
            first_word,
            words,
            words_crc: words_check,
            postings,
            postings_crc: postings_check,
        });
        words = words.checked_add(words_length).ok_or(CorruptIndex)?;
        postings = postings.checked_add(postings_length).ok_or(CorruptIndex)?;
    }
    // The postings lie behind the words of all blocks.
    let first_word = first_words.len() as u32;
    blocks.push(BlockMeta { first_word, words, postings, ..BlockMeta::default() });
    for block in &mut blocks {
        block.postings = block.postings.checked_add(words).ok_or(CorruptIndex)?;
    }
    Ok((first_words, blocks.into()))
}

/// The words of a block, one after the other.
#[derive(Debug)]
pub struct TermIter<'a> {
    bytes: ByteReader<'a>,
    pub text: Vec<u8>,
    /// How many abstracts have the word.
    pub document_frequency: u32,
    /// How often titles and authors do.
    pub title_author_frequency: u32,
}

impl<'a> TermIter<'a> {
    pub fn new(bytes: &'a [u8], first_word: &str) -> Self {
        Self {
            bytes: ByteReader(bytes),
            text: first_word.into(),
            document_frequency: 0,
            title_author_frequency: 0,
        }
    }

    /// Goes to the next word, if there is one.
    pub fn advance(&mut self) -> Result<bool, CorruptIndex> {
        if self.bytes.0.is_empty() {
            return Ok(false);
        }
        let lengths = self.bytes.byte()?;
        let (shared, rest) = (self.length(lengths >> 4)?, self.length(lengths & LENGTH_ESCAPE)?);
        if shared > self.text.len() {
            return Err(CorruptIndex);
        }
        self.text.truncate(shared);
        self.text.extend_from_slice(self.bytes.bytes(rest)?);
        let papers = self.bytes.varint()?;
        self.document_frequency = papers >> 1;
        self.title_author_frequency = if papers & 1 == 1 { self.bytes.varint()? } else { 0 };
        Ok(true)
    }

    fn length(&mut self, short: u8) -> Result<usize, CorruptIndex> {
        let beyond = if short == LENGTH_ESCAPE { self.bytes.varint()? } else { 0 };
        (beyond as usize).checked_add(short.into()).ok_or(CorruptIndex)
    }
}

/// A length that is not told in four bits.
pub const LENGTH_ESCAPE: u8 = 15;

/// How many bits of a gap between rows are written as they are, where so many rows of the segment
/// are listed.
pub fn rice_parameter(rows: u32, listed: u32) -> u32 {
    (rows / listed.max(1)).checked_ilog2().unwrap_or(0)
}

/// Calls with each row of a list and its count.
pub fn read_postings(
    bits: &mut BitReader<'_>,
    rows: u32,
    listed: u32,
    mut each: impl FnMut(u32, u32),
) -> Result<(), CorruptIndex> {
    let low = rice_parameter(rows, listed);
    let mut next = 0;
    for _ in 0..listed {
        let gap = u64::from(bits.unary()?) << low | u64::from(bits.bits(low)?);
        let row = u64::from(next) + gap;
        if row >= u64::from(rows) {
            return Err(CorruptIndex);
        }
        each(row as u32, bits.unary()? + 1);
        next = row as u32 + 1;
    }
    Ok(())
}
