//! Makes untrusted text harmless for a terminal, the clipboard and a reader.
//!
//! A title can contain sequences that move the cursor, set the clipboard, or display letters in
//! another order than they are read. Escape sequences are removed as a whole, not only their first
//! byte; control characters and invisible characters are removed; every blank becomes a space.

use std::borrow::Cow;
use std::path::Path;

use unicode_normalization::char::is_combining_mark;

/// The maximal number of combining marks on a letter.
const MAX_COMBINING_MARKS: usize = 8;
const ESC: char = '\u{1b}';
const BEL: char = '\u{7}';
const ZWJ: char = '\u{200d}';
const ZWNJ: char = '\u{200c}';

/// Returns `text` on one line, without harmful characters. Borrowed if it has none.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    clean(text, LineBreaks::ToSpace)
}

/// Returns true for printable ASCII without redundant blanks, as most text is: it needs no
/// sanitising, and folding changes only its case. Tests eight bytes at a time.
pub fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [Some(first), Some(last)] = [bytes.first(), bytes.last()] else { return true };
    if *first == b' ' || *last == b' ' {
        return false;
    }
    let Some(end) = bytes.last_chunk::<8>() else {
        let is_single = !bytes.windows(2).any(|it| it == b"  ");
        return is_single && bytes.iter().all(|it| matches!(it, b' '..=b'~'));
    };
    // The last eight bytes may overlap those tested in the loop.
    let (eights, _) = bytes.as_chunks::<8>();
    let (mut untidy, mut previous) = (0, 0);
    for eight in eights {
        let blanks = blanks(u64::from_le_bytes(*eight));
        untidy |= unprintable(u64::from_le_bytes(*eight));
        untidy |= blanks & ((blanks << 8) | (previous >> 56));
        previous = blanks;
    }
    let last = blanks(u64::from_le_bytes(*end));
    (untidy | unprintable(u64::from_le_bytes(*end)) | (last & (last << 8))) == 0
}

const LOW_BITS: u64 = u64::from_le_bytes([1; 8]);
const HIGH_BITS: u64 = LOW_BITS << 7;

/// Sets the highest bit of each of eight bytes that is a blank.
const fn blanks(eight: u64) -> u64 {
    let differs = eight ^ (LOW_BITS * b' ' as u64);
    !(((differs & !HIGH_BITS) + !HIGH_BITS) | differs) & HIGH_BITS
}

/// Returns zero if all eight bytes are printable ASCII.
const fn unprintable(eight: u64) -> u64 {
    // Bytes below the blank borrow, and those above the tilde carry.
    let low = eight & !HIGH_BITS;
    (eight | !((low | HIGH_BITS) - LOW_BITS * b' ' as u64) | (low + LOW_BITS)) & HIGH_BITS
}

/// Does the same as [`sanitise`], but preserves line breaks, each as `\n`.
pub fn sanitise_lines(text: &str) -> Cow<'_, str> {
    clean(text, LineBreaks::Keep)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineBreaks {
    ToSpace,
    Keep,
}

fn clean(text: &str, breaks: LineBreaks) -> Cow<'_, str> {
    let line_break = if breaks == LineBreaks::Keep { b'\n' } else { b' ' };
    let is_clean = |byte| matches!(byte, b' '..=b'~') || byte == line_break;
    // No early exit, so that the compiler can vectorise the loop.
    if text.bytes().fold(true, |fine, byte| fine & is_clean(byte)) {
        return Cow::Borrowed(text);
    }
    let mut cleaner = Cleaner {
        rest: text,
        out: String::with_capacity(text.len()),
        mark_count: 0,
        line_breaks: breaks,
    };
    cleaner.run();
    if cleaner.out == text { Cow::Borrowed(text) } else { Cow::Owned(cleaner.out) }
}

struct Cleaner<'a> {
    rest: &'a str,
    out: String,
    /// The number of combining marks on the last letter of `out`.
    mark_count: usize,
    line_breaks: LineBreaks,
}

impl Cleaner<'_> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            self.rest = &self.rest[c.len_utf8()..];
            match c {
                ESC => self.rest = skip_escape(self.rest),
                '\u{80}'..='\u{9f}' if c != '\u{85}' => self.rest = skip_c1(c, self.rest),
                '\r' if self.rest.starts_with('\n') => {}
                '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.line_break(),
                '\t' => self.push(' '),
                ZWJ if self.joins_emoji() => self.push(ZWJ),
                ZWJ | ZWNJ if self.joins_letters() => self.push(c),
                _ if c.is_control() || is_invisible(c) => {}
                _ if is_combining_mark(c) => self.push_mark(c),
                _ => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.mark_count = 0;
    }

    fn push_mark(&mut self, c: char) {
        if self.mark_count < MAX_COMBINING_MARKS {
            self.out.push(c);
            self.mark_count += 1;
        }
    }

    fn line_break(&mut self) {
        self.push(if self.line_breaks == LineBreaks::Keep { '\n' } else { ' ' });
    }

    /// Returns true if an emoji is on both sides of a joiner: 👩‍🔬 is one character.
    fn joins_emoji(&self) -> bool {
        self.out.ends_with(is_emoji) && self.rest.starts_with(is_emoji)
    }

    /// Returns true if a joiner is part of the spelling: without it, Persian «می‌خواهم» is another
    /// word.
    fn joins_letters(&self) -> bool {
        self.out.ends_with(takes_joiners) && self.rest.starts_with(takes_joiners)
    }
}

const fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{21ff}' | '\u{2600}'..='\u{27bf}')
        || matches!(c, '\u{2b00}'..='\u{2bff}')
}

/// Returns true for characters that change the direction of text, select a glyph, or have no width:
/// Unicode's property `Default_Ignorable_Code_Point`, and interlinear annotation.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
    ) || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || matches!(c, '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}')
        || matches!(c, '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns true for letters of scripts in which joiners are part of the spelling: Arabic, Syriac,
/// and those of India.
const fn takes_joiners(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{6ff}' | '\u{710}'..='\u{74f}' | '\u{750}'..='\u{77f}')
        || matches!(c, '\u{8a0}'..='\u{8ff}' | '\u{900}'..='\u{dff}')
}

/// Returns the text after the escape sequence whose ESC has been read. If the sequence is not
/// terminated, only its introducer is skipped.
fn skip_escape(rest: &str) -> &str {
    let Some(kind) = rest.chars().next().filter(char::is_ascii) else { return rest };
    let tail = &rest[1..];
    match kind {
        '[' => skip_csi(tail),
        ']' | 'P' | 'X' | '^' | '_' => skip_control_string(tail, (kind == ']').then_some(BEL)),
        ' '..='/' => {
            let end = tail.trim_start_matches(|c| matches!(c, ' '..='/'));
            end.strip_prefix(|c| matches!(c, '0'..='~')).unwrap_or(tail)
        }
        '0'..='~' => tail,
        _ => rest,
    }
}

/// Returns the text after the sequence of a C1 control character, a single-character introducer.
fn skip_c1(introducer: char, rest: &str) -> &str {
    match introducer {
        '\u{9b}' => skip_csi(rest),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => {
            skip_control_string(rest, (introducer == '\u{9d}').then_some(BEL))
        }
        _ => rest,
    }
}

/// Skips parameters, intermediate bytes, and a final byte (ECMA-48, 5.4).
fn skip_csi(rest: &str) -> &str {
    let end = rest.trim_start_matches(|c| matches!(c, '0'..='?'));
    let end = end.trim_start_matches(|c| matches!(c, ' '..='/'));
    end.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(rest)
}

/// Skips a control string. It ends at its terminator, and, as in every terminal, where another
/// sequence begins or it is cancelled. `terminator` is a further one: BEL for operating-system
/// commands.
fn skip_control_string(rest: &str, terminator: Option<char>) -> &str {
    let ends = |c: char| matches!(c, '\u{18}' | '\u{1a}' | ESC | '\u{80}'..='\u{9f}');
    let Some(end) = rest.find(|c| ends(c) || terminator == Some(c)) else { return rest };
    let tail = &rest[end..];
    tail.strip_prefix("\u{1b}\\")
        .or_else(|| tail.strip_prefix(['\u{9c}', BEL, '\u{18}', '\u{1a}']))
        .unwrap_or(tail)
}

/// Sanitises a text and collapses blanks to single spaces.
pub fn tidy(field: &str) -> Cow<'_, str> {
    if is_tidy(field) {
        return Cow::Borrowed(field);
    }
    let clean = sanitise(field);
    let is_tidy = !clean.starts_with(' ') && !clean.ends_with(' ') && !clean.contains("  ");
    if is_tidy && !clean.contains(|c: char| c.is_whitespace() && c != ' ') {
        return clean;
    }
    Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns a path as text for a message, sanitised because a file name can contain any character.
pub fn display_path(path: &Path) -> String {
    sanitise(&path.to_string_lossy()).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["plain", "Erdős, 日本語, λόγος", "e\u{301}", "👩\u{200d}🔬"] {
            assert!(matches!(sanitise(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn an_escape_sequence_goes_whole() {
        let cases = [
            ("a\x1b[31;1mb\x1b[0mc", "abc"),
            ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
            ("a\x1b]0;title\x1b\\b", "ab"),
            ("a\x1bPq#0\x1b\\b\x1b_x\x1b\\c\x1b^x\x1b\\d\x1bXx\x1b\\e", "abcde"),
            ("a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b", "ab"),
            ("a\x1bcb\x1b(Bc\x1b7d", "abcd"),
            ("a\u{9b}31mb\u{9d}0;t\u{9c}c\u{90}x\u{9c}d\u{84}e", "abcde"),
        ];
        for (text, clean) in cases {
            assert_eq!(sanitise(text), clean, "of {text:?}");
        }
    }

    #[test]
    fn an_unterminated_sequence_loses_its_introducer_only() {
        assert_eq!(sanitise("a\x1b]0;title"), "a0;title");
        assert_eq!(sanitise("a\x1b[31"), "a31");
        assert_eq!(sanitise("a\x1bé\x1b"), "aé");
        assert_eq!(sanitise("a\u{9d}b\n"), "ab ");
    }

    #[test]
    fn blanks_become_spaces_and_line_breaks_are_kept_on_request() {
        assert_eq!(sanitise("a\tb\r\nc\rd\ne\u{2028}f\0\x08\x7fg"), "a b c d e fg");
        assert_eq!(sanitise_lines("a\tb\r\nc\rd\n\ne\u{85}f"), "a b\nc\nd\n\ne\nf");
    }

    #[test]
    fn what_cannot_be_seen_goes() {
        assert_eq!(sanitise("a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{ad}f\u{e0041}g"), "abcdefg");
    }

    #[test]
    fn a_joiner_stays_between_emoji_only() {
        assert_eq!(
            sanitise("👩\u{200d}🔬a\u{200d}b❤\u{fe0f}\u{200d}🔥\u{200d}"),
            "👩\u{200d}🔬ab❤\u{200d}🔥"
        );
    }

    #[test]
    fn variation_selectors_and_other_characters_that_cannot_be_seen_go() {
        for hidden in [
            '\u{ad}', '\u{34f}', '\u{61c}', '\u{115f}', '\u{1160}', '\u{17b4}', '\u{180b}',
            '\u{180e}', '\u{180f}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{200e}', '\u{202e}',
            '\u{2060}', '\u{2064}', '\u{2069}', '\u{206f}', '\u{3164}', '\u{fe00}', '\u{fe0e}',
            '\u{fe0f}', '\u{feff}', '\u{ffa0}', '\u{fff0}', '\u{fff9}', '\u{fffb}', '\u{1bca0}',
            '\u{1d173}', '\u{e0001}', '\u{e0061}', '\u{e007f}', '\u{e0100}', '\u{e01ef}',
        ] {
            let text = format!("a{hidden}b❤{hidden}葛{hidden}");
            assert_eq!(sanitise(&text), "ab❤葛", "of {hidden:?}");
        }
    }

    #[test]
    fn a_joiner_stays_where_the_script_is_written_with_it() {
        for text in ["می\u{200c}خواهم", "क\u{94d}\u{200d}ष"] {
            assert_eq!(sanitise(text), text);
        }
        assert_eq!(sanitise("می\u{200c}\u{200c} خ\u{200d}"), "می خ");
    }

    #[test]
    fn a_letter_carries_eight_marks_at_most() {
        let tower = format!("e{}f", "\u{301}".repeat(50));
        assert_eq!(sanitise(&tower), format!("e{}f", "\u{301}".repeat(8)));
    }

    /// Text with many harmful characters.
    fn hostile_text() -> impl Strategy<Value = String> {
        let pieces = vec![
            "\x1b", "[", "]", "P", "\\", "\x07", "\u{9b}", "\u{9d}", "\u{9c}", "0;", "m", "a",
            "\n", "\r", "\u{200d}", "👩", "\u{fe0f}", "\u{301}", "\u{202e}", "\x18", " ", "é",
        ];
        prop::collection::vec(prop::sample::select(pieces), 0..60).prop_map(|it| it.concat())
    }

    proptest! {
        #[test]
        fn tidy_is_what_is_printable_without_needless_blanks(text in "[a ~é\\x1f\\x7f]{0,4}[a-z0~ ]{0,40}[a ~\\x1f]{0,2}") {
            let is_printable = text.bytes().all(|it| matches!(it, b' '..=b'~'));
            let is_trimmed = text.trim_matches(' ') == text && !text.contains("  ");
            prop_assert_eq!(is_tidy(&text), is_printable && is_trimmed);
        }

        #[test]
        fn no_control_character_is_left(text in prop_oneof![hostile_text(), any::<String>()]) {
            prop_assert!(!sanitise(&text).contains(|c: char| c.is_control()));
            prop_assert!(!sanitise_lines(&text).contains(|c: char| c.is_control() && c != '\n'));
        }

        #[test]
        fn clean_text_stays_as_it_is(text in prop_oneof![hostile_text(), any::<String>()]) {
            let sanitised = sanitise(&text).into_owned();
            prop_assert_eq!(sanitise(&sanitised), sanitised.as_str());
            let lines = sanitise_lines(&text).into_owned();
            prop_assert_eq!(sanitise_lines(&lines), lines.as_str());
        }
    }
}
