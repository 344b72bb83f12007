//! Prints "et al." for a truncated list of authors.
//!
//! Hayagriva prints it only if the style itself truncates the list. A truncated list gets a
//! private-use character as its last name; in the formatted reference, that character and the
//! conjunction before it (`and`, `&`) are replaced by the term of the locale. A comma before the
//! conjunction remains.

use hayagriva::citationberg::taxonomy::{OtherTerm, Term};
use hayagriva::citationberg::{Locale, TermForm};

use super::formatted::FormattedReference;

/// The last name of a truncated list. A private-use character after those of
/// [`protect`](super::protect).
pub const ET_AL_SIGN: char = '\u{10fffd}';

/// Replaces the character by the term for "et al.".
pub fn insert_et_al(set: FormattedReference, locales: &[Locale]) -> FormattedReference {
    if !set.text.contains(ET_AL_SIGN) {
        return set;
    }
    let [text, html] = [set.text, set.html].map(|it| replace_sign(&it, locales));
    FormattedReference { text, html }
}

fn replace_sign(text: &str, locales: &[Locale]) -> String {
    let et_al = term(OtherTerm::EtAl, locales).unwrap_or("et al.");
    let mut replaced = String::with_capacity(text.len());
    let mut parts = text.split(ET_AL_SIGN);
    replaced.push_str(parts.next().unwrap_or_default());
    for rest in parts {
        replaced.truncate(strip_conjunction(&replaced, locales).len());
        if !replaced.is_empty() {
            replaced.push(' ');
        }
        replaced.push_str(et_al);
        // The term already ends with a full stop.
        let has_stop = et_al.ends_with('.');
        replaced.push_str(rest.strip_prefix('.').filter(|_| has_stop).unwrap_or(rest));
    }
    replaced
}

/// Strips the conjunction before the last name.
fn strip_conjunction<'t>(names: &'t str, locales: &[Locale]) -> &'t str {
    let names = names.trim_end();
    let conjunctions = ["&amp;", "&", "…"].into_iter().chain(term(OtherTerm::And, locales));
    let mut stripped =
        conjunctions.filter_map(|it| names.strip_suffix(it)).filter(|it| it.ends_with(' '));
    stripped.next().unwrap_or(names).trim_end()
}

/// Returns the term in the first locale that has it.
fn term(term: OtherTerm, locales: &[Locale]) -> Option<&str> {
    let mut terms = locales.iter().filter_map(|it| it.term(Term::Other(term), TermForm::Long));
    terms.find_map(|it| it.single())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::reference::builtin_styles::locales;
    use crate::cite::reference::style::Style;

    #[test]
    fn a_list_that_ends_with_others_ends_with_et_al() {
        let locales = locales(&Style::default().load().unwrap());
        for (names, expected) in [
            ("J. Doe, J. Roe, and *, “On”", "J. Doe, J. Roe, et al., “On”"),
            ("J. Doe and *, “On”", "J. Doe et al., “On”"),
            ("Doe, J., Roe, J., & *. (2010).", "Doe, J., Roe, J., et al. (2010)."),
            ("Doe, J., Roe, J., &amp; *. (2010).", "Doe, J., Roe, J., et al. (2010)."),
            ("Doe J, Roe J, *. On.", "Doe J, Roe J, et al. On."),
            ("Doe J. In: Roe J, *, editors.", "Doe J. In: Roe J, et al., editors."),
            ("* (2010).", "et al. (2010)."),
            ("Bland, J. (2010).", "Bland, J. (2010)."),
        ] {
            let text = names.replace('*', &ET_AL_SIGN.to_string());
            let set = FormattedReference { html: text.clone(), text };
            assert_eq!(insert_et_al(set, &locales).text, expected);
        }
    }
}
