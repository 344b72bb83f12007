//! TeX, Greek letters and numbers typed another way, and words in order from an abstract.

use offprint::cite::{CiteOptions, OutputFormat, render};

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, Setting, is_content, one_line};

const GREEK: [(&str, &str); 22] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("upsilon", "υ"),
];

const NUMBERS: [(&str, &str); 6] =
    [("one", "1"), ("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6")];

/// The title as a BibTeX file has it, if that is not how it reads.
pub(crate) fn tex_title(setting: &Setting<'_>, recalled: &Recalled<'_>) -> Option<Mistaken> {
    let raw = one_line(recalled.paper.title);
    let typed = if raw.contains(['\\', '$']) { raw } else { bibtex_title(setting, recalled)? };
    typed
        .contains(['\\', '$', '{'])
        .then(|| Mistaken { typed, correct: Some(recalled.shown_title()) })
}

/// The value of the title field in the BibTeX entry of the paper.
fn bibtex_title(setting: &Setting<'_>, recalled: &Recalled<'_>) -> Option<String> {
    let options = CiteOptions::default();
    let entry = render(setting.corpus, &[recalled.id], OutputFormat::Bibtex, &options).text;
    let mut lines = entry.lines().filter_map(|it| it.trim().strip_prefix("title"));
    let value = lines.next()?.trim_start_matches([' ', '=']).trim_end_matches(',');
    Some(one_line(value.strip_prefix('{')?.strip_suffix('}')?))
}

/// A Greek letter of the title typed by its name, or a name by its letter.
pub(crate) fn greek(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let (token, typed) = recalled.tokens.iter().find_map(|it| Some((it, other_greek(it)?)))?;
    recalled.before_others(&typed, token, setting.other_words, dice)
}

/// The token with its only Greek letter, alone or beside a hyphen, written the other way.
fn other_greek(token: &str) -> Option<String> {
    let mut parts: Vec<&str> = token.split('-').collect();
    let (place, other) = parts.iter().enumerate().find_map(|(place, part)| {
        let other = GREEK.iter().find_map(|(name, letter)| match *part {
            it if it == *name => Some(*letter),
            it if it == *letter => Some(*name),
            _ => None,
        })?;
        Some((place, other))
    })?;
    parts[place] = other;
    Some(parts.join("-"))
}

/// `2D` for `two-dimensional`, `3-body` for `three-body`, and the reverse.
pub(crate) fn number(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    let (token, typed) = recalled.tokens.iter().find_map(|it| Some((it, other_number(it)?)))?;
    recalled.before_others(&typed, token, setting.other_words, dice)
}

fn other_number(token: &str) -> Option<String> {
    NUMBERS.iter().find_map(|(word, digit)| {
        if let Some(rest) = token.strip_prefix(word).and_then(|it| it.strip_prefix('-')) {
            return Some(match rest {
                "dimensional" => format!("{digit}d"),
                _ => format!("{digit}-{rest}"),
            });
        }
        match token.strip_prefix(digit)? {
            "d" | "-d" | "-dimensional" => Some(format!("{word}-dimensional")),
            rest => {
                let rest = rest.strip_prefix('-').filter(|it| is_content(it))?;
                Some(format!("{word}-{rest}"))
            }
        }
    })
}

/// Four words as they follow each other in the abstract, most of them content words.
pub(crate) fn from_abstract(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    dice: &mut Dice,
) -> Option<Mistaken> {
    const WORDS: usize = 4;
    const CONTENT_WORDS: usize = 3;
    let tokens = recalled.abstract_tokens(setting.corpus);
    let says_something = |run: &[String]| {
        let is_plain = run.iter().all(|it| it.bytes().all(|it| it.is_ascii_alphabetic()));
        let ends = run.first().zip(run.last()).is_some_and(|(a, b)| is_content(a) && is_content(b));
        is_plain && ends && run.iter().filter(|it| is_content(it)).count() >= CONTENT_WORDS
    };
    let runs = tokens.windows(WORDS).filter(|it| says_something(it));
    let runs = runs.map(|it| it.join(" ")).filter(|it| !recalled.title.contains(it));
    let typed = dice.pick(&runs.collect::<Vec<_>>())?.clone();
    Some(Mistaken { typed, correct: None })
}
