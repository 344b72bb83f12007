//! Words typed with a hyphen and written without, and the other way round.

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, Setting, is_content, join};
use super::vocabulary::Vocabulary;

/// Beginnings of words that many people write with a hyphen.
const PREFIXES: [&str; 16] = [
    "anti", "auto", "bio", "cross", "feed", "fine", "hyper", "magneto", "multi", "neuro", "non",
    "pseudo", "semi", "spatio", "thermo", "ultra",
];
/// Shortest rest after one of the prefixes: `auto-regressive`, but not `auto-mata`.
const SHORTEST_REST: usize = 5;
/// Shortest part of a word that the corpus itself has with a hyphen.
const SHORTEST_PART: usize = 2;

/// A hyphenated word typed closed, in the title.
pub(crate) fn closed(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(setting.other_words, dice, |word, _| without_hyphen(word))
}

/// A closed word typed with a hyphen, in the title.
pub(crate) fn hyphenated(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let vocabulary = &setting.vocabulary;
    recalled.with_one_changed(setting.other_words, dice, |word, _| with_hyphen(word, vocabulary))
}

/// A closed word typed as two, in the title.
pub(crate) fn split(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(setting.other_words, dice, |word, _| {
        Some(with_hyphen(word, &setting.vocabulary)?.replace('-', " "))
    })
}

/// Two words typed as one that the corpus has elsewhere, in the title.
pub(crate) fn joined(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let pairs = recalled.tokens.windows(2).filter(|it| it.iter().all(|it| is_content(it)));
    let pairs = pairs.filter(|it| setting.vocabulary.has(&it.concat()));
    let pair = dice.pick(&pairs.collect::<Vec<_>>()).copied()?;
    let others = recalled.content.iter().filter(|it| !pair.contains(*it));
    let others = join(others.take(setting.other_words).map(String::as_str));
    if others.is_empty() {
        return None;
    }
    Some(Mistaken {
        typed: format!("{} {others}", pair.concat()),
        correct: Some(format!("{} {others}", pair.join(" "))),
    })
}

/// A hyphenated word of the abstract typed closed, with words of the title.
pub(crate) fn closed_in_abstract(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    in_abstract(setting, recalled, dice, without_hyphen)
}

/// A closed word of the abstract typed with a hyphen, with words of the title.
pub(crate) fn hyphenated_in_abstract(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    in_abstract(setting, recalled, dice, |word| with_hyphen(word, &setting.vocabulary))
}

fn in_abstract(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
    change: impl Fn(&str) -> Option<String>,
) -> Option<Mistaken> {
    if recalled.content.len() < setting.other_words {
        return None;
    }
    let tokens = recalled.abstract_tokens(setting.corpus);
    let is_new = |word: &str| !recalled.title.contains(word) && is_content(word);
    let changed = tokens.iter().filter(|it| is_new(it));
    let changed = changed.filter_map(|word| Some((word, change(word)?)));
    let changed: Vec<(&String, String)> =
        changed.filter(|(_, it)| !tokens.contains(it) && !recalled.title.contains(it)).collect();
    let (word, typed) = dice.pick(&changed)?;
    recalled.before_others(typed, word, setting.other_words, dice)
}

/// The word without its only hyphen.
fn without_hyphen(word: &str) -> Option<String> {
    const LONGEST: usize = 16;
    let (first, second) = word.split_once('-')?;
    let is_plain = !second.contains('-') && first.len().min(second.len()) >= SHORTEST_PART;
    (is_plain && word.len() <= LONGEST).then(|| format!("{first}{second}"))
}

/// The word with a hyphen where the corpus has one elsewhere, or after a common prefix.
fn with_hyphen(word: &str, vocabulary: &Vocabulary) -> Option<String> {
    if word.contains('-') {
        return None;
    }
    let places = SHORTEST_PART..word.len().saturating_sub(SHORTEST_PART);
    let mut divided = places.map(|at| word.split_at(at));
    let is_common = |first: &str, second: &str| {
        let is_prefix = PREFIXES.contains(&first) && second.len() >= SHORTEST_REST;
        is_prefix && vocabulary.has(second)
    };
    divided.find_map(|(first, second)| {
        let typed = format!("{first}-{second}");
        (vocabulary.has_hyphenated(&typed) || is_common(first, second)).then_some(typed)
    })
}
