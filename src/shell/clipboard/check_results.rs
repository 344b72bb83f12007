//! Results of `--clipboard-check`, stored per terminal in `clipboard.json` of the state directory.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::error::ClipboardError;
use super::route_kind::RouteKind;
use crate::sources::write_private;

/// Result that the user reports for one route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckResult {
    Arrived,
    Missing,
}

type CheckResults = BTreeMap<String, BTreeMap<RouteKind, CheckResult>>;

/// Results for this terminal. A missing or corrupt file counts as empty.
pub fn load_for_terminal(
    state_dir: Option<&Path>,
    terminal: &str,
) -> BTreeMap<RouteKind, CheckResult> {
    load_all(state_dir).remove(terminal).unwrap_or_default()
}

/// The routes that failed the check in this terminal.
pub fn failed_routes(state_dir: Option<&Path>, terminal: &str) -> BTreeSet<RouteKind> {
    let results = load_for_terminal(state_dir, terminal).into_iter();
    results.filter(|(_, result)| *result == CheckResult::Missing).map(|(kind, _)| kind).collect()
}

pub fn save(
    state_dir: Option<&Path>,
    terminal: &str,
    kind: RouteKind,
    result: CheckResult,
) -> Result<(), ClipboardError> {
    let path = results_path(state_dir).ok_or(ClipboardError::NoStateDirectory)?;
    let mut results = load_all(state_dir);
    results.entry(terminal.to_owned()).or_default().insert(kind, result);
    serde_json::to_string_pretty(&results)
        .map_err(std::io::Error::from)
        .and_then(|json| write_private(&path, &json))
        .map_err(|source| ClipboardError::File { path: path.display().to_string(), source })
}

fn results_path(state_dir: Option<&Path>) -> Option<PathBuf> {
    Some(state_dir?.join("clipboard.json"))
}

fn load_all(state_dir: Option<&Path>) -> CheckResults {
    results_path(state_dir)
        .and_then(|path| fs::read(path).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_remembered_for_its_terminal_alone() {
        let directory = tempfile::tempdir().unwrap();
        let state = Some(directory.path());
        save(state, "xterm", RouteKind::Osc52, CheckResult::Missing).unwrap();
        save(state, "xterm", RouteKind::Tmux, CheckResult::Arrived).unwrap();
        assert_eq!(failed_routes(state, "xterm"), BTreeSet::from([RouteKind::Osc52]));
        assert!(failed_routes(state, "foot").is_empty());
    }

    #[test]
    fn a_later_answer_replaces_the_earlier_one() {
        let directory = tempfile::tempdir().unwrap();
        let state = Some(directory.path());
        save(state, "xterm", RouteKind::Osc52, CheckResult::Missing).unwrap();
        save(state, "xterm", RouteKind::Osc52, CheckResult::Arrived).unwrap();
        assert!(failed_routes(state, "xterm").is_empty());
        assert_eq!(
            load_for_terminal(state, "xterm"),
            BTreeMap::from([(RouteKind::Osc52, CheckResult::Arrived)])
        );
    }

    #[test]
    fn a_damaged_file_holds_no_answers_and_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let state = Some(directory.path());
        fs::write(directory.path().join("clipboard.json"), "{ half").unwrap();
        assert!(failed_routes(state, "xterm").is_empty());
        save(state, "xterm", RouteKind::Native, CheckResult::Missing).unwrap();
        assert_eq!(failed_routes(state, "xterm"), BTreeSet::from([RouteKind::Native]));
    }
}
