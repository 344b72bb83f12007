//! Writes the completed records: BibTeX with the user's own entries, other forms anew.

use std::io::Write;
use std::path::Path;

use anyhow::Context as _;

use super::input::{InputFile, InputRecord};
use crate::cite::{self, CiteOptions, Detail, OutputFormat, entry_edits};
use crate::cli::args::enrich::EnrichArgs;
use crate::cli::commands::output_file::write_file;
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::domain::{BibField, Corpus, PaperId, SegmentBuilder};
use crate::formats::edit_entry;

/// Writes all records to the target.
///
/// # Errors
///
/// Returns an error if the file cannot be written.
pub fn write(
    input: &InputFile,
    target: &Path,
    args: &EnrichArgs,
    options: &Options,
) -> anyhow::Result<()> {
    let format = OutputFormat::from_path(&target.to_string_lossy());
    let keeps_entries = is_bibtex(target, args);
    let force = args.force || args.in_place;
    write_file(target, force, |file| {
        match input.text.as_deref().filter(|_| keeps_entries) {
            Some(text) => {
                let text = edited(text, &input.records);
                file.write_all(text.as_bytes()).context("cannot be written")?;
            }
            None => write_anew(input, format.unwrap_or(OutputFormat::Jsonl), options, file)?,
        }
        Ok(Some(input.records.len()))
    })?;
    Ok(())
}

/// Returns true if the target is written as BibTeX where the input is.
pub fn is_bibtex(target: &Path, args: &EnrichArgs) -> bool {
    let format = OutputFormat::from_path(&target.to_string_lossy());
    args.in_place || matches!(format, None | Some(OutputFormat::Bibtex))
}

/// The text of the file with the entries of changed records edited.
fn edited(text: &str, records: &[InputRecord]) -> String {
    let mut changed: Vec<(&InputRecord, &std::ops::Range<usize>)> = records
        .iter()
        .filter(|it| it.original.is_some())
        .filter_map(|it| Some((it, &it.place.as_ref()?.range)))
        .collect();
    changed.sort_by_key(|(_, range)| range.start);
    let without_entry = records.iter().filter(|it| it.original.is_some() && it.place.is_none());
    for record in without_entry {
        report(&format!("entry without a key, not changed: {}", record.draft.title));
    }
    let (mut result, mut copied_to) = (String::with_capacity(text.len()), 0);
    for (record, range) in changed {
        let (Some(place), Some(original)) = (&record.place, &record.original) else { continue };
        let entry = &text[range.clone()];
        let edits = entry_edits(place, original, &record.draft);
        result.push_str(&text[copied_to..range.start]);
        if let Some(entry) = edit_entry(entry, &edits) {
            result.push_str(&entry);
        } else {
            report(&format!("entry not changed, since its braces are not balanced: {}", place.key));
            result.push_str(entry);
        }
        copied_to = range.end;
    }
    result.push_str(&text[copied_to..]);
    result
}

/// Writes all records in an output format.
fn write_anew(
    input: &InputFile,
    format: OutputFormat,
    options: &Options,
    file: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut corpus = Corpus::default();
    let mut builder = SegmentBuilder::default();
    for record in &input.records {
        let mut draft = record.draft.clone();
        if record.original.is_some() {
            // The entry of the source lacks the changes.
            draft.fields.retain(|(it, _)| *it != BibField::Raw);
        }
        if builder.len() >= SegmentBuilder::CAPACITY {
            corpus.push(std::mem::take(&mut builder).seal());
        }
        builder.push(&draft);
    }
    corpus.push(builder.seal());
    let ids: Vec<PaperId> = corpus.rows().map(|(id, ..)| id).collect();
    let style = CiteOptions { detail: Detail::Full, ..options.style.clone() };
    let summary = cite::export(&corpus, &ids, format, &style, file)?;
    summary.losses.iter().for_each(|it| report(&it.to_string()));
    Ok(())
}
