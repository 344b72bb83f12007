//! Text made safe inside the braces of a BibTeX field.
//!
//! What is TeX already stays as it is; braces come out balanced in any case, as BibTeX counts them:
//! a backslash before a brace does not hide it.

pub mod accents;
pub mod title_case;

use self::accents::{is_accent, math_end};
use self::title_case::{TitleCase, detect_case, keeps_case};
use crate::text::{escape, escape_signs, is_command, is_word_part, symbol};

/// How letters that ASCII lacks are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LatexEncoding {
    /// As commands of TeX, which every program takes.
    Tex,
    /// As they are.
    Unicode,
}

/// A title as TeX, with the capitals in braces that a style would lower wrongly. Accents are written
/// anew, since styles lower the name of a command that is in no braces: `\H` is not `\h`.
pub fn escape_title(raw: &str, script: LatexEncoding) -> String {
    let raw = accents::resolve_accents(raw);
    convert(&raw, detect_case(&raw), script)
}

/// Plain text as TeX.
pub fn escape_text(text: &str, script: LatexEncoding) -> String {
    match script {
        LatexEncoding::Tex => escape(text),
        LatexEncoding::Unicode => escape_signs(text),
    }
}

const LEFT_BRACE: &str = "\\textbraceleft{}";
const RIGHT_BRACE: &str = "\\textbraceright{}";

/// A stretch of raw text.
enum TexToken<'a> {
    Plain(&'a str),
    /// With its dollars.
    Math(&'a str),
    /// `\"`, `\emph`.
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
    let mut before = None;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            TexToken::Plain(text) => {
                let case = if depth == 0 { case } else { TitleCase::Free };
                let words = WordProtector { case, script, command: before };
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
            TexToken::Command(command) if let Some(sign) = sign_for_command(command, script) => {
                safe.push_str(&sign);
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
        before = if let TexToken::Command(it) = piece { Some(*it) } else { None };
    }
    safe
}

/// Returns the text of a command that prose cannot have as it is: for one of formulas, `\alpha`,
/// the sign that it stands for; and for one of the author's own, `\ours`, its letters.
fn sign_for_command(command: &str, script: LatexEncoding) -> Option<String> {
    let name = command.strip_prefix('\\').filter(|it| it.starts_with(char::is_alphabetic))?;
    match symbol(name).filter(|it| !it.is_ascii()) {
        Some(sign) => Some(escape_text(sign, script)),
        None if is_command(name) => None,
        None => Some(format!("\\textbackslash{{}}{name}")),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupState {
    Closed,
    Unclosed,
}

/// For each opening brace, in order, whether one closes it.
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

/// The piece that begins with a character special to TeX, and its length.
fn special_token(rest: &str) -> (TexToken<'_>, usize) {
    if let Some(end) = math_end(rest) {
        return (TexToken::Math(&rest[..end]), end);
    }
    match rest.as_bytes() {
        [b'{', ..] => (TexToken::Open, 1),
        [b'}', ..] => (TexToken::Close, 1),
        [b'$', ..] => (TexToken::Plain(&rest[..1]), 1),
        _ => {
            let letters = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
            let symbol = rest[1..].chars().next().filter(char::is_ascii_punctuation);
            let len = 1 + letters.max(symbol.map_or(0, char::len_utf8));
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

/// How the words of a stretch of text are written.
#[derive(Clone, Copy)]
struct WordProtector<'a> {
    case: TitleCase,
    script: LatexEncoding,
    /// The command that the text follows at once: an accent must find its letter bare.
    command: Option<&'a str>,
}

impl WordProtector<'_> {
    /// Escapes text, and puts words in braces whose capitals are to stay. `before` is what the title
    /// has before the text.
    fn protect(self, text: &str, before: &str) -> String {
        let plain = |text| escape_text(text, self.script);
        if self.case == TitleCase::Free {
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
fn command_terminator(command: &str, after: &[TexToken<'_>]) -> &'static str {
    let is_word = command.ends_with(|c: char| c.is_ascii_alphabetic());
    if is_word && !has_blank(after) { " " } else { "" }
}

/// Whether the end of a command's name shows by itself.
fn has_blank(after: &[TexToken<'_>]) -> bool {
    match after {
        [TexToken::Plain(text), ..] => text.starts_with(char::is_whitespace),
        [TexToken::Math(_) | TexToken::Command(_), ..] => false,
        _ => true,
    }
}

/// Whether an accent finds a letter to stand on, alone or in braces.
fn has_letter(after: &[TexToken<'_>]) -> bool {
    match after {
        [TexToken::Plain(text), ..] => text.starts_with(char::is_alphabetic),
        [TexToken::Command("\\i" | "\\j"), ..] => true,
        [TexToken::Open, inner @ ..] => !matches!(inner, [TexToken::Open, ..]) && has_letter(inner),
        _ => false,
    }
}
