//! Bytes to lines of text: transcoding, repair of encodings, bounded line lengths.

pub mod lines;
pub mod transcode;
pub mod windows_1252;
