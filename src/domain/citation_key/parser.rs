//! Parses citation-key patterns such as `{auth:lower}{year}{title:1:lower}`.

use super::pattern::{KeyField, KeyPattern, KeySegment, KeyTransform};
use crate::text::{PatternPiece, split_placeholders};

/// The fields of a key, by their names in a pattern.
const KEY_FIELDS: [(&str, KeyField); 13] = [
    ("auth", KeyField::Author),
    ("authors", KeyField::Authors),
    ("authetal", KeyField::AuthorEtAl),
    ("authlast", KeyField::LastAuthor),
    ("year", KeyField::Year),
    ("shortyear", KeyField::ShortYear),
    ("month", KeyField::Month),
    ("title", KeyField::Title),
    ("venue", KeyField::Venue),
    ("category", KeyField::Category),
    ("arxiv", KeyField::Arxiv),
    ("doi", KeyField::Doi),
    ("id", KeyField::Id),
];

/// The modifiers without a number, by their names in a pattern. [`KeyTransform::First`] and
/// [`KeyTransform::Truncate`] take one.
const KEY_TRANSFORMS: [(&str, KeyTransform); 4] = [
    ("lower", KeyTransform::Lower),
    ("upper", KeyTransform::Upper),
    ("capitalize", KeyTransform::Capitalize),
    ("abbr", KeyTransform::Abbreviate),
];

/// The prefix of the modifier that limits the number of letters, as in `truncate4`.
const TRUNCATE: &str = "truncate";

/// Lists the names of the fields, for the help text.
pub fn key_field_names() -> impl Iterator<Item = &'static str> {
    KEY_FIELDS.iter().map(|(name, _)| *name)
}

/// Parses a citation-key pattern. Numbers in modifiers range from 1 to 99.
///
/// # Errors
///
/// Returns a message for the user if a brace is unbalanced, a field or modifier is unknown (the
/// message lists the valid ones), literal text has characters outside `[A-Za-z0-9.:_-]`, or no
/// field but a date would make keys distinct.
pub fn parse_key_pattern(text: &str) -> Result<KeyPattern, String> {
    let pieces =
        split_placeholders(text)?.into_iter().map(parse_segment).collect::<Result<Vec<_>, _>>()?;
    let names = |it: &KeySegment| matches!(it, KeySegment::Field(field, _) if !field.is_date());
    if !pieces.iter().any(names) {
        return Err(format!(
            "`{text}` is the same key for many papers; add a field such as {{auth}}, {{title}} or {{id}}"
        ));
    }
    Ok(KeyPattern::new(text, pieces))
}

fn parse_segment(piece: PatternPiece<'_>) -> Result<KeySegment, String> {
    match piece {
        PatternPiece::Text(text) => {
            let is_invalid = |c: &char| !c.is_ascii_alphanumeric() && !".:_-".contains(*c);
            match text.chars().find(is_invalid) {
                Some(c) => Err(format!(
                    "{c:?} is not allowed in a key; between fields, use letters, digits and . : _ -"
                )),
                None => Ok(KeySegment::Text(text)),
            }
        }
        PatternPiece::Field(text) => {
            let mut parts = text.split(':').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let field = KEY_FIELDS.iter().find(|(it, _)| it.eq_ignore_ascii_case(name));
            let Some((_, field)) = field else {
                let names = key_field_names().collect::<Vec<_>>().join(", ");
                return Err(format!("unknown field {{{name}}} (fields of keys: {names})"));
            };
            let changes = parts.map(|it| parse_transform(name, *field, it));
            Ok(KeySegment::Field(*field, changes.collect::<Result<_, _>>()?))
        }
    }
}

fn parse_transform(name: &str, field: KeyField, modifier: &str) -> Result<KeyTransform, String> {
    let count = |text: &str| text.parse().ok().filter(|it: &usize| (1..100).contains(it));
    if let Some((_, transform)) = KEY_TRANSFORMS.iter().find(|(it, _)| *it == modifier) {
        return Ok(*transform);
    }
    if let Some(char_count) = modifier.strip_prefix(TRUNCATE).and_then(count) {
        return Ok(KeyTransform::Truncate(char_count));
    }
    match count(modifier) {
        Some(words) if field.is_multi_valued() => Ok(KeyTransform::First(words)),
        Some(char_count) => Err(format!(
            "{{{name}:{char_count}}}: a number counts names or words, and {name} is a single one; \
             {TRUNCATE}{char_count} takes its first {char_count} letters"
        )),
        None => {
            let names = KEY_TRANSFORMS.map(|(it, _)| it).join(", ");
            Err(format!(
                "unknown modifier `{modifier}` in {{{name}:{modifier}}} (modifiers: {names}, \
                 {TRUNCATE}N, and a number of names or words)"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::corpus::Corpus;
    use crate::domain::paper::draft::Draft;
    use crate::domain::paper::field::BibField;
    use crate::domain::paper::paper::PaperId;
    use crate::domain::segment::segment_builder::SegmentBuilder;

    fn corpus(pattern: &str, drafts: &[Draft]) -> Corpus {
        let pattern = parse_key_pattern(pattern).unwrap();
        let mut builder = SegmentBuilder::default().with_key_pattern(pattern);
        for draft in drafts {
            builder.push(draft);
        }
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        corpus
    }

    fn keys(pattern: &str, drafts: &[Draft]) -> Vec<String> {
        let corpus = corpus(pattern, drafts);
        (0..drafts.len() as u32).map(|id| corpus.citation_key(PaperId(id))).collect()
    }

    fn attention() -> Draft {
        let authors = ["Ashish Vaswani", "Noam Shazeer", "Parmar, Niki", "Łukasz Kaiser"];
        let mut draft = Draft {
            title: "Attention Is All You Need".into(),
            authors: authors.map(str::to_owned).to_vec(),
            year: Some(2017),
            venue: "Advances in Neural Information Processing Systems".into(),
            categories: "cs.CL cs.LG".into(),
            arxiv: "1706.03762".into(),
            doi: "10.5555/3295222".into(),
            ..Draft::default()
        };
        draft.add_field(BibField::Date, "2017-06-12");
        draft
    }

    #[test]
    fn fields_and_modifiers_make_a_key() {
        for (pattern, key) in [
            (KeyPattern::DEFAULT, "vaswani2017attention"),
            ("{auth}_{year}_{title:3}", "Vaswani_2017_AttentionAllYou"),
            ("{authors:2}{shortyear}", "VaswaniShazeer17"),
            ("{authors:abbr:upper}{year}{month}", "VSPK201706"),
            ("{authetal}-{authlast:lower}", "VaswaniEtAl-kaiser"),
            ("{auth:truncate4:lower}{title:truncate9}", "vaswAttention"),
            ("{title:3:lower:capitalize}", "AttentionAllYou"),
            ("{venue:abbr}{year}", "ANIPS2017"),
            ("{category}:{id}", "cs.cl:1706.03762"),
            ("{arxiv}.{doi}", "1706.03762.10.5555-3295222"),
        ] {
            assert_eq!(keys(pattern, &[attention()]), [key], "{pattern}");
        }
    }

    #[test]
    fn two_authors_are_both_named() {
        let mut two_authors = attention();
        two_authors.authors.truncate(2);
        assert_eq!(keys("{authetal}", &[two_authors]), ["VaswaniShazeer"]);
    }

    #[test]
    fn what_is_not_known_leaves_no_mark_at_an_end_and_no_key_empty() {
        let undated = Draft { title: "Deep Memory Networks".into(), ..Draft::default() };
        for (pattern, key) in [
            ("{auth}_{title:1}_{year}", "Deep_Memory"),
            ("{title:1}_{year}", "Deep"),
            ("{authors:2}{authlast}", "DeepDeep"),
        ] {
            assert_eq!(keys(pattern, std::slice::from_ref(&undated)), [key], "{pattern}");
        }
        let [key] = &keys("{arxiv}{year}", &[undated])[..] else { panic!() };
        assert!(key.starts_with("paper-"), "{key}");
    }

    const PATTERNS: [&str; 6] = [
        KeyPattern::DEFAULT,
        "{auth}:{year}",
        "{authors:3:abbr}{shortyear}_{title:2:truncate6}",
        "{venue:abbr}{month}.{authlast:upper}",
        "{authetal}-{id}",
        "{category}",
    ];

    prop_compose! {
        /// A paper without an identifier; the test numbers its papers.
        fn paper()(
            title in "[a-zA-Z ]{0,8}|.{0,12}",
            authors in prop::collection::vec("[A-Z][a-c]|.{0,8}", 0..4),
            year in prop::option::of(1990..1993_i16),
            venue in "[A-C ]{0,5}|.{0,8}",
            categories in "(cs\\.[AC]L ?){0,2}|.{0,6}",
            date in "199[0-2](-0[1-3])?|.{0,6}",
        ) -> Draft {
            let mut draft = Draft { title, authors, year, categories, venue, ..Draft::default() };
            draft.add_field(BibField::Date, date);
            draft
        }
    }

    proptest! {
        #[test]
        fn keys_are_safe_and_the_same_in_whatever_order_papers_come(
            papers in prop::collection::vec(paper(), 1..12),
            from in any::<prop::sample::Index>(),
            pattern in prop::sample::select(&PATTERNS[..]),
        ) {
            let numbered = papers.into_iter().enumerate();
            let mut papers: Vec<Draft> = numbered
                .map(|(at, it)| Draft { arxiv: format!("2501.{at:05}"), ..it })
                .collect();
            let mut keys = self::keys(pattern, &papers);
            for key in &keys {
                let is_safe = |it: u8| it.is_ascii_alphanumeric() || b".:_-".contains(&it);
                prop_assert!(!key.is_empty() && key.bytes().all(is_safe), "{}", key);
            }
            let from = from.index(papers.len());
            papers.rotate_left(from);
            papers.reverse();
            keys.rotate_left(from);
            keys.reverse();
            prop_assert_eq!(self::keys(pattern, &papers), keys);
        }
    }

    #[test]
    fn the_default_is_what_it_is_written_as() {
        assert_eq!(parse_key_pattern(KeyPattern::DEFAULT), Ok(KeyPattern::default()));
    }

    #[test]
    fn what_there_is_not_is_named_with_what_there_is() {
        for (pattern, message) in [
            ("{autor}", "unknown field {autor} (fields of keys: auth, authors, "),
            ("{auth:lowr}", "unknown modifier `lowr` in {auth:lowr} (modifiers: "),
            ("{title:0}", "unknown modifier `0`"),
            ("{auth:3}", "{auth:3}: a number counts names or words, and auth is a single one"),
            ("{auth} {year}", "' ' is not allowed in a key; between fields"),
            ("{auth}/{year}", "'/' is not allowed in a key"),
            ("{auth}\u{e9}", "'é' is not allowed in a key"),
            ("{auth", "unclosed `{`"),
            ("x{year}", "`x{year}` is the same key for many papers; add a field such as {auth},"),
            ("", "`` is the same key for many papers"),
        ] {
            let reason = parse_key_pattern(pattern).unwrap_err();
            assert!(reason.starts_with(message), "{reason}");
        }
    }

    #[test]
    fn fields_have_any_case_and_any_number_of_modifiers() {
        assert!(parse_key_pattern("{authEtAl:lower}:{ title : 3 : abbr : upper }").is_ok());
    }
}
