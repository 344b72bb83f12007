//! Maps the names that sources give languages (`ngerman`, `German`, `ger`) to BCP 47 tags.

use std::borrow::Cow;

/// BCP 47 tag of each language, with its names in babel, in polyglossia and in the language itself,
/// and its ISO 639-2 codes. Regions follow pandoc's table of babel names.
const LANGUAGES: [(&str, &[&str]); 58] = [
    ("af-ZA", &["afrikaans", "afr"]),
    ("ar", &["arabic", "ara"]),
    ("bg-BG", &["bulgarian", "bul"]),
    ("ca-AD", &["catalan", "cat"]),
    ("cs-CZ", &["czech", "cze", "ces"]),
    ("da-DK", &["danish", "dansk", "dan"]),
    ("de-AT", &["austrian", "naustrian"]),
    ("de-CH", &["nswissgerman", "swissgerman"]),
    ("de-DE", &["german", "ngerman", "germanb", "deutsch", "ger", "deu"]),
    ("el-GR", &["greek", "gre", "ell"]),
    ("el-polyton", &["polutonikogreek"]),
    ("en-AU", &["australian"]),
    ("en-CA", &["canadian"]),
    ("en-GB", &["british", "ukenglish"]),
    ("en-NZ", &["newzealand"]),
    ("en-US", &["english", "american", "usenglish", "eng"]),
    ("eo", &["esperanto", "epo"]),
    ("es-ES", &["spanish", "español", "castellano", "spa"]),
    ("et-EE", &["estonian", "est"]),
    ("eu-ES", &["basque", "baq", "eus"]),
    ("fa-IR", &["persian", "farsi", "per", "fas"]),
    ("fi-FI", &["finnish", "fin"]),
    ("fr-CA", &["acadian", "canadien"]),
    ("fr-FR", &["french", "frenchb", "francais", "français", "fre", "fra"]),
    ("ga-IE", &["irish", "gle"]),
    ("gl-ES", &["galician", "glg"]),
    ("he-IL", &["hebrew", "heb"]),
    ("hi-IN", &["hindi", "hin"]),
    ("hr-HR", &["croatian", "hrv"]),
    ("hu-HU", &["hungarian", "magyar", "hun"]),
    ("hy-AM", &["armenian", "arm", "hye"]),
    ("id-ID", &["indonesian", "indon", "bahasa", "ind"]),
    ("is-IS", &["icelandic", "ice", "isl"]),
    ("it-IT", &["italian", "italiano", "ita"]),
    ("ja-JP", &["japanese", "jpn"]),
    ("ko-KR", &["korean", "kor"]),
    ("la", &["latin", "lat"]),
    ("lt-LT", &["lithuanian", "lit"]),
    ("lv-LV", &["latvian", "lav"]),
    ("nb-NO", &["norsk", "norwegian", "bokmål", "nor", "nob"]),
    ("nl-NL", &["dutch", "nederlands", "dut", "nld"]),
    ("nn-NO", &["nynorsk", "nno"]),
    ("pl-PL", &["polish", "polski", "pol"]),
    ("pt-BR", &["brazil", "brazilian"]),
    ("pt-PT", &["portuguese", "português", "por"]),
    ("ro-RO", &["romanian", "rum", "ron"]),
    ("ru-RU", &["russian", "rus"]),
    ("sk-SK", &["slovak", "slo", "slk"]),
    ("sl-SI", &["slovene", "slovenian", "slv"]),
    ("sq-AL", &["albanian", "alb", "sqi"]),
    ("sr-RS", &["serbian", "srp"]),
    ("sv-SE", &["swedish", "svenska", "swe"]),
    ("th-TH", &["thai", "tha"]),
    ("tr-TR", &["turkish", "tur"]),
    ("uk-UA", &["ukrainian", "ukr"]),
    ("ur-PK", &["urdu", "urd"]),
    ("vi-VN", &["vietnamese", "vie"]),
    ("zh-CN", &["chinese", "chi", "zho"]),
];

/// Returns the BCP 47 tag of a language name, code or tag; `None` if unknown. Lower-case babel
/// names include the region, English names and ISO 639-2 codes do not: `ngerman` is `de-DE`,
/// `German` and `ger` are `de`.
pub fn language_tag(language: &str) -> Option<Cow<'static, str>> {
    let language = language.trim();
    let lower = language.to_lowercase();
    let row = LANGUAGES.iter().find(|(_, names)| names.contains(&&*lower));
    let Some((tag, _)) = row else { return normalise_tag(language).map(Cow::Owned) };
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
