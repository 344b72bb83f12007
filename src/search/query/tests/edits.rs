//! Tests of toggles of values in a query.

use proptest::prelude::*;

use super::{PIECES, describe};
use crate::search::query::{self, Query, QueryField, Toggle, ValueState};

fn toggle_value(source: &str, field: QueryField, value: &str, toggle: Toggle) -> String {
    query::toggle_value(source, field, value, toggle).expect("takes the value")
}

#[test]
fn a_value_is_added_and_taken_away_again() {
    let add = |source, value| toggle_value(source, QueryField::Category, value, Toggle::Include);
    assert_eq!(add("", "cs.CL"), "cat:cs.CL");
    assert_eq!(add("brain", "cs.CL"), "brain cat:cs.CL");
    assert_eq!(add("brain cat:cs.CL mem", "cs.CL"), "brain mem");
    assert_eq!(add("brain !cat:cs.CL", "cs.CL"), "brain cat:cs.CL");
    assert_eq!(add("\"key val", "cs.CL"), "cat:cs.CL \"key val");
    assert_eq!(toggle_value("x", QueryField::Category, "cs.CL", Toggle::Exclude), "x !cat:cs.CL");
    assert_eq!(
        toggle_value("x", QueryField::Authors, "Ila Fiete", Toggle::Include),
        "x author=\"Ila Fiete\""
    );
    assert_eq!(
        toggle_value("x author:\"ila fiete\"", QueryField::Authors, "Ila Fiete", Toggle::Include),
        "x"
    );
}

#[test]
fn alternatives_are_put_in_parentheses_before_a_value_is_added() {
    let toggle = |source, value| toggle_value(source, QueryField::Category, value, Toggle::Include);
    for (before, after) in [
        ("a | b", "(a | b) cat:cs.CL"),
        ("(a | b) c", "(a | b) c cat:cs.CL"),
        ("a|b", "a|b cat:cs.CL"),
        ("a |", "cat:cs.CL (a |"),
        ("(a b", "cat:cs.CL (a b"),
        ("a NOT", "cat:cs.CL a NOT"),
        // The word would take the parenthesis that closes the group.
        ("a | f(", "(a | f( ) cat:cs.CL"),
        ("f( | a", "(f( | a) cat:cs.CL"),
    ] {
        assert_eq!(toggle(before, "cs.CL"), after);
        assert_eq!(describe(&toggle(after, "cs.CL")), describe(before), "{after}");
    }
    assert_eq!(toggle("(a | b) cat:cs.CL", "cs.CL"), "a | b");
}

#[test]
fn a_value_is_taken_out_of_a_group() {
    let toggle = |source| toggle_value(source, QueryField::Category, "cs.CL", Toggle::Include);
    for (before, after) in [
        ("cat:(cs.LG OR cs.CL) x", "cat:(cs.LG) x"),
        ("(cat:cs.LG | cat:cs.CL) x", "cat:cs.LG x"),
        ("(x cat:cs.CL) | y", "x | y"),
        ("x (cat:cs.CL)", "x"),
        ("x AND cat:cs.CL", "x"),
        ("cat:cs.CL AND x", "x"),
        ("cat:cs.CL | x", "x"),
        ("y cat:cs.CL | x", "y | x"),
        ("cat:cs.CL|cs.LG x", "cat:cs.LG x"),
        ("cat:cs.LG|cs.CL x", "cat:cs.LG x"),
        ("x NOT !cat:cs.CL y", "x y"),
        ("x OR(y cat:cs.CL)z", "x OR y z"),
        // The word would take the parenthesis that closes the group.
        ("(cat:f( | cat:cs.CL) x", "cat:f( x"),
        ("((cat:f( | cat:cs.CL) x)", "(cat:f( x)"),
        ("($\"$) cat:cs.CL", "($\"$)"),
        ("(x cat:f( | cat:cs.CL) z", "(x cat:f( ) z"),
        ("x | (y (cat:f( | cat:cs.CL))", "x | (y cat:f( )"),
        ("(cat:f(x | cat:\"cs.CL\") y.", "cat:f(x y."),
    ] {
        assert_eq!(toggle(before), after, "{before}");
    }
}

#[test]
fn values_of_every_field_are_alternatives() {
    for (field, before, value, after) in [
        (QueryField::Category, "cat:cs.LG", "cs.CL", "cat:cs.LG | cat:cs.CL"),
        (QueryField::Tag, "a tag:red", "blue", "a (tag:red | tag:blue)"),
        (QueryField::Is, "is:unread", "starred", "is:unread | is:starred"),
        (QueryField::Authors, "author=\"Bo Li\"", "Ada", "author=\"Bo Li\" | author=\"Ada\""),
        (QueryField::Category, "!(!cat:a) b", "c", "!(!cat:a) b cat:c"),
        (QueryField::Keyword, "!kw:\"a\" x", "b", "!kw:\"a\" x keyword:\"b\""),
    ] {
        assert_eq!(toggle_value(before, field, value, Toggle::Include), after, "{before}");
        assert_eq!(toggle_value(after, field, value, Toggle::Include), before, "{after}");
    }
}

#[test]
fn a_text_that_would_change_beside_a_value_takes_none() {
    let take = |source| query::toggle_value(source, QueryField::Category, "A", Toggle::Include);
    assert_eq!(take("|/(/)"), None);
    assert_eq!(take("$\"$ |author:"), None);
    assert_eq!(take("(a"), Some("cat:A (a".to_owned()));
}

#[test]
fn the_included_values_of_a_field_are_taken_out_together() {
    for (source, rest) in [
        ("cat:cs.LG", Some("")),
        ("a (cat:cs.LG | cat:cs.CL) b", Some("a b")),
        ("a cat:(cs.LG OR cs.CL) b", Some("a b")),
        ("cat:cs.LG|cs.CL venue:x", Some("venue:x")),
        ("a !cat:cs.LG", None),
        ("a b", None),
        ("cat:", None),
    ] {
        let query = Query::parse(source);
        assert_eq!(query.without_values(QueryField::Category).as_deref(), rest, "{source}");
        assert_eq!(query.includes_value(QueryField::Category), rest.is_some(), "{source}");
    }
}

#[test]
fn years_and_venues_are_alternatives() {
    let year = |source: &str, value| toggle_value(source, QueryField::Year, value, Toggle::Include);
    for (before, value, after) in [
        ("year:2019", "2021", "year:2019 | year:2021"),
        ("a year:2019 b", "2021", "a (year:2019 | year:2021) b"),
        ("a (year:2019 | year:2021) b", "2022", "a (year:2019 | year:2021 | year:2022) b"),
        ("a (year:2019 | year:2021) b", "2019", "a year:2021 b"),
        ("a (year:2019 | year:2021) b", "2021", "a year:2019 b"),
        ("year:2019 | year:2021", "2021", "year:2019"),
        ("a year:2019|2020", "2021", "a (year:2019|2020 | year:2021)"),
        ("year:(2019 | 2020) a", "2021", "year:(2019 | 2020 | year:2021) a"),
        ("a year:2019 | b", "2021", "a (year:2019 | year:2021) | b"),
    ] {
        assert_eq!(year(before, value), after, "{before}");
    }
    assert_eq!(describe("year:2019 | year:2021"), "2019..2019 | 2021..2021");
}

#[test]
fn the_state_of_a_value_can_be_asked() {
    let query = Query::parse("brain cat:cs.CL !venue:\"ICLR 2024\" NOT cat:(q-bio | !math)");
    let state = |field, value| query.value_state(field, value);
    assert_eq!(state(QueryField::Category, "cs.CL"), Some(ValueState::Included));
    assert_eq!(state(QueryField::Venue, "ICLR 2024"), Some(ValueState::Excluded));
    assert_eq!(state(QueryField::Category, "q-bio"), Some(ValueState::Excluded));
    assert_eq!(state(QueryField::Category, "math"), Some(ValueState::Included));
    assert_eq!(state(QueryField::Category, "cs.LG"), None);
}

#[test]
fn an_exclusion_stays_one_when_it_comes_first() {
    let toggle = |source| toggle_value(source, QueryField::Category, "cs.CL", Toggle::Include);
    assert_eq!(toggle("!Kung"), "cat:cs.CL !Kung");
    assert_eq!(toggle("cat:cs.CL !Kung San"), "-Kung San");
}

/// Without names such as `!Kung San`, of which a value before them makes an exclusion.
fn uncapitalised_pieces() -> impl Strategy<Value = String> {
    PIECES.prop_map(|source| source.replace("Kung", "kung").replace("Müller", "müller"))
}

proptest! {
    #[test]
    fn toggling_twice_gives_back_the_query(
        source in uncapitalised_pieces(),
        value in "[a-zA-Z. '\"/|:()-]{1,10}",
        field in prop::sample::select(vec![
            QueryField::Category, QueryField::Authors, QueryField::Venue, QueryField::Keyword,
        ]),
        toggle in prop::sample::select(vec![Toggle::Include, Toggle::Exclude]),
    ) {
        let query = Query::parse(&source);
        prop_assume!(query.value_state(field, &value).is_none());
        let once = query::toggle_value(&source, field, &value, toggle);
        prop_assert!(once.is_some() || "()\"/$".contains(|it| source.contains(it)), "{}", source);
        let Some(once) = once else { return Ok(()) };
        let twice = toggle_value(&once, field, &value, toggle);
        prop_assert_eq!(describe(&twice), describe(&source), "{} -> {}", once, twice);
    }

    #[test]
    fn years_are_toggled_twice(source in uncapitalised_pieces(), year in "20[0-9]{2}") {
        let state = Query::parse(&source).value_state(QueryField::Year, &year);
        prop_assume!(state.is_none());
        let toggle = |source: &str| query::toggle_value(source, QueryField::Year, &year, Toggle::Include);
        let Some(once) = toggle(&source) else { return Ok(()) };
        prop_assert_eq!(describe(&toggle(&once).unwrap()), describe(&source), "{}", once);
    }
}
