//! Tests that a paper passes or not, whatever its words.

use super::context::FilterContext;
use super::metadata::MetadataRows;
use crate::domain::{BibField, PaperId, Segment, is_hugging_face_page, mentions_code};
use crate::search::query::mark_filter::{begins_with_value, begins_word, passes_mark_filter};
use crate::search::query::{Condition, HasField, Predicate, WholeWord, normalise_value};
use crate::text::{fold, tex_to_unicode};

/// A test of what is no text, made ready for a segment.
#[derive(Debug)]
pub enum SegmentFilter<'a> {
    /// Which of the segment's distinct lists of categories pass.
    Categories(Vec<bool>),
    /// Which of the segment's distinct venues pass.
    Venues(Vec<bool>),
    Row(&'a Predicate),
    /// What a word is beside being text.
    Metadata(MetadataRows<'a>),
}

impl<'a> SegmentFilter<'a> {
    /// Nothing where the test asks for text only.
    pub fn from_condition(test: &'a Condition, segment: &Segment) -> Option<Self> {
        match test {
            Condition::Predicate(filter) => Some(Self::from_predicate(filter, segment)),
            Condition::Word(word) => MetadataRows::new(word, segment).map(Self::Metadata),
            Condition::Phrase(_) | Condition::Regex(_) => None,
        }
    }

    fn from_predicate(filter: &'a Predicate, segment: &Segment) -> Self {
        match filter {
            Predicate::Category(value, whole) => {
                let passes =
                    |list: &str| list.split(' ').any(|it| begins_with_value(it, value, *whole));
                Self::Categories(segment.categories().records().map(passes).collect())
            }
            Predicate::Venue(value, whole) => {
                let venues = segment.venues().records();
                Self::Venues(venues.map(|it| matches_venue(it, value, *whole)).collect())
            }
            _ => Self::Row(filter),
        }
    }

    pub fn row_passes(
        &self,
        around: FilterContext<'_>,
        segment: &Segment,
        start: u32,
        row: u32,
    ) -> bool {
        match self {
            Self::Categories(passes) => passes[segment.category_index(row)],
            Self::Venues(passes) => passes[segment.venue_index(row)],
            Self::Metadata(facts) => facts.contains(around, segment, start, row),
            Self::Row(filter) => passes(filter, around, segment, PaperId(start + row), row),
        }
    }
}

fn passes(
    filter: &Predicate,
    around: FilterContext<'_>,
    segment: &Segment,
    id: PaperId,
    row: u32,
) -> bool {
    match filter {
        Predicate::Years(years) => segment.year(row).is_some_and(|year| years.contains(year)),
        Predicate::Id(id) => {
            let paper = segment.paper(row);
            [paper.arxiv, paper.doi].iter().any(|it| starts_with_ignore_case(it, id))
        }
        Predicate::Key(key) => matches_citation_key(around, segment, id, row, key),
        Predicate::Has(HasField::Key) => {
            let paper = segment.paper(row);
            !paper.field(BibField::Key).is_empty() || around.bibliographies.contains(&paper)
        }
        Predicate::Has(given) => has_field(*given, segment, row),
        // These have columns of their own.
        Predicate::Category(..) | Predicate::Venue(..) => false,
        marked => passes_mark_filter(marked, around.marks, around.corpus.paper_of_record(id))
            .unwrap_or(false),
    }
}

/// Returns true if a key of the paper begins so: the one it has in the reader's own bibliography,
/// the one it was given before, or its usual.
fn matches_citation_key(
    around: FilterContext<'_>,
    segment: &Segment,
    id: PaperId,
    row: u32,
    beginning: &str,
) -> bool {
    let paper = segment.paper(row);
    let own = around.bibliographies.get().and_then(|it| Some(fold(it.key(&paper)?)));
    if let Some(own) = own.filter(|it| !it.is_empty()) {
        return own.starts_with(beginning);
    }
    let kept = || around.bibliographies.assigned_key(&paper);
    around.corpus.citation_key_starts_with(id, beginning)
        || kept().is_some_and(|it| fold(&it).starts_with(beginning))
}

fn matches_venue(venue: &str, value: &str, whole: WholeWord) -> bool {
    let venue = normalise_value(&tex_to_unicode(venue));
    match whole {
        WholeWord::Required => venue == value,
        WholeWord::NotRequired => begins_word(value, &venue),
    }
}

/// Whether the identifier begins so; `beginning` is in lower case.
fn starts_with_ignore_case(identifier: &str, beginning: &str) -> bool {
    identifier
        .as_bytes()
        .get(..beginning.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(beginning.as_bytes()))
}

fn has_field(given: HasField, segment: &Segment, row: u32) -> bool {
    let paper = segment.paper(row);
    match given {
        HasField::Code => {
            let in_urls = paper.urls().any(|url| {
                // A paper's page is no code.
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
