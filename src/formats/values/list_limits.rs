//! Limits the lists of a record, so that a malicious one cannot slow down display, search or
//! export.

use crate::domain::{AUTHOR_SEPARATOR, BibField, BorrowedDraft, Draft};

/// The longest known author list has 15,025 names.
pub const MAX_NAMES: usize = 20_000;
pub const MAX_CATEGORIES: usize = 1000;
pub const MAX_URLS: usize = 1000;
pub const MAX_KEYWORDS: usize = 10_000;

/// Separates keywords.
const KEYWORD_SEPARATOR: &str = "; ";

/// Truncates lists over the limits. Returns a message that names them, if any.
pub fn truncate_lists(draft: &mut Draft) -> Option<String> {
    let mut messages = Vec::new();
    let mut report = |count: usize, max: usize, noun: &str| {
        messages.push(format!("{count} {noun} (the first {max} are kept)"));
    };
    let names = draft.authors.len();
    if names > MAX_NAMES {
        draft.authors.truncate(MAX_NAMES);
        report(names, MAX_NAMES, "authors");
    }
    if let Some(count) = truncate_text(&mut draft.categories, " ", MAX_CATEGORIES) {
        report(count, MAX_CATEGORIES, "categories");
    }
    let urls = draft.urls.len();
    if urls > MAX_URLS {
        draft.urls.truncate(MAX_URLS);
        report(urls, MAX_URLS, "addresses");
    }
    for (field, value) in &mut draft.fields {
        let (separator, max, noun) = match field {
            BibField::Keywords => (KEYWORD_SEPARATOR, MAX_KEYWORDS, "keywords"),
            BibField::Editors => (AUTHOR_SEPARATOR, MAX_NAMES, "editors"),
            _ => continue,
        };
        if let Some(count) = truncate_text(value, separator, max) {
            report(count, max, noun);
        }
    }
    (!messages.is_empty()).then(|| format!("record has {}", messages.join(", ")))
}

/// Truncates a list in one text. Returns the original number of items if it was over the limit.
fn truncate_text(text: &mut String, separator: &str, max: usize) -> Option<usize> {
    if !may_exceed(text, separator, max) {
        return None;
    }
    let (end, _) = text.match_indices(separator).nth(max - 1)?;
    let count = text.matches(separator).count() + 1;
    text.truncate(end);
    Some(count)
}

/// Returns true if a text is long enough for more than `max` items of one character.
fn may_exceed(text: &str, separator: &str, max: usize) -> bool {
    text.len() > max * (separator.len() + 1)
}

/// Returns true if [`truncate_lists`] may truncate something. A quick test that excludes almost
/// every record.
pub fn may_exceed_limits(draft: &BorrowedDraft<'_>) -> bool {
    let is_long = |field: BibField, value: &str| match field {
        BibField::Keywords => may_exceed(value, KEYWORD_SEPARATOR, MAX_KEYWORDS),
        BibField::Editors => may_exceed(value, AUTHOR_SEPARATOR, MAX_NAMES),
        _ => false,
    };
    draft.authors.len() > MAX_NAMES
        || draft.urls.len() > MAX_URLS
        || may_exceed(&draft.categories, " ", MAX_CATEGORIES)
        || draft.fields.iter().any(|(field, value)| is_long(*field, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_at_their_bounds_and_the_cut_is_told() {
        let list = |count: usize, separator: &str| {
            (0..count).map(|it| format!("w{it}")).collect::<Vec<_>>().join(separator)
        };
        let mut draft = Draft {
            authors: vec!["Ada Bee".to_owned(); MAX_NAMES + 1],
            categories: list(MAX_CATEGORIES + 2, " "),
            urls: vec!["https://example.org".to_owned(); MAX_URLS + 3],
            fields: vec![(BibField::Keywords, list(MAX_KEYWORDS + 4, "; "))],
            ..Draft::default()
        };
        assert!(may_exceed_limits(&(&draft).into()));
        assert_eq!(
            truncate_lists(&mut draft).unwrap(),
            "record has 20001 authors (the first 20000 are kept), 1002 categories (the first 1000 \
             are kept), 1003 addresses (the first 1000 are kept), 10004 keywords (the first \
             10000 are kept)"
        );
        assert_eq!((draft.authors.len(), draft.urls.len()), (MAX_NAMES, MAX_URLS));
        assert!(draft.categories.ends_with(" w999"));
        assert!(draft.field(BibField::Keywords).ends_with("; w9999"));
        assert_eq!(truncate_lists(&mut draft), None);
    }

    #[test]
    fn a_list_of_as_many_as_may_be_is_whole() {
        let categories = vec!["x"; MAX_CATEGORIES].join(" ");
        let mut draft = Draft { categories: categories.clone(), ..Draft::default() };
        assert!(!may_exceed_limits(&(&draft).into()));
        assert_eq!((truncate_lists(&mut draft), draft.categories), (None, categories));
    }
}
