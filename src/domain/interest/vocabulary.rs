//! Words as numbers, and texts as vectors of words that are weighed by their rarity (tf-idf).

use hashbrown::HashMap;

use crate::text::{fold, index_terms, is_function_word, stem, tex_to_unicode};

/// Times that a word of the title counts: a title has a tenth of the words of an abstract, and
/// each of them was chosen.
const TITLE_WEIGHT: u32 = 3;
/// A word in fewer texts tells nothing of others.
const MIN_TEXTS: u32 = 2;
/// Bytes of a text that are considered: a longer abstract is none.
const MAX_TEXT_LEN: usize = 20_000;
/// Words that are frequent in all abstracts, beside function words. Their rarity alone would keep
/// them from the weights, but not from the reasons.
const STOP_WORDS: [&str; 48] = [
    "also", "are", "based", "be", "been", "between", "both", "but", "can", "different", "do",
    "has", "have", "here", "how", "however", "is", "it", "its", "method", "methods", "more",
    "most", "new", "not", "our", "paper", "propose", "proposed", "results", "show", "such", "than",
    "that", "their", "them", "there", "these", "they", "this", "through", "using", "was", "we",
    "were", "when", "which", "while",
];

/// The texts of a paper by which interest is judged. They may have TeX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperTexts<'a> {
    pub title: &'a str,
    pub abstract_text: &'a str,
}

/// Words of a text by their numbers, each once and in order, with their weights. It has length 1,
/// unless no word is known.
pub type WordVector = Vec<(u32, f32)>;

/// Words of a text by their numbers, each once and in order, with how often they occur.
pub type TextWordCounts = Vec<(u32, u32)>;

/// The words of the texts that were counted. Forms of one word are one.
#[derive(Debug, Default)]
pub struct InterestVocabulary {
    /// Folded words as they are written, so that each is stemmed once.
    ids: HashMap<String, u32>,
    stems: HashMap<String, u32>,
    /// The first form of each word that was met.
    words: Vec<String>,
    /// The number of texts with each word.
    text_counts: Vec<u32>,
    /// The weight of each word, 0 for a word that is not used.
    rarities: Vec<f32>,
}

impl InterestVocabulary {
    /// Counts the words of a text, and adds those that are new.
    pub fn add(&mut self, texts: PaperTexts<'_>) -> TextWordCounts {
        let counts = word_counts(texts, |word| self.add_word(word));
        for (id, _) in &counts {
            self.text_counts[*id as usize] += 1;
        }
        counts
    }

    fn add_word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let next = self.words.len() as u32;
        let id = *self.stems.entry(stem(word).into_owned()).or_insert(next);
        if id == next {
            self.words.push(word.to_owned());
            self.text_counts.push(0);
        }
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// Weighs the words, once all texts are added.
    pub fn weigh(&mut self, text_count: usize) {
        let rarity = |count: &u32| match *count {
            0..MIN_TEXTS => 0.0,
            count => (text_count as f32 / count as f32).ln(),
        };
        self.rarities = self.text_counts.iter().map(rarity).collect();
    }

    /// The number of words.
    pub const fn len(&self) -> usize {
        self.words.len()
    }

    /// The word of a number.
    pub fn word(&self, id: u32) -> &str {
        &self.words[id as usize]
    }

    /// The vector of a text that may have unknown words.
    pub fn vector(&self, texts: PaperTexts<'_>) -> WordVector {
        let unknown = self.words.len() as u32;
        let mut counts = word_counts(texts, |word| {
            let known = self.ids.get(word).or_else(|| self.stems.get(&*stem(word)));
            known.copied().unwrap_or(unknown)
        });
        counts.retain(|(id, _)| *id != unknown);
        self.vector_of_counts(&counts)
    }

    /// The vector of counted words.
    pub fn vector_of_counts(&self, counts: &TextWordCounts) -> WordVector {
        let weighted = counts
            .iter()
            .map(|(id, count)| (*id, (1.0 + (*count as f32).ln()) * self.rarities[*id as usize]));
        let mut vector: WordVector = weighted.filter(|(_, weight)| *weight > 0.0).collect();
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        for (_, weight) in &mut vector {
            *weight /= length;
        }
        vector
    }
}

/// The cosine of the angle between two vectors, 0 if they share no word.
pub fn similarity(one: &WordVector, other: &WordVector) -> f32 {
    let (mut sum, mut rest) = (0.0, other.as_slice());
    for (id, weight) in one {
        let skipped = rest.partition_point(|(it, _)| it < id);
        rest = &rest[skipped..];
        if let Some((_, other_weight)) = rest.first().filter(|(it, _)| it == id) {
            sum += weight * other_weight;
        }
    }
    sum
}

fn word_counts(texts: PaperTexts<'_>, mut id_of: impl FnMut(&str) -> u32) -> TextWordCounts {
    let mut ids = Vec::new();
    for (text, weight) in [(texts.title, TITLE_WEIGHT), (texts.abstract_text, 1)] {
        let folded = fold(&tex_to_unicode(&text[..text.floor_char_boundary(MAX_TEXT_LEN)]));
        let counted = index_terms(&folded).filter(|it| is_telling(it));
        ids.extend(counted.map(|word| (id_of(word), weight)));
    }
    ids.sort_unstable();
    let same = ids.chunk_by(|one, other| one.0 == other.0);
    same.map(|it| (it[0].0, it.iter().map(|(_, weight)| weight).sum())).collect()
}

fn is_telling(word: &str) -> bool {
    word.len() > 1
        && !word.bytes().all(|it| it.is_ascii_digit())
        && !is_function_word(word)
        && STOP_WORDS.binary_search(&word).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_for_the_search() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn forms_of_a_word_are_one_and_tex_is_none() {
        let mut vocabulary = InterestVocabulary::default();
        let counts = vocabulary.add(PaperTexts {
            title: r"Erd\H{o}s \emph{graphs}",
            abstract_text: "The graph of Erdos in 2020.",
        });
        let words: Vec<(&str, u32)> =
            counts.iter().map(|(id, count)| (vocabulary.word(*id), *count)).collect();
        assert_eq!(words, [("erdos", 4), ("graphs", 4)]);
    }
}
