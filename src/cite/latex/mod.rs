//! Text made safe inside the braces of a BibTeX field.
//!
//! What is TeX already stays as it is; braces come out balanced in any case, as BibTeX counts them:
//! a backslash before a brace does not hide it.

pub mod accents;
pub mod title_case;

use self::accents::{is_accent, math_end};
use self::title_case::{Case, case_of, keeps_case};
use crate::text::{escape, escape_signs, is_command, is_word_part, symbol};

/// How letters that ASCII lacks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// As commands of TeX, which every program takes.
    Tex,
    /// As they are.
    Unicode,
}

/// A title as TeX, with the capitals in braces that a style would lower wrongly. Accents are written
/// anew, since styles lower the name of a command that is in no braces: `\H` is not `\h`.
pub fn title(raw: &str, script: Script) -> String {
    let raw = accents::resolved(raw);
    convert(&raw, case_of(&raw), script)
}

/// Plain text as TeX.
pub fn plain(text: &str, script: Script) -> String {
    match script {
        Script::Tex => escape(text),
        Script::Unicode => escape_signs(text),
    }
}

const LEFT: &str = "\\textbraceleft{}";
const RIGHT: &str = "\\textbraceright{}";

/// A stretch of raw text.
enum Piece<'a> {
    Plain(&'a str),
    /// With its dollars.
    Math(&'a str),
    /// `\"`, `\emph`.
    Command(&'a str),
    Open,
    Close,
}

fn convert(raw: &str, case: Case, script: Script) -> String {
    let pieces = pieces(raw);
    let is_tex = pieces.iter().any(|it| !matches!(it, Piece::Plain(_)));
    if !is_tex {
        return Words { case, script, command: None }.protect(raw, "");
    }
    let mut safe = String::with_capacity(raw.len() + 16);
    let mut depth = 0_usize;
    let mut open = open_groups(&pieces).into_iter();
    let mut before = None;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Plain(text) => {
                let case = if depth == 0 { case } else { Case::Free };
                let words = Words { case, script, command: before };
                for (at, part) in text.split('~').enumerate() {
                    let part = words.protect(part, &safe);
                    safe.extend([if at > 0 { "~" } else { "" }, &part]);
                }
            }
            Piece::Math(math) => safe.push_str(&math_made_safe(math)),
            Piece::Command(command) if is_accent(command) && !has_letter(&pieces[at + 1..]) => {
                safe.push_str(&plain(command, script));
            }
            Piece::Command(command @ ("\\(" | "\\)" | "\\[" | "\\]")) => {
                safe.push_str(&plain(command, script));
            }
            Piece::Command(command) if let Some(sign) = sign_of(command, script) => {
                safe.push_str(&sign);
            }
            Piece::Command(command) => {
                safe.push_str(match *command {
                    "\\" => "\\textbackslash{}",
                    "\\{" => LEFT,
                    "\\}" => RIGHT,
                    command => command,
                });
                safe.push_str(end_of_name(command, &pieces[at + 1..]));
            }
            Piece::Open if open.next() == Some(Group::Closed) => {
                safe.push('{');
                depth += 1;
            }
            Piece::Open => safe.push_str(LEFT),
            Piece::Close if depth > 0 => {
                safe.push('}');
                depth -= 1;
            }
            Piece::Close => safe.push_str(RIGHT),
        }
        before = if let Piece::Command(it) = piece { Some(*it) } else { None };
    }
    safe
}

/// Returns the text of a command that prose cannot have as it is: for one of formulas, `\alpha`,
/// the sign that it stands for; and for one of the author's own, `\ours`, its letters.
fn sign_of(command: &str, script: Script) -> Option<String> {
    let name = command.strip_prefix('\\').filter(|it| it.starts_with(char::is_alphabetic))?;
    match symbol(name).filter(|it| !it.is_ascii()) {
        Some(sign) => Some(plain(sign, script)),
        None if is_command(name) => None,
        None => Some(format!("\\textbackslash{{}}{name}")),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Closed,
    Unclosed,
}

/// For each opening brace, in order, whether one closes it.
fn open_groups(pieces: &[Piece<'_>]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut stack = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open => {
                stack.push(groups.len());
                groups.push(Group::Unclosed);
            }
            Piece::Close => {
                if let Some(at) = stack.pop() {
                    groups[at] = Group::Closed;
                }
            }
            _ => {}
        }
    }
    groups
}

fn pieces(raw: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        let plain = rest.find(['\\', '$', '{', '}']).unwrap_or(rest.len());
        if plain > 0 {
            pieces.push(Piece::Plain(&rest[..plain]));
            rest = &rest[plain..];
            continue;
        }
        let (piece, len) = special(rest);
        pieces.push(piece);
        rest = &rest[len..];
    }
    pieces
}

/// The piece that begins with a character special to TeX, and its length.
fn special(rest: &str) -> (Piece<'_>, usize) {
    if let Some(end) = math_end(rest) {
        return (Piece::Math(&rest[..end]), end);
    }
    match rest.as_bytes() {
        [b'{', ..] => (Piece::Open, 1),
        [b'}', ..] => (Piece::Close, 1),
        [b'$', ..] => (Piece::Plain(&rest[..1]), 1),
        _ => {
            let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let symbol = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            let len = 1 + letters.max(symbol.map_or(0, char::len_utf8));
            (Piece::Command(&rest[..len]), len)
        }
    }
}

fn math_made_safe(math: &str) -> String {
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

/// How the words of a stretch of text are written.
#[derive(Clone, Copy)]
struct Words<'a> {
    case: Case,
    script: Script,
    /// The command that the text follows at once: an accent must find its letter bare.
    command: Option<&'a str>,
}

impl Words<'_> {
    /// Escapes text, and puts words in braces whose capitals are to stay. `before` is what the title
    /// has before the text.
    fn protect(self, text: &str, before: &str) -> String {
        let plain = |text| plain(text, self.script);
        if self.case == Case::Free {
            return plain(text);
        }
        let mut safe = String::with_capacity(text.len() + 16);
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| !is_word_part(c)).unwrap_or(rest.len());
            let done = &text[..text.len() - rest.len()];
            let before = if done.is_empty() { before } else { done };
            let is_accented = done.is_empty() && self.command.is_some_and(is_accent);
            if word > 0
                && !is_accented
                && keeps_case(&rest[..word], before, &rest[word..], self.case)
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

/// TeX swallows the blank after a command, and not all readers see without it where a name ends.
fn end_of_name(command: &str, after: &[Piece<'_>]) -> &'static str {
    let is_word = command.ends_with(|c: char| c.is_ascii_alphabetic());
    if is_word && !has_blank(after) { " " } else { "" }
}

/// Whether the end of a command's name shows by itself.
fn has_blank(after: &[Piece<'_>]) -> bool {
    match after {
        [Piece::Plain(text), ..] => text.starts_with(char::is_whitespace),
        [Piece::Math(_) | Piece::Command(_), ..] => false,
        _ => true,
    }
}

/// Whether an accent finds a letter to stand on, alone or in braces.
fn has_letter(after: &[Piece<'_>]) -> bool {
    match after {
        [Piece::Plain(text), ..] => text.starts_with(char::is_alphabetic),
        [Piece::Command("\\i" | "\\j"), ..] => true,
        [Piece::Open, inner @ ..] => !matches!(inner, [Piece::Open, ..]) && has_letter(inner),
        _ => false,
    }
}
