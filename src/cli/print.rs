//! Printing what matches, in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::options::Options;
use super::read::read_for;
use super::{FAILED, NOTHING, OUTPUT, library, say};
use crate::cite::{Bibliographies, CiteStyle, Form, render};
use crate::domain::{Corpus, Marks, PaperId};
use crate::library::Saved;
use crate::search::{Hits, Query, Request, Searcher, Ticket};

/// Prints the papers that match; the exit code says whether any did.
pub(super) fn filter(options: &Options) -> anyhow::Result<ExitCode> {
    let (form, style) = (options.form(), &options.style);
    options.tell_complaints();
    let found = read_for(options)?;
    let corpus = &found.corpus;
    let search = match &options.args.shelf.saved {
        Some(name) => library::saved(options, name)?,
        None => Saved::of(options.args.filter.as_deref().unwrap_or_default()),
    };
    let hits = library::matching(options, corpus, &search);
    let limit = options.args.limit.unwrap_or(usize::MAX);
    let ids: Vec<PaperId> = (0..hits.len().min(limit)).filter_map(|at| hits.get(at)).collect();
    let code = papers(corpus, &ids, form, style)?;
    Ok(found.verdict(options.args.input.strict).unwrap_or(code))
}

pub(super) fn matching(corpus: &Corpus, query: &str, own: &Bibliographies) -> Hits {
    matching_with(corpus, Marks::default(), &Saved::of(query), own)
}

pub(super) fn matching_with(
    corpus: &Corpus,
    marks: Marks,
    search: &Saved,
    own: &Bibliographies,
) -> Hits {
    let request = Request {
        own: own.clone(),
        ticket: Ticket::default(),
        query: Arc::new(Query::parse(&search.query)),
        corpus: corpus.clone(),
        marks: Arc::new(marks),
        order: search.order,
        direction: search.direction,
    };
    let mut hits = Hits::default();
    Searcher::default().answer(&request, &|| false, &mut |answer| hits = answer.hits);
    hits
}

/// Prints papers in the form asked for.
pub(super) fn papers(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
) -> anyhow::Result<ExitCode> {
    if papers.is_empty() {
        return Ok(NOTHING.into());
    }
    let rendered = render(corpus, papers, form, style);
    if rendered.lacking > 0 {
        say(&form.lack(rendered.lacking));
    }
    if rendered.papers == 0 {
        return Ok(FAILED.into());
    }
    lines(&[rendered.text])?;
    Ok(ExitCode::SUCCESS)
}

/// Prints each text on lines of its own.
pub(super) fn lines<T: AsRef<str>>(texts: &[T]) -> anyhow::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut print = |text: &str| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        output.write_all(text.as_bytes()).and_then(|()| output.write_all(end.as_bytes()))
    };
    let printed = texts.iter().try_for_each(|text| print(text.as_ref()));
    printed.and_then(|()| output.flush()).context(OUTPUT)
}
