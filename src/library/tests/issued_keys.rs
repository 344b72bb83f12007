//! Tests of issued citation keys.

use super::*;
use crate::domain::{IdentityKeys, SegmentBuilder};

fn issue_command(draft: &Draft, key: &str) -> LibraryCommand {
    let mut builder = SegmentBuilder::default();
    builder.push(draft);
    LibraryCommand::IssueKeys(vec![IssuedKey::new(&builder.seal().paper(0), key.to_owned())])
}

fn keys(file: &Path) -> Vec<(Option<i16>, String)> {
    let issued = read_issued_keys(&Store::open_read_only(file).unwrap()).unwrap();
    let mut keys: Vec<_> = issued.into_iter().map(|it| (it.year, it.key)).collect();
    // A paper may have several source records.
    keys.dedup();
    keys
}

#[test]
fn a_key_that_was_given_out_is_known_in_the_next_run_and_the_last_one_counts() {
    let (_folder, file) = file();
    let paper = draft("Key Memories", "2401.00001", "");
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader
        .perform(&issue_command(&paper, "moss2024key"))
        .perform(&issue_command(&paper, "moss2024key"));
    let [issued] = &TestReader::open(&file).opened_library.issued_keys[..] else {
        panic!("one key is kept")
    };
    assert_eq!(
        (issued.key.as_str(), issued.identity.strong.clone()),
        ("moss2024key", IdentityKeys::from(&paper).strong)
    );
    reader.perform(&issue_command(&paper, "moss:key"));
    assert_eq!(keys(&file), [(Some(2024), "moss:key".to_owned())]);
    // A paper without identifier is distinguished by its year.
    let notes = |year| Draft { year: Some(year), ..draft("Notes", "", "") };
    reader
        .perform(&issue_command(&notes(2001), "notes01"))
        .perform(&issue_command(&notes(2002), "notes02"));
    let expected = [(Some(2001), "notes01".to_owned()), (Some(2002), "notes02".to_owned())];
    assert_eq!(keys(&file)[1..], expected);
}

#[test]
fn an_issued_key_is_no_change_set_and_marks_no_paper() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[1], &[STAR]);
    reader.perform(&issue_command(&draft("Key Memories", "2401.00001", ""), "moss2024key"));
    reader.undo();
    assert!(!reader.has(Mark::Starred, 1), "the last act is undone, and not the key");
    assert_eq!(keys(&file).len(), 1);
    reader.perform(&LibraryCommand::ReadLog);
    let Some(LibraryEvent::Log(log)) = &reader.last_event else { panic!("a log is answered") };
    assert_eq!(log.len(), 1);
    let store = Store::open_read_only(&file).unwrap();
    assert_eq!(read_snapshot(&store, &KeyPattern::default()).unwrap().corpus.len(), 1);
}

#[test]
fn keys_go_with_the_library() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file);
    reader.perform(&issue_command(&draft("Key Memories", "2401.00001", ""), "moss2024key"));
    let mut text = Vec::new();
    crate::library::export(&Store::open_read_only(&file).unwrap(), &mut text).unwrap();
    let mut other = Store::in_memory().unwrap();
    crate::library::import(&mut other, "other", &mut &text[..]).unwrap();
    assert_eq!(read_issued_keys(&other).unwrap().len(), 1);
}
