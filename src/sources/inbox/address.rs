//! The inbox as a source: its address, and what a run knows of it.

use std::path::PathBuf;

use super::directory::InboxDirectory;
use crate::sources::source::Source;
use crate::text::nearest_word;

/// Settings of the inbox for a run.
#[derive(Debug, Clone)]
pub struct InboxSettings {
    pub directory: InboxDirectory,
    /// The configuration and the library of the run, for the process that updates the inbox.
    pub config: Option<PathBuf>,
    pub library: Option<PathBuf>,
}

impl InboxDirectory {
    /// The sources that `inbox` or `inbox:NAME` means; `None` for any other text.
    ///
    /// # Errors
    ///
    /// Returns a sentence if the inbox, or the part of it that was named, has no papers.
    pub fn sources(&self, text: &str) -> Option<Result<Vec<Source>, String>> {
        let name = text.strip_prefix("inbox").filter(|it| it.is_empty() || it.starts_with(':'))?;
        let name = Some(name.trim_start_matches(':').trim()).filter(|it| !it.is_empty());
        let files = self.files(name);
        Some(match name {
            _ if !files.is_empty() => Ok(files.into_iter().map(Source::Inbox).collect()),
            None => {
                Err("the inbox is empty (`offprint follow ADDRESS` follows a source, `offprint \
                         update` fetches what is followed)"
                    .to_owned())
            }
            Some(name) => {
                let names = self.names();
                let nearest = nearest_word(name, names.iter().map(String::as_str));
                let nearest =
                    nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"));
                Err(format!("inbox:{name}: no papers of this source{nearest}"))
            }
        })
    }
}
