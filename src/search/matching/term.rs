//! How well a paper matches one word, phrase or expression.

use memchr::memmem::Finder;
use regex::Regex;

use super::abstracts::AbstractMatch;
use super::fuzzy::FuzzyMatcher;
use super::haystack::{Haystack, without_variants};
use crate::domain::{LetterMask, VARIANT_START};
use crate::search::occurrence::{Occurrence, WordBoundary, best_occurrence, occurrences};
use crate::search::query::ast::MIN_INITIALS_LEN;
use crate::search::query::{Anchor, FieldScope, Phrase, QueryWord, WholeWord};
use crate::search::rank::tier::{Match, MatchField, Tier};

/// Which tiers are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchDepth {
    /// The first two: what title and authors hold contiguous.
    Contiguous,
    /// All but letters that are scattered.
    WithoutSubsequence,
    Full,
}

impl FieldScope {
    fn title<'a>(self, record: &Haystack<'a>) -> Option<&'a str> {
        matches!(self, Self::Anywhere | Self::Title).then_some(record.title)
    }

    fn authors<'a>(self, record: &Haystack<'a>) -> Option<&'a str> {
        matches!(self, Self::Anywhere | Self::Authors).then_some(record.authors)
    }
}

/// The best match of the word. `corrections` are other words that may have been meant.
pub fn match_word(
    word: &QueryWord,
    corrections: &[Finder<'static>],
    record: &Haystack<'_>,
    in_abstract: AbstractMatch,
    depth: MatchDepth,
    scorer: &mut FuzzyMatcher,
) -> Option<Match> {
    let best =
        word.spellings().filter_map(|needle| contiguous_match(needle, word.scope, record)).min();
    if best.is_some_and(|it| it.tier() == Some(Tier::Start)) {
        return best;
    }
    let best = [best, initials_match(word, record)].into_iter().flatten().min();
    if best.is_some() || depth == MatchDepth::Contiguous {
        return best;
    }
    in_abstract
        .typed
        .or_else(|| corrections.iter().filter_map(|it| typo_match(it, word.scope, record)).min())
        .or(in_abstract.corrected)
        .or_else(|| {
            if depth == MatchDepth::Full { subsequence_match(word, record, scorer) } else { None }
        })
}

/// The best match of the phrase.
pub fn match_phrase(
    phrase: &Phrase,
    record: &Haystack<'_>,
    in_abstract: AbstractMatch,
    depth: MatchDepth,
) -> Option<Match> {
    let best = |text: &str| {
        let spots = phrase.spellings.iter().flat_map(|needle| occurrences(needle, text));
        spots.filter(|spot| phrase_matches_at(phrase, text, spot)).min()
    };
    let title = phrase.scope.title(record).and_then(|text| {
        Some(title_match(best(text)?, without_variants(text).len(), phrase.len()))
    });
    let authors =
        phrase.scope.authors(record).and_then(|text| Some(author_match(best(text)?, text)));
    let found = [title, authors].into_iter().flatten().min();
    if found.is_some() || depth == MatchDepth::Contiguous {
        return found;
    }
    in_abstract.typed
}

/// Whether the phrase may stand there.
pub fn phrase_matches_at(phrase: &Phrase, text: &str, spot: &Occurrence) -> bool {
    let end = spot.offset + phrase.len();
    let starts = spot.offset == 0;
    let ends = end == text.len() || text[end..].starts_with(VARIANT_START);
    let anchored = match phrase.anchor {
        Anchor::None => true,
        Anchor::Start => starts,
        Anchor::End => ends,
        Anchor::Both => starts && ends,
    };
    anchored
        && (phrase.whole_word == WholeWord::NotRequired || spot.boundary == WordBoundary::WholeWord)
}

/// Whether the expression matches title or authors.
pub fn match_regex(regex: &Regex, record: &Haystack<'_>) -> Option<Match> {
    let fields = [(record.title, MatchField::Title), (record.authors, MatchField::Authors)];
    let matching = |(text, _): &(&str, MatchField)| regex.is_match(without_variants(text));
    fields.into_iter().find(matching).map(|(_, field)| Match::new(Tier::Start, field, 0))
}

fn contiguous_match(
    needle: &Finder<'_>,
    scope: FieldScope,
    record: &Haystack<'_>,
) -> Option<Match> {
    let title = scope.title(record).and_then(|text| {
        Some(title_match(
            best_occurrence(needle, text)?,
            without_variants(text).len(),
            needle.needle().len(),
        ))
    });
    if title.is_some_and(|it| it.tier() == Some(Tier::Start)) {
        return title;
    }
    let authors = scope
        .authors(record)
        .and_then(|text| Some(author_match(best_occurrence(needle, text)?, text)));
    [title, authors].into_iter().flatten().min()
}

const WHOLE_WORD_SCORE: u32 = 400;
/// What a word in the title is worth over one in the abstract, where another word decides.
const TITLE_SCORE: u32 = 600;
const AUTHORS_SCORE: u32 = 500;

fn tier(fit: WordBoundary) -> Tier {
    if fit == WordBoundary::InsideWord { Tier::Inside } else { Tier::Start }
}

fn whole_word_score(fit: WordBoundary) -> u32 {
    if fit == WordBoundary::WholeWord { WHOLE_WORD_SCORE } else { 0 }
}

/// Up to 100, the earlier the more.
fn position_score(at: usize) -> u32 {
    100 - at.min(100) as u32
}

/// The match of so many bytes in a title as long as it is written.
pub fn title_match(spot: Occurrence, written: usize, length: usize) -> Match {
    let share = 100 * length / written.max(1);
    let score = TITLE_SCORE
        + whole_word_score(spot.boundary)
        + position_score(spot.offset)
        + share.min(100) as u32;
    Match::new(tier(spot.boundary), MatchField::Title, score)
}

pub fn author_match(spot: Occurrence, authors: &str) -> Match {
    let others = memchr::memchr_iter(b';', &authors.as_bytes()[..spot.offset]).take(10).count();
    let place = 100 - 10 * others as u32 + if others == 0 { 100 } else { 0 };
    Match::new(
        tier(spot.boundary),
        MatchField::Authors,
        AUTHORS_SCORE + whole_word_score(spot.boundary) + place,
    )
}

fn initials_match(word: &QueryWord, record: &Haystack<'_>) -> Option<Match> {
    word.scope.title(record)?;
    if word.letters.chars().count() < MIN_INITIALS_LEN {
        return None;
    }
    let initials = record.initials();
    let at = initials.find(&word.letters)?;
    let share = 100 * word.letters.len() / initials.len();
    // Initials of a word's neighbours are a better guess than letters in the midst of a word.
    Some(Match::new(
        Tier::Inside,
        MatchField::Title,
        TITLE_SCORE + WHOLE_WORD_SCORE + position_score(at) + share as u32,
    ))
}

/// The word's letters scattered in title or authors.
pub fn subsequence_match(
    word: &QueryWord,
    record: &Haystack<'_>,
    scorer: &mut FuzzyMatcher,
) -> Option<Match> {
    if !word.is_plain() || !record.mask().contains(LetterMask::for_subsequence(&word.letters)) {
        return None;
    }
    let mut found = |field: MatchField, text: Option<&str>| {
        let score = scorer.score(&word.letters, without_variants(text?))?;
        Some(Match::new(Tier::Subsequence, field, 2 * score))
    };
    let title = found(MatchField::Title, word.scope.title(record));
    title.or_else(|| found(MatchField::Authors, word.scope.authors(record)))
}

/// The word that was meant, in title or authors.
fn typo_match(meant: &Finder<'_>, scope: FieldScope, record: &Haystack<'_>) -> Option<Match> {
    let found =
        contiguous_match(meant, scope, record).filter(|it| it.tier() == Some(Tier::Start))?;
    Some(found.with_tier(Tier::Typo))
}
