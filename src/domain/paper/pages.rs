//! Normalises page ranges, so that every source's spelling gives the same value.

use std::borrow::Cow;

use crate::text::tex_to_unicode;

/// The sign between the first and the last page of a stored range.
const RANGE_DASH: char = '–';

/// Normalises pages to the stored form: `100–110`, `1, 3, 5–7`, `e17`.
///
/// A run of dashes of any kind, with or without blanks around it, becomes one en dash. A single
/// hyphen inside a page number (`12-1–12-8`) is preserved if the range has a stronger dash. `pp.`
/// in front is dropped, and an abbreviated last page (`573–87`) is completed.
pub fn normalise_pages(pages: &str) -> Cow<'_, str> {
    if pages.bytes().all(|it| it.is_ascii_digit()) {
        return Cow::Borrowed(pages);
    }
    let text = tex_to_unicode(pages);
    let items = text.split(',').map(|it| normalise_range(strip_label(it)));
    let items: Vec<String> = items.filter(|it| !it.is_empty()).collect();
    Cow::Owned(items.join(", "))
}

/// Splits stored pages into first and last page. If they are not a single range, the first part is
/// the whole text and the last is empty.
pub fn page_ends(pages: &str) -> (&str, &str) {
    match pages.split_once(RANGE_DASH) {
        Some((first, last)) if !first.contains(',') && !last.contains([RANGE_DASH, ',']) => {
            (first, last)
        }
        _ => (pages, ""),
    }
}

/// Strips `pp.` and similar labels in front.
fn strip_label(text: &str) -> &str {
    let mut text = trim_dashes(text);
    // Labels may be repeated: `pp. p. 5`.
    while let Some(pages) = after_label(text) {
        text = trim_dashes(pages);
    }
    text
}

fn after_label(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (label, rest) = text.split_at(end);
    let is_label =
        ["pp", "p", "pages", "page", "pgs", "pg"].iter().any(|it| it.eq_ignore_ascii_case(label));
    let pages = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    // `p17` is the number of a page.
    let is_separated = pages.len() < rest.len();
    (is_label && is_separated && pages.starts_with(char::is_alphanumeric)).then_some(pages)
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Normalises one item of a comma-separated list of pages.
fn normalise_range(item: &str) -> String {
    let runs = dash_runs(item);
    let is_strong = |run: &&(usize, usize)| {
        let run = item[run.0..run.1].trim();
        run.chars().count() > 1 || !run.starts_with(['-', '\u{2010}', '\u{2011}'])
    };
    let strong: Vec<_> = runs.iter().filter(is_strong).copied().collect();
    let breaks = match (strong.as_slice(), runs.as_slice()) {
        // Only hyphens: a single one separates two pages, and the middle one of three separates
        // `12-1-12-8`.
        ([], [run]) if is_page(&item[..run.0]) => vec![*run],
        ([], [_, middle, _]) => vec![*middle],
        ([], _) => Vec::new(),
        (strong, _) => strong.to_vec(),
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (from, to) in breaks {
        parts.push(trim_dashes(&item[start..from]));
        start = to;
    }
    parts.push(trim_dashes(&item[start..]));
    parts.retain(|it| !it.is_empty());
    if let [first, last] = parts[..] {
        let last = expand_last_page(first, last);
        return if first == last { first.to_owned() } else { format!("{first}{RANGE_DASH}{last}") };
    }
    parts.join("–")
}

/// Strips blanks and dashes at both ends.
fn trim_dashes(page: &str) -> &str {
    page.trim_matches(|c: char| c.is_whitespace() || is_dash(c))
}

/// Returns the byte ranges of runs of dashes, with the blanks around them.
fn dash_runs(item: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in item.char_indices().filter(|(_, c)| is_dash(*c)) {
        let start = item[..at].trim_end().len();
        let end = item.len() - item[at + c.len_utf8()..].trim_start().len();
        match runs.last_mut() {
            Some(last) if last.1 >= at => last.1 = end,
            _ => runs.push((start, end)),
        }
    }
    runs
}

/// Returns true if a text can be the first page of a range: it has a digit or is a Roman numeral.
fn is_page(text: &str) -> bool {
    let text = text.trim();
    text.contains(|c: char| c.is_ascii_digit())
        || !text.is_empty() && text.bytes().all(|it| b"ivxlcdmIVXLCDM".contains(&it))
}

/// Completes an abbreviated last page with the leading digits of the first: `87` after `573` is
/// `587`.
fn expand_last_page<'a>(first: &str, last: &'a str) -> Cow<'a, str> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let number = first.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if !(is_number(number) && is_number(last) && last.len() < number.len()) {
        return Cow::Borrowed(last);
    }
    let shared = &first[..first.len() - last.len()];
    // A range does not run backwards: `573–12` is left unchanged.
    if last >= &first[shared.len()..] {
        Cow::Owned(format!("{shared}{last}"))
    } else {
        Cow::Borrowed(last)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_run_of_dashes_of_any_kind_is_one_range() {
        for (input, expected) in [
            ("", ""),
            ("12", "12"),
            ("31-47", "31–47"),
            ("31--47", "31–47"),
            ("31---47", "31–47"),
            ("31 -- 47", "31–47"),
            ("31 \u{2013} 47", "31–47"),
            ("31\u{2014}47", "31–47"),
            ("31\u{2212}47", "31–47"),
            ("31{--}47", "31–47"),
            ("31\\textendash{}47", "31–47"),
            ("31\\,--\\,47", "31–47"),
            ("2,4,6--9", "2, 4, 6–9"),
            ("2, 4, 6 - 9", "2, 4, 6–9"),
            ("e17", "e17"),
            ("e17-e20", "e17–e20"),
            ("S4-S9", "S4–S9"),
            ("iv-xii", "iv–xii"),
            ("B-17", "B-17"),
            ("12-1--12-8", "12-1–12-8"),
            ("12-1-12-8", "12-1–12-8"),
            ("pp. 31--47", "31–47"),
            ("p. 31", "31"),
            ("p31", "p31"),
            ("31-31", "31"),
            ("573-87", "573–587"),
            ("S573-87", "S573–S587"),
            ("573-612", "573–612"),
            ("573-12", "573–12"),
            ("31-", "31"),
            ("31+", "31+"),
        ] {
            assert_eq!(normalise_pages(input), expected, "{input}");
        }
    }

    #[test]
    fn a_single_range_has_two_ends() {
        assert_eq!(page_ends("31–47"), ("31", "47"));
        for pages in ["31", "2, 4–6", "4–6, 9", ""] {
            assert_eq!(page_ends(pages), (pages, ""));
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_stays_as_it_is(text in "[0-9epS,. –—-]{0,14}|[^\\p{C}\\\\${}]{0,20}") {
            let normalised = normalise_pages(&text).into_owned();
            prop_assert_eq!(normalise_pages(&normalised), normalised.clone());
        }
    }
}
