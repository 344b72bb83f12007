//! Compound words written in another way: joined, with a hyphen, or apart.

use crate::search::spelling::suggest::Vocabulary;

/// Letters of each half of a split word: prefixes such as `re` and `un` have two.
const MIN_HALF_LEN: usize = 2;
/// Splits of a word that are searched for, the ones with the most frequent halves.
const MAX_SPLITS: usize = 3;

/// The word split into two words of the corpus, joined by a hyphen or apart: `fine-tuning` and
/// `fine tuning` for `finetuning`.
pub fn split_spellings(word: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    if !word.is_ascii() || word.len() < 3 * MIN_HALF_LEN {
        return Vec::new();
    }
    let splits: Vec<(&str, &str)> =
        (MIN_HALF_LEN..=word.len() - MIN_HALF_LEN).map(|at| word.split_at(at)).collect();
    let halves: Vec<&str> = splits.iter().flat_map(|(head, tail)| [*head, *tail]).collect();
    let counts = vocabulary.counts(&halves);
    let frequencies = counts.chunks_exact(2).map(|pair| pair.iter().copied().min().unwrap_or(0));
    let mut known: Vec<(u32, (&str, &str))> =
        frequencies.zip(splits).filter(|(frequency, _)| *frequency > 0).collect();
    known.sort_by_key(|(frequency, _)| std::cmp::Reverse(*frequency));
    let both = |(_, (head, tail)): (u32, (&str, &str))| {
        [format!("{head}-{tail}"), format!("{head} {tail}")]
    };
    known.into_iter().take(MAX_SPLITS).flat_map(both).collect()
}

/// The words joined to one, if the corpus has that: `autoregressive` for `auto regressive`.
pub fn joined_spelling(first: &str, second: &str, vocabulary: &Vocabulary<'_>) -> Option<String> {
    let joined = format!("{first}{second}");
    (vocabulary.counts(&[&joined]) != [0]).then_some(joined)
}
