//! Printing what matches, in rank order, without a screen.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use super::options::Options;
use super::{FAILED, NOTHING, OUTPUT, say};
use crate::cite::{Bibliographies, CiteStyle, Form, render};
use crate::domain::{Corpus, Marks, PaperId};
use crate::search::{Direction, Hits, Order, Query, Request, Searcher, Ticket};
use crate::shell::Loader;
use crate::sources::{Cache, Control, Loading, load_all};

/// Prints the papers that match; the exit code says whether any did.
pub(super) fn filter(options: &Options) -> anyhow::Result<ExitCode> {
    let (form, style) = (options.form(), &options.style);
    options.tell_complaints();
    let corpus = read(options)?;
    let query = options.args.filter.as_deref().unwrap_or_default();
    let hits = matching(&corpus, query, &style.bibliography);
    let limit = options.args.limit.unwrap_or(usize::MAX);
    let ids: Vec<PaperId> = (0..hits.len().min(limit)).filter_map(|at| hits.get(at)).collect();
    papers(&corpus, &ids, form, style)
}

/// Reads every source to its end, and says on standard error what could not be read.
pub(super) fn read(options: &Options) -> anyhow::Result<Corpus> {
    let mut corpus = Corpus::default();
    let mut failure = None;
    let opened = Loader::open(&options.sources)?;
    let cache = options.cache.as_ref().map(|it| Cache::read_only(it.directory().to_owned()));
    load_all(opened, cache.as_ref(), &Control::default(), &mut |loading| match loading {
        Loading::Segment(segment) => corpus.push(segment),
        Loading::Linked(overlay) => corpus.link(overlay),
        Loading::Defect(defect) => say(&defect.to_string()),
        Loading::Failed(why) => failure = Some(why),
        Loading::Progress { .. } | Loading::Told(_) | Loading::Done => {}
    });
    match failure {
        Some(why) => Err(anyhow::anyhow!(why)),
        None => Ok(corpus),
    }
}

pub(super) fn matching(corpus: &Corpus, query: &str, own: &Bibliographies) -> Hits {
    let request = Request {
        own: own.clone(),
        ticket: Ticket::default(),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        order: Order::Relevance,
        direction: Direction::Forward,
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
