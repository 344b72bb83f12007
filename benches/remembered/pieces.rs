//! Pieces of a paper that are remembered rightly, or with a letter dropped or two swapped.

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled};

/// Picks `count` of the words, in their order.
fn some(words: &[String], count: usize, dice: &mut Dice) -> Option<Vec<String>> {
    let mut places: Vec<usize> = (0..words.len()).collect();
    while places.len() > count {
        places.remove(dice.below(places.len()));
    }
    (places.len() == count).then(|| places.iter().map(|at| words[*at].clone()).collect())
}

/// A query of right words; none for an anonymous paper, which has never been asked for.
fn right(recalled: &Recalled<'_>, words: impl FnOnce() -> Option<String>) -> Option<Mistaken> {
    let typed = (!recalled.name.is_empty()).then(words)??;
    Some(Mistaken { typed, correct: None })
}

pub(crate) fn with_name(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    right(recalled, || {
        Some(format!("{} {}", some(&recalled.words, 2, dice)?.join(" "), recalled.name))
    })
}

pub(crate) fn in_wrong_order(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    right(recalled, || {
        let mut words = some(&recalled.words, 3, dice)?;
        words.rotate_left(1);
        words.swap(0, 1);
        Some(words.join(" "))
    })
}

pub(crate) fn beginnings(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    right(recalled, || {
        let words = some(&recalled.words, 4, dice)?;
        let begun: Vec<&str> = words.iter().map(|it| &it[..4.min(it.len())]).collect();
        Some(begun.join(" "))
    })
}

pub(crate) fn dropped(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    slipped(recalled, dice, |word, at| {
        word.remove(at);
    })
}

pub(crate) fn swapped(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    slipped(recalled, dice, |word, at| {
        let letter = word.remove(at);
        word.insert(at + 1, letter);
    })
}

/// Three words with a slip inside the longest, not at its ends.
fn slipped(
    recalled: &Recalled<'_>,
    dice: &mut Dice,
    slip: fn(&mut String, usize),
) -> Option<Mistaken> {
    if recalled.name.is_empty() {
        return None;
    }
    let mut words = some(&recalled.words, 3, dice)?;
    let correct = Some(words.join(" "));
    let longest = words.iter_mut().max_by_key(|it| it.len())?;
    let at = 1 + dice.below(longest.len() - 3);
    slip(longest, at);
    Some(Mistaken { typed: words.join(" "), correct })
}
