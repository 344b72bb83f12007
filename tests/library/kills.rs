//! Kills processes while they write: every change set that was acknowledged must persist.
//!
//! `OFFPRINT_KILLS` sets the number of kills; the default is 40.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use offprint::domain::{KeyPattern, Marks, PaperId};
use offprint::library::{
    Change, ChangeSet, DerivedTables, Durability, Library, LibraryCommand, LibraryEvent, OnOff,
    PaperRef, Store, check_library,
};
use offprint::shell::LibraryWorker;

use super::{PAPERS, papers};

const CHILD: &str = "OFFPRINT_TEST_LIBRARY";

fn tag(name: &str) -> LibraryCommand {
    let deeds = vec![Change::Tag(name.to_owned(), OnOff::On)];
    let number: u32 = name.bytes().fold(7, |hash, it| hash * 31 % 65_521 + u32::from(it));
    LibraryCommand::Record(ChangeSet {
        changes: deeds,
        papers: vec![PaperRef::Corpus(PaperId(number % PAPERS))],
    })
}

/// The work of a process to be killed: records change sets and prints each after its receipt; from
/// time to time undoes the last one, which it prints before and after.
fn act_until_killed(file: &Path) {
    let (sender, news) = channel();
    let librarian = LibraryWorker::start(
        Some(file.to_owned()),
        Some("papers".to_owned()),
        KeyPattern::default(),
        |why| panic!("{why}"),
        move |_, it| sender.send(it).unwrap(),
    );
    librarian.forward_load_event(&papers());
    let mut shown = std::io::stdout().lock();
    let mut say = |text: &str| {
        // A single write, so that a line is read whole or not at all.
        shown.write_all(format!("{text}\n").as_bytes()).unwrap();
        shown.flush().unwrap();
    };
    let Ok(LibraryEvent::Opened(opening)) = news.recv() else { panic!("not opened") };
    assert_eq!(opening.durability, Durability::Durable);
    let wait = || {
        let is_answer = |it: &LibraryEvent| {
            matches!(
                it,
                LibraryEvent::ChangesApplied(_) | LibraryEvent::Failed(_) | LibraryEvent::Notice(_)
            )
        };
        match news.iter().find(is_answer) {
            Some(LibraryEvent::ChangesApplied(receipt)) => receipt.change_set,
            other => panic!("no receipt but {other:?}"),
        }
    };
    for number in 0.. {
        let name = format!("{}-{number}", std::process::id());
        librarian.run_command(tag(&name));
        let change_set = wait();
        say(&format!("did {name}"));
        if number % 5 == 4 {
            say(&format!("undoing {name}"));
            librarian.run_command(LibraryCommand::Undo(change_set));
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
            .args([
                "--exact",
                "library::kills::every_act_that_was_shown_outlives_a_kill",
                "--nocapture",
            ])
            .env(CHILD, file)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let told = std::thread::spawn(move || lines.map_while(Result::ok).collect());
        Self { child, told }
    }

    /// Kills the process and returns all lines it printed.
    fn kill(mut self) -> Vec<String> {
        self.child.kill().unwrap();
        let ended = self.child.wait().unwrap();
        assert_ne!(ended.code(), Some(101), "it has failed by itself");
        self.told.join().unwrap()
    }
}

/// The tags of the papers.
fn tags(file: &Path) -> HashSet<String> {
    let (mut desk, _) =
        Library::open_store(Some(file.to_owned()), None, KeyPattern::default()).unwrap();
    let mut marks = Marks::default();
    for it in desk.add_and_recognise(&papers()) {
        if let LibraryEvent::MarksChanged(papers) = it {
            for (id, marked) in &papers {
                marks.set(*id, marked);
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
            // Kills at a random moment; no event is awaited.
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
        let report = check_library(&mut Store::open(&file).unwrap().store).unwrap();
        assert!(report.damage.is_empty(), "{:?}", report.damage);
        assert_eq!(report.derived, DerivedTables::InOrder);
    }
    let undone = expected.iter().chain(&unknown).count();
    let there = tags(&file).len();
    // At most one change set per process may be recorded and not yet printed.
    assert!(there <= undone + killed, "{there} tags, {undone} told");
    println!("{killed} kills, {acts} acts shown, none lost");
}
