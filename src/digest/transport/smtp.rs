//! Sends a mail to a server over TLS. Neither the mail nor the password goes in clear.

use std::fmt::{self, Debug, Display};
use std::fs;
use std::io;
use std::time::Duration;

use lettre::address::{Address, Envelope};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};

use super::DeliveryError;
use crate::digest::mail::MailMessage;
use crate::digest::mail_settings::{SmtpEncryption, SmtpSettings};
use crate::sources::{io_reason, print_secret};
use crate::text::{display_path, sanitise};

/// The time without an answer after which sending fails.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A server and a login. Nothing is sent until there is a mail.
pub struct SmtpConnection {
    settings: SmtpSettings,
    transport: SmtpTransport,
}

// The transport has the password.
impl Debug for SmtpConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpConnection({})", self.settings.host)
    }
}

impl SmtpConnection {
    /// Reads the certificates and gets the password.
    ///
    /// # Errors
    ///
    /// Returns a sentence if one of them cannot be had.
    pub fn new(settings: SmtpSettings) -> Result<Self, String> {
        let transport = transport(&settings)?;
        Ok(Self { settings, transport })
    }

    /// # Errors
    ///
    /// Returns an error if the server did not take the mail.
    pub fn deliver(&self, message: &MailMessage) -> Result<String, DeliveryError> {
        let address = |it: &String| it.parse::<Address>().map_err(|error| not_sent(it, &error));
        let recipients = message.to.iter().map(address).collect::<Result<Vec<_>, _>>()?;
        let envelope = Envelope::new(Some(address(&message.from)?), recipients)
            .map_err(|it| not_sent("mail", &it))?;
        match self.transport.send_raw(&envelope, message.text.as_bytes()) {
            Ok(response) => {
                let lines: Vec<&str> = response.message().collect();
                let answer = format!("{} {}", response.code(), lines.join(" "));
                Ok(format!("{}: {}", self.settings.host, sanitise(answer.trim())))
            }
            Err(error) => Err(delivery_error(&self.settings, &error)),
        }
    }
}

fn not_sent(subject: &str, reason: &dyn Display) -> DeliveryError {
    DeliveryError::NotSent(format!("{subject}: {reason}"))
}

/// An answer of the server is a refusal. A connection that broke may have broken after the mail was
/// taken.
fn delivery_error(settings: &SmtpSettings, error: &Error) -> DeliveryError {
    let mut reason = error.to_string();
    let mut cause = std::error::Error::source(error);
    let mut is_bad_certificate = false;
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let fault = inner.and_then(|it| it.downcast_ref::<rustls::Error>());
        is_bad_certificate |= matches!(fault, Some(rustls::Error::InvalidCertificate(_)));
        let text = error.to_string();
        if !reason.contains(&text) {
            reason = format!("{reason}: {text}");
        }
        cause = error.source();
    }
    let text = format!("{}: {}", settings.host, sanitise(&reason));
    let is_answer = error.is_permanent() || error.is_transient();
    // A connection that could not be made, or that TLS refused, has carried no mail.
    let is_before_mail = error.is_client()
        || error.is_tls()
        || is_bad_certificate
        || reason.starts_with("Connection error");
    if is_answer || is_before_mail {
        DeliveryError::NotSent(text)
    } else {
        DeliveryError::Unknown(text)
    }
}

fn transport(settings: &SmtpSettings) -> Result<SmtpTransport, String> {
    let mut parameters = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.certificates {
        let name = display_path(file);
        let pem = fs::read(file).map_err(|it| format!("{name}: {}", io_reason(&it)))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|_| format!("{name}: no certificates in PEM"))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters = parameters.build_rustls().map_err(|it| format!("{}: {it}", settings.host))?;
    let tls = match settings.encryption {
        SmtpEncryption::Implicit => Tls::Wrapper(parameters),
        SmtpEncryption::StartTls => Tls::Required(parameters),
    };
    let port = settings.port.unwrap_or_else(|| settings.encryption.default_port());
    let builder = SmtpTransport::builder_dangerous(&settings.host).port(port);
    let mut builder = builder.tls(tls).timeout(Some(TIMEOUT));
    if let Some(user) = &settings.user {
        let failed = |it: &str| format!("the command of `mail.smtp.password` {it}");
        let password = print_secret(&settings.password).map_err(|it| failed(&it))?;
        if password.is_empty() {
            return Err(failed("prints no password"));
        }
        builder = builder.credentials(Credentials::new(user.clone(), password));
    }
    Ok(builder.build())
}
