//! The clipboard setting: `--clipboard WAY`, and `clipboard = …` in the configuration file.

use std::str::FromStr;

use serde::Deserialize;

use crate::shell::split_command::split_command;

/// The configured route, or [`ClipboardSetting::Auto`] to choose one by the environment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "SettingFile")]
pub enum ClipboardSetting {
    #[default]
    Auto,
    Native,
    Osc52,
    Tmux,
    File,
    /// A program and its arguments; the text is its standard input. It runs without a shell.
    Command(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    #[error(
        "unknown clipboard method `{0}`: use auto, native, osc52, tmux, file or command:PROGRAM ARGUMENTS"
    )]
    Unknown(String),
    #[error("empty clipboard command: name a program, such as command:wl-copy")]
    EmptyCommand,
    #[error("invalid clipboard command: {0}")]
    Command(&'static str),
}

/// The two forms that the configuration file allows.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`clipboard` must be a name or an array of strings")]
enum SettingFile {
    Name(String),
    Command(Vec<String>),
}

impl TryFrom<SettingFile> for ClipboardSetting {
    type Error = SettingError;

    fn try_from(setting_file: SettingFile) -> Result<Self, SettingError> {
        match setting_file {
            SettingFile::Name(name) => name.parse(),
            SettingFile::Command(arguments) => Self::from_command(arguments),
        }
    }
}

impl FromStr for ClipboardSetting {
    type Err = SettingError;

    fn from_str(text: &str) -> Result<Self, SettingError> {
        match text {
            "auto" => Ok(Self::Auto),
            "native" => Ok(Self::Native),
            "osc52" => Ok(Self::Osc52),
            "tmux" => Ok(Self::Tmux),
            "file" => Ok(Self::File),
            _ => match text.strip_prefix("command:") {
                Some(line) => {
                    Self::from_command(split_command(line).map_err(SettingError::Command)?)
                }
                None => Err(SettingError::Unknown(text.to_owned())),
            },
        }
    }
}

impl ClipboardSetting {
    fn from_command(arguments: Vec<String>) -> Result<Self, SettingError> {
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
        clipboard: ClipboardSetting,
    }

    #[test]
    fn every_way_has_a_name() {
        let names = ["auto", "native", "osc52", "tmux", "file"];
        let settings = [
            ClipboardSetting::Auto,
            ClipboardSetting::Native,
            ClipboardSetting::Osc52,
            ClipboardSetting::Tmux,
            ClipboardSetting::File,
        ];
        assert_eq!(names.map(|name| name.parse::<ClipboardSetting>().unwrap()), settings);
    }

    #[test]
    fn a_command_is_split_as_a_shell_splits_or_given_as_an_array() {
        let quoted: ClipboardSetting = "command:sh -c 'cat >> \"my copies\"'".parse().unwrap();
        let arguments = ["sh", "-c", "cat >> \"my copies\""].map(str::to_owned);
        assert_eq!(quoted, ClipboardSetting::Command(arguments.to_vec()));
        assert!(
            "command:sh 'x".parse::<ClipboardSetting>().unwrap_err().to_string().contains("quote")
        );
        let typed: ClipboardSetting = "command:wl-copy  --primary".parse().unwrap();
        assert_eq!(typed, ClipboardSetting::Command(vec!["wl-copy".into(), "--primary".into()]));
        let file: File = toml::from_str(r#"clipboard = ["my copy", "a b"]"#).unwrap();
        assert_eq!(file.clipboard, ClipboardSetting::Command(vec!["my copy".into(), "a b".into()]));
        let file: File = toml::from_str(r#"clipboard = "osc52""#).unwrap();
        assert_eq!(file.clipboard, ClipboardSetting::Osc52);
    }

    #[test]
    fn an_unknown_way_and_an_empty_command_are_refused_by_name() {
        let message = "pigeon".parse::<ClipboardSetting>().unwrap_err().to_string();
        assert!(message.starts_with("unknown clipboard method `pigeon`"), "{message}");
        assert_eq!("command: ".parse::<ClipboardSetting>(), Err(SettingError::EmptyCommand));
        let array = toml::from_str::<File>("clipboard = []").unwrap_err().to_string();
        assert!(array.contains("empty"), "{array}");
    }
}
