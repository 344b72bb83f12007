//! The blocks of an index: their heads, their words and their lists of rows.

use super::bit_io::{BitReader, ByteReader};
use super::layout::{Damaged, Part};

/// Where a block lies in the index, and what its bytes add up to.
#[derive(Debug, Clone, Copy, Default)]
pub struct Block {
    /// Where its first word begins among the first words.
    pub first_word: u32,
    words: u32,
    words_check: u32,
    postings: u32,
    postings_check: u32,
}

impl Block {
    /// Where a part begins.
    pub fn start(&self, part: Part) -> usize {
        match part {
            Part::Words => self.words as usize,
            Part::Postings => self.postings as usize,
        }
    }

    pub fn check(&self, part: Part) -> u32 {
        match part {
            Part::Words => self.words_check,
            Part::Postings => self.postings_check,
        }
    }
}

/// Reads the heads of so many blocks, which end at `end`: the first words, and the blocks with
/// where the last one ends behind them.
pub fn read_heads(heads: &[u8], count: u32, end: usize) -> Result<(String, Box<[Block]>), Damaged> {
    let mut reader = ByteReader(heads);
    let (mut first_words, mut blocks) = (String::new(), Vec::new());
    let mut words = u32::try_from(end).map_err(|_| Damaged)?;
    let mut postings: u32 = 0;
    for _ in 0..count {
        let first_word = first_words.len() as u32;
        let length = reader.number()? as usize;
        let word = std::str::from_utf8(reader.bytes(length)?).map_err(|_| Damaged)?;
        first_words.push_str(word);
        let (words_length, words_check) = (reader.number()?, reader.wide()?);
        let (postings_length, postings_check) = (reader.number()?, reader.wide()?);
        blocks.push(Block { first_word, words, words_check, postings, postings_check });
        words = words.checked_add(words_length).ok_or(Damaged)?;
        postings = postings.checked_add(postings_length).ok_or(Damaged)?;
    }
    // The postings lie behind the words of all blocks.
    let first_word = first_words.len() as u32;
    blocks.push(Block { first_word, words, postings, ..Block::default() });
    for block in &mut blocks {
        block.postings = block.postings.checked_add(words).ok_or(Damaged)?;
    }
    Ok((first_words, blocks.into()))
}

/// The words of a block, one after the other.
#[derive(Debug)]
pub struct Words<'a> {
    bytes: ByteReader<'a>,
    pub text: Vec<u8>,
    /// How many abstracts have the word.
    pub papers: u32,
    /// How often titles and authors do.
    pub elsewhere: u32,
}

impl<'a> Words<'a> {
    pub fn new(bytes: &'a [u8], first_word: &str) -> Self {
        Self { bytes: ByteReader(bytes), text: first_word.into(), papers: 0, elsewhere: 0 }
    }

    /// Goes to the next word, if there is one.
    pub fn advance(&mut self) -> Result<bool, Damaged> {
        if self.bytes.0.is_empty() {
            return Ok(false);
        }
        let lengths = self.bytes.byte()?;
        let (shared, rest) = (self.length(lengths >> 4)?, self.length(lengths & LONG)?);
        if shared > self.text.len() {
            return Err(Damaged);
        }
        self.text.truncate(shared);
        self.text.extend_from_slice(self.bytes.bytes(rest)?);
        let papers = self.bytes.number()?;
        self.papers = papers >> 1;
        self.elsewhere = if papers & 1 == 1 { self.bytes.number()? } else { 0 };
        Ok(true)
    }

    fn length(&mut self, short: u8) -> Result<usize, Damaged> {
        let beyond = if short == LONG { self.bytes.number()? } else { 0 };
        (beyond as usize).checked_add(short.into()).ok_or(Damaged)
    }
}

/// A length that is not told in four bits.
pub const LONG: u8 = 15;

/// How many bits of a gap between rows are written as they are, where so many rows of the segment
/// are listed.
pub fn low_bits(rows: u32, listed: u32) -> u32 {
    (rows / listed.max(1)).checked_ilog2().unwrap_or(0)
}

/// Calls with each row of a list and its count.
pub fn read_list(
    bits: &mut BitReader<'_>,
    rows: u32,
    listed: u32,
    mut each: impl FnMut(u32, u32),
) -> Result<(), Damaged> {
    let low = low_bits(rows, listed);
    let mut next = 0;
    for _ in 0..listed {
        let gap = u64::from(bits.unary()?) << low | u64::from(bits.number(low)?);
        let row = u64::from(next) + gap;
        if row >= u64::from(rows) {
            return Err(Damaged);
        }
        each(row as u32, bits.unary()? + 1);
        next = row as u32 + 1;
    }
    Ok(())
}
