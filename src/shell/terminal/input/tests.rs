//! Tests of keys as terminals report them, and of split escape sequences.

use crossterm::event::{KeyEvent, KeyEventKind, KeyModifiers};
use proptest::prelude::*;

use super::*;
use crate::app::{KeyCode, parse_keys};

fn pressed(code: event::KeyCode, modifiers: KeyModifiers) -> String {
    key_from_event(KeyEvent::new(code, modifiers)).map_or_else(String::new, |key| key.to_string())
}

#[test]
fn a_key_is_written_as_the_keymap_writes_it() {
    let (none, ctrl) = (KeyModifiers::NONE, KeyModifiers::CONTROL);
    let (shift, alt) = (KeyModifiers::SHIFT, KeyModifiers::ALT);
    for (code, modifiers, typed) in [
        (event::KeyCode::Char('g'), none, "g"),
        (event::KeyCode::Char('G'), shift, "G"),
        (event::KeyCode::Char('g'), shift, "G"),
        (event::KeyCode::Char('?'), shift, "?"),
        (event::KeyCode::Char('D'), ctrl | shift, "<C-d>"),
        (event::KeyCode::Char('h'), ctrl, "<C-h>"),
        (event::KeyCode::Char('7'), ctrl, "<C-_>"),
        (event::KeyCode::Char(' '), ctrl, "<C-Space>"),
        (event::KeyCode::Null, none, "<C-Space>"),
        (event::KeyCode::Char('x'), alt, "<M-x>"),
        (event::KeyCode::BackTab, none, "<S-Tab>"),
        (event::KeyCode::Tab, shift, "<S-Tab>"),
        (event::KeyCode::Right, ctrl, "<C-Right>"),
        (event::KeyCode::F(5), none, "<F5>"),
        (event::KeyCode::Char('c'), KeyModifiers::SUPER, ""),
        (event::KeyCode::Insert, none, ""),
    ] {
        assert_eq!(pressed(code, modifiers), typed, "{code:?} {modifiers:?}");
    }
}

/// Event source whose polls fail where the first iterator says false.
struct Slow(std::vec::IntoIter<bool>, std::vec::IntoIter<char>);

impl Events for Slow {
    fn poll(&mut self, _: Duration) -> io::Result<bool> {
        Ok(self.1.len() > 0 && self.0.next().unwrap_or(true))
    }

    fn rejoin_event(&mut self) -> io::Result<Event> {
        let key = self.1.next().expect("something is there");
        Ok(Event::Key(KeyEvent::new(event::KeyCode::Char(key), KeyModifiers::NONE)))
    }
}

#[test]
fn keys_are_taken_that_were_said_not_to_be_there() {
    let polls = vec![true, false, true, false, false, true, true, false, true];
    let mut events = Slow(polls.into_iter(), "/brain".chars().collect::<Vec<_>>().into_iter());
    let mut typed = String::new();
    let mut post = |input| match input {
        TerminalEvent::Key(key) => typed.push_str(&key.to_string()),
        other => panic!("{other:?}"),
    };
    let mut decoder = InputDecoder::new(Duration::ZERO);
    read_available(&mut events, &mut decoder, &mut post).unwrap();
    assert_eq!(typed, "/brain");
}

#[test]
fn a_key_let_go_is_no_key_and_a_repeated_one_is() {
    let with = |kind| KeyEvent::new_with_kind(event::KeyCode::Char('j'), KeyModifiers::NONE, kind);
    assert_eq!(key_from_event(with(KeyEventKind::Release)), None);
    assert_eq!(key_from_event(with(KeyEventKind::Repeat)), Some(Key::char('j')));
}

/// The events in key notation; a paste is quoted.
fn typed(inputs: &[TerminalEvent]) -> String {
    let key_text = |input: &TerminalEvent| match input {
        TerminalEvent::Key(key) => key.to_string(),
        TerminalEvent::Paste(text) => format!("{text:?}"),
        other => format!("{other:?}"),
    };
    inputs.iter().map(key_text).collect()
}

/// Types keys without a pause, then lets the timeouts pass.
fn rejoined(keys: &str) -> String {
    let mut rejoin = EscapeRejoiner::default();
    let mut inputs: Vec<TerminalEvent> =
        parse_keys(keys).unwrap().into_iter().flat_map(|key| rejoin.key(key)).collect();
    while rejoin.is_waiting() {
        inputs.extend(rejoin.on_timeout());
    }
    typed(&inputs)
}

#[test]
fn a_sequence_that_came_apart_is_one_key() {
    for (input, expected) in [
        ("<Esc>[A", "<Up>"),
        ("<Esc>OB", "<Down>"),
        ("<Esc>[1;5C", "<C-Right>"),
        ("<Esc>[3~", "<Del>"),
        ("<Esc>[6;2~", "<S-PgDn>"),
        ("<Esc>[Z", "<S-Tab>"),
        ("<Esc>[15~", "<F5>"),
        ("<Esc>[27u", "<Esc>"),
        ("<Esc>[100;5u", "<C-d>"),
        ("<Esc>[2~x", "x"),
        ("j<Esc>[A<Esc>[Bk", "j<Up><Down>k"),
    ] {
        assert_eq!(rejoined(input), expected, "{input}");
    }
}

#[test]
fn what_is_no_sequence_comes_as_it_was_typed() {
    for typed in ["<Esc>", "<Esc>j", "<Esc><Esc>", "<Esc>[", "<Esc>O", "<Esc>[1;", "<Esc>[j"] {
        assert_eq!(rejoined(typed), typed);
    }
    for typed in ["<Esc>Oj", "<Esc>[1<Enter>", "<Esc>[<C-c>", "<Esc>[é", "<Esc>[1;2;3;4;5A"] {
        assert_eq!(rejoined(typed), typed);
    }
}

#[test]
fn an_escape_after_half_a_sequence_begins_another() {
    assert_eq!(rejoined("<Esc>[<Esc>[A"), "<Esc>[<Up>");
}

#[test]
fn a_pause_tells_an_escape_from_a_sequence() {
    let mut rejoin = EscapeRejoiner::default();
    assert!(rejoin.key(Key::plain(KeyCode::Esc)).is_empty());
    assert_eq!(typed(&rejoin.on_timeout()), "<Esc>");
    assert_eq!(typed(&rejoin.key(Key::char('['))), "[");
}

#[test]
fn a_paste_whose_start_came_apart_is_never_run_as_keys() {
    assert_eq!(rejoined("<Esc>[200~dd:q<Enter>x"), "\"dd:q\\nx\"");
    assert_eq!(rejoined("<Esc>[200~a b<Esc>[201~j"), "\"a b\"j");
}

#[test]
fn the_answer_about_the_background_is_taken_out_of_the_keys() {
    for (keys, expected) in [
        ("j<M-]>11;rgb:0000/0000/0000<M-\\>k", "jBackground(Dark)k"),
        ("<M-]>11;rgb:ffff/ffff/ffff<C-g>", "Background(Light)"),
        ("<Esc>]11;rgb:ffff/ffff/ffff<Esc>\\x", "Background(Light)x"),
        ("<M-]>11;nonsense<M-\\>", "Background(Unknown)"),
        ("<M-]>11;rgb:cut", ""),
    ] {
        assert_eq!(rejoined(keys), expected, "{keys}");
    }
}

#[test]
fn keys_that_only_begin_like_an_answer_come_as_they_were_typed() {
    for keys in ["<M-]>", "<M-]>j", "<M-]>11x", "<Esc>]", "<Esc>]1<Enter>", "<M-]><Esc>"] {
        assert_eq!(rejoined(keys), keys);
    }
}

#[test]
fn a_report_of_the_mouse_that_came_apart_is_never_run_as_keys() {
    assert_eq!(rejoined("<Esc>[<lt>0;10;5M"), "Mouse(MouseInput { kind: Press, x: 9, y: 4 })");
    assert_eq!(rejoined("<Esc>[<lt>2;10;5Mj"), "j");
}

fn any_key() -> impl Strategy<Value = Key> {
    let code = prop_oneof![
        6 => prop::sample::select("[O;~ABZu0123456789jé".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        4 => Just(KeyCode::Esc),
        1 => Just(KeyCode::Enter),
        1 => Just(KeyCode::Up),
    ];
    (code, prop::bool::weighted(0.1)).prop_map(|(code, ctrl)| Key { ctrl, ..Key::plain(code) })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_is_lost_outside_a_sequence(keys in prop::collection::vec(any_key(), 0..40)) {
        let mut rejoin = EscapeRejoiner::default();
        let mut events: Vec<TerminalEvent> = keys.iter().flat_map(|key| rejoin.key(*key)).collect();
        events.extend(rejoin.flush());
        prop_assert!(!rejoin.is_waiting());
        // Without the start of a sequence, the output equals the input.
        let begins = |pair: &[Key]| {
            pair[0] == Key::plain(KeyCode::Esc)
                && [Key::char('['), Key::char('O')].contains(&pair[1])
        };
        if !keys.windows(2).any(begins) {
            let plain: Vec<TerminalEvent> = keys.iter().copied().map(TerminalEvent::Key).collect();
            prop_assert_eq!(typed(&events), typed(&plain));
        }
    }

    #[test]
    fn slow_typing_is_never_rejoined(keys in prop::collection::vec(any_key(), 0..40)) {
        let mut rejoin = EscapeRejoiner::default();
        let mut events = Vec::new();
        for key in &keys {
            events.extend(rejoin.key(*key));
            events.extend(rejoin.on_timeout());
        }
        let plain: Vec<TerminalEvent> = keys.into_iter().map(TerminalEvent::Key).collect();
        prop_assert_eq!(typed(&events), typed(&plain));
    }
}
