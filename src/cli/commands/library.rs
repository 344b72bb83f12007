//! `offprint library`, `marked` and `basket`: export, import, check, and printing from the library.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::find::{self, look_up_marks};
use super::output_file::{refuse_to_replace, write_file};
use super::print;
use crate::cite::{CiteOptions, Detail, OutputFormat};
use crate::cli::args::subcommands::LibrarySubcommand;
use crate::cli::config::options::{self, Options};
use crate::cli::report::{EXIT_FAILED, STDOUT_CONTEXT, report};
use crate::domain::{BibField, KeyPattern, Marks, Paper, PaperId};
use crate::library::{
    self, Change, ChangeSet, CheckReport, DerivedTables, Library, LibraryCommand, LibraryEvent,
    LibrarySnapshot, OnOff, PaperRef, SavedSearch, Store,
};
use crate::shell::clipboard::Environment;
use crate::sources::{self, Source};
use crate::text::{counted, display_path, tex_to_unicode, tidy};

pub fn run(
    command: LibrarySubcommand,
    named: Option<PathBuf>,
    environment: &Environment,
) -> anyhow::Result<ExitCode> {
    let file = options::library(named, environment);
    let file = file.context("no library directory (use `--library FILE`)")?;
    match command {
        LibrarySubcommand::Export { output, force } => export(&file, output.as_deref(), force),
        LibrarySubcommand::Import { files } => import(&file, &files),
        LibrarySubcommand::Check { repair } => check(&file, repair),
    }
}

fn open(file: &Path) -> anyhow::Result<Store> {
    let opened_store = Store::open(file)?;
    opened_store.warning.iter().for_each(|it| report(it));
    Ok(opened_store.store)
}

/// Opens a library for reading, without creating it.
fn open_existing(file: &Path) -> anyhow::Result<Store> {
    if !file.exists() {
        bail!("{}: no such library (nothing marked yet)", display_path(file));
    }
    Ok(Store::copy_in_memory(file)?)
}

fn export(file: &Path, output: Option<&Path>, force: bool) -> anyhow::Result<ExitCode> {
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    let store = open_existing(file)?;
    if let Some(path) = output {
        write_file(path, force, |file| {
            library::export(&store, file)?;
            Ok(Some(1))
        })?;
        report(&format!("library exported to {}", display_path(path)));
    } else {
        let mut output = BufWriter::new(io::stdout().lock());
        library::export(&store, &mut output)?;
        output.flush().context(STDOUT_CONTEXT)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn import(file: &Path, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut store = open(file)?;
    for path in files {
        let name = display_path(path);
        let summary = if path == Path::new("-") {
            library::import(&mut store, "standard input", &mut io::stdin().lock())?
        } else if is_library(path).with_context(|| name.clone())? {
            let input = File::open(path).with_context(|| name.clone())?;
            library::import(&mut store, &name, &mut BufReader::new(input))?
        } else {
            print::print_lines(&[import_tags_and_notes(file, path, &name)?])?;
            continue;
        };
        let papers = counted(summary.papers, "new paper");
        let entries = counted(summary.entries, "new entry");
        let message = format!("{name}: imported {papers} and {entries}");
        print::print_lines(&[message])?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Returns true if the file is an export of a library.
fn is_library(path: &Path) -> io::Result<bool> {
    const EXPORT_PREFIX: &[u8] = b"{\"is\":\"library\"";
    let mut head = Vec::new();
    File::open(path)?.take(EXPORT_PREFIX.len() as u64).read_to_end(&mut head)?;
    Ok(head == EXPORT_PREFIX)
}

/// Imports tags and notes from the keywords and annotations of a file.
fn import_tags_and_notes(file: &Path, path: &Path, name: &str) -> anyhow::Result<String> {
    let (corpus, defects) = sources::load_corpus(Source::File(path.to_owned()))?;
    for defect in defects {
        report(&defect.to_string());
    }
    let (mut library, _) = Library::open_store(Some(file.to_owned()), None, KeyPattern::default())?;
    let mut marks = Marks::default();
    look_up_marks(&mut library, &corpus, &mut |id, marked| marks.set(id, marked));
    let mut imported = 0;
    for (id, paper) in corpus.papers() {
        let changes = changes_from_source(&paper, marks.note(id));
        if changes.is_empty() {
            continue;
        }
        let change_set = ChangeSet { changes, papers: vec![PaperRef::Corpus(id)] };
        for event in library.execute(&LibraryCommand::Record(change_set)) {
            match event {
                LibraryEvent::Failed(reason) => {
                    bail!("{name}: {reason} (imported {})", counted(imported, "paper"))
                }
                LibraryEvent::ChangesApplied(_) => imported += 1,
                _ => {}
            }
        }
    }
    Ok(format!("{name}: imported tags and notes of {}", counted(imported, "paper")))
}

/// A tag for each keyword, and the annotation appended to the user's note.
fn changes_from_source(paper: &Paper<'_>, note: &str) -> Vec<Change> {
    let words = paper.field(BibField::Keywords).split("; ").map(str::trim);
    let words = words.filter(|it| !it.is_empty());
    let mut changes: Vec<Change> = words.map(|it| Change::Tag(it.to_owned(), OnOff::On)).collect();
    let annotation = tex_to_unicode(paper.field(BibField::Annotation));
    if !tidy(note).contains(&*annotation) {
        changes.push(Change::Note(format!("{note}\n\n{annotation}").trim().to_owned()));
    }
    changes
}

fn check(file: &Path, repair: bool) -> anyhow::Result<ExitCode> {
    let name = display_path(file);
    if !file.exists() {
        bail!("{name}: no such library (nothing marked yet)");
    }
    let result = Store::open(file).and_then(|mut it| library::check_library(&mut it.store));
    let damage = match result {
        Ok(report) if report.damage.is_empty() => {
            let repaired = match report.derived {
                DerivedTables::InOrder => "",
                DerivedTables::Repaired => "; index rebuilt",
            };
            print::print_lines(&[format!("{name}: OK, {}{repaired}", format_counts(&report))])?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(report) => report.damage,
        Err(
            error @ (library::LibraryError::Damaged { .. }
            | library::LibraryError::SchemaChanged { .. }
            | library::LibraryError::Foreign { .. }),
        ) => {
            vec![error.to_string()]
        }
        Err(error) => return Err(error.into()),
    };
    for line in &damage {
        report(line);
    }
    if !repair {
        report(&format!(
            "{name}: corrupt (`offprint library check --repair` saves the readable part and keeps \
             the corrupt file beside it)"
        ));
        return Ok(EXIT_FAILED.into());
    }
    let (report, damaged) = library::repair(file).context("nothing saved")?;
    let damaged = display_path(&damaged);
    let saved = format_counts(&report);
    print::print_lines(&[format!("{name}: repaired, {saved}; the corrupt file is {damaged}")])?;
    Ok(ExitCode::SUCCESS)
}

fn format_counts(report: &CheckReport) -> String {
    format!("{}, {}", counted(report.papers, "paper"), counted(report.entries, "entry"))
}

/// Reads the library for printing. A missing library is empty.
fn read_snapshot(options: &Options) -> anyhow::Result<LibrarySnapshot> {
    options.complaints.iter().for_each(|it| report(it));
    options.load_stored_keys();
    let file = options.library_file().context("no library directory (use `--library FILE`)")?;
    if !file.exists() {
        report(&format!("{}: no such library (nothing marked yet)", display_path(&file)));
        return Ok(LibrarySnapshot::default());
    }
    Ok(library::read_snapshot(&Store::copy_in_memory(&file)?, &options.read_options.key_pattern)?)
}

/// Prints marked papers of all sources.
pub fn print_marked(options: &Options, query: Option<&str>) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Jsonl)?;
    let snapshot = read_snapshot(options)?;
    let hits = find::find_with_marks(
        &snapshot.corpus,
        snapshot.marks.clone(),
        &SavedSearch::from_query(query.unwrap_or_default()),
        &options.style.bibliography,
    );
    let ids: Vec<PaperId> = hits.ids().take(options.args.limit_args.max_papers()).collect();
    let style = with_all_fields(&options.style, snapshot.marks);
    print::print_papers(
        &snapshot.corpus,
        &ids,
        format,
        &style,
        print::exit_code_if_none(query.is_some()),
    )
}

/// Prints the basket in its order.
pub fn print_basket(options: &Options) -> anyhow::Result<ExitCode> {
    let format = options::output_format(&options.args.printing, OutputFormat::Title)?;
    let snapshot = read_snapshot(options)?;
    if snapshot.basket.is_empty() {
        report("the basket is empty; `a` adds papers to it");
    }
    let style = with_all_fields(&options.style, snapshot.marks);
    let papers =
        snapshot.basket.get(..options.args.limit_args.max_papers()).unwrap_or(&snapshot.basket);
    print::print_papers(&snapshot.corpus, papers, format, &style, ExitCode::SUCCESS)
}

/// Sets all fields to be printed, including tags and notes.
fn with_all_fields(style: &CiteOptions, marks: Marks) -> CiteOptions {
    CiteOptions { detail: Detail::Full, marks: Arc::new(marks), ..style.clone() }
}

/// The saved search with this name.
pub fn saved_search(options: &Options, name: &str) -> anyhow::Result<SavedSearch> {
    let searches = read_snapshot(options)?.searches;
    let names: Vec<&str> = searches.iter().map(|it| &*it.name).collect();
    let names = names.join(", ");
    let search = searches.iter().find(|it| it.name == name).cloned();
    search.with_context(|| match &*names {
        "" => format!("no saved search {name:?} (`:save NAME` adds one)"),
        names => format!("no saved search {name:?} (available: {names})"),
    })
}
