//! Papers from any format into a file in any form.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::args::Input;
use super::options::{reading, sources};
use super::read::read;
use super::{FAILED, NOTHING, OUTPUT, say};
use crate::cite::{CiteStyle, Form, render};
use crate::domain::{Corpus, PaperId};

/// Papers that are rendered at a time, so that memory holds no more of the file than that.
const BATCH: usize = 1 << 13;

/// Reads everything and writes it out.
pub(super) fn run(
    input: &Input,
    to: &str,
    output: Option<&Path>,
    force: bool,
) -> anyhow::Result<ExitCode> {
    let form = Form::parse(to).with_context(|| format!("--to: there is no form `{to}`"))?;
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    let found = read(&sources(&input.files), &reading(input)?, None)?;
    if found.corpus.is_empty() {
        return Ok(NOTHING.into());
    }
    let written = match output {
        Some(path) => {
            let mut file = Unfinished::create(path)?;
            let told = || format!("cannot write to {}", file.path.display());
            let written = write(&found.corpus, form, &mut BufWriter::new(&file.file));
            let written = written.with_context(told)?;
            if written > 0 {
                file.finish(path, force)?;
                say(&format!("{} written to {}", form.what(written), path.display()));
            }
            written
        }
        None => write(&found.corpus, form, &mut io::stdout().lock()).context(OUTPUT)?,
    };
    let lacking = found.corpus.paper_count() as usize - written;
    if lacking > 0 {
        say(&form.lack(lacking));
    }
    if written == 0 {
        return Ok(FAILED.into());
    }
    Ok(found.verdict(input.strict).unwrap_or(ExitCode::SUCCESS))
}

fn refuse_to_replace(path: &Path, force: bool) -> anyhow::Result<()> {
    if !force && fs::symlink_metadata(path).is_ok() {
        bail!("{} is there already; --force replaces it", path.display());
    }
    Ok(())
}

/// Writes all papers and returns how many have what the form asks for.
fn write(corpus: &Corpus, form: Form, output: &mut dyn Write) -> io::Result<usize> {
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    let mut written = 0;
    for batch in ids.chunks(BATCH) {
        let rendered = render(corpus, batch, form, &CiteStyle::default());
        if rendered.papers > 0 {
            output.write_all(joint(form, written > 0).as_bytes())?;
            output.write_all(bare(form, &rendered.text).as_bytes())?;
            written += rendered.papers;
        }
    }
    if form == Form::CslJson && written > 0 {
        output.write_all(b"\n]\n")?;
    }
    output.flush()?;
    Ok(written)
}

/// What stands between one batch and the next, or before the first.
fn joint(form: Form, follows: bool) -> &'static str {
    match (form, follows) {
        (Form::CslJson, false) => "[\n",
        (Form::CslJson, true) => ",\n",
        (_, false) => "",
        (form, true) if form.is_apart() => "\n",
        (form, true) if form.is_file() => "",
        _ => "\n",
    }
}

/// A batch without what makes it a whole file.
fn bare(form: Form, text: &str) -> &str {
    if form != Form::CslJson {
        return text;
    }
    text.trim().trim_start_matches("[\n").trim_end_matches("\n]")
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
