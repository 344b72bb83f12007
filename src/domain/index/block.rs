//! The blocks of an index: their heads, terms and posting lists.

use super::bit_io::{BitReader, ByteReader};
use super::layout::{BlockPart, CorruptIndex};

/// The position of a block in the index, and the checksums of its parts.
#[derive(Debug, Clone, Copy, Default)]
pub struct BlockMeta {
    /// The byte offset of its first word in `InvertedIndex::first_words`.
    pub first_word: u32,
    words: u32,
    words_crc: u32,
    postings: u32,
    postings_crc: u32,
}

impl BlockMeta {
    /// Returns the byte offset of a part in the index.
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

/// Reads the heads of `count` blocks, where `end` is the offset after the heads. Returns the
/// concatenated first words and the blocks, followed by a sentinel that has the end of the last
/// block.
///
/// # Errors
///
/// Fails if the heads end early, a word is not UTF-8, or an offset exceeds 32 bits.
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
    // Postings follow the words of all blocks, so their offsets are known only now.
    let first_word = first_words.len() as u32;
    blocks.push(BlockMeta { first_word, words, postings, ..BlockMeta::default() });
    for block in &mut blocks {
        block.postings = block.postings.checked_add(words).ok_or(CorruptIndex)?;
    }
    Ok((first_words, blocks.into()))
}

/// Iterates over the terms of a block in order.
#[derive(Debug)]
pub struct TermIter<'a> {
    bytes: ByteReader<'a>,
    pub text: Vec<u8>,
    /// The number of abstracts with the word.
    pub document_frequency: u32,
    /// The number of occurrences in titles and author names.
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

    /// Moves to the next word. Returns false at the end.
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

    fn length(&mut self, low_bits: u8) -> Result<usize, CorruptIndex> {
        let excess = if low_bits == LENGTH_ESCAPE { self.bytes.varint()? } else { 0 };
        (excess as usize).checked_add(low_bits.into()).ok_or(CorruptIndex)
    }
}

/// A four-bit length with this value is followed by a number to add to it.
pub const LENGTH_ESCAPE: u8 = 15;

/// Returns the Rice parameter of a posting list: the number of low bits of a gap that are stored in
/// binary, if `count` of `rows` rows are in the list.
pub fn rice_parameter(rows: u32, count: u32) -> u32 {
    (rows / count.max(1)).checked_ilog2().unwrap_or(0)
}

/// Decodes a posting list and calls `visit` with every row and its term frequency.
///
/// # Errors
///
/// Fails if a row is not below `rows` or the bits end early; `visit` may have been called before.
pub fn read_postings(
    bits: &mut BitReader<'_>,
    rows: u32,
    count: u32,
    mut visit: impl FnMut(u32, u32),
) -> Result<(), CorruptIndex> {
    let low = rice_parameter(rows, count);
    let mut next = 0;
    for _ in 0..count {
        let gap = u64::from(bits.unary()?) << low | u64::from(bits.bits(low)?);
        let row = u64::from(next) + gap;
        if row >= u64::from(rows) {
            return Err(CorruptIndex);
        }
        visit(row as u32, bits.unary()? + 1);
        next = row as u32 + 1;
    }
    Ok(())
}
