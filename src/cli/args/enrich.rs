//! The options of `enrich`.

use std::path::PathBuf;

use super::groups::ReadArgs;

#[derive(Debug, Clone, clap::Args)]
pub struct EnrichArgs {
    /// File with the records to complete
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Output file; BibTeX keeps your entries except for the changed fields
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Overwrite an existing output file
    #[arg(long, requires = "output")]
    pub force: bool,

    /// Change the file itself (BibTeX only)
    #[arg(long)]
    pub in_place: bool,

    /// Do not ask: add what is missing, and replace only by what is better for certain
    #[arg(long)]
    pub yes: bool,

    /// Complete from these files or addresses instead of the services
    #[arg(long, value_name = "SOURCE")]
    pub with: Vec<PathBuf>,

    #[command(flatten)]
    pub read_args: ReadArgs,
}
