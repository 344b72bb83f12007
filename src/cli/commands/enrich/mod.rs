//! `offprint enrich`: completes the records of a file from services or from other sources.

mod input;
mod output;

use std::io::{self, BufRead, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::output_file::refuse_to_replace;
use super::read::read_with_options;
use crate::cite::{change_lines, record_heading};
use crate::cli::args::enrich::EnrichArgs;
use crate::cli::config::input_sources::sources_from_files;
use crate::cli::config::options::Options;
use crate::cli::report::{STDOUT_CONTEXT, report};
use crate::domain::{
    ChangeMerit, Draft, EnrichedField, FieldChange, RecordIndex, apply_changes, find_changes,
};
use crate::sources::{LoadControl, LookupEvent, look_up_records};
use crate::text::{counted, sanitise};
use input::InputFile;

/// Maximum number of papers named that were not found.
const MAX_NAMED_PAPERS: usize = 20;

/// The answers to a question about the changes of one paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    /// Yes, and to all that follow.
    All,
    /// No, and to all that follow.
    Quit,
}

/// The changes that are considered.
#[derive(Debug, Clone, Copy)]
struct ChangeChoice {
    /// Takes what is added or better for certain without a question.
    takes_all: bool,
    /// The output has a field for the number of citations.
    has_counts: bool,
}

/// Returns true for a number that BibTeX has no field for.
fn is_count(change: &FieldChange) -> bool {
    matches!(change.field, EnrichedField::Bib(field) if field.is_of_listing())
}

/// Completes the records of a file and writes them.
pub fn run(options: &Options, args: &EnrichArgs) -> anyhow::Result<ExitCode> {
    let target = match (&args.output, args.in_place) {
        (Some(_), true) => bail!("--in-place and --output cannot be combined"),
        (None, false) => bail!("no output file (add `-o FILE`, or `--in-place`)"),
        (Some(path), false) => path.as_path(),
        (None, true) => args.file.as_path(),
    };
    if !args.in_place {
        refuse_input(&args.file, target)?;
        refuse_to_replace(target, args.force)?;
    }
    options.report_complaints();
    let mut input = InputFile::read(&args.file, options)?;
    if args.in_place && !input.has_entries() {
        bail!("{}: --in-place needs BibTeX in UTF-8; use `-o FILE`", args.file.display());
    }
    let index = found_records(&input, options, args)?;
    let choice = ChangeChoice { takes_all: args.yes, has_counts: !output::is_bibtex(target, args) };
    let summary = complete(&mut input, &index, choice)?;
    output::write(&input, target, args, options)?;
    summary.report();
    Ok(ExitCode::SUCCESS)
}

/// Refuses to write over the input.
fn refuse_input(input: &Path, output: &Path) -> anyhow::Result<()> {
    let same = input.canonicalize().ok().zip(output.canonicalize().ok());
    if same.is_some_and(|(input, output)| input == output) {
        bail!("{}: is the input (use `--in-place`)", output.display());
    }
    Ok(())
}

/// The records from the sources that were named, or else from the services.
fn found_records(
    input: &InputFile,
    options: &Options,
    args: &EnrichArgs,
) -> anyhow::Result<RecordIndex> {
    if args.with.is_empty() {
        let mut tell = |event| match event {
            LookupEvent::Step(text) | LookupEvent::Failure(text) => report(&text),
        };
        let (drafts, control) = (input.drafts(), LoadControl::default());
        return Ok(look_up_records(&drafts, &options.read_options, &control, &mut tell));
    }
    let mut index = RecordIndex::default();
    let outcome = read_with_options(options, &sources_from_files(&args.with)?)?;
    for (id, paper) in outcome.corpus.papers() {
        let abstract_text = outcome.corpus.abstract_text(id).unwrap_or_default().into_owned();
        index.push(Draft { abstract_text, ..Draft::from(&paper) });
    }
    Ok(index)
}

/// The number of papers by what became of them.
#[derive(Debug, Default)]
struct EnrichSummary {
    completed: usize,
    /// Nothing was missing, or no change was accepted.
    unchanged: usize,
    not_found: Vec<String>,
}

impl EnrichSummary {
    fn report(&self) {
        let not_found = self.not_found.len();
        for name in self.not_found.iter().take(MAX_NAMED_PAPERS) {
            report(&format!("not found: {name}"));
        }
        let all = counted(self.completed + self.unchanged + not_found, "paper");
        report(&format!(
            "{all}: {} completed, {} unchanged, {not_found} not found",
            self.completed, self.unchanged
        ));
    }
}

/// Shows the changes of each record, asks, and makes those that are accepted.
fn complete(
    input: &mut InputFile,
    index: &RecordIndex,
    choice: ChangeChoice,
) -> anyhow::Result<EnrichSummary> {
    let mut summary = EnrichSummary::default();
    let (mut output, mut answers) = (io::stdout().lock(), io::stdin().lock());
    let mut standing = None;
    for record in &mut input.records {
        let found = index.find(&record.draft);
        if found.is_empty() {
            summary.not_found.push(record_heading(&record.draft));
            continue;
        }
        let mut changes = find_changes(&record.draft, &found);
        changes.retain(|it| choice.has_counts || !is_count(it));
        if changes.is_empty() || standing == Some(Answer::Quit) {
            summary.unchanged += 1;
            continue;
        }
        let heading = std::iter::once(record_heading(&record.draft));
        let lines: Vec<String> = heading.chain(changes.iter().flat_map(change_lines)).collect();
        writeln!(output, "{}", sanitised(&lines)).context(STDOUT_CONTEXT)?;
        let answer = match standing {
            _ if choice.takes_all => None,
            Some(Answer::All) => Some(Answer::All),
            _ => Some(ask(&mut output, &mut answers)?),
        };
        match answer {
            // Without a question a value is added, or replaced by a better one.
            None => changes.retain(|it: &FieldChange| it.merit != ChangeMerit::Difference),
            Some(Answer::Yes) => {}
            Some(Answer::All | Answer::Quit) => standing = answer,
            Some(Answer::No) => changes.clear(),
        }
        if standing == Some(Answer::Quit) {
            changes.clear();
        }
        if changes.is_empty() {
            summary.unchanged += 1;
            continue;
        }
        record.change(|draft| apply_changes(draft, &changes));
        summary.completed += 1;
    }
    Ok(summary)
}

fn sanitised(lines: &[String]) -> String {
    lines.iter().map(|it| sanitise(it).into_owned()).collect::<Vec<_>>().join("\n")
}

/// Asks until the answer is understood. The end of standard input is `q`.
fn ask(output: &mut dyn Write, answers: &mut dyn BufRead) -> anyhow::Result<Answer> {
    loop {
        write!(output, "Apply? y/n/a/q  ").context(STDOUT_CONTEXT)?;
        output.flush().context(STDOUT_CONTEXT)?;
        let mut line = String::new();
        if answers.read_line(&mut line).context("standard input")? == 0 {
            writeln!(output).context(STDOUT_CONTEXT)?;
            return Ok(Answer::Quit);
        }
        match line.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" => return Ok(Answer::No),
            "a" | "all" => return Ok(Answer::All),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => {
                let help =
                    "y apply; n skip; a apply this and all others; q skip this and all others";
                writeln!(output, "{help}").context(STDOUT_CONTEXT)?;
            }
        }
    }
}
