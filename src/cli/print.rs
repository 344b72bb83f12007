//! Printing what matches, in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::options::{self, Options};
use super::read::read_for;
use super::sources::Destination;
use super::tex::complaint_of;
use super::{FAILED, NOTHING, OUTPUT, library, say};
use crate::cite::{Bibliographies, CiteStyle, Form, KeyReport, render, write};
use crate::domain::{Corpus, Marks, PaperId};
use crate::library::Saved;
use crate::search::{Hits, Query, Request, Searcher, Ticket};

/// Prints the papers that match, or all without a search; the exit code says whether any did.
pub fn matches(options: &Options, search: Option<&Saved>) -> anyhow::Result<ExitCode> {
    let form = options::form(&options.args.printing, Form::Title)?;
    options.tell_complaints();
    let found = read_for(options, &options.sources(Destination::Print)?)?;
    let corpus = &found.corpus;
    let all = Saved::of("");
    let hits = library::matching(options, corpus, search.unwrap_or(&all));
    let ids: Vec<PaperId> = hits.ids().take(options.args.amount.most()).collect();
    let if_none = none_matched(search.is_some());
    let code = papers(corpus, &ids, form, &options.style, if_none)?;
    Ok(found.verdict(options.args.input.reading.strict).unwrap_or(code))
}

/// The exit code where there is no paper to print: that of grep if something was looked for, and
/// success if all papers were asked for and there are none.
pub fn none_matched(is_search: bool) -> ExitCode {
    if is_search { NOTHING.into() } else { ExitCode::SUCCESS }
}

pub fn matching(corpus: &Corpus, query: &str, own: &Bibliographies) -> Hits {
    matching_with(corpus, Marks::default(), &Saved::of(query), own)
}

/// The papers that a search finds. A search with an incomplete term finds nothing, and says so:
/// on a screen more would be typed.
pub fn matching_with(corpus: &Corpus, marks: Marks, search: &Saved, own: &Bibliographies) -> Hits {
    let query = Query::parse(&search.query);
    let incomplete = query.incomplete();
    if !incomplete.is_empty() {
        for it in &incomplete {
            say(it);
        }
        return Hits::default();
    }
    let unasked = query.unasked().split_whitespace().count();
    if unasked > 0 {
        say(&format!("filter too long: its last {unasked} words are not used"));
    }
    let request = Request {
        own: own.clone(),
        ticket: Ticket::default(),
        query: Arc::new(query),
        corpus: corpus.clone(),
        marks: Arc::new(marks),
        order: search.order,
        direction: search.direction,
    };
    let mut hits = Hits::default();
    Searcher::default().answer(&request, &|| false, &mut |answer| hits = answer.hits);
    hits
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
