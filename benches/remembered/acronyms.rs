//! Initials of words of a title.

use offprint::text::words;

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, is_function_word};

/// Number of content words that are abbreviated.
const CONTENT_WORDS: usize = 4;

/// Function words in the initials.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FunctionWords {
    LeftOut,
    Included,
}

/// Initials alone, without those of the function words between.
pub(crate) fn alone(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    initials(recalled, FunctionWords::LeftOut, dice)
}

/// Initials and the name of the first author.
pub(crate) fn with_name(
    recalled: &Recalled<'_>,
    function_words: FunctionWords,
    dice: &mut Dice,
) -> Option<Mistaken> {
    before_name(recalled, initials(recalled, function_words, dice)?)
}

/// Initials of words of which the last is a plural, as `LLMs`, and the name of the first author.
pub(crate) fn plural_with_name(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    const WORDS: usize = 3;
    let words: Vec<&str> = words(&recalled.title).collect();
    let is_plural = |run: &[&str]| run.last().is_some_and(|it| it.len() > 3 && it.ends_with('s'));
    let runs = words.windows(WORDS).filter(|it| it.iter().all(|it| is_content(it)));
    let runs: Vec<&[&str]> = runs.filter(|it| is_plural(it)).collect();
    let run = dice.pick(&runs)?;
    let typed = run.iter().filter_map(|it| it.chars().next()).chain(['s']).collect();
    before_name(recalled, Mistaken { typed, correct: Some(run.join(" ")) })
}

fn before_name(recalled: &Recalled<'_>, mistaken: Mistaken) -> Option<Mistaken> {
    let name = Some(&recalled.name).filter(|it| !it.is_empty())?;
    Some(Mistaken {
        typed: format!("{} {name}", mistaken.typed),
        correct: mistaken.correct.map(|it| format!("{it} {name}")),
    })
}

/// Initials of consecutive words with a function word between them.
fn initials(
    recalled: &Recalled<'_>,
    function_words: FunctionWords,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let words: Vec<&str> = words(&recalled.title).collect();
    let places: Vec<usize> = (0..words.len()).filter(|it| is_content(words[*it])).collect();
    let runs = places.windows(CONTENT_WORDS).filter_map(|run| {
        let run = &words[*run.first()?..=*run.last()?];
        let has_others = run.len() > CONTENT_WORDS && run.iter().all(|it| is_word(it));
        has_others.then_some(run)
    });
    let runs: Vec<&[&str]> = runs.collect();
    let run = dice.pick(&runs)?;
    let taken =
        run.iter().filter(|it| function_words == FunctionWords::Included || !is_function_word(it));
    let typed = taken.filter_map(|it| it.chars().next()).collect();
    Some(Mistaken { typed, correct: Some(run.join(" ")) })
}

fn is_word(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_alphabetic())
}

fn is_content(word: &str) -> bool {
    is_word(word) && !is_function_word(word)
}
