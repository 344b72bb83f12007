//! Tests of warnings.

use crate::search::query::{Query, WarningEffect};

fn messages(source: &str) -> Vec<String> {
    Query::parse(source).warnings().into_iter().map(|it| it.message).collect()
}

#[test]
fn a_value_that_is_missing_begun_or_unknown_is_named_where_nothing_more_will_be_typed() {
    let failures = |source: &str| {
        let mut warnings = Query::parse(source).warnings();
        warnings.retain(|it| it.effect == WarningEffect::NoMatch);
        warnings.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    for whole in ["", "brain", "is:starred has:doi", "year:2000..99999", "http://x", "a:b!", "!"] {
        assert_eq!(failures(whole), Vec::<String>::new(), "{whole}");
    }
    for part in [
        "is:star", "is:", "has:", "!has:p", "is:foo", "year:", "year:soon", "tag:", "author:\"\"",
        "year>", "date:2026-13", "since:ever", "type:boo", "cites:many",
    ] {
        let told = failures(&format!("brain {part}"));
        assert_eq!(told.len(), 1, "{part}");
        assert!(told[0].starts_with(&format!("`{part}` matches nothing: ")), "{told:?}");
    }
    assert!(
        failures("is:star")[0]
            .ends_with(": is: takes read, unread, starred, later, new, skipped, basket, retracted")
    );
    assert_eq!(
        failures("has:(pdf | wing)"),
        ["`wing` matches nothing: has: takes code, pdf, doi, abstract, venue, link, key, note"]
    );
}

#[test]
fn text_without_meaning_as_syntax_is_named() {
    for (source, expected) in [
        ("yaer:2020 brain", "no field `yaer:`; did you mean `year:`?"),
        ("Auther:x", "no field `Auther:`; did you mean `author:`?"),
        ("gpt:4", "no field `gpt:`; searched for as text"),
        ("deep \"key val", "unclosed quotation: `\"key val`"),
        ("/(/ x", "`/(/` is searched for as text: invalid regular expression"),
        ("brain AND", "missing operand of `AND`"),
        ("| brain", "missing operand of `|`"),
        ("brain NOT", "missing operand of `NOT`"),
        ("(brain memory", "unclosed `(`"),
        ("!Kung San", "`!Kung` is searched for as text; `NOT Kung` excludes it"),
    ] {
        assert_eq!(messages(source), [expected], "{source}");
    }
    for source in [
        "", "a b | c", "NOT (a OR b)", "a AND NOT b", "\"key value\"", "/a|b/", "title:(a b) x|y",
        "http://x.y", "Mirostat: text", "std::vec", "10:30", "arxiv:2501.02950", "!a", "f(x)",
        "Gershman & Fiete et al.",
    ] {
        assert_eq!(messages(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn the_part_that_is_being_typed_is_not_named() {
    let beside = |source: &str, cursor| Query::parse(source).warnings_beside(cursor).len();
    assert_eq!(beside("yaer:2020", 9), 0);
    assert_eq!(beside("yaer:2020 ", 10), 1);
    assert_eq!(beside("yaer:2020 brain", 15), 1);
    assert_eq!(beside("yaer:2020 brain", 4), 0);
    assert_eq!(beside("(brain mem", 10), 0);
    assert_eq!(beside("brain OR", 8), 0);
    assert_eq!(beside("brain \"key ", 11), 0);
}
