//! Delivers a mail: to a server, a program or a folder.

mod maildir;
mod sendmail;
mod smtp;

use std::path::PathBuf;

use super::mail::MailMessage;
use super::mail_settings::MailRoute;
use smtp::SmtpConnection;

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

/// A route that is checked as far as that is possible without sending anything.
#[derive(Debug)]
pub enum PreparedRoute {
    Sendmail(Vec<String>),
    Smtp(Box<SmtpConnection>),
    Maildir(PathBuf),
}

impl PreparedRoute {
    /// Looks for the program or the folder, or gets the password.
    ///
    /// # Errors
    ///
    /// Returns a sentence if mail cannot be sent on this route.
    pub fn new(route: MailRoute) -> Result<Self, String> {
        match route {
            MailRoute::Smtp(settings) => {
                SmtpConnection::new(settings).map(|it| Self::Smtp(Box::new(it)))
            }
            MailRoute::Sendmail(command) => match sendmail::program_problem(&command) {
                Some(problem) => Err(problem),
                None => Ok(Self::Sendmail(command)),
            },
            MailRoute::Maildir(folder) => match maildir::maildir_problem(&folder) {
                Some(problem) => Err(problem),
                None => Ok(Self::Maildir(folder)),
            },
        }
    }

    /// Delivers a mail, and returns the answer.
    ///
    /// # Errors
    ///
    /// Returns an error if it was not taken.
    pub fn deliver(&self, message: &MailMessage) -> Result<String, DeliveryError> {
        match self {
            Self::Smtp(connection) => connection.deliver(message),
            Self::Sendmail(command) => sendmail::deliver(message, command),
            Self::Maildir(folder) => maildir::deliver(message, folder),
        }
    }
}
