//! Writes papers to a file, and replaces a file only when the reader has said so.

use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::app::model::cite_request::{Answer, Existing, Export};
use crate::cite::{self, Bibliography, CiteStyle, Detail, Output};
use crate::domain::{Corpus, PaperId};
use crate::formats::{self, detect};
use crate::library::GivenKey;
use crate::shell::queries;
use crate::sources::{Access, AtomicFile, Special, replaces};

/// Writes papers to a file, or says that there is one already. Returns also the keys that are given
/// out with that.
pub fn export(export: Export, corpus: &Corpus, style: &CiteStyle) -> (Answer, Vec<GivenKey>) {
    let path = expanded(&export.path);
    let style = CiteStyle { detail: Detail::Everything, ..style.clone() };
    let written = match export.existing {
        Existing::Ask if replaces(&path) => return (Answer::Exists(export), Vec::new()),
        Existing::Append => append(&path, &export, corpus, &style),
        Existing::Ask | Existing::Replace => {
            fresh(&path, &export.subject.papers, &export, corpus, &style).map(|it| (it, 0))
        }
    };
    let shown = path.display();
    let what = |papers| export.form.what(papers);
    let (written, there) = match written {
        Ok(written) => written,
        Err(error) => {
            return (Answer::Failed(format!("Nothing written to {shown}: {error}")), Vec::new());
        }
    };
    let told = match (written.papers, there) {
        (0, 0) => {
            let lack = export.form.lack(export.subject.papers.len());
            let why = format!("Nothing written to {shown}: {lack}.");
            return (Answer::Failed(why), Vec::new());
        }
        (0, there) => format!("All {there} papers are in {shown} already."),
        (papers, 0) => format!("{} → {shown}", what(papers)),
        (papers, there) => {
            format!("{} added to {shown}, {there} were there", what(papers))
        }
    };
    let more = [written.keys.sentence(), written.losses.map(|it| it.short())];
    let all: Vec<String> = std::iter::once(told).chain(more.into_iter().flatten()).collect();
    (Answer::Done(all.join("; ")), queries::given(corpus, &written.keys))
}

/// The path with the home directory for a tilde.
pub fn expanded(path: &str) -> PathBuf {
    match path.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(path),
    }
}

/// A device or a pipe would write over the screen, or keep the reader waiting.
fn create(path: &Path) -> io::Result<AtomicFile> {
    AtomicFile::create(path, Access::Default, Special::Refuse)
}

/// Writes a file anew and returns what is in it.
fn fresh(
    path: &Path,
    papers: &[PaperId],
    export: &Export,
    corpus: &Corpus,
    style: &CiteStyle,
) -> io::Result<Output> {
    let mut file = create(path)?;
    let written = cite::write(corpus, papers, export.form, style, &mut file)?;
    if written.papers > 0 {
        match export.existing {
            Existing::Ask => file.commit_new()?,
            Existing::Replace | Existing::Append => file.commit()?,
        }
    }
    Ok(written)
}

/// Adds what a bibliography lacks; returns what was added and how many papers were there.
fn append(
    path: &Path,
    export: &Export,
    corpus: &Corpus,
    style: &CiteStyle,
) -> io::Result<(Output, usize)> {
    let mut file = create(path)?;
    let bytes = fs::read(path)?;
    let known = held(path, &bytes)?;
    let missing: Vec<PaperId> = export
        .subject
        .papers
        .iter()
        .copied()
        .filter(|&id| corpus.get(id).is_some_and(|it| known.key_of(&it).is_none()))
        .collect();
    let there = export.subject.papers.len() - missing.len();
    if missing.is_empty() {
        return Ok((Output::default(), there));
    }
    let style = CiteStyle { taken: known.keys(), ..style.clone() };
    file.write_all(&bytes)?;
    let gap = match (bytes.as_slice(), export.form.is_apart()) {
        ([] | [.., b'\n', b'\n'], _) | ([.., b'\n'], false) => "",
        ([.., b'\n'], true) | (_, false) => "\n",
        (_, true) => "\n\n",
    };
    file.write_all(gap.as_bytes())?;
    let written = cite::write(corpus, &missing, export.form, &style, &mut file)?;
    if written.papers > 0 {
        file.commit()?;
    }
    Ok((written, there))
}

/// The reader's own bibliographies, and a sentence on each that cannot be read.
pub fn bibliography(paths: &[PathBuf]) -> (Bibliography, Vec<String>) {
    let mut all = Bibliography::default();
    let mut complaints = Vec::new();
    for path in paths {
        let why = match fs::read(path).and_then(|bytes| held(path, &bytes)) {
            Ok(one) => {
                all.unite(one);
                continue;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                "no such file; `bibliography` in the configuration names it".to_owned()
            }
            Err(error) => error.to_string(),
        };
        complaints.push(format!("cannot read the bibliography {}: {why}", path.display()));
    }
    (all, complaints)
}

/// What a bibliography holds.
///
/// # Errors
///
/// When it cannot be read, or is in no format that is known.
fn held(path: &Path, bytes: &[u8]) -> io::Result<Bibliography> {
    let mut bibliography = Bibliography::named(path.file_name().unwrap_or_default());
    if bytes.trim_ascii().is_empty() {
        return Ok(bibliography);
    }
    let format = detect(bytes).map_err(|why| io::Error::other(why.to_string()))?;
    formats::read(format, &mut &bytes[..], &mut |record| {
        if let Ok(draft) = record {
            bibliography.add(&draft);
        }
        ControlFlow::Continue(())
    })?;
    Ok(bibliography)
}
