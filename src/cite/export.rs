//! Writes any number of papers to one file, in batches, so that the whole text is never in memory.

use std::io::{self, Write};

use super::loss::count::LossReport;
use super::options::CiteOptions;
use super::output_format::OutputFormat;
use super::output_keys::{KeyReport, OutputKeys};
use super::render::{assign_keys, render_with};
use super::writers::table::{self, Delimiter};
use crate::domain::{Corpus, PaperId};

/// Number of papers rendered at a time.
const PAPERS_PER_BATCH: usize = 1 << 13;

/// Result of writing a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportSummary {
    /// Number of papers rendered; papers without the requested field are omitted.
    pub papers: usize,
    pub keys: KeyReport,
    /// Fields that the format cannot hold, if any paper lost one.
    pub losses: Option<LossReport>,
}

/// Writes papers to `output` as one file in the given format.
///
/// # Errors
///
/// Returns an error if `output` cannot be written.
pub fn export(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
    output: &mut dyn Write,
) -> io::Result<ExportSummary> {
    if format == OutputFormat::Key {
        return export_keys(corpus, papers, style, output);
    }
    let mut keys = assign_keys(corpus, papers, format, style);
    let mut papers_written = 0;
    let mut is_begun = false;
    let mut losses = LossReport::new(format);
    // A reference depends on the rest of the list, and a cite command contains all keys.
    let is_one_batch = matches!(format, OutputFormat::Reference | OutputFormat::CiteCommand);
    let batch = if is_one_batch { papers.len().max(1) } else { PAPERS_PER_BATCH };
    for batch in papers.chunks(batch) {
        let rendered = render_with(corpus, batch, format, style, keys.as_mut());
        papers_written += rendered.papers;
        let records = batch.iter().filter_map(|&id| corpus.get(id));
        records.for_each(|it| losses.add(&style.preferred_version.apply(it)));
        if rendered.text.is_empty() {
            continue;
        }
        let separator = match (format, is_begun) {
            (OutputFormat::CslJson, false) => "[\n",
            (OutputFormat::CslJson, true) => ",\n",
            (format, true) if format.is_separated_by_blank_line() => "\n",
            _ => "",
        };
        let text = match format {
            OutputFormat::CslJson => {
                rendered.text.trim_start_matches("[\n").trim_end_matches("\n]\n")
            }
            // Only the first batch has the header.
            OutputFormat::Csv | OutputFormat::Tsv if is_begun => {
                let (_, rows) = rendered.text.split_once('\n').unwrap_or_default();
                rows.trim_end_matches('\n')
            }
            _ => rendered.text.trim_end_matches('\n'),
        };
        output.write_all(separator.as_bytes())?;
        output.write_all(text.as_bytes())?;
        if format != OutputFormat::CslJson {
            output.write_all(b"\n")?;
        }
        is_begun = true;
    }
    match format {
        OutputFormat::CslJson if is_begun => output.write_all(b"\n]\n")?,
        OutputFormat::CslJson => output.write_all(b"[]\n")?,
        OutputFormat::Csv if !is_begun => writeln!(output, "{}", table::header(Delimiter::Comma))?,
        OutputFormat::Tsv if !is_begun => writeln!(output, "{}", table::header(Delimiter::Tab))?,
        _ => {}
    }
    output.flush()?;
    Ok(ExportSummary {
        papers: papers_written,
        keys: keys.map(|it| it.report).unwrap_or_default(),
        losses: Some(losses).filter(|it| !it.is_empty()),
    })
}

/// Writes each key once, one a line.
fn export_keys(
    corpus: &Corpus,
    papers: &[PaperId],
    style: &CiteOptions,
    output: &mut dyn Write,
) -> io::Result<ExportSummary> {
    let mut keys = OutputKeys::new(corpus, papers, style);
    for id in papers {
        let key = keys.next(*id);
        if !key.text.is_empty() && !key.is_repeat {
            writeln!(output, "{}", key.text)?;
        }
    }
    output.flush()?;
    Ok(ExportSummary { papers: papers.len(), keys: keys.report, losses: None })
}
