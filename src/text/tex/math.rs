//! Converts formulas: functions, operators, fractions, roots and scripts.

use std::ops::Range;

use super::parser::{TexMode, TexParser};

/// The characters that have a superscript in Unicode, and these superscripts.
pub const SUPERSCRIPTS: (&str, &str) = (
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′",
);
/// The characters that have a subscript in Unicode, and these subscripts.
pub const SUBSCRIPTS: (&str, &str) =
    ("0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ");

/// Returns true if `name` is a function, whose name is part of the text.
pub fn is_function(name: &str) -> bool {
    matches!(name, "arccos" | "arcsin" | "arctan" | "arg" | "argmax" | "argmin" | "bmod" | "choose")
        || matches!(name, "cos" | "cosh" | "cot" | "csc" | "deg" | "det" | "dim" | "exp" | "gcd")
        || matches!(name, "hom" | "inf" | "ker" | "lg" | "lim" | "liminf" | "limsup" | "ln")
        || matches!(name, "log" | "max" | "min" | "mod" | "Pr" | "sec" | "sin" | "sinh" | "sup")
        || matches!(name, "tan" | "tanh")
}

/// Returns the blackboard-bold form of a letter for a set of numbers, or the letter itself.
pub const fn blackboard(letter: char) -> char {
    match letter {
        'C' => 'ℂ',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'Z' => 'ℤ',
        other => other,
    }
}

/// Returns the set of numbers for macros with the names that nearly all authors use.
pub fn number_set(name: &str) -> Option<&'static str> {
    Some(match name {
        "C" | "CC" => "ℂ",
        "N" | "NN" => "ℕ",
        "Q" | "QQ" => "ℚ",
        "R" | "RR" => "ℝ",
        "Z" | "ZZ" => "ℤ",
        _ => return None,
    })
}

/// Converts `text` to superscript or subscript, if Unicode has all its characters.
fn to_script(script: char, text: &str) -> Option<String> {
    let (from, to) = if script == '^' { SUPERSCRIPTS } else { SUBSCRIPTS };
    let index = |c| from.chars().position(|it| it == c);
    let visible = text.chars().filter(|c| !c.is_whitespace());
    visible.map(|c| index(c).and_then(|at| to.chars().nth(at))).collect()
}

/// Removes the spaces next to operators, so that the extent of a script is visible.
fn without_sign_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if out.ends_with(char::is_alphanumeric) && word.starts_with(char::is_alphanumeric) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Encloses a sum, quotient or similar term in parentheses.
fn parenthesise(text: String) -> String {
    let mut depth = 0_usize;
    let is_compound = text.chars().any(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, ' ' | '+' | '-' | '/' | '±' | '=')
    });
    if is_compound { format!("({text})") } else { text }
}

impl TexParser<'_> {
    /// Appends an operator with spaces on both sides or on neither.
    pub fn infix(&mut self, text: &str) {
        let TexMode::Math { start } = self.mode else { return self.out.push_str(text) };
        let spaced = self.out.len() > start && self.out.ends_with(' ');
        self.skip_spaces();
        self.out.push_str(text);
        if spaced && self.rest().starts_with(|c| !matches!(c, ')' | ']' | ',' | '.' | ';')) {
            self.out.push(' ');
        }
    }

    pub fn function(&mut self, name: &str) {
        if self.out.ends_with(char::is_alphanumeric) && self.mode != TexMode::Text {
            self.out.push(' ');
        }
        self.out.push_str(name.strip_prefix('b').unwrap_or(name));
        let next = self.rest().trim_start_matches('\\').chars().next();
        let is_close = !self.rest().starts_with(char::is_whitespace);
        if is_close && next.is_some_and(char::is_alphanumeric) {
            self.out.push(' ');
        }
    }

    pub fn fraction(&mut self) -> Option<()> {
        let (numerator, denominator) = self.two_arguments()?;
        self.out.extend([&parenthesise(numerator), "/", &parenthesise(denominator)]);
        Some(())
    }

    pub fn root(&mut self) -> Option<()> {
        if let Some(range) = self.optional_argument() {
            let degree = self.parse_apart(range);
            self.out.push_str(&to_script('^', &degree).unwrap_or(degree));
        }
        let argument = self.argument()?;
        let radicand = self.parse_apart(argument);
        self.out.extend(["√", &parenthesise(radicand)]);
        Some(())
    }

    /// Converts the superscript or subscript at the current position.
    pub fn script(&mut self) {
        let script = if self.rest().starts_with('^') { '^' } else { '_' };
        self.pos += 1;
        match self.argument() {
            Some(argument) => self.push_script(script, argument),
            None => self.out.push(script),
        }
    }

    /// Appends a superscript (`^`) or subscript (`_`), with its sign if Unicode lacks a character.
    pub fn push_script(&mut self, script: char, argument: Range<usize>) {
        let text = self.parse_apart(argument);
        match (script, text.as_str()) {
            ('^', "*" | "′" | "†" | "‡" | "°" | "⋆") => self.out.push_str(&text),
            ('^', "∘") => self.out.push('°'),
            ('^', "⊤") => self.out.push('ᵀ'),
            (_, "") => {}
            _ => match to_script(script, &text) {
                Some(converted) => self.out.push_str(&converted),
                None => self.out.extend([script.to_string(), without_sign_spaces(&text)]),
            },
        }
    }
}
