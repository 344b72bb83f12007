//! Accents: the combining marks of TeX's accent commands.

use unicode_normalization::UnicodeNormalization;

use super::parser::{TexMode, TexParser};

/// Accent commands for text.
const TEXT_ACCENTS: &[(&str, char)] = &[
    ("`", '\u{300}'),
    ("'", '\u{301}'),
    ("^", '\u{302}'),
    ("~", '\u{303}'),
    ("=", '\u{304}'),
    ("u", '\u{306}'),
    (".", '\u{307}'),
    ("\"", '\u{308}'),
    ("h", '\u{309}'),
    ("r", '\u{30a}'),
    ("H", '\u{30b}'),
    ("v", '\u{30c}'),
    ("d", '\u{323}'),
    ("c", '\u{327}'),
    ("k", '\u{328}'),
    ("b", '\u{331}'),
    ("textcommabelow", '\u{326}'),
];
/// Accent commands that `pdfLaTeX` cannot apply to any letter in the T1 encoding, so that they are
/// only read.
const INPUT_ONLY: [&str; 1] = ["h"];
/// Accent commands for formulas.
const MATH_ACCENTS: [(&str, char); 11] = [
    ("hat", '\u{302}'),
    ("tilde", '\u{303}'),
    ("bar", '\u{304}'),
    ("breve", '\u{306}'),
    ("dot", '\u{307}'),
    ("ddot", '\u{308}'),
    ("check", '\u{30c}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("mathring", '\u{30a}'),
    ("vec", '\u{20d7}'),
];

/// Returns the combining mark of the accent command `name`.
pub fn combining_mark(name: &str, mode: TexMode) -> Option<char> {
    let is_own_macro = mode != TexMode::Text && name.starts_with(char::is_alphabetic);
    Some(match name {
        "widehat" => '\u{302}',
        "widetilde" => '\u{303}',
        "overline" => '\u{304}',
        _ => {
            let text = if is_own_macro { &[] } else { TEXT_ACCENTS };
            MATH_ACCENTS.iter().chain(text).find(|(it, _)| *it == name)?.1
        }
    })
}

/// Returns the accent command for `mark` in text.
pub fn text_command(mark: char) -> Option<&'static str> {
    let name = TEXT_ACCENTS.iter().find(|(_, it)| *it == mark).map(|(name, _)| *name)?;
    (!INPUT_ONLY.contains(&name)).then_some(name)
}

/// Returns the accent command for `mark` in a formula.
pub fn math_command(mark: char) -> Option<&'static str> {
    MATH_ACCENTS.iter().find(|(_, it)| *it == mark).map(|(name, _)| *name)
}

fn compose(letter: char, mark: char) -> String {
    [letter, mark].into_iter().nfc().collect()
}

impl TexParser<'_> {
    /// Applies `mark` to the argument. Without braces, the command is an accent only if the result
    /// is a single character, because a backslash before a quote or letter has other meanings.
    pub fn accent(&mut self, mark: char, name: &str) -> Option<()> {
        let start = self.pos;
        let argument = self.argument()?;
        let is_named = name.len() > 1;
        let is_braced = self.raw[..argument.start].ends_with('{');
        let text = self.parse_apart(argument);
        let mut rest = text.chars();
        let Some(first) = rest.next() else {
            let is_sign = !name.starts_with(char::is_alphabetic);
            return is_sign.then(|| self.out.push_str(name));
        };
        let letter = match first {
            'ı' => 'i',
            'ȷ' => 'j',
            other => other,
        };
        let accented = compose(letter, mark);
        let is_one_char = accented.chars().nth(1).is_none();
        let is_single = rest.as_str().is_empty();
        match self.mode {
            TexMode::Math { .. } if !is_single || !letter.is_alphabetic() => {
                self.out.push_str(&text);
            }
            TexMode::Text if !letter.is_alphabetic() || !(is_named || is_braced || is_one_char) => {
                self.pos = start;
                return None;
            }
            _ => self.out.extend([&accented, rest.as_str()]),
        }
        Some(())
    }

    /// Applies a stroke to the argument: `\not\in`.
    pub fn negate(&mut self) -> Option<()> {
        let argument = self.argument()?;
        let text = self.parse_apart(argument);
        let mut rest = text.chars();
        let crossed = compose(rest.next()?, '\u{338}');
        self.out.extend([&crossed, rest.as_str()]);
        Some(())
    }
}
