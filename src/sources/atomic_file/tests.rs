//! Tests of writing regular files, links and pipes.

use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::*;

/// Returns a directory with one file in it.
fn folder_with(name: &str, text: &str, mode: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, text).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    (folder, file)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    write_with(path, text, FileAccess::Default, SpecialFilePolicy::Refuse)
}

fn write_with(
    path: &Path,
    text: &str,
    access: FileAccess,
    special: SpecialFilePolicy,
) -> io::Result<()> {
    let mut file = AtomicFile::create(path, access, special)?;
    file.write_all(text.as_bytes())?;
    file.commit()
}

fn make_pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
}

#[test]
fn a_file_keeps_its_mode_and_nothing_stays_beside_it() {
    for old_mode in [0o600, 0o640, 0o644, 0o664, 0o755] {
        let (folder, file) = folder_with("refs.bib", "old", old_mode);
        write(&file, "new").unwrap();
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("new", old_mode));
        assert_eq!(names(folder.path()), ["refs.bib"]);
    }
}

#[test]
fn a_private_file_is_the_owners_alone_whatever_it_was() {
    let (folder, file) = folder_with("last", "old", 0o644);
    write_private(&file, "new").unwrap();
    let other = folder.path().join("below/other");
    write_private(&other, "new").unwrap();
    assert_eq!((mode(&file), mode(&other), mode(other.parent().unwrap())), (0o600, 0o600, 0o700));
}

#[test]
fn a_new_file_has_the_mode_that_any_program_gives_it() {
    let (folder, plain) = folder_with("plain", "", 0o600);
    fs::remove_file(&plain).unwrap();
    File::create(&plain).unwrap();
    let file = folder.path().join("new");
    write(&file, "new").unwrap();
    assert_eq!(mode(&file), mode(&plain));
}

#[test]
fn the_file_at_the_end_of_links_is_written_and_the_links_stay() {
    let (folder, file) = folder_with("real.bib", "old", 0o640);
    let other_folder = tempfile::tempdir().unwrap();
    let (first, second) = (other_folder.path().join("first"), other_folder.path().join("second"));
    symlink(&file, &first).unwrap();
    symlink("first", &second).unwrap();
    write(&second, "new").unwrap();
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), mode(&file)), ("new", 0o640));
    assert!(fs::symlink_metadata(&second).unwrap().is_symlink());
    assert_eq!(
        (names(other_folder.path()), names(folder.path())),
        (vec!["first".to_owned(), "second".to_owned()], vec!["real.bib".to_owned()],)
    );
    // A dangling link: its target is created.
    let (dangling, target) = (other_folder.path().join("dangling"), folder.path().join("made"));
    symlink(&target, &dangling).unwrap();
    assert!(would_replace(&dangling));
    write(&dangling, "made").unwrap();
    assert_eq!(fs::read_to_string(target).unwrap(), "made");
    let circle = other_folder.path().join("circle");
    symlink(&circle, &circle).unwrap();
    assert!(write(&circle, "").is_err());
}

#[test]
fn further_hard_links_still_lead_to_the_file() {
    let (folder, file) = folder_with("refs.bib", "a longer text", 0o640);
    let link = folder.path().join("same.bib");
    fs::hard_link(&file, &link).unwrap();
    write(&file, "new").unwrap();
    assert_eq!(fs::read_to_string(&link).unwrap(), "new");
    assert_eq!((fs::metadata(&file).unwrap().nlink(), mode(&file)), (2, 0o640));
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn the_owner_of_a_file_is_kept() {
    let (_folder, file) = folder_with("refs.bib", "old", 0o4640);
    // Only root can change the owner of a file.
    if chown(&file, Some(12), Some(34)).is_err() {
        return;
    }
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    write(&file, "new").unwrap();
    let metadata = fs::metadata(&file).unwrap();
    assert_eq!((metadata.uid(), metadata.gid(), mode(&file)), (12, 34, 0o640));
}

#[test]
fn a_planted_link_under_a_temporary_name_is_neither_followed_nor_removed() {
    let (folder, secret) = folder_with("precious", "precious", 0o600);
    let target = folder.path().join("refs.bib");
    let planted = folder.path().join(".offprint-0123456789abcdef-abcdefABCDEF.tmp");
    symlink(&secret, &planted).unwrap();
    let old = folder.path().join(format!("refs.bib.{}.unfinished", std::process::id()));
    symlink(&secret, &old).unwrap();
    write(&target, "new").unwrap();
    assert_eq!(fs::read_to_string(&secret).unwrap(), "precious");
    assert!(
        fs::symlink_metadata(&planted).is_ok()
            && !fs::symlink_metadata(&target).unwrap().is_symlink()
    );
}

#[test]
fn devices_and_pipes_are_written_and_not_replaced_or_refused_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    make_pipe(&pipe);
    let null = Path::new("/dev/null");
    for path in [null, &pipe] {
        assert!(!would_replace(path));
        let message = write(path, "new").unwrap_err().to_string();
        assert!(message.contains(", not a regular file"), "{message}");
    }
    write_with(null, "new", FileAccess::Default, SpecialFilePolicy::Write).unwrap();
    assert!(fs::metadata(null).unwrap().file_type().is_char_device());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    write_with(&pipe, "through", FileAccess::Default, SpecialFilePolicy::Write).unwrap();
    assert_eq!(reader.join().unwrap(), "through");
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(names(folder.path()), ["pipe"]);
}

#[test]
fn an_open_file_is_added_to_under_its_name_in_proc() {
    use std::os::fd::AsRawFd as _;
    let (_folder, file) = folder_with("output", "before\n", 0o600);
    let open = File::options().append(true).open(&file).unwrap();
    let path = PathBuf::from(format!("/dev/fd/{}", open.as_raw_fd()));
    if !path.exists() {
        return;
    }
    assert!(!would_replace(&path));
    write_with(&path, "after\n", FileAccess::Default, SpecialFilePolicy::Write).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "before\nafter\n");
}

#[test]
fn a_socket_and_a_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for (path, reason) in
        [(socket.as_path(), "is a socket, not a regular file"), (folder.path(), "is a directory")]
    {
        let message = write_with(path, "", FileAccess::Default, SpecialFilePolicy::Write)
            .unwrap_err()
            .to_string();
        assert_eq!(message, reason);
    }
}

#[test]
fn what_is_dropped_before_its_end_leaves_everything_as_it_was() {
    let (folder, file) = folder_with("refs.bib", "old", 0o600);
    let mut dropped =
        AtomicFile::create(&file, FileAccess::Default, SpecialFilePolicy::Refuse).unwrap();
    dropped.write_all("x".repeat(100_000).as_bytes()).unwrap();
    assert_eq!(names(folder.path()).len(), 2);
    drop(dropped);
    assert_eq!((names(folder.path()).len(), fs::read_to_string(&file).unwrap()), (1, "old".into()));
}

#[test]
fn a_file_that_appears_meanwhile_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("refs.bib");
    let file = AtomicFile::create(&path, FileAccess::Default, SpecialFilePolicy::Refuse).unwrap();
    fs::write(&path, "theirs").unwrap();
    assert_eq!(file.commit_new().unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(
        (fs::read_to_string(&path).unwrap(), names(folder.path()).len()),
        ("theirs".into(), 1)
    );
}

#[test]
fn what_a_killed_run_left_is_swept_and_what_is_being_written_is_not() {
    let (folder, file) = folder_with("refs.bib", "old", 0o600);
    let left_over = folder.path().join(".offprint-0123456789abcdef-abcdefABCDEF.tmp");
    let foreign = folder.path().join(".offprint-notes.tmp");
    fs::write(&left_over, "half").unwrap();
    fs::write(&foreign, "mine").unwrap();
    let other = AtomicFile::create_exclusive(&file, FileAccess::Default).unwrap().unwrap();
    assert!(!left_over.exists() && foreign.exists());
    assert!(AtomicFile::create_exclusive(&file, FileAccess::Default).unwrap().is_none());
    write(&file, "new").unwrap();
    other.commit().unwrap();
    assert_eq!(names(folder.path()), [".offprint-notes.tmp", "refs.bib"]);
}

#[test]
fn left_overs_of_other_users_and_pipes_under_their_names_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let [pipe, foreign_file] = ["abcdefabcdef", "ABCDEFABCDEF"]
        .map(|it| folder.path().join(format!(".offprint-0123456789abcdef-{it}.tmp")));
    make_pipe(&pipe);
    fs::write(&foreign_file, "half").unwrap();
    let is_foreign = chown(&foreign_file, Some(12), None).is_ok();
    File::options()
        .write(true)
        .open(&foreign_file)
        .unwrap()
        .set_modified(SystemTime::now() - Duration::from_hours(48))
        .unwrap();
    remove_leftovers(folder.path()).unwrap();
    assert!(pipe.exists());
    assert_eq!(foreign_file.exists(), is_foreign);
}
