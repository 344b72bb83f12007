//! The question for the terminal's background colour (OSC 11), and its answer.
//!
//! The answer arrives among the keys and is recognised there, so that nothing waits for it and no
//! key is lost. It counts only if it arrives at once: a screen that changes its colours while it is
//! read is worse than one without.

use std::time::Duration;

use crate::app::Background;
use crate::shell::clipboard::{Connection, Environment};

/// Asks for the background colour. The answer has the form of the question, with a colour.
pub const QUERY: &[u8] = b"\x1b]11;?\x1b\\";
/// The start of an answer, after the introducer of the sequence.
pub const REPLY_START: &str = "11;";
/// A later answer is ignored.
pub const REPLY_TIMEOUT: Duration = Duration::from_millis(100);

/// Beginnings of `TERM` of terminals that answer, or that ignore the question in silence.
const ASKED_TERMINALS: [&str; 11] = [
    "xterm", "tmux", "alacritty", "foot", "rxvt", "kitty", "wezterm", "ghostty", "konsole", "st-",
    "contour",
];

/// Returns true if the terminal is local and of a kind that answers. Over a network, the answer
/// could take longer than the user's first keys.
pub fn answers_at_once(environment: &Environment) -> bool {
    environment.connection == Connection::Local
        && environment.screen_session.is_none()
        && ASKED_TERMINALS.iter().any(|it| environment.term.starts_with(it))
}

/// Parses an answer such as `11;rgb:1e1e/1e1e/1e1e`, without its introducer and terminator.
pub fn parse_reply(reply: &str) -> Background {
    parse_luminance(reply).map_or(Background::Unknown, Background::from_luminance)
}

/// The relative luminance of the colour as WCAG 2 defines it, from 0 to 1.
fn parse_luminance(reply: &str) -> Option<f64> {
    let (kind, color) = reply.strip_prefix(REPLY_START)?.split_once(':')?;
    let mut parts = color.split('/').map(parse_component);
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let is_complete = match kind {
        "rgb" => parts.next().is_none(),
        "rgba" => parts.next().is_some_and(|alpha| alpha.is_some()),
        _ => false,
    };
    is_complete.then_some(0.2126 * red + 0.7152 * green + 0.0722 * blue)
}

/// One to four hexadecimal digits as linear light from 0 to 1.
fn parse_component(digits: &str) -> Option<f64> {
    if !(1..=4).contains(&digits.len()) || !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let most = 16_u32.pow(digits.len() as u32) - 1;
    let value = f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most);
    Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_tells_a_dark_background_from_a_light_one() {
        for (reply, background) in [
            ("11;rgb:0000/0000/0000", Background::Dark),
            ("11;rgb:1e/1e/2e", Background::Dark),
            ("11;rgb:ffff/ffff/ffff", Background::Light),
            ("11;rgba:fdfd/f6f6/e3e3/ffff", Background::Light),
            ("11;rgb:0000/0000", Background::Unknown),
            ("11;rgb:00000/0/0", Background::Unknown),
            ("11;rgb:+1/0/0", Background::Unknown),
            ("11;?", Background::Unknown),
            ("10;rgb:0/0/0", Background::Unknown),
            ("", Background::Unknown),
        ] {
            assert_eq!(parse_reply(reply), background, "{reply}");
        }
    }

    #[test]
    fn only_a_local_terminal_that_answers_is_asked() {
        let environment = |term: &str, connection| Environment {
            term: term.to_owned(),
            connection,
            ..Environment::default()
        };
        assert!(answers_at_once(&environment("xterm-256color", Connection::Local)));
        for connection in [Connection::Ssh, Connection::Mosh] {
            assert!(!answers_at_once(&environment("xterm-256color", connection)));
        }
        for term in ["linux", "dumb", "screen-256color", "vt220", ""] {
            assert!(!answers_at_once(&environment(term, Connection::Local)), "{term}");
        }
        let in_screen = Environment {
            screen_session: Some("1.tty".to_owned()),
            ..environment("xterm", Connection::Local)
        };
        assert!(!answers_at_once(&in_screen));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_answer_is_read(reply in "(11;)?(rgb:|rgba:)?.{0,30}") {
            let _ = parse_reply(&reply);
        }
    }
}
