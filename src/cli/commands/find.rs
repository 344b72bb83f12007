//! Finds papers by a query without a screen, with the marks of the library where the query asks for
//! them.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cite::Bibliographies;
use crate::cli::config::options::Options;
use crate::cli::report::say;
use crate::domain::{Corpus, KeyPattern, Marked, Marks, PaperId};
use crate::library::{Desk, News, Saved, Standing};
use crate::search::{Hits, Query, Request, Searcher, Ticket};
use crate::sources::Loading;

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

/// Papers of a corpus that are found with the reader's marks, where the search asks for them.
pub fn find_in_corpus(options: &Options, corpus: &Corpus, search: &Saved) -> Hits {
    let file = options.library().filter(|file| file.exists());
    let marks = match file {
        Some(file) if Query::parse(&search.query).asks_for_marks() => marks(file, corpus),
        _ => Marks::default(),
    };
    matching_with(corpus, marks, search, &options.style.bibliography)
}

fn marks(file: PathBuf, corpus: &Corpus) -> Marks {
    let mut marks = Marks::default();
    match Desk::open(Some(file), None, KeyPattern::default()) {
        Ok((mut desk, news)) => {
            for it in news {
                if let News::Opened(opening) = it
                    && let Standing::Warned(why) | Standing::ThisRun(why) = opening.standing
                {
                    say(&why);
                }
            }
            look_up(&mut desk, corpus, &mut |id, marked| marks.put(id, marked));
        }
        Err(why) => say(&why.to_string()),
    }
    marks
}

/// Has the library say what the papers of a corpus are marked with.
pub fn look_up(desk: &mut Desk, corpus: &Corpus, put: &mut dyn FnMut(PaperId, &Marked)) {
    let segments = corpus.segments().map(|(_, it)| Loading::Segment(Arc::clone(it)));
    for loading in corpus.overlay().map(Loading::Linked).into_iter().chain(segments) {
        for it in desk.arrive(&loading) {
            match it {
                News::Marked(papers) => {
                    for (id, marked) in &papers {
                        put(*id, marked);
                    }
                }
                News::Warned(why) => say(&why),
                _ => {}
            }
        }
    }
}
