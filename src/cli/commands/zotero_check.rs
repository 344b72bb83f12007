//! `offprint zotero --check`: compares the items in Zotero's database with those that are read.

use std::process::ExitCode;

use super::print::print_lines;
use crate::cli::report::{EXIT_NOTHING_FOUND, report};
use crate::sources::{ZoteroAddress, ZoteroLibrary, ZoteroReport, ZoteroTypeCount};
use crate::text::{counted, display_path, sanitise};

/// Maximum number of items named that could not be read.
const MAX_NAMED_ITEMS: usize = 20;

/// Prints the counts of each type.
pub fn run(address: &ZoteroAddress) -> anyhow::Result<ExitCode> {
    let library = ZoteroLibrary::find(address)?;
    let check = library.check()?;
    for reason in check.unreadable.iter().take(MAX_NAMED_ITEMS) {
        report(reason);
    }
    let extra = check.unreadable.len().saturating_sub(MAX_NAMED_ITEMS);
    if extra > 0 {
        report(&format!("{} more", counted(extra, "unreadable item")));
    }
    print_lines(&lines(&library, &check))?;
    let is_complete = check.total().missing() == 0;
    Ok(if is_complete { ExitCode::SUCCESS } else { EXIT_NOTHING_FOUND.into() })
}

/// A heading, a line for each type, and the sum.
fn lines(library: &ZoteroLibrary, check: &ZoteroReport) -> Vec<String> {
    let rows = check.counts.iter().map(|(name, count)| (name.as_str(), count));
    let total = check.total();
    let rows: Vec<(&str, &ZoteroTypeCount)> = rows.chain([("total", &total)]).collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut lines = vec![
        display_path(&library.database),
        format!("{:width$}  in database     read  left out", "type"),
    ];
    for (name, count) in rows {
        let reasons =
            count.left_out.iter().map(|(why, count)| format!("{count} {}", why.describe()));
        let missing = Some(count.missing()).filter(|it| *it != 0);
        let missing = missing.map(|it| format!("{it} unreadable"));
        let reasons = reasons.chain(missing).collect::<Vec<_>>().join(", ");
        let (name, all, read) = (sanitise(name), count.in_database, count.read);
        let line = format!("{name:width$}  {all:>11}  {read:>7}  {reasons}");
        lines.push(line.trim_end().to_owned());
    }
    lines
}
