//! Definition of the command line with clap.

pub mod digest;
pub mod enrich;
pub mod examples;
pub mod groups;
pub mod inbox_words;
pub mod mode;
pub mod option_order;
pub mod screen;
pub mod subcommands;

use std::path::Path;

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

use crate::text::nearest_word;

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

    /// Print a manual page, shell completions, a commented configuration, or what updates the inbox
    /// every day
    #[arg(long, value_name = "WHAT")]
    pub generate: Option<GeneratedFile>,

    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// The command line as a `clap` command.
pub fn command() -> clap::Command {
    examples::add_to(Args::command())
}

fn after_help() -> String {
    format!("{}\n\n{}", examples::help_text(examples::MAIN), notes())
}

/// Returns the subcommand that a mistyped one was probably meant to be. A word with a separator, a
/// dot or a colon, and the name of a file, is no subcommand.
pub fn nearest_subcommand(word: &str) -> Option<String> {
    if word.contains(['/', '\\', '.', '-', ':']) || Path::new(word).exists() {
        return None;
    }
    let root = command();
    let names = root.get_subcommands().map(clap::Command::get_name);
    nearest_word(word, names.chain(["help"])).filter(|it| *it != word).map(str::to_owned)
}

/// Notes on input, formats and fields.
pub fn notes() -> String {
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

    /// The visible subcommands with their paths.
    fn subcommands(command: &clap::Command, path: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for subcommand in command.get_subcommands() {
            let path = format!("{path}{}", subcommand.get_name());
            let help = subcommand.clone().render_help().to_string();
            all.push((path.clone(), help));
            all.extend(subcommands(subcommand, &format!("{path} ")));
        }
        all
    }

    #[test]
    fn the_help_of_every_subcommand_ends_with_its_examples() {
        let all = subcommands(&command(), "");
        let paths: Vec<&str> = all.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths.len(), examples::SUBCOMMANDS.len(), "{paths:?}");
        for (path, examples) in examples::SUBCOMMANDS {
            let (_, help) = all.iter().find(|(it, _)| it == path).unwrap();
            assert!(help.trim_end().ends_with(examples.last().unwrap().1), "{help}");
            assert!(help.contains("Examples:") && !help.contains("hold"), "{help}");
            assert!(examples.iter().all(|(_, line)| line.contains(&format!("offprint {path}"))));
        }
    }

    #[test]
    fn every_example_is_a_valid_command_line() {
        let groups = examples::SUBCOMMANDS.iter().map(|(_, examples)| *examples);
        for (_, line) in groups.chain([examples::MAIN]).flatten() {
            let line = line.rsplit(" | ").find(|it| it.starts_with("offprint")).unwrap();
            let words = shell_words::split(line).unwrap();
            let words = words.into_iter().take_while(|it| !it.starts_with(['<', '>']));
            let result = command().try_get_matches_from(words);
            assert!(result.is_ok(), "{line}: {}", result.unwrap_err());
        }
    }

    #[test]
    fn a_mistyped_subcommand_has_a_nearest_one() {
        for (word, expected) in [
            ("convrt", Some("convert")),
            ("libary", Some("library")),
            ("hlep", Some("help")),
            ("refs.bib", None),
            ("./convrt", None),
            ("thesis", None),
        ] {
            assert_eq!(nearest_subcommand(word).as_deref(), expected, "{word}");
        }
    }
}
