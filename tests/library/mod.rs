//! The library under adverse conditions: processes killed while they write, full disks, damaged
//! files, and locks of other processes.

mod damage;
mod kills;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use offprint::domain::{Draft, KeyPattern, Mark, PaperId, PaperMarks};
use offprint::library::{
    Change, ChangeSet, Durability, Library, LibraryCommand, LibraryError, LibraryEvent, OnOff,
    PaperRef, Store, check_library, export, repair,
};
use offprint::sources::LoadEvent;

use crate::support::corpus::segment;
use crate::support::program::OFFPRINT;

const PAPERS: u32 = 50;

/// The papers of every process.
fn papers() -> LoadEvent {
    let paper = |number| Draft {
        title: format!("Paper {number}"),
        arxiv: format!("2401.{:05}", number + 1),
        ..Draft::default()
    };
    LoadEvent::Segment(segment(&(0..PAPERS).map(paper).collect::<Vec<_>>()))
}

/// A library with starred papers, and its file.
fn starred() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.db");
    let mut desk = open(&file).0;
    let (answer, _) = mark(&mut desk, 0..PAPERS, Change::Star(OnOff::On));
    assert!(matches!(answer, LibraryEvent::ChangesApplied(_)));
    (folder, file)
}

/// The library with all papers recognised, its durability, and the number of starred papers.
fn open(file: &Path) -> (Library, Durability, usize) {
    let (mut desk, news) =
        Library::open_store(Some(file.to_owned()), None, KeyPattern::default()).unwrap();
    let standing = news.into_iter().find_map(|it| match it {
        LibraryEvent::Opened(opening) => Some(opening.durability),
        _ => None,
    });
    let news = desk.add_and_recognise(&papers());
    let is_starred = |it: &&(PaperId, PaperMarks)| it.1.marks.contains(&Mark::Starred);
    let marked = news.iter().filter_map(|it| match it {
        LibraryEvent::MarksChanged(papers) => Some(papers.iter().filter(is_starred).count()),
        _ => None,
    });
    let starred = marked.sum();
    (desk, standing.unwrap(), starred)
}

/// The response to a mark, and the number of papers reported as changed.
fn mark(desk: &mut Library, papers: std::ops::Range<u32>, deed: Change) -> (LibraryEvent, usize) {
    let papers = papers.map(|id| PaperRef::Corpus(PaperId(id))).collect();
    let mut news = desk.execute(&LibraryCommand::Record(ChangeSet { changes: vec![deed], papers }));
    let changed = news.iter().filter_map(|it| match it {
        LibraryEvent::MarksChanged(papers) => Some(papers.len()),
        _ => None,
    });
    let changed = changed.sum();
    (news.pop().unwrap(), changed)
}

/// The program runs with this file, reports why changes are not saved, and does not modify the
/// file.
fn is_left_alone(file: &Path, why: &str) -> usize {
    let names = || {
        let names = fs::read_dir(file.parent().unwrap()).map(Iterator::flatten);
        names.into_iter().flatten().map(|it| it.file_name()).collect::<HashSet<_>>()
    };
    let before = (fs::read(file).ok(), names());
    let (mut desk, standing, starred) = open(file);
    let Durability::ThisRunOnly(told) = standing else { panic!("it is kept") };
    assert!(told.contains(why) && told.ends_with("this run only"), "{told}");
    let (answer, changed) = mark(&mut desk, 0..2, Change::Read(OnOff::On));
    assert!(matches!(answer, LibraryEvent::ChangesApplied(_)) && changed == 2, "{answer:?}");
    drop(desk);
    assert_eq!((fs::read(file).ok(), names()), before);
    starred
}

#[test]
fn a_newer_library_and_a_file_of_another_program_are_left_alone() {
    let (_folder, file) = starred();
    let database = rusqlite::Connection::open(&file).unwrap();
    database.pragma_update(None, "journal_mode", "delete").unwrap();
    database.pragma_update(None, "user_version", 99).unwrap();
    is_left_alone(&file, "written by a newer offprint");
    database.pragma_update(None, "user_version", 1).unwrap();
    database.pragma_update(None, "application_id", 7).unwrap();
    drop(database);
    is_left_alone(&file, "not an Offprint library");
    fs::remove_file(&file).unwrap();
    // A database without an application id is left alone too.
    let database = rusqlite::Connection::open(&file).unwrap();
    database.execute_batch("CREATE TABLE entry(a, b); INSERT INTO entry VALUES (1, 2)").unwrap();
    drop(database);
    is_left_alone(&file, "not an Offprint library");
    assert!(matches!(repair(&file), Err(LibraryError::Damaged { .. })));
    is_left_alone(&file, "not an Offprint library");
    fs::write(&file, "Dear diary, today I read nothing at all, and it was a fine day.").unwrap();
    is_left_alone(&file, "not an Offprint library");
}

#[test]
fn a_library_that_cannot_be_made_is_done_without() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    is_left_alone(&file.join("library.db"), "library.db: ");
}

/// Runs a test of this file as the user `nobody`, who lacks permissions.
#[cfg(unix)]
fn run_as_nobody(test: &str) {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // Other users cannot read the build folder, so the test binary is copied. A separate process
    // makes the copy: a child being spawned would inherit the open file, which then could not be
    // executed.
    let program = folder.path().join("tests");
    let mut copy = Command::new("cp");
    copy.arg(std::env::current_exe().unwrap()).arg(&program);
    assert!(copy.status().unwrap().success());
    let mut command = Command::new(program);
    command.args(["--exact", test]).current_dir(folder.path()).env("TMPDIR", folder.path());
    let output = command.uid(NOBODY).gid(NOBODY).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_library_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    if rustix::process::geteuid().is_root() {
        return run_as_nobody("library::a_library_that_may_only_be_read_is_read");
    }
    let (folder, file) = starred();
    let database = rusqlite::Connection::open(&file).unwrap();
    database.pragma_update(None, "journal_mode", "delete").unwrap();
    drop(database);
    let permit = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    permit(&file, 0o400);
    assert_eq!(is_left_alone(&file, "library.db"), PAPERS as usize);
    permit(folder.path(), 0o500);
    assert_eq!(is_left_alone(&file, "library.db"), PAPERS as usize);
    assert_eq!(is_left_alone(&file.with_file_name("another.db"), "another.db: "), 0);
    permit(folder.path(), 0o700);
}

#[test]
fn a_library_that_another_program_holds_from_the_start_is_read_and_left_alone() {
    let (_folder, file) = starred();
    let other = rusqlite::Connection::open(&file).unwrap();
    other.pragma_update(None, "journal_mode", "delete").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(is_left_alone(&file, "locked by another program"), PAPERS as usize);
}

#[test]
fn a_library_that_another_program_holds_is_said_to_be_held() {
    let (_folder, file) = starred();
    let (mut desk, ..) = open(&file);
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (answer, changed) = mark(&mut desk, 0..1, Change::Read(OnOff::On));
    let LibraryEvent::Failed(why) = answer else { panic!("it is held, and yet {answer:?}") };
    assert!(why.contains("locked by another program") && changed == 0, "{why}");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(matches!(
        mark(&mut desk, 0..1, Change::Read(OnOff::On)).0,
        LibraryEvent::ChangesApplied(_)
    ));
}

#[test]
fn on_a_full_disk_a_mark_fails_with_a_sentence_and_what_was_there_stays() {
    let (_folder, file) = starred();
    let before = {
        let mut text = Vec::new();
        export(&Store::open(&file).unwrap().store, &mut text).unwrap();
        text
    };
    let program = OFFPRINT;
    let notes = file.with_file_name("far.jsonl");
    let far = "x".repeat(4 << 20);
    let header = r#"{"is":"library","form":1}"#;
    let entry = format!(
        r#"{{"is":"entry","id":"00000000000000ff-1","act":1,"at":1,"aspect":"query:a","value":"{far}"}}"#
    );
    fs::write(&notes, format!("{header}\n{entry}\n")).unwrap();
    // Limits files to a megabyte, like a full disk.
    let script = format!(
        "ulimit -f 1024; trap '' XFSZ; exec '{program}' --library '{}' library import '{}'",
        file.display(),
        notes.display()
    );
    if cfg!(unix) {
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("disk or your quota is full"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
    let mut store = Store::open(&file).unwrap().store;
    let mut after = Vec::new();
    export(&store, &mut after).unwrap();
    assert!(after == before, "what was there is there, and nothing else");
    assert!(check_library(&mut store).unwrap().damage.is_empty());
}
