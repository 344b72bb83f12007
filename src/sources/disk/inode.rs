//! The inode of a file and the time of its last change.

use std::fs;

/// The inode of a file, and when it was changed last, in nanoseconds since 1970.
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
