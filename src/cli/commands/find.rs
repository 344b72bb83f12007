//! Searches without a screen. Loads the marks of the library only if the query depends on them.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cite::SharedBibliography;
use crate::cli::config::options::Options;
use crate::cli::report::report;
use crate::domain::{Corpus, KeyPattern, Marks, PaperId, PaperMarks};
use crate::library::{Durability, Library, LibraryEvent, SavedSearch};
use crate::search::{
    CalendarDay, Hit, Hits, Query, QueryId, Request, Response, Searcher, SortKey, Tier,
    WarningEffect, paste_likelihood,
};
use crate::sources::LoadEvent;
use crate::text::counted;

pub fn find(corpus: &Corpus, query: &str, bibliography: &SharedBibliography) -> Hits {
    find_with_marks(corpus, Marks::default(), &SavedSearch::from_query(query), bibliography)
}

/// The hits of a search, with its warnings reported. An incomplete value matches nothing here; on a
/// screen more would be typed. References in a pasted text need not be valid terms.
pub fn find_with_marks(
    corpus: &Corpus,
    marks: Marks,
    search: &SavedSearch,
    bibliography: &SharedBibliography,
) -> Hits {
    let request = request(corpus, marks, search, bibliography);
    let query = Arc::clone(&request.query);
    let warnings = query.warnings();
    let is_incomplete = warnings.iter().any(|it| it.effect == WarningEffect::NoMatch);
    let mut answer: Option<Response> = None;
    if !is_incomplete || paste_likelihood(&search.query).is_some() {
        Searcher::default().search(&request, &|| false, &mut |it| answer = Some(it));
    }
    if let Some(answer) = answer.take_if(|it| it.references.is_some()) {
        return answer.hits;
    }
    for warning in &warnings {
        report(&warning.message);
    }
    let Some(Response { hits, similar, .. }) = answer.filter(|_| !is_incomplete) else {
        return Hits::default();
    };
    let ignored_words = query.ignored_tail().split_whitespace().count();
    if ignored_words > 0 {
        report(&format!("filter too long: its last {ignored_words} words are ignored"));
    }
    let similar = similar.hits.len();
    if similar > 0 {
        let exact = counted(hits.len().saturating_sub(similar), "paper");
        report(&format!("{exact} found; {similar} more match the filter only approximately"));
    }
    hits
}

/// The papers that match a query as it is typed, without those that match only approximately.
pub fn exact_papers(options: &Options, corpus: &Corpus, query: &str) -> HashSet<PaperId> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let query = Query::parse(query).with_today(CalendarDay::from_unix_time(now));
    let order = SavedSearch::from_query("");
    let request = Request {
        bibliographies: options.style.bibliography.clone(),
        query_id: QueryId::default(),
        query: Arc::new(query.with_skipped()),
        corpus: corpus.clone(),
        marks: Arc::default(),
        sort_key: order.order,
        direction: order.direction,
        judged_marks: None,
    };
    let mut papers = HashSet::new();
    Searcher::default().search(&request, &|| false, &mut |response| {
        let exact = response.hits.len().saturating_sub(response.similar.hits.len());
        papers = response.hits.ids().take(exact).collect();
    });
    papers
}

/// The hits of a search in a corpus, with marks from the library if the query depends on them, or
/// searches the tags and notes that some papers have.
pub fn find_in_corpus(options: &Options, corpus: &Corpus, search: &SavedSearch) -> Hits {
    let file = options.library_file().filter(|file| file.exists());
    let query = Query::parse(&search.query);
    let needed = match () {
        () if query.depends_on_marks() || search.order == SortKey::ForYou => Some(NeededMarks::All),
        () if query.searches_tags_and_notes() => Some(NeededMarks::TagsAndNotes),
        () => None,
    };
    let marks = file.zip(needed).map(|(file, needed)| load_marks(file, corpus, needed));
    let marks = marks.unwrap_or_default();
    find_with_marks(corpus, marks, search, &options.style.bibliography)
}

/// All marks of the papers of a corpus, if there is a library.
pub fn marks_of(options: &Options, corpus: &Corpus) -> Marks {
    let file = options.library_file().filter(|file| file.exists());
    file.map(|file| load_marks(file, corpus, NeededMarks::All)).unwrap_or_default()
}

/// The papers that match all queries as they are typed: without typos, and without papers that are
/// only similar. In order of arrival.
pub fn select_exact(corpus: &Corpus, queries: &[&str]) -> Vec<PaperId> {
    let mut ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    for query in queries.iter().filter(|it| !it.trim().is_empty()) {
        let bibliographies = SharedBibliography::default();
        let search = SavedSearch::from_query(query);
        let request = request(corpus, Marks::default(), &search, &bibliographies);
        let mut matching = HashSet::new();
        Searcher::default().search(&request, &|| false, &mut |it| {
            matching = exact_hits(&it.hits);
        });
        ids.retain(|id| matching.contains(id));
    }
    ids
}

fn exact_hits(hits: &Hits) -> HashSet<PaperId> {
    let is_exact = |hit: &Hit| match hit.tier() {
        None | Some(Tier::Start | Tier::Inside | Tier::Abstract) => true,
        Some(Tier::Typo | Tier::Subsequence | Tier::Similar | Tier::Partial) => false,
    };
    let positions = (0..hits.len()).filter(|&at| hits.hit(at).as_ref().is_none_or(is_exact));
    positions.filter_map(|at| hits.get(at)).collect()
}

/// The request of a search, with ages as in `since:7d` counted back from today.
fn request(
    corpus: &Corpus,
    marks: Marks,
    search: &SavedSearch,
    bibliography: &SharedBibliography,
) -> Request {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let query = Query::parse(&search.query).with_today(CalendarDay::from_unix_time(now));
    let marks = Arc::new(marks);
    Request {
        bibliographies: bibliography.clone(),
        query_id: QueryId::default(),
        query: Arc::new(query),
        corpus: corpus.clone(),
        marks: Arc::clone(&marks),
        sort_key: search.order,
        direction: search.direction,
        judged_marks: Some(marks),
    }
}

/// The marks that a query needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NeededMarks {
    All,
    /// None at all if no paper has a tag or a note.
    TagsAndNotes,
}

fn load_marks(file: PathBuf, corpus: &Corpus, needed: NeededMarks) -> Marks {
    let mut marks = Marks::default();
    match Library::open_store(Some(file), None, KeyPattern::default()) {
        Ok((mut library, events)) => {
            for event in events {
                if let LibraryEvent::Opened(opening) = event
                    && let Durability::DurableWithWarning(reason) | Durability::ThisRunOnly(reason) =
                        opening.durability
                {
                    report(&reason);
                }
            }
            if needed == NeededMarks::All || library.has_tags_or_notes().unwrap_or(true) {
                look_up_marks(&mut library, corpus, &mut |id, marked| marks.set(id, marked));
            }
        }
        Err(reason) => report(&reason.to_string()),
    }
    marks
}

/// Looks up the marks of the papers of a corpus in the library.
pub fn look_up_marks(
    library: &mut Library,
    corpus: &Corpus,
    set_marks: &mut dyn FnMut(PaperId, &PaperMarks),
) {
    let segments = corpus.segments().map(|(_, segment)| LoadEvent::Segment(Arc::clone(segment)));
    for event in corpus.duplicates().map(LoadEvent::Duplicates).into_iter().chain(segments) {
        for event in library.add_and_recognise(&event) {
            match event {
                LibraryEvent::MarksChanged(papers) => {
                    for (id, marked) in &papers {
                        set_marks(*id, marked);
                    }
                }
                LibraryEvent::Warning(reason) => report(&reason),
                _ => {}
            }
        }
    }
}
