//! The last phase: papers that match the query approximately, behind those that match as typed. It
//! runs once the list is final, and only if few papers match.
//!
//! First every word may have another form, then another spelling, and at last one word may be
//! missing. The papers found are scored by [`CoverageScorer`], whichever way has found them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::context::{MAX_UNSTAGED_PAPERS, SearchContext};
use super::progress::Progress;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{LookupError, LookupMode};
use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::row_set::{KnownRows, RowSet};
use crate::search::matching::segment::SegmentMatcher;
use crate::search::query::year::YearRange;
use crate::search::query::{Clause, Condition, Occur, Predicate, Query, QueryWord, Term};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Tier;
use crate::search::request::{SimilarPapers, Stage};
use crate::search::similar::alternatives::{
    Alternative, SpellingScope, equivalent_words, similar_spellings, word_text,
};
use crate::search::similar::coverage::{CoverageScorer, SimilarWord};
use crate::search::spelling::suggest::Vocabulary;
use crate::text::is_stop_word;

/// With at least this many papers that match as typed, none is looked for that is only similar.
const ENOUGH_HITS: usize = 10;
/// Similar papers listed, the best ones.
const MAX_SIMILAR: usize = 20;
/// Papers scored for each way of searching, the best ones.
const MAX_SCORED: usize = 400;
/// Words of a query up to which each is left out in turn: a longer one is not typed.
const MAX_OPTIONAL_WORDS: usize = 12;

/// Rows to be scored, by segment.
type Candidates = BTreeMap<usize, Vec<u32>>;

/// Adds papers that match the query approximately to the progress, unless enough papers match.
pub fn find_similar(
    context: &SearchContext<'_>,
    cache: &mut CorpusCache,
    progress: &mut Progress<'_>,
) -> Result<(), Cancelled> {
    let words = query_words(&context.request.query);
    if words.is_empty() || has_enough_hits(progress) {
        return Ok(());
    }
    if context.request.corpus.len() > MAX_UNSTAGED_PAPERS {
        progress.post_hits(Stage::FindingSimilar);
    }
    let vocabulary = cache.spelling.vocabulary(&context.segments, context.cancel)?;
    let mut search = SimilarSearch::new(context, progress, &vocabulary, words);
    let vocabulary = &vocabulary;
    let mut candidates = Candidates::new();
    search.add_alternatives(|word, neighbours| equivalent_words(word, neighbours, vocabulary));
    search.find_all_words(&mut candidates)?;
    if candidates.values().map(Vec::len).sum::<usize>() < ENOUGH_HITS {
        let scope = search.spelling_scope();
        search.add_alternatives(|word, _| similar_spellings(word, scope, vocabulary));
        search.find_all_words(&mut candidates)?;
        search.find_all_but_one(&mut candidates)?;
    }
    progress.similar = search.score(&candidates)?.into();
    Ok(())
}

/// The terms of the query that may be missing or have another text, with their words.
fn query_words(query: &Query) -> Vec<(usize, &QueryWord)> {
    let word = |(at, clause): (usize, &'_ Clause)| match clause.alternatives.as_slice() {
        [Term { occur: Occur::Include, condition: Condition::Word(_) }] => Some(at),
        _ => None,
    };
    let places = query.clauses().iter().enumerate().filter_map(word);
    let with_word = |at: usize| match &query.clauses()[at].alternatives[0].condition {
        Condition::Word(word) => Some((at, word.as_ref())),
        _ => None,
    };
    places.filter_map(with_word).collect()
}

/// Returns true if enough papers match as typed. Scattered letters are accidents, and do not count.
fn has_enough_hits(progress: &Progress<'_>) -> bool {
    let deep = progress.segment_hits.iter().flat_map(|it| it.deep.iter());
    let good = deep.filter(|hit| hit.tier() != Some(Tier::Subsequence));
    let missing = ENOUGH_HITS.saturating_sub(progress.contiguous_count());
    good.take(missing).count() == missing
}

struct SimilarSearch<'a> {
    context: &'a SearchContext<'a>,
    /// The numbers of the clauses of `words`.
    clauses: Vec<usize>,
    words: Vec<SimilarWord<'a>>,
    /// Papers that match as typed, by segment.
    found: Vec<RowSet>,
    mode: LookupMode,
}

impl<'a> SimilarSearch<'a> {
    fn new(
        context: &'a SearchContext<'a>,
        progress: &Progress<'_>,
        vocabulary: &Vocabulary<'_>,
        words: Vec<(usize, &'a QueryWord)>,
    ) -> Self {
        let query = &context.request.query;
        let (clauses, words): (Vec<usize>, Vec<&QueryWord>) = words.into_iter().unzip();
        let weights = word_weights(&words, vocabulary, context.request.corpus.len());
        let similar_word = |((at, word), weight): ((&usize, &'a QueryWord), f32)| SimilarWord {
            condition: &query.clauses()[*at].alternatives[0].condition,
            word,
            alternatives: Vec::new(),
            year: year(word),
            weight,
        };
        let words = clauses.iter().zip(words).zip(weights).map(similar_word).collect();
        let both = progress.segment_hits.iter().zip(&context.segments);
        let found = both.map(|(hits, at)| {
            let mut rows = RowSet::from_hits(&hits.contiguous, *at);
            rows.add_all(&RowSet::from_hits(&hits.deep, *at));
            rows
        });
        // Texts are read only where no index has to be built for it.
        let mode = if context.is_indexed() { LookupMode::ReadTexts } else { LookupMode::IndexOnly };
        Self { context, clauses, words, found: found.collect(), mode }
    }

    /// Other words of the query can be wrong together with a corrected one.
    fn spelling_scope(&self) -> SpellingScope {
        if self.words.len() == 1 { SpellingScope::Uncorrected } else { SpellingScope::All }
    }

    fn add_alternatives(
        &mut self,
        mut alternatives: impl FnMut(&QueryWord, &[&QueryWord]) -> Vec<Alternative>,
    ) {
        let words: Vec<&QueryWord> = self.words.iter().map(|it| it.word).collect();
        for (at, similar) in self.words.iter_mut().enumerate() {
            let neighbours = [at.checked_sub(1), Some(at + 1)];
            let neighbours = neighbours.iter().flatten().filter_map(|at| words.get(*at).copied());
            let neighbours: Vec<&QueryWord> =
                neighbours.filter(|it| it.is_plain() && similar.word.is_plain()).collect();
            for alternative in alternatives(similar.word, &neighbours) {
                if similar.alternatives.iter().all(|it| it.text != alternative.text) {
                    similar.alternatives.push(alternative);
                }
            }
        }
    }

    /// Finds the papers with every word, or an alternative of it.
    fn find_all_words(&self, candidates: &mut Candidates) -> Result<(), Cancelled> {
        let is_as_typed = |it: &SimilarWord<'_>| it.alternatives.is_empty() && it.year.is_none();
        if self.words.iter().all(is_as_typed) {
            return Ok(());
        }
        self.find(&self.clauses_without(None), candidates)
    }

    /// Finds the papers with every word but one.
    fn find_all_but_one(&self, candidates: &mut Candidates) -> Result<(), Cancelled> {
        if !(2..=MAX_OPTIONAL_WORDS).contains(&self.words.len()) {
            return Ok(());
        }
        (0..self.words.len())
            .try_for_each(|at| self.find(&self.clauses_without(Some(at)), candidates))
    }

    /// The clauses of the query without a word. A year may also be the one before or after.
    fn clauses_without(&self, left_out: Option<usize>) -> Vec<Clause> {
        let query = &self.context.request.query;
        let mut clauses = Vec::new();
        for (at, clause) in query.clauses().iter().enumerate() {
            let word = self.clauses.iter().position(|it| *it == at);
            if word.is_some() && word == left_out {
                continue;
            }
            let mut clause = clause.clone();
            if let Some(year) = word.and_then(|it| self.words[it].year) {
                let years = YearRange { first: year - 1, last: year + 1 };
                let condition = Condition::Predicate(Predicate::Years(years));
                clause.alternatives.push(Term { occur: Occur::Include, condition });
            }
            clauses.push(clause);
        }
        clauses
    }

    /// Adds the best papers that match the clauses, with the alternatives of their words.
    fn find(&self, clauses: &[Clause], candidates: &mut Candidates) -> Result<(), Cancelled> {
        let context = self.context;
        let mut corrections: Corrections = vec![Vec::new(); context.request.query.word_count()];
        for SimilarWord { word, alternatives, .. } in &self.words {
            let needles = alternatives.iter().map(|it| Finder::new(&it.text).into_owned());
            corrections[word.index] = needles.collect();
        }
        // Scattered letters are no likeness.
        let common_words = self.words.iter().map(|it| it.word.index).collect();
        let frequency = WordFrequency { common_words, absent_words: Vec::new() };
        let filter_context = context.request.filter_context();
        let matcher = SegmentMatcher::new(clauses, filter_context, &corrections, &frequency);
        let numbers = 0..context.segments.len();
        let hits = numbers.into_par_iter().map_init(FuzzyMatcher::default, |fuzzy, number| {
            self.segment_hits(&matcher, number, fuzzy)
        });
        let mut hits: Vec<(Hit, usize)> =
            hits.collect::<Result<Vec<_>, Cancelled>>()?.into_iter().flatten().collect();
        hits.sort_unstable();
        for (hit, number) in hits.into_iter().take(MAX_SCORED) {
            let rows = candidates.entry(number).or_default();
            let row = context.segments[number].row(hit);
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        Ok(())
    }

    /// The best new hits of a segment, with its number.
    fn segment_hits(
        &self,
        matcher: &SegmentMatcher<'_>,
        number: usize,
        fuzzy: &mut FuzzyMatcher,
    ) -> Result<Vec<(Hit, usize)>, Cancelled> {
        self.context.cancel.check()?;
        let at = self.context.segments[number];
        let segment_context = self.context.segment_context(at, self.mode);
        let (known, none) = (KnownRows::default(), KnownRows::default());
        let mut hits = matcher.contiguous_hits(segment_context, None, &none, fuzzy);
        match matcher.deep_matches(segment_context, &hits, known, fuzzy) {
            Ok(deep) => hits.extend(deep.hits),
            Err(LookupError::NotIndexed) => {}
            Err(LookupError::Cancelled) => return Err(Cancelled),
        }
        hits.retain(|hit| !self.found[number].contains(at.row(*hit)));
        hits.sort_unstable();
        hits.truncate(MAX_SCORED);
        Ok(hits.into_iter().map(|hit| (hit, number)).collect())
    }

    /// The best of the candidates.
    fn score(&self, candidates: &Candidates) -> Result<SimilarPapers, Cancelled> {
        let scored =
            candidates.par_iter().map_init(FuzzyMatcher::default, |fuzzy, (number, rows)| {
                self.context.cancel.check()?;
                self.score_segment(*number, rows, fuzzy)
            });
        let mut scored: Vec<ScoredPaper> =
            scored.collect::<Result<Vec<_>, Cancelled>>()?.into_iter().flatten().collect();
        scored.sort_unstable_by_key(|it| it.hit);
        scored.truncate(MAX_SIMILAR);
        let mut similar = SimilarPapers::default();
        for ScoredPaper { hit, label, alternatives } in scored {
            similar.hits.push(hit);
            similar.labels.insert(hit.id(), label);
            for alternative in alternatives {
                if !similar.alternatives.contains(&alternative) {
                    similar.alternatives.push(alternative);
                }
            }
        }
        Ok(similar)
    }

    fn score_segment(
        &self,
        number: usize,
        rows: &[u32],
        fuzzy: &mut FuzzyMatcher,
    ) -> Result<Vec<ScoredPaper>, Cancelled> {
        /// Papers with a smaller share of the words, weighted by rarity, are not similar.
        const MIN_SHARE: f32 = 0.5;
        let (request, at) = (self.context.request, self.context.segments[number]);
        let segment_context = self.context.segment_context(at, self.mode);
        let mut row_set = RowSet::empty(at.segment);
        for row in rows {
            row_set.insert(*row);
        }
        let Ok(scorer) = CoverageScorer::new(&self.words, &row_set, segment_context) else {
            return Err(Cancelled);
        };
        let mut papers = Vec::new();
        for row in rows {
            let coverage = scorer.score(*row, segment_context, request.filter_context(), fuzzy);
            let hit = Hit::new(coverage.rank, at.segment.year(*row), at.id(*row));
            let listed = hit.to_paper(&request.corpus);
            let listed = listed.filter(|it| !request.query.hides(&request.marks, it.id()));
            let Some(hit) = listed.filter(|_| coverage.share >= MIN_SHARE) else { continue };
            let label = coverage.label();
            let alternatives = coverage.alternatives.into_iter().map(Cow::into_owned).collect();
            papers.push(ScoredPaper { hit, label, alternatives });
        }
        Ok(papers)
    }
}

struct ScoredPaper {
    hit: Hit,
    label: String,
    alternatives: Vec<String>,
}

/// The weight of each word: the logarithm of its rarity, as in TF-IDF. A word that no paper has
/// weighs as little as the most common one, since it is likely to be wrong. A stop word weighs
/// little, however few papers have it.
fn word_weights(words: &[&QueryWord], vocabulary: &Vocabulary<'_>, papers: u32) -> Vec<f32> {
    /// Weight of a word that every paper has.
    const MIN_WEIGHT: f32 = 0.3;
    let texts: Vec<&str> = words.iter().map(|it| word_text(it)).collect();
    let counts = vocabulary.counts(&texts);
    let rarity = |count: u32| (papers as f32 / count as f32).max(1.0).ln() + MIN_WEIGHT;
    let known = counts.iter().filter(|it| **it > 0).map(|it| rarity(*it));
    let lowest = known.reduce(f32::min).unwrap_or(MIN_WEIGHT);
    let weight = |(text, count): (&&str, u32)| match count {
        _ if is_stop_word(text) => MIN_WEIGHT.min(lowest),
        0 => lowest,
        _ => rarity(count),
    };
    texts.iter().zip(counts).map(weight).collect()
}

/// The year that the word is.
fn year(word: &QueryWord) -> Option<i16> {
    const YEARS: std::ops::RangeInclusive<i16> = 1800..=2099;
    let text = word_text(word);
    let year = (text.len() == 4).then(|| text.parse().ok())?;
    year.filter(|it| YEARS.contains(it))
}
