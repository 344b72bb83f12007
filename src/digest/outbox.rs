//! The mail that is being sent, kept until it is known whether it was taken.
//!
//! A run that is killed while the server answers cannot know whether the mail was taken. The next run
//! sends the same bytes with the same `Message-ID` again, so that the recipient can tell the two.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::mail::MailMessage;
use super::sent_log::SentPaper;
use crate::sources::write_private;

/// The file of the mail that is being sent.
#[derive(Debug)]
pub struct Outbox {
    file: PathBuf,
}

/// A mail, and the papers that count as sent once it is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingMail {
    pub message: MailMessage,
    pub papers: Vec<SentPaper>,
}

impl Outbox {
    pub fn new(file: PathBuf) -> Self {
        Self { file }
    }

    /// The mail of a run that was broken off. A damaged file has none: it was never sent, since it is
    /// complete before sending begins.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read.
    pub fn read(&self) -> io::Result<Option<PendingMail>> {
        match fs::read(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => Ok(serde_json::from_slice(&read?).ok()),
        }
    }

    /// # Errors
    ///
    /// Returns an error if the file cannot be written.
    pub fn put(&self, mail: &PendingMail) -> io::Result<()> {
        write_private(&self.file, &serde_json::to_string(mail)?)
    }

    /// Removes the mail.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }
}
