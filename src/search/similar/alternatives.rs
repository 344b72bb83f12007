//! Alternatives of a query word: other forms, compounds, numbers and spellings under which a paper
//! may have it.

use super::compound::{joined_spelling, split_spellings};
use super::number_words::number_spellings;
use crate::search::query::QueryWord;
use crate::search::spelling::edit_distance::{
    is_correctable, may_have_two_edits, may_match_prefix_twice, within_two_edits,
};
use crate::search::spelling::suggest::{Vocabulary, WordCounts, WordFilter, most_frequent};
use crate::text::{are_forms, is_stop_word, stem, words};

/// Another text for a query word. Folded.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    pub text: String,
    /// Likeness to the typed word, from 0 to 1.
    pub likeness: f32,
}

/// Likeness by kind of alternative, and for spellings by frequency: a neighbour much more frequent
/// than the typed word is likely to be meant.
const COMPOUND_LIKENESS: f32 = 0.95;
const NUMBER_LIKENESS: f32 = 0.9;
const FORM_LIKENESS: f32 = 0.85;
const FREQUENT_SPELLING_LIKENESS: f32 = 0.7;
const SPELLING_LIKENESS: f32 = 0.6;
const TWO_EDITS_LIKENESS: f32 = 0.5;

/// Alternatives of one kind for one word, the most frequent first.
const MAX_OF_KIND: usize = 6;

/// The alternatives that mean the same: other forms, compounds and numbers. `next` is the word
/// behind it, if there is one.
pub fn equivalent_words(
    word: &QueryWord,
    neighbours: &[&QueryWord],
    vocabulary: &Vocabulary<'_>,
) -> Vec<Alternative> {
    let text = word_text(word);
    let mut all: Vec<Alternative> = Vec::new();
    let mut add = |texts: Vec<String>, likeness: f32| {
        all.extend(texts.into_iter().map(|text| Alternative { text, likeness }));
    };
    add(number_spellings(text), NUMBER_LIKENESS);
    if word.is_plain() {
        add(split_spellings(text, vocabulary), COMPOUND_LIKENESS);
        add(word_forms(text, vocabulary), FORM_LIKENESS);
    } else {
        add(hyphenated_forms(text, vocabulary), FORM_LIKENESS);
    }
    for neighbour in neighbours {
        let (first, second) =
            if neighbour.index < word.index { (*neighbour, word) } else { (word, *neighbour) };
        let joined = joined_spelling(word_text(first), word_text(second), vocabulary);
        add(joined.into_iter().collect(), COMPOUND_LIKENESS);
    }
    all
}

/// The spellings of a word to return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpellingScope {
    All,
    /// Without those within one edit of a word that no paper has, which typo correction has tried.
    Uncorrected,
}

/// The alternatives with other letters: one edit, two in long words, or one in a part of a
/// hyphenated word. A stop word has none: it is rather superfluous than mistyped.
pub fn similar_spellings(
    word: &QueryWord,
    scope: SpellingScope,
    vocabulary: &Vocabulary<'_>,
) -> Vec<Alternative> {
    let text = word_text(word);
    if !word.is_plain() {
        return hyphenated_spellings(text, vocabulary);
    }
    if !is_correctable(word) || is_stop_word(text) {
        return Vec::new();
    }
    let [frequency] = vocabulary.counts(&[text])[..] else { return Vec::new() };
    let mut all = if scope == SpellingScope::Uncorrected && frequency == 0 {
        Vec::new()
    } else {
        near_spellings(frequency, vocabulary.within_one_edit(text))
    };
    if frequency == 0 && may_have_two_edits(text) {
        let two_edits = vocabulary.select(&WordFilter {
            may_match: &|prefix| may_match_prefix_twice(text, prefix),
            select: &|word| within_two_edits(text, word).then_some(word),
        });
        let two_edits = most_frequent(two_edits).into_iter().take(MAX_OF_KIND);
        all.extend(two_edits.map(|(text, _)| Alternative { text, likeness: TWO_EDITS_LIKENESS }));
    }
    all
}

/// The words of one edit that the typed word may be a typo of, by their frequencies.
fn near_spellings(frequency: u32, counts: WordCounts) -> Vec<Alternative> {
    /// A neighbour that is rarer by more than this factor is not meant.
    const MAX_RARITY: u32 = 10;
    /// A neighbour that is more frequent by this factor is likely to be meant.
    const FREQUENT_RATIO: u32 = 10;
    let near = most_frequent(counts).into_iter().take(MAX_OF_KIND);
    let near = near.filter(|(_, count)| count.saturating_mul(MAX_RARITY) >= frequency);
    let alternative = |(text, count): (String, u32)| {
        let is_frequent = count >= frequency.saturating_mul(FREQUENT_RATIO);
        let likeness = if is_frequent { FREQUENT_SPELLING_LIKENESS } else { SPELLING_LIKENESS };
        Alternative { text, likeness }
    };
    near.map(alternative).collect()
}

/// The words of the corpus that are forms of the word.
fn word_forms(word: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    /// Forms of a word begin with the same letters, in bytes.
    const SHARED_LEN: usize = 3;
    let Some(shared) = word.get(..SHARED_LEN) else { return Vec::new() };
    let own_stem = stem(word);
    let forms = vocabulary.select(&WordFilter {
        may_match: &|prefix| prefix.starts_with(shared) || shared.starts_with(prefix),
        select: &|it| {
            let is_form = it.starts_with(shared) && it != word && stem(it) == own_stem;
            is_form.then_some(it)
        },
    });
    most_frequent(forms).into_iter().take(MAX_OF_KIND).map(|(text, _)| text).collect()
}

/// The hyphenated word with another form of its last part: `data-sets` for `data-set`, and closed.
fn hyphenated_forms(text: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let Some((head, last)) = text.rsplit_once('-') else { return Vec::new() };
    let open = word_forms(last, vocabulary).into_iter();
    let mut forms: Vec<String> =
        open.flat_map(|form| [format!("{head}-{form}"), format!("{head} {form}")]).collect();
    let closed = format!("{head}{last}");
    let words = vocabulary.select(&WordFilter {
        may_match: &|prefix| prefix.starts_with(head) || head.starts_with(prefix),
        select: &|it| are_forms(it, &closed).then_some(it),
    });
    forms.extend(most_frequent(words).into_iter().take(MAX_OF_KIND).map(|(text, _)| text));
    forms
}

/// The hyphenated word with one part in another spelling, joined by a hyphen and apart.
fn hyphenated_spellings(text: &str, vocabulary: &Vocabulary<'_>) -> Vec<Alternative> {
    /// Parts beyond these are not corrected: no word has as many.
    const MAX_PARTS: usize = 4;
    let parts: Vec<&str> = words(text).take(MAX_PARTS + 1).collect();
    if !(2..=MAX_PARTS).contains(&parts.len()) {
        return Vec::new();
    }
    let counts = vocabulary.counts(&parts);
    let mut all = Vec::new();
    for (at, (part, count)) in parts.iter().zip(&counts).enumerate() {
        let near = near_spellings(*count, vocabulary.within_one_edit(part));
        for Alternative { text, likeness } in near {
            let mut corrected = parts.clone();
            corrected[at] = &text;
            for joint in ["-", " "] {
                all.push(Alternative { text: corrected.join(joint), likeness });
            }
        }
    }
    all
}

/// The word as typed, folded.
pub fn word_text(word: &QueryWord) -> &str {
    std::str::from_utf8(word.needle.needle()).unwrap_or_default()
}
