//! Stems of English words: two words with one stem are forms of each other, such as plural and
//! singular, or British and American spelling.
//!
//! A light stemmer of inflections only. A full one, such as that of Porter, also equates words that
//! a reader tells apart: `organ` and `organization`, `general` and `generative`.

use std::borrow::Cow;

/// Shorter words, in letters, have no other form.
const MIN_INFLECTED_LEN: usize = 4;

/// Letters before a British ending: `four` and `rise` have no American spelling.
const MIN_LETTERS_BEFORE: usize = 2;

/// Plurals that no rule derives.
const IRREGULAR_PLURALS: [(&str, &str); 16] = [
    ("analyses", "analysis"),
    ("appendices", "appendix"),
    ("bases", "basis"),
    ("cortices", "cortex"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("matrices", "matrix"),
    ("media", "medium"),
    ("phenomena", "phenomenon"),
    ("spectra", "spectrum"),
    ("syntheses", "synthesis"),
    ("theses", "thesis"),
    ("vertices", "vertex"),
    ("vortices", "vortex"),
];

/// British endings and their American counterparts. Both are replaced alike in all words, so that
/// a word to which a pair does not belong still has one stem.
const BRITISH_ENDINGS: [(&str, &str); 24] = [
    ("isation", "ization"),
    ("isations", "izations"),
    ("ise", "ize"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("oural", "oral"),
    ("ourable", "orable"),
    ("ourite", "orite"),
    ("tre", "ter"),
    ("tres", "ters"),
    ("bre", "ber"),
    ("bres", "bers"),
    ("ogue", "og"),
    ("ogues", "ogs"),
    ("ence", "ense"),
];

/// Returns true if the folded words differ and are forms of one word.
pub fn are_forms(one: &str, other: &str) -> bool {
    one != other && stem(one) == stem(other)
}

/// The folded word in the other of British and American spelling, for each pair of endings that it
/// has. Not all of them are words.
pub fn spelling_variants(word: &str) -> Vec<String> {
    let other = |from: &str, to: &str| {
        let stem = word.strip_suffix(from).filter(|it| it.len() >= MIN_LETTERS_BEFORE)?;
        Some(format!("{stem}{to}"))
    };
    let both = BRITISH_ENDINGS.iter();
    both.flat_map(|(british, american)| [other(british, american), other(american, british)])
        .flatten()
        .collect()
}

/// The stem of a folded word. Other than English words are their own stem.
pub fn stem(word: &str) -> Cow<'_, str> {
    let is_english = word.bytes().all(|it| it.is_ascii_lowercase());
    if word.len() < MIN_INFLECTED_LEN || !is_english {
        return Cow::Borrowed(word);
    }
    let singular = IRREGULAR_PLURALS.iter().find(|(plural, _)| *plural == word);
    let mut text = singular.map_or(word, |(_, singular)| singular).replace("ae", "e");
    replace_ending(&mut text);
    if singular.is_none() {
        strip_plural(&mut text);
        // Twice, since a stem such as `embed` ends like a participle itself.
        for _ in 0..2 {
            strip_participle(&mut text);
            strip_last_letter(&mut text);
        }
    }
    Cow::Owned(text)
}

fn replace_ending(text: &mut String) {
    let longest = BRITISH_ENDINGS
        .iter()
        .filter(|(british, _)| text.ends_with(british))
        .max_by_key(|(british, _)| british.len());
    let Some((british, american)) = longest else { return };
    let start = text.len() - british.len();
    if start >= MIN_LETTERS_BEFORE {
        text.replace_range(start.., american);
    }
}

fn strip_plural(text: &mut String) {
    if let Some(stem) = text.strip_suffix("ies").filter(|it| it.len() > 1) {
        *text = format!("{stem}y");
    } else if ["sses", "xes", "ches", "shes", "zzes"].iter().any(|it| text.ends_with(it)) {
        text.truncate(text.len() - 2);
    } else if text.ends_with('s') && !["ss", "us", "is"].iter().any(|it| text.ends_with(it)) {
        text.truncate(text.len() - 1);
    }
}

/// Strips `-ing` and `-ed`, and undoes the doubling of the consonant before them.
fn strip_participle(text: &mut String) {
    /// Letters that remain: `need` and `ring` are no participles.
    const MIN_STEM_LEN: usize = 3;
    if let Some(stem) = text.strip_suffix("ied").filter(|it| it.len() >= MIN_STEM_LEN) {
        *text = format!("{stem}y");
        return;
    }
    let stem = ["ing", "ed"].iter().find_map(|it| text.strip_suffix(it));
    let has_vowel = |it: &&str| it.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    if let Some(stem) = stem.filter(|it| it.len() >= MIN_STEM_LEN).filter(has_vowel) {
        text.truncate(stem.len());
    }
}

/// Strips a silent `e`, and one of two equal consonants: `leverage` and `leveraging`, `model` and
/// `modelling` have one stem each.
fn strip_last_letter(text: &mut String) {
    if text.len() > MIN_INFLECTED_LEN - 1 && text.ends_with('e') {
        text.truncate(text.len() - 1);
    }
    if let [.., a, b] = text.as_bytes()
        && a == b
        && !matches!(b, b's' | b'e' | b'o')
    {
        text.truncate(text.len() - 1);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn inflections_have_one_stem() {
        for (one, other) in [
            ("redundancy", "redundancies"),
            ("memory", "memories"),
            ("theory", "theories"),
            ("network", "networks"),
            ("process", "processes"),
            ("matrix", "matrices"),
            ("index", "indices"),
            ("analysis", "analyses"),
            ("leverage", "leveraging"),
            ("leveraged", "leveraging"),
            ("linked", "linking"),
            ("look", "looking"),
            ("applied", "apply"),
            ("applies", "applied"),
            ("planning", "planned"),
            ("embedding", "embed"),
            ("box", "boxes"),
            ("embed", "embedding"),
            ("use", "uses"),
        ] {
            assert!(are_forms(one, other), "{one} {other}: {} {}", stem(one), stem(other));
        }
    }

    #[test]
    fn british_and_american_spellings_have_one_stem() {
        for (one, other) in [
            ("behaviour", "behavior"),
            ("behavioural", "behavioral"),
            ("colours", "color"),
            ("neighbouring", "neighboring"),
            ("optimisation", "optimization"),
            ("generalise", "generalizing"),
            ("analyse", "analyze"),
            ("modelling", "modeling"),
            ("labelled", "labeled"),
            ("centre", "center"),
            ("fibre", "fiber"),
            ("catalogue", "catalog"),
            ("defence", "defense"),
            ("anaesthesia", "anesthesia"),
        ] {
            assert!(are_forms(one, other), "{one} {other}: {} {}", stem(one), stem(other));
        }
    }

    #[test]
    fn other_words_keep_their_own_stems() {
        for (one, other) in [
            ("organ", "organization"),
            ("general", "generative"),
            ("need", "ned"),
            ("ring", "red"),
            ("class", "clas"),
            ("brain", "brian"),
            ("string", "stred"),
            ("gan", "gas"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }

    #[test]
    fn a_word_has_variants_in_both_spellings() {
        for (british, american) in [("behavioural", "behavioral"), ("optimise", "optimize")] {
            assert!(spelling_variants(british).iter().any(|it| it == american));
            assert!(spelling_variants(american).iter().any(|it| it == british));
        }
        assert_eq!(spelling_variants("brain"), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_word_has_a_stem(word in "\\PC{0,12}") {
            prop_assert!(stem(&word).len() <= word.len() + 1);
            prop_assert!(!are_forms(&word, &word));
        }
    }
}
