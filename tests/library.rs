//! The library under the worst of circumstances: processes killed while they write, full disks,
//! files that are damaged or held by others.
//!
//! `OFFPRINT_KILLS` says how often a process is killed, 40 times where nothing is said.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stdout, reason = "the figures are part of what is shown")]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use offprint::domain::{Draft, Mark, Marked, Marks, PaperId, SegmentBuilder};
use offprint::library::{
    Act, Deed, Derived, Desk, LibraryError, News, Standing, Store, Switch, Task, Which, check,
    export, rescue,
};
use offprint::shell::Librarian;
use offprint::sources::Loading;

const CHILD: &str = "OFFPRINT_TEST_LIBRARY";
const PAPERS: u32 = 50;

/// Papers that every process has.
fn papers() -> Loading {
    let mut builder = SegmentBuilder::default();
    for number in 0..PAPERS {
        let arxiv = format!("2401.{:05}", number + 1);
        let title = format!("Paper {number}");
        builder.push(&Draft { title, arxiv, ..Draft::default() }, 0);
    }
    Loading::Segment(builder.seal())
}

fn tag(name: &str) -> Task {
    let deeds = vec![Deed::Tag(name.to_owned(), Switch::On)];
    let number: u32 = name.bytes().fold(7, |hash, it| hash * 31 % 65_521 + u32::from(it));
    Task::Record(Act { deeds, papers: vec![Which::Paper(PaperId(number % PAPERS))] })
}

/// What a killed process does until then: acts one after the other, each told when its notice has
/// come; now and then it takes the last back, which is told before and after.
fn act_until_killed(file: &Path) {
    let (sender, news) = channel();
    let librarian = Librarian::start(
        Some(file.to_owned()),
        Some("papers".to_owned()),
        |why| panic!("{why}"),
        move |_, it| sender.send(it).unwrap(),
    );
    librarian.arrived(&papers());
    let mut shown = std::io::stdout().lock();
    let mut say = |text: &str| {
        // One write: what is seen of it is all of it.
        shown.write_all(format!("{text}\n").as_bytes()).unwrap();
        shown.flush().unwrap();
    };
    let wait = || {
        let is_answer = |it: &News| matches!(it, News::Done(_) | News::Failed(_) | News::Told(_));
        match news.iter().find(is_answer) {
            Some(News::Done(_)) => {}
            other => panic!("no receipt but {other:?}"),
        }
    };
    for number in 0.. {
        let name = format!("{}-{number}", std::process::id());
        librarian.ask(tag(&name));
        wait();
        say(&format!("did {name}"));
        if number % 5 == 4 {
            say(&format!("undoing {name}"));
            librarian.ask(Task::Undo);
            wait();
            say(&format!("undid {name}"));
        }
    }
}

struct Victim {
    child: Child,
    told: std::thread::JoinHandle<Vec<String>>,
}

impl Victim {
    fn start(file: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "every_act_that_was_shown_outlives_a_kill", "--nocapture"])
            .env(CHILD, file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = std::thread::spawn(move || lines.map_while(Result::ok).collect());
        Self { child, told }
    }

    /// Everything that it told before it was killed.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.told.join().unwrap()
    }
}

/// Tags that papers have.
fn tags(file: &Path) -> HashSet<String> {
    let (mut desk, _) = Desk::open(Some(file.to_owned()), None).unwrap();
    let mut marks = Marks::default();
    for it in desk.arrive(&papers()) {
        if let News::Marked(papers) = it {
            for (id, marked) in &papers {
                marks.put(*id, marked);
            }
        }
    }
    marks.tags().map(|(tag, _)| tag.to_owned()).collect()
}

#[test]
fn every_act_that_was_shown_outlives_a_kill() {
    if let Some(file) = std::env::var_os(CHILD) {
        return act_until_killed(Path::new(&file));
    }
    let kills: usize =
        std::env::var("OFFPRINT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(40);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.db");
    let (mut expected, mut unknown) = (HashSet::new(), HashSet::new());
    let (mut killed, mut acts) = (0, 0);
    let mut random = 12_345_u64;
    while killed < kills {
        let victims: Vec<Victim> = (0..3).map(|_| Victim::start(&file)).collect();
        let (_never, waiting) = channel::<()>();
        for victim in victims {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // The moment of the kill is any; nothing is waited for.
            let _ = waiting.recv_timeout(Duration::from_millis(random >> 33 & 127));
            for line in victim.kill() {
                match line.split_once(' ') {
                    Some(("did", name)) => {
                        acts += 1;
                        expected.insert(name.to_owned());
                    }
                    Some(("undoing", name)) => {
                        expected.remove(name);
                        unknown.insert(name.to_owned());
                    }
                    Some(("undid", name)) => {
                        acts += 1;
                        unknown.remove(name);
                    }
                    _ => {}
                }
            }
            killed += 1;
        }
        let there = tags(&file);
        let lost: Vec<_> = expected.difference(&there).collect();
        assert!(lost.is_empty(), "lost after {killed} kills: {lost:?}");
        let report = check(&mut Store::open(&file).unwrap().store).unwrap();
        assert!(report.damage.is_empty(), "{:?}", report.damage);
        assert_eq!(report.derived, Derived::InOrder);
    }
    let undone = expected.iter().chain(&unknown).count();
    let there = tags(&file).len();
    // An act that was done and not yet told may be there: at most one a process.
    assert!(there <= undone + killed, "{there} tags, {undone} told");
    println!("{killed} kills, {acts} acts shown, none lost");
}

/// A library with a paper starred, and its file.
fn starred() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.db");
    let mut desk = open(&file).0;
    let (answer, _) = mark(&mut desk, 0..PAPERS, Deed::Star(Switch::On));
    assert!(matches!(answer, News::Done(_)));
    (folder, file)
}

/// The library with all papers in sight, how it stands, and what is starred.
fn open(file: &Path) -> (Desk, Standing, usize) {
    let (mut desk, news) = Desk::open(Some(file.to_owned()), None).unwrap();
    let standing = news.into_iter().find_map(|it| match it {
        News::Opened(opening) => Some(opening.standing),
        _ => None,
    });
    let news = desk.arrive(&papers());
    let is_starred = |it: &&(PaperId, Marked)| it.1.marks.contains(&Mark::Starred);
    let marked = news.iter().filter_map(|it| match it {
        News::Marked(papers) => Some(papers.iter().filter(is_starred).count()),
        _ => None,
    });
    let starred = marked.sum();
    (desk, standing.unwrap(), starred)
}

/// The answer to a mark, and how many papers are said to have changed.
fn mark(desk: &mut Desk, papers: std::ops::Range<u32>, deed: Deed) -> (News, usize) {
    let papers = papers.map(|id| Which::Paper(PaperId(id))).collect();
    let mut news = desk.perform(&Task::Record(Act { deeds: vec![deed], papers }));
    let changed = news.iter().filter_map(|it| match it {
        News::Marked(papers) => Some(papers.len()),
        _ => None,
    });
    let changed = changed.sum();
    (news.pop().unwrap(), changed)
}

/// The program works on this file, says why it does not keep what is done, and leaves the file as
/// it is.
fn is_left_alone(file: &Path, why: &str) -> usize {
    let names = || {
        let names = fs::read_dir(file.parent().unwrap()).map(Iterator::flatten);
        names.into_iter().flatten().map(|it| it.file_name()).collect::<HashSet<_>>()
    };
    let before = (fs::read(file).ok(), names());
    let (mut desk, standing, starred) = open(file);
    let Standing::ThisRun(told) = standing else { panic!("it is kept") };
    assert!(told.contains(why) && told.ends_with("this run only."), "{told}");
    let (answer, changed) = mark(&mut desk, 0..2, Deed::Read(Switch::On));
    assert!(matches!(answer, News::Done(_)) && changed == 2, "{answer:?}");
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
    is_left_alone(&file, "a newer offprint has written it");
    database.pragma_update(None, "user_version", 1).unwrap();
    database.pragma_update(None, "application_id", 7).unwrap();
    drop(database);
    is_left_alone(&file, "another program");
    fs::remove_file(&file).unwrap();
    // What nobody has put a name on, too.
    let database = rusqlite::Connection::open(&file).unwrap();
    database.execute_batch("CREATE TABLE entry(a, b); INSERT INTO entry VALUES (1, 2)").unwrap();
    drop(database);
    is_left_alone(&file, "another program");
    assert!(matches!(rescue(&file), Err(LibraryError::Damaged { .. })));
    is_left_alone(&file, "another program");
    fs::write(&file, "Dear diary, today I read nothing at all, and it was a fine day.").unwrap();
    is_left_alone(&file, "another program");
}

#[test]
fn a_library_that_cannot_be_made_is_done_without() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    is_left_alone(&file.join("library.db"), "open the library");
}

/// Runs a test of this file as somebody to whom something is forbidden.
#[cfg(unix)]
fn run_as_nobody(test: &str) {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // Where the tests were built nobody else may have a look.
    let program = folder.path().join("tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
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
        return run_as_nobody("a_library_that_may_only_be_read_is_read");
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
    assert_eq!(is_left_alone(&file.with_file_name("another.db"), "open the library"), 0);
    permit(folder.path(), 0o700);
}

#[test]
fn a_library_that_another_program_holds_from_the_start_is_read_and_left_alone() {
    let (_folder, file) = starred();
    let other = rusqlite::Connection::open(&file).unwrap();
    other.pragma_update(None, "journal_mode", "delete").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert_eq!(is_left_alone(&file, "another program holds it"), PAPERS as usize);
}

#[test]
fn a_library_that_another_program_holds_is_said_to_be_held() {
    let (_folder, file) = starred();
    let (mut desk, ..) = open(&file);
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (answer, changed) = mark(&mut desk, 0..1, Deed::Read(Switch::On));
    let News::Failed(why) = answer else { panic!("it is held, and yet {answer:?}") };
    assert!(why.contains("another program holds it") && changed == 0, "{why}");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(matches!(mark(&mut desk, 0..1, Deed::Read(Switch::On)).0, News::Done(_)));
}

#[test]
fn on_a_full_disk_a_mark_fails_with_a_sentence_and_what_was_there_stays() {
    let (_folder, file) = starred();
    let before = {
        let mut text = Vec::new();
        export(&Store::open(&file).unwrap().store, &mut text).unwrap();
        text
    };
    let program = env!("CARGO_BIN_EXE_offprint");
    let notes = file.with_file_name("far.jsonl");
    let far = "x".repeat(4 << 20);
    let header = r#"{"is":"library","form":1}"#;
    let entry = format!(
        r#"{{"is":"entry","id":"00000000000000ff-1","act":1,"at":1,"aspect":"query:a","value":"{far}"}}"#
    );
    fs::write(&notes, format!("{header}\n{entry}\n")).unwrap();
    // No file may grow beyond a megabyte, as if there were no room.
    let script = format!(
        "ulimit -f 1024; trap '' XFSZ; exec '{program}' --library '{}' library import '{}'",
        file.display(),
        notes.display()
    );
    if cfg!(unix) {
        let output = Command::new("sh").args(["-c", &script]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("your share of it is full"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert_eq!(output.status.code(), Some(2));
    }
    let mut store = Store::open(&file).unwrap().store;
    let mut after = Vec::new();
    export(&store, &mut after).unwrap();
    assert!(after == before, "what was there is there, and nothing else");
    assert!(check(&mut store).unwrap().damage.is_empty());
}

/// Every card and every entry of the log that can be read.
fn readable(file: &Path) -> HashSet<String> {
    use rusqlite::types::Value;
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
    let address = format!("file:{}?immutable=1", file.display());
    let database = rusqlite::Connection::open_with_flags(address, flags).unwrap();
    let mut all = HashSet::new();
    for sql in ["SELECT number, keys, weak, record FROM card", "SELECT * FROM entry"] {
        let Ok(mut select) = database.prepare(&format!("{sql} NOT INDEXED")) else { continue };
        let columns = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Ok(Some(row)) = rows.next() {
            let values: Vec<_> = (0..columns).map(|at| row.get::<_, Value>(at)).collect();
            all.insert(format!("{values:?}"));
        }
    }
    all
}

#[test]
fn a_bit_that_has_flipped_crashes_nothing_and_loses_nothing_that_can_be_read() {
    const FLIPS: usize = 150;
    let (_folder, file) = starred();
    let sound = fs::read(&file).unwrap();
    let mut random = 1_u64;
    let mut kept = 0;
    for _ in 0..FLIPS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let bit = (random >> 20) as usize % (sound.len() * 8);
        let mut flipped = sound.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        for companion in ["-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{companion}", file.display()));
        }
        fs::write(&file, &flipped).unwrap();
        let before = readable(&file);
        let (mut desk, standing, _) = open(&file);
        for deed in [Deed::Later(Switch::On), Deed::Note("Twice.".to_owned())] {
            let (answer, _) = mark(&mut desk, 0..3, deed);
            assert!(matches!(answer, News::Done(_) | News::Failed(_)), "bit {bit}: {answer:?}");
        }
        drop(desk);
        match &standing {
            Standing::Kept => kept += 1,
            Standing::ThisRun(why) => {
                assert!(why.ends_with("for this run only."), "bit {bit}: {why}");
                assert!(fs::read(&file).unwrap() == flipped, "bit {bit} changed: {why}");
            }
            other => panic!("bit {bit}: {other:?}"),
        }
        let after = readable(&file);
        let lost: Vec<_> = before.difference(&after).collect();
        assert!(lost.is_empty(), "bit {bit}, {standing:?}: {lost:?}");
    }
    println!("{FLIPS} bits flipped, {kept} of them unnoticed at the start");
}

/// What can be read of a library is saved, and the damaged file is kept.
fn is_rescued(file: &Path, damaged: &[u8]) -> usize {
    let Ok((report, kept)) = rescue(file) else {
        assert_eq!(fs::read(file).unwrap(), damaged, "what cannot be saved stays as it is");
        return 0;
    };
    assert_eq!(fs::read(kept).unwrap(), damaged);
    assert!(report.damage.is_empty());
    let (_, standing, starred) = open(file);
    assert_eq!(standing, Standing::Kept);
    starred
}

#[test]
fn a_damaged_library_crashes_nothing_and_what_can_be_read_is_saved() {
    let (_folder, file) = starred();
    rusqlite::Connection::open(&file)
        .unwrap()
        .pragma_update(None, "journal_mode", "delete")
        .unwrap();
    let sound = fs::read(&file).unwrap();
    let mut saved = Vec::new();
    let pages = sound.len() / 4096;
    for page in 1..pages {
        // A page lost, and all behind a page.
        let mut flipped = sound.clone();
        for byte in &mut flipped[page * 4096..(page + 1) * 4096] {
            *byte ^= 0x55;
        }
        let truncated = sound[..page * 4096 + 100].to_vec();
        for damaged in [flipped, truncated] {
            for companion in ["-wal", "-shm", "-journal"] {
                let _ = fs::remove_file(format!("{}{companion}", file.display()));
            }
            fs::write(&file, &damaged).unwrap();
            let copy = file.with_file_name("copy.db");
            fs::write(&copy, &damaged).unwrap();
            // The program works on it, whether or not it meets the damage.
            let (mut desk, ..) = open(&copy);
            let (answer, _) = mark(&mut desk, 0..1, Deed::Later(Switch::On));
            assert!(matches!(answer, News::Done(_) | News::Failed(_)), "{answer:?}");
            drop(desk);
            match Store::open(&file).and_then(|mut it| check(&mut it.store)) {
                Ok(report) if report.damage.is_empty() => {}
                Ok(_) | Err(LibraryError::Damaged { .. } | LibraryError::Foreign { .. }) => {
                    for companion in ["-wal", "-shm"] {
                        let _ = fs::remove_file(format!("{}{companion}", file.display()));
                    }
                    fs::write(&file, &damaged).unwrap();
                    saved.push(is_rescued(&file, &damaged));
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
    // Most pages are of indexes and of what is derived, without which nothing is lost.
    let whole = saved.iter().filter(|it| **it == PAPERS as usize).count();
    println!("{} damaged, {whole} saved whole: {saved:?}", saved.len());
    assert!(saved.len() >= pages / 2 && whole > 0, "{saved:?}");
}
