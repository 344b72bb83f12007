//! Converts straight quotes and apostrophes to typographic ones.

use std::borrow::Cow;

/// Converts straight quotes. A quote at the beginning of a word opens, any other closes.
pub fn curl_quotes(text: &str) -> String {
    let mut curled = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let begins =
            curled.is_empty() || curled.ends_with(|it: char| " \u{a0}([{“‘–—/-".contains(it));
        curled.push(match c {
            '"' if begins => '“',
            '"' => '”',
            '\'' if begins && is_closing(&text[at + 1..]) => '‘',
            '\'' => '’',
            other => other,
        });
    }
    curled
}

/// Returns true if a later single quote closes the one before `text`. The apostrophes of `'n` and
/// `'90s` are closed by none.
fn is_closing(text: &str) -> bool {
    let mut quotes = text.match_indices('\'').map(|(at, _)| &text[at + 1..]);
    quotes.any(|rest| !rest.starts_with(char::is_alphanumeric))
        && text.starts_with(char::is_alphabetic)
}

/// Converts double quotes within double quotes to single ones. The text is unchanged if they do not
/// balance, as in languages with other quotes.
pub fn nest_quotes(text: &str) -> Cow<'_, str> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    let mut nested = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '“' => {
                depth += 1;
                deepest = deepest.max(depth);
                nested.push(if depth.is_multiple_of(2) { '‘' } else { '“' });
            }
            '”' if depth == 0 => return Cow::Borrowed(text),
            '”' => {
                nested.push(if depth.is_multiple_of(2) { '’' } else { '”' });
                depth -= 1;
            }
            other => nested.push(other),
        }
    }
    if depth == 0 && deepest > 1 { Cow::Owned(nested) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_open_before_words_and_close_behind_them() {
        for (text, expected) in [
            ("Moss's \"deep\" water", "Moss’s “deep” water"),
            ("'Why' boats' masts don't", "‘Why’ boats’ masts don’t"),
            ("Rock 'n' roll in the '90s", "Rock ‘n’ roll in the ’90s"),
            ("(\"Fen\")", "(“Fen”)"),
            ("O'Brien", "O’Brien"),
        ] {
            assert_eq!(curl_quotes(text), expected);
        }
    }

    #[test]
    fn quotes_within_quotes_are_single() {
        for (text, expected) in [
            ("Moss. “A “deep” fen.” 2001.", "Moss. “A ‘deep’ fen.” 2001."),
            ("Moss. “Fen.” “Two.”", "Moss. “Fen.” “Two.”"),
            ("„Moor“ und „Fluss“", "„Moor“ und „Fluss“"),
            ("”Fen” and “A “b”", "”Fen” and “A “b”"),
        ] {
            assert_eq!(nest_quotes(text), expected);
        }
    }
}
