//! The configuration file: keys, theme, clipboard, copying and layout, in TOML.

pub mod file;
pub mod inbox;
pub mod input_sources;
mod keys;
mod mail;
mod online;
pub mod options;
mod problems;
mod recovery;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use problems::ConfigProblems;

use crate::app::model::columns::ListColumns;
use crate::app::{
    KeyContext, Keymap, LangMap, LayoutMode, LineArt, MouseCapture, Theme, all_actions,
};
use crate::cite::{CiteCommand, OutputFormat, Style, Template};
use crate::digest::MailSettings;
use crate::domain::{KeyPattern, parse_key_pattern};
use crate::shell::clipboard::ClipboardSetting;
use crate::shell::find_style;
use crate::sources::OnlineSettings;
use crate::text::nearest_word;

/// Settings of the configuration file; missing settings have defaults.
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub keymap: Keymap,
    pub input: InputConfig,
    pub screen: ScreenConfig,
    pub clipboard: ClipboardSetting,
    pub copy_format: Option<OutputFormat>,
    pub cite: CiteCommand,
    pub template: Template,
    pub citation_key: KeyPattern,
    pub style: Option<Style>,
    /// Paths of the user's bibliographies.
    pub bibliography: Vec<String>,
    pub cache: CacheSize,
    pub network: NetworkConfig,
}

/// Settings of what goes over the network.
#[derive(Debug, Clone, Default)]
pub struct NetworkConfig {
    pub online: OnlineSettings,
    pub mail: MailSettings,
}

/// Settings of the screen.
#[derive(Debug, Clone, Default)]
pub struct ScreenConfig {
    /// `None` uses the theme chosen last.
    pub theme: Option<Theme>,
    pub layout_mode: Option<LayoutMode>,
    pub line_art: LineArt,
    pub columns: ListColumns,
}

/// Settings of the keyboard and the mouse.
#[derive(Debug, Clone, Default)]
pub struct InputConfig {
    pub lang_map: LangMap,
    /// The time that a lone Esc waits for the rest of a key's sequence.
    pub escape_timeout: Option<Duration>,
    pub mouse: MouseCapture,
}

/// Size limit of the cache of large files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum CacheSize {
    /// The default limit, or no cache.
    Enabled(bool),
    Megabytes(u64),
}

impl Default for CacheSize {
    fn default() -> Self {
        Self::Enabled(true)
    }
}

impl CacheSize {
    /// The limit in bytes; `None` without a cache.
    pub fn max_bytes(self) -> Option<u64> {
        const DEFAULT_MEGABYTES: u64 = 4000;
        let megabytes = match self {
            Self::Enabled(true) => DEFAULT_MEGABYTES,
            Self::Enabled(false) | Self::Megabytes(0) => return None,
            Self::Megabytes(megabytes) => megabytes,
        };
        Some(megabytes.saturating_mul(1_000_000))
    }
}

/// The known settings, for suggestions.
const SETTINGS: [&str; 18] = [
    "theme", "rules", "columns", "mouse", "clipboard", "copy-form", "cite", "template",
    "citation-key", "style", "bibliography", "layout", "cache", "offline", "online", "mail",
    "escape-timeout", "keys",
];

/// Path of the configuration file, if the user has a configuration directory.
pub fn config_path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("offprint").join("config.toml"))
}

impl Config {
    /// Parses a configuration. Each error is reported with its line number, and only its setting
    /// keeps the default.
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let mut problems = ConfigProblems::new(text);
        let config = Self::parse_readable(text, &mut problems);
        (config, problems.into_messages())
    }

    fn parse_readable(text: &str, problems: &mut ConfigProblems<'_>) -> Self {
        let readable = recovery::readable_part(text, problems);
        let (table, _) = DeTable::parse_recoverable(&readable);
        let mut config = Self::default();
        for (key, value) in table.into_inner() {
            let (name, offset) = (key.get_ref().as_ref(), value.span().start);
            if name == "keys" {
                let (keymap, lang_map) = (&mut config.keymap, &mut config.input.lang_map);
                keys::apply_keys(keymap, lang_map, value, problems);
            } else if !SETTINGS.contains(&name) {
                problems.add(key.span().start, describe_unknown_setting(name));
            } else if let Err(reason) = config.apply(name, value) {
                problems.add(offset, reason);
            }
        }
        config
    }

    /// Applies one setting.
    ///
    /// # Errors
    ///
    /// Returns a sentence that names the setting or its value.
    fn apply(&mut self, name: &str, value: Spanned<DeValue<'_>>) -> Result<(), String> {
        match name {
            "theme" => {
                let themes = Theme::ALL.map(|(theme, _)| theme).join(", ");
                self.screen.theme = Some(parse_choice(name, &value, Theme::from_name, &themes)?);
            }
            "rules" => {
                let kinds = LineArt::ALL.map(|(kind, _)| kind).join(", ");
                self.screen.line_art = parse_choice(name, &value, LineArt::from_name, &kinds)?;
            }
            "columns" => {
                let names: Vec<String> = deserialise(name, value, "an array of names")?;
                self.screen.columns = ListColumns::from_names(names.iter().map(String::as_str))?;
            }
            "mouse" => {
                let is_on = deserialise(name, value, "true or false")?;
                self.input.mouse = if is_on { MouseCapture::On } else { MouseCapture::Off };
            }
            "layout" => {
                let layouts = "fitted, list only, side by side, stacked";
                let layout = parse_choice(name, &value, LayoutMode::from_name, layouts)?;
                self.screen.layout_mode = Some(layout);
            }
            "copy-form" => {
                let formats = OutputFormat::ALL.map(OutputFormat::field_name).join(", ");
                self.copy_format = Some(parse_choice(name, &value, OutputFormat::parse, &formats)?);
            }
            "cite" => self.cite = parse_text(name, &value, CiteCommand::parse)?,
            "template" => self.template = parse_text(name, &value, Template::parse)?,
            "citation-key" => self.citation_key = parse_text(name, &value, parse_key_pattern)?,
            "style" => self.style = Some(find_style(string_of(name, &value)?)?),
            "bibliography" => self.bibliography = deserialise(name, value, "an array of strings")?,
            "cache" => {
                self.cache = deserialise(name, value, "true, false or a number of megabytes")?;
            }
            "clipboard" => {
                self.clipboard = ClipboardSetting::deserialize(value.into_deserializer())
                    .map_err(|error| error.message().to_owned())?;
            }
            "offline" => online::apply_offline(&mut self.network.online, value)?,
            "online" => online::apply_online(&mut self.network.online, value)?,
            "mail" => mail::apply_mail(&mut self.network.mail, value)?,
            "escape-timeout" => self.input.escape_timeout = Some(parse_escape_timeout(&value)?),
            _ => return Err(describe_unknown_setting(name)),
        }
        Ok(())
    }
}

/// The text of a setting.
fn string_of<'a>(name: &str, value: &'a Spanned<DeValue<'_>>) -> Result<&'a str, String> {
    value.get_ref().as_str().ok_or_else(|| format!("`{name}` must be a string"))
}

/// Parses one of several names.
fn parse_choice<T>(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    find: fn(&str) -> Option<T>,
    names: &str,
) -> Result<T, String> {
    let text = string_of(name, value)?;
    find(text).ok_or_else(|| format!("`{text}` is not one of {names}"))
}

fn parse_text<T>(
    name: &str,
    value: &Spanned<DeValue<'_>>,
    parse: fn(&str) -> Result<T, String>,
) -> Result<T, String> {
    parse(string_of(name, value)?).map_err(|reason| format!("`{name}`: {reason}"))
}

/// Converts a value that may be other than text. `expected` completes "must be".
fn deserialise<T: DeserializeOwned>(
    name: &str,
    value: Spanned<DeValue<'_>>,
    expected: &str,
) -> Result<T, String> {
    T::deserialize(value.into_deserializer()).map_err(|_| format!("`{name}` must be {expected}"))
}

/// Converts a wait in milliseconds, up to the longest that does not make the Esc key seem broken.
fn parse_escape_timeout(value: &Spanned<DeValue<'_>>) -> Result<Duration, String> {
    const MAX_MILLISECONDS: u64 = 1000;
    let number = value.get_ref().as_integer();
    let number = number.and_then(|it| u64::from_str_radix(it.as_str(), it.radix()).ok());
    number
        .filter(|it| *it <= MAX_MILLISECONDS)
        .map(Duration::from_millis)
        .ok_or_else(|| format!("`escape-timeout` must be 0 to {MAX_MILLISECONDS} milliseconds"))
}

fn describe_unknown_setting(name: &str) -> String {
    match nearest_word(name, SETTINGS) {
        Some(setting) => format!("unknown setting `{name}` (did you mean `{setting}`?)"),
        None => format!("unknown setting `{name}`"),
    }
}

/// A configuration file with every setting and key as a commented default.
pub fn default_config() -> String {
    let mut text = String::from(DEFAULT_CONFIG_HEAD);
    let keymap = Keymap::default();
    for context in KeyContext::ALL {
        let _ = write!(text, "\n[keys.{}]\n", context.name());
        for entry in all_actions() {
            let in_context = entry.keys.iter().filter(|(it, _)| *it == context);
            for sequence in in_context.flat_map(|(_, sequences)| sequences) {
                let _ = writeln!(text, "# {:<12} = \"{}\"", format!("{sequence:?}"), entry.name);
            }
        }
    }
    let unbound = all_actions().filter(|entry| keymap.all_keys_of(entry.action).is_empty());
    let names: Vec<&str> = unbound.map(|entry| entry.name).collect();
    let _ = write!(text, "\n# Actions without a key: {}\n", names.join(", "));
    text
}

const DEFAULT_CONFIG_HEAD: &str = include_str!("default_config.toml");

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::{Action, LeaveAction, Lookup, MenuAction, parse_keys};

    #[test]
    fn the_default_configuration_changes_nothing_even_without_its_comments() {
        let text = default_config();
        let (_, complaints) = Config::parse(&text);
        assert_eq!(complaints, Vec::<String>::new());
        let uncommented: String = text
            .lines()
            .filter_map(|line| {
                let setting = line.strip_prefix("# ").unwrap_or(line);
                let is_setting = setting.contains(" = ") || setting.starts_with('[');
                is_setting.then(|| format!("{setting}\n"))
            })
            .collect();
        let (_, complaints) = Config::parse(&uncommented);
        assert_eq!(complaints, Vec::<String>::new(), "{uncommented}");
    }

    #[test]
    fn each_error_is_reported_with_its_line_and_changes_no_other_setting() {
        let text = "theme = \"pink\"\n\n[keys.list]\nx = \"fly\"\ny = \"help\"\ngz = \"help\"\n";
        let (config, complaints) = Config::parse(text);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].starts_with("line 1: `pink`"), "{complaints:?}");
        assert!(complaints[1].starts_with("line 4: unknown action `fly`"), "{complaints:?}");
        let keys = parse_keys("gz").unwrap();
        assert_eq!(
            config.keymap.lookup(KeyContext::List, &keys),
            Lookup::Action(Action::Show(MenuAction::Help))
        );
    }

    #[test]
    fn a_syntax_error_drops_only_the_setting_of_its_line() {
        let text = "theme =\nlayout = \"stacked\"\ncash = 1\ncopy-form = \"bibtex\n\
            cache = \"big\"\nclipboard = 3\nrules = \"ascii\"\n[keys.list]\ngz = 3\nx = \"quit\"\n";
        let (config, complaints) = Config::parse(text);
        let starts = [
            "line 1: ",
            "line 3: unknown setting `cash` (did you mean `cache`?)",
            "line 4: ",
            "line 5: `cache` must be true, false or a number of megabytes",
            "line 6: `clipboard` must be a name or an array of strings",
            "line 9: `keys.list.gz` must be the name of an action",
        ];
        assert_eq!(complaints.len(), starts.len(), "{complaints:?}");
        for (complaint, start) in complaints.iter().zip(starts) {
            assert!(complaint.starts_with(start), "{complaints:?}");
        }
        assert_eq!(config.screen.layout_mode, Some(LayoutMode::Stacked));
        assert_eq!(config.screen.line_art, LineArt::Ascii);
        let lookup = config.keymap.lookup(KeyContext::List, &parse_keys("x").unwrap());
        assert_eq!(lookup, Lookup::Action(Action::Leave(LeaveAction::Quit)));
    }

    #[test]
    fn an_error_names_the_setting_and_the_closest_known_one() {
        for (text, message) in [
            ("colour = 1\n", "unknown setting `colour`"),
            ("copy_form = 1\n", "unknown setting `copy_form` (did you mean `copy-form`?)"),
            ("theme = 1\n", "`theme` must be a string"),
            ("template = \"{title\"\n", "`template`: unclosed `{`"),
            ("bibliography = \"refs.bib\"\n", "`bibliography` must be an array of strings"),
            ("style = \"pink\"\n", "unknown style \"pink\" (see `:style`, or name a .csl file)"),
            ("keys = 1\n", "`keys` must be a table"),
        ] {
            let (_, complaints) = Config::parse(text);
            assert_eq!(complaints, [format!("line 1: {message}")]);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            let _ = Config::parse(&text);
        }

        #[test]
        fn an_error_on_one_line_leaves_the_setting_on_the_next(line in "[a-q=\"'., 0-9]{0,20}") {
            // Three quotes begin a text of several lines.
            prop_assume!(!["'", "\""].iter().any(|it| line.contains(&it.repeat(3))));
            let (config, _) = Config::parse(&format!("{line}\nrules = \"ascii\"\n"));
            prop_assert_eq!(config.screen.line_art, LineArt::Ascii);
        }
    }

    #[test]
    fn a_language_map_and_a_wait_for_escape_are_set_or_refused_by_name() {
        let (config, complaints) =
            Config::parse("escape-timeout = 250\n[keys]\nlangmap = \"öj\"\n[keys.list]\n");
        assert_eq!(complaints, Vec::<String>::new());
        assert_eq!(config.input.escape_timeout, Some(Duration::from_millis(250)));
        assert_eq!(config.input.lang_map, LangMap::parse("öj").unwrap());
        let wrong = "escape-timeout = 5000\n[keys]\nlangmap = \"klingon\"\nlist = \"j\"\n";
        let (config, complaints) = Config::parse(wrong);
        assert_eq!(config.input.escape_timeout, None);
        assert_eq!(config.input.lang_map, LangMap::default());
        for (complaint, start) in complaints.iter().zip([
            "line 1: `escape-timeout` must be 0 to 1000 milliseconds",
            "line 3: `langmap`: `klingon` is not",
            "line 4: `keys.list` is no setting",
        ]) {
            assert!(complaint.starts_with(start), "{complaint}");
        }
        assert_eq!(complaints.len(), 3);
    }

    #[test]
    fn a_key_made_free_can_begin_another_sequence() {
        let (config, complaints) =
            Config::parse("[keys.browse]\n\"q\" = \"none\"\nqq = \"quit\"\n");
        assert_eq!(complaints, Vec::<String>::new());
        let lookup = |keys| config.keymap.lookup(KeyContext::List, &parse_keys(keys).unwrap());
        assert_eq!(lookup("q"), Lookup::Pending);
        assert_eq!(lookup("qq"), Lookup::Action(Action::Leave(LeaveAction::Quit)));
    }
}
