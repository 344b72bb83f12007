//! Detects network file systems: a write-ahead log is safe on a local disk only.

use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSystem {
    Local,
    Network,
}

/// Returns the kind of file system that holds the file; [`FileSystem::Local`] if unknown.
#[cfg(target_os = "linux")]
pub fn file_system(path: &Path) -> FileSystem {
    match rustix::fs::statfs(path) {
        Ok(info) if is_network(u64::try_from(info.f_type).unwrap_or(0)) => FileSystem::Network,
        _ => FileSystem::Local,
    }
}

#[cfg(target_os = "macos")]
pub fn file_system(path: &Path) -> FileSystem {
    /// `MNT_LOCAL` of `sys/mount.h`.
    const LOCAL: u32 = 0x1000;
    match rustix::fs::statfs(path) {
        Ok(info) if info.f_flags & LOCAL == 0 => FileSystem::Network,
        _ => FileSystem::Local,
    }
}

/// Recognises UNC paths (`\\server\share`), but not the prefix `\\?\` of local paths.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub fn file_system(path: &Path) -> FileSystem {
    let is_share = path.to_string_lossy().starts_with(r"\\") && !path.starts_with(r"\\?\");
    if is_share { FileSystem::Network } else { FileSystem::Local }
}

/// Magic numbers of `statfs(2)`: AFS, Ceph, CIFS, Coda, FUSE, GPFS, Lustre, NCP, NFS, 9P, SMB, SMB2
/// and shared folders of `VirtualBox`. FUSE may be local, but `statfs` does not say.
#[cfg(target_os = "linux")]
fn is_network(magic: u64) -> bool {
    const NETWORK: [u64; 13] = [
        0x5346_414f, 0x00c3_6400, 0xff53_4d42, 0x7375_7245, 0x6573_5546, 0x4750_4653, 0x0bd0_0bd0,
        0x564c, 0x6969, 0x0102_1997, 0x517b, 0xfe53_4d42, 0x786f_4256,
    ];
    // `f_type` is signed on some architectures, so the upper bits may be set.
    NETWORK.contains(&(magic & 0xffff_ffff))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_network_file_system_is_told_by_its_number() {
        assert!(is_network(0x6969) && is_network(0xff53_4d42));
        // ext4, btrfs, tmpfs.
        assert!(![0xef53, 0x9123_683e, 0x0102_1994].into_iter().any(is_network));
        assert_eq!(file_system(&std::env::temp_dir()), FileSystem::Local);
    }
}
