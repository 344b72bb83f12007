//! Input of a source: peeking, waiting, decompression.

pub mod compression;
pub mod peek;
pub mod pipe;
