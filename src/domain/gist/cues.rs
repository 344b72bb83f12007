//! Phrases by which a sentence is judged.

use crate::text::{fold, is_unspaced, words};

/// A sentence of fewer characters announces another: "Our contributions are as follows."
const MIN_CHARS: usize = 40;

/// Verbs of a contribution, each with its merit. Of a thing that is made it is the highest, then
/// of a finding, and lowest of an activity.
const VERBS: [(i32, &[&str]); 4] = [
    (30, &["propose", "introduce", "present", "develop", "design", "invent"]),
    (26, &["create", "build", "construct", "publish", "describe", "devise", "establish"]),
    (
        24,
        &[
            "show", "find", "discover", "prove", "reveal", "demonstrate", "uncover", "identify",
            "observe", "conclude", "derive", "report", "provide", "enhance", "argue", "obtain",
        ],
    ),
    (
        10,
        &[
            "review", "employ", "study", "investigate", "explore", "compute", "train", "offer",
            "compare", "analyze", "analyse", "examine", "apply", "extend", "evaluate",
        ],
    ),
];
/// The merit of any other verb with the authors as its subject.
const OTHER_VERB: i32 = 8;
/// The merit of a sentence in which the authors do nothing, as those of the background.
const NO_VERB: i32 = -10;
/// Words behind a subject in which its verb is looked for: adverbs and auxiliaries stand between,
/// as in "we also", "we can then", and "this paper first".
const NEAR_WORDS: usize = 3;
/// Words behind a subject in which a second verb is looked for, as in "we use this to design".
const FAR_WORDS: usize = 7;
/// The merit that a verb further off loses.
const FAR_PENALTY: i32 = 6;

/// Phrases anywhere in a sentence, folded, with what they add to its merit.
const PHRASES: [(i32, &[&str]); 4] = [
    (6, &["novel", "called", "named", "termed", "dubbed", "new", "the first", "a first"]),
    (-8, &["extensive experiments", "experiments on", "effectiveness of", "future work"]),
    (-8, &["existing methods", "existing approaches", "have been", "has been", "propose to"]),
    (-40, &["http:", "https:", "code is available", "publicly available", "we release"]),
];

/// First words of a sentence, folded, with what they add to its merit.
const OPENINGS: [(i32, &[&str]); 4] = [
    (6, &["here", "therefore", "inspired", "to address", "to overcome", "in this", "based on"]),
    (-2, &["specifically", "in particular", "to this end", "then", "next"]),
    (-10, &["moreover", "furthermore", "additionally", "in addition", "also", "finally"]),
    (-10, &["first", "second", "third", "in the future", "experiment", "extensive"]),
];
/// First words of a sentence of the background, folded, unless the authors act in it.
const BACKGROUND: [&str; 9] = [
    "however", "recent", "although", "despite", "while", "traditional", "previous", "prior",
    "existing",
];
const BACKGROUND_PENALTY: i32 = 14;

/// Nouns by which authors speak of their work.
const WORKS: [&str; 13] = [
    "paper", "work", "study", "article", "survey", "letter", "review", "thesis", "report", "note",
    "research", "investigation", "chapter",
];

/// Phrases of a contribution in Chinese and Japanese.
const UNSPACED_PHRASES: [&str; 9] =
    ["本文", "本研究", "本論文", "我们提出", "提出了", "提案", "我们发现", "表明", "示した"];
const UNSPACED_MERIT: i32 = 30;

/// Labels of sections in structured abstracts, folded, with the merit of what follows.
const LABELS: [(i32, &[&str]); 2] = [
    (24, &["conclusion", "interpretation"]),
    (-14, &["background", "objective", "introduction", "method", "purpose", "importance"]),
];

/// The merit of a sentence, by its words alone: the higher, the better it says what is new.
pub fn merit(sentence: &str) -> i32 {
    let folded = fold(sentence);
    let listed: Vec<&str> = words(&folded).collect();
    let contribution = contribution(&listed);
    let mut merit = contribution.unwrap_or(NO_VERB);
    if contribution.is_none() && BACKGROUND.iter().any(|it| folded.starts_with(it)) {
        merit -= BACKGROUND_PENALTY;
    }
    merit += of_phrases(&PHRASES, |phrase| has_phrase(&folded, phrase));
    merit += of_phrases(&OPENINGS, |phrase| folded.starts_with(phrase));
    if folded.contains(':') {
        merit += of_phrases(&LABELS, |label| folded.starts_with(label));
    }
    if folded.chars().any(is_unspaced) && UNSPACED_PHRASES.iter().any(|it| folded.contains(it)) {
        merit += UNSPACED_MERIT;
    }
    if folded.bytes().any(|it| it.is_ascii_digit()) {
        merit += 2;
    }
    if folded.contains('%') {
        merit += 3;
    }
    if sentence.chars().nth(MIN_CHARS).is_none() && !folded.contains(is_unspaced) {
        merit -= 10;
    }
    merit
}

fn of_phrases(table: &[(i32, &[&str])], is_present: impl Fn(&str) -> bool) -> i32 {
    let groups = table.iter().filter(|(_, phrases)| phrases.iter().any(|it| is_present(it)));
    groups.map(|(merit, _)| merit).sum()
}

fn has_phrase(folded: &str, phrase: &str) -> bool {
    let starts = folded.match_indices(phrase);
    starts.into_iter().any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
}

/// The merit of the best verb of which the authors or their work are the subject.
fn contribution(words: &[&str]) -> Option<i32> {
    let subjects = (0..words.len()).filter_map(|at| Some((at, subject_merit(words, at)?)));
    let of_subject = |(at, subject): (usize, i32)| {
        let behind = words[at + 1..].iter().take(FAR_WORDS).enumerate();
        let verbs = behind.filter_map(|(distance, word)| {
            let penalty = if distance < NEAR_WORDS { 0 } else { FAR_PENALTY };
            Some(verb_merit(word)? - penalty)
        });
        verbs.max().unwrap_or(OTHER_VERB) + subject
    };
    subjects.map(of_subject).max().max(passive(words)).max(finding(words))
}

/// Points that a subject at this position adds to the merit of its verb; `None` if the word is no
/// subject.
fn subject_merit(words: &[&str], at: usize) -> Option<i32> {
    let before = at.checked_sub(1).map_or("", |it| words[it]);
    match words[at] {
        "we" => Some(0),
        noun if WORKS.contains(&noun) && matches!(before, "this" | "our" | "present") => Some(0),
        // Such a sentence details what an earlier one has introduced.
        "approach" | "method" | "model" | "solution" if before == "our" => Some(-10),
        "results" | "findings" | "experiments" | "analysis" if before == "our" => Some(-4),
        _ => None,
    }
}

/// The merit of "we compute …, and find that".
fn finding(words: &[&str]) -> Option<i32> {
    let is_finding = |it: &[&str]| it[0] == "and" && it[2] == "that" && verb_merit(it[1]).is_some();
    let has_authors = words.contains(&"we");
    (has_authors && words.windows(3).any(is_finding)).then_some(24)
}

/// The merit of "is introduced" and its like.
fn passive(words: &[&str]) -> Option<i32> {
    let pairs = words.windows(2).filter(|it| matches!(it[0], "is" | "are"));
    pairs.filter_map(|it| verb_merit(it[1].strip_suffix('d')?)).max().map(|it| it - 4)
}

fn verb_merit(word: &str) -> Option<i32> {
    let is_form = |verb: &&str| {
        let ending = word.strip_prefix(*verb);
        ending.is_some_and(|it| matches!(it, "" | "s" | "es" | "d" | "ed" | "ing"))
            || verb.strip_suffix('e').and_then(|it| word.strip_prefix(it)) == Some("ing")
    };
    VERBS.iter().find_map(|(merit, verbs)| verbs.iter().any(is_form).then_some(*merit))
}
