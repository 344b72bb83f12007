//! Definition of the command line with clap.

pub mod groups;
pub mod mode;
pub mod option_order;
pub mod screen;
pub mod subcommands;

use clap::{CommandFactory, Parser};

use crate::cite::{OutputFormat, Template};
use crate::domain::key_field_names;
use crate::formats::Format;
use groups::{
    ClipboardArgs, ConfigArgs, GeneratedFile, HeadlessArgs, InputArgs, LibraryArgs, LimitArgs,
    PrintArgs,
};
use screen::ScreenArgs;
use subcommands::CliCommand;

/// Browse research papers in the terminal: filter, read, copy citations.
#[derive(Debug, Parser)]
#[command(name = "offprint", version, max_term_width = 100)]
#[command(after_help = after_help())]
pub struct Args {
    #[command(flatten)]
    pub input: InputArgs,

    /// Start with this filter; with --as, print its results
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,

    /// Print matching papers, best first, without a screen; exit code 1 if none match
    #[arg(long, value_name = "QUERY", conflicts_with = "query")]
    pub filter: Option<String>,

    #[command(flatten)]
    pub screen_args: ScreenArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub limit_args: LimitArgs,

    #[command(flatten)]
    pub headless: HeadlessArgs,

    #[command(flatten)]
    pub clipboard_args: ClipboardArgs,

    #[command(flatten)]
    pub library: LibraryArgs,

    #[command(flatten)]
    pub config_args: ConfigArgs,

    /// Print a manual page, shell completions or a commented configuration
    #[arg(long, value_name = "WHAT")]
    pub generate: Option<GeneratedFile>,

    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// The command line as a `clap` command.
pub fn command() -> clap::Command {
    Args::command()
}

fn after_help() -> String {
    let fields = Template::field_names().collect::<Vec<_>>().join(", ");
    let keys = key_field_names().collect::<Vec<_>>().join(", ");
    let formats = Format::ALL.map(Format::name).join(", ");
    let shorter: Vec<String> = OutputFormat::ALIASES
        .iter()
        .map(|(name, format)| format!("{name} = {}", format.field_name()))
        .collect();
    let shorter = shorter.join(", ");
    format!(
        "Without FILE, papers are read from standard input if it contains papers in a known format. \
         The built-in papers are used if standard input is a terminal, /dev/null or closed, or a file \
         that is already being read, such as the list of a shell loop. Any other content is an error. \
         `-` always reads standard input. In the program, ? lists the keys.\n\
         Options may come before or after a subcommand. An option without effect is refused.\n\
         Short names of output formats: {shorter}.\n\
         Input formats: {formats}; also compressed with gzip, zstd, xz or bzip2, and in zip or tar \
         archives.\n\
         Fields of a template: {fields}.\n\
         Fields of a citation key: {keys}.\n\
         Exit codes: 0 success; 1 nothing matched or was picked; 2 failure; 3 with --strict, a record \
         was unreadable."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command().debug_assert();
    }
}
