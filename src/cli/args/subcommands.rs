//! The subcommands and their options.

use std::path::PathBuf;

use clap::Subcommand;

use super::digest::DigestArgs;
use super::enrich::EnrichArgs;
use super::groups::{InputArgs, KeyPatternArgs, LibraryFileArgs, LimitArgs, PrintArgs, ReadArgs};

#[derive(Debug, Clone, Subcommand)]
pub enum CliCommand {
    /// Convert papers to another format
    Convert(ConvertArgs),
    /// Print what a source on the network has, as JSON Lines by default
    Fetch(FetchArgs),
    /// Show statistics of files: papers, years, defects and duplicates
    Stat {
        #[command(flatten)]
        input: InputArgs,

        /// Output JSON
        #[arg(long)]
        json: bool,
    },
    /// Print references of papers named by citation key, identifier or full title
    Cite(CiteArgs),
    /// Find the paper of each reference in a list; exit code 1 if any is missing
    #[command(after_help = RESOLVE_HELP)]
    Resolve(ResolveArgs),
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
        command: LibrarySubcommand,

        /// Library file to use
        #[arg(long, value_name = "FILE", global = true)]
        library: Option<PathBuf>,
    },
    /// Print marked papers, as JSON Lines by default
    Marked {
        /// Only papers that match this filter, as in `is:starred tag:thesis`
        #[arg(value_name = "QUERY")]
        query: Option<String>,

        #[command(flatten)]
        selection: LibraryPapersArgs,
    },
    /// Open the inbox: the papers of all that is followed, the newest day first; with the options of
    /// browsing and printing files
    Inbox {
        /// Only what this followed source has listed
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Follow a list, search, page or feed; without ADDRESS, list what is followed
    Follow(FollowArgs),
    /// Stop following a source; the papers that it has listed are kept
    Unfollow {
        /// Name of the source, as listed by `offprint follow`
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Fetch new papers of all that is followed; exit code 1 if there are none
    Update {
        /// Only these followed sources
        #[arg(value_name = "NAME")]
        names: Vec<String>,

        /// Print only errors
        #[arg(long, short)]
        quiet: bool,
    },
    /// Print or send what is new since the last digest; exit code 1 if nothing is
    Digest(DigestArgs),
    /// Complete records: identifiers, authors, abstract, venue, the published version of a preprint
    Enrich(EnrichArgs),
    /// Browse the library of Zotero, also while Zotero runs, or check how it is read
    Zotero(ZoteroArgs),
    /// Manage the cache of large files
    Cache {
        #[command(subcommand)]
        command: CacheSubcommand,
    },
}

#[derive(Debug, Clone, clap::Args)]
pub struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,

    /// Output file [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Overwrite an existing file
    #[arg(long, requires = "output")]
    pub force: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub struct FetchArgs {
    /// Addresses such as `hf`, `arxiv:cs.CL`, `s2:consciousness`, `refs:2501.02950` and DOIs
    #[arg(value_name = "ADDRESS", required = true)]
    pub addresses: Vec<PathBuf>,

    #[command(flatten)]
    pub read_args: ReadArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub amount: LimitArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,

    /// Ask again for what was fetched before
    #[arg(long)]
    pub refresh: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub struct CiteArgs {
    /// Citation keys, arXiv identifiers, DOIs or full titles; without --in, existing files among
    /// them are searched
    #[arg(value_name = "PAPER", required = true)]
    pub papers: Vec<String>,

    /// Files to search [default: your bibliographies from the configuration, and piped or
    /// built-in papers]
    #[arg(long = "in", value_name = "FILE")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub read_args: ReadArgs,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub keys: KeyPatternArgs,
}

#[derive(Debug, Clone, clap::Args)]
pub struct FollowArgs {
    /// Address, as in `arxiv:cs.CL`, `hf`, `s2:consciousness` or `https://example.org/feed.xml`
    #[arg(value_name = "ADDRESS")]
    pub address: Vec<String>,

    /// Name of the source [default: follows from the address]
    #[arg(long = "as", value_name = "NAME", requires = "address")]
    pub name: Option<String>,

    /// Keep only papers that match this filter
    #[arg(long = "where", value_name = "FILTER", requires = "address")]
    pub filter: Option<String>,

    /// Drop unmarked papers after this time, as in 90d, 12w, 6m or 1y [default: never]
    #[arg(long, value_name = "TIME", requires = "address")]
    pub keep: Option<String>,
}

#[derive(Debug, Clone, clap::Args)]
pub struct ZoteroArgs {
    /// Collection or group, by name or path as in `Thesis/Snow` [default: all]
    #[arg(value_name = "COLLECTION")]
    pub collection: Option<String>,

    /// Compare the items in the database with those that are read; exit code 1 if any is missing
    #[arg(long)]
    pub check: bool,

    /// Start with this filter; with --as, print its results
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,

    /// Print matching papers, best first, without a screen; exit code 1 if none match
    #[arg(long, value_name = "QUERY", conflicts_with = "query")]
    pub filter: Option<String>,

    #[command(flatten)]
    pub printing: PrintArgs,

    #[command(flatten)]
    pub amount: LimitArgs,
}

/// Help of `resolve`.
const RESOLVE_HELP: &str = "\
A reference is a line, a numbered or bulleted item, a paragraph, or a record of BibTeX, RIS and other \
formats. It is found by identifier, address, citation key, title, or authors and year. A missing one \
is reported on standard error.";

#[derive(Debug, Clone, clap::Args)]
pub struct ResolveArgs {
    /// Files to search [default: your bibliographies from the configuration, and the built-in
    /// papers]
    #[arg(value_name = "PAPERS")]
    pub files: Vec<PathBuf>,

    /// File with the references [default: standard input]
    #[arg(long, value_name = "FILE")]
    pub references: Option<PathBuf>,

    #[command(flatten)]
    pub read_args: ReadArgs,

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
    /// Export the library as JSON Lines
    Export {
        /// Output file [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,

        /// Overwrite an existing file
        #[arg(long, requires = "output")]
        force: bool,
    },
    /// Merge exported libraries, in any order and repeatedly; of a bibliography, import keywords as
    /// tags and annotations as notes
    Import {
        /// Exported libraries, or bibliographies; `-` reads an exported library
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Check the library and rebuild its index
    Check {
        /// Replace a corrupt library by its readable part, and keep the corrupt file beside it
        #[arg(long)]
        repair: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum CacheSubcommand {
    /// List cache entries, their files and changes of the files, and the replies of services
    List,
    /// Remove all cache entries
    Clear,
}
