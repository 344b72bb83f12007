//! Score of a paper that matches a query approximately: the share of the query's words that it has,
//! each weighted by its rarity and by its likeness to the typed word.

use std::borrow::Cow;

use memchr::memmem::Finder;

use super::alternatives::{Alternative, word_text};
use crate::search::matching::abstracts::{AbstractMatches, LookupError, SegmentContext};
use crate::search::matching::context::FilterContext;
use crate::search::matching::filter::SegmentFilter;
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::haystack::Haystack;
use crate::search::matching::row_set::RowSet;
use crate::search::matching::term::{MatchDepth, match_word};
use crate::search::query::{Condition, QueryWord};
use crate::search::rank::tier::{Match, MatchField, Tier};
use crate::text::is_stop_word;

/// A word of the query with everything that it is compared with.
pub struct SimilarWord<'a> {
    /// The [`Condition::Word`] of the word.
    pub condition: &'a Condition,
    pub word: &'a QueryWord,
    pub alternatives: Vec<Alternative>,
    /// The year, if the word is one.
    pub year: Option<i16>,
    /// Rarity of the word in the corpus, greater than 0.
    pub weight: f32,
}

/// The words of a query in one segment, prepared for its rows.
pub struct CoverageScorer<'a> {
    words: Vec<WordMatcher<'a>>,
    total_weight: f32,
}

struct WordMatcher<'a> {
    similar: &'a SimilarWord<'a>,
    typed: AbstractMatches,
    metadata: Option<SegmentFilter<'a>>,
    alternatives: Vec<AlternativeMatcher<'a>>,
}

struct AlternativeMatcher<'a> {
    alternative: &'a Alternative,
    needle: [Finder<'static>; 1],
    abstracts: AbstractMatches,
}

/// The match of one paper.
pub struct Coverage<'a> {
    pub rank: Match,
    /// Share of the words that the paper has, weighted by rarity, from 0 to 1.
    pub share: f32,
    /// Texts that the paper has in place of typed words.
    pub alternatives: Vec<Cow<'a, str>>,
    /// Typed words that the paper lacks.
    pub missing: Vec<&'a str>,
}

/// Likeness of a paper to a word as typed, by the place where it has the word.
const INSIDE_LIKENESS: f32 = 0.9;
const ABSTRACT_LIKENESS: f32 = 0.75;
const METADATA_LIKENESS: f32 = 0.9;
/// Likeness of a year to the one before and after.
const ADJACENT_YEAR_LIKENESS: f32 = 0.7;

/// The likeness of a row to one word.
struct WordCoverage<'a> {
    likeness: f32,
    field: MatchField,
    alternative: Option<Cow<'a, str>>,
}

impl<'a> CoverageScorer<'a> {
    /// Looks up the words of the rows to be scored.
    ///
    /// # Errors
    ///
    /// When the search is cancelled.
    pub fn new(
        words: &'a [SimilarWord<'a>],
        rows: &RowSet,
        context: SegmentContext<'_>,
    ) -> Result<Self, LookupError> {
        let look_up =
            |condition: &Condition, needles: &[Finder<'static>]| match AbstractMatches::new(
                condition,
                needles,
                Some(rows),
                context,
            ) {
                Err(LookupError::NotIndexed) => Ok(AbstractMatches::default()),
                other => other,
            };
        let matcher = |similar: &'a SimilarWord<'a>| {
            let alternative = |alternative: &'a Alternative| {
                let needle = [Finder::new(&alternative.text).into_owned()];
                let abstracts = look_up(similar.condition, &needle)?;
                Ok(AlternativeMatcher { alternative, needle, abstracts })
            };
            let alternatives = similar.alternatives.iter().map(alternative);
            Ok(WordMatcher {
                similar,
                typed: look_up(similar.condition, &[])?,
                metadata: SegmentFilter::from_condition(similar.condition, context.segment.segment),
                alternatives: alternatives.collect::<Result<_, LookupError>>()?,
            })
        };
        Ok(Self {
            words: words.iter().map(matcher).collect::<Result<_, LookupError>>()?,
            total_weight: words.iter().map(|it| it.weight).sum(),
        })
    }

    /// The match of a row: [`Tier::Similar`] if it has all words but stop words, else
    /// [`Tier::Partial`].
    pub fn score(
        &self,
        row: u32,
        context: SegmentContext<'_>,
        filter_context: FilterContext<'_>,
        fuzzy: &mut FuzzyMatcher,
    ) -> Coverage<'a> {
        let (mut covered, mut present) = (0.0, 0.0);
        let mut field = MatchField::Title;
        let (mut alternatives, mut missing) = (Vec::new(), Vec::new());
        for word in &self.words {
            match word.coverage(row, context, filter_context, fuzzy) {
                Some(found) => {
                    covered += found.likeness * word.similar.weight;
                    present += word.similar.weight;
                    alternatives.extend(found.alternative);
                    field = field.max(found.field);
                }
                None => missing.push(word_text(word.similar.word)),
            }
        }
        let is_complete = missing.iter().all(|it| is_stop_word(it));
        let tier = if is_complete { Tier::Similar } else { Tier::Partial };
        let rank = Match::new(tier, field, score(covered / self.total_weight));
        let share = present / self.total_weight;
        Coverage { rank, share, alternatives, missing }
    }
}

impl Coverage<'_> {
    /// The difference from the query: `similar: theory`, `without "of"`.
    pub fn label(&self) -> String {
        let missing: Vec<String> = self.missing.iter().map(|it| format!("\"{it}\"")).collect();
        let parts = [("similar: ", self.alternatives.join(", ")), ("without ", missing.join(", "))];
        let parts = parts.into_iter().filter(|(_, words)| !words.is_empty());
        let parts: Vec<String> = parts.map(|(name, words)| format!("{name}{words}")).collect();
        parts.join(", ")
    }
}

impl<'a> WordMatcher<'a> {
    fn coverage(
        &self,
        row: u32,
        context: SegmentContext<'_>,
        filter_context: FilterContext<'_>,
        fuzzy: &mut FuzzyMatcher,
    ) -> Option<WordCoverage<'a>> {
        let segment = context.segment.segment;
        let haystack = Haystack::new(segment, row);
        let word = self.similar.word;
        let mut depth_match = |needles: &[Finder<'static>], abstracts: &AbstractMatches| {
            let depth = MatchDepth::WithoutSubsequence;
            match_word(word, needles, &haystack, abstracts.in_row(row), depth, fuzzy)
        };
        let typed = depth_match(&[], &self.typed).map(|it| WordCoverage {
            likeness: match it.tier() {
                Some(Tier::Start) => 1.0,
                Some(Tier::Abstract) => ABSTRACT_LIKENESS,
                _ => INSIDE_LIKENESS,
            },
            field: field_of(it),
            alternative: None,
        });
        let in_metadata = || {
            let passes =
                |it: &SegmentFilter<'_>| it.row_passes(filter_context, context.segment, row);
            let field = MatchField::Title;
            self.metadata.as_ref().is_some_and(passes).then_some(WordCoverage {
                likeness: METADATA_LIKENESS,
                field,
                alternative: None,
            })
        };
        let in_adjacent_year = || {
            let (asked, year) = (self.similar.year?, segment.year(row)?);
            (asked.abs_diff(year) == 1).then(|| WordCoverage {
                likeness: ADJACENT_YEAR_LIKENESS,
                field: MatchField::Title,
                alternative: Some(Cow::Owned(year.to_string())),
            })
        };
        let alternatives = self.alternatives.iter().filter_map(|it| {
            let found = depth_match(&it.needle, &it.abstracts)?;
            (found.tier() == Some(Tier::Typo)).then(|| WordCoverage {
                likeness: it.alternative.likeness * place_likeness(found),
                field: field_of(found),
                alternative: Some(Cow::Borrowed(it.alternative.text.as_str())),
            })
        });
        let best_alternative = alternatives.max_by(|a, b| a.likeness.total_cmp(&b.likeness));
        let others = [in_metadata(), in_adjacent_year(), best_alternative];
        let others = others.into_iter().flatten();
        typed.into_iter().chain(others).max_by(|a, b| a.likeness.total_cmp(&b.likeness))
    }
}

/// The score of a share from 0 to 1.
#[expect(clippy::cast_sign_loss, reason = "weights and likenesses are not negative")]
fn score(share: f32) -> u32 {
    (share * f32::from(u16::MAX)) as u32
}

fn place_likeness(found: Match) -> f32 {
    if found.is_in_abstract() { ABSTRACT_LIKENESS } else { 1.0 }
}

/// The field whose text is shown: the abstract only if the word is nowhere else.
fn field_of(found: Match) -> MatchField {
    if found.is_in_abstract() { MatchField::Abstract } else { MatchField::Title }
}
