//! The rules of the architecture, checked on the syntax trees of the source.
//!
//! Each rule is a function from a file to its violations. `checkers` tests every rule on a
//! violation, so that none passes because it finds nothing.

mod checkers;
mod folders;
mod layers;
mod mentions;
mod names;
mod shape;
mod source;

use std::process::Command;

use source::{Source, check, read, root};

/// Asserts that no file breaks the rule.
#[track_caller]
fn holds(rule: fn(&Source) -> Vec<String>) {
    let wrong = check(move |sources| sources.iter().flat_map(rule).collect());
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Asserts that the files together do not break the rule.
#[track_caller]
fn holds_for_all(rule: fn(&[Source]) -> Vec<String>) {
    let wrong = check(rule);
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_module_uses_only_those_before_it() {
    holds(layers::against_direction);
}

#[test]
fn a_folder_uses_only_those_before_it() {
    holds(folders::against_order);
}

#[test]
fn a_type_name_is_used_once() {
    holds_for_all(names::types_named_twice);
}

#[test]
fn files_that_use_each_other_have_a_reason() {
    holds_for_all(folders::unexplained_rings);
}

#[test]
fn a_match_over_actions_or_events_names_them_all() {
    holds(names::wildcard_arms);
}

#[test]
fn no_constructor_is_called_of() {
    holds(names::constructors_of);
}

#[test]
fn the_pure_modules_name_no_file_no_clock_and_no_terminal() {
    holds(layers::impurities);
}

#[test]
fn one_file_knows_the_fuzzy_engine() {
    holds(layers::engine);
}

#[test]
fn no_file_is_longer_than_400_lines() {
    holds(shape::too_long);
}

#[test]
fn every_file_opens_with_a_sentence() {
    holds(shape::unopened);
}

#[test]
fn no_struct_has_more_than_12_fields() {
    holds(shape::too_wide);
}

#[test]
fn every_file_of_tests_is_a_module() {
    holds_for_all(shape::undeclared);
}

#[test]
fn no_test_sleeps() {
    holds(shape::sleeping_tests);
}

#[test]
fn no_function_is_longer_than_60_lines_beside_one_match() {
    holds(shape::long_functions);
}

#[test]
fn unsafe_code_stands_in_one_place_at_most_and_has_a_reason() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"deny\""));
    let unsafe_code = |source: &Source| shape::attributes_on(source, "unsafe_code");
    let found = check(move |sources| sources.iter().flat_map(unsafe_code).collect());
    assert!(found.len() <= 1, "{found:?}");
    assert!(found.iter().all(|it| it.contains("expect(") && it.contains("reason")), "{found:?}");
}

/// Checks the files tracked by git; passes without a repository.
#[test]
fn the_top_of_the_project_holds_what_belongs_there() {
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files"])
        .current_dir(root())
        .output();
    let Some(listing) = git.ok().filter(|it| it.status.success()) else { return };
    let listing = String::from_utf8(listing.stdout).unwrap();
    assert_eq!(shape::strangers(listing.lines()), Vec::<String>::new());
}
