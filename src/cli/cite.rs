//! Printing references of papers that are named: by key, by identifier or by title.

use std::process::ExitCode;

use super::options::Options;
use super::read::read_for;
use super::{NOTHING, print, say};
use crate::cite::{CiteStyle, Form};
use crate::domain::{Corpus, PaperId};

/// Prints the papers in the order in which they are named; the exit code says whether all of them
/// were found.
pub(super) fn run(options: &Options, what: &[String]) -> anyhow::Result<ExitCode> {
    options.tell_complaints();
    let corpus = read_for(options)?.corpus;
    let found: Vec<Option<PaperId>> =
        what.iter().map(|it| named(&corpus, it, &options.style)).collect();
    let mut papers: Vec<PaperId> = Vec::new();
    for id in found.iter().flatten() {
        if !papers.contains(id) {
            papers.push(*id);
        }
    }
    let form = options.args.printing.form().unwrap_or(Form::Reference);
    let code = print::papers(&corpus, &papers, form, &options.style)?;
    Ok(if found.contains(&None) { NOTHING.into() } else { code })
}

/// The paper with that key, that identifier, or the title that fits best.
fn named(corpus: &Corpus, what: &str, style: &CiteStyle) -> Option<PaperId> {
    let matching = |query: &str| print::matching(corpus, query, &style.bibliography);
    let keyed = matching(&format!("key:{what}"));
    let bearer = (0..keyed.len())
        .filter_map(|at| keyed.get(at))
        .find(|id| style.keys(corpus, &[*id]) == [what]);
    if bearer.is_some() {
        return bearer;
    }
    let hits = matching(what);
    let best = hits.get(0);
    match best.and_then(|id| corpus.get(id)) {
        None => say(&format!("no paper has the key, the identifier or the title {what:?}")),
        Some(paper) if hits.len() > 1 => {
            say(&format!("{what:?} fits {} papers; taken is {:?}", hits.len(), paper.title));
        }
        Some(_) => {}
    }
    best
}
