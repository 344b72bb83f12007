//! Groups of options shared by the main command and subcommands.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::cite::OutputFormat;
use crate::formats::Format;

/// Configuration file, and options that override it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub struct ConfigArgs {
    #[command(flatten)]
    pub keys: KeyPatternArgs,

    /// Configuration file to use
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Check the configuration; exit code 2 if it has errors
    #[arg(long)]
    pub check_config: bool,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct KeyPatternArgs {
    /// Pattern of citation keys, as in `{auth:lower}{year}{title:1:lower}`
    #[arg(long, value_name = "PATTERN")]
    pub key_pattern: Option<String>,
}

/// Options of the library.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Library")]
pub struct LibraryArgs {
    /// Start at the top instead of the last position
    #[arg(long)]
    pub fresh: bool,

    /// Start with a saved search; with --as, print its results
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "filter"])]
    pub saved: Option<String>,

    #[command(flatten)]
    pub file: LibraryFileArgs,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct LibraryFileArgs {
    /// Library file to use
    #[arg(long, value_name = "FILE")]
    pub library: Option<PathBuf>,
}

/// Input files and options of reading them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct InputArgs {
    /// Files with papers, folders of them, or addresses such as `hf` and `arxiv:cs.CL`; `-` reads
    /// standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub read_args: ReadArgs,
}

/// Options of reading.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ReadArgs {
    /// Force the input format
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    pub from: Option<String>,

    /// Name of a field in JSON or in a table header, as in title=headline
    #[arg(long, value_name = "FIELD=NAME")]
    pub map: Vec<String>,

    /// Send nothing over the network; show only papers that were fetched before
    #[arg(long)]
    pub offline: bool,

    /// Exit with code 3 if a record is unreadable (without a screen)
    #[arg(long)]
    pub strict: bool,
}

/// Options of printing papers.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Printing")]
pub struct PrintArgs {
    /// Output format
    #[arg(long = "as", visible_alias = "to", value_name = "FORMAT", value_parser = format_values())]
    pub format: Option<String>,

    /// Citation style: apa, ieee, another one listed by `:style`, or a `.csl` file; implies --as
    /// reference
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,

    /// Print papers with a custom template, as in `{title} ({year}) {link}`
    #[arg(long, value_name = "TEXT")]
    pub template: Option<String>,
}

/// Limit of printed papers.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct LimitArgs {
    /// Maximum number of papers to print
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

impl LimitArgs {
    /// The limit, or [`usize::MAX`] without one.
    pub fn max_papers(&self) -> usize {
        self.limit.unwrap_or(usize::MAX)
    }
}

/// Options of running without a terminal.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Without a terminal")]
pub struct HeadlessArgs {
    /// Press these keys without a terminal, as in `jj/brain<Enter>yb`
    #[arg(long, value_name = "KEYS")]
    pub keys: Option<String>,

    /// Size of the screen
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = parse_size)]
    pub size: (u16, u16),

    /// Print the last screen
    #[arg(long)]
    pub screen: bool,

    /// Print the copied texts
    #[arg(long)]
    pub copied: bool,
}

impl HeadlessArgs {
    pub fn is_requested(&self) -> bool {
        self.keys.is_some() || self.screen || self.copied
    }
}

/// Options of copying.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Copying")]
pub struct ClipboardArgs {
    /// Clipboard method: auto, native, osc52, tmux, file or command:PROGRAM ARGUMENTS
    #[arg(long, value_name = "METHOD")]
    pub clipboard: Option<String>,

    /// Test copying in this terminal
    #[arg(long)]
    pub clipboard_check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GeneratedFile {
    Man,
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
    Config,
    /// A systemd service and timer that update the inbox
    Timer,
    /// A line for crontab that updates the inbox
    Cron,
}

/// The names of output formats, with their aliases.
fn format_values() -> PossibleValuesParser {
    let names = OutputFormat::ALL.map(|format| {
        let shorter = OutputFormat::ALIASES.iter().filter(|(_, it)| *it == format);
        PossibleValue::new(format.field_name()).aliases(shorter.map(|(name, _)| *name))
    });
    PossibleValuesParser::new(names)
}

fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some((width.parse::<u16>().ok()?, height.parse::<u16>().ok()?))
    });
    sides
        .filter(|(width, height)| (1..=1000).contains(width) && (1..=1000).contains(height))
        .ok_or_else(|| "expected WIDTHxHEIGHT such as 120x36, each from 1 to 1000".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_two_sides() {
        assert_eq!(parse_size("120x36"), Ok((120, 36)));
        for wrong in ["120", "0x3", "x", "9999x9", "-1x3"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }
}
