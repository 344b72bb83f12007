//! The styles and languages that are built in: those of the archive of `hayagriva`, packed, for as
//! that embeds them they would be a sixth of the program.
//!
//! A line each, in JSON; the styles in the order of [`ArchivedStyle::all`], the languages behind
//! their codes.

use std::io::Read as _;

use flate2::read::GzDecoder;
use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};

const STYLES: &[u8] = include_bytes!("styles.jsonl.gz");
const LOCALES: &[u8] = include_bytes!("locales.jsonl.gz");

/// The style, with all its rules.
pub fn style(style: ArchivedStyle) -> Option<Style> {
    let at = ArchivedStyle::all().iter().position(|it| *it == style)?;
    serde_json::from_str(unpack(STYLES).lines().nth(at)?).ok()
}

/// The languages that a style takes words from: its own, the usual one of its family, and English
/// where those lack a word.
pub fn locales(style: &IndependentStyle) -> Vec<Locale> {
    let own = style.default_locale.clone().unwrap_or_else(LocaleCode::en_us);
    let codes = [own.fallback(), Some(own), Some(LocaleCode::en_us())];
    let is_asked_for = |code: &str| codes.iter().flatten().any(|it| it.0 == code);
    let packed = unpack(LOCALES);
    let lines = packed.lines().filter_map(|it| it.split_once('\t'));
    let texts = lines.filter(|(code, _)| is_asked_for(code));
    texts.filter_map(|(_, text)| serde_json::from_str(text).ok()).collect()
}

fn unpack(packed: &[u8]) -> String {
    let mut text = String::new();
    // What is embedded can be read; tests hold it to that.
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
            let found = locales(&style);
            assert!(found.contains(&locale) && found.len() <= 3, "{:?}", locale.lang);
        }
        style.default_locale = Some(LocaleCode("de".to_owned()));
        let codes: Vec<_> = locales(&style).into_iter().filter_map(|it| it.lang).collect();
        assert_eq!(codes, ["de-DE", "en-US"].map(|it| LocaleCode(it.to_owned())));
    }
}
