//! What the reader answered to `--clipboard-check`, kept for each terminal in the state directory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::error::Failure;
use super::route_kind::Way;
use crate::sources::write_private;

/// Whether the test text was in the reader's clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    Arrived,
    Missing,
}

type Answers = BTreeMap<String, BTreeMap<Way, Answer>>;

/// The answers for this terminal. A file that is missing or damaged holds none.
pub fn known(state_dir: Option<&Path>, terminal: &str) -> BTreeMap<Way, Answer> {
    read(state_dir).remove(terminal).unwrap_or_default()
}

/// The ways that are known not to arrive in this terminal.
pub fn refused(state_dir: Option<&Path>, terminal: &str) -> BTreeSet<Way> {
    let known = known(state_dir, terminal).into_iter();
    known.filter(|(_, answer)| *answer == Answer::Missing).map(|(way, _)| way).collect()
}

pub fn remember(
    state_dir: Option<&Path>,
    terminal: &str,
    way: Way,
    answer: Answer,
) -> Result<(), Failure> {
    let path = path(state_dir).ok_or(Failure::NoStateDirectory)?;
    let mut answers = read(state_dir);
    answers.entry(terminal.to_owned()).or_default().insert(way, answer);
    serde_json::to_string_pretty(&answers)
        .map_err(std::io::Error::from)
        .and_then(|written| write_private(&path, &written))
        .map_err(|source| Failure::File { path: path.display().to_string(), source })
}

fn path(state_dir: Option<&Path>) -> Option<PathBuf> {
    Some(state_dir?.join("clipboard.json"))
}

fn read(state_dir: Option<&Path>) -> Answers {
    path(state_dir)
        .and_then(|path| fs::read(path).ok())
        .and_then(|written| serde_json::from_slice(&written).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_remembered_for_its_terminal_alone() {
        let place = tempfile::tempdir().unwrap();
        let state = Some(place.path());
        remember(state, "xterm", Way::Osc52, Answer::Missing).unwrap();
        remember(state, "xterm", Way::Tmux, Answer::Arrived).unwrap();
        assert_eq!(refused(state, "xterm"), BTreeSet::from([Way::Osc52]));
        assert!(refused(state, "foot").is_empty());
    }

    #[test]
    fn a_later_answer_replaces_the_earlier_one() {
        let place = tempfile::tempdir().unwrap();
        let state = Some(place.path());
        remember(state, "xterm", Way::Osc52, Answer::Missing).unwrap();
        remember(state, "xterm", Way::Osc52, Answer::Arrived).unwrap();
        assert!(refused(state, "xterm").is_empty());
        assert_eq!(known(state, "xterm"), BTreeMap::from([(Way::Osc52, Answer::Arrived)]));
    }

    #[test]
    fn a_damaged_file_holds_no_answers_and_is_replaced() {
        let place = tempfile::tempdir().unwrap();
        let state = Some(place.path());
        fs::write(place.path().join("clipboard.json"), "{ half").unwrap();
        assert!(refused(state, "xterm").is_empty());
        remember(state, "xterm", Way::Native, Answer::Missing).unwrap();
        assert_eq!(refused(state, "xterm"), BTreeSet::from([Way::Native]));
    }
}
