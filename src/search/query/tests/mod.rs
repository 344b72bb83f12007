//! Tests of the query parser: words, signs, prefixes and spans.

mod edits;
mod grammar;
mod warnings;

use proptest::prelude::*;

use super::*;

/// Formats the parsed query: clauses joined by ` & `, alternatives by ` | `.
fn describe(source: &str) -> String {
    describe_clauses(Query::parse(source).clauses())
}

fn describe_clauses(clauses: &[Clause]) -> String {
    let term = |term: &Term| {
        let sign = if term.occur == Occur::Exclude { "not " } else { "" };
        format!("{sign}{}", describe_condition(&term.condition))
    };
    let clause =
        |clause: &Clause| clause.alternatives.iter().map(term).collect::<Vec<_>>().join(" | ");
    clauses.iter().map(clause).collect::<Vec<_>>().join(" & ")
}

fn describe_condition(test: &Condition) -> String {
    let said =
        |needle: &memchr::memmem::Finder<'_>| String::from_utf8_lossy(needle.needle()).into_owned();
    match test {
        Condition::Word(word) => format!("{}{}", scope(word.scope), said(&word.needle)),
        Condition::Phrase(phrase) => {
            let anchor = match phrase.anchor {
                Anchor::None => ("", ""),
                Anchor::Start => ("^", ""),
                Anchor::End => ("", "$"),
                Anchor::Both => ("^", "$"),
            };
            let said = said(&phrase.spellings[0]);
            format!("{}'{}{said}{}'", scope(phrase.scope), anchor.0, anchor.1)
        }
        Condition::Regex(regex) => format!("/{regex}/"),
        Condition::Name(name) => format!("name {}", name.words().join(" ")),
        Condition::Group(group) => format!("({})", describe_clauses(group)),
        Condition::Predicate(Predicate::Years(years)) => format!("{}..{}", years.first, years.last),
        Condition::Predicate(filter) => format!("{filter:?}"),
    }
}

fn scope(scope: FieldScope) -> String {
    if scope == FieldScope::Anywhere { String::new() } else { format!("{scope:?}:") }
}

fn check(table: &[(&str, &str)]) {
    for (source, expected) in table {
        assert_eq!(describe(source), *expected, "{source}");
    }
}

#[test]
fn words_are_fuzzy_and_keep_the_punctuation_inside_them() {
    check(&[
        ("attention  memory", "attention & memory"),
        ("Forward-Forward q-bio GPT-4", "forward-forward & q-bio & gpt-4"),
        ("Mirostat: (a neural) text,", "mirostat & a & neural & text"),
        ("Müller", "muller"),
        ("- survey", "- & survey"),
        ("", ""),
        (" ", ""),
        ("...", ""),
    ]);
}

#[test]
fn signs_mean_what_they_mean_in_fzf() {
    check(&[
        ("'exact", "'exact'"),
        ("^start", "'^start'"),
        ("end$", "'end$'"),
        ("^whole$", "'^whole$'"),
        ("!not", "not 'not'"),
        ("!^x !x$ !'x", "not '^x' & not 'x$' & not 'x'"),
        ("a | b", "a | b"),
        ("a OR b | c", "a | b | c"),
        ("-survey -\"key value\"", "not 'survey' & not 'key value'"),
        ("start:deep end:nets", "'^deep' & 'nets$'"),
        ("\"key value\" x", "'key value' & x"),
        ("'\"key value\" ^\"key value\"", "'key value' & '^key value'"),
        ("!\"key value\"", "not 'key value'"),
        ("/neur(on|al)s? net/", "/neur(on|al)s? net/"),
    ]);
}

#[test]
fn what_is_not_finished_asks_nothing_yet() {
    check(&[
        ("author: title: year: year:> year:.. cat:", ""),
        ("! ' ^ \"", ""),
        ("is:unr has:co", ""),
        ("a |", "a"),
        ("| a", "a"),
        ("a author: | b", "a | b"),
        ("title:\"key va", "Title:'key va'"),
        ("/open", "open"),
    ]);
}

#[test]
fn an_expression_that_cannot_be_read_is_text() {
    check(&[
        ("/(/ !/([/", "'/(/' & not '/([/'"),
        ("/(gan|a net/", "'/(gan|a net/'"),
        ("-/(/", "not '/(/'"),
    ]);
}

#[test]
fn a_prefix_limits_a_term_to_a_field() {
    check(&[
        ("author:hinton a:\"G. Hinton\"", "Authors:hinton & name hinton"),
        ("t:key title:\"key value\"", "Title:key & Title:'key value'"),
        ("title:^deep !author:x", "Title:'^deep' & not Authors:'x'"),
        ("abs:hippocampus", "Abstract:hippocampus"),
        ("cat:cs.CL", "Category(\"cs.cl\", NotRequired)"),
        ("!venue:\"ICLR 2024\"", "not Venue(\"iclr 2024\", Required)"),
        ("id:2501 key:Gershman2025", "Id(\"2501\") & Key(\"gershman2025\")"),
        ("has:code is:unread tag:todo", "Has(Code) & Unread & Tag(\"todo\", NotRequired)"),
        ("has:note no:Brains", "Mark(Noted) & Note(\"brains\")"),
    ]);
}

#[test]
fn a_sign_that_excludes_may_stand_behind_the_prefix() {
    check(&[
        ("author:!nanda", "not Authors:'nanda'"),
        ("a:!\"g. hinton\" year:!2019", "not name hinton & not 2019..2019"),
        ("!author:!x", "not Authors:'!x'"),
        ("author:!", ""),
    ]);
    let without = toggle_value("author:!x", QueryField::Authors, "x", Toggle::Exclude);
    assert_eq!(without.as_deref(), Some(""));
}

#[test]
fn years_are_ranges() {
    check(&[
        ("year:2019..2021", "2019..2021"),
        ("year:2019-2021", "2019..2021"),
        ("year:>2020", "2021..32767"),
        ("year:>=2020", "2020..32767"),
        ("year:<2000", "-32768..1999"),
        ("year:<=2000", "-32768..2000"),
        ("year:2019..", "2019..32767"),
        ("year:2019.", "2019..2019"),
        ("year:..1999", "-32768..1999"),
        ("year:2000..99999", "2000..32767"),
        ("year:<=99999999999999999999", "-32768..32767"),
        ("year:00000..02020", "0..2020"),
        ("y:2019", "2019..2019"),
        ("year:201", "2010..2019"),
        ("year:2019..20", "2019..2099"),
        ("year:soon", "year:soon"),
    ]);
}

#[test]
fn an_identifier_is_known_without_prefix() {
    check(&[
        ("2501.02950", "Id(\"2501.02950\")"),
        ("https://arxiv.org/abs/2501.02950v2 memory", "Id(\"2501.02950\") & memory"),
        ("doi:10.1007/S1", "Id(\"10.1007/s1\")"),
        ("https://doi.org/10.1007/S1", "Id(\"10.1007/s1\")"),
    ]);
}

#[test]
fn an_unknown_prefix_is_text() {
    check(&[("gpt:4", "gpt:4"), ("http://x.y", "http://x.y"), ("is:great", "is:great")]);
}

#[test]
fn the_parts_of_the_text_are_told_apart() {
    let source = "deep !author:\"x y\" !z | w a:!v";
    let parts: Vec<_> = Query::parse(source)
        .spans()
        .into_iter()
        .map(|(range, kind)| (&source[range], kind))
        .collect();
    let expected = [
        ("deep", Span::Word),
        ("!", Span::Operator),
        ("author:\"", Span::Prefix),
        ("x y", Span::Value),
        ("\"", Span::Operator),
        ("!", Span::Operator),
        ("z", Span::Negated),
        ("|", Span::Operator),
        ("w", Span::Word),
        ("a:", Span::Prefix),
        ("!", Span::Operator),
        ("v", Span::Value),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn what_cannot_be_understood_is_marked() {
    let unknown = |source: &str| -> Vec<String> {
        let spans = Query::parse(source).spans();
        let unknown = spans.into_iter().filter(|(_, kind)| *kind == Span::Invalid);
        unknown.map(|(range, _)| source[range].to_owned()).collect()
    };
    for (source, expected) in [
        ("year:abc !year:23 year:2022..2019", &["abc", "23", "2022..2019"][..]),
        ("is:great has:\"wings\"", &["great", "wings"]),
        ("auther:nanda !journel:nature", &["auther:", "journel:"]),
        ("/(/ net", &["("]),
        ("year:20 y:2 year:2019.. year:> year:1 is:unr cat:x author:x", &[]),
        ("http://x.y Mirostat: std::vec 2501.02950 arxiv:2501.02950 10:30 /a/", &[]),
    ] {
        assert_eq!(unknown(source), expected, "{source}");
    }
}

const PIECES: &str = r#"(deep|Müller|!|-|'|\^|\$|"|/|\||OR|AND|NOT|&|\(|\)|author:|year:|cat:|20|\.\.|>|=| |  |:|x y|SJ|et al\.|and|!Kung){0,14}"#;

proptest! {
    #[test]
    fn any_text_is_a_query(source in "\\PC{0,40}") {
        let _ = Query::parse(&source).spans();
    }

    #[test]
    fn parts_are_in_order_and_on_characters(source in PIECES) {
        let mut end = 0;
        for (range, _) in Query::parse(&source).spans() {
            prop_assert!(range.start >= end && source.get(range.clone()).is_some());
            end = range.end;
        }
    }
}

#[test]
fn blanks_behind_the_last_term_ask_the_same() {
    let same = |one: &str, other: &str| Query::parse(one).is_equivalent(&Query::parse(other));
    assert!(same("zhang", "zhang ") && same("zhang wei  ", "zhang wei") && same("", " "));
    assert!(!same("zhang", "zhang w") && !same("zhang", "wang"));
    assert!(!same("\"deep", "\"deep ") && !same(" zhang", "zhang"));
    assert!(
        !same("zhang", "zhang |")
            && !Query::parse("a").is_equivalent(&Query::parse("a").with_skipped())
    );
}

#[test]
fn letters_behind_the_last_word_narrow_a_query() {
    let narrows = |long: &str, short: &str| Query::parse(long).narrows(&Query::parse(short));
    assert!(narrows("elec", "ele") && narrows("deep nets", "deep net"));
    assert!(narrows("year:2019 nets", "year:2019 net"));
    assert!(!narrows("ele", "elec") && !narrows("elec", "el"), "too short for initials");
    assert!(!narrows("deep nets", "nets") && !narrows("deep nets", "keep net"));
    assert!(!narrows("!deep nets", "!deep net") && !narrows("'nets", "'net"));
    assert!(!narrows("title:nets", "title:net") && !narrows("key-value", "key-val"));
    assert!(!narrows("nets", "nets |") && !narrows("", ""));
    assert!(narrows("(deep nets", "(deep net") && narrows("a | nets", "a | net"));
    assert!(!narrows("NOT nets", "NOT net") && !narrows("!(deep nets", "!(deep net"));
    assert!(!narrows("gershman et al", "gershman et a"), "`et al` asks for nothing");
}
