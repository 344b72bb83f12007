//! Papers from any format into a file in any form.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use super::options::Options;
use super::output::{refuse_to_replace, write_file};
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
            let written = write_file(path, force, |file| {
                Ok(write(&found.corpus, form, &options.style, file)?)
            })?;
            if written > 0 {
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
