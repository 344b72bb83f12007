//! Predicates that filter but do not rank: year, category, venue, marks, metadata of a word.

use std::collections::HashSet;
use std::sync::Arc;

use super::context::{CorpusSegment, FilterContext};
use super::metadata::MetadataRows;
use crate::domain::{BibField, PaperId, Segment, arxiv_year, is_hugging_face_page, mentions_code};
use crate::search::query::date::DateRange;
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
    /// A word in a tag or a note of these papers, or in the metadata.
    Marked {
        papers: Arc<HashSet<PaperId>>,
        metadata: Option<Box<Self>>,
    },
}

impl<'a> SegmentFilter<'a> {
    /// Returns `None` if the condition can only match text.
    pub fn from_condition(condition: &'a Condition, segment: &Segment) -> Option<Self> {
        match condition {
            Condition::Predicate(predicate) => Some(Self::from_predicate(predicate, segment)),
            Condition::Word(word) => MetadataRows::new(word, segment).map(Self::Metadata),
            Condition::Phrase(_)
            | Condition::Regex(_)
            | Condition::Name(_)
            | Condition::Group(_) => None,
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
                Self::Venues(venues.map(|it| matches_name(it, value, *whole)).collect())
            }
            _ => Self::Row(predicate),
        }
    }

    pub fn row_passes(&self, context: FilterContext<'_>, at: CorpusSegment<'_>, row: u32) -> bool {
        match self {
            Self::Categories(passes) => passes[at.segment.category_index(row)],
            Self::Venues(passes) => passes[at.segment.venue_index(row)],
            Self::Metadata(metadata) => metadata.contains(context, at, row),
            Self::Marked { papers, metadata } => {
                papers.contains(&context.corpus.paper_of_record(at.id(row)))
                    || metadata.as_ref().is_some_and(|it| it.row_passes(context, at, row))
            }
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
        Predicate::Dates(dates) => is_within(*dates, segment, row),
        Predicate::Newer(_, dates) => dates.is_some_and(|it| is_within(it, segment, row)),
        Predicate::Id(id) => {
            let paper = segment.paper(row);
            [paper.arxiv, paper.doi].iter().any(|it| starts_with_ignore_case(it, id))
        }
        Predicate::Arxiv(id) => starts_with_ignore_case(segment.paper(row).arxiv, id),
        Predicate::Doi(id) => starts_with_ignore_case(segment.paper(row).doi, id),
        Predicate::Keyword(value, whole) => {
            segment.has_keywords(row)
                && segment.paper(row).keywords().any(|it| matches_name(it, value, *whole))
        }
        Predicate::Origin(value, whole) => {
            segment.paper(row).origins().any(|it| matches_name(it, value, *whole))
        }
        Predicate::Collection(value, whole) => {
            segment.has_collections(row)
                && segment.paper(row).collections().any(|it| matches_name(it, value, *whole))
        }
        Predicate::Kind(kind) => segment.kind(row) == *kind,
        Predicate::Citations(counts) => {
            let stated = segment.paper(row).field(BibField::Citations);
            stated.parse().is_ok_and(|count| counts.contains(count))
        }
        Predicate::Retracted => segment.paper(row).is_retracted(),
        Predicate::Votes(counts) => {
            let stated = segment.paper(row).field(BibField::Upvotes);
            stated.parse().is_ok_and(|count| counts.contains(count))
        }
        Predicate::File(path) => {
            fold(segment.paper(row).field(BibField::File)).contains(path.as_str())
        }
        Predicate::Key(key) => matches_citation_key(context, at, row, key),
        Predicate::Has(HasField::Key) => {
            let paper = segment.paper(row);
            !paper.field(BibField::Key).is_empty() || context.bibliographies.contains(&paper)
        }
        Predicate::Has(field) => has_field(*field, segment, row),
        // `SegmentFilter::from_predicate` evaluates the first two once for each distinct value.
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

/// Returns true if the name is the value, or contains it from a word start on.
fn matches_name(name: &str, value: &str, whole: WholeWord) -> bool {
    let name = normalise_value(&tex_to_unicode(name));
    match whole {
        WholeWord::Required => name == value,
        WholeWord::NotRequired => begins_word(value, &name),
    }
}

/// Returns true if the date of the paper, as far as it is known, is within the range: a paper of
/// which only the year is known is within a month only if the range has the whole year.
fn is_within(dates: DateRange, segment: &Segment, row: u32) -> bool {
    let year = segment.year(row).map(DateRange::from_year);
    match year {
        Some(year) if dates.includes(year) => return true,
        Some(year) if !dates.overlaps(year) => return false,
        _ => {}
    }
    let paper = segment.paper(row);
    let date = DateRange::parse_date(paper.field(BibField::Date));
    let submitted =
        || arxiv_month(paper.arxiv).filter(|it| year.is_none_or(|year| year.includes(*it)));
    date.or_else(submitted).is_some_and(|it| dates.includes(it))
}

/// The month in which a preprint was submitted, which its identifier encodes.
fn arxiv_month(arxiv: &str) -> Option<DateRange> {
    let year = arxiv_year(arxiv)?;
    let month = arxiv.rsplit('/').next()?.get(2..4)?.parse().ok()?;
    DateRange::from_month(year, month)
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
