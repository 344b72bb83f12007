//! Fuzzes `checks::reader` with the format that `FUZZ_FORMAT` names, or with the one detected.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code, reason = "each target runs one of the checks")]
mod checks;

use std::sync::LazyLock;

use offprint::formats::Format;

static FORMAT: LazyLock<Option<Format>> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_FORMAT").ok()?;
    let format = Format::ALL.into_iter().find(|it| it.name() == name);
    assert!(format.is_some(), "FUZZ_FORMAT={name} names no format");
    format
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| match *FORMAT {
    Some(format) => checks::reader(format, bytes),
    None => checks::detected(bytes),
});
