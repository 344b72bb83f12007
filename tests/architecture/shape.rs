//! Rules on the size of files, functions and structs, on headers, lints, and tests that sleep.

use std::borrow::Cow;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::layers::told;
use super::mentions::{Mention, Part, mentions};
use super::source::Source;

const MAX_LINES: usize = 400;
/// Maximum for the files in [`LONG`].
const MAX_LINES_OF_ONE: usize = 500;
/// Files that would not be clearer in two parts, with their content.
const LONG: [(&str, &str); 2] = [
    ("src/library/tests/mod.rs", "what the library promises, one test a promise"),
    ("src/text/tex/commands.rs", "the commands of one recursive descent parser"),
];
const MAX_FUNCTION_LINES: usize = 60;
const MAX_FIELDS: usize = 12;

/// The entries allowed at the top of the project.
const TOP: [&str; 14] = [
    "Cargo.toml", "Cargo.lock", "README.md", "LICENSE", "src", "tests", "benches", ".ci", ".cargo",
    ".config", ".github", ".clippy.toml", ".rustfmt.toml", ".gitignore",
];

pub(crate) fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    let is_long = LONG.iter().any(|(path, _)| *path == source.path);
    let most = if is_long { MAX_LINES_OF_ONE } else { MAX_LINES };
    if lines <= most { Vec::new() } else { vec![format!("{}: {lines} lines", source.path)] }
}

/// Files whose header does not begin with a sentence.
pub(crate) fn unopened(source: &Source) -> Vec<String> {
    let head = source.text.lines().map_while(|line| line.strip_prefix("//!"));
    let first: Vec<&str> = head.map(str::trim).take_while(|line| !line.is_empty()).collect();
    let sentence = first.join(" ");
    let begins = sentence.starts_with(|it: char| it.is_uppercase() || it.is_numeric() || it == '`');
    let ends = sentence.ends_with(['.', '?', '!', ':']);
    let is_sentence = begins && ends && sentence.split_whitespace().count() > 2;
    if is_sentence { Vec::new() } else { vec![format!("{}: {sentence:?}", source.path)] }
}

/// Structs and enum variants with too many fields.
pub(crate) fn too_wide(source: &Source) -> Vec<String> {
    struct Wide(Vec<usize>);
    impl<'ast> Visit<'ast> for Wide {
        fn visit_fields(&mut self, fields: &'ast syn::Fields) {
            if fields.len() > MAX_FIELDS {
                let first = fields.iter().next().and_then(|it| it.ident.as_ref());
                self.0.push(first.map_or(0, |it| it.span().start().line));
            }
            visit::visit_fields(self, fields);
        }
    }
    let mut wide = Wide(Vec::new());
    wide.visit_file(&source.syntax);
    wide.0
        .iter()
        .map(|line| format!("{}:{line}: more than {MAX_FIELDS} fields", source.path))
        .collect()
}

/// Functions with too many lines. The longest match of a function is not counted, since a list of
/// arms is readable at any length.
pub(crate) fn long_functions(source: &Source) -> Vec<String> {
    struct Functions(Vec<(usize, usize)>);
    impl Functions {
        fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
            let mut matches = Matches(0);
            matches.visit_block(block);
            let lines =
                lines_between(block.brace_token.span.open(), block.brace_token.span.close());
            self.0.push((signature.ident.span().start().line, lines.saturating_sub(matches.0)));
        }
    }
    impl<'ast> Visit<'ast> for Functions {
        fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
            self.add(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
        fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
            self.add(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
    }
    /// Number of lines of the longest match.
    struct Matches(usize);
    impl<'ast> Visit<'ast> for Matches {
        fn visit_expr_match(&mut self, item: &'ast syn::ExprMatch) {
            let braces = item.brace_token.span;
            self.0 = self.0.max(lines_between(braces.open(), braces.close()));
            visit::visit_expr_match(self, item);
        }
    }
    let mut functions = Functions(Vec::new());
    functions.visit_file(&source.syntax);
    let long = functions.0.into_iter().filter(|(_, lines)| *lines > MAX_FUNCTION_LINES);
    long.map(|(line, lines)| format!("{}:{line}: {lines} lines", source.path)).collect()
}

fn lines_between(open: proc_macro2::Span, close: proc_macro2::Span) -> usize {
    (close.start().line - open.start().line).saturating_sub(1)
}

/// Tests that sleep.
pub(crate) fn sleeping_tests(source: &Source) -> Vec<String> {
    // A file of unit tests is recognised by its name.
    let all = source.path.ends_with("/tests.rs");
    let sleeping = mentions(source).into_iter().filter(Mention::sleeps);
    sleeping.filter(|it| all || it.part == Part::Tests).map(|it| told(source, &it)).collect()
}

/// The attributes that name a lint, as source text.
pub(crate) fn attributes_on(source: &Source, lint: &str) -> Vec<String> {
    struct Attributes<'a>(&'a str, Vec<String>);
    impl<'ast> Visit<'ast> for Attributes<'_> {
        fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
            if let syn::Meta::List(list) = &attribute.meta
                && has_ident(&list.tokens, self.0)
            {
                let name =
                    attribute.path().get_ident().map_or_else(String::new, ToString::to_string);
                self.1.push(format!("{name}({})", list.tokens));
            }
        }
    }
    let mut attributes = Attributes(lint, Vec::new());
    attributes.visit_file(&source.syntax);
    attributes.1.into_iter().map(|it| format!("{}: {it}", source.path)).collect()
}

fn has_ident(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => has_ident(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Test files that no `mod` declares. Cargo builds only `tests/main.rs`, so their tests would never
/// run.
pub(crate) fn undeclared(sources: &[Source]) -> Vec<String> {
    let declares = |source: &Source, name: &str| {
        source.syntax.items.iter().any(|it| matches!(it, syn::Item::Mod(it) if it.ident == name))
    };
    let is_declared = |path: &str| {
        let module = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let Some((folder, name)) = module.rsplit_once('/') else { return false };
        let parent = if folder == "tests" { "tests/main.rs" } else { &format!("{folder}/mod.rs") };
        sources.iter().any(|it| it.path == parent && declares(it, name))
    };
    // Each fuzz target is a program of its own.
    let is_program =
        |path: &str| path == "tests/main.rs" || path.starts_with("tests/fuzz/targets/");
    let paths = sources.iter().map(|it| it.path.as_str()).filter(|it| it.starts_with("tests/"));
    paths.filter(|it| !is_program(it) && !is_declared(it)).map(str::to_owned).collect()
}

/// The files, or their folders, that are not allowed at the top of the project.
pub(crate) fn strangers<'a>(files: impl Iterator<Item = &'a str>) -> Vec<String> {
    let top = files.filter_map(|file| Path::new(file).iter().next()).map(|it| it.to_string_lossy());
    let mut strangers: Vec<String> =
        top.filter(|it| !TOP.contains(&it.as_ref())).map(Cow::into_owned).collect();
    strangers.dedup();
    strangers
}
