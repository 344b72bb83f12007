//! Papers from any format into a file in any form.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::output_file::{refuse_to_replace, write_file};
use super::print::tell_keys;
use super::read::read_for;
use super::tex_check::Watched;
use crate::cite::{self, CiteStyle, Detail, Form};
use crate::cli::args::groups::Printing;
use crate::cli::config::input_sources::Destination;
use crate::cli::config::options::{self, Options};
use crate::cli::report::{FAILED, OUTPUT, say};
use crate::domain::{Corpus, PaperId};

/// Reads everything and writes it out.
pub fn run(options: &Options, output: Option<&Path>, force: bool) -> anyhow::Result<ExitCode> {
    let form = asked_form(&options.args.printing)?;
    if let Some(path) = output {
        refuse_to_replace(path, force)?;
    }
    options.tell_complaints();
    let found = read_for(options, &options.sources(Destination::Print)?)?;
    // Of no papers a file is made all the same: that something was wrong is told otherwise.
    let is_empty = found.corpus.is_empty();
    let written = match output {
        Some(path) => {
            let written = write_file(path, force, |file| {
                let written = write(&found.corpus, form, &options.style, file)?;
                Ok((written > 0 || is_empty).then_some(written))
            })?;
            if let Some(written) = written {
                say(&format!("{} written to {}", form.what(written), path.display()));
            }
            written.unwrap_or_default()
        }
        None => {
            write(&found.corpus, form, &options.style, &mut io::stdout().lock()).context(OUTPUT)?
        }
    };
    let lacking = found.corpus.paper_count() as usize - written;
    if lacking > 0 {
        say(&form.lack(lacking));
    }
    if written == 0 && !is_empty {
        return Ok(FAILED.into());
    }
    Ok(found.verdict(options.args.input.reading.strict).unwrap_or(ExitCode::SUCCESS))
}

/// The form to convert to.
///
/// # Errors
///
/// When none was named, or options do not go together.
fn asked_form(printing: &Printing) -> anyhow::Result<Form> {
    if printing.form.is_none() && printing.style.is_none() && printing.template.is_none() {
        bail!("no form is named; --to FORM names one, as in --to bibtex");
    }
    options::form(printing, Form::Reference)
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
    let written = if form == Form::Bibtex {
        let mut watched = Watched::new(output);
        let written = cite::write(corpus, &ids, form, &style, &mut watched)?;
        watched.complaint().iter().for_each(|it| say(it));
        written
    } else {
        cite::write(corpus, &ids, form, &style, output)?
    };
    tell_keys(&written.keys);
    written.losses.iter().for_each(|it| say(&it.to_string()));
    Ok(written.papers)
}
