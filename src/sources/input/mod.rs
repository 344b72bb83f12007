//! The bytes of a source: peeked at, waited for, decompressed.

pub mod compression;
pub mod peek;
pub mod pipe;
