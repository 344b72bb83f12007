//! Slips of one letter or two.

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, Setting, join};
use super::vocabulary::Vocabulary;

const ALPHABET: [char; 26] = [
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's',
    't', 'u', 'v', 'w', 'x', 'y', 'z',
];

/// A word with a letter dropped, doubled or replaced, or two swapped, never the first.
pub(crate) fn slipped(word: &str, dice: &mut Dice) -> Option<String> {
    const SHORTEST: usize = 4;
    if word.len() < SHORTEST {
        return None;
    }
    let at = 1 + dice.below(word.len() - 2);
    let typed = match dice.below(4) {
        0 => dropped(word, at),
        1 => swapped(word, at),
        2 => inserted(word, at, word.chars().nth(at)?),
        _ => replaced(word, at, *dice.pick(&ALPHABET)?),
    };
    (slips_between(word, &typed) == 1).then_some(typed)
}

/// A slip in a part of a hyphenated word.
pub(crate) fn in_hyphenated(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(setting.other_words, dice, |word, dice| {
        let (first, second) = word.split_once('-').filter(|(_, it)| !it.contains('-'))?;
        // The second part first: a slip in the first one may be found by the second.
        let in_second = slipped(second, dice).map(|it| format!("{first}-{it}"));
        in_second.or_else(|| Some(format!("{}-{second}", slipped(first, dice)?)))
    })
}

/// A slip that makes another word or name of the corpus.
pub(crate) fn to_another_word(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    const SHORTEST: usize = 5;
    recalled.with_one_changed(setting.other_words, dice, |word, dice| {
        let neighbours = if word.len() < SHORTEST || word.contains('-') {
            Vec::new()
        } else {
            neighbours(word, &setting.vocabulary)
        };
        dice.pick(&neighbours).cloned()
    })
}

/// The words of the corpus that are one slip away, without those that begin with the word or
/// begin it, which are forms of it rather than slips.
fn neighbours(word: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let mut made = Vec::new();
    for at in 0..word.len() {
        made.push(dropped(word, at));
        if at + 1 < word.len() {
            made.push(swapped(word, at));
        }
        for letter in ALPHABET {
            made.push(replaced(word, at, letter));
            made.push(inserted(word, at, letter));
        }
    }
    made.retain(|it| {
        let is_form = it.starts_with(word) || word.starts_with(it.as_str());
        !is_form && vocabulary.has(it) && slips_between(word, it) == 1
    });
    made.sort_unstable();
    made.dedup();
    made
}

/// A slip in each half of a long word.
pub(crate) fn two_in_a_word(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    const SHORTEST: usize = 8;
    recalled.with_one_changed(setting.other_words, dice, |word, dice| {
        if word.len() < SHORTEST || word.contains('-') {
            return None;
        }
        let (head, tail) = word.split_at(word.len() / 2);
        let typed = slipped(head, dice)? + &slipped(tail, dice)?;
        (slips_between(word, &typed) == 2).then_some(typed)
    })
}

/// A slip in each of the two longest words.
pub(crate) fn in_two_words(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let places = recalled.places(setting.other_words + 1, None, dice)?;
    let right: Vec<&str> = places.iter().map(|it| recalled.content[*it].as_str()).collect();
    let mut by_length: Vec<usize> = (0..right.len()).collect();
    by_length.sort_by_key(|it| std::cmp::Reverse(right[*it].len()));
    let mut typed: Vec<String> = right.iter().map(|it| (*it).to_owned()).collect();
    for at in by_length.into_iter().take(2) {
        if right[at].contains('-') {
            return None;
        }
        typed[at] = slipped(right[at], dice)?;
    }
    Some(Mistaken { typed: typed.join(" "), correct: Some(join(right.into_iter())) })
}

/// The first letter dropped, replaced, or swapped with the second.
pub(crate) fn in_first_letter(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    const SHORTEST: usize = 5;
    recalled.with_one_changed(setting.other_words, dice, |word, dice| {
        if word.len() < SHORTEST || word.contains('-') {
            return None;
        }
        let typed = match dice.below(3) {
            0 => dropped(word, 0),
            1 => swapped(word, 0),
            _ => replaced(word, 0, *dice.pick(&ALPHABET)?),
        };
        (slips_between(word, &typed) == 1).then_some(typed)
    })
}

fn dropped(word: &str, at: usize) -> String {
    format!("{}{}", &word[..at], &word[at + 1..])
}

fn swapped(word: &str, at: usize) -> String {
    format!("{}{}{}{}", &word[..at], &word[at + 1..at + 2], &word[at..=at], &word[at + 2..])
}

fn replaced(word: &str, at: usize, letter: char) -> String {
    format!("{}{letter}{}", &word[..at], &word[at + 1..])
}

fn inserted(word: &str, at: usize, letter: char) -> String {
    format!("{}{letter}{}", &word[..at], &word[at..])
}

/// Number of letters to drop, insert, replace or swap with the next, to make one word of the other.
fn slips_between(first: &str, second: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (first.chars().collect(), second.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let swapped = if swapped { rows[i - 2][j - 2] + 1 } else { usize::MAX };
                replaced.min(swapped).min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1)
            };
        }
    }
    rows[a.len()][b.len()]
}
