//! Damaged libraries: flipped bits, lost pages, truncated files.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use offprint::library::{
    Change, Durability, LibraryError, LibraryEvent, OnOff, Store, check_library, repair,
};

use super::{PAPERS, mark, open, starred};

/// Every readable row of the record and log tables.
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
        for deed in [Change::Later(OnOff::On), Change::Note("Twice.".to_owned())] {
            let (answer, _) = mark(&mut desk, 0..3, deed);
            assert!(
                matches!(answer, LibraryEvent::ChangesApplied(_) | LibraryEvent::Failed(_)),
                "bit {bit}: {answer:?}"
            );
        }
        drop(desk);
        match &standing {
            Durability::Durable => kept += 1,
            Durability::ThisRunOnly(why) => {
                assert!(why.ends_with("for this run only"), "bit {bit}: {why}");
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

/// Repairs the library, which must keep the damaged file. Returns the number of starred papers
/// saved.
fn is_rescued(file: &Path, damaged: &[u8]) -> usize {
    let Ok((report, kept)) = repair(file) else {
        assert_eq!(fs::read(file).unwrap(), damaged, "what cannot be saved stays as it is");
        return 0;
    };
    assert_eq!(fs::read(kept).unwrap(), damaged);
    assert!(report.damage.is_empty());
    let (_, standing, starred) = open(file);
    assert_eq!(standing, Durability::Durable);
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
        // Damages one page, or truncates the file after it.
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
            // The program runs with the file, whether or not it reads the damaged page.
            let (mut desk, ..) = open(&copy);
            let (answer, _) = mark(&mut desk, 0..1, Change::Later(OnOff::On));
            assert!(
                matches!(answer, LibraryEvent::ChangesApplied(_) | LibraryEvent::Failed(_)),
                "{answer:?}"
            );
            drop(desk);
            match Store::open(&file).and_then(|mut it| check_library(&mut it.store)) {
                Ok(report) if report.damage.is_empty() => {}
                Ok(_)
                | Err(
                    LibraryError::Damaged { .. }
                    | LibraryError::SchemaChanged { .. }
                    | LibraryError::Foreign { .. },
                ) => {
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
    // Most pages are indexes and derived tables, whose loss loses no data.
    let whole = saved.iter().filter(|it| **it == PAPERS as usize).count();
    println!("{} damaged, {whole} saved whole: {saved:?}", saved.len());
    assert!(saved.len() >= pages / 2 && whole > 0, "{saved:?}");
}
