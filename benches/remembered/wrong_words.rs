//! A word too many, or another word or year than that of the paper.

use offprint::domain::PaperId;

use super::dice::Dice;
use super::recalled::{FUNCTION_WORDS, Mistaken, Recalled, Setting, is_content, is_function_word};

/// Number of right words beside one that is not in the paper: enough to know the paper by.
const RIGHT_WORDS: usize = 3;

/// Words that people take for each other.
const SYNONYMS: [(&str, &str); 46] = [
    ("accurate", "precise"),
    ("algorithm", "procedure"),
    ("algorithms", "procedures"),
    ("analysis", "study"),
    ("applications", "uses"),
    ("approach", "method"),
    ("architecture", "structure"),
    ("assessing", "judging"),
    ("automatic", "automated"),
    ("behavior", "conduct"),
    ("boosting", "raising"),
    ("brain", "mind"),
    ("building", "constructing"),
    ("categorization", "classification"),
    ("collapse", "breakdown"),
    ("detection", "recognition"),
    ("discovery", "finding"),
    ("effect", "influence"),
    ("effects", "influences"),
    ("efficient", "fast"),
    ("enhancing", "improving"),
    ("equation", "formula"),
    ("estimation", "inference"),
    ("evaluation", "assessment"),
    ("explaining", "interpreting"),
    ("exploring", "investigating"),
    ("forecasting", "prediction"),
    ("framework", "scheme"),
    ("generation", "synthesis"),
    ("hidden", "latent"),
    ("human", "people"),
    ("images", "pictures"),
    ("interaction", "coupling"),
    ("large", "big"),
    ("limits", "bounds"),
    ("measurement", "observation"),
    ("mitigating", "lessening"),
    ("motion", "movement"),
    ("multiple", "several"),
    ("novel", "new"),
    ("optimal", "best"),
    ("reducing", "decreasing"),
    ("retrieval", "search"),
    ("review", "survey"),
    ("robust", "stable"),
    ("small", "little"),
];

/// Consecutive words of the title with another function word: `memory for the brain`.
pub(crate) fn function_word(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let words = consecutive(setting, recalled, dice)?;
    let places: Vec<usize> = (0..words.len()).filter(|it| is_function_word(&words[*it])).collect();
    let at = *dice.pick(&places)?;
    let mut typed = words.to_vec();
    typed[at] = foreign_function_word(recalled, dice)?;
    Some(Mistaken { typed: typed.join(" "), correct: Some(words.join(" ")) })
}

/// Consecutive words of the title with a function word between that is not in the title.
pub(crate) fn superfluous_function_word(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let words = consecutive(setting, recalled, dice)?;
    let is_between = |at: &usize| is_content(&words[at - 1]) && is_content(&words[*at]);
    let places: Vec<usize> = (1..words.len()).filter(is_between).collect();
    let mut typed = words.to_vec();
    typed.insert(*dice.pick(&places)?, foreign_function_word(recalled, dice)?);
    Some(Mistaken { typed: typed.join(" "), correct: Some(words.join(" ")) })
}

/// A run of the title from one content word to another, with one content word more than the
/// setting has.
fn consecutive<'a>(
    setting: &Setting<'_>,
    recalled: &'a Recalled<'_>,
    dice: &mut Dice,
) -> Option<&'a [String]> {
    let tokens = &recalled.tokens;
    let places: Vec<usize> = (0..tokens.len()).filter(|it| is_content(&tokens[*it])).collect();
    let runs: Vec<&[usize]> = places.windows(setting.other_words + 1).collect();
    let run = dice.pick(&runs)?;
    Some(&tokens[*run.first()?..=*run.last()?])
}

fn foreign_function_word(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<String> {
    let foreign = FUNCTION_WORDS.iter().filter(|it| !recalled.tokens.iter().any(|own| own == *it));
    dice.pick(&foreign.collect::<Vec<_>>()).map(|it| (**it).to_owned())
}

/// A word of the title replaced by one that is nowhere in the paper.
pub(crate) fn absent(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let other = PaperId(dice.below(setting.corpus.len() as usize) as u32);
    let other = Recalled::new(other, setting.corpus.get(other)?);
    let word = other.some_word(dice)?.to_owned();
    if has(setting, recalled, &word) {
        return None;
    }
    recalled.with_one_changed(RIGHT_WORDS, dice, |_, _| Some(word.clone()))
}

/// A word of the title replaced by a synonym that is nowhere in the paper.
pub(crate) fn synonym(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    recalled.with_one_changed(RIGHT_WORDS, dice, |word, _| {
        let other = SYNONYMS.iter().find_map(|(first, second)| match word {
            it if it == *first => Some(*second),
            it if it == *second => Some(*first),
            _ => None,
        })?;
        (!has(setting, recalled, other)).then(|| other.to_owned())
    })
}

/// Returns true if the word is in title, names or abstract, also as a beginning.
fn has(setting: &Setting<'_>, recalled: &Recalled<'_>, word: &str) -> bool {
    let names = offprint::text::fold(recalled.paper.author_list);
    let is_begun = |it: &String| it.split('-').any(|part| part.starts_with(word));
    recalled.title.contains(word)
        || names.contains(word)
        || recalled.abstract_tokens(setting.corpus).iter().any(is_begun)
}

/// Name, a year one off, and a word.
pub(crate) fn year(_: &Setting<'_>, recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    let (name, year) = (&recalled.name, recalled.paper.year?);
    if name.is_empty() {
        return None;
    }
    let other = if dice.below(2) == 0 { year - 1 } else { year + 1 };
    let word = recalled.some_word(dice)?;
    Some(Mistaken {
        typed: format!("{name} {other} {word}"),
        correct: Some(format!("{name} {year} {word}")),
    })
}
