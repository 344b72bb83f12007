//! Tests of operators, groups, dates, names and the canonical text.

use proptest::prelude::*;

use super::{PIECES, check, describe};
use crate::search::query::Query;

#[test]
fn operators_bind_in_the_order_not_and_or() {
    check(&[
        ("a b | c d", "(a & b) | (c & d)"),
        ("a | b c", "a | (b & c)"),
        ("a AND b OR c AND d", "(a & b) | (c & d)"),
        ("a && b || c", "(a & b) | c"),
        ("NOT a b", "not 'a' & b"),
        ("NOT a | b", "not 'a' | b"),
        ("NOT NOT a", "a"),
        ("a AND NOT b", "a & not 'b'"),
        ("a or b and c not d", "a & or & b & and & c & not & d"),
    ]);
}

#[test]
fn an_operator_without_blanks_binds_first() {
    check(&[
        ("deep brain|memory", "deep & brain | memory"),
        ("a|b|c d", "a | b | c & d"),
        ("a||b c", "a | b & c"),
        ("\"key value\"|memory x", "'key value' | memory & x"),
        (
            "cat:cs.LG|cs.CL x",
            "Category(\"cs.lg\", NotRequired) | Category(\"cs.cl\", NotRequired) & x",
        ),
        ("a|title:b", "a | Title:b"),
        ("NOT a|b", "not 'a' & not 'b'"),
        ("!a|b", "not 'a' | b"),
        ("x (a b)|c", "x & (a & b) | c"),
        ("a&&b|c", "a & b | c"),
        ("a| b c", "a | (b & c)"),
        ("p(x|y)", "p(x|y"),
        ("AT&T R&D", "at&t & r&d"),
    ]);
}

#[test]
fn parentheses_group() {
    check(&[
        ("(a | b) c", "a | b & c"),
        ("(a b) c", "a & b & c"),
        ("a (b | (c d))", "a & b | (c & d)"),
        ("title:(brain memory)", "Title:brain & Title:memory"),
        ("title:(brain author:x)", "Title:brain & Authors:x"),
        (
            "cat:(cs.LG OR cs.CL)",
            "Category(\"cs.lg\", NotRequired) | Category(\"cs.cl\", NotRequired)",
        ),
        ("year:(2019 | 2021)", "2019..2019 | 2021..2021"),
        ("start:(deep)", "'^deep'"),
        ("(brain", "brain"),
        ("(a | (b c", "a | (b & c)"),
        ("((((a))))", "a"),
    ]);
}

#[test]
fn an_excluded_group_excludes_its_terms() {
    check(&[
        ("!(a b)", "not 'a' | not 'b'"),
        ("-(a | b)", "not 'a' & not 'b'"),
        ("NOT (a | b) c", "not 'a' & not 'b' & c"),
        ("!title:(a b)", "not Title:'a' | not Title:'b'"),
        ("title:!(a | b)", "not Title:'a' & not Title:'b'"),
        ("!(a !b)", "not 'a' | b"),
        ("!(a | (b c))", "not 'a' & not 'b' | not 'c'"),
        ("NOT !(a b)", "a & b"),
    ]);
}

#[test]
fn parentheses_within_words_are_text() {
    check(&[
        ("f(x) O(n)", "f(x & o(n"),
        ("(O(n) bound)", "o(n & bound"),
        ("brain) memory", "brain & memory"),
        ("(2501.02950)", "Id(\"2501.02950\")"),
        ("10.1016/0004-3702(94)00041-X", "Id(\"10.1016/0004-3702(94)00041-x\")"),
        ("(a)b", "a & b"),
    ]);
}

#[test]
fn what_has_no_operand_asks_nothing() {
    check(&[
        ("() ( ) (()) a", "a"),
        ("(", ""),
        (")", ""),
        ("AND OR NOT", ""),
        ("a AND", "a"),
        ("OR a OR", "a"),
        ("| | a || | b", "a | b"),
        ("a NOT", "a"),
        ("(| a)", "a"),
        ("title:() a", "a"),
        ("a & b", "a & b"),
    ]);
}

#[test]
fn groups_have_a_deepest_level() {
    let deep = |levels: usize| format!("{}a b{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(describe(&deep(16)), "a & b");
    assert_eq!(describe(&deep(20)), "a & b", "the innermost parentheses are punctuation");
    let _ = describe(&"(".repeat(100_000));
    let _ = describe(&"NOT ".repeat(100_000));
    let _ = describe(&"(a | ".repeat(2_000));
}

#[test]
fn a_comparison_needs_no_colon() {
    check(&[
        ("year>2020", "2021..32767"),
        ("year>=2020 x", "2020..32767 & x"),
        ("year<2020", "-32768..2019"),
        ("year=2023", "2023..2023"),
        ("!year=2023", "not 2023..2023"),
        ("year:=2023", "2023..2023"),
        ("year> year=", ""),
        ("e=mc2 a<b", "e=mc2 & a<b"),
        ("author=\"Ila Fiete\"", "name ila fiete"),
        ("author=fiete", "author=fiete"),
    ]);
}

#[test]
fn a_wildcard_at_the_end_asks_nothing_more() {
    check(&[
        ("cat:cs.* key:gersh*", "Category(\"cs.\", NotRequired) & Key(\"gersh\")"),
        ("venue:neur* author:gersh*", "Venue(\"neur\", NotRequired) & Authors:gersh"),
        ("neuro* !neuro*", "neuro & not 'neuro'"),
        ("year:202*", "2020..2029"),
        ("A* se*rch", "a* & se*rch"),
    ]);
}

#[test]
fn prefixes_of_other_programs_are_understood() {
    check(&[
        ("ti:a au:b ab:c", "Title:a & Authors:b & Abstract:c"),
        (
            "keywords:graph kw:graph",
            "Keyword(\"graph\", NotRequired) & Keyword(\"graph\", NotRequired)",
        ),
        ("keyword:\"graph theory\"", "Keyword(\"graph theory\", Required)"),
        ("doi:10.1007 arxiv:2501", "Doi(\"10.1007\") & Arxiv(\"2501\")"),
        ("doi:10.1007/S1 arxiv:2501.02950", "Id(\"10.1007/s1\") & Id(\"2501.02950\")"),
        (
            "type:article type:inproceedings type:PhdThesis",
            "Kind(Article) & Kind(Conference) & Kind(Thesis)",
        ),
        ("type:paper-conference type:boo", "Kind(Conference)"),
        (
            "file:Notes.pdf cites:>100",
            "File(\"notes.pdf\") & Citations(CountRange { first: 101, last: 4294967295 })",
        ),
    ]);
}

#[test]
fn dates_are_as_exact_as_they_are_written() {
    for (source, finds, misses) in [
        ("date:2026-11", "date:2026-11-30", "date:2026"),
        ("since:2026-01", "date:2026", "date:2025-12"),
        ("before:2020-05", "date:2020-04", "date:2020-05-01"),
    ] {
        for text in [source, finds, misses] {
            assert!(describe(text).starts_with("Dates("), "{text}");
        }
    }
    check(&[("date:2026- date:20 since:7 before:", ""), ("date:soon", "date:soon")]);
    assert!(Query::parse("a | since:7d").depends_on_today());
    assert!(!Query::parse("since:2026").depends_on_today());
}

#[test]
fn signs_that_belong_to_a_word_are_text() {
    check(&[
        ("C++", "c++"),
        ("US$ C$", "'us$' | 'us$' & 'c$' | 'c$'"),
        ("nets$", "'nets$'"),
        ("!Kung San", "!kung & san"),
        ("(!Kung San)", "!kung & san"),
        ("!Kung", "not 'kung'"),
        ("san !Kung", "san & not 'kung'"),
        ("!irie gershman", "not 'irie' & gershman"),
    ]);
}

#[test]
fn connectives_between_names_ask_nothing() {
    check(&[
        ("Gershman et al., 2023", "gershman & 2023"),
        ("Gershman & Fiete (2025)", "gershman & fiete & 2025"),
        ("Gershman et al", "gershman"),
        ("et al", "et & al"),
        ("gershman and fiete", "gershman & and | (name gershman & name fiete) & fiete"),
        ("Gershman SJ", "gershman & sj | name gershman"),
        ("Gershman, S.J.", "gershman & s.j | name gershman"),
        ("S. J. Gershman", "s | name gershman & j | name gershman & gershman"),
        ("deep !SJ title:RL", "deep & not 'sj' & Title:rl"),
    ]);
}

proptest! {
    #[test]
    fn the_canonical_text_has_the_same_syntax_tree(source in PIECES) {
        let query = Query::parse(&source);
        let text = query.to_string();
        let again = Query::parse(&text);
        prop_assert_eq!(
            format!("{:?}", query.clauses()), format!("{:?}", again.clauses()), "{}", text
        );
        prop_assert_eq!(again.to_string(), text);
    }

    #[test]
    fn any_text_has_a_canonical_text(source in "\\PC{0,40}|[ -~]{0,40}|[()|&! a\"/]{0,24}") {
        let query = Query::parse(&source);
        let text = query.to_string();
        let again = Query::parse(&text);
        prop_assert_eq!(
            format!("{:?}", query.clauses()), format!("{:?}", again.clauses()), "{}", text
        );
        prop_assert_eq!(again.to_string(), text);
    }
}

#[test]
fn the_canonical_text_has_one_spelling() {
    for (source, expected) in [
        ("a   OR  b", "a | b"),
        ("(a OR b", "(a | b)"),
        ("au:x ti:(y  z", "author:x title:(y z)"),
        ("a:!x", "!author:x"),
        ("year>2020", "year:>2020"),
        ("a||b", "a|b"),
        ("y:soon", "y:soon"),
        (" \"key  val", "\"key  val"),
        ("(f(", "(f( )"),
        ("(!Kung(", "(!Kung( )"),
        ("!Kung|OR", "!Kung| |"),
        ("$\\a ", "$\\a "),
        ("AA\\:/|s:", "AA\\:/|s:"),
        ("\\m\\\u{2000}b   OR  c", "\\m\\\u{2000}b | c"),
    ] {
        assert_eq!(Query::parse(source).to_string(), expected, "{source}");
    }
}
