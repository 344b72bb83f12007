//! Any number of papers as one file, without holding the whole of it.

use std::io::{self, Write};

use super::loss::count::Losses;
use super::options::CiteStyle;
use super::output_format::Form;
use super::output_keys::{KeyReport, OutputKeys};
use super::render::{keys_of, render_with};
use super::writers::table::{self, Delimiter};
use crate::domain::{Corpus, PaperId};

/// So many papers are made text at a time.
const BATCH: usize = 1 << 13;

/// An account of a file that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// The number of papers that have what the form asks for.
    pub papers: usize,
    pub keys: KeyReport,
    /// The properties that the form could not hold, if there are any.
    pub losses: Option<Losses>,
}

/// Writes papers as the file that they make together.
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
) -> io::Result<Output> {
    if form == Form::Key {
        return keys(corpus, papers, style, output);
    }
    let mut keys = keys_of(corpus, papers, form, style);
    let mut written = 0;
    let mut is_begun = false;
    let mut losses = Losses::new(form);
    // What a reference looks like depends on all that are with it, and a cite command holds all keys.
    let is_one = matches!(form, Form::Reference | Form::CiteCommand);
    let batch = if is_one { papers.len().max(1) } else { BATCH };
    for batch in papers.chunks(batch) {
        let rendered = render_with(corpus, batch, form, style, keys.as_mut());
        written += rendered.papers;
        let records = batch.iter().filter_map(|&id| corpus.get(id));
        records.for_each(|it| losses.add(&style.prefer.record(it)));
        if rendered.text.is_empty() {
            continue;
        }
        let joint = match (form, is_begun) {
            (Form::CslJson, false) => "[\n",
            (Form::CslJson, true) => ",\n",
            (form, true) if form.is_apart() => "\n",
            _ => "",
        };
        let text = match form {
            Form::CslJson => rendered.text.trim_start_matches("[\n").trim_end_matches("\n]\n"),
            // The header stands above the first rows only.
            Form::Csv | Form::Tsv if is_begun => {
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
        is_begun = true;
    }
    match form {
        Form::CslJson if is_begun => output.write_all(b"\n]\n")?,
        Form::CslJson => output.write_all(b"[]\n")?,
        Form::Csv if !is_begun => writeln!(output, "{}", table::header(Delimiter::Comma))?,
        Form::Tsv if !is_begun => writeln!(output, "{}", table::header(Delimiter::Tab))?,
        _ => {}
    }
    output.flush()?;
    Ok(Output {
        papers: written,
        keys: keys.map(|it| it.report).unwrap_or_default(),
        losses: Some(losses).filter(|it| !it.is_empty()),
    })
}

/// Writes each key on a line of its own, and once.
fn keys(
    corpus: &Corpus,
    papers: &[PaperId],
    style: &CiteStyle,
    output: &mut dyn Write,
) -> io::Result<Output> {
    let mut keys = OutputKeys::new(corpus, papers, style);
    for id in papers {
        let key = keys.next(*id);
        if !key.text.is_empty() && !key.is_repeat {
            writeln!(output, "{}", key.text)?;
        }
    }
    output.flush()?;
    Ok(Output { papers: papers.len(), keys: keys.report, losses: None })
}
