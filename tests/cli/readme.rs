//! Compares the README with the behaviour of the program.

use std::collections::BTreeSet;
use std::{env, fs};

use offprint::cli::{Config, command, key_table};

use crate::support::program::Place;

/// Papers with what the filters of the README name and no built-in paper has.
const FIELDS_OF_NO_BUILTIN_PAPER: &str = "
@article{a, title={Graphs in C++ with f(x) for the !Kung San}, author={Roe, Jo}, date={2999-01-02},
  keywords={graph theory, maps}, file={notes.pdf}}
@article{d, title={Roads that never were}, author={Roe, Jo}, year={2001}, pubstate={retracted}}
@inproceedings{b, title={The cost in US$}, author={Roe, Jo}, date={2026-11-05}}
@phdthesis{c, title={Old roads}, author={Roe, Jo}, year={1999}, doi={10.1007/s10955-022-02966-8}}
";

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
/// Options in the README that belong to other programs.
const FOREIGN: [&str; 9] = [
    "--bench", "--release", "--path", "--tests", "--test", "--ignored", "--open", "--primary", "--",
];

fn readme() -> String {
    fs::read_to_string(FILE).unwrap()
}

/// Returns the output of the program, without a configuration file.
fn printed(arguments: &[&str]) -> String {
    Place::new().run(arguments).output
}

/// Compares the text between the comment with this name and the next `<!-- end -->`.
#[track_caller]
fn check(name: &str, expected: &str) {
    let text = readme();
    let start = text.find(&format!("<!-- {name}: ")).unwrap();
    let start = start + text[start..].find("-->\n").unwrap() + "-->\n".len();
    let end = start + text[start..].find("<!-- end -->").unwrap();
    if env::var_os("UPDATE_README").is_some() {
        fs::write(FILE, [&text[..start], expected, &text[end..]].concat()).unwrap();
    } else {
        assert_eq!(&text[start..end], expected, "UPDATE_README=1 renews it");
    }
}

#[test]
fn the_screen_and_the_key_table_are_those_of_the_program() {
    let screen = printed(&["--keys", "/brain mem<Enter>", "--size", "100x26", "--screen"]);
    check("screen", &format!("```text\n{screen}```\n"));
    check("keys", &key_table());
}

/// The options of a command and of its subcommands.
fn options(command: &clap::Command) -> BTreeSet<String> {
    let own = command
        .get_arguments()
        .flat_map(|it| it.get_long().into_iter().chain(it.get_all_aliases().unwrap_or_default()));
    let own = own.map(|name| format!("--{name}"));
    own.chain(command.get_subcommands().flat_map(options)).collect()
}

#[test]
fn every_option_that_is_named_exists() {
    let known = options(&command());
    let text = readme();
    let named = text
        .split(|it: char| !it.is_ascii_alphanumeric() && it != '-' && it != '<' && it != '!')
        .filter(|word| word.starts_with("--") && !word.starts_with("---"));
    for option in named.filter(|it| !FOREIGN.contains(it)) {
        assert!(known.contains(option), "{option}");
    }
}

#[test]
fn every_filter_that_is_shown_finds_a_paper() {
    let text = readme();
    let section = text.split("\n## ").find(|it| it.starts_with("The filter")).unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let filters: Vec<String> = rows
        .flat_map(|row| row.split(" | ").next().unwrap().split('`').skip(1).step_by(2))
        .map(|filter| filter.replace("\\|", "|"))
        .collect();
    assert!(filters.len() > 80, "{filters:?}");
    let place = Place::new();
    let papers = place.file("papers.bib", FIELDS_OF_NO_BUILTIN_PAPER);
    let cited = r#"{"title": "Often cited", "citationCount": 101, "upvotes": 11, "collections": "Thesis/Snow"}"#;
    let cited = place.file("cited.jsonl", cited);
    for filter in filters {
        let found = printed(&["--filter", &filter])
            + &place.run(&["--filter", &filter, &papers, &cited]).output;
        assert!(!found.is_empty(), "{filter}");
    }
}

#[test]
fn the_configuration_that_is_shown_is_accepted() {
    let text = readme();
    let config = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(Config::parse(config).1, Vec::<String>::new());
}
