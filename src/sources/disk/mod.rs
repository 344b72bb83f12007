//! Access to files on a disk: regular files only, reads at an offset, free space.

pub mod inode;
pub mod positional_io;
pub mod regular_file;
pub mod space;
