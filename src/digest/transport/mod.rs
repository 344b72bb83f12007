//! Delivers a mail: to a server, a program or a folder.

mod maildir;
mod sendmail;
mod smtp;

use super::mail::MailMessage;
use super::mail_settings::MailRoute;

pub use maildir::maildir_problem;

/// The reason why a mail was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The mail was refused, or nothing of it was sent.
    #[error("{0}")]
    NotSent(String),
    /// The connection broke while the mail was being sent, so that it may have been taken.
    #[error("{0} (it may have been taken: the next run sends it again with the same Message-ID)")]
    Unknown(String),
}

/// Delivers a mail, and returns the answer.
///
/// # Errors
///
/// Returns an error if it was not taken.
pub fn deliver(message: &MailMessage, route: &MailRoute) -> Result<String, DeliveryError> {
    match route {
        MailRoute::Smtp(settings) => smtp::deliver(message, settings),
        MailRoute::Sendmail(command) => sendmail::deliver(message, command),
        MailRoute::Maildir(folder) => maildir::deliver(message, folder),
    }
}
