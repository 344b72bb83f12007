//! Maps the names that sources give languages (`ngerman`, `German`, `ger`) to BCP 47 tags.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::text::NameTable;

/// BCP 47 tag of each language, with its names in babel, in polyglossia and in the language itself,
/// and its ISO 639-2 codes. Regions follow pandoc's table of babel names.
static LANGUAGES: LazyLock<NameTable<&str>> =
    LazyLock::new(|| NameTable::from_lines(include_str!("languages.txt")));

/// Returns the BCP 47 tag of a language name, code or tag; `None` if unknown. Lower-case babel
/// names include the region, English names and ISO 639-2 codes do not: `ngerman` is `de-DE`,
/// `German` and `ger` are `de`.
pub fn language_tag(language: &str) -> Option<Cow<'static, str>> {
    let language = language.trim();
    let lower = language.to_lowercase();
    let Some(tag) = LANGUAGES.get(&lower) else {
        return normalise_tag(language).map(Cow::Owned);
    };
    let is_code = lower.len() == 3 && lower.is_ascii();
    // `UKenglish` is a babel name too.
    let is_small = |it: Option<char>| it.is_some_and(char::is_lowercase);
    let is_name = is_small(language.chars().nth(1)) && !is_small(language.chars().next());
    let is_babel = !is_code && !is_name;
    Some(Cow::Borrowed(if is_babel { tag } else { primary_subtag(tag) }))
}

/// Returns the tag without region or script: `de` of `de-DE`.
pub fn primary_subtag(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Returns a tag in the case that BCP 47 recommends, as in `zh-Hant` and `de-DE`; `None` if the
/// text is no tag.
fn normalise_tag(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '_']);
    let first = parts.next()?;
    let is_language =
        matches!(first.len(), 2 | 3) && first.bytes().all(|it| it.is_ascii_alphabetic());
    if !is_language || first.len() == 3 && first.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let mut tag = first.to_ascii_lowercase();
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|it| it.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_tag_however_a_source_names_it() {
        for (language, expected) in [
            ("ngerman", "de-DE"),
            ("german", "de-DE"),
            ("German", "de"),
            ("ger", "de"),
            ("Deutsch", "de"),
            ("english", "en-US"),
            ("UKenglish", "en-GB"),
            ("English", "en"),
            ("eng", "en"),
            ("french", "fr-FR"),
            ("de", "de"),
            ("de_de", "de-DE"),
            ("EN-us", "en-US"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("gsw", "gsw"),
        ] {
            assert_eq!(language_tag(language).as_deref(), Some(expected), "{language}");
        }
        for language in ["", "Klingonese", "d", "German and French", "de--", "Esp"] {
            assert_eq!(language_tag(language), None, "{language}");
        }
    }
}
