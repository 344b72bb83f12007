//! What can be typed on the command line, and no more than that.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::cite::{Form, Template, key_fields};
use crate::formats::Format;

/// Browse research papers in the terminal: filter, read, copy citations.
#[derive(Debug, Parser)]
#[command(name = "offprint", version, max_term_width = 100)]
#[command(after_help = after_help())]
pub(super) struct Args {
    #[command(flatten)]
    pub input: Input,

    /// Start with this filter
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,

    /// Print what matches, best first, without a screen; exit code 1 if nothing does
    #[arg(long, value_name = "QUERY", conflicts_with_all = ["query", "pick", "keys"])]
    pub filter: Option<String>,

    /// Choose papers on the screen with Enter and print them
    #[arg(long)]
    pub pick: bool,

    #[command(flatten)]
    pub printing: Printing,

    /// Print no more papers than this
    #[arg(long, value_name = "N", requires = "filter")]
    pub limit: Option<usize>,

    #[command(flatten)]
    pub script: Script,

    #[command(flatten)]
    pub copying: Copying,

    #[command(flatten)]
    pub shelf: Shelf,

    #[command(flatten)]
    pub setup: Setup,

    /// Print a manual page, shell completions or a commented configuration
    #[arg(long, value_name = "WHAT")]
    pub generate: Option<Generated>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The configuration, and what is said instead of it.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct Setup {
    /// What citation keys are made of, as in `{auth:lower}{year}{title:1:lower}`
    #[arg(long, value_name = "PATTERN", global = true)]
    pub key_pattern: Option<String>,

    /// Read this configuration instead of the usual one
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// What was kept.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The library")]
pub(super) struct Shelf {
    /// Start at the top, and not where the last run was
    #[arg(long)]
    pub fresh: bool,

    /// Start with a search that was saved; with a form, print what it finds
    #[arg(long, value_name = "NAME", conflicts_with_all = ["query", "filter"])]
    pub saved: Option<String>,

    /// Keep what you do to papers in this file instead of the usual one
    #[arg(long, value_name = "FILE", global = true)]
    pub library: Option<PathBuf>,
}

/// What is read, and how.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Input {
    /// Files with papers, known by their content, and folders of them; `-` reads standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Read everything in this format, whatever it looks like
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    pub from: Option<String>,

    /// What a field is called in JSON or in the header of a table, as in title=headline
    #[arg(long, value_name = "FIELD=NAME")]
    pub map: Vec<String>,

    /// Without a screen, exit with code 3 if a record could not be read
    #[arg(long)]
    pub strict: bool,
}

/// How papers are printed.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Printing")]
pub(super) struct Printing {
    /// The form in which papers are printed
    #[arg(long = "as", value_name = "FORM", value_parser = PossibleValuesParser::new(Form::ALL.map(Form::name)))]
    pub form: Option<String>,

    /// The style of references: apa, ieee, any other that `:style` lists, or a `.csl` file
    #[arg(long, value_name = "STYLE")]
    pub style: Option<String>,

    /// Print papers as this text, with fields in it, as in `{title} ({year}) {link}`
    #[arg(long, value_name = "TEXT", conflicts_with = "form")]
    pub template: Option<String>,
}

impl Printing {
    /// The form that is asked for by its name, or by a text of one's own.
    pub(super) fn form(&self) -> Option<Form> {
        let meant = self.template.as_ref().map(|_| Form::Template);
        self.form.as_deref().and_then(Form::parse).or(meant)
    }
}

/// The program without a terminal.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Without a terminal")]
pub(super) struct Script {
    /// Press these keys without a terminal, as in `jj/brain<Enter>yb`
    #[arg(long, value_name = "KEYS")]
    pub keys: Option<String>,

    /// The size of the screen that the keys are pressed on
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = size)]
    pub size: (u16, u16),

    /// Print the last screen
    #[arg(long)]
    pub screen: bool,

    /// Print what was copied
    #[arg(long)]
    pub copied: bool,
}

impl Script {
    pub(super) fn is_asked_for(&self) -> bool {
        self.keys.is_some() || self.screen || self.copied
    }
}

/// How copying works.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Copying")]
pub(super) struct Copying {
    /// How to copy: auto, native, osc52, tmux, file or command:PROGRAM ARGUMENTS
    #[arg(long, value_name = "WAY")]
    pub clipboard: Option<String>,

    /// Say how copying works here, try it and ask whether it did
    #[arg(long)]
    pub clipboard_check: bool,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Command {
    /// Write papers out in another form
    Convert {
        #[command(flatten)]
        input: Input,

        /// The form in which they are written
        #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(Form::ALL.map(Form::name)))]
        to: String,

        /// The file to write; without it, standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,

        /// Replace the file if there is one
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Say what is in files: papers, years, defects and duplicates
    Stat {
        #[command(flatten)]
        input: Input,

        /// Say it in JSON
        #[arg(long)]
        json: bool,
    },
    /// Print references of papers: by citation key, identifier or title
    Cite {
        /// Citation keys, arXiv identifiers, DOIs, or words of titles
        #[arg(value_name = "PAPER", required = true)]
        what: Vec<String>,

        /// The files to look in; without one the built-in papers, or what is piped in
        #[arg(long = "in", value_name = "FILE")]
        files: Vec<PathBuf>,

        #[command(flatten)]
        printing: Printing,
    },
    /// Print what was copied last
    Paste,
    /// Print the basket, in its order
    Basket {
        #[command(flatten)]
        printing: Printing,
    },
    /// What you have done to papers: written out, merged, checked
    Library {
        #[command(subcommand)]
        what: LibraryCommand,
    },
    /// Print every paper that was marked, as JSON Lines unless a form is named
    Marked {
        /// Only what this finds, as in `is:starred tag:thesis`
        #[arg(value_name = "QUERY", default_value = "")]
        query: String,

        #[command(flatten)]
        printing: Printing,
    },
    /// What is kept of large files for a quick start
    Cache {
        #[command(subcommand)]
        what: CacheCommand,
    },
    /// Hold the clipboard until someone else copies
    #[command(hide = true)]
    HoldClipboard,
}

#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub(super) enum LibraryCommand {
    /// Write all of it as JSON Lines
    Export {
        /// The file to write; without it, standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,

        /// Replace the file if there is one
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Merge what was exported here or on another machine, in any order, as often as you like; of
    /// a bibliography, its keywords as tags and its annotations as notes
    Import {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// See that it is in order, and derive what does not follow from the log
    Check {
        /// Put what can be read of a damaged file in its place, and keep that beside it
        #[arg(long)]
        repair: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub(super) enum CacheCommand {
    /// Say what is kept, of which file, and whether that has changed since
    List,
    /// Remove all of it
    Clear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Generated {
    Man,
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
    Config,
}

/// The command line as `clap` knows it.
pub fn command() -> clap::Command {
    Args::command()
}

fn after_help() -> String {
    let fields = Template::fields().collect::<Vec<_>>().join(", ");
    let keys = key_fields().collect::<Vec<_>>().join(", ");
    let formats = Format::ALL.map(Format::name).join(", ");
    format!(
        "Without FILE the built-in papers are shown. In the program, ? lists the keys.\n\
         Formats: {formats}; also packed with gzip, zstd, xz or bzip2, and in zip or tar archives.\n\
         Fields of a template: {fields}.\n\
         Fields of a citation key: {keys}.\n\
         Exit codes: 0 done; 1 nothing matched or was chosen; 2 it could not be done; 3 with --strict, \
         a record could not be read."
    )
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some((width.parse::<u16>().ok()?, height.parse::<u16>().ok()?))
    });
    sides
        .filter(|(width, height)| (1..=1000).contains(width) && (1..=1000).contains(height))
        .ok_or_else(|| "a size is written 120x36, each side from 1 to 1000".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn a_size_has_two_sides() {
        assert_eq!(size("120x36"), Ok((120, 36)));
        for wrong in ["120", "0x3", "x", "9999x9", "-1x3"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
