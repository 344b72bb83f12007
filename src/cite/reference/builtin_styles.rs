//! Built-in CSL styles and locales, gzipped from hayagriva's archive. Embedded as that crate does
//! it, they would be a sixth of the program's size.
//!
//! Each file is JSON Lines: styles in the order of [`ArchivedStyle::all`], locales after their
//! codes and a tab.

use std::io::Read as _;

use flate2::read::GzDecoder;
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};

const STYLES: &[u8] = include_bytes!("styles.jsonl.gz");
const LOCALES: &[u8] = include_bytes!("locales.jsonl.gz");

/// Returns a style of the archive.
pub fn style(style: ArchivedStyle) -> Option<Style> {
    let at = ArchivedStyle::all().iter().position(|it| *it == style)?;
    serde_json::from_str(unpack(STYLES).lines().nth(at)?).ok()
}

/// Returns the locales of a style: its default locale, the main one of that language, and American
/// English for missing terms.
pub fn locales(style: &IndependentStyle) -> Vec<Locale> {
    let style_locale = style.default_locale.clone().unwrap_or_else(LocaleCode::en_us);
    let codes = [style_locale.fallback(), Some(style_locale), Some(LocaleCode::en_us())];
    let is_asked_for = |code: &str| codes.iter().flatten().any(|it| it.0 == code);
    let packed = unpack(LOCALES);
    let lines = packed.lines().filter_map(|it| it.split_once('\t'));
    let texts = lines.filter(|(code, _)| is_asked_for(code));
    texts.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
}

fn unpack(packed: &[u8]) -> String {
    let mut text = String::new();
    // Cannot fail, because the data are embedded; a test reads all of them.
    let _ = GzDecoder::new(packed).read_to_string(&mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_is_as_the_archive_has_it() {
        for archived in ArchivedStyle::all() {
            assert!(style(*archived) == Some(archived.get()), "{archived:?}");
        }
    }

    #[test]
    fn every_language_is_as_the_archive_has_it() {
        let Some(Style::Independent(mut style)) = style(ArchivedStyle::Nature) else { panic!() };
        for locale in hayagriva::archive::locales() {
            style.default_locale.clone_from(&locale.lang);
            let style_locales = locales(&style);
            assert!(
                style_locales.contains(&locale) && style_locales.len() <= 3,
                "{:?}",
                locale.lang
            );
        }
        style.default_locale = Some(LocaleCode("de".to_owned()));
        let codes: Vec<_> = locales(&style).into_iter().filter_map(|it| it.lang).collect();
        assert_eq!(codes, ["de-DE", "en-US"].map(|it| LocaleCode(it.to_owned())));
    }
}
