//! How well a paper matches one word, phrase or expression.

use memchr::memmem::Finder;
use regex::Regex;

use super::abstracts::InAbstract;
use super::fuzzy::Scorer;
use super::haystack::{Record, as_written};
use crate::domain::{Mask, VARIANT};
use crate::search::occurrence::{Fit, Spot, best_spot, spots};
use crate::search::query::ast::SHORTEST_INITIALS;
use crate::search::query::{Anchor, Phrase, Scope, Whole, Word};
use crate::search::rank::tier::{Found, Match, Tier};

/// Which tiers are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The first two: what title and authors hold contiguous.
    Contiguous,
    /// All but letters that are scattered.
    Joined,
    Full,
}

impl Scope {
    fn title<'a>(self, record: &Record<'a>) -> Option<&'a str> {
        matches!(self, Self::Anywhere | Self::Title).then_some(record.title)
    }

    fn authors<'a>(self, record: &Record<'a>) -> Option<&'a str> {
        matches!(self, Self::Anywhere | Self::Authors).then_some(record.authors)
    }
}

/// The best match of the word. `corrections` are other words that may have been meant.
pub fn word(
    word: &Word,
    corrections: &[Finder<'static>],
    record: &Record<'_>,
    in_abstract: InAbstract,
    depth: Depth,
    scorer: &mut Scorer,
) -> Option<Match> {
    let best = word.spellings().filter_map(|needle| contiguous(needle, word.scope, record)).min();
    if best.is_some_and(|it| it.tier() == Some(Tier::Start)) {
        return best;
    }
    let best = [best, initials(word, record)].into_iter().flatten().min();
    if best.is_some() || depth == Depth::Contiguous {
        return best;
    }
    in_abstract
        .typed
        .or_else(|| corrections.iter().filter_map(|it| slip(it, word.scope, record)).min())
        .or(in_abstract.meant)
        .or_else(|| if depth == Depth::Full { scattered(word, record, scorer) } else { None })
}

/// The best match of the phrase.
pub fn phrase(
    phrase: &Phrase,
    record: &Record<'_>,
    in_abstract: InAbstract,
    depth: Depth,
) -> Option<Match> {
    let best = |text: &str| {
        let spots = phrase.spellings.iter().flat_map(|needle| spots(needle, text));
        spots.filter(|spot| holds(phrase, text, spot)).min()
    };
    let title = phrase
        .scope
        .title(record)
        .and_then(|text| Some(in_title(best(text)?, as_written(text).len(), phrase.len())));
    let authors = phrase.scope.authors(record).and_then(|text| Some(in_authors(best(text)?, text)));
    let found = [title, authors].into_iter().flatten().min();
    if found.is_some() || depth == Depth::Contiguous {
        return found;
    }
    in_abstract.typed
}

/// Whether the phrase may stand there.
pub fn holds(phrase: &Phrase, text: &str, spot: &Spot) -> bool {
    let end = spot.at + phrase.len();
    let starts = spot.at == 0;
    let ends = end == text.len() || text[end..].starts_with(VARIANT);
    let anchored = match phrase.anchor {
        Anchor::None => true,
        Anchor::Start => starts,
        Anchor::End => ends,
        Anchor::Both => starts && ends,
    };
    anchored && (phrase.whole == Whole::Parts || spot.fit == Fit::Whole)
}

/// Whether the expression matches title or authors.
pub fn regex(regex: &Regex, record: &Record<'_>) -> Option<Match> {
    let fields = [(record.title, Found::Title), (record.authors, Found::Authors)];
    let matching = |(text, _): &(&str, Found)| regex.is_match(as_written(text));
    fields.into_iter().find(matching).map(|(_, field)| Match::new(Tier::Start, field, 0))
}

fn contiguous(needle: &Finder<'_>, scope: Scope, record: &Record<'_>) -> Option<Match> {
    let title = scope.title(record).and_then(|text| {
        Some(in_title(best_spot(needle, text)?, as_written(text).len(), needle.needle().len()))
    });
    if title.is_some_and(|it| it.tier() == Some(Tier::Start)) {
        return title;
    }
    let authors =
        scope.authors(record).and_then(|text| Some(in_authors(best_spot(needle, text)?, text)));
    [title, authors].into_iter().flatten().min()
}

const WHOLE_WORD: u32 = 400;
/// What a word in the title is worth over one in the abstract, where another word decides.
const TITLE: u32 = 600;
const AUTHORS: u32 = 500;

fn tier(fit: Fit) -> Tier {
    if fit == Fit::Inside { Tier::Inside } else { Tier::Start }
}

fn whole(fit: Fit) -> u32 {
    if fit == Fit::Whole { WHOLE_WORD } else { 0 }
}

/// Up to 100, the earlier the more.
fn early(at: usize) -> u32 {
    100 - at.min(100) as u32
}

/// The match of so many bytes in a title as long as it is written.
pub fn in_title(spot: Spot, written: usize, length: usize) -> Match {
    let share = 100 * length / written.max(1);
    let score = TITLE + whole(spot.fit) + early(spot.at) + share.min(100) as u32;
    Match::new(tier(spot.fit), Found::Title, score)
}

pub fn in_authors(spot: Spot, authors: &str) -> Match {
    let others = memchr::memchr_iter(b';', &authors.as_bytes()[..spot.at]).take(10).count();
    let place = 100 - 10 * others as u32 + if others == 0 { 100 } else { 0 };
    Match::new(tier(spot.fit), Found::Authors, AUTHORS + whole(spot.fit) + place)
}

fn initials(word: &Word, record: &Record<'_>) -> Option<Match> {
    word.scope.title(record)?;
    if word.letters.chars().count() < SHORTEST_INITIALS {
        return None;
    }
    let initials = record.initials();
    let at = initials.find(&word.letters)?;
    let share = 100 * word.letters.len() / initials.len();
    // Initials of a word's neighbours are a better guess than letters in the midst of a word.
    Some(Match::new(Tier::Inside, Found::Title, TITLE + WHOLE_WORD + early(at) + share as u32))
}

/// The word's letters scattered in title or authors.
pub fn scattered(word: &Word, record: &Record<'_>, scorer: &mut Scorer) -> Option<Match> {
    if !word.is_plain() || !record.mask().has(Mask::needed_by(&word.letters)) {
        return None;
    }
    let mut found = |field: Found, text: Option<&str>| {
        let score = scorer.score(&word.letters, as_written(text?))?;
        Some(Match::new(Tier::Scattered, field, 2 * score))
    };
    let title = found(Found::Title, word.scope.title(record));
    title.or_else(|| found(Found::Authors, word.scope.authors(record)))
}

/// The word that was meant, in title or authors.
fn slip(meant: &Finder<'_>, scope: Scope, record: &Record<'_>) -> Option<Match> {
    let found = contiguous(meant, scope, record).filter(|it| it.tier() == Some(Tier::Start))?;
    Some(found.in_tier(Tier::Slip))
}
