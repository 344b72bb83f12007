//! Tests the rules on small sources that break them, and on some that do not.

use super::folders::{against_order, unexplained_rings};
use super::layers::{against_direction, engine, impurities};
use super::names::{constructors_of, types_named_twice, wildcard_arms};
use super::shape::{
    attributes_on, long_functions, sleeping_tests, strangers, too_long, too_wide, undeclared,
    unopened,
};
use super::source::Source;

/// Number of violations that a rule finds in a file with this path and text.
fn count(rule: fn(&Source) -> Vec<String>, path: &str, text: &str) -> usize {
    rule(&Source::parse(path, text)).len()
}

#[test]
fn a_use_against_the_direction_is_found_however_it_is_written() {
    for text in [
        "use crate::ui;",
        "use crate::{text::fold, ui::{self, draw}};",
        "use crate::ui as drawing;",
        "use super::super::ui::draw;",
        "use super::super::super::ui::draw;",
        "use super::super as root;",
        "use crate::*;",
        "use crate::Reexported;",
        "fn f() { crate::ui::draw(); }",
        "fn f(it: Vec<crate::ui::Palette>) {}",
        "fn f(it: &dyn super::super::ui::Draw) {}",
        "impl crate::ui::Draw for u8 {}",
        "fn f() { println!(\"{}\", crate::ui::name()); }",
        "fn f() { vec![[super::super::ui::name()]]; }",
        "#[derive(crate::ui::Drawn)] struct A;",
        "pub use crate::ui::draw;",
        "mod inner { use super::super::super::ui::draw; }",
        "#[cfg(test)] mod tests { use crate::ui::draw; }",
        "fn f() { use crate::ui::draw; }",
    ] {
        assert!(count(against_direction, "src/search/worker.rs", text) > 0, "{text}");
    }
    assert_eq!(count(against_direction, "src/main.rs", "fn main() { offprint::cli::run(); }"), 0);
    assert_eq!(count(against_direction, "src/stray.rs", ""), 1);
}

#[test]
fn a_use_with_the_direction_is_free() {
    for text in [
        "use crate::{domain::Corpus, text::{fold, width}};",
        "use super::hits::Hits; use super::super::domain::Paper;",
        "pub(crate) fn f() { crate::text::fold(\"\"); super::rows(); self::g(); }",
        "#[cfg(test)] mod tests { use super::*; use proptest::prelude::*; }",
        "use rayon::prelude::*; fn f(ui: u8) -> u8 { ui }",
    ] {
        assert_eq!(count(against_direction, "src/search/worker.rs", text), 0, "{text}");
    }
}

#[test]
fn the_world_is_found_in_a_pure_module_however_it_is_named() {
    for text in [
        "use std::fs;",
        "use std::{io, fs::File};",
        "use std as s;",
        "use std::{self};",
        "use std::*;",
        "use std::time;",
        "use std::time::{Duration, Instant};",
        "fn f() { std::env::var(\"HOME\").ok(); }",
        "fn f() -> std::process::ExitCode { todo!() }",
        "fn f() { let it = Instant::now(); }",
        "fn f(it: SystemTime) {}",
        "fn f() { println!(\"x\"); }",
        "fn f() { vec![dbg!(1)]; }",
        "fn f() { std::thread::sleep(PAUSE); }",
        "fn f() { std::io::stdout(); }",
        "use ratatui::crossterm::event;",
        "fn f() { assert!(std::fs::exists(\"x\")); }",
        "extern crate std as world;",
        "#[cfg(test)] mod tests { use std::fs; }",
    ] {
        assert!(count(impurities, "src/app/list.rs", text) > 0, "{text}");
        assert_eq!(count(impurities, "src/shell/run.rs", text), 0, "{text}");
    }
}

#[test]
fn what_computes_is_pure() {
    for text in [
        "use std::time::Duration; use std::sync::mpsc::channel; use std::thread;",
        "use std::io::{self, BufRead}; fn f() { thread::spawn(|| ()); }",
        "use std::fmt::{self, Write as _}; fn f() { assert_eq!(env!(\"CARGO_PKG_NAME\"), \"\"); }",
    ] {
        assert_eq!(count(impurities, "src/app/list.rs", text), 0, "{text}");
    }
}

#[test]
fn the_engine_is_known_in_one_file() {
    for text in ["use nucleo::Matcher;", "fn f(it: &mut nucleo::Matcher) {}", "use nucleo as n;"] {
        assert_eq!(count(engine, "src/search/matching/segment.rs", text), 1, "{text}");
        assert_eq!(count(engine, "benches/engine.rs", text), 1, "{text}");
        assert_eq!(count(engine, "src/search/matching/fuzzy.rs", text), 0, "{text}");
    }
}

#[test]
fn one_line_too_many_is_found() {
    assert_eq!(count(too_long, "src/a.rs", &"\n".repeat(400)), 0);
    assert_eq!(count(too_long, "src/a.rs", &"\n".repeat(401)), 1);
}

#[test]
fn an_opening_must_be_a_sentence() {
    for text in
        ["", "fn f() {}", "//!\n", "//! helpers\n", "//! Helpers.\n", "// What it is for.\n"]
    {
        assert_eq!(count(unopened, "src/a.rs", text), 1, "{text:?}");
    }
    let over_two_lines = "//! Says what it is\n//! for.\n//!\n//! And more\n";
    for text in ["//! Says what it is for.\n", over_two_lines] {
        assert_eq!(count(unopened, "src/a.rs", text), 0, "{text:?}");
    }
}

#[test]
fn one_field_too_many_is_found() {
    let fields = |many| "f: u8,".repeat(many);
    for (many, found) in [(12, 0), (13, 1)] {
        let fields = fields(many);
        for text in [
            format!("struct A {{ {fields} }}"),
            format!("enum A {{ B {{ {fields} }} }}"),
            format!("fn f() {{ struct A {{ {fields} }} }}"),
            format!("#[cfg(test)] mod tests {{ struct A {{ {fields} }} }}"),
        ] {
            assert_eq!(count(too_wide, "src/a.rs", &text), found, "{text}");
        }
    }
}

#[test]
fn a_sleep_is_found_in_tests_alone() {
    let sleep = "fn f() { std::thread::sleep(PAUSE); }";
    assert_eq!(count(sleeping_tests, "src/shell/a.rs", sleep), 0);
    assert_eq!(count(sleeping_tests, "tests/a.rs", sleep), 1);
    assert_eq!(count(sleeping_tests, "src/shell/a/tests.rs", sleep), 1);
    let within = format!("#[cfg(test)] mod tests {{ {sleep} }} fn g() {{ thread::sleep(PAUSE); }}");
    assert_eq!(count(sleeping_tests, "src/shell/a.rs", &within), 1);
    assert_eq!(count(sleeping_tests, "tests/a.rs", "use std::thread::sleep as wait;"), 1);
    assert_eq!(count(sleeping_tests, "tests/a.rs", "use std::thread::*;"), 1);
    assert_eq!(
        count(sleeping_tests, "tests/a.rs", "proptest! { fn f() { thread::sleep(PAUSE); } }"),
        1
    );
}

#[test]
fn a_lint_that_is_switched_off_is_found() {
    for text in [
        "#![allow(unsafe_code)]",
        "#[expect(unsafe_code, reason = \"because\")] fn f() {}",
        "#[cfg_attr(unix, allow(unsafe_code))] fn f() {}",
        "fn f() { #[allow(clippy::unsafe_code)] let a = 1; }",
    ] {
        let source = Source::parse("src/a.rs", text);
        assert_eq!(attributes_on(&source, "unsafe_code").len(), 1, "{text}");
        assert_eq!(attributes_on(&source, "too_many_lines").len(), 0, "{text}");
    }
}

#[test]
fn a_file_of_tests_that_is_no_module_is_found() {
    let sources = [
        Source::parse("tests/main.rs", "mod a; mod b;"),
        Source::parse("tests/a.rs", ""),
        Source::parse("tests/b/mod.rs", "mod c;"),
        Source::parse("tests/b/c.rs", ""),
        Source::parse("tests/b/d.rs", ""),
        Source::parse("tests/c.rs", ""),
        Source::parse("tests/fuzz/targets/e.rs", ""),
        Source::parse("src/f.rs", ""),
    ];
    assert_eq!(undeclared(&sources), ["tests/b/d.rs", "tests/c.rs"]);
}

#[test]
fn a_stranger_at_the_top_is_found_once() {
    let files = ["Cargo.toml", "docs/a.md", "docs/b.md", "src/docs/a.rs", "build.rs"];
    assert_eq!(strangers(files.into_iter()), ["docs", "build.rs"]);
}

#[test]
fn a_use_of_a_later_folder_or_of_the_face_is_found() {
    for text in [
        "use crate::search::engine::searcher::Searcher;",
        "use super::super::engine::searcher::Searcher;",
        "use crate::search::Searcher;",
        "fn f() { crate::search::worker::spawn(); }",
    ] {
        assert_eq!(count(against_order, "src/search/rank/hit.rs", text), 1, "{text}");
    }
    for text in [
        "use crate::search::query::ast::Term; use super::tier::Tier; use crate::domain::Paper;",
        "#[cfg(test)] mod tests { use crate::search::Searcher; }",
    ] {
        assert_eq!(count(against_order, "src/search/rank/hit.rs", text), 0, "{text}");
    }
    assert_eq!(count(against_order, "src/search/mod.rs", "pub use engine::Searcher;"), 0);
    assert_eq!(count(against_order, "src/search/stray/a.rs", ""), 1);
}

#[test]
fn a_ring_of_files_needs_a_reason_in_the_header_of_its_folder() {
    let rings = |header: &str, a: &str, b: &str| {
        let files = [("src/a/mod.rs", header), ("src/a/one.rs", a), ("src/a/two.rs", b)];
        unexplained_rings(&files.map(|(path, text)| Source::parse(path, text))).len()
    };
    let (to_two, to_one) = ("use super::two::B;", "fn f(_: crate::a::one::A) {}");
    assert_eq!(rings("//! A folder.", to_two, to_one), 1);
    assert_eq!(rings("//! `one` and `two` use each other: why not.", to_two, to_one), 0);
    assert_eq!(rings("//! `one` and `three` use each other: why not.", to_two, to_one), 1);
    assert_eq!(rings("//! A folder.", to_two, "pub use super::one::A;"), 0);
    assert_eq!(rings("//! A folder.", to_two, ""), 0);
}

#[test]
fn a_public_type_name_in_two_places_is_found() {
    let twice = |a: &str, b: &str| {
        let files = [("src/a.rs", a), ("src/b.rs", b)];
        types_named_twice(&files.map(|(path, text)| Source::parse(path, text))).len()
    };
    assert_eq!(twice("pub struct A;", "pub enum A {}"), 1);
    assert_eq!(twice("pub trait A {}", "mod inner { pub type A = u8; }"), 1);
    assert_eq!(twice("pub struct A;", "struct A;"), 0);
    assert_eq!(twice("pub struct A;", "#[cfg(test)] mod tests { pub struct A; }"), 0);
}

#[test]
fn a_constructor_called_of_is_found() {
    for text in ["fn of() {}", "impl A { pub fn of(it: u8) {} }", "trait A { fn of(); }"] {
        assert_eq!(count(constructors_of, "src/a.rs", text), 1, "{text}");
    }
    assert_eq!(count(constructors_of, "src/a.rs", "fn off() { let of = 1; }"), 0);
}

#[test]
fn an_arm_for_what_is_left_of_the_actions_is_found() {
    for arms in [
        "Action::A => 1, _ => 2",
        "Action::A | Action::B => 1, other => 2",
        "Some(Action::A) => 1, (_) => 2",
        "(Action::A, true) => 1, (_, _) => 2",
        "crate::app::Event::A(it) => 1, it @ _ => 2",
        "Event::A { .. } => 1, Event::B | _ => 2",
    ] {
        let text = format!("fn f() {{ match it {{ {arms} }}; }}");
        assert_eq!(count(wildcard_arms, "src/app/a.rs", &text), 1, "{text}");
        assert_eq!(count(wildcard_arms, "tests/a.rs", &text), 0, "{text}");
    }
    for arms in [
        "Action::A => 1, Action::B(_) => 2",
        "Action::A => 1, _ if is_b => 2, Action::B => 3",
        "Some(1) => 1, _ => 2",
    ] {
        let text = format!("fn f() {{ match it {{ {arms} }}; }}");
        assert_eq!(count(wildcard_arms, "src/app/a.rs", &text), 0, "{text}");
    }
}

#[test]
fn a_function_with_too_many_lines_beside_its_match_is_found() {
    let calls = |lines: usize| "g();\n".repeat(lines);
    let arms = |lines: usize| "1 => (),\n".repeat(lines);
    for (body, found) in [
        (calls(60), 0),
        (calls(61), 1),
        (format!("match it {{\n{}_ => () }}\n", arms(200)), 0),
        (format!("{}match it {{\n{}_ => () }}\n", calls(61), arms(200)), 1),
    ] {
        let text = format!("fn f() {{\n{body}}}");
        assert_eq!(count(long_functions, "src/a.rs", &text), found, "{text}");
        let text = format!("impl A {{ fn f() {{\n{body}}} }}");
        assert_eq!(count(long_functions, "src/a.rs", &text), found, "{text}");
    }
}
