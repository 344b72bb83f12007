//! Recognises a paste in keys that arrive in one go, for terminals that do not mark pastes: GNU
//! screen, serial lines and old consoles. Run as keys, a pasted title would mark papers or quit.
//!
//! A burst is a run of text keys (characters, Enter, Tab, `^J`) with pauses shorter than
//! [`BURST_GAP`]; a key that comes alone is never held back. A burst is a paste if it has words:
//!
//! - a word of five different letters (`memory`, `xLSTM`),
//! - or two words of four different letters (`Moby Dick`),
//! - or four words of two different letters (`It is as we do`),
//! - or an identifier: seven digits, some after a sign (`2501.02950`, `hep-th/9901001`).
//!
//! Keys typed ahead over a slow line (`jjj`, `gg`, `ybjyb`, `3yt`, `j*u.`) repeat few letters and
//! have no words. A burst that opens a prompt, after motions at most, was typed ahead too, whatever
//! follows (`/brain`, `gg:sort year`). In a prompt, words are no sign of a paste: there a burst is
//! one only if words follow its first line break, as they would run as keys after the prompt.

use std::time::Duration;

use super::TerminalEvent;
use crate::app::{Key, KeyCode};

/// Timeout of the check whether a key came alone. Crossterm returns keys that it has already read,
/// whatever the timeout, and the screen must not wait longer than before.
const SINGLE_KEY_GAP: Duration = Duration::from_micros(5);
/// A pause of this length ends a burst of keys.
const BURST_GAP: Duration = Duration::from_millis(5);
/// A pause of this length ends a paste. It may arrive in several packets, of which a later one
/// would otherwise be typed.
const PASTE_GAP: Duration = Duration::from_millis(50);
/// Keys that are no paste are held back for at most this many, so that a key held down shows its
/// effect.
const MAX_HELD_KEYS: usize = 64;
/// Minimum number of digits of an identifier. Counts are shorter.
const MIN_IDENTIFIER_DIGITS: usize = 7;
/// Keys that move in the list or extend a count, and may stand before a key that opens a prompt.
const MOTION_KEYS: &str = "jkgGHML0123456789\n";
/// Keys that open a prompt.
const PROMPT_KEYS: [char; 3] = ['/', ':', '|'];

/// State machine that takes terminal events, and joins keys that are a paste.
#[derive(Debug, Default)]
pub struct BurstCollector {
    keys: Vec<Key>,
    phase: BurstPhase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum BurstPhase {
    #[default]
    Keys,
    /// The keys so far are a paste; more may follow.
    Paste,
}

impl BurstCollector {
    /// Returns the events that are complete with this one.
    pub fn take(&mut self, event: TerminalEvent) -> Vec<TerminalEvent> {
        match event {
            TerminalEvent::Key(key) if char_of_text_key(key).is_some() => {
                self.keys.push(key);
                let is_checked = self.keys.len().is_multiple_of(MAX_HELD_KEYS);
                if is_checked && !self.detect_paste() { self.flush() } else { Vec::new() }
            }
            other => {
                let mut events = self.flush();
                events.push(other);
                events
            }
        }
    }

    /// The pause that ends the burst, if there is one.
    pub fn timeout(&self) -> Option<Duration> {
        Some(match (self.keys.len(), self.phase) {
            (0, _) => return None,
            (1, _) => SINGLE_KEY_GAP,
            (_, BurstPhase::Keys) => BURST_GAP,
            (_, BurstPhase::Paste) => PASTE_GAP,
        })
    }

    /// Handles a pause of the length of [`Self::timeout`].
    pub fn on_timeout(&mut self) -> Vec<TerminalEvent> {
        let was_paste = self.phase == BurstPhase::Paste;
        if !was_paste && self.detect_paste() { Vec::new() } else { self.flush() }
    }

    /// Returns the keys held back, as an event of another kind arrived.
    pub fn flush(&mut self) -> Vec<TerminalEvent> {
        let is_paste = self.detect_paste();
        let keys = std::mem::take(&mut self.keys);
        self.phase = BurstPhase::Keys;
        if is_paste {
            return vec![TerminalEvent::Burst(keys)];
        }
        keys.into_iter().map(TerminalEvent::Key).collect()
    }

    /// Returns true if the keys so far are a paste. More keys never make it anything else.
    fn detect_paste(&mut self) -> bool {
        if self.phase == BurstPhase::Keys && is_paste(&text_of_burst(&self.keys)) {
            self.phase = BurstPhase::Paste;
        }
        self.phase == BurstPhase::Paste
    }
}

/// The character of a key that a paste can contain.
fn char_of_text_key(key: Key) -> Option<char> {
    match key {
        Key { alt: true, .. } | Key { shift: true, .. } => None,
        Key { code: KeyCode::Char('j'), ctrl: true, .. } => Some('\n'),
        Key { ctrl: true, .. } => None,
        Key { code: KeyCode::Char(c), .. } => Some(c),
        Key { code: KeyCode::Enter, .. } => Some('\n'),
        Key { code: KeyCode::Tab, .. } => Some('\t'),
        _ => None,
    }
}

/// The text of a burst; Enter is a line break.
pub fn text_of_burst(keys: &[Key]) -> String {
    keys.iter().filter_map(|key| char_of_text_key(*key)).collect()
}

/// Returns true if the text, arrived in one go outside a prompt, is a paste by the rule at the head
/// of this file.
fn is_paste(text: &str) -> bool {
    let after_motions = text.trim_start_matches(|c: char| MOTION_KEYS.contains(c));
    if after_motions.is_empty() || after_motions.starts_with(PROMPT_KEYS) {
        return false;
    }
    let words = text.split(|c: char| !c.is_alphabetic());
    let letters: Vec<usize> = words.map(count_different_letters).collect();
    let words_of = |minimum: usize| letters.iter().filter(|it| **it >= minimum).count();
    words_of(5) >= 1 || words_of(4) >= 2 || words_of(2) >= 4 || has_identifier(text)
}

/// Returns true if the text, arrived in one go in a prompt, is a paste: words follow its first line
/// break.
pub fn is_paste_in_prompt(text: &str) -> bool {
    text.split_once('\n').is_some_and(|(_, rest)| is_paste(rest))
}

/// The number of different letters of a word, up to 5.
fn count_different_letters(word: &str) -> usize {
    let mut letters: Vec<char> = Vec::new();
    for letter in word.chars().flat_map(char::to_lowercase) {
        if letters.len() < 5 && !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    letters.len()
}

fn has_identifier(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let mut after_signs = text.split(['.', '/', '-']).skip(1);
    digits >= MIN_IDENTIFIER_DIGITS
        && after_signs.any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::parse_keys;

    /// The events in key notation; a burst is quoted.
    fn written(events: &[TerminalEvent]) -> String {
        let text = |event: &TerminalEvent| match event {
            TerminalEvent::Key(key) => key.to_string(),
            TerminalEvent::Burst(keys) => format!("{:?}", text_of_burst(keys)),
            other => format!("{other:?}"),
        };
        events.iter().map(text).collect()
    }

    /// Takes keys in one go, then lets pauses pass.
    fn collected(keys: &str) -> String {
        let mut burst = BurstCollector::default();
        let keys = parse_keys(keys).unwrap();
        let mut events: Vec<TerminalEvent> =
            keys.into_iter().flat_map(|key| burst.take(TerminalEvent::Key(key))).collect();
        while burst.timeout().is_some() {
            events.extend(burst.on_timeout());
        }
        written(&events)
    }

    #[test]
    fn text_in_one_go_is_a_paste() {
        for text in [
            "Exploring Models<Enter>Ax<Enter>",
            "Attention Is All You Need<Enter>",
            "BERT: Pre-training<Enter>",
            "Auto-Encoding Variational Bayes<Enter>",
            "xLSTM: Extended Long Short-Term Memory",
            "xLSTM",
            "Moby Dick",
            "It is as we do<C-j>",
            "2501.02950",
            "10.1000/182",
            "hep-th/9901001",
            "https://arxiv.org/abs/2501.02950",
            "Quantum<Tab>2023",
            "Память мозга",
            "深層学習の記憶",
        ] {
            let keys = parse_keys(text).unwrap();
            assert_eq!(collected(text), format!("{:?}", text_of_burst(&keys)), "{text}");
        }
    }

    #[test]
    fn keys_typed_ahead_stay_keys() {
        for keys in [
            "j", "jjj", "gg", "yb", "ybjyb", "ytyiyl", "3yb", "rrrj*u.", "j<Space><Space><Enter>",
            "xxxx", "rjrjrj", "nnnN", "1000000G", "3.5.", "Ay", "ZZ",
            "/brain<Space>memory<Enter>yb", "jj/brain<Enter>yb", "gg:sort<Space>year<Enter>",
            ":copy-bibtex<Enter>", "<Bar>sort<Space>title<Enter>", "<Enter>/learning",
            "о<Enter>оо",
        ] {
            assert_eq!(collected(keys), keys);
        }
    }

    #[test]
    fn a_key_that_is_no_text_ends_a_burst() {
        assert_eq!(collected("memory<Esc>jj"), "\"memory\"<Esc>jj");
        assert_eq!(collected("jj<C-d>memory<M-x>"), "jj<C-d>\"memory\"<M-x>");
        assert_eq!(collected("mem<Up>ory"), "mem<Up>ory");
    }

    #[test]
    fn a_paste_in_two_packets_is_one() {
        let mut burst = BurstCollector::default();
        let mut events = Vec::new();
        for packet in ["Exploring", "<Enter>Ax"] {
            for key in parse_keys(packet).unwrap() {
                events.extend(burst.take(TerminalEvent::Key(key)));
            }
            assert_eq!(
                burst.timeout().unwrap(),
                if packet == "Exploring" { BURST_GAP } else { PASTE_GAP }
            );
            if packet == "Exploring" {
                assert!(burst.on_timeout().is_empty());
                assert_eq!(burst.timeout(), Some(PASTE_GAP));
            }
        }
        events.extend(burst.on_timeout());
        assert_eq!(written(&events), "\"Exploring\\nAx\"");
        assert_eq!(burst.timeout(), None);
    }

    #[test]
    fn a_key_held_down_is_not_held_back() {
        let mut burst = BurstCollector::default();
        let events: usize =
            (0..1000).map(|_| burst.take(TerminalEvent::Key(Key::char('j'))).len()).sum();
        assert!(events > 1000 - MAX_HELD_KEYS);
    }

    #[test]
    fn in_a_prompt_only_words_after_a_line_break_are_a_paste() {
        for (text, expected) in [
            ("Exploring Models", false),
            ("Exploring Models\n", false),
            ("brain memory\nyb", false),
            ("brain\nyb\nj", false),
            ("brain\n/memory\n", false),
            ("Exploring Models\nAttention Is All You Need\n", true),
        ] {
            assert_eq!(is_paste_in_prompt(text), expected, "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_key_is_lost(text in r"[a-z/:. \n]{0,200}|\PC{0,40}", pause in 0..40usize) {
            let mut burst = BurstCollector::default();
            let mut events = Vec::new();
            let keys: Vec<Key> = text.chars().map(Key::char).collect();
            for (at, key) in keys.iter().enumerate() {
                events.extend(burst.take(TerminalEvent::Key(*key)));
                if at == pause {
                    events.extend(burst.on_timeout());
                }
            }
            events.extend(burst.flush());
            let read: Vec<Key> = events.into_iter().flat_map(|event| match event {
                TerminalEvent::Key(key) => vec![key],
                TerminalEvent::Burst(keys) => keys,
                other => panic!("{other:?}"),
            }).collect();
            prop_assert_eq!(read, keys);
        }

        #[test]
        fn more_text_never_makes_a_paste_keys(text in r"[a-zA-Z/:. \n]{0,40}", more in r"[a-z/:. \n]{0,20}") {
            if is_paste(&text) {
                let longer = text + &more;
                prop_assert!(is_paste(&longer), "{:?}", longer);
            }
        }
    }
}
