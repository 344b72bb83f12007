//! Rules on the names of types and constructors, and on matches that must list every variant.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{
    Arm, ExprMatch, Ident, ItemEnum, ItemMod, ItemStruct, ItemTrait, ItemType, Pat, Visibility,
};

use super::mentions::is_for_tests;
use super::source::Source;

/// Type names that may be defined twice, with the reason.
const TWICE: [(&str, &str); 2] = [
    ("DesktopClipboard", "one stands in for the other on Windows"),
    ("Waiter", "one is for Unix, the other for Windows"),
];

/// Enums for which every match must list every variant, so that the compiler reports a new one.
const LISTED: [&str; 22] = [
    "Action", "AnnotateAction", "BasketAction", "ChangeAction", "CopyAction", "EditAction",
    "Event", "ExportAction", "FacetAction", "FilterAction", "LeaveAction", "LoadAction",
    "MarkAction", "MenuAction", "Motion", "OpenAction", "PromptAction", "ReaderAction", "RowRange",
    "SearchAction", "SelectAction", "ViewAction",
];

/// Paths in which `Event` is a different type, with the reason.
const OTHER_EVENTS: [(&str, &str); 1] = [("src/formats/xml/", "that of the XML reader")];

/// Public type names defined more than once.
pub(crate) fn types_named_twice(sources: &[Source]) -> Vec<String> {
    struct Types(Vec<(String, usize)>);
    impl Types {
        fn add(&mut self, visibility: &Visibility, name: &Ident) {
            if !matches!(visibility, Visibility::Inherited) {
                self.0.push((name.to_string(), name.span().start().line));
            }
        }
    }
    impl<'ast> Visit<'ast> for Types {
        fn visit_item_mod(&mut self, item: &'ast ItemMod) {
            if !item.attrs.iter().any(is_for_tests) {
                visit::visit_item_mod(self, item);
            }
        }
        fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
            self.add(&item.vis, &item.ident);
        }
        fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
            self.add(&item.vis, &item.ident);
        }
        fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
            self.add(&item.vis, &item.ident);
        }
        fn visit_item_type(&mut self, item: &'ast ItemType) {
            self.add(&item.vis, &item.ident);
        }
    }
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources.iter().filter(|it| it.is_program() && !it.is_for_tests()) {
        let mut types = Types(Vec::new());
        types.visit_file(&source.syntax);
        for (name, line) in types.0 {
            places.entry(name).or_default().push(format!("{}:{line}", source.path));
        }
    }
    let is_allowed = |name: &str| TWICE.iter().any(|(it, _)| *it == name);
    let twice = places.into_iter().filter(|(name, at)| at.len() > 1 && !is_allowed(name));
    twice.map(|(name, at)| format!("`{name}`: {}", at.join(", "))).collect()
}

/// Functions named `of`: a constructor must name its source.
pub(crate) fn constructors_of(source: &Source) -> Vec<String> {
    struct Functions(Vec<usize>);
    impl<'ast> Visit<'ast> for Functions {
        fn visit_signature(&mut self, signature: &'ast syn::Signature) {
            if signature.ident == "of" {
                self.0.push(signature.ident.span().start().line);
            }
            visit::visit_signature(self, signature);
        }
    }
    let mut functions = Functions(Vec::new());
    functions.visit_file(&source.syntax);
    functions.0.iter().map(|line| format!("{}:{line}: a function `of`", source.path)).collect()
}

/// Matches over a listed enum that have a catch-all arm.
pub(crate) fn wildcard_arms(source: &Source) -> Vec<String> {
    struct Matches(Vec<usize>);
    impl<'ast> Visit<'ast> for Matches {
        fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
            if matched.arms.iter().any(|arm| names_listed(&arm.pat)) {
                let wild =
                    matched.arms.iter().filter(|arm| arm.guard.is_none() && takes_all(&arm.pat));
                self.0.extend(wild.map(line));
            }
            visit::visit_expr_match(self, matched);
        }
    }
    let is_other = OTHER_EVENTS.iter().any(|(folder, _)| source.path.starts_with(folder));
    if !source.is_program() || is_other {
        return Vec::new();
    }
    let mut matches = Matches(Vec::new());
    matches.visit_file(&source.syntax);
    matches
        .0
        .iter()
        .map(|line| format!("{}:{line}: an arm for all that is left", source.path))
        .collect()
}

fn line(arm: &Arm) -> usize {
    arm.fat_arrow_token.spans[0].start().line
}

/// Returns true if the pattern names a variant of a listed enum.
fn names_listed(pattern: &Pat) -> bool {
    struct Paths(bool);
    impl<'ast> Visit<'ast> for Paths {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            let owner = path.segments.iter().rev().nth(1);
            self.0 |= owner.is_some_and(|it| LISTED.iter().any(|name| it.ident == name));
            visit::visit_path(self, path);
        }
    }
    let mut paths = Paths(false);
    paths.visit_pat(pattern);
    paths.0
}

/// Returns true if the pattern matches any value: `_`, a binding, or a tuple of them.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => {
            let is_binding = name.ident.to_string().starts_with(char::is_lowercase);
            is_binding && name.subpat.as_ref().is_none_or(|(_, it)| takes_all(it))
        }
        Pat::Tuple(tuple) => tuple.elems.iter().all(takes_all),
        Pat::Paren(inner) => takes_all(&inner.pat),
        Pat::Or(either) => either.cases.iter().any(takes_all),
        Pat::Reference(inner) => takes_all(&inner.pat),
        _ => false,
    }
}
