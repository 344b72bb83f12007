//! Collects every path that a file names: imports, expressions, types, attributes, and paths in the
//! arguments of macros.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ItemExternCrate, ItemMod, ItemUse, Macro, UseTree, Visibility};

use super::source::Source;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// In a `use`: paths below this one may be named from then on.
    Import,
    /// In a `pub use`.
    Reexport,
    /// `use path::*`: every path below is named.
    Glob,
    Path,
    /// The name of an invoked macro.
    Macro,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Program,
    /// Under `#[cfg(test)]`, or in `tests/`.
    Tests,
}

#[derive(Debug)]
pub(crate) struct Mention {
    pub line: usize,
    pub kind: Kind,
    pub part: Part,
    /// Starts with `crate` for a path of this program, otherwise with the name of a crate or of an
    /// imported item.
    pub path: Vec<String>,
}

impl Mention {
    /// Returns true if the path equals the other, lies below it, or imports one of its ancestors.
    pub(crate) fn reaches(&self, other: &[&str]) -> bool {
        let common = self.path.iter().zip(other).take_while(|(a, b)| a == b).count();
        let opens = matches!(self.kind, Kind::Import | Kind::Reexport | Kind::Glob)
            && common == self.path.len();
        common == other.len() || opens
    }

    /// Returns true if the path is a function that blocks a thread, or imports one.
    pub(crate) fn sleeps(&self) -> bool {
        let is_named = ["sleep", "sleep_ms", "park_timeout"].contains(&self.last());
        let all = self.kind == Kind::Glob && self.path == ["std", "thread"];
        all || is_named
            && (self.path.len() > 1 || matches!(self.kind, Kind::Import | Kind::Reexport))
    }

    pub(crate) fn last(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    pub(crate) fn has(&self, segment: &str) -> bool {
        self.path.iter().any(|it| it == segment)
    }
}

/// All paths in a file.
pub(crate) fn mentions(source: &Source) -> Vec<Mention> {
    let part = if source.is_program() { Part::Program } else { Part::Tests };
    let mut visitor = Visitor { module: source.module(), part, found: Vec::new() };
    visitor.visit_file(&source.syntax);
    visitor.found
}

struct Visitor {
    module: Vec<String>,
    part: Part,
    found: Vec<Mention>,
}

impl Visitor {
    fn add(&mut self, line: usize, kind: Kind, segments: &[String]) {
        let path = self.absolute(segments);
        self.found.push(Mention { line, kind, part: self.part, path });
    }

    /// The path from the crate root, if it starts with `self`, `super` or the name of the library.
    fn absolute(&self, segments: &[String]) -> Vec<String> {
        let ups = segments.iter().take_while(|it| *it == "super" || *it == "self").count();
        let is_ours = segments.first().is_some_and(|it| it == "offprint");
        if is_ours || ups > 0 {
            let supers = segments[..ups].iter().filter(|it| *it == "super").count();
            let stay = if is_ours { 0 } else { self.module.len().saturating_sub(supers) };
            let rest = if is_ours { &segments[1..] } else { &segments[ups..] };
            let above = self.module[..stay].iter();
            return std::iter::once("crate".to_owned()).chain(above.chain(rest).cloned()).collect();
        }
        segments.to_vec()
    }

    fn add_path(&mut self, kind: Kind, path: &syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |it| it.ident.span().start().line);
        self.add(line, kind, &segments);
    }

    fn add_tree(&mut self, tree: &UseTree, before: &[String], kind: Kind) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_tree(&path.tree, &with(&path.ident), kind),
            UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.add_tree(item, before, kind));
            }
            UseTree::Glob(glob) => {
                self.add(glob.star_token.spans[0].start().line, Kind::Glob, before);
            }
            UseTree::Name(syn::UseName { ident })
            | UseTree::Rename(syn::UseRename { ident, .. }) => {
                // `use a::{self}` imports `a`.
                let is_self = ident == "self" && !before.is_empty();
                let path = if is_self { before.to_vec() } else { with(ident) };
                self.add(ident.span().start().line, kind, &path);
            }
        }
    }

    /// Paths in unparsed tokens: names joined by two colons.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let (mut line, mut colons) = (0, 0);
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                    colons += 1;
                }
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end_path(line, &mut path);
                        line = ident.span().start().line;
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == '!' && !path.is_empty() => {
                    self.add(line, Kind::Macro, &path);
                    path.clear();
                }
                other => {
                    self.end_path(line, &mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.add_tokens(group.stream());
                    }
                }
            }
        }
        self.end_path(line, &mut path);
    }

    fn end_path(&mut self, line: usize, path: &mut Vec<String>) {
        if !path.is_empty() {
            self.add(line, Kind::Path, path);
            path.clear();
        }
    }
}

impl<'ast> Visit<'ast> for Visitor {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let outside = self.part;
        if item.attrs.iter().any(is_for_tests) {
            self.part = Part::Tests;
        }
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
        self.part = outside;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let is_private = matches!(item.vis, Visibility::Inherited);
        let kind = if is_private { Kind::Import } else { Kind::Reexport };
        self.add_tree(&item.tree, &[], kind);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast ItemExternCrate) {
        self.add(item.ident.span().start().line, Kind::Import, &[item.ident.to_string()]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add_path(Kind::Path, path);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        self.add_path(Kind::Macro, &called.path);
        self.add_tokens(called.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.add_tokens(list.tokens.clone());
        }
    }

    /// Skips `pub(crate)` and `pub(super)`, which do not use the module they name.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}
}

pub(crate) fn is_for_tests(attribute: &Attribute) -> bool {
    let is_cfg = attribute.path().is_ident("cfg");
    is_cfg && attribute.parse_args::<syn::Ident>().is_ok_and(|it| it == "test")
}
