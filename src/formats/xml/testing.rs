//! Helpers for the tests of all XML formats.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::domain::Draft;
use crate::formats::defect::DraftSink;

pub type ReadFn = fn(&mut dyn BufRead, &mut DraftSink<'_>) -> io::Result<()>;

/// Returns the drafts, and the defects as `line: reason`.
pub fn read_all(read: ReadFn, mut bytes: &[u8]) -> (Vec<Draft>, Vec<String>) {
    let (mut drafts, mut reasons) = (Vec::new(), Vec::new());
    read(&mut bytes, &mut |record| {
        match record {
            Ok(draft) => drafts.push(draft),
            Err(defect) => reasons.push(format!("{}: {}", defect.line, defect.reason)),
        }
        ControlFlow::Continue(())
    })
    .unwrap();
    (drafts, reasons)
}

/// Returns the drafts of a text without defects.
pub fn drafts(read: ReadFn, text: &str) -> Vec<Draft> {
    let (drafts, reasons) = read_all(read, text.as_bytes());
    assert_eq!(reasons, Vec::<String>::new());
    drafts
}

/// Returns the defects of a text without drafts.
pub fn reasons(read: ReadFn, text: &str) -> Vec<String> {
    let (drafts, reasons) = read_all(read, text.as_bytes());
    assert_eq!(drafts, []);
    reasons
}
