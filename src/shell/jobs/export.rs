//! Exports papers to a file; replaces an existing file only if the user has confirmed it.

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::app::model::cite_request::{CiteResult, ExportReceipt, ExportRequest, IfExists};
use crate::cite::{self, Bibliography, CiteOptions, Detail, ExportSummary};
use crate::domain::{Corpus, PaperId};
use crate::formats::{self, detect};
use crate::library::IssuedKey;
use crate::shell::queries;
use crate::sources::{AtomicFile, FileAccess, SpecialFilePolicy, io_reason, would_replace};
use crate::text::counted;

/// Exports papers to a file, or reports that it exists. Also returns the citation keys assigned by
/// it.
pub fn export(
    export: ExportRequest,
    corpus: &Corpus,
    style: &CiteOptions,
) -> (CiteResult, Vec<IssuedKey>) {
    let path = expand_home(&export.path);
    let style = CiteOptions { detail: Detail::Full, ..style.clone() };
    let result = match export.if_exists {
        IfExists::Ask if would_replace(&path) => return (CiteResult::Exists(export), Vec::new()),
        IfExists::Append => append_missing(&path, &export, corpus, &style),
        IfExists::Ask | IfExists::Replace => {
            write_new(&path, &export.target.papers, &export, corpus, &style).map(|it| (it, 0))
        }
    };
    let path_text = path.display();
    let describe = |papers| export.format.describe(papers);
    let (summary, present_count) = match result {
        Ok(summary) => summary,
        Err(error) => {
            return (CiteResult::Failed(format!("{path_text}: {}", io_reason(&error))), Vec::new());
        }
    };
    let message = match (summary.papers, present_count) {
        (0, 0) => {
            let lack = export.format.describe_missing(export.target.papers.len());
            let reason = format!("Nothing exported to {path_text}: {lack}");
            return (CiteResult::Failed(reason), Vec::new());
        }
        (0, present_count) => {
            format!("Already in {path_text}: {}", counted(present_count, "paper"))
        }
        (papers, 0) if export.if_exists == IfExists::Append => {
            format!("Appended {} to {path_text}", describe(papers))
        }
        (papers, 0) => format!("Exported {} to {path_text}", describe(papers)),
        (papers, present_count) => {
            format!("Appended {} to {path_text} ({present_count} already there)", describe(papers))
        }
    };
    let extra_messages = [summary.keys.message(), summary.losses.map(|it| it.short_message())];
    let all: Vec<String> =
        std::iter::once(message).chain(extra_messages.into_iter().flatten()).collect();
    let receipt =
        ExportReceipt { message: all.join("; "), format: export.format, path: export.path };
    (CiteResult::Exported(receipt), queries::issued_keys(corpus, &summary.keys))
}

/// Expands `~/` at the start of a path.
pub fn expand_home(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

/// Opens the output file. Devices and pipes are refused: they could overwrite the screen or block.
fn create_file(path: &Path) -> io::Result<AtomicFile> {
    AtomicFile::create(path, FileAccess::Default, SpecialFilePolicy::Refuse)
}

/// Writes the file anew and returns a summary of it.
fn write_new(
    path: &Path,
    papers: &[PaperId],
    export: &ExportRequest,
    corpus: &Corpus,
    style: &CiteOptions,
) -> io::Result<ExportSummary> {
    let mut file = create_file(path)?;
    let summary = cite::export(corpus, papers, export.format, style, &mut file)?;
    if summary.papers > 0 {
        match export.if_exists {
            IfExists::Ask => file.commit_new()?,
            IfExists::Replace | IfExists::Append => file.commit()?,
        }
    }
    Ok(summary)
}

/// Appends the papers that the file lacks. Returns a summary, and the number of papers already
/// there.
fn append_missing(
    path: &Path,
    export: &ExportRequest,
    corpus: &Corpus,
    style: &CiteOptions,
) -> io::Result<(ExportSummary, usize)> {
    let mut file = create_file(path)?;
    let bytes = fs::read(path)?;
    let bibliography = parse_bibliography(path, &bytes)?;
    let missing: Vec<PaperId> = export
        .target
        .papers
        .iter()
        .copied()
        .filter(|&id| corpus.get(id).is_some_and(|it| bibliography.key(&it).is_none()))
        .collect();
    let present_count = export.target.papers.len() - missing.len();
    if missing.is_empty() {
        return Ok((ExportSummary::default(), present_count));
    }
    let style = CiteOptions { reserved_keys: bibliography.keys(), ..style.clone() };
    file.write_all(&bytes)?;
    let gap = match (bytes.as_slice(), export.format.is_separated_by_blank_line()) {
        ([] | [.., b'\n', b'\n'], _) | ([.., b'\n'], false) => "",
        ([.., b'\n'], true) | (_, false) => "\n",
        (_, true) => "\n\n",
    };
    file.write_all(gap.as_bytes())?;
    let summary = cite::export(corpus, &missing, export.format, &style, &mut file)?;
    if summary.papers > 0 {
        file.commit()?;
    }
    Ok((summary, present_count))
}

/// Reads the user's bibliographies. Also returns a message for each that cannot be read.
pub fn read_bibliographies(paths: &[PathBuf]) -> (Bibliography, Vec<String>) {
    let mut all = Bibliography::default();
    let mut complaints = Vec::new();
    for path in paths {
        let reason = match fs::read(path).and_then(|bytes| parse_bibliography(path, &bytes)) {
            Ok(bibliography) => {
                all.merge(bibliography);
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                "no such file or directory; see `bibliography` in the configuration".to_owned()
            }
            Err(error) => io_reason(&error),
        };
        complaints.push(format!("bibliography {}: {reason}", path.display()));
    }
    (all, complaints)
}

/// Parses a bibliography.
///
/// # Errors
///
/// Returns an error if it cannot be read or its format is unrecognised.
fn parse_bibliography(path: &Path, bytes: &[u8]) -> io::Result<Bibliography> {
    let mut bibliography = Bibliography::with_name(path.file_name().unwrap_or_default());
    if bytes.trim_ascii().is_empty() {
        return Ok(bibliography);
    }
    let format = detect(bytes).map_err(|reason| io::Error::other(reason.to_string()))?;
    formats::read(format, &mut &bytes[..], &mut |record| {
        if let Ok(draft) = record {
            bibliography.add(&draft);
        }
        ControlFlow::Continue(())
    })?;
    Ok(bibliography)
}
