//! The evidence that a title in a reference is that of its paper: authors, year and position.

use std::ops::Range;

use super::titles::{TitleExtent, TitleRun};
use super::word_sequence::WordSequence;
use crate::domain::{Paper, PersonName};
use crate::text::{fold, tex_to_unicode, umlaut_variants, words};

/// Authors compared at most.
const MAX_AUTHORS: usize = 12;

/// A title of a reference with the evidence for it. Compared by [`Evidence::rank`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Words of the title.
    pub weight: u32,
    pub extent: TitleExtent,
    /// Authors of the paper whose family name is in the reference.
    authors: usize,
    agreement: AuthorAgreement,
    year: YearAgreement,
    coverage: TitleCoverage,
    position: TitlePosition,
}

/// Position of a title in a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TitlePosition {
    Delimited,
    /// Within a phrase, of which it may be only a part.
    InPhrase,
    /// After "In", as the title of the proceedings or the book.
    Container,
}

/// Agreement of the authors of a paper with those in a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthorAgreement {
    None,
    /// The paper has no authors.
    Unknown,
    Named,
}

/// Agreement of the year of a paper with the years in a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearAgreement {
    None,
    /// One year apart, as preprints and their publication often are.
    Near,
    Same,
}

/// The share of a reference that a title takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TitleCoverage {
    Minor,
    /// Half of the words or more.
    Major,
    Whole,
}

impl Evidence {
    /// Collects the evidence for a title in the part of the sequence that has it.
    pub fn new(
        run: &TitleRun,
        part: &Range<usize>,
        paper: &Paper<'_>,
        sequence: &WordSequence,
    ) -> Self {
        let around = || {
            sequence
                .numbers_in(part.start..run.range.start)
                .chain(sequence.numbers_in(run.range.end..part.end))
        };
        let numbers: Vec<u32> = around().collect();
        let is_around = |word: &str| sequence.number(word).is_some_and(|it| numbers.contains(&it));
        let names = paper.authors().take(MAX_AUTHORS);
        let authors = names.filter(|it| has_family(&family_words(it), is_around)).count();
        let years = sequence
            .years_in(part.start..run.range.start)
            .chain(sequence.years_in(run.range.end..part.end));
        let agreement = |year: i16| match paper.year.map(|it| it.abs_diff(year)) {
            Some(0) => YearAgreement::Same,
            Some(1) => YearAgreement::Near,
            _ => YearAgreement::None,
        };
        let coverage = match (run.range.len(), part.len()) {
            (title, whole) if title == whole => TitleCoverage::Whole,
            (title, whole) if title * 2 >= whole => TitleCoverage::Major,
            _ => TitleCoverage::Minor,
        };
        Self {
            weight: sequence.weight(run.range.clone()),
            extent: run.extent,
            authors,
            agreement: match authors {
                0 if paper.authors().next().is_none() => AuthorAgreement::Unknown,
                0 => AuthorAgreement::None,
                _ => AuthorAgreement::Named,
            },
            year: years.map(agreement).max().unwrap_or(YearAgreement::None),
            coverage,
            position: if sequence.is_container(&run.range) {
                TitlePosition::Container
            } else if sequence.is_delimited(&run.range) {
                TitlePosition::Delimited
            } else {
                TitlePosition::InPhrase
            },
        }
    }

    /// Returns true if the title can hardly be there by accident. The shorter it is, the more
    /// evidence is needed.
    pub fn is_sufficient(&self) -> bool {
        const MAX_SHORT: u32 = 2;
        const MIN_LONG: u32 = 5;
        let (has_author, has_year) = (self.authors > 0, self.year > YearAgreement::None);
        let is_major = self.coverage >= TitleCoverage::Major;
        let is_delimited = self.position == TitlePosition::Delimited;
        match self.weight {
            _ if self.coverage == TitleCoverage::Whole => true,
            _ if self.position == TitlePosition::Container => false,
            MIN_LONG.. => has_author || has_year || is_delimited || is_major,
            0..=MAX_SHORT => has_author && is_delimited,
            _ => has_author && (is_delimited || has_year) || is_delimited && (has_year || is_major),
        }
    }

    /// The rank among the titles in a reference; greater is better. An author beside the title
    /// counts most, since a reference also has the titles of journals and proceedings.
    pub fn rank(&self) -> (AuthorAgreement, u32, bool, usize, YearAgreement) {
        let is_whole = self.extent == TitleExtent::Whole;
        (self.agreement, self.weight, is_whole, self.authors, self.year)
    }
}

/// The words of the family name of a person, folded, and of its umlaut spelling.
pub fn family_words(name: &str) -> Vec<String> {
    let name = tex_to_unicode(name);
    let family = PersonName::family_name(&name);
    let variants = umlaut_variants(&family).into_iter().map(|(spelling, _)| spelling);
    std::iter::once(fold(&family)).chain(variants).collect()
}

/// Returns true if all words of one spelling of a family name are in a text.
pub fn has_family(spellings: &[String], is_in_text: impl Fn(&str) -> bool) -> bool {
    spellings.iter().any(|family| {
        let mut family_words = words(family).peekable();
        family_words.peek().is_some() && family_words.all(&is_in_text)
    })
}
