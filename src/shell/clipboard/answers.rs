//! What the reader answered to `--clipboard-check`, kept for each terminal in the state directory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use super::{
    failure::Failure,
    route::Way,
    surroundings::{Link, Surroundings},
};
use crate::sources::write_private;

/// Whether the test text was in the reader's clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    Arrived,
    Missing,
}

type Answers = BTreeMap<String, BTreeMap<Way, Answer>>;

/// The terminal as far as it can be told from others: `xterm-256color, vscode, tmux, SSH`.
pub fn terminal(surroundings: &Surroundings) -> String {
    let link = match surroundings.link {
        Link::Local => "",
        Link::Ssh => "SSH",
        Link::Mosh => "mosh",
    };
    let inside = [
        ("tmux", surroundings.tmux.is_some()),
        ("screen", surroundings.sty.is_some()),
        ("Zellij", surroundings.zellij.is_some()),
    ];
    [surroundings.term.as_str(), surroundings.term_program.as_str()]
        .into_iter()
        .chain(inside.into_iter().filter_map(|(name, is_inside)| is_inside.then_some(name)))
        .chain([link])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The answers for this terminal. A file that is missing or damaged holds none.
pub fn known(surroundings: &Surroundings) -> BTreeMap<Way, Answer> {
    read(surroundings).remove(&terminal(surroundings)).unwrap_or_default()
}

/// The ways that are known not to arrive in this terminal.
pub fn refused(surroundings: &Surroundings) -> BTreeSet<Way> {
    let known = known(surroundings).into_iter();
    known.filter(|(_, answer)| *answer == Answer::Missing).map(|(way, _)| way).collect()
}

pub fn remember(surroundings: &Surroundings, way: Way, answer: Answer) -> Result<(), Failure> {
    let path = path(surroundings).ok_or(Failure::NoStateDirectory)?;
    let mut answers = read(surroundings);
    answers.entry(terminal(surroundings)).or_default().insert(way, answer);
    serde_json::to_string_pretty(&answers)
        .map_err(std::io::Error::from)
        .and_then(|written| write_private(&path, &written))
        .map_err(|source| Failure::File { path: path.display().to_string(), source })
}

fn path(surroundings: &Surroundings) -> Option<PathBuf> {
    Some(surroundings.state_dir.as_ref()?.join("clipboard.json"))
}

fn read(surroundings: &Surroundings) -> Answers {
    path(surroundings)
        .and_then(|path| fs::read(path).ok())
        .and_then(|written| serde_json::from_slice(&written).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(place: &tempfile::TempDir, term: &str) -> Surroundings {
        Surroundings {
            term: term.into(),
            state_dir: Some(place.path().into()),
            ..Surroundings::default()
        }
    }

    #[test]
    fn an_answer_is_remembered_for_its_terminal_alone() {
        let place = tempfile::tempdir().unwrap();
        let (xterm, foot) = (at(&place, "xterm"), at(&place, "foot"));
        remember(&xterm, Way::Osc52, Answer::Missing).unwrap();
        remember(&xterm, Way::Tmux, Answer::Arrived).unwrap();
        assert_eq!(refused(&xterm), BTreeSet::from([Way::Osc52]));
        assert!(refused(&foot).is_empty());
    }

    #[test]
    fn a_later_answer_replaces_the_earlier_one() {
        let place = tempfile::tempdir().unwrap();
        let here = at(&place, "xterm");
        remember(&here, Way::Osc52, Answer::Missing).unwrap();
        remember(&here, Way::Osc52, Answer::Arrived).unwrap();
        assert!(refused(&here).is_empty());
        assert_eq!(known(&here), BTreeMap::from([(Way::Osc52, Answer::Arrived)]));
    }

    #[test]
    fn a_damaged_file_holds_no_answers_and_is_replaced() {
        let place = tempfile::tempdir().unwrap();
        let here = at(&place, "xterm");
        fs::write(place.path().join("clipboard.json"), "{ half").unwrap();
        assert!(refused(&here).is_empty());
        remember(&here, Way::Native, Answer::Missing).unwrap();
        assert_eq!(refused(&here), BTreeSet::from([Way::Native]));
    }

    #[test]
    fn a_terminal_is_told_by_its_names_and_what_lies_between() {
        let surroundings = Surroundings {
            term: "xterm-256color".into(),
            term_program: "vscode".into(),
            link: Link::Ssh,
            zellij: Some("0".into()),
            ..Surroundings::default()
        };
        assert_eq!(terminal(&surroundings), "xterm-256color, vscode, Zellij, SSH");
    }
}
