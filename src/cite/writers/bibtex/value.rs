//! Formats the values of entry fields.

use std::fmt::Write as _;

use crate::cite::latex::{self, LatexEncoding};
use crate::domain::{NameKind, PersonName};
use crate::text::tex_to_unicode;

/// Strips the year of the entry from the end of a journal name.
pub fn strip_year(journal: &str, year: Option<i16>) -> &str {
    let journal_name = year.and_then(|it| journal.strip_suffix(&format!(" {it}")));
    journal_name.unwrap_or(journal)
}

/// Formats a name as `Family, Given` or `Family, Suffix, Given`; an organisation in braces.
pub fn author(raw: &str, script: LatexEncoding) -> String {
    let name = PersonName::parse(raw);
    // A family name of several words without a given name must not be split.
    let is_whole = name.given.is_empty() && name.family.contains(' ') && name.suffix.is_empty();
    if name.kind == NameKind::Organisation || is_whole {
        return format!("{{{}}}", latex::escape_text(&name.family, script));
    }
    let parts = [&name.family, &name.suffix, &name.given].map(|it| part_of_name(it, script));
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Escapes a part of a name, in braces if it contains a separator of names.
fn part_of_name(part: &str, script: LatexEncoding) -> String {
    let safe = latex::escape_text(part, script);
    let is_parted = part.contains([',', ';'])
        || part.split_whitespace().any(|it| it.eq_ignore_ascii_case("and"));
    if is_parted { format!("{{{safe}}}") } else { safe }
}

/// Returns the category if it can be an arXiv class, else the empty string.
pub fn primary_class(category: &str) -> &str {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b".-".contains(&it);
    if category.bytes().all(is_plain) { category } else { "" }
}

/// Formats page ranges with TeX's en dash.
pub fn pages(pages: &str) -> String {
    pages.replace('–', "--")
}

/// Separates keywords by commas; braces protect a comma within a keyword.
pub fn keywords(words: &str, script: LatexEncoding) -> String {
    let words = words.split(';').map(str::trim).filter(|it| !it.is_empty());
    let escaped = words.map(|word| {
        let word = latex::escape_text(&tex_to_unicode(word), script);
        if word.contains(',') { format!("{{{word}}}") } else { word }
    });
    escaped.collect::<Vec<_>>().join(", ")
}

/// Formats a path as `JabRef` and Zotero do, with their separators escaped. A path with braces is
/// dropped.
pub fn file(path: &str) -> String {
    if path.is_empty() || path.contains(['{', '}']) {
        return String::new();
    }
    let escaped = path.replace('\\', "\\\\").replace(':', "\\:").replace(';', "\\;");
    format!(":{escaped}:PDF")
}

/// Percent-encodes characters of an identifier or URL that would end the field or begin a formula.
pub fn verbatim(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if "{}\\$ ".contains(c) {
            let _ = write!(safe, "%{:02X}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Replaces the citation key of an entry.
pub fn replace_key(entry: &str, old: &str, new: &str) -> String {
    let Some((head, rest)) = entry.split_once(['{', '(']) else { return entry.to_owned() };
    let tail = rest.trim_start();
    match tail.strip_prefix(old) {
        Some(fields) if !old.is_empty() && old != new && !new.is_empty() => {
            let open = &entry[head.len()..=head.len()];
            format!("{head}{open}{new}{fields}")
        }
        _ => entry.to_owned(),
    }
}

/// Inserts the arXiv id after the citation key, unless the entry mentions a preprint already.
pub fn insert_eprint(mut entry: String, arxiv: &str) -> String {
    let lower = entry.to_ascii_lowercase();
    let has_eprint = lower.contains(&arxiv.to_ascii_lowercase())
        || ["eprint", "archiveprefix", "arxiv"].iter().any(|it| lower.contains(it));
    if let Some(comma) = entry.find(',').filter(|_| !has_eprint) {
        let fields = format!("\n  eprint = {{{arxiv}}},\n  archivePrefix = {{arXiv}},");
        entry.insert_str(comma + 1, &fields);
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preprint_is_told_where_the_entry_does_not_tell_it() {
        let entry = |text: &str| insert_eprint(text.to_owned(), "2501.02950");
        assert_eq!(
            entry("@article{a,\n\tTitle = \"B, c\" }"),
            "@article{a,\n  eprint = {2501.02950},\n  archivePrefix = {arXiv},\n\tTitle = \"B, c\" }"
        );
        for text in [
            "@article{a, Eprint = {2501.02951}}",
            "@article{a, note = {arXiv:hep-th/1}}",
            "@article{a, url = {https://example.org/2501.02950v2}}",
            "@article{a}",
        ] {
            assert_eq!(entry(text), text);
        }
        assert_eq!(insert_eprint("@article{a, x = 1}".to_owned(), ""), "@article{a, x = 1}");
    }

    #[test]
    fn names_are_written_as_bibliographies_sort_them() {
        for (name, expected) in [
            ("Laurens van der Maaten", "van der Maaten, Laurens"),
            ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
            ("J\\\"urgen M\\\"uller", "M{\\\"u}ller, J{\\\"u}rgen"),
            ("Smith and Sons", "{Smith and Sons}"),
            ("The ATLAS Collaboration", "{The ATLAS Collaboration}"),
            ("{Open Maps}", "{Open Maps}"),
            ("Sand, p{\\`e}re, Jean", "Sand, p{\\`e}re, Jean"),
            ("{Hal\\textsemicolon{} Ros}, Ida", "{Hal; Ros}, Ida"),
            ("{Maps, Charts, Inc.}", "{Maps, Charts, Inc.}"),
            ("Wim in 't Veen", "in 't Veen, Wim"),
            ("Plato", "Plato"),
        ] {
            assert_eq!(author(name, LatexEncoding::Tex), expected);
        }
        assert_eq!(author("J\\\"urgen M\\\"uller", LatexEncoding::Unicode), "Müller, Jürgen");
    }

    #[test]
    fn pages_have_the_dash_of_tex() {
        for (pages_given, expected) in
            [("1–2", "1--2"), ("3, 5–7", "3, 5--7"), ("12-1–12-8", "12-1--12-8"), ("e17", "e17")]
        {
            assert_eq!(pages(pages_given), expected);
        }
    }

    #[test]
    fn an_entry_is_known_by_the_key_of_the_bibliography() {
        assert_eq!(replace_key("@book{ a:1,\n x = 1}", "a:1", "b"), "@book{b,\n x = 1}");
        assert_eq!(replace_key("@book(a, x = 1)", "a", "a"), "@book(a, x = 1)");
        assert_eq!(replace_key("@book{c, x = 1}", "a", "b"), "@book{c, x = 1}");
    }
}
