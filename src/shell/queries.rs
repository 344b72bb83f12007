//! Work that needs what the corpus holds of papers beside their rows: abstracts, sentences, copies.

use std::sync::Arc;

use super::clipboard::Copy;
use crate::app::{Counted, Event, Passage, Tally};
use crate::cite::{CiteStyle, Form, KeyReport, render};
use crate::domain::{Corpus, PaperId};
use crate::library::GivenKey;
use crate::search::{Highlighter, Request, Searcher, Stage, Ticket};
use crate::text::readable;

pub fn fetch(corpus: &Corpus, id: PaperId) -> Event {
    Event::Fetched { id, abstract_text: corpus.abstract_text(id).map(Arc::from) }
}

pub fn sentences(
    corpus: &Corpus,
    ticket: Ticket,
    papers: &[PaperId],
    highlighter: &Highlighter,
) -> Event {
    let sentence = |id: &PaperId| {
        let text = corpus.abstract_text(*id).ok()?;
        let text = readable(&text);
        let sentence = highlighter.sentence(&text)?;
        // A row is one line; a blank is as long as a line break, so the highlights stay.
        let text = text[sentence.range].replace('\n', " ");
        Some((*id, Passage { text, highlights: sentence.highlights }))
    };
    Event::Sentences { ticket, found: papers.iter().filter_map(sentence).collect() }
}

/// The keys of an output, as the library keeps them.
pub fn given(corpus: &Corpus, keys: &KeyReport) -> Vec<GivenKey> {
    let given = keys.given.iter();
    given.filter_map(|(id, key)| Some(GivenKey::new(&corpus.get(*id)?, key.clone()))).collect()
}

/// How many papers each search finds, and how many of them are unread.
pub fn counted(
    searcher: &mut Searcher,
    named: &[(String, Request)],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Vec<Counted> {
    let mut counts = Vec::new();
    for (name, request) in named {
        searcher.answer(request, interrupted, &mut |answer| {
            if answer.stage == Stage::Final {
                let tally = Tally::of(&answer.hits, &request.marks, request.corpus.len());
                let (hits, unread) = (answer.hits.len(), tally.unread);
                counts.push(Counted { name: name.clone(), hits, unread });
            }
        });
    }
    counts
}

/// The papers as they are to be copied, and the keys that are given out with that.
///
/// # Errors
///
/// A sentence that says what none of the papers has.
pub fn rendered(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
) -> Result<(Copy, Vec<GivenKey>), String> {
    let rendered = render(corpus, papers, form, style);
    if rendered.papers == 0 {
        return Err(format!("Nothing copied: {}.", form.lack(papers.len())));
    }
    let mut what = rendered.what();
    if rendered.lacking > 0 {
        let papers = if rendered.lacking == 1 { "paper has" } else { "papers have" };
        what = format!("{what} ({} more {papers} none)", rendered.lacking);
    }
    if let Some(keys) = rendered.keys.sentence() {
        what = format!("{what} ({keys})");
    }
    let given = given(corpus, &rendered.keys);
    Ok((Copy { what, text: rendered.text, html: rendered.html }, given))
}
