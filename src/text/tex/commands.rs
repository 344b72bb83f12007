//! The meanings of TeX commands, and their conversion to text.

use std::ops::Range;

use super::parser::{TexMode, TexParser};
use super::{Emphasis, math, symbols};

/// The maximal length of an argument in square brackets, in bytes.
const MAX_OPTIONAL_ARG_LEN: usize = 80;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A symbol.
    Symbol(&'static str),
    /// A letter of a word.
    Letter(&'static str),
    /// An infix operator or relation.
    Infix(&'static str),
    /// The name of a function, in upright type.
    Function,
    /// Applies this mark to its argument.
    Accent(char),
    Negation,
    /// Formats its argument, possibly with a visible emphasis.
    Font(Option<Emphasis>),
    Blackboard,
    /// Sets its argument as text inside a formula.
    Prose,
    /// Formats the rest of the group.
    FontSwitch(Option<Emphasis>),
    Space,
    NoOutput,
    /// A layout command. Neither it nor its argument produces text.
    Layout,
    /// Begins a formula that this command ends.
    Formula(&'static str),
    Fraction,
    Root,
    Binomial,
    Modulo,
    Script(char),
    Footnote,
    Citation,
    Url,
    Link,
}

fn meaning(name: &str, mode: TexMode) -> Option<Meaning> {
    layout(name)
        .or_else(|| font(name))
        .or_else(|| structure(name))
        .or_else(|| letter(name, mode).map(Meaning::Letter))
        .or_else(|| super::accents::combining_mark(name, mode).map(Meaning::Accent))
        .or_else(|| symbols::plain_symbol(name).map(Meaning::Symbol))
        .or_else(|| symbols::infix_symbol(name).map(Meaning::Infix))
        .or_else(|| {
            let set = math::number_set(name).filter(|_| mode != TexMode::Text);
            set.map(Meaning::Symbol)
        })
        .or_else(|| math::is_function(name).then_some(Meaning::Function))
}

/// Returns true if `name` is a known command in text.
pub fn is_command(name: &str) -> bool {
    meaning(name, TexMode::Text).is_some()
}

fn layout(name: &str) -> Option<Meaning> {
    Some(match name {
        " " | "," | ";" | ":" | ">" | "\\" | "\n" | "\t" | "quad" | "qquad" | "enspace"
        | "newline" | "par" | "space" | "thinspace" | "hskip" | "linebreak" => Meaning::Space,
        "!" | "/" | "-" | "@" | "left" | "right" | "middle" | "big" | "Big" | "bigg" | "Bigg"
        | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr" | "limits" | "nolimits"
        | "displaystyle" | "textstyle" | "scriptstyle" | "small" | "footnotesize" | "large"
        | "noindent" | "centering" | "xspace" | "maketitle" | "protect" | "relax" | "null"
        | "boldmath" | "unboldmath" | "allowbreak" | "negthinspace" | "mathstrut"
        | "ignorespaces" => Meaning::NoOutput,
        "begin" | "end" | "label" | "hspace" | "vspace" | "color" | "phantom" | "hphantom"
        | "vphantom" | "textcolor" => Meaning::Layout,
        "(" => Meaning::Formula("\\)"),
        "[" => Meaning::Formula("\\]"),
        "%" => Meaning::Symbol("%"),
        "&" => Meaning::Symbol("&"),
        "_" => Meaning::Symbol("_"),
        "#" => Meaning::Symbol("#"),
        "$" => Meaning::Symbol("$"),
        "{" => Meaning::Symbol("{"),
        "}" => Meaning::Symbol("}"),
        "|" => Meaning::Symbol("‖"),
        "item" => Meaning::Symbol("•"),
        _ => return None,
    })
}

fn font(name: &str) -> Option<Meaning> {
    Some(match name {
        "emph" | "textit" | "textsl" => Meaning::Font(Some(Emphasis::Italic)),
        "textbf" | "mathbf" | "bold" | "boldsymbol" | "bm" | "pmb" => {
            Meaning::Font(Some(Emphasis::Bold))
        }
        "texttt" | "mathtt" => Meaning::Font(Some(Emphasis::Mono)),
        "mathrm" | "mathsf" | "mathcal" | "mathfrak" | "mathscr" | "mathit" | "mathop"
        | "mathbin" | "mathrel" | "mathord" | "ensuremath" | "operatorname" | "underline"
        | "overbrace" | "underbrace" | "overrightarrow" | "textsc" | "textsf" | "textup"
        | "textmd" => Meaning::Font(None),
        "mathbb" | "Bbb" | "mathds" | "mathbbm" => Meaning::Blackboard,
        "text" | "textrm" | "textnormal" | "mbox" | "hbox" | "fbox" => Meaning::Prose,
        "em" | "it" | "sl" | "itshape" | "slshape" => Meaning::FontSwitch(Some(Emphasis::Italic)),
        "bf" | "bfseries" => Meaning::FontSwitch(Some(Emphasis::Bold)),
        "tt" | "ttfamily" => Meaning::FontSwitch(Some(Emphasis::Mono)),
        "rm" | "sc" | "sf" | "cal" | "Cal" | "frak" | "scr" | "upshape" | "scshape"
        | "normalfont" => Meaning::FontSwitch(None),
        _ => return None,
    })
}

fn structure(name: &str) -> Option<Meaning> {
    Some(match name {
        "not" => Meaning::Negation,
        "frac" | "dfrac" | "tfrac" | "nicefrac" | "sfrac" => Meaning::Fraction,
        "sqrt" => Meaning::Root,
        "binom" | "dbinom" | "tbinom" => Meaning::Binomial,
        "pmod" => Meaning::Modulo,
        "textsuperscript" => Meaning::Script('^'),
        "textsubscript" => Meaning::Script('_'),
        "footnote" | "thanks" | "footnotetext" => Meaning::Footnote,
        "cite" | "citep" | "citet" | "citealp" | "citealt" | "citeauthor" | "citeyear" => {
            Meaning::Citation
        }
        "url" | "path" | "nolinkurl" => Meaning::Url,
        "href" => Meaning::Link,
        _ => return None,
    })
}

/// Returns the letter of a command. In a formula, `\O(n)` and `\L` are macros of the author.
fn letter(name: &str, mode: TexMode) -> Option<&'static str> {
    Some(match (name, mode) {
        ("o", TexMode::Text) => "ø",
        ("O", TexMode::Text) => "Ø",
        ("l", TexMode::Text) => "ł",
        ("L", TexMode::Text) => "Ł",
        ("i", _) => "ı",
        ("j", _) => "ȷ",
        ("ss", _) => "ß",
        ("SS", TexMode::Text) => "ẞ",
        ("ae", _) => "æ",
        ("AE" | "Ae", _) => "Æ",
        ("oe", _) => "œ",
        ("OE" | "Oe", _) => "Œ",
        ("aa", _) => "å",
        ("AA" | "Aa", _) => "Å",
        ("dh", TexMode::Text) => "ð",
        ("DH", TexMode::Text) => "Ð",
        ("dj", TexMode::Text) => "đ",
        ("DJ", TexMode::Text) => "Đ",
        ("th", TexMode::Text) => "þ",
        ("TH", TexMode::Text) => "Þ",
        ("ng", TexMode::Text) => "ŋ",
        ("NG", TexMode::Text) => "Ŋ",
        ("ij", TexMode::Text) => "ĳ",
        ("IJ", TexMode::Text) => "Ĳ",
        _ => return None,
    })
}

impl<'a> TexParser<'a> {
    /// Converts the command at the current position. An unknown command is replaced by its argument
    /// if it has one, or else copied verbatim.
    pub fn command(&mut self) {
        let start = self.pos;
        self.pos += command_length(self.rest());
        let name = &self.raw[start + 1..self.pos];
        if self.rest().starts_with("*{") && name.starts_with(char::is_alphabetic) {
            self.pos += 1;
        }
        let done = match meaning(name, self.mode) {
            Some(meaning) => self.perform(meaning, name, start),
            None => self.non_empty_group().map(|inner| self.parse_range(inner)),
        };
        if done.is_none() {
            self.out.push_str(&self.raw[start..self.pos]);
        }
    }

    /// Returns `None` if an argument is missing; the command is then copied verbatim.
    fn perform(&mut self, meaning: Meaning, name: &'a str, start: usize) -> Option<()> {
        match meaning {
            Meaning::Symbol(text) => self.symbol(text),
            Meaning::Letter(text) => self.letter(text),
            Meaning::Infix(text) => self.infix(text),
            Meaning::Function => self.function(name),
            Meaning::Accent(mark) => return self.accent(mark, name),
            Meaning::Negation => return self.negate(),
            Meaning::Font(kind) => return self.font(kind),
            Meaning::Blackboard => {
                let argument = self.argument()?;
                let text = self.parse_apart(argument);
                self.out.extend(text.chars().map(math::blackboard));
            }
            Meaning::Prose => {
                let argument = self.argument()?;
                let mode = std::mem::replace(&mut self.mode, TexMode::Text);
                self.parse_range(argument);
                self.mode = mode;
            }
            Meaning::FontSwitch(kind) => self.font_switch(kind),
            Meaning::Space => self.space(),
            Meaning::NoOutput => self.skip_layout_command(name),
            Meaning::Layout => self.pos = self.non_empty_group()?.end + 1,
            Meaning::Formula(close) => self.delimited_formula(start, close),
            Meaning::Fraction => return self.fraction(),
            Meaning::Root => return self.root(),
            Meaning::Binomial => {
                let (n, k) = self.two_arguments()?;
                self.out.extend(["(", &n, " choose ", &k, ")"]);
            }
            Meaning::Modulo => {
                let argument = self.argument()?;
                self.push_enclosed(" (mod ", argument, ")");
            }
            Meaning::Script(script) => {
                let argument = self.argument()?;
                self.push_script(script, argument);
            }
            Meaning::Footnote => {
                let note = self.non_empty_group()?;
                self.push_enclosed(" (", note, ")");
            }
            Meaning::Citation => {
                let note = self.optional_argument();
                let keys = self.non_empty_group()?;
                self.push_enclosed("[", keys, if note.is_some() { ", " } else { "]" });
                if let Some(note) = note {
                    self.push_enclosed("", note, "]");
                }
            }
            Meaning::Url => {
                let address = self.non_empty_group()?;
                self.out.push_str(&unescape_url(&self.raw[address]));
            }
            Meaning::Link => return self.link(),
        }
        Some(())
    }

    fn symbol(&mut self, text: &str) {
        self.out.push_str(text);
        self.skip_empty_group();
        if self.mode != TexMode::Text && self.rest().trim_start().starts_with(char::is_alphabetic) {
            self.skip_spaces();
        }
    }

    fn letter(&mut self, text: &str) {
        self.out.push_str(text);
        let start = self.pos;
        self.skip_empty_group();
        if start == self.pos {
            self.skip_spaces();
        }
    }

    fn font_switch(&mut self, kind: Option<Emphasis>) {
        self.skip_spaces();
        match kind {
            Some(kind) => self.switches.push((self.out.len(), kind)),
            None => self.skip_empty_group(),
        }
    }

    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.skip_spaces();
    }

    fn skip_layout_command(&mut self, name: &str) {
        self.skip_empty_group();
        if matches!(name, "left" | "right") && self.rest().starts_with('.') {
            self.pos += 1;
        }
        if self.out.is_empty() || self.out.ends_with([' ', '\n', '(']) {
            self.skip_spaces();
        }
    }

    fn font(&mut self, kind: Option<Emphasis>) -> Option<()> {
        let argument = self.argument()?;
        let start = self.out.len();
        self.parse_range(argument);
        self.emphasis.extend(kind.map(|kind| (start..self.out.len(), kind)));
        Some(())
    }

    fn push_enclosed(&mut self, open: &str, inner: Range<usize>, close: &str) {
        let blank = self.out.is_empty() || self.out.ends_with([' ', '\n']);
        self.out.push_str(if blank { open.trim_start() } else { open });
        self.parse_range(inner);
        self.out.push_str(close);
    }

    fn link(&mut self) -> Option<()> {
        let address = unescape_url(&self.raw[self.non_empty_group()?]);
        let start = self.out.len();
        if let Some(inner) = self.non_empty_group() {
            self.parse_range(inner);
        }
        let text = self.out[start..].trim();
        if text.is_empty() {
            self.out.push_str(&address);
        } else if !text.contains("://") && text != address {
            self.out.extend([" (", &address, ")"]);
        }
        Some(())
    }

    /// Consumes a non-empty group at the current position.
    fn non_empty_group(&mut self) -> Option<Range<usize>> {
        let inner = self.group_at(self.pos).filter(|inner| !inner.is_empty())?;
        self.pos = inner.end + 1;
        Some(inner)
    }

    /// Consumes an argument in square brackets at the current position.
    pub fn optional_argument(&mut self) -> Option<Range<usize>> {
        let length =
            self.rest().bytes().take(MAX_OPTIONAL_ARG_LEN).position(|byte| byte == b']')?;
        let start = self.pos + 1;
        self.rest().starts_with('[').then(|| {
            self.pos += length + 1;
            start..self.pos - 1
        })
    }

    /// Consumes the argument of a command: a group, another command with its groups, or a
    /// character.
    pub fn argument(&mut self) -> Option<Range<usize>> {
        let rest = self.rest().trim_start();
        let start = self.end - rest.len();
        let first = rest.chars().next()?;
        if first == '{' {
            let inner = self.group_at(start)?;
            self.pos = inner.end + 1;
            return Some(inner);
        }
        if first != '\\' {
            self.pos = start + first.len_utf8();
            return Some(start..self.pos);
        }
        let mut end = start + command_length(rest);
        self.pos = end;
        while let Some(inner) = self.group_at(end) {
            end = inner.end + 1;
            self.pos = end;
        }
        if self.mode == TexMode::Text && rest[..end - start].ends_with(char::is_alphabetic) {
            self.skip_spaces();
        }
        Some(start..end)
    }

    pub fn two_arguments(&mut self) -> Option<(String, String)> {
        let first = self.argument()?;
        let second = self.argument()?;
        Some((self.parse_apart(first), self.parse_apart(second)))
    }

    pub fn skip_spaces(&mut self) {
        self.pos = self.end - self.rest().trim_start().len();
    }

    fn skip_empty_group(&mut self) {
        if self.rest().starts_with("{}") {
            self.pos += 2;
        }
    }
}

/// Returns the length in bytes of the command at the start of `rest`, including the backslash.
fn command_length(rest: &str) -> usize {
    let letter_count = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let char_len = rest[1..].chars().next().map_or(0, char::len_utf8);
    1 + letter_count.max(char_len)
}

/// Removes the TeX escapes of a URL.
fn unescape_url(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut chars = address.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some('_' | '%' | '&' | '#' | '~' | '$' | '{' | '}') if c == '\\' => {}
            _ => out.push(c),
        }
    }
    out.replace("{}", "")
}
