//! The options of `offprint digest`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::groups::{LibraryFileArgs, ReadArgs};

/// Output forms of a digest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DigestForm {
    #[default]
    Text,
    Markdown,
    /// A page of its own
    Html,
    /// A mail, for `sendmail -t -i`
    Eml,
    /// An Atom feed
    Atom,
    /// JSON Lines
    Jsonl,
}

#[derive(Debug, Clone, clap::Args)]
pub struct DigestArgs {
    /// Followed sources by name, addresses or files [default: the inbox, after an update]
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<PathBuf>,

    /// Only papers of a saved search
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,

    /// Only papers that match this filter
    #[arg(long = "where", value_name = "FILTER")]
    pub filter: Option<String>,

    /// Output form
    #[arg(long = "as", value_name = "FORM", default_value = "text")]
    pub form: DigestForm,

    /// Maximum number of papers; the others come in the next digest
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = parse_limit)]
    pub limit: usize,

    /// Only papers listed since a day, as in 2026-11-28, or in a time, as in 7d or 2w
    #[arg(long, value_name = "DAY")]
    pub since: Option<String>,

    /// Recipient [default: `to` in `[mail]` of the configuration]
    #[arg(long, value_name = "ADDRESS")]
    pub to: Vec<String>,

    /// Send a test mail and print the answer
    #[arg(long, conflicts_with_all = ["send", "sources"])]
    pub check: bool,

    #[command(flatten)]
    pub file: DigestFileArgs,

    #[command(flatten)]
    pub delivery: DeliveryArgs,

    #[command(flatten)]
    pub read_args: ReadArgs,

    #[command(flatten)]
    pub library: LibraryFileArgs,
}

/// Options of what becomes of the digest.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Delivery")]
pub struct DeliveryArgs {
    /// Send it by mail as `[mail]` in the configuration says; its papers then count as sent
    #[arg(long, conflicts_with_all = ["form", "output", "mark_sent"])]
    pub send: bool,

    /// Print what would be sent, and send nothing
    #[arg(long, conflicts_with_all = ["mark_sent", "check"])]
    pub dry_run: bool,

    /// Count the printed papers as sent, for `--as eml | sendmail -t -i`
    #[arg(long)]
    pub mark_sent: bool,
}

/// Options of the file that is written.
#[derive(Debug, Clone, clap::Args)]
pub struct DigestFileArgs {
    /// Output file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Overwrite an existing file
    #[arg(long, requires = "output")]
    pub force: bool,
}

fn parse_limit(text: &str) -> Result<usize, String> {
    let limit = text.parse::<usize>().ok().filter(|it| *it > 0);
    limit.ok_or_else(|| "must be a number above 0".to_owned())
}
