//! The places of the inbox and of the file of what is followed, and the inbox as a source.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::config_path;
use crate::library::SavedSearch;
use crate::search::SortKey;
use crate::sources::{InboxDirectory, Source};

/// The directory of the inbox: in `OFFPRINT_DATA`, or where the user's data belong.
///
/// # Errors
///
/// Returns an error if the user has no such directory.
pub fn inbox_directory() -> anyhow::Result<InboxDirectory> {
    use etcetera::BaseStrategy;
    let named = std::env::var_os("OFFPRINT_DATA").filter(|it| !it.is_empty()).map(PathBuf::from);
    let usual = || Some(etcetera::choose_base_strategy().ok()?.data_dir().join("offprint"));
    let data = named.or_else(usual).context("no data directory (set OFFPRINT_DATA)")?;
    Ok(InboxDirectory::new(data.join("inbox")))
}

/// The file of what is followed: `OFFPRINT_FOLLOW`, or beside the configuration, of which `config` is
/// the file that was named.
///
/// # Errors
///
/// Returns an error if the user has no configuration directory.
pub fn follow_file(config: Option<&Path>) -> anyhow::Result<PathBuf> {
    let named = std::env::var_os("OFFPRINT_FOLLOW").filter(|it| !it.is_empty()).map(PathBuf::from);
    let beside = || {
        let config = config.map(Path::to_owned).or_else(config_path)?;
        Some(config.with_file_name("follow"))
    };
    named.or_else(beside).context("no configuration directory (set OFFPRINT_FOLLOW)")
}

/// The sources that an address of the inbox means; `None` for any other text.
///
/// # Errors
///
/// Returns an error if the inbox, or the part of it that was named, has no papers.
pub fn inbox_sources(text: &str) -> anyhow::Result<Option<Vec<Source>>> {
    if !text.starts_with("inbox") {
        return Ok(None);
    }
    inbox_directory()?.sources(text).transpose().map_err(anyhow::Error::msg)
}

/// The inbox if it has papers, or else the built-in papers.
pub fn default_sources() -> Vec<Source> {
    let files = inbox_directory().map(|it| it.files(None)).unwrap_or_default();
    if files.is_empty() {
        return vec![Source::Builtin];
    }
    files.into_iter().map(Source::Inbox).collect()
}

/// The search with which the inbox opens: all papers, the newest day first.
pub fn inbox_search(sources: &[Source]) -> Option<SavedSearch> {
    let is_inbox = !sources.is_empty() && sources.iter().all(|it| matches!(it, Source::Inbox(_)));
    is_inbox.then(|| SavedSearch { order: SortKey::Listed, ..SavedSearch::from_query("") })
}
