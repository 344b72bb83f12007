//! Errors of reading the library of Zotero.

use std::io;

use crate::sources::disk::io_reason;

#[derive(Debug, thiserror::Error)]
pub enum ZoteroError {
    #[error("no Zotero library found; looked in {looked_in} (OFFPRINT_ZOTERO names its folder)")]
    NotFound { looked_in: String },
    #[error("{name}: {}", io_reason(.cause))]
    Read { name: String, cause: io::Error },
    #[error("{name}: not a database of Zotero 5 or later")]
    Foreign { name: String },
    #[error("{name}: {reason}")]
    Database { name: String, reason: String },
    #[error("{name}: Zotero is writing to it; try again in a moment")]
    Busy { name: String },
    #[error("zotero:{collection}: no such collection{}", did_you_mean(.nearest.as_deref()))]
    NoCollection { collection: String, nearest: Option<String> },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"))
}
