//! Converts bytes to lines of text: transcoding, repair of invalid UTF-8, bounded line lengths.

pub mod lines;
pub mod transcode;
pub mod windows_1252;
