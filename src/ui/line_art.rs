//! Rules, bars and markers in ASCII, for terminals that draw others two cells wide or not at all.

use ratatui::buffer::Buffer;

/// The drawn characters, each with its replacement.
const REPLACEMENTS: [(&str, &str); 30] = [
    ("─", "-"),
    ("━", "="),
    ("│", "|"),
    ("┃", "#"),
    ("┬", "+"),
    ("┴", "+"),
    ("▌", ">"),
    ("▸", ">"),
    ("▾", "v"),
    ("•", "o"),
    ("★", "*"),
    ("»", ">"),
    ("×", "x"),
    ("¶", "N"),
    ("·", "-"),
    ("…", "~"),
    ("▁", "."),
    ("▂", "."),
    ("▃", ":"),
    ("▄", ":"),
    ("▅", "+"),
    ("▆", "+"),
    ("▇", "#"),
    ("█", "#"),
    ("→", ">"),
    ("←", "<"),
    ("↑", "^"),
    ("↓", "v"),
    ("≈", "~"),
    ("┼", "+"),
];

/// Replaces the characters in every cell.
pub fn replace_with_ascii(buf: &mut Buffer) {
    for cell in &mut buf.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let replacement = REPLACEMENTS.iter().find(|(drawn, _)| *drawn == cell.symbol());
        if let Some((_, ascii)) = replacement {
            cell.set_symbol(ascii);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_has_a_replacement_of_one_ascii_character() {
        for (drawn, ascii) in REPLACEMENTS {
            assert_eq!((drawn.chars().count(), ascii.len()), (1, 1), "{drawn}");
            assert!(!drawn.is_ascii() && ascii.is_ascii(), "{drawn}");
        }
        let mut buf = Buffer::with_lines(["▌★ Über · 漢"]);
        replace_with_ascii(&mut buf);
        assert_eq!(buf, Buffer::with_lines([">* Über - 漢"]));
    }
}
