//! Options have an effect at any position, or are rejected by name.

use super::place;
use crate::support::program::{Place, Ran};

const TWO: &str =
    "@misc{a, title = {On looms}, year = 2001}\n@misc{b, title = {On engines}, year = 2002}\n";

#[test]
fn an_option_changes_what_is_printed() {
    let place = Place::new();
    let file = place.file("two.bib", TWO);
    let other = place.file("keys.toml", "citation-key = \"{year}\"");
    place.file("half.bib", format!("{TWO}@misc{{c, title = {{"));
    let half = place.path("half.bib");
    let half = half.to_str().unwrap();
    let table = place.file("table.csv", "title,heading\nOn looms,On wool\n");
    let jsonl = place.file("one.jsonl", "{\"title\": \"On looms\"}\n");
    for (start, option) in [
        (vec!["--as", "title", &file], vec!["--query", "engines"]),
        (vec!["--as", "title", &file], vec!["--limit", "1"]),
        (vec!["--filter", "on", &file], vec!["--limit", "1"]),
        (vec!["--filter", "on", &file], vec!["--style", "mla"]),
        (vec!["--filter", "on", "--as", "reference", &file], vec!["--style", "ieee"]),
        (vec!["--filter", "on", &file], vec!["--template", "{year}"]),
        (vec!["--filter", "on", "--as", "template", &file], vec!["--template", "{year}"]),
        (vec!["--filter", "on", &file], vec!["--as", "id"]),
        (vec!["--filter", "on", half], vec!["--strict"]),
        (vec!["--screen", half], vec!["--strict"]),
        (vec!["--filter", "on", &table], vec!["--map", "title=heading"]),
        (vec!["--filter", "on", &file], vec!["--from", "ris"]),
        (vec!["--as", "key", &jsonl], vec!["--key-pattern", "a{title}"]),
        (vec!["--as", "key", &jsonl], vec!["--config", &other]),
        (vec!["--screen", &file], vec!["--query", "engines"]),
        (vec!["--screen", &file], vec!["--size", "40x9"]),
        (vec!["--screen", &file], vec!["--keys", "j"]),
        (vec!["--keys", "yc", "--copied", &file], vec!["--style", "ieee"]),
        (vec!["--keys", "yf", "--copied", &file], vec!["--template", "{year}"]),
        (vec!["--keys", "<Enter>", "--pick", &file], vec!["--style", "ieee"]),
        (vec!["--keys", "<Enter>", "--pick", &file], vec!["--as", "key"]),
        (vec!["--keys", "<Enter>", "--pick", &file], vec!["--template", "{year}"]),
        (vec!["convert", "--to", "reference", &file], vec!["--style", "ieee"]),
        (vec!["convert", "--to", "template", &file], vec!["--template", "{year}"]),
        (vec!["convert", "--to", "key", &jsonl], vec!["--key-pattern", "a{title}"]),
        (vec!["convert", "--to", "ris", half], vec!["--strict"]),
        (vec!["convert", "--to", "title", &file], vec!["--from", "ris"]),
        (vec!["stat", half], vec!["--strict"]),
        (vec!["stat", &file], vec!["--json"]),
        (vec!["cite", "a", &file], vec!["--as", "key"]),
        (vec!["cite", "a", &file], vec!["--style", "ieee"]),
        (vec!["cite", "a", &file], vec!["--template", "{year}"]),
        (vec!["cite", "a", half], vec!["--strict"]),
        (vec!["cite", "a", &file], vec!["--from", "ris"]),
    ] {
        let without = place.run(&start);
        let with = place.run(&[&start[..], &option].concat());
        let before = place.run(&[&option[..], &start].concat());
        let seen = |ran: &Ran| (ran.code, ran.output.clone(), ran.errors.clone());
        assert_ne!(seen(&without), seen(&with), "{start:?} {option:?}");
        assert_eq!(seen(&with), seen(&before), "{option:?} {start:?}");
        assert!(!with.errors.contains("has no effect"), "{start:?} {option:?}: {}", with.errors);
    }
}

#[test]
fn an_option_that_would_have_no_effect_is_refused_by_name() {
    let (place, papers) = place();
    for (arguments, name) in [
        (vec!["--size", "9x9"], "--size"),
        (vec!["--strict", &papers], "--strict"),
        (vec!["--limit", "3", "--pick", &papers], "--limit"),
        (vec!["--filter", "bee", "--pick", &papers], "--filter"),
        (vec!["--filter", "bee", "--screen", &papers], "--filter"),
        (vec!["--filter", "bee", "--fresh", &papers], "--fresh"),
        (vec!["--filter", "bee", "--clipboard", "osc52", &papers], "--clipboard"),
        (vec!["--as", "bibtex", "--keys", "yb", "--copied", &papers], "--as"),
        (vec!["--as", "bibtex", "--style", "apa", &papers], "--style"),
        (vec!["--as", "bibtex", "--template", "{year}", &papers], "--template"),
        (vec!["--style", "apa", "--template", "{year}", &papers, "--filter", "x"], "--style"),
        (vec!["--generate", "man", &papers], "FILE"),
        (vec!["--generate", "man", "--filter", "x"], "--filter"),
        (vec!["--from", "ris", "--filter", "x"], "--from"),
        (vec!["--map", "title=t", "--as", "title"], "--map"),
        (vec!["--filter", "x", "convert", &papers, "--to", "ris"], "--filter"),
        (vec!["--pick", "stat", &papers], "--pick"),
        (vec!["--strict", "paste"], "--strict"),
        (vec!["--key-pattern", "{year}", "cache", "list"], "--key-pattern"),
        (vec!["convert", &papers, "--to", "bibtex", "--style", "apa"], "--style"),
        (vec!["convert", &papers], "--to"),
        (vec!["cite", "x", "--in", &papers, "--limit", "3"], "--limit"),
        (vec!["--to", "ris", "convert", &papers, "--as", "bibtex"], "--as"),
        (vec!["--config", "gone.toml", "paste"], "gone.toml"),
        (vec!["--config", "gone.toml", "cache", "list"], "gone.toml"),
    ] {
        let ran = place.run(&arguments);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.errors.contains(name), "{arguments:?}: {}", ran.errors);
    }
}

#[test]
fn options_may_stand_before_a_subcommand() {
    let (place, papers) = place();
    for (before, behind) in [
        (vec!["--as", "ris", "convert", &papers], vec!["convert", &papers, "--to", "ris"]),
        (vec!["--from=jsonl", "stat", &papers], vec!["stat", &papers, "--from=jsonl"]),
        (
            vec!["--as", "bibtex", "cite", "2101.00001", "--in", &papers],
            vec!["cite", "2101.00001", "--in", &papers, "--as", "bibtex"],
        ),
    ] {
        let (expected, ran) = (place.run(&behind), place.run(&before));
        assert_eq!((ran.code, ran.errors), (0, expected.errors), "{before:?}");
        assert_eq!(ran.output, expected.output, "{before:?}");
    }
}

#[test]
fn forms_go_by_the_endings_of_their_files_too() {
    let (place, papers) = place();
    for (short, full) in [("bib", "bibtex"), ("json", "csl-json"), ("yaml", "hayagriva")] {
        let expected = place.run(&["convert", &papers, "--to", full]);
        let ran = place.run(&["convert", &papers, "--as", short]);
        assert_eq!((ran.code, ran.output, ran.errors), (0, expected.output, expected.errors));
    }
}

#[test]
fn keys_are_printed_one_a_line() {
    let (place, papers) = place();
    let keys = "poe2020graphs\nmuller2021brain\nroe2019memory\n";
    assert_eq!(place.run(&["--as", "key", &papers]).printed(), keys);
    assert_eq!(place.run(&["convert", "--to", "key", &papers]).printed(), keys);
    let copied = place.run(&["--keys", "<Space><Space>yk", "--copied", &papers]).printed();
    assert_eq!(copied, "poe2020graphs,muller2021brain\n");
}

#[test]
fn an_incomplete_value_matches_nothing_without_a_screen_and_is_named() {
    let (place, papers) = place();
    for query in ["is:star", "has:", "bee is:", "year:", "author:", "is:foo", "year:soon"] {
        let ran = place.run(&["--filter", query, &papers]);
        assert_eq!((ran.code, ran.output.as_str()), (1, ""), "{query}");
        assert!(ran.errors.contains("` matches nothing: "), "{query}: {}", ran.errors);
    }
    let all = place.run(&["--filter", "year:2000..99999", &papers]).printed();
    assert_eq!(all.lines().count(), 3);
    // On a screen the query may still be edited.
    let screen = place.run(&["--query", "is:star", "--screen", &papers]).printed();
    assert!(screen.contains("Brain memory"), "{screen}");
}

#[test]
fn a_table_that_is_written_is_read_back_with_the_same_facts() {
    let place = Place::new();
    let bib = "@article{lo:99, title = {\"Why\" Weave, and \tHow?}, author = {Lo, Bo and Ito, Ed}, year = 1999,
        journal = {J. of Looms, B}, volume = 3, number = 4, pages = {5--9}, doi = {10.1000/l.1},
        keywords = {wool; silk}, abstract = {They weave, \"well\".}}\n
        @misc{b, title = {On engines}, author = {Ann Poe}, year = 2002, eprint = {2001.00001}, archiveprefix = {arXiv}}\n";
    let file = place.file("two.bib", bib);
    let facts = |path: &str| {
        let lines = place.run(&["--as", "jsonl", path]).printed();
        let papers = lines.lines().map(|it| serde_json::from_str(it).unwrap());
        papers.collect::<Vec<serde_json::Value>>()
    };
    for form in ["csv", "tsv"] {
        let table = place.run(&["convert", &file, "--to", form]).printed();
        assert!(table.starts_with("citation_key"), "{table}");
        assert_eq!(table.lines().count(), 3, "{table}");
        let again = place.file(&format!("again.{form}"), &table);
        assert_eq!(facts(&again), facts(&file), "{form}: {table}");
        let twice = place.run(&["convert", &again, "--to", form]).printed();
        assert_eq!(twice, table);
    }
}
