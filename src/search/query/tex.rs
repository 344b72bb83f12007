//! Queries with TeX, such as a title pasted from a `.bib` file: they are read as titles are displayed.
//!
//! The conversion comes before the lexer, since TeX has blanks and operators of its own. The text of
//! papers is converted in the same way, so that nothing is lost that a search could find.

use memchr::memchr3;

use super::lexer::{Token, TokenKind};
use crate::text::tex_to_unicode;

/// Returns the query with its TeX converted. `None` if it has none: then each `$`, brace or
/// backslash has the meaning that the syntax of queries gives it.
pub fn displayed_query(source: &str, tokens: &[Token]) -> Option<String> {
    // Blanks at the end do not change what a query means.
    let source = source.trim_end();
    memchr3(b'\\', b'$', b'{', source.as_bytes())?;
    // Expressions have backslashes, dollars and braces of their own.
    if tokens.iter().any(|it| it.kind == TokenKind::Regex) || !has_tex(source) {
        return None;
    }
    let closed = close_formula(source);
    let closed = closed.as_deref().unwrap_or(source);
    let displayed = tex_to_unicode(closed);
    (displayed != source && displayed != closed).then(|| displayed.into_owned())
}

/// Returns true for text with a command or a group, or whose dollars are those of formulas.
fn has_tex(source: &str) -> bool {
    let has_command = source.split('\\').skip(1).any(|it| !it.starts_with(char::is_whitespace));
    let has_group = source.find('{').is_some_and(|at| source[at..].contains('}'));
    has_command || has_group || has_formulas(source)
}

/// Returns true if every dollar belongs to a formula, which has no blanks at its ends. Otherwise it
/// may be an anchor: `deep$ nets$`.
fn has_formulas(source: &str) -> bool {
    let parts: Vec<&str> = source.split('$').collect();
    // Texts and formulas by turns: a text is first, and last.
    if parts.len() == 1 || parts.len().is_multiple_of(2) {
        return false;
    }
    parts.windows(2).step_by(2).all(|pair| {
        let [before, formula] = [pair[0], pair[1]];
        formula.trim() == formula
            && (!before.ends_with(char::is_alphanumeric) || formula.contains(['_', '^']))
    })
}

/// Returns the query with its last formula closed, if that is still being typed.
fn close_formula(source: &str) -> Option<String> {
    let is_open = source.matches('$').count() % 2 == 1;
    let (_, formula) = source.rsplit_once('$').filter(|_| is_open)?;
    let is_formula = formula.contains(['\\', '^', '_']) && !formula.contains(char::is_whitespace);
    is_formula.then(|| format!("{source}$"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::query::lexer::tokens;

    fn displayed(source: &str) -> Option<String> {
        displayed_query(source, &tokens(source))
    }

    #[test]
    fn tex_is_read_as_titles_are() {
        for (source, expected) in [
            ("Strict $\\omega$-categories", "Strict ω-categories"),
            ("structures on $S^2\\times S^2$", "structures on S²×S²"),
            ("MgB$_2$", "MgB₂"),
            ("H$_2$S under pressure", "H₂S under pressure"),
            ("Schr\\\"odinger", "Schrödinger"),
            ("Schr{\\\"o}dinger", "Schrödinger"),
            ("Poincar\\'e", "Poincaré"),
            ("Poincar{\\'e} conjecture", "Poincaré conjecture"),
            ("Erd\\H{o}s", "Erdős"),
            ("author:\"Erd\\H{o}s\"", "author:\"Erdős\""),
            ("\\emph{in vivo} imaging", "in vivo imaging"),
            ("\\textit{Drosophila}", "Drosophila"),
            ("{BERT}: pre-training", "BERT: pre-training"),
            ("that $x$ and $y$ commute", "that x and y commute"),
            ("TD($\\lambda$)", "TD(λ)"),
            ("$\\ell_1$-norm", "ℓ₁-norm"),
            ("$\\beta$-VAE", "β-VAE"),
            ("Weak $L^{\\infty}$", "Weak L^∞"),
            ("$\\omega", "ω"),
            ("$\\omega ", "ω"),
            ("\\ss", "ß"),
            ("\\v{C}ech", "Čech"),
            ("Caf\\'{e}", "Café"),
        ] {
            assert_eq!(displayed(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn operators_keep_their_meaning() {
        for source in [
            "deep nets$", "nets$ b$", "deep$ | nets$", "^deep nets$", "US$ and C$", "!a | b",
            "S^2", "a_b", ".$ | b $", "/\\d{2}$/", "/a$/ {x}", "\\", "a \\ b", "{", "$", "$$",
            "costs $5", "",
        ] {
            assert_eq!(displayed(source), None, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a$ {}_^!|\"/\\\\\\']{0,16}") {
            prop_assert_ne!(displayed(&text), Some(text));
        }
    }
}
