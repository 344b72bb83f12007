//! Keys and their notation: `gg`, `<C-d>`, `<S-Tab>`.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// A key with its modifiers. `shift` is set only for named keys; a shifted letter is an uppercase
/// `Char`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// The names of keys between angle brackets. The first name of a key is the one displayed.
const KEY_NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("CR", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Space", KeyCode::Char(' ')),
    ("BS", KeyCode::Backspace),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("lt", KeyCode::Char('<')),
    ("Bar", KeyCode::Char('|')),
];

impl Key {
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    pub const fn ctrl(c: char) -> Self {
        Self { ctrl: true, ..Self::char(c) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modifiers = [(self.ctrl, "C-"), (self.alt, "M-"), (self.shift, "S-")];
        let prefix: String =
            modifiers.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
        let named = KEY_NAMES.iter().find(|(_, code)| *code == self.code);
        match (self.code, named) {
            (_, Some((name, _))) => write!(f, "<{prefix}{name}>"),
            (KeyCode::F(number), None) => write!(f, "<{prefix}F{number}>"),
            (KeyCode::Char(c), None) if prefix.is_empty() => write!(f, "{c}"),
            (KeyCode::Char(c), None) => write!(f, "<{prefix}{c}>"),
            (_, None) => write!(f, "<{prefix}?>"),
        }
    }
}

/// Parses a key sequence such as `jj/brain<Enter>yb`.
///
/// # Errors
///
/// Returns a message that names the unknown key.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let bracketed = rest.strip_prefix('<').and_then(|it| it.split_once('>'));
        if let Some((name, after)) = bracketed {
            keys.push(parse_named(name).ok_or_else(|| format!("unknown key `<{name}>`"))?);
            rest = after;
        } else {
            keys.push(Key::char(first));
            rest = &rest[first.len_utf8()..];
        }
    }
    Ok(keys)
}

fn parse_named(name: &str) -> Option<Key> {
    let mut key = Key::char(' ');
    let mut rest = name;
    while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty())
    {
        match modifier {
            "C" => key.ctrl = true,
            "M" | "A" => key.alt = true,
            "S" => key.shift = true,
            _ => return None,
        }
        rest = after;
    }
    key.code = parse_code(rest)?;
    if let KeyCode::Char(c) = key.code {
        if key.ctrl {
            key.code = KeyCode::Char(c.to_ascii_lowercase());
        } else if key.shift {
            key.code = KeyCode::Char(c.to_ascii_uppercase());
        }
        key.shift = false;
    }
    Some(key)
}

fn parse_code(name: &str) -> Option<KeyCode> {
    if let Some((_, code)) = KEY_NAMES.iter().find(|(it, _)| it.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|it| it.parse().ok()) {
        return (1..=12).contains(&number).then_some(KeyCode::F(number));
    }
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Some(KeyCode::Char(c)),
        _ => None,
    }
}

/// Formats a key sequence in the notation of [`parse_keys`].
pub fn format_keys(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

/// A key sequence as displayed: a single key without its brackets (`Enter`, `^J`, `|`), a longer
/// sequence in the notation of [`parse_keys`].
pub fn key_label(keys: &str) -> String {
    let Ok(&[Key { code, ctrl, alt, shift }]) = parse_keys(keys).as_deref() else {
        return keys.to_owned();
    };
    match code {
        KeyCode::Char(c) if c != ' ' && !alt && !shift => {
            if ctrl {
                format!("^{}", c.to_ascii_uppercase())
            } else {
                c.to_string()
            }
        }
        _ => keys.trim_start_matches('<').trim_end_matches('>').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_read() {
        for text in ["gg", "<C-d>", "<S-Tab>", "yb", "<Esc>", "<Space>", "<F5>", "<lt>", "G<Enter>"]
        {
            let written: String =
                parse_keys(text).unwrap().iter().map(ToString::to_string).collect();
            assert_eq!(written, text);
        }
    }

    #[test]
    fn a_shifted_letter_is_another_letter() {
        assert_eq!(parse_keys("<S-g>"), parse_keys("G"));
        assert_eq!(parse_keys("<C-D>"), parse_keys("<C-d>"));
    }

    #[test]
    fn a_name_that_is_no_key_is_refused_by_name() {
        assert_eq!(parse_keys("a<Hyper>"), Err("unknown key `<Hyper>`".to_owned()));
    }

    #[test]
    fn a_single_key_is_shown_without_brackets() {
        for (keys, label) in [
            ("<Enter>", "Enter"),
            ("<C-j>", "^J"),
            ("<Bar>", "|"),
            ("<lt>", "<"),
            ("<M-b>", "M-b"),
            ("<Space>", "Space"),
            ("gg", "gg"),
        ] {
            assert_eq!(key_label(keys), label);
        }
    }
}
