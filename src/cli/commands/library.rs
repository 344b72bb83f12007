//! The library without a screen: written out, merged, checked, and its papers printed.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::find::{self, look_up};
use super::output_file::{refuse_to_replace, write_file};
use super::print;
use crate::cite::{CiteStyle, Detail, Form};
use crate::cli::args::subcommands::LibraryCommand;
use crate::cli::config::options::{self, Options};
use crate::cli::report::{FAILED, OUTPUT, say};
use crate::domain::{Fact, KeyPattern, Marks, Paper, PaperId};
use crate::library::{
    self, Act, Deed, Derived, Desk, Kept, News, Report, Saved, Store, Switch, Task, Which,
};
use crate::shell::clipboard::Surroundings;
use crate::sources::{self, Source};
use crate::text::{readable, sanitise, tidy};

pub fn run(
    what: LibraryCommand,
    named: Option<PathBuf>,
    surroundings: &Surroundings,
) -> anyhow::Result<ExitCode> {
    let file = options::library(named, surroundings);
    let file = file.context("there is no home for a library; --library names one")?;
    match what {
        LibraryCommand::Export { output, force } => export(&file, output.as_deref(), force),
        LibraryCommand::Import { files } => import(&file, &files),
        LibraryCommand::Check { repair } => check(&file, repair),
    }
}

fn open(file: &Path) -> anyhow::Result<Store> {
    let opened = Store::open(file)?;
    opened.warning.iter().for_each(|it| say(it));
    Ok(opened.store)
}

/// A library that is only read: nothing is made where there is none.
fn open_existing(file: &Path) -> anyhow::Result<Store> {
    if !file.exists() {
        bail!("there is no library {} yet: nothing was marked", shown(file));
    }
    Ok(Store::copied(file)?)
}

fn shown(file: &Path) -> String {
    sanitise(&file.to_string_lossy()).into_owned()
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
        say(&format!("library written to {}", shown(path)));
    } else {
        let mut output = BufWriter::new(io::stdout().lock());
        library::export(&store, &mut output)?;
        output.flush().context(OUTPUT)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn import(file: &Path, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let mut store = open(file)?;
    for path in files {
        let name = shown(path);
        let merged = if path == Path::new("-") {
            library::import(&mut store, "standard input", &mut io::stdin().lock())?
        } else if is_library(path).with_context(|| format!("cannot read {name}"))? {
            let input = File::open(path).with_context(|| format!("cannot open {name}"))?;
            library::import(&mut store, &name, &mut BufReader::new(input))?
        } else {
            print::lines(&[tags_and_notes(file, path, &name)?])?;
            continue;
        };
        let (papers, entries) = (merged.papers, merged.entries);
        let told = format!("{name}: {papers} records of papers and {entries} entries were new");
        print::lines(&[told])?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the file is a library that was written out.
fn is_library(path: &Path) -> io::Result<bool> {
    const BEGINNING: &[u8] = b"{\"is\":\"library\"";
    let mut head = Vec::new();
    File::open(path)?.take(BEGINNING.len() as u64).read_to_end(&mut head)?;
    Ok(head == BEGINNING)
}

/// Takes tags and notes over from the keywords and annotations of papers in a file.
fn tags_and_notes(file: &Path, path: &Path, name: &str) -> anyhow::Result<String> {
    let (corpus, defects) = sources::corpus(Source::File(path.to_owned()))?;
    for defect in defects {
        say(&defect.to_string());
    }
    let (mut desk, _) = Desk::open(Some(file.to_owned()), None, KeyPattern::default())?;
    let mut marks = Marks::default();
    look_up(&mut desk, &corpus, &mut |id, marked| marks.put(id, marked));
    let mut taken = 0;
    for (id, paper) in corpus.papers() {
        let deeds = deeds(&paper, marks.note(id));
        if deeds.is_empty() {
            continue;
        }
        let act = Act { deeds, papers: vec![Which::Paper(id)] };
        for it in desk.perform(&Task::Record(act)) {
            match it {
                News::Failed(why) => bail!("{why} {taken} papers of {name} were taken over."),
                News::Done(_) => taken += 1,
                _ => {}
            }
        }
    }
    Ok(format!("{name}: tags and notes of {taken} papers"))
}

/// A tag for each keyword, and the annotation behind what the reader has written.
fn deeds(paper: &Paper<'_>, note: &str) -> Vec<Deed> {
    let words = paper.fact(Fact::Keywords).split("; ").map(str::trim);
    let words = words.filter(|it| !it.is_empty());
    let mut deeds: Vec<Deed> = words.map(|it| Deed::Tag(it.to_owned(), Switch::On)).collect();
    let annotation = readable(paper.fact(Fact::Annotation));
    if !tidy(note).contains(&*annotation) {
        deeds.push(Deed::Note(format!("{note}\n\n{annotation}").trim().to_owned()));
    }
    deeds
}

fn check(file: &Path, repair: bool) -> anyhow::Result<ExitCode> {
    let name = shown(file);
    if !file.exists() {
        bail!("there is no library {name} yet: nothing was marked");
    }
    let report = Store::open(file).and_then(|mut it| library::check(&mut it.store));
    let damage = match report {
        Ok(report) if report.damage.is_empty() => {
            let repaired = match report.derived {
                Derived::InOrder => "",
                Derived::Repaired => "; what had not followed from the log does now",
            };
            print::lines(&[format!("{name} is in order: {}{repaired}", counted(&report))])?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(report) => report.damage,
        Err(
            why @ (library::LibraryError::Damaged { .. }
            | library::LibraryError::Altered { .. }
            | library::LibraryError::Foreign { .. }),
        ) => {
            vec![why.to_string()]
        }
        Err(why) => return Err(why.into()),
    };
    for it in &damage {
        say(it);
    }
    if !repair {
        say(&format!(
            "{name} is damaged; `offprint library check --repair` puts what can be read of it in \
             its place and keeps the damaged file beside it"
        ));
        return Ok(FAILED.into());
    }
    let (report, kept) = library::rescue(file).context("nothing could be saved")?;
    let kept = shown(&kept);
    let saved = counted(&report);
    print::lines(&[format!("{name} is in order again: {saved}; the damaged file is {kept}")])?;
    Ok(ExitCode::SUCCESS)
}

fn counted(report: &Report) -> String {
    let plural =
        |count, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let papers = plural(report.papers, "paper", "papers");
    format!("{papers}, {}", plural(report.entries, "entry", "entries"))
}

/// What the library keeps, for printing. One that is not there yet keeps nothing.
fn read(options: &Options) -> anyhow::Result<Kept> {
    options.complaints.iter().for_each(|it| say(it));
    options.use_kept_keys();
    let file = options.library().context("there is no home for a library; --library names one")?;
    if !file.exists() {
        say(&format!("no library {} yet: nothing was marked", shown(&file)));
        return Ok(Kept::default());
    }
    Ok(library::kept(&Store::copied(&file)?, &options.reading.keys)?)
}

/// Prints papers that were marked, whatever source they are from.
pub fn papers(options: &Options, query: Option<&str>) -> anyhow::Result<ExitCode> {
    let form = options::form(&options.args.printing, Form::Jsonl)?;
    let kept = read(options)?;
    let hits = find::matching_with(
        &kept.corpus,
        kept.marks.clone(),
        &Saved::of(query.unwrap_or_default()),
        &options.style.bibliography,
    );
    let ids: Vec<PaperId> = hits.ids().take(options.args.amount.most()).collect();
    let style = whole(&options.style, kept.marks);
    print::papers(&kept.corpus, &ids, form, &style, print::none_matched(query.is_some()))
}

/// Prints the basket in its order.
pub fn basket(options: &Options) -> anyhow::Result<ExitCode> {
    let form = options::form(&options.args.printing, Form::Title)?;
    let kept = read(options)?;
    if kept.basket.is_empty() {
        say("the basket is empty; `a` adds papers to it");
    }
    let style = whole(&options.style, kept.marks);
    let some = kept.basket.get(..options.args.amount.most()).unwrap_or(&kept.basket);
    print::papers(&kept.corpus, some, form, &style, ExitCode::SUCCESS)
}

/// Tags and notes go out with all else that is known.
fn whole(style: &CiteStyle, marks: Marks) -> CiteStyle {
    CiteStyle { detail: Detail::Everything, marks: Arc::new(marks), ..style.clone() }
}

/// The saved search of that name.
pub fn saved(options: &Options, name: &str) -> anyhow::Result<Saved> {
    let searches = read(options)?.searches;
    let names: Vec<&str> = searches.iter().map(|it| &*it.name).collect();
    let names = names.join(", ");
    let found = searches.iter().find(|it| it.name == name).cloned();
    found.with_context(|| match &*names {
        "" => format!("no search is saved as {name:?}; :save keeps the one on the screen"),
        names => format!("no search is saved as {name:?}; there are {names}"),
    })
}
