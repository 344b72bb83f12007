//! Escapes text for the value of a BibTeX field.
//!
//! Existing TeX is preserved. Braces in the result always balance as BibTeX counts them, including
//! those after a backslash.

pub mod accents;
pub mod title_case;

use self::accents::{is_accent, math_end};
use self::title_case::{TitleCase, detect_case, keeps_case};
use crate::text::{escape, escape_signs, is_command, is_word_part, symbol};

/// Encoding of non-ASCII letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatexEncoding {
    /// TeX commands, which every BibTeX program reads.
    Tex,
    /// Unicode.
    Unicode,
}

/// Escapes a title, with braces around words whose capitals a style must not lower. Accents are
/// rewritten first, because styles lower command names outside braces, and `\H` differs from `\h`.
pub fn escape_title(raw: &str, script: LatexEncoding) -> String {
    let raw = accents::resolve_accents(raw);
    convert(&raw, detect_case(&raw), script)
}

/// Escapes plain text.
pub fn escape_text(text: &str, script: LatexEncoding) -> String {
    match script {
        LatexEncoding::Tex => escape(text),
        LatexEncoding::Unicode => escape_signs(text),
    }
}

const LEFT_BRACE: &str = "\\textbraceleft{}";
const RIGHT_BRACE: &str = "\\textbraceright{}";

/// A token of raw text.
enum TexToken<'a> {
    Plain(&'a str),
    /// A formula with its delimiters.
    Math(&'a str),
    /// A command with its backslash, such as `\"` or `\emph`.
    Command(&'a str),
    Open,
    Close,
}

fn convert(raw: &str, case: TitleCase, script: LatexEncoding) -> String {
    let pieces = tokenise(raw);
    let is_tex = pieces.iter().any(|it| !matches!(it, TexToken::Plain(_)));
    if !is_tex {
        return WordProtector { case, script, command: None }.protect(raw, "");
    }
    let mut safe = String::with_capacity(raw.len() + 16);
    let mut depth = 0_usize;
    let mut open = open_groups(&pieces).into_iter();
    let mut previous_command = None;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            TexToken::Plain(text) => {
                let case = if depth == 0 { case } else { TitleCase::Free };
                let words = WordProtector { case, script, command: previous_command };
                for (at, part) in text.split('~').enumerate() {
                    let part = words.protect(part, &safe);
                    safe.extend([if at > 0 { "~" } else { "" }, &part]);
                }
            }
            TexToken::Math(math) => safe.push_str(&make_math_safe(math)),
            TexToken::Command(command) if is_accent(command) && !has_letter(&pieces[at + 1..]) => {
                safe.push_str(&escape_text(command, script));
            }
            TexToken::Command(command @ ("\\(" | "\\)" | "\\[" | "\\]")) => {
                safe.push_str(&escape_text(command, script));
            }
            TexToken::Command(command)
                if let Some(symbol) = symbol_for_command(command, script) =>
            {
                safe.push_str(&symbol);
            }
            TexToken::Command(command) => {
                safe.push_str(match *command {
                    "\\" => "\\textbackslash{}",
                    "\\{" => LEFT_BRACE,
                    "\\}" => RIGHT_BRACE,
                    command => command,
                });
                safe.push_str(command_terminator(command, &pieces[at + 1..]));
            }
            TexToken::Open if open.next() == Some(GroupState::Closed) => {
                safe.push('{');
                depth += 1;
            }
            TexToken::Open => safe.push_str(LEFT_BRACE),
            TexToken::Close if depth > 0 => {
                safe.push('}');
                depth -= 1;
            }
            TexToken::Close => safe.push_str(RIGHT_BRACE),
        }
        previous_command = if let TexToken::Command(it) = piece { Some(*it) } else { None };
    }
    safe
}

/// Returns the replacement of a command that is invalid in text: the sign for a math command such
/// as `\alpha`, the escaped name for an undefined one such as `\ours`.
fn symbol_for_command(command: &str, script: LatexEncoding) -> Option<String> {
    let name = command.strip_prefix('\\').filter(|it| it.starts_with(char::is_alphabetic))?;
    match symbol(name).filter(|it| !it.is_ascii()) {
        Some(symbol) => Some(escape_text(symbol, script)),
        None if is_command(name) => None,
        None => Some(format!("\\textbackslash{{}}{name}")),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupState {
    Closed,
    Unclosed,
}

/// Returns for each opening brace, in order, if it has a matching closing one.
fn open_groups(pieces: &[TexToken<'_>]) -> Vec<GroupState> {
    let mut groups = Vec::new();
    let mut stack = Vec::new();
    for piece in pieces {
        match piece {
            TexToken::Open => {
                stack.push(groups.len());
                groups.push(GroupState::Unclosed);
            }
            TexToken::Close => {
                if let Some(at) = stack.pop() {
                    groups[at] = GroupState::Closed;
                }
            }
            _ => {}
        }
    }
    groups
}

fn tokenise(raw: &str) -> Vec<TexToken<'_>> {
    let mut pieces = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let plain = rest.find(['\\', '$', '{', '}']).unwrap_or(rest.len());
        if plain > 0 {
            pieces.push(TexToken::Plain(&rest[..plain]));
            rest = &rest[plain..];
            continue;
        }
        let (piece, len) = special_token(rest);
        pieces.push(piece);
        rest = &rest[len..];
    }
    pieces
}

/// Reads a token that begins with a special character of TeX. Returns it with its length in bytes.
fn special_token(rest: &str) -> (TexToken<'_>, usize) {
    if let Some(end) = math_end(rest) {
        return (TexToken::Math(&rest[..end]), end);
    }
    match rest.as_bytes() {
        [b'{', ..] => (TexToken::Open, 1),
        [b'}', ..] => (TexToken::Close, 1),
        [b'$', ..] => (TexToken::Plain(&rest[..1]), 1),
        _ => {
            let letter_count = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let symbol = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            let len = 1 + letter_count.max(symbol.map_or(0, char::len_utf8));
            (TexToken::Command(&rest[..len]), len)
        }
    }
}

fn make_math_safe(math: &str) -> String {
    let mut safe = String::with_capacity(math.len());
    let mut escaped = false;
    for c in math.chars() {
        if "%#&".contains(c) && !escaped {
            safe.push('\\');
        }
        safe.push(c);
        escaped = c == '\\' && !escaped;
    }
    safe
}

/// Escapes the words of one run of plain text.
#[derive(Clone, Copy)]
struct WordProtector<'a> {
    case: TitleCase,
    script: LatexEncoding,
    /// The command directly before the text. The letter after an accent must not be in braces.
    command: Option<&'a str>,
}

impl WordProtector<'_> {
    /// Escapes text, with braces around words that must keep their case. `text_before` is the title
    /// before the text.
    fn protect(self, text: &str, text_before: &str) -> String {
        let plain = |text| escape_text(text, self.script);
        if self.case == TitleCase::Free {
            return plain(text);
        }
        let mut safe = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| !is_word_part(c)).unwrap_or(rest.len());
            let protected = &text[..text.len() - rest.len()];
            let text_before = if protected.is_empty() { text_before } else { protected };
            let is_accented = protected.is_empty() && self.command.is_some_and(is_accent);
            if word > 0
                && !is_accented
                && keeps_case(&rest[..word], text_before, &rest[word..], self.case)
            {
                safe.extend(["{", &plain(&rest[..word]), "}"]);
            } else {
                safe.push_str(&plain(&rest[..word]));
            }
            let next = rest[word..].find(char::is_alphanumeric).map_or(rest.len(), |at| word + at);
            safe.push_str(&plain(&rest[word..next]));
            rest = &rest[next..];
        }
        safe
    }
}

/// Returns the space that ends a command name, if the next token does not end it. TeX skips that
/// space.
fn command_terminator(command: &str, following: &[TexToken<'_>]) -> &'static str {
    let is_word = command.ends_with(|c: char| c.is_ascii_alphabetic());
    if is_word && !has_blank(following) { " " } else { "" }
}

/// Returns true if the next token ends a command name by itself.
fn has_blank(following: &[TexToken<'_>]) -> bool {
    match following {
        [TexToken::Plain(text), ..] => text.starts_with(char::is_whitespace),
        [TexToken::Math(_) | TexToken::Command(_), ..] => false,
        _ => true,
    }
}

/// Returns true if a letter follows, bare or in braces, for an accent to apply to.
fn has_letter(following: &[TexToken<'_>]) -> bool {
    match following {
        [TexToken::Plain(text), ..] => text.starts_with(char::is_alphabetic),
        [TexToken::Command("\\i" | "\\j"), ..] => true,
        [TexToken::Open, inner @ ..] => !matches!(inner, [TexToken::Open, ..]) && has_letter(inner),
        _ => false,
    }
}
