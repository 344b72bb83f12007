//! `offprint stat`: statistics of input files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use super::print::print_lines;
use super::read::{ReadOutcome, read_with_options};
use crate::cli::config::input_sources::OutputTarget;
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::text::counted;

#[derive(Serialize)]
struct CorpusStats<'a> {
    /// Number of papers without duplicates.
    papers: u32,
    records: u32,
    /// Records of papers counted before.
    duplicates: u32,
    defects: usize,
    years: BTreeMap<i16, u32>,
    unknown_years: u32,
    files: Vec<FileStats<'a>>,
    passed_over: Vec<&'a str>,
}

#[derive(Serialize)]
struct FileStats<'a> {
    name: &'a str,
    format: &'static str,
    papers: u32,
    defects: u32,
}

/// Reads all sources and prints their statistics.
pub fn run(options: &Options, json: bool) -> anyhow::Result<ExitCode> {
    options.complaints.iter().for_each(|it| report(it));
    let outcome = read_with_options(options, &options.input_sources(OutputTarget::Print)?)?;
    let stat = CorpusStats::from_outcome(&outcome);
    let text = if json { serde_json::to_string_pretty(&stat)? } else { stat.to_text() };
    print_lines(&[text])?;
    Ok(outcome.strict_exit_code(options.args.input.read_args.strict).unwrap_or(ExitCode::SUCCESS))
}

impl<'a> CorpusStats<'a> {
    fn from_outcome(outcome: &'a ReadOutcome) -> Self {
        let corpus = &outcome.corpus;
        let (mut years, mut unknown_years) = (BTreeMap::new(), 0);
        for (_, segment, row) in corpus.rows() {
            *segment.year(row).map_or(&mut unknown_years, |it| years.entry(it).or_default()) += 1;
        }
        let file = |it: &'a super::read::SourceSummary| FileStats {
            name: &it.name,
            format: it.format,
            papers: it.papers,
            defects: it.defects,
        };
        Self {
            papers: corpus.paper_count(),
            records: corpus.len(),
            duplicates: corpus.len() - corpus.paper_count(),
            defects: outcome.defects,
            years,
            unknown_years,
            files: outcome.sources.iter().map(file).collect(),
            passed_over: outcome.passed_over.iter().map(AsRef::as_ref).collect(),
        }
    }

    /// Formats the statistics as plain text.
    fn to_text(&self) -> String {
        let mut text = format!("papers      {}\n", self.papers);
        if self.duplicates > 0 {
            let (records, duplicates) = (counted(self.records, "record"), self.duplicates);
            let _ = writeln!(text, "duplicates  {duplicates} of {records}");
        }
        let _ = writeln!(text, "defects     {}", self.defects);
        let known_years: Vec<String> =
            self.years.iter().map(|(year, count)| format!("{year}: {count}")).collect();
        let _ = writeln!(text, "years       {}", known_years.join(", "));
        if self.unknown_years > 0 {
            let _ = writeln!(text, "no year     {}", self.unknown_years);
        }
        for FileStats { name, format, papers, defects } in &self.files {
            let papers = counted(*papers, "paper");
            let _ = write!(text, "\n{name}: {format}, {papers}, {}", counted(*defects, "defect"));
        }
        for name in &self.passed_over {
            let _ = write!(text, "\n{name}: no papers");
        }
        text
    }
}
