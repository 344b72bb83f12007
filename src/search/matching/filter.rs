//! Tests that a paper passes or not, whatever its words.

use super::context::Surroundings;
use super::metadata::Facts;
use crate::domain::{Fact, PaperId, Segment, is_hugging_face_page, mentions_code};
use crate::search::query::mark_filter::{begins, begins_word, passes_marked};
use crate::search::query::{Filter, Given, Test, Whole, canonical};
use crate::text::{fold, readable};

/// A test of what is no text, made ready for a segment.
#[derive(Debug)]
pub enum Sieve<'a> {
    /// Which of the segment's distinct lists of categories pass.
    Categories(Vec<bool>),
    /// Which of the segment's distinct venues pass.
    Venues(Vec<bool>),
    Row(&'a Filter),
    /// What a word is beside being text.
    Facts(Facts<'a>),
}

impl<'a> Sieve<'a> {
    /// Nothing where the test asks for text only.
    pub fn of(test: &'a Test, segment: &Segment) -> Option<Self> {
        match test {
            Test::Filter(filter) => Some(Self::new(filter, segment)),
            Test::Word(word) => Facts::of(word, segment).map(Self::Facts),
            Test::Phrase(_) | Test::Regex(_) => None,
        }
    }

    fn new(filter: &'a Filter, segment: &Segment) -> Self {
        match filter {
            Filter::Category(value, whole) => {
                let passes = |list: &str| list.split(' ').any(|it| begins(it, value, *whole));
                Self::Categories(segment.categories().records().map(passes).collect())
            }
            Filter::Venue(value, whole) => {
                let venues = segment.venues().records();
                Self::Venues(venues.map(|it| is_venue(it, value, *whole)).collect())
            }
            _ => Self::Row(filter),
        }
    }

    pub fn passes(
        &self,
        around: Surroundings<'_>,
        segment: &Segment,
        start: u32,
        row: u32,
    ) -> bool {
        match self {
            Self::Categories(passes) => passes[segment.category_index(row)],
            Self::Venues(passes) => passes[segment.venue_index(row)],
            Self::Facts(facts) => facts.has(around, segment, start, row),
            Self::Row(filter) => passes(filter, around, segment, PaperId(start + row), row),
        }
    }
}

fn passes(
    filter: &Filter,
    around: Surroundings<'_>,
    segment: &Segment,
    id: PaperId,
    row: u32,
) -> bool {
    match filter {
        Filter::Years(years) => segment.year(row).is_some_and(|year| years.has(year)),
        Filter::Id(id) => {
            let paper = segment.paper(row);
            [paper.arxiv, paper.doi].iter().any(|it| begins_caseless(it, id))
        }
        Filter::Key(key) => is_key(around, segment, id, row, key),
        Filter::Has(Given::Key) => {
            let paper = segment.paper(row);
            !paper.fact(Fact::Key).is_empty() || around.own.has(&paper)
        }
        Filter::Has(given) => has(*given, segment, row),
        // These have columns of their own.
        Filter::Category(..) | Filter::Venue(..) => false,
        marked => passes_marked(marked, around.marks, around.corpus.first(id)).unwrap_or(false),
    }
}

/// Returns true if a key of the paper begins so: the one it has in the reader's own bibliography,
/// the one it was given before, or its usual.
fn is_key(
    around: Surroundings<'_>,
    segment: &Segment,
    id: PaperId,
    row: u32,
    beginning: &str,
) -> bool {
    let paper = segment.paper(row);
    let own = around.own.get().and_then(|it| Some(fold(it.key_of(&paper)?)));
    if let Some(own) = own.filter(|it| !it.is_empty()) {
        return own.starts_with(beginning);
    }
    let kept = || around.own.kept_key_of(&paper);
    around.corpus.citation_key_begins(id, beginning)
        || kept().is_some_and(|it| fold(&it).starts_with(beginning))
}

fn is_venue(venue: &str, value: &str, whole: Whole) -> bool {
    let venue = canonical(&readable(venue));
    match whole {
        Whole::Words => venue == value,
        Whole::Parts => begins_word(value, &venue),
    }
}

/// Whether the identifier begins so; `beginning` is in lower case.
fn begins_caseless(identifier: &str, beginning: &str) -> bool {
    identifier
        .as_bytes()
        .get(..beginning.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(beginning.as_bytes()))
}

fn has(given: Given, segment: &Segment, row: u32) -> bool {
    let paper = segment.paper(row);
    match given {
        Given::Code => {
            let in_urls = paper.urls().any(|url| {
                // A paper's page is no code.
                mentions_code(url) && !is_hugging_face_page(url)
            });
            in_urls || segment.mentions_code(row)
        }
        Given::Pdf => !paper.arxiv.is_empty() || paper.urls().any(is_pdf),
        Given::Doi => !paper.doi.is_empty(),
        Given::Abstract => segment.has_abstract(row),
        Given::Venue => !paper.venue.is_empty(),
        Given::Key => !paper.fact(Fact::Key).is_empty(),
        Given::Link => [paper.arxiv, paper.doi, paper.url_list].iter().any(|it| !it.is_empty()),
    }
}

fn is_pdf(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.len() >= 4 && path.as_bytes()[path.len() - 4..].eq_ignore_ascii_case(b".pdf")
}
