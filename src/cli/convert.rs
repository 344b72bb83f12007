//! Papers from any format into a file in any form.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::options::Options;
use super::read::read_for;
use super::{FAILED, NOTHING, OUTPUT, say};
use crate::cite::{self, CiteStyle, Detail, Form};
use crate::domain::{Corpus, PaperId};

/// Reads everything and writes it out.
pub(super) fn run(
    options: &Options,
    to: &str,
    output: Option<&Path>,
    force: bool,
) -> anyhow::Result<ExitCode> {
    let form = Form::parse(to).with_context(|| format!("--to: there is no form `{to}`"))?;
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    options.tell_complaints();
    let found = read_for(options)?;
    if found.corpus.is_empty() {
        return Ok(NOTHING.into());
    }
    let written = match output {
        Some(path) => {
            let mut file = Unfinished::create(path)?;
            let told = || format!("cannot write to {}", file.path.display());
            let written =
                write(&found.corpus, form, &options.style, &mut BufWriter::new(&file.file));
            let written = written.with_context(told)?;
            if written > 0 {
                file.finish(path, force)?;
                say(&format!("{} written to {}", form.what(written), path.display()));
            }
            written
        }
        None => {
            write(&found.corpus, form, &options.style, &mut io::stdout().lock()).context(OUTPUT)?
        }
    };
    let lacking = found.corpus.paper_count() as usize - written;
    if lacking > 0 {
        say(&form.lack(lacking));
    }
    if written == 0 {
        return Ok(FAILED.into());
    }
    Ok(found.verdict(options.args.input.strict).unwrap_or(ExitCode::SUCCESS))
}

fn refuse_to_replace(path: &Path, force: bool) -> anyhow::Result<()> {
    if !force && fs::symlink_metadata(path).is_ok() {
        bail!("{} is there already; --force replaces it", path.display());
    }
    Ok(())
}

/// Writes all papers with all that is known of them; returns how many have what the form asks for.
fn write(
    corpus: &Corpus,
    form: Form,
    style: &CiteStyle,
    output: &mut dyn Write,
) -> io::Result<usize> {
    let ids: Vec<PaperId> = corpus.rows().map(|(id, ..)| id).collect();
    let style = CiteStyle { detail: Detail::Everything, ..style.clone() };
    cite::write(corpus, &ids, form, &style, output)
}

/// A file under a name for the time being, which goes unless it is finished.
struct Unfinished {
    file: File,
    path: PathBuf,
    is_finished: bool,
}

impl Unfinished {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let mut name = path.file_name().context("-o names no file")?.to_owned();
        name.push(format!(".{}.unfinished", std::process::id()));
        let path = path.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let file = file.with_context(|| format!("cannot write to {}", path.display()))?;
        Ok(Self { file, path, is_finished: false })
    }

    /// Gives the file its own name.
    fn finish(&mut self, path: &Path, force: bool) -> anyhow::Result<()> {
        let told = || format!("cannot write {}", path.display());
        self.file.sync_all().with_context(told)?;
        refuse_to_replace(path, force)?;
        fs::rename(&self.path, path).with_context(told)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_finished {
            // It lies where it was just made; where it cannot be removed its name says what it is.
            let _ = fs::remove_file(&self.path);
        }
    }
}
