//! The path in a prompt that Tab completes.

use super::export_selection::Destination;
use super::state::{Mode, State};
use crate::sources::complete_address;

/// The offset of the path at the end of the text of the focused prompt. Returns `None` if the prompt
/// takes no path.
pub fn path_start(state: &State) -> Option<usize> {
    match &state.mode {
        Mode::Destination(prompt) => match prompt.destination {
            Destination::File => Some(0),
            Destination::Command => Some(last_word_start(prompt.field.text())),
        },
        Mode::Command(line) => path_start_in_command(line.text()),
        _ => None,
    }
}

/// The offset of the path in a command, such as that of `refs.bib` in `export refs.bib`.
fn path_start_in_command(text: &str) -> Option<usize> {
    let (name, argument) = text.split_once(' ')?;
    let start = text.len() - argument.trim_start().len();
    match name.trim_end_matches('!') {
        "export" | "export-all" | "w" | "write" => Some(start),
        "open" if complete_address(argument.trim_start()).is_empty() => Some(start),
        "pipe" | "pipe-all" => Some(last_word_start(text).max(start)),
        _ => None,
    }
}

fn last_word_start(text: &str) -> usize {
    text.rfind(' ').map_or(0, |at| at + 1)
}

/// The name of a file or directory at the end of its path.
pub fn file_label(path: &str) -> &str {
    let end = path.strip_suffix('/').unwrap_or(path);
    let start = end.rfind('/').map_or(0, |at| at + 1);
    &path[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_argument_of_an_export_and_the_last_word_of_a_pipe() {
        let path = |text: &str| path_start_in_command(text).map(|at| text[at..].to_owned());
        assert_eq!(path("export my re"), Some("my re".to_owned()));
        assert_eq!(path("w! re"), Some("re".to_owned()));
        assert_eq!(path("pipe diff re"), Some("re".to_owned()));
        assert_eq!(path("pipe "), Some(String::new()));
        assert_eq!(path("open refs/"), Some("refs/".to_owned()));
        assert_eq!(path("open arx"), None, "an address");
        assert_eq!(path("export"), None);
        assert_eq!(path("sort ye"), None);
    }

    #[test]
    fn a_path_is_listed_by_its_last_name() {
        assert_eq!(file_label("a/b.bib"), "b.bib");
        assert_eq!(file_label("~/papers/"), "papers/");
        assert_eq!(file_label("/"), "/");
    }
}
