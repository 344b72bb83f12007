//! Tests of a library that several processes open at once, and of one whose file is removed or
//! replaced while it is open.

use std::sync::Barrier;

use super::*;

#[test]
fn a_library_that_several_make_at_the_same_moment_is_opened_by_each() {
    for _ in 0..40 {
        let (_folder, file) = file();
        let barrier = Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    barrier.wait();
                    Store::open(&file).unwrap();
                });
            }
        });
    }
}

/// Removes the library file with its log files.
#[cfg(unix)]
fn remove(file: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", file.display());
        drop(std::fs::remove_file(path));
    }
}

#[cfg(unix)]
fn warning(reader: &TestReader) -> String {
    match &reader.last_event {
        Some(LibraryEvent::Warning(text)) => text.clone(),
        other => panic!("no warning but {other:?}"),
    }
}

#[cfg(unix)]
#[test]
fn a_library_that_is_removed_while_open_is_written_again_with_everything() {
    for keeps_log_files in [false, true] {
        let (_folder, file) = file();
        let mut reader = TestReader::open(&file).with_papers(&sample_papers());
        reader.record(&[0], &[STAR]);
        if keeps_log_files {
            std::fs::remove_file(&file).unwrap();
        } else {
            remove(&file);
        }
        reader.record(&[1], &[STAR]);
        assert!(warning(&reader).ends_with("was removed while open, and has been written again"));
        reader.record(&[2], &[STAR]);
        assert!(matches!(reader.last_event, Some(LibraryEvent::ChangesApplied(_))));
        let next = TestReader::open(&file).with_papers(&sample_papers());
        assert_eq!((0..3).map(|id| next.has(Mark::Starred, id)).collect::<Vec<_>>(), [true; 3]);
        drop(reader);
        let last = TestReader::open(&file).with_papers(&sample_papers());
        assert!(last.has(Mark::Starred, 2), "the end of the first process changes nothing");
    }
}

#[cfg(unix)]
#[test]
fn a_library_that_is_replaced_while_open_is_gone_on_with() {
    let (folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0], &[STAR]);
    let other = folder.path().join("other.db");
    let mut writer = TestReader::open(&other).with_papers(&sample_papers());
    writer.record(&[1], &[STAR]).perform(&LibraryCommand::SaveSearch(saved()));
    drop(writer);
    remove(&file);
    std::fs::rename(&other, &file).unwrap();
    reader.record(&[2], &[STAR]);
    assert!(warning(&reader).contains("was replaced while open"));
    let starred = |it: &TestReader| (0..3).map(|id| it.has(Mark::Starred, id)).collect::<Vec<_>>();
    assert_eq!(starred(&reader), [false, true, true]);
    let next = TestReader::open(&file).with_papers(&sample_papers());
    assert_eq!(starred(&next), [false, true, true]);
}

#[cfg(unix)]
#[test]
fn marks_are_kept_for_the_run_if_something_else_has_the_path_of_the_library() {
    let (_folder, file) = file();
    let mut reader = TestReader::open(&file).with_papers(&sample_papers());
    reader.record(&[0], &[STAR]);
    remove(&file);
    std::fs::write(&file, "dear reader, this is a letter and no library").unwrap();
    reader.record(&[1], &[STAR]);
    let Some(LibraryEvent::DurabilityChanged(Durability::ThisRunOnly(reason))) = &reader.last_event
    else {
        panic!("{:?}", reader.last_event)
    };
    assert!(reason.ends_with("; marks are kept for this run only"), "{reason}");
    assert!(reader.has(Mark::Starred, 0) && reader.has(Mark::Starred, 1));
}
