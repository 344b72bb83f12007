//! Other forms of a word: number, inflection, British and American spelling.

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, Setting};
use super::vocabulary::Vocabulary;

/// Shortest word whose form is changed.
const SHORTEST: usize = 5;

/// Endings of nouns, of which a plural is always a word.
const NOUN_ENDINGS: [&str; 15] = [
    "tion", "sion", "ment", "ity", "ory", "ness", "ance", "ence", "ure", "work", "gram", "tor",
    "ter", "del", "phy",
];

/// British and American beginnings of words, with any ending.
const SPELLINGS: [(&str, &str); 16] = [
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("favour", "favor"),
    ("flavour", "flavor"),
    ("neighbour", "neighbor"),
    ("tumour", "tumor"),
    ("vapour", "vapor"),
    ("modelling", "modeling"),
    ("modelled", "modeled"),
    ("labelling", "labeling"),
    ("labelled", "labeled"),
    ("travelling", "traveling"),
    ("signalling", "signaling"),
    ("tunnelling", "tunneling"),
    ("analysed", "analyzed"),
    ("analysing", "analyzing"),
];

/// British and American nouns, alike but for a final s.
const NOUNS: [(&str, &str); 4] =
    [("artefact", "artifact"), ("catalogue", "catalog"), ("centre", "center"), ("fibre", "fiber")];

/// Stems before British `is` and American `iz`.
const STEMS: [&str; 32] = [
    "author", "categor", "character", "crystall", "custom", "discret", "equal", "factor",
    "general", "ion", "linear", "local", "magnet", "maxim", "minim", "normal", "optim", "organ",
    "parametr", "polar", "quant", "random", "real", "recogn", "regular", "renormal", "stabil",
    "summar", "synchron", "thermal", "util", "visual",
];
const STEM_ENDINGS: [&str; 8] = ["ation", "ations", "e", "ed", "er", "ers", "es", "ing"];

/// Plural for singular, or the reverse.
pub(crate) fn number(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let vocabulary = &setting.vocabulary;
    recalled.with_one_changed(setting.other_words, dice, |word, _| other_number(word, vocabulary))
}

/// Another inflection of a verb: -ing, -ed, -s or none.
pub(crate) fn inflection(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(setting.other_words, dice, |word, dice| {
        dice.pick(&inflections(word, &setting.vocabulary)).cloned()
    })
}

/// British for American spelling, or the reverse.
pub(crate) fn spelling(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(setting.other_words, dice, |word, _| other_spelling(word))
}

fn other_number(word: &str, vocabulary: &Vocabulary) -> Option<String> {
    if word.len() < SHORTEST || word.contains('-') {
        return None;
    }
    let is_noun = |singular: &str| NOUN_ENDINGS.iter().any(|it| singular.ends_with(it));
    if let Some(singular) = singular(word) {
        return (is_noun(&singular) || vocabulary.has(&singular)).then_some(singular);
    }
    let plural = plural(word)?;
    (is_noun(word) || vocabulary.has(&plural)).then_some(plural)
}

fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if ["ss", "us", "is", "ics"].iter().any(|it| word.ends_with(it)) {
        return None;
    }
    let sibilant = ["xes", "ches", "shes", "sses"].iter().any(|it| word.ends_with(it));
    word.strip_suffix(if sibilant { "es" } else { "s" }).map(str::to_owned)
}

fn plural(word: &str) -> Option<String> {
    if word.ends_with('s') {
        return None;
    }
    let before_y = word.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'o', 'u']));
    if let Some(stem) = before_y {
        return Some(format!("{stem}ies"));
    }
    let sibilant = ["x", "ch", "sh"].iter().any(|it| word.ends_with(it));
    Some(format!("{word}{}", if sibilant { "es" } else { "s" }))
}

/// The other inflections of a verb that the corpus has.
fn inflections(word: &str, vocabulary: &Vocabulary) -> Vec<String> {
    const SHORTEST_STEM: usize = 4;
    let stem = ["ing", "ed"].iter().find_map(|ending| word.strip_suffix(ending));
    let stem = stem.or_else(|| word.strip_suffix('e'));
    let Some(stem) = stem.filter(|it| it.len() >= SHORTEST_STEM && !it.contains('-')) else {
        return Vec::new();
    };
    let endings = ["ing", "ed", "e", "es", "", "s"].into_iter();
    let forms = endings.map(|ending| format!("{stem}{ending}"));
    // A form that begins the word, or goes on from it, is found as its beginning.
    forms
        .filter(|it| !word.starts_with(it.as_str()) && !it.starts_with(word))
        .filter(|it| vocabulary.has(it))
        .collect()
}

fn other_spelling(word: &str) -> Option<String> {
    let noun = |&(british, american): &(&str, &str)| {
        let (singular, ending) = word.strip_suffix('s').map_or((word, ""), |it| (it, "s"));
        let other = if singular == british {
            american
        } else if singular == american {
            british
        } else {
            return None;
        };
        Some(format!("{other}{ending}"))
    };
    let beginning = |&(british, american): &(&str, &str)| {
        with_beginning(word, british, american).or_else(|| with_beginning(word, american, british))
    };
    let stem = |stem: &&str| {
        let rest = word.strip_prefix(stem)?;
        let other = |own: &str, other: &str| {
            let ending = rest.strip_prefix(own).filter(|it| STEM_ENDINGS.contains(it))?;
            Some(format!("{stem}{other}{ending}"))
        };
        other("is", "iz").or_else(|| other("iz", "is"))
    };
    let spelled = NOUNS.iter().find_map(noun).or_else(|| SPELLINGS.iter().find_map(beginning));
    spelled.or_else(|| STEMS.iter().find_map(stem))
}

fn with_beginning(word: &str, own: &str, other: &str) -> Option<String> {
    word.strip_prefix(own).map(|ending| format!("{other}{ending}"))
}
