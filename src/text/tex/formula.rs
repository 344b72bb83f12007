//! Tells formulas from prices.

/// Returns true if the text between two dollars is a formula, not the text between two prices.
/// `after` is the character after the second dollar.
pub fn is_formula(content: &str, after: Option<char>) -> bool {
    let has_command = content
        .split('\\')
        .skip(1)
        .any(|it| it.starts_with(|c: char| c.is_ascii_alphabetic() || c == '{'));
    if has_command {
        return true;
    }
    let inner = content.trim();
    let is_word = |word: &str| word.split(|c: char| !c.is_alphabetic()).any(|it| it.len() > 2);
    let has_prose = inner.contains(char::is_whitespace) && is_word(inner);
    let is_tight = inner.len() == content.len() && !after.is_some_and(|c| c.is_ascii_digit());
    let is_script = inner.contains(['^', '_']);
    let is_price = inner.starts_with(|c: char| c.is_ascii_digit());
    let is_term = !inner.contains(char::is_whitespace) || inner.contains(['=', '<', '>']);
    let is_short = is_tight || is_script || (is_term && !is_price);
    !inner.is_empty() && ((is_tight && is_script) || (is_short && !has_prose))
}
