//! Any number of papers as one file, without holding the whole of it.

use std::collections::HashSet;
use std::io::{self, Write};

use super::table::{self, Delimiter};
use super::{CiteStyle, Form, render};
use crate::domain::{Corpus, PaperId};

/// So many papers are made text at a time.
const BATCH: usize = 1 << 13;

/// Writes papers as the file that they make together, and returns how many have what the form asks
/// for.
///
/// # Errors
///
/// When `output` cannot be written.
pub fn write(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
    output: &mut dyn Write,
) -> io::Result<usize> {
    if form == Form::Key {
        return keys(corpus, papers, style, output);
    }
    let mut written = 0;
    // What a reference looks like depends on all that are with it, and a cite command holds all keys.
    let is_one = matches!(form, Form::Reference | Form::CiteCommand);
    let batch = if is_one { papers.len().max(1) } else { BATCH };
    for batch in papers.chunks(batch) {
        let rendered = render(corpus, batch, form, style);
        if rendered.papers == 0 {
            continue;
        }
        let joint = match (form, written > 0) {
            (Form::CslJson, false) => "[\n",
            (Form::CslJson, true) => ",\n",
            (form, true) if form.is_apart() => "\n",
            _ => "",
        };
        let text = match form {
            Form::CslJson => rendered.text.trim_start_matches("[\n").trim_end_matches("\n]\n"),
            // The header stands above the first rows only.
            Form::Csv | Form::Tsv if written > 0 => {
                let (_, rows) = rendered.text.split_once('\n').unwrap_or_default();
                rows.trim_end_matches('\n')
            }
            _ => rendered.text.trim_end_matches('\n'),
        };
        output.write_all(joint.as_bytes())?;
        output.write_all(text.as_bytes())?;
        if form != Form::CslJson {
            output.write_all(b"\n")?;
        }
        written += rendered.papers;
    }
    match form {
        Form::CslJson if written > 0 => output.write_all(b"\n]\n")?,
        Form::CslJson => output.write_all(b"[]\n")?,
        Form::Csv if written == 0 => writeln!(output, "{}", table::header(Delimiter::Comma))?,
        Form::Tsv if written == 0 => writeln!(output, "{}", table::header(Delimiter::Tab))?,
        _ => {}
    }
    output.flush()?;
    Ok(written)
}

/// Writes each key on a line of its own, and once.
fn keys(
    corpus: &Corpus,
    papers: &[PaperId],
    style: &CiteStyle,
    output: &mut dyn Write,
) -> io::Result<usize> {
    let mut seen = HashSet::new();
    for key in style.keys(corpus, papers) {
        if !key.is_empty() && !seen.contains(&key) {
            writeln!(output, "{key}")?;
            seen.insert(key);
        }
    }
    output.flush()?;
    Ok(papers.len())
}
