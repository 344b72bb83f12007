//! The letters of the output formats, the same for copies, exports and pipes.

use super::popup::{ADD_AGAIN_KEY, OTHER_PAPERS_KEY, ROW_LABELS};
use crate::app::action::keymap::Keymap;
use crate::app::action::{Action, CopyAction};
use crate::app::input::context::KeyContext;
use crate::app::input::key::{Key, KeyCode, parse_keys};
use crate::cite::OutputFormat;

/// Keys that keep their meaning in a menu of formats.
const RESERVED: [char; 6] = ['q', '?', '/', ' ', OTHER_PAPERS_KEY, ADD_AGAIN_KEY];

/// The formats in the order of the menu, each with the letter that follows `y` in the keymap. A
/// format without such a key gets a free label.
pub fn format_letters(keymap: &Keymap) -> Vec<(OutputFormat, char)> {
    let mut used: Vec<char> = Vec::new();
    let bound = OutputFormat::FILE_MENU_ORDER.map(|format| {
        let letter = letters_of(keymap, format).into_iter().find(|it| !used.contains(it));
        used.extend(letter);
        (format, letter)
    });
    let mut free = ROW_LABELS.chars().filter(|it| !used.contains(it) && !RESERVED.contains(it));
    let labelled =
        bound.into_iter().map(|(format, letter)| (format, letter.or_else(|| free.next())));
    labelled.filter_map(|(format, letter)| Some((format, letter?))).collect()
}

/// The second keys of the sequences of two keys that copy in the format.
fn letters_of(keymap: &Keymap, format: OutputFormat) -> Vec<char> {
    let action = Action::Copy(CopyAction::Format(format));
    let sequences = keymap.keys_of(KeyContext::List, action);
    let letter = |keys: &String| match parse_keys(keys).ok()?[..] {
        [_, Key { code: KeyCode::Char(letter), ctrl: false, alt: false, .. }] => Some(letter),
        _ => None,
    };
    sequences.iter().filter_map(letter).filter(|it| !RESERVED.contains(it)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(keymap: &Keymap, format: OutputFormat) -> char {
        format_letters(keymap).into_iter().find(|(it, _)| *it == format).unwrap().1
    }

    #[test]
    fn every_format_has_the_letter_that_copies_it() {
        let keymap = Keymap::default();
        let all = format_letters(&keymap);
        assert_eq!(all.len(), OutputFormat::ALL.len());
        for (format, letter) in &all {
            let keys = keymap.keys_of(KeyContext::List, Action::Copy(CopyAction::Format(*format)));
            assert!(keys.contains(&format!("y{letter}")), "{format:?} {letter}");
            assert_eq!(all.iter().filter(|(_, it)| it == letter).count(), 1, "{letter}");
        }
    }

    #[test]
    fn a_format_takes_the_letter_of_the_configuration_or_a_free_label() {
        let mut keymap = Keymap::default();
        keymap.bind("browse", "yb", "none").unwrap();
        keymap.bind("browse", "yz", "copy-bibtex").unwrap();
        assert_eq!(letter(&keymap, OutputFormat::Bibtex), 'z');
        keymap.bind("browse", "yz", "none").unwrap();
        keymap.bind("browse", "yq", "copy-bibtex").unwrap();
        assert_eq!(letter(&keymap, OutputFormat::Bibtex), '1');
    }
}
