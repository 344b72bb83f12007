//! Settings of sending mail.

use std::path::PathBuf;

use lettre::message::Mailbox;

/// The table `[mail]` of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailSettings {
    /// Addresses, as in `Ada Moss <ada@example.org>`.
    pub to: Vec<String>,
    /// `None` is the first recipient.
    pub from: Option<String>,
    /// The routes that are configured; a valid configuration has one.
    pub routes: Vec<MailRoute>,
}

/// A way in which mail is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// A program and its arguments. It reads the mail from standard input.
    Sendmail(Vec<String>),
    Smtp(SmtpSettings),
    Maildir(PathBuf),
}

/// The server that takes mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    pub host: String,
    /// `None` is 465 for implicit TLS and 587 for STARTTLS.
    pub port: Option<u16>,
    pub encryption: SmtpEncryption,
    pub user: Option<String>,
    /// A program and its arguments. It prints the password.
    pub password: Vec<String>,
    /// A file with certificates, in PEM, that are trusted beside those of the system.
    pub certificates: Option<PathBuf>,
}

/// The point at which TLS begins. Mail is never sent in clear.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SmtpEncryption {
    #[default]
    Implicit,
    StartTls,
}

impl SmtpEncryption {
    pub const ALL: [(&'static str, Self); 2] =
        [("implicit", Self::Implicit), ("starttls", Self::StartTls)];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(it, _)| *it == name).map(|(_, encryption)| encryption)
    }

    pub fn default_port(self) -> u16 {
        match self {
            Self::Implicit => 465,
            Self::StartTls => 587,
        }
    }
}

impl MailSettings {
    /// The route of the mail.
    ///
    /// # Errors
    ///
    /// Returns a sentence if mail cannot be sent with these settings.
    pub fn route(&self) -> Result<&MailRoute, String> {
        let [route] = self.routes.as_slice() else {
            return Err(match self.routes.as_slice() {
                [] => "`[mail]`: no `sendmail`, `smtp` or `maildir` in the configuration",
                _ => "`[mail]`: more than one of `sendmail`, `smtp` and `maildir`",
            }
            .to_owned());
        };
        match route {
            MailRoute::Smtp(smtp) if smtp.host.is_empty() => {
                Err("`mail.smtp.host` is missing in the configuration".to_owned())
            }
            MailRoute::Smtp(smtp) if smtp.user.is_some() == smtp.password.is_empty() => {
                Err("`mail.smtp`: `user` and `password` need each other".to_owned())
            }
            MailRoute::Sendmail(command) if command.is_empty() => {
                Err("`mail.sendmail` must name a program".to_owned())
            }
            MailRoute::Sendmail(_) | MailRoute::Smtp(_) | MailRoute::Maildir(_) => Ok(route),
        }
    }
}

/// Returns true if the text is an e-mail address, with or without a name before it.
pub fn is_address(text: &str) -> bool {
    !text.contains(char::is_control) && text.parse::<Mailbox>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_no_second_line() {
        assert!(is_address("a@example.org") && is_address("Ada Moss <a@example.org>"));
        assert!(!["", "a", "a@b.org\r\nBcc: c@d.org", "a@b.org,"].into_iter().any(is_address));
    }

    #[test]
    fn one_route_is_needed() {
        let mut settings = MailSettings::default();
        assert!(settings.route().is_err());
        settings.routes.push(MailRoute::Maildir("mail".into()));
        assert!(settings.route().is_ok());
        settings.routes.push(MailRoute::Sendmail(vec!["sendmail".to_owned()]));
        assert!(settings.route().is_err());
    }
}
