//! The journal macros of `AASTeX`, which the Astrophysics Data System writes in place of journal
//! names.

use std::sync::LazyLock;

use crate::text::NameTable;

/// The journals and their macros.
static JOURNALS: LazyLock<NameTable<&str>> =
    LazyLock::new(|| NameTable::from_lines(include_str!("journal_macros.txt")));

/// Returns the journal for a field that is a single macro: `\apj`, `{\mnras}`.
pub fn journal(text: &str) -> Option<&'static str> {
    let name = text.trim_matches(['{', '}', ' ']).strip_prefix('\\')?;
    JOURNALS.get(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_alone_is_a_journal() {
        assert_eq!(journal("\\prd"), Some("Physical Review D"));
        assert_eq!(
            journal("{\\pasp}"),
            Some("Publications of the Astronomical Society of the Pacific")
        );
        for text in ["prd", "\\prd A", "\\unknown", ""] {
            assert_eq!(journal(text), None, "{text}");
        }
    }
}
