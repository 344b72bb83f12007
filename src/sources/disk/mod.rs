//! Access to the disk: regular files, reads at an offset, free space.

pub mod error_text;
pub mod inode;
pub mod positional_io;
pub mod regular_file;
pub mod space;
