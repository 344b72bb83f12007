//! The reader's say in how text is copied: `--clipboard WAY` and `clipboard = …` in the configuration.

use std::str::FromStr;

use serde::Deserialize;

use crate::shell::split_command::words;

/// The way that is named, or [`Setting::Auto`] where the surroundings decide.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Written")]
pub enum Setting {
    #[default]
    Auto,
    Native,
    Osc52,
    Tmux,
    File,
    /// A program and its arguments; the text is its standard input. No shell is asked.
    Command(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    #[error(
        "`{0}` is no way to copy: use auto, native, osc52, tmux, file or command:PROGRAM ARGUMENTS"
    )]
    Unknown(String),
    #[error("the clipboard command is empty: name a program, such as command:wl-copy")]
    EmptyCommand,
    #[error("the clipboard command cannot be split: {0}")]
    Command(&'static str),
}

/// The two shapes that the configuration file allows.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Way(String),
    Command(Vec<String>),
}

impl TryFrom<Written> for Setting {
    type Error = SettingError;

    fn try_from(written: Written) -> Result<Self, SettingError> {
        match written {
            Written::Way(way) => way.parse(),
            Written::Command(arguments) => Self::command(arguments),
        }
    }
}

impl FromStr for Setting {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        match text {
            "auto" => Ok(Self::Auto),
            "native" => Ok(Self::Native),
            "osc52" => Ok(Self::Osc52),
            "tmux" => Ok(Self::Tmux),
            "file" => Ok(Self::File),
            _ => match text.strip_prefix("command:") {
                Some(line) => Self::command(words(line).map_err(SettingError::Command)?),
                None => Err(SettingError::Unknown(text.to_owned())),
            },
        }
    }
}

impl Setting {
    fn command(arguments: Vec<String>) -> Result<Self, SettingError> {
        match arguments.first() {
            Some(program) if !program.is_empty() => Ok(Self::Command(arguments)),
            _ => Err(SettingError::EmptyCommand),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct File {
        clipboard: Setting,
    }

    #[test]
    fn every_way_has_a_name() {
        let names = ["auto", "native", "osc52", "tmux", "file"];
        let ways = [Setting::Auto, Setting::Native, Setting::Osc52, Setting::Tmux, Setting::File];
        assert_eq!(names.map(|name| name.parse::<Setting>().unwrap()), ways);
    }

    #[test]
    fn a_command_is_split_as_a_shell_splits_or_given_as_an_array() {
        let quoted: Setting = "command:sh -c 'cat >> \"my copies\"'".parse().unwrap();
        let arguments = ["sh", "-c", "cat >> \"my copies\""].map(str::to_owned);
        assert_eq!(quoted, Setting::Command(arguments.to_vec()));
        assert!("command:sh 'x".parse::<Setting>().unwrap_err().to_string().contains("quote"));
        let typed: Setting = "command:wl-copy  --primary".parse().unwrap();
        assert_eq!(typed, Setting::Command(vec!["wl-copy".into(), "--primary".into()]));
        let file: File = toml::from_str(r#"clipboard = ["my copy", "a b"]"#).unwrap();
        assert_eq!(file.clipboard, Setting::Command(vec!["my copy".into(), "a b".into()]));
        let file: File = toml::from_str(r#"clipboard = "osc52""#).unwrap();
        assert_eq!(file.clipboard, Setting::Osc52);
    }

    #[test]
    fn an_unknown_way_and_an_empty_command_are_refused_by_name() {
        let unknown = "pigeon".parse::<Setting>().unwrap_err().to_string();
        assert!(unknown.starts_with("`pigeon` is no way to copy"), "{unknown}");
        assert_eq!("command: ".parse::<Setting>(), Err(SettingError::EmptyCommand));
        let array = toml::from_str::<File>("clipboard = []").unwrap_err().to_string();
        assert!(array.contains("empty"), "{array}");
    }
}
