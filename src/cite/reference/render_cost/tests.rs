//! Tests of the cost estimate.

use hayagriva::citationberg::{SortDirection, Style as Csl};
use serde_json::{from_value, json};

use super::*;
use crate::cite::reference::style::Style;

/// Returns a style with these macros, whose citations have this sort and call the macro `m0`.
fn style(sort: &str, macros: &str) -> IndependentStyle {
    let xml = format!(
        r#"<style version="1.0" class="in-text"><info><title>T</title><id>t</id></info>{macros}
        <citation>{sort}<layout><text macro="m0"/></layout></citation></style>"#
    );
    let Csl::Independent(style) = Csl::from_xml(&xml).unwrap() else { panic!("it is independent") };
    style
}

/// Returns a style of `length` macros; `body` gives the content of each by its number.
fn chain(length: usize, body: impl Fn(usize) -> String) -> IndependentStyle {
    let element = |at| format!(r#"<macro name="m{at}">{}</macro>"#, body(at));
    style("", &(0..length).map(element).collect::<String>())
}

fn call(at: usize) -> String {
    format!(r#"<text macro="m{at}"/>"#)
}

fn paper(names: usize) -> Item {
    let author = vec![json!({"family": "Moss", "given": "Ada"}); names];
    from_value(json!({"id": "a", "type": "book", "title": "T", "author": author})).unwrap()
}

#[test]
fn the_built_in_styles_are_within_the_bounds() {
    for built_in in Style::all() {
        let rules = built_in.load().unwrap();
        check(&rules).unwrap();
        let work = render_cost(&rules, None).unwrap();
        assert!(work < MAX_STYLE_COST / 2, "{}: {work}", built_in.name());
        assert!(is_within_budget(&rules, &paper(3_000)), "{}", built_in.name());
    }
}

#[test]
fn a_macro_that_calls_itself_is_refused_however_it_does() {
    let substitute =
        r#"<names variable="editor"><substitute><text macro="m1"/></substitute></names>"#;
    let choose = r#"<choose><if type="book"><number variable="issue"/></if>
        <else><group><text macro="m0"/></group></else></choose>"#;
    for macros in [
        r#"<macro name="m0"><text macro="m0"/></macro>"#.to_owned(),
        format!(r#"<macro name="m0">{substitute}</macro><macro name="m1">{choose}</macro>"#),
    ] {
        let reason = check(&style("", &macros)).unwrap_err();
        assert!(reason.starts_with("macro \"m") && reason.ends_with(" calls itself"), "{reason}");
    }
    let macros = r#"<macro name="m0"><text value="a"/></macro>
        <macro name="m1"><text macro="m1"/></macro>"#;
    assert_eq!(check(&style("", macros)), Ok(()), "nobody calls it");
    assert!(check(&style(r#"<sort><key macro="m1"/></sort>"#, macros)).is_err());
}

#[test]
fn macros_that_double_count_for_all_their_calls_and_saturate() {
    let doubling = |length| chain(length, |at| call(at + 1).repeat(2) + r#"<text value="a"/>"#);
    let work = |length| render_cost(&doubling(length), None).unwrap();
    assert!(work(11) > 2 * work(10) && work(12) > 2 * work(11));
    assert_eq!(work(79), u64::MAX);
    assert_eq!(check(&doubling(8)), Ok(()));
    assert!(check(&doubling(20)).unwrap_err().contains("too many nested macro calls"));
}

#[test]
fn macros_nest_so_deep_and_no_deeper_whichever_is_counted_first() {
    let nested = |length| chain(length, |at| call(at + 1));
    assert_eq!(check(&nested(70)), Ok(()));
    assert!(check(&nested(10_000)).unwrap_err().contains("macros nested more than"));
    let mut backwards = nested(120);
    let key = |at: usize| SortKey::MacroName {
        name: format!("m{at}"),
        names_min: None,
        names_use_first: None,
        names_use_last: None,
        sort_direction: SortDirection::Ascending,
    };
    backwards.citation.layout.elements.clear();
    backwards.citation.sort = Some(Sort { keys: (0..120).rev().map(key).collect() });
    assert!(check(&backwards).unwrap_err().contains("macros nested more than"));
}

#[test]
fn a_paper_with_many_names_takes_more_work() {
    let names = chain(1, |_| r#"<names variable="author"/>"#.to_owned());
    let work = |count_of_names| render_cost(&names, Some(&paper(count_of_names))).unwrap();
    assert!(work(1_000) > 100 * work(1));
    assert!(is_within_budget(&names, &paper(3_000)));
    let repeated = chain(1, |_| r#"<names variable="author"/>"#.repeat(3_000));
    assert_eq!(check(&repeated), Ok(()));
    assert!(!is_within_budget(&repeated, &paper(3_000)));
}

#[test]
fn languages_have_so_many_words_of_such_a_length() {
    let locale = |terms: &str| {
        let locale = format!(r#"<locale xml:lang="en"><terms>{terms}</terms></locale>"#);
        check(&style("", &format!(r#"{locale}<macro name="m0"><text value="a"/></macro>"#)))
    };
    let term = |text: &str| format!(r#"<term name="and">{text}</term>"#);
    assert_eq!(locale(&term("und")), Ok(()));
    assert!(locale(&term(&"x".repeat(MAX_TERM_BYTES + 1))).unwrap_err().contains("bytes"));
    assert!(locale(&term("und").repeat(MAX_TERMS + 1)).unwrap_err().contains("terms"));
}
