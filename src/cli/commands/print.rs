//! Printing what matches, in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Context as _;

use super::tex_check::complaint_of;
use crate::cite::{CiteStyle, Form, KeyReport, render, write};
use crate::cli::report::{FAILED, NOTHING, OUTPUT, say};
use crate::domain::{Corpus, PaperId};

/// The exit code where there is no paper to print: that of grep if something was looked for, and
/// success if all papers were asked for and there are none.
pub fn none_matched(is_search: bool) -> ExitCode {
    if is_search { NOTHING.into() } else { ExitCode::SUCCESS }
}

/// Prints papers in the form asked for; `if_none` is the exit code where there are none.
pub fn papers(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
    if_none: ExitCode,
) -> anyhow::Result<ExitCode> {
    // A file of no papers is one too, and keys that are pasted stand in one line.
    if papers.is_empty() || form == Form::Key {
        let written = write(corpus, papers, form, style, &mut io::stdout().lock());
        tell_keys(&written.context(OUTPUT)?.keys);
        return Ok(if papers.is_empty() { if_none } else { ExitCode::SUCCESS });
    }
    let rendered = render(corpus, papers, form, style);
    if rendered.lacking > 0 {
        say(&form.lack(rendered.lacking));
    }
    if rendered.papers == 0 {
        return Ok(FAILED.into());
    }
    tell_keys(&rendered.keys);
    if form == Form::Bibtex
        && let Some(complaint) = &complaint_of(&rendered.text)
    {
        say(complaint);
    }
    lines(&[rendered.text])?;
    Ok(ExitCode::SUCCESS)
}

/// Says which papers have another key than their own, since it is another's in this output.
pub fn tell_keys(keys: &KeyReport) {
    keys.sentence().iter().for_each(|it| say(it));
}

/// Prints each text on lines of its own.
pub fn lines<T: AsRef<str>>(texts: &[T]) -> anyhow::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut print = |text: &str| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        output.write_all(text.as_bytes()).and_then(|()| output.write_all(end.as_bytes()))
    };
    let printed = texts.iter().try_for_each(|text| print(text.as_ref()));
    printed.and_then(|()| output.flush()).context(OUTPUT)
}
