//! Predicates that filter but do not rank: year, category, venue, marks, metadata of a word.

use super::context::{CorpusSegment, FilterContext};
use super::metadata::MetadataRows;
use crate::domain::{BibField, Segment, is_hugging_face_page, mentions_code};
use crate::search::query::mark_filter::{begins_with_value, begins_word, passes_mark_filter};
use crate::search::query::{Condition, HasField, Predicate, WholeWord, normalise_value};
use crate::text::{fold, tex_to_unicode};

/// A condition on other data than text, prepared for one segment.
#[derive(Debug)]
pub enum SegmentFilter<'a> {
    /// For each distinct category list of the segment: true if it passes.
    Categories(Vec<bool>),
    /// For each distinct venue of the segment: true if it passes.
    Venues(Vec<bool>),
    Row(&'a Predicate),
    /// A word as year, venue, category or citation key.
    Metadata(MetadataRows<'a>),
}

impl<'a> SegmentFilter<'a> {
    /// Returns `None` if the condition can only match text.
    pub fn from_condition(condition: &'a Condition, segment: &Segment) -> Option<Self> {
        match condition {
            Condition::Predicate(predicate) => Some(Self::from_predicate(predicate, segment)),
            Condition::Word(word) => MetadataRows::new(word, segment).map(Self::Metadata),
            Condition::Phrase(_) | Condition::Regex(_) => None,
        }
    }

    fn from_predicate(predicate: &'a Predicate, segment: &Segment) -> Self {
        match predicate {
            Predicate::Category(value, whole) => {
                let passes =
                    |list: &str| list.split(' ').any(|it| begins_with_value(it, value, *whole));
                Self::Categories(segment.categories().records().map(passes).collect())
            }
            Predicate::Venue(value, whole) => {
                let venues = segment.venues().records();
                Self::Venues(venues.map(|it| matches_venue(it, value, *whole)).collect())
            }
            _ => Self::Row(predicate),
        }
    }

    pub fn row_passes(&self, context: FilterContext<'_>, at: CorpusSegment<'_>, row: u32) -> bool {
        match self {
            Self::Categories(passes) => passes[at.segment.category_index(row)],
            Self::Venues(passes) => passes[at.segment.venue_index(row)],
            Self::Metadata(metadata) => metadata.contains(context, at, row),
            Self::Row(predicate) => passes(predicate, context, at, row),
        }
    }
}

fn passes(
    predicate: &Predicate,
    context: FilterContext<'_>,
    at: CorpusSegment<'_>,
    row: u32,
) -> bool {
    let segment: &Segment = at.segment;
    match predicate {
        Predicate::Years(years) => segment.year(row).is_some_and(|year| years.contains(year)),
        Predicate::Id(id) => {
            let paper = segment.paper(row);
            [paper.arxiv, paper.doi].iter().any(|it| starts_with_ignore_case(it, id))
        }
        Predicate::Key(key) => matches_citation_key(context, at, row, key),
        Predicate::Has(HasField::Key) => {
            let paper = segment.paper(row);
            !paper.field(BibField::Key).is_empty() || context.bibliographies.contains(&paper)
        }
        Predicate::Has(field) => has_field(*field, segment, row),
        // `SegmentFilter::from_predicate` evaluates these once for each distinct value.
        Predicate::Category(..) | Predicate::Venue(..) => false,
        on_marks => {
            let paper = context.corpus.paper_of_record(at.id(row));
            passes_mark_filter(on_marks, context.marks, paper).unwrap_or(false)
        }
    }
}

/// Returns true if a citation key of the paper begins with the prefix: its key in the user's own
/// bibliographies, else the key assigned earlier or the generated one.
fn matches_citation_key(
    context: FilterContext<'_>,
    at: CorpusSegment<'_>,
    row: u32,
    prefix: &str,
) -> bool {
    let paper = at.segment.paper(row);
    let own_key = context.bibliographies.get().and_then(|it| Some(fold(it.key(&paper)?)));
    if let Some(own_key) = own_key.filter(|it| !it.is_empty()) {
        return own_key.starts_with(prefix);
    }
    let assigned_key = || context.bibliographies.assigned_key(&paper);
    context.corpus.citation_key_starts_with(at.id(row), prefix)
        || assigned_key().is_some_and(|it| fold(&it).starts_with(prefix))
}

fn matches_venue(venue: &str, value: &str, whole: WholeWord) -> bool {
    let venue = normalise_value(&tex_to_unicode(venue));
    match whole {
        WholeWord::Required => venue == value,
        WholeWord::NotRequired => begins_word(value, &venue),
    }
}

fn starts_with_ignore_case(identifier: &str, prefix: &str) -> bool {
    let start = identifier.as_bytes().get(..prefix.len());
    start.is_some_and(|it| it.eq_ignore_ascii_case(prefix.as_bytes()))
}

fn has_field(field: HasField, segment: &Segment, row: u32) -> bool {
    let paper = segment.paper(row);
    match field {
        HasField::Code => {
            let in_urls = paper.urls().any(|url| {
                // The Hugging Face page of a paper is not code.
                mentions_code(url) && !is_hugging_face_page(url)
            });
            in_urls || segment.mentions_code(row)
        }
        HasField::Pdf => !paper.arxiv.is_empty() || paper.urls().any(is_pdf),
        HasField::Doi => !paper.doi.is_empty(),
        HasField::Abstract => segment.has_abstract(row),
        HasField::Venue => !paper.venue.is_empty(),
        HasField::Key => !paper.field(BibField::Key).is_empty(),
        HasField::Link => [paper.arxiv, paper.doi, paper.url_list].iter().any(|it| !it.is_empty()),
    }
}

fn is_pdf(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.len() >= 4 && path.as_bytes()[path.len() - 4..].eq_ignore_ascii_case(b".pdf")
}
