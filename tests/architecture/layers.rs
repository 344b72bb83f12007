//! Rules on the direction of dependencies, and on names that pure modules must not use.

use super::mentions::{Kind, Mention, mentions};
use super::source::Source;

/// The modules; each uses only those before it.
pub(crate) const ORDER: [&str; 13] = [
    "text", "domain", "formats", "cite", "sources", "search", "library", "digest", "app", "ui",
    "shell", "cli", "main",
];

/// Modules without input, output, time and environment.
pub(crate) const PURE: [&str; 7] = ["domain", "text", "formats", "cite", "search", "app", "ui"];

/// Paths that pure modules must not use.
const WORLD: [&[&str]; 7] = [
    &["std", "fs"],
    &["std", "net"],
    &["std", "env"],
    &["std", "process"],
    &["std", "os"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
];
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

/// Uses of a module that comes later in the order.
pub(crate) fn against_direction(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some(name) = module.first() else { return Vec::new() };
    let Some(own) = rank(name) else {
        return vec![format!("{}: `{name}` has no place in the order of modules", source.path)];
    };
    let ours =
        mentions(source).into_iter().filter(|it| it.path.first().is_some_and(|it| it == "crate"));
    let wrong = ours.filter(|it| it.path.get(1).and_then(|it| rank(it)).is_none_or(|it| it > own));
    wrong.map(|it| told(source, &it)).collect()
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|it| *it == module)
}

/// Uses of input, output, clock or terminal in a pure module.
pub(crate) fn impurities(source: &Source) -> Vec<String> {
    if !source.module().first().is_some_and(|it| PURE.contains(&it.as_str())) {
        return Vec::new();
    }
    mentions(source).iter().filter(|it| is_impure(it)).map(|it| told(source, it)).collect()
}

fn is_impure(mention: &Mention) -> bool {
    let clock =
        mention.has("SystemTime") || mention.path.ends_with(&["Instant".into(), "now".into()]);
    let prints = mention.kind == Kind::Macro && PRINTING.contains(&mention.last())
        || ["stdout", "stderr"].contains(&mention.last()) && mention.has("io");
    clock
        || prints
        || mention.sleeps()
        || mention.has("crossterm")
        || WORLD.iter().any(|it| mention.reaches(it))
}

/// Uses of the fuzzy matcher crate outside the file that wraps it.
pub(crate) fn engine(source: &Source) -> Vec<String> {
    let knows = |it: &Mention| it.has("nucleo") || it.has("nucleo_matcher");
    if source.path == "src/search/matching/fuzzy.rs" {
        return Vec::new();
    }
    mentions(source).iter().filter(|it| knows(it)).map(|it| told(source, it)).collect()
}

pub(crate) fn told(source: &Source, mention: &Mention) -> String {
    format!("{}:{}: {}", source.path, mention.line, mention.path.join("::"))
}
