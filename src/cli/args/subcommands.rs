//! The subcommands and their options.

use std::path::PathBuf;

use clap::Subcommand;

use super::groups::{InputArgs, KeyPatternArgs, LibraryFileArgs, LimitArgs, PrintArgs, ReadArgs};

#[derive(Debug, Clone, Subcommand)]
pub enum CliCommand {
    /// Convert papers to another format
    Convert(ConvertArgs),
    /// Show statistics of files: papers, years, defects and duplicates
    Stat {
        #[command(flatten)]
        input: InputArgs,

        /// Output JSON
        #[arg(long)]
        json: bool,
    },
    /// Print references of papers: by citation key, identifier or full title
    Cite(CiteArgs),
    /// Print the last copied text
    Paste,
    /// Print the basket, in its order
    Basket {
        #[command(flatten)]
        selection: LibraryPapersArgs,
    },
    /// Export, import or check your marks, tags and notes
    Library {
        #[command(subcommand)]
        what: LibrarySubcommand,

        /// Library file to use
        #[arg(long, value_name = "FILE", global = true)]
        library: Option<PathBuf>,
    },
    /// Print every paper that was marked, as JSON Lines unless a form is named
    Marked {
        /// Only what this finds, as in `is:starred tag:thesis`
        #[arg(value_name = "QUERY")]
        query: Option<String>,

        #[command(flatten)]
        selection: LibraryPapersArgs,
    },
    /// Manage the cache of large files
    Cache {
        #[command(subcommand)]
        what: CacheSubcommand,
    },
    /// Hold the clipboard until someone else copies
    #[command(hide = true)]
    HoldClipboard,
}

#[derive(Debug, Clone, clap::Args)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,

    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    pub force: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub struct CiteArgs {
    /// Citation keys, arXiv identifiers, DOIs or full titles; a name of a file is a FILE to look in,
    /// unless --in names one
    #[arg(value_name = "PAPER", required = true)]
    pub papers: Vec<String>,

    /// The files to look in; without one your bibliographies of the configuration, and what is
    /// piped in or the built-in papers
    #[arg(long = "in", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: ReadArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,
}

/// Options of printing papers of the library.
#[derive(Debug, Clone, clap::Args)]
pub struct LibraryPapersArgs {
    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub amount: LimitArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,

    #[command(flatten)]
    pub library: LibraryFileArgs,
}

#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum LibrarySubcommand {
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
    /// Check the library and rebuild its index
    Check {
        /// Put what can be read of a damaged file in its place, and keep that beside it
        #[arg(long)]
        repair: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum CacheSubcommand {
    /// Say what is kept, of which file, and whether that has changed since
    List,
    /// Remove all of it
    Clear,
}
