//! Match of a paper with one word, phrase or regular expression.

use memchr::memmem::Finder;
use regex::Regex;

use super::abstracts::AbstractMatch;
use super::acronym::Acronym;
use super::author::find_author;
use super::fuzzy::FuzzyMatcher;
use super::haystack::{Haystack, without_variants};
use crate::domain::{LetterMask, VARIANT_START};
use crate::search::occurrence::{Occurrence, WordBoundary, best_occurrence, occurrences};
use crate::search::query::ast::MIN_INITIALS_LEN;
use crate::search::query::author_name::AuthorName;
use crate::search::query::{Anchor, FieldScope, Phrase, QueryWord};
use crate::search::rank::tier::{Match, MatchField, Tier};

/// The tiers that a word is matched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchDepth {
    /// [`Tier::Start`] and [`Tier::Inside`]: contiguous in title or authors, or initials.
    Contiguous,
    /// All but acronyms and [`Tier::Subsequence`], which for a common word are accidents.
    WithoutSubsequence,
    Full,
}

impl FieldScope {
    fn has_title(self) -> bool {
        matches!(self, Self::Anywhere | Self::Title)
    }

    fn title<'a>(self, haystack: &Haystack<'a>) -> Option<&'a str> {
        self.has_title().then(|| haystack.title())
    }

    fn authors<'a>(self, haystack: &Haystack<'a>) -> Option<&'a str> {
        matches!(self, Self::Anywhere | Self::Authors).then(|| haystack.authors())
    }
}

/// The best match of the word or its corrections.
pub fn match_word(
    word: &QueryWord,
    corrections: &[Finder<'static>],
    haystack: &Haystack<'_>,
    in_abstract: AbstractMatch,
    depth: MatchDepth,
    fuzzy: &mut FuzzyMatcher,
) -> Option<Match> {
    let spellings = word.spellings();
    let contiguous = spellings.filter_map(|it| contiguous_match(it, word.scope, haystack));
    let whole_variants = word.whole_variants.iter();
    let whole = whole_variants.filter_map(|it| whole_word_match(it, word.scope, haystack));
    let best = contiguous.chain(whole).min();
    if best.is_some_and(|it| it.tier() == Some(Tier::Start)) {
        return best;
    }
    let best = [best, initials_match(word, haystack)].into_iter().flatten().min();
    if best.is_some() || depth == MatchDepth::Contiguous {
        return best;
    }
    let is_full = depth == MatchDepth::Full;
    in_abstract
        .typed
        .or(in_abstract.in_fields)
        .or_else(|| if is_full { acronym_match(word, haystack) } else { None })
        .or_else(|| corrections.iter().filter_map(|it| typo_match(it, word.scope, haystack)).min())
        .or(in_abstract.corrected)
        .or_else(|| if is_full { subsequence_match(word, haystack, fuzzy) } else { None })
}

/// The best match of the phrase.
pub fn match_phrase(
    phrase: &Phrase,
    haystack: &Haystack<'_>,
    in_abstract: AbstractMatch,
    depth: MatchDepth,
) -> Option<Match> {
    let best = |text: &str| {
        let all = phrase.spellings.iter().flat_map(|needle| occurrences(needle, text));
        all.filter(|it| phrase_matches_at(phrase, text, it)).min()
    };
    let title = phrase.scope.title(haystack).and_then(|text| {
        Some(title_match(best(text)?, without_variants(text).len(), phrase.len()))
    });
    let authors =
        phrase.scope.authors(haystack).and_then(|text| Some(author_match(best(text)?, text)));
    let contiguous = [title, authors].into_iter().flatten().min();
    if contiguous.is_some() || depth == MatchDepth::Contiguous {
        return contiguous;
    }
    in_abstract.typed.or(in_abstract.in_fields)
}

/// Returns true if the phrase's anchor admits the occurrence.
pub fn phrase_matches_at(phrase: &Phrase, text: &str, occurrence: &Occurrence) -> bool {
    let end = occurrence.offset + phrase.len();
    let starts = occurrence.offset == 0;
    let ends = end == text.len() || text[end..].starts_with(VARIANT_START);
    match phrase.anchor {
        Anchor::None => true,
        Anchor::Start => starts,
        Anchor::End => ends,
        Anchor::Both => starts && ends,
    }
}

/// The match of the first author with the name, as that of a whole word.
pub fn match_name(name: &AuthorName, haystack: &Haystack<'_>) -> Option<Match> {
    let authors = haystack.authors();
    let offset = find_author(name, authors)?;
    let occurrence = Occurrence { boundary: WordBoundary::WholeWord, offset };
    Some(author_match(occurrence, authors))
}

/// The match of the expression in title or authors, all equal in score.
pub fn match_regex(regex: &Regex, haystack: &Haystack<'_>) -> Option<Match> {
    let fields = [(haystack.title(), MatchField::Title), (haystack.authors(), MatchField::Authors)];
    let matching = |(text, _): &(&str, MatchField)| regex.is_match(without_variants(text));
    fields.into_iter().find(matching).map(|(_, field)| Match::new(Tier::Start, field, 0))
}

fn contiguous_match(
    needle: &Finder<'_>,
    scope: FieldScope,
    haystack: &Haystack<'_>,
) -> Option<Match> {
    needle.find(haystack.fields.as_bytes())?;
    let title = scope.title(haystack).and_then(|text| {
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
        .authors(haystack)
        .and_then(|text| Some(author_match(best_occurrence(needle, text)?, text)));
    [title, authors].into_iter().flatten().min()
}

/// The match of the needle as a whole word.
fn whole_word_match(
    needle: &Finder<'_>,
    scope: FieldScope,
    haystack: &Haystack<'_>,
) -> Option<Match> {
    needle.find(haystack.fields.as_bytes())?;
    let best = |text: &str| {
        occurrences(needle, text).filter(|it| it.boundary == WordBoundary::WholeWord).min()
    };
    let title = scope.title(haystack).and_then(|text| {
        Some(title_match(best(text)?, without_variants(text).len(), needle.needle().len()))
    });
    let authors = scope.authors(haystack).and_then(|text| Some(author_match(best(text)?, text)));
    [title, authors].into_iter().flatten().min()
}

const WHOLE_WORD_SCORE: u32 = 400;
/// Base scores of a match in these fields; an abstract has none. They decide between papers whose
/// worst words are equal in tier and field.
const TITLE_SCORE: u32 = 600;
const AUTHORS_SCORE: u32 = 500;

fn tier(boundary: WordBoundary) -> Tier {
    if boundary == WordBoundary::InsideWord { Tier::Inside } else { Tier::Start }
}

fn whole_word_score(boundary: WordBoundary) -> u32 {
    if boundary == WordBoundary::WholeWord { WHOLE_WORD_SCORE } else { 0 }
}

/// From 100 at the start of the text down to 0 from byte 100 on.
fn position_score(offset: usize) -> u32 {
    100 - offset.min(100) as u32
}

/// The match of a needle of `needle_len` bytes in a title of `title_len` bytes, variants not
/// counted.
pub fn title_match(occurrence: Occurrence, title_len: usize, needle_len: usize) -> Match {
    let share = 100 * needle_len / title_len.max(1);
    let score = TITLE_SCORE
        + whole_word_score(occurrence.boundary)
        + position_score(occurrence.offset)
        + share.min(100) as u32;
    Match::new(tier(occurrence.boundary), MatchField::Title, score)
}

/// The match in a list of authors: the first author scores 200, each later one 10 less than 100.
pub fn author_match(occurrence: Occurrence, authors: &str) -> Match {
    let before = &authors.as_bytes()[..occurrence.offset];
    let others = memchr::memchr_iter(b';', before).take(10).count();
    let order_score = 100 - 10 * others as u32 + if others == 0 { 100 } else { 0 };
    let score = AUTHORS_SCORE + whole_word_score(occurrence.boundary) + order_score;
    Match::new(tier(occurrence.boundary), MatchField::Authors, score)
}

fn initials_match(word: &QueryWord, haystack: &Haystack<'_>) -> Option<Match> {
    // The mask rejects most papers before their initials are loaded.
    if !word.scope.has_title()
        || !haystack.mask().contains(word.initials_mask)
        || word.letters.chars().count() < MIN_INITIALS_LEN
    {
        return None;
    }
    let initials = haystack.initials();
    let at = initials.find(&word.letters)?;
    let share = 100 * word.letters.len() / initials.len();
    // Scored as a whole word, since initials are a better guess than letters inside a word.
    Some(Match::new(
        Tier::Inside,
        MatchField::Title,
        TITLE_SCORE + WHOLE_WORD_SCORE + position_score(at) + share as u32,
    ))
}

/// The match of the word as an acronym of the title's words, if it is not their initials. It ranks
/// behind words as typed, since letters of other titles are often the same by accident.
fn acronym_match(word: &QueryWord, haystack: &Haystack<'_>) -> Option<Match> {
    if !word.scope.has_title() {
        return None;
    }
    let acronym = Acronym::new(&word.letters)?;
    let length = haystack.acronyms().find(|it| acronym.is_in(it))?.len();
    let share = 100 * word.letters.len() / length.max(1);
    Some(Match::new(Tier::Abstract, MatchField::Metadata, share.min(100) as u32))
}

/// The match of the word's letters as a subsequence of title or authors.
pub fn subsequence_match(
    word: &QueryWord,
    haystack: &Haystack<'_>,
    fuzzy: &mut FuzzyMatcher,
) -> Option<Match> {
    if !word.is_plain() || !haystack.mask().contains(LetterMask::for_subsequence(&word.letters)) {
        return None;
    }
    let mut match_field = |field: MatchField, text: Option<&str>| {
        let score = fuzzy.score(&word.letters, without_variants(text?))?;
        Some(Match::new(Tier::Subsequence, field, 2 * score))
    };
    let title = match_field(MatchField::Title, word.scope.title(haystack));
    title.or_else(|| match_field(MatchField::Authors, word.scope.authors(haystack)))
}

/// The match of a correction at a word start of title or authors.
fn typo_match(
    correction: &Finder<'_>,
    scope: FieldScope,
    haystack: &Haystack<'_>,
) -> Option<Match> {
    let best = contiguous_match(correction, scope, haystack)?;
    (best.tier() == Some(Tier::Start)).then(|| best.with_tier(Tier::Typo))
}
