//! Inode number and ctime of a file.

use std::fs;

/// Returns the inode number, and the ctime in nanoseconds since 1970. Both are 0 on other systems.
#[cfg(unix)]
pub fn inode_and_ctime(metadata: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let nanoseconds =
        metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec());
    (metadata.ino(), nanoseconds.cast_unsigned())
}

#[cfg(not(unix))]
pub fn inode_and_ctime(_: &fs::Metadata) -> (u64, u64) {
    (0, 0)
}
