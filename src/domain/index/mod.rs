//! The inverted index of a segment: the abstracts that have a word, the word's frequency in each,
//! and the frequencies of words in titles and authors. Text without blanks between words is indexed
//! by its pairs of characters; see [`index_terms`](crate::text::index_terms).
//!
//! Words of other fields, such as keywords, are terms of their own: each begins with a
//! [`FIELD_TERM_START`](layout::FIELD_TERM_START), so that they sort before all others.
//!
//! An index is a sequence of bytes, the same in memory and in a file, and is read in ranges. Words
//! are sorted and stored in blocks; only the first word of each block is kept in memory. All
//! numbers are little-endian; *n* is a LEB128 number: seven bits per byte, the lowest first.
//!
//! The format is our own: the `fst` crate needs the whole map in memory or `mmap`, which needs
//! `unsafe` code, and compressed bitmaps without counts are larger than the Golomb-Rice lists with
//! them.
//!
//! ```text
//! index  version u32, rows u32, blocks u32, length of the heads u32, CRC-32 of the heads u32,
//!     heads, words of each block, postings of each block
//! head   length of its first word n, the word, length of its words n, their CRC-32 u32,
//!     length of its postings n, their CRC-32 u32
//! word   bytes shared with the previous word << 4 | bytes that follow, u8; for each that is 15,
//!     the excess over 15 n; the bytes that follow;
//!     abstracts << 1 | 1 if titles or authors have it n; occurrences in these, if any, n
//! postings  bits, the lowest of each byte first: for each row the gap from the previous row as
//!     a Golomb-Rice code, and its count, at most 8, minus one in unary: ones and a zero
//! ```

pub mod bit_io;
pub mod block;
pub mod builder;
pub mod inverted_index;
pub mod layout;
pub mod merge;
pub mod term_table;
#[cfg(test)]
mod tests;

pub use builder::IndexBuilder;
