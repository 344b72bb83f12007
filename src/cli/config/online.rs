//! Settings of what goes over the network: `offline`, and the table `online`.

use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{deserialise, string_of};
use crate::sources::{ApiKey, Host, NetworkAccess, OnlineSettings};
use crate::text::nearest_word;

/// The names of settings in the table `online`.
const NAMES: [&str; 4] = ["contact", "timeout", "urls", "keys"];

/// Sets whether the network may be used.
pub fn apply_offline(
    settings: &mut OnlineSettings,
    value: Spanned<DeValue<'_>>,
) -> Result<(), String> {
    let is_offline = deserialise("offline", value, "true or false")?;
    settings.access = if is_offline { NetworkAccess::Offline } else { NetworkAccess::Allowed };
    Ok(())
}

/// Applies the settings of the table `online`.
///
/// # Errors
///
/// Returns a sentence that names the first wrong setting. The settings before it are applied.
pub fn apply_online(
    settings: &mut OnlineSettings,
    value: Spanned<DeValue<'_>>,
) -> Result<(), String> {
    for (name, value) in table("online", value)? {
        match name.as_str() {
            "contact" => {
                let contact = string_of("contact", &value)?;
                if !contact.contains('@') || contact.contains(char::is_control) {
                    return Err("`online.contact` must be an e-mail address".to_owned());
                }
                settings.contact = Some(contact.to_owned());
            }
            "timeout" => {
                let expected = "a number of seconds above 0";
                let seconds: u32 = deserialise("online.timeout", value, expected)?;
                if seconds == 0 {
                    return Err(format!("`online.timeout` must be {expected}"));
                }
                settings.timeout = Some(Duration::from_secs(seconds.into()));
            }
            "urls" => {
                for (name, value) in table("online.urls", value)? {
                    let url = string_of(&name, &value)?.to_owned();
                    settings.base_urls.push((host("online.urls", &name)?, url));
                }
            }
            "keys" => {
                for (name, value) in table("online.keys", value)? {
                    let expected = "an array of strings: a command that prints the key";
                    let command: Vec<String> = deserialise(&name, value, expected)?;
                    let key = ApiKey::Command(command);
                    settings.keys.push((host("online.keys", &name)?, key));
                }
            }
            _ => {
                let nearest = nearest_word(&name, NAMES);
                let nearest =
                    nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"));
                return Err(format!("unknown setting `online.{name}`{nearest}"));
            }
        }
    }
    Ok(())
}

/// Adds the keys that the environment has, as in `OFFPRINT_SEMANTIC_SCHOLAR_KEY`. They take
/// precedence over those of the configuration.
pub fn add_keys_of_environment(settings: &mut OnlineSettings) {
    for host in Host::ALL {
        let name = host.name().replace('-', "_").to_ascii_uppercase();
        let value = std::env::var(format!("OFFPRINT_{name}_KEY")).unwrap_or_default();
        // Some services refuse a blank key.
        if !value.trim().is_empty() {
            settings.keys.insert(0, (host, ApiKey::Value(value.trim().to_owned())));
        }
    }
}

/// The settings of a table, in order.
///
/// # Errors
///
/// Returns a sentence that names the setting if it is no table.
pub fn table<'a>(
    name: &str,
    value: Spanned<DeValue<'a>>,
) -> Result<Vec<(String, Spanned<DeValue<'a>>)>, String> {
    let DeValue::Table(table) = value.into_inner() else {
        return Err(format!("`{name}` must be a table"));
    };
    let table: DeTable<'a> = table;
    Ok(table.into_iter().map(|(key, value)| (key.into_inner().into_owned(), value)).collect())
}

fn host(table: &str, name: &str) -> Result<Host, String> {
    let hosts = Host::ALL.into_iter().filter(|it| *it != Host::Web);
    let names = hosts.clone().map(Host::name);
    hosts.clone().find(|it| it.name() == name).ok_or_else(|| {
        let nearest = nearest_word(name, names);
        let nearest = nearest.map_or_else(String::new, |it| format!(" (did you mean `{it}`?)"));
        format!("`{table}.{name}` is no service{nearest}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Config;

    #[test]
    fn the_network_is_configured_or_refused_by_name() {
        let text = "offline = true\n[online]\ncontact = \"me@example.org\"\ntimeout = 5\n[online.urls]\n\
                    dblp = \"http://127.0.0.1:1\"\n[online.keys]\nopenalex = [\"pass\", \"oa\"]\n";
        let (config, complaints) = Config::parse(text);
        assert_eq!(complaints, Vec::<String>::new());
        let online = config.network.online;
        assert_eq!(online.access, NetworkAccess::Offline);
        assert_eq!(online.contact.as_deref(), Some("me@example.org"));
        assert_eq!(online.read_timeout(), Duration::from_secs(5));
        assert_eq!(online.base_url(Host::Dblp), "http://127.0.0.1:1");
        for (text, message) in [
            (
                "[online]\ntimeout = 0\n",
                "line 1: `online.timeout` must be a number of seconds above 0",
            ),
            ("offline = 1\n", "line 1: `offline` must be true or false"),
            ("[online]\ncontact = \"me\"\n", "line 1: `online.contact` must be an e-mail address"),
            (
                "[online]\ncontakt = 1\n",
                "line 1: unknown setting `online.contakt` (did you mean `contact`?)",
            ),
            (
                "[online.urls]\ndblb = \"x\"\n",
                "line 1: `online.urls.dblb` is no service (did you mean `dblp`?)",
            ),
        ] {
            let (_, complaints) = Config::parse(text);
            assert_eq!(complaints, [message], "{text}");
        }
    }
}
