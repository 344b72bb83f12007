//! Settings of sending mail: the table `mail`.

use std::path::PathBuf;

use toml::Spanned;
use toml::de::DeValue;

use super::online::table;
use super::{deserialise, parse_choice, string_of};
use crate::digest::{MailRoute, MailSettings, SmtpEncryption, SmtpSettings, is_address};
use crate::shell::expand_home;
use crate::text::nearest_word;

const NAMES: [&str; 5] = ["to", "from", "sendmail", "maildir", "smtp"];
const SMTP_NAMES: [&str; 6] = ["host", "port", "tls", "user", "password", "certificates"];

/// Applies the settings of the table `mail`.
///
/// # Errors
///
/// Returns a sentence that names the first wrong setting. The settings before it are applied.
pub fn apply_mail(settings: &mut MailSettings, value: Spanned<DeValue<'_>>) -> Result<(), String> {
    for (name, value) in table("mail", value)? {
        match name.as_str() {
            "to" => {
                let to: Vec<String> = deserialise("mail.to", value, "an array of addresses")?;
                to.iter().try_for_each(|it| check_address("mail.to", it))?;
                settings.to = to;
            }
            "from" => {
                let from = string_of("mail.from", &value)?;
                check_address("mail.from", from)?;
                settings.from = Some(from.to_owned());
            }
            "sendmail" => {
                let expected = "an array of a program and its arguments";
                let command = deserialise("mail.sendmail", value, expected)?;
                settings.routes.push(MailRoute::Sendmail(command));
            }
            "maildir" => {
                settings.routes.push(MailRoute::Maildir(path_of("mail.maildir", &value)?));
            }
            "smtp" => settings.routes.push(MailRoute::Smtp(smtp_settings(value)?)),
            _ => return Err(unknown("mail", &name, &NAMES)),
        }
    }
    Ok(())
}

fn smtp_settings(value: Spanned<DeValue<'_>>) -> Result<SmtpSettings, String> {
    let mut smtp = SmtpSettings {
        host: String::new(),
        port: None,
        encryption: SmtpEncryption::default(),
        user: None,
        password: Vec::new(),
        certificates: None,
    };
    for (name, value) in table("mail.smtp", value)? {
        match name.as_str() {
            "host" => string_of("mail.smtp.host", &value)?.clone_into(&mut smtp.host),
            "port" => smtp.port = Some(deserialise("mail.smtp.port", value, "1 to 65535")?),
            "tls" => {
                let names = SmtpEncryption::ALL.map(|(name, _)| name).join(", ");
                smtp.encryption =
                    parse_choice("mail.smtp.tls", &value, SmtpEncryption::from_name, &names)?;
            }
            "user" => smtp.user = Some(string_of("mail.smtp.user", &value)?.to_owned()),
            "password" => {
                let expected = "an array of a program that prints it and its arguments";
                smtp.password = deserialise("mail.smtp.password", value, expected)?;
            }
            "certificates" => {
                smtp.certificates = Some(path_of("mail.smtp.certificates", &value)?);
            }
            _ => return Err(unknown("mail.smtp", &name, &SMTP_NAMES)),
        }
    }
    Ok(smtp)
}

fn path_of(name: &str, value: &Spanned<DeValue<'_>>) -> Result<PathBuf, String> {
    Ok(expand_home(string_of(name, value)?))
}

fn check_address(name: &str, text: &str) -> Result<(), String> {
    if is_address(text) { Ok(()) } else { Err(format!("`{name}`: {text:?} is no e-mail address")) }
}

fn unknown(table: &str, name: &str, names: &[&str]) -> String {
    let nearest = nearest_word(name, names.iter().copied());
    let nearest = nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"));
    format!("unknown setting `{table}.{name}`{nearest}")
}

#[cfg(test)]
mod tests {
    use crate::cli::Config;
    use crate::digest::{MailRoute, SmtpEncryption};

    #[test]
    fn mail_is_configured_and_a_wrong_setting_is_named() {
        let text = "[mail]\nto = [\"Ada <a@example.org>\"]\n[mail.smtp]\nhost = \"example.org\"\n\
                    tls = \"starttls\"\nuser = \"ada\"\npassword = [\"pass\", \"mail\"]\n";
        let (config, complaints) = Config::parse(text);
        assert_eq!(complaints, Vec::<String>::new());
        let Ok(MailRoute::Smtp(smtp)) = config.network.mail.route() else { panic!() };
        assert_eq!(
            (smtp.host.as_str(), smtp.encryption),
            ("example.org", SmtpEncryption::StartTls)
        );
        for (text, message) in [
            ("[mail]\nto = [\"a\\nb@c.org\"]\n", "`mail.to`: \"a\\nb@c.org\" is no e-mail address"),
            ("[mail]\ntoo = 1\n", "unknown setting `mail.too` (did you mean `to`?)"),
            ("[mail.smtp]\ntls = \"none\"\n", "`none` is not one of implicit, starttls"),
            ("[mail.smtp]\nport = 0.5\n", "`mail.smtp.port` must be 1 to 65535"),
        ] {
            let (_, complaints) = Config::parse(text);
            assert_eq!(complaints.len(), 1, "{complaints:?}");
            assert!(complaints[0].ends_with(message), "{complaints:?}");
        }
    }
}
