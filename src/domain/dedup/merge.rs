//! Several records of one paper into one: what was published before the preprint, and where one
//! is silent the others speak.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::citation_key::KeyPattern;
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::{Fact, Kind};
use crate::domain::paper::name::OTHERS;
use crate::domain::paper::paper::{Paper, PaperId};
use crate::domain::segment::abstracts::{AbstractStore, Abstracts};
use crate::domain::segment::segment::Segment;
use crate::domain::segment::segment_builder::SegmentBuilder;
use crate::domain::segment::segment_list::Place;
use crate::text::distinct;

/// A paper with the facts of all its records.
#[derive(Debug)]
pub struct United {
    /// All but the abstract.
    draft: Draft,
    /// What other records call it.
    other_titles: Vec<String>,
    /// Whose abstract it has.
    abstract_of: Option<(Arc<Segment>, u32)>,
}

impl United {
    /// Unites records, given in order of arrival. Nothing where the first says it all.
    pub fn of(records: &[Place<'_>]) -> Option<Self> {
        let mut ranked = records.to_vec();
        ranked.sort_by_cached_key(|(segment, row)| {
            let paper = segment.paper(*row);
            (stage(paper.kind), Reverse(newness(&paper)))
        });
        let papers = || ranked.iter().map(|(segment, row)| segment.paper(*row));
        let mut draft = draft(&papers().next()?);
        papers().skip(1).for_each(|paper| add(&mut draft, &paper));
        let other_titles = papers().map(|it| it.title).filter(|it| *it != draft.title);
        let other_titles: Vec<String> =
            distinct(other_titles).into_iter().map(str::to_owned).collect();
        let with_abstract = |(segment, row): &&Place<'_>| segment.has_abstract(*row);
        let abstract_of = ranked.iter().find(with_abstract);
        let (first, first_row) = records.first()?;
        let is_first = |(segment, row): &Place<'_>| Arc::ptr_eq(segment, first) && row == first_row;
        let is_new = !abstract_of.is_none_or(is_first)
            || !other_titles.is_empty()
            || draft != self::draft(&first.paper(*first_row));
        let abstract_of = abstract_of.map(|(segment, row)| (Arc::clone(segment), *row));
        is_new.then_some(Self { draft, other_titles, abstract_of })
    }

    /// Whether the abstract must be read from somewhere.
    fn is_stored(&self) -> bool {
        let segment = self.abstract_of.as_ref().map(|(segment, _)| segment);
        segment.is_some_and(|it| matches!(it.abstracts(), Abstracts::Stored(_)))
    }
}

/// Papers on their way into a segment of united facts.
#[derive(Debug, Default)]
pub struct Batch {
    papers: Vec<(PaperId, United)>,
    bytes: usize,
}

impl Batch {
    /// Spans in a segment have 32 bits.
    const MOST_BYTES: usize = 64 << 20;

    pub fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }

    pub fn is_full(&self) -> bool {
        self.papers.len() >= SegmentBuilder::CAPACITY || self.bytes >= Self::MOST_BYTES
    }

    pub fn push(&mut self, paper: PaperId, united: United) {
        self.bytes += united.draft.size();
        self.bytes += united.other_titles.iter().map(String::len).sum::<usize>();
        if !united.is_stored() {
            self.bytes += united.abstract_of.as_ref().map_or(0, |it| text(it).len());
        }
        self.papers.push((paper, united));
    }

    /// Seals the papers. Where an abstract is not in memory none is, and all are read where the
    /// records have them.
    pub fn seal(self, pattern: KeyPattern) -> (Arc<Segment>, Vec<PaperId>) {
        let is_stored = self.papers.iter().any(|(_, it)| it.is_stored());
        let ids = self.papers.iter().map(|(id, _)| *id).collect();
        let builder = if is_stored {
            let rows = self.papers.iter().map(|(_, it)| it.abstract_of.clone()).collect();
            SegmentBuilder::stored(Arc::new(Borrowed { rows }))
        } else {
            SegmentBuilder::default()
        };
        let mut builder = builder.keyed(pattern);
        for ((_, united), row) in self.papers.into_iter().zip(0_u64..) {
            let United { mut draft, other_titles, abstract_of } = united;
            let abstract_text = abstract_of.as_ref().filter(|_| !is_stored).map(text);
            draft.abstract_text = abstract_text.unwrap_or_default();
            builder.push_titled(&(&draft).into(), &other_titles, row..row + 1);
            if let Some((segment, row)) = &abstract_of {
                builder.give(segment, *row);
            }
        }
        (builder.seal(), ids)
    }
}

/// The abstracts of other segments' rows.
#[derive(Debug)]
struct Borrowed {
    rows: Vec<Option<(Arc<Segment>, u32)>>,
}

impl AbstractStore for Borrowed {
    fn read(&self, place: Range<u64>, _: &str) -> Result<String, String> {
        let row = usize::try_from(place.start).ok().and_then(|at| self.rows.get(at)?.as_ref());
        row.map_or(Ok(String::new()), |(it, row)| Ok(it.abstract_text(*row)?.into_owned()))
    }
}

/// An abstract in memory, which can be read.
fn text((segment, row): &(Arc<Segment>, u32)) -> String {
    segment.abstract_text(*row).unwrap_or_default().into_owned()
}

/// Published, unknown, preprint.
fn stage(kind: Kind) -> u8 {
    match kind {
        Kind::Article | Kind::Conference | Kind::Chapter | Kind::Book | Kind::Thesis => 0,
        Kind::Preprint => 2,
        _ => 1,
    }
}

/// The version of a paper, and the day on which its record was changed: of two records the greater
/// is newer. Records of which neither is known are equally new.
fn newness<'a>(paper: &Paper<'a>) -> ([u32; 3], &'a str) {
    let version = paper.fact(Fact::Version).trim_start_matches(['v', 'V']);
    let mut numbers = version.split('.').map(|it| it.parse().unwrap_or(0));
    let version = if version.is_empty() {
        // The first is seldom named.
        [1, 0, 0]
    } else {
        [(); 3].map(|()| numbers.next().unwrap_or(0))
    };
    (version, paper.fact(Fact::Updated))
}

/// A record as it was before it came into the corpus, but for its abstract.
fn draft(paper: &Paper<'_>) -> Draft {
    Draft {
        title: paper.title.to_owned(),
        authors: author_list(paper),
        abstract_text: String::new(),
        year: paper.year,
        categories: paper.categories.to_owned(),
        venue: paper.venue.to_owned(),
        arxiv: paper.arxiv.to_owned(),
        doi: paper.doi.to_owned(),
        urls: paper.urls().map(str::to_owned).collect(),
        kind: paper.kind,
        facts: paper.facts().map(|(fact, value)| (fact, value.to_owned())).collect(),
    }
}

/// The authors, with [`OTHERS`] where there are more.
fn author_list(paper: &Paper<'_>) -> Vec<String> {
    let others = paper.has_other_authors().then_some(OTHERS);
    paper.authors().chain(others).map(str::to_owned).collect()
}

fn names_known(authors: &[String]) -> usize {
    authors.iter().filter(|it| *it != OTHERS).count()
}

fn add(united: &mut Draft, paper: &Paper<'_>) {
    let fill = |field: &mut String, value: &str| {
        if field.is_empty() {
            value.clone_into(field);
        }
    };
    fill(&mut united.title, paper.title);
    fill(&mut united.venue, paper.venue);
    fill(&mut united.arxiv, paper.arxiv);
    fill(&mut united.doi, paper.doi);
    united.year = united.year.or(paper.year);
    // Some sources name the first few only.
    if paper.authors().count() > names_known(&united.authors) {
        united.authors = author_list(paper);
    }
    if united.kind == Kind::Unknown {
        united.kind = paper.kind;
    }
    let categories = united.categories.split(' ').chain(paper.categories.split(' '));
    united.categories = distinct(categories.filter(|it| !it.is_empty())).join(" ");
    let urls = std::mem::take(&mut united.urls);
    united.urls = distinct(urls.into_iter().chain(paper.urls().map(str::to_owned)));
    let has_key = !united.fact(Fact::Key).is_empty();
    for (fact, value) in paper.facts() {
        let is_astray = match fact {
            // The entry that is given back has its own key, and the date its own year.
            Fact::Raw => has_key,
            Fact::Date => paper.year != united.year,
            // A published paper is not the second version of the preprint.
            Fact::Version => paper.kind != united.kind,
            _ => false,
        };
        if !is_astray {
            united.add_fact(fact, value);
        }
    }
}
