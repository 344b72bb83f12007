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
