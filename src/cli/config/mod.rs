//! The configuration file: keys, theme, clipboard, copying and layout, in TOML.

pub mod input_sources;
mod key_section;
pub mod options;
mod screen;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use key_section::KeySection;
use screen::ScreenConfig;

use crate::app::{KeyContext, Keymap, LangMap, LayoutMode, MouseCapture, Theme, all_actions};
use crate::cite::{CiteCommand, OutputFormat, Template};
use crate::domain::{KeyPattern, parse_key_pattern};
use crate::shell::clipboard::ClipboardSetting;

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
    /// The name of a built-in style, or the path of a `.csl` file.
    pub style: Option<String>,
    /// Paths of the user's bibliographies.
    pub bibliography: Vec<String>,
    pub cache: CacheSize,
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
#[serde(untagged, expecting = "`cache` must be true, false or a number of megabytes")]
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

/// The file as deserialised.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ConfigFile {
    theme: Option<Spanned<String>>,
    #[serde(default)]
    mouse: bool,
    clipboard: Option<ClipboardSetting>,
    #[serde(rename = "copy-form")]
    copy_format: Option<Spanned<String>>,
    cite: Option<Spanned<String>>,
    template: Option<Spanned<String>>,
    citation_key: Option<Spanned<String>>,
    style: Option<String>,
    #[serde(default)]
    bibliography: Vec<String>,
    layout: Option<Spanned<String>>,
    cache: Option<CacheSize>,
    escape_timeout: Option<Spanned<u64>>,
    #[serde(default)]
    keys: BTreeMap<String, Spanned<KeySection>>,
}

/// Path of the configuration file, if the user has a configuration directory.
pub fn config_path() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("offprint").join("config.toml"))
}

impl Config {
    /// Parses a configuration. Each error is reported with its line number and leaves the default
    /// in place.
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let (rest, columns) = screen::take_columns(text);
        let config_file: ConfigFile = match toml::from_str(&rest) {
            Ok(config_file) => config_file,
            Err(error) => return (Self::default(), vec![describe_syntax_error(&error, text)]),
        };
        let mut complaints = Vec::new();
        let mut config = Self {
            clipboard: config_file.clipboard.unwrap_or_default(),
            style: config_file.style,
            bibliography: config_file.bibliography,
            cache: config_file.cache.unwrap_or_default(),
            ..Self::default()
        };
        let cite = parse_setting(&mut complaints, text, config_file.cite, CiteCommand::parse);
        config.cite = cite.unwrap_or_default();
        let template = parse_setting(&mut complaints, text, config_file.template, Template::parse);
        config.template = template.unwrap_or_default();
        let pattern =
            parse_setting(&mut complaints, text, config_file.citation_key, parse_key_pattern);
        config.citation_key = pattern.unwrap_or_default();
        config.input.mouse = if config_file.mouse { MouseCapture::On } else { MouseCapture::Off };
        config.input.escape_timeout = config_file
            .escape_timeout
            .and_then(|timeout| parse_escape_timeout(&mut complaints, text, &timeout));
        let mut named = |name: Option<Spanned<String>>, setting, names: String| {
            parse_choice(&mut complaints, text, name, setting, &names)
        };
        let themes = Theme::ALL.map(|(name, _)| name).join(", ");
        if let Some(theme) = named(config_file.theme, Theme::from_name as fn(&str) -> _, themes) {
            config.screen.theme = Some(theme);
        }
        let formats = OutputFormat::ALL.map(OutputFormat::field_name).join(", ");
        config.copy_format = parse_choice(
            &mut complaints,
            text,
            config_file.copy_format,
            OutputFormat::parse,
            &formats,
        );
        let layouts = "fitted, list only, side by side, stacked";
        config.screen.layout_mode =
            parse_choice(&mut complaints, text, config_file.layout, LayoutMode::from_name, layouts);
        config.screen.columns = screen::parse_columns(&mut complaints, text, columns);
        apply_keys(&mut config, config_file.keys, text, &mut complaints);
        (config, complaints)
    }
}

/// Parses one of several names. Reports an unknown name with the valid ones.
fn parse_choice<T>(
    complaints: &mut Vec<String>,
    text: &str,
    name: Option<Spanned<String>>,
    find: fn(&str) -> Option<T>,
    names: &str,
) -> Option<T> {
    let name = name?;
    let choice = find(name.get_ref());
    if choice.is_none() {
        let line = line_at(text, name.span().start);
        complaints.push(format!("line {line}: `{}` is not one of {names}", name.get_ref()));
    }
    choice
}

/// Parses a setting. Reports an invalid one with its line.
fn parse_setting<T>(
    complaints: &mut Vec<String>,
    text: &str,
    setting: Option<Spanned<String>>,
    parse: fn(&str) -> Result<T, String>,
) -> Option<T> {
    let setting = setting?;
    match parse(setting.get_ref()) {
        Ok(parsed) => Some(parsed),
        Err(reason) => {
            complaints.push(format!("line {}: {reason}", line_at(text, setting.span().start)));
            None
        }
    }
}

/// Converts a wait in milliseconds. Reports one that would make the Esc key seem broken.
fn parse_escape_timeout(
    complaints: &mut Vec<String>,
    text: &str,
    setting: &Spanned<u64>,
) -> Option<Duration> {
    const MAX_MILLISECONDS: u64 = 1000;
    if *setting.get_ref() <= MAX_MILLISECONDS {
        return Some(Duration::from_millis(*setting.get_ref()));
    }
    let line = line_at(text, setting.span().start);
    complaints.push(format!(
        "line {line}: `escape-timeout` must be at most {MAX_MILLISECONDS} milliseconds"
    ));
    None
}

/// Applies the table `keys`: bindings by context, and the language map.
fn apply_keys(
    config: &mut Config,
    sections: BTreeMap<String, Spanned<KeySection>>,
    text: &str,
    complaints: &mut Vec<String>,
) {
    let mut bindings = BTreeMap::new();
    for (name, section) in sections {
        let line = line_at(text, section.span().start);
        match section.into_inner() {
            KeySection::Bindings(keys) => _ = bindings.insert(name, keys),
            KeySection::Text(layouts) if name == "langmap" => match LangMap::parse(&layouts) {
                Ok(lang_map) => config.input.lang_map = lang_map,
                Err(reason) => complaints.push(format!("line {line}: {reason}")),
            },
            KeySection::Text(_) => complaints.push(format!(
                "line {line}: `keys.{name}` is no setting: use `langmap`, or a table of keys"
            )),
        }
    }
    bind_keys(&mut config.keymap, &bindings, text, complaints);
}

/// Unbinds keys first, so that they can be bound again.
fn bind_keys(
    keymap: &mut Keymap,
    keys: &BTreeMap<String, BTreeMap<String, Spanned<String>>>,
    text: &str,
    complaints: &mut Vec<String>,
) {
    let bindings = keys.iter().flat_map(|(context, bindings)| {
        bindings.iter().map(move |(sequence, action)| (context, sequence, action))
    });
    let (unbinding, binding): (Vec<_>, Vec<_>) =
        bindings.partition(|(_, _, action)| action.get_ref() == "none");
    for (context, sequence, action) in unbinding.into_iter().chain(binding) {
        if let Err(error) = keymap.bind(context, sequence, action.get_ref()) {
            let line = line_at(text, action.span().start);
            complaints.push(format!("line {line}: {error}"));
        }
    }
}

fn describe_syntax_error(error: &toml::de::Error, text: &str) -> String {
    let line = error.span().map_or(1, |span| line_at(text, span.start));
    let message = error.message().replace('\n', " ");
    let message = describe_unknown_setting(&message).unwrap_or(message);
    format!("line {line}: {message}; using defaults")
}

/// Rewrites serde's message of an unknown field: names the setting, and the closest known one.
fn describe_unknown_setting(message: &str) -> Option<String> {
    const MAX_DISTANCE: usize = 2;
    let (name, known_names) = message.strip_prefix("unknown field `")?.split_once('`')?;
    let settings = known_names.split('`').skip(1).step_by(2);
    let closest = settings.map(|it| (edit_distance(name, it), it)).min();
    Some(match closest.filter(|(distance, _)| *distance <= MAX_DISTANCE) {
        Some((_, it)) => format!("unknown setting `{name}` (did you mean `{it}`?)"),
        None => format!("unknown setting `{name}`"),
    })
}

/// Levenshtein distance in characters.
fn edit_distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, other) in to.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
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
    fn what_is_wrong_is_named_with_its_line_and_the_defaults_stand() {
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
    fn a_syntax_error_and_an_unknown_setting_are_named_with_their_line() {
        for (text, line) in [("theme =\n", "line 1"), ("\ncolour = 1\n", "line 2")] {
            let (_, complaints) = Config::parse(text);
            assert!(complaints[0].starts_with(line), "{complaints:?}");
        }
    }

    #[test]
    fn an_error_names_the_setting_and_the_closest_known_one() {
        for (text, message) in [
            ("cash = 1\n", "unknown setting `cash` (did you mean `cache`?)"),
            ("colour = 1\n", "unknown setting `colour`"),
            ("cache = \"big\"\n", "`cache` must be true, false or a number of megabytes"),
            ("clipboard = 3\n", "`clipboard` must be a name or an array of strings"),
        ] {
            let (_, complaints) = Config::parse(text);
            assert_eq!(complaints, [format!("line 1: {message}; using defaults")]);
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
            "line 1: `escape-timeout` must be at most 1000 milliseconds",
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
