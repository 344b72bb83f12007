//! Examples of the command line, for `--help` and the manual page.

use std::fmt::Write as _;

/// A purpose, and the line that serves it.
pub type Example = (&'static str, &'static str);

/// The examples of the program without a subcommand.
pub const MAIN: &[Example] = &[
    ("Browse the built-in papers", "offprint"),
    ("Browse your own files and folders", "offprint refs.bib papers/"),
    (
        "Print the three best matches as BibTeX",
        "offprint --filter 'brain memory' --as bibtex --limit 3",
    ),
    ("Pick papers and cite them by key", "offprint --pick --as cite refs.bib"),
    ("Start with a saved search", "offprint --saved thesis"),
    (
        "Install completion for bash",
        "offprint --generate bash > ~/.local/share/bash-completion/completions/offprint",
    ),
];

const CONVERT: &[Example] = &[
    ("Convert BibTeX to RIS", "offprint convert refs.bib --to ris -o refs.ris"),
    ("Format all references of a folder", "offprint convert papers/ --style ieee"),
    ("Convert a pipe", "curl -s https://example.org/feed.xml | offprint convert --to jsonl"),
];

const FETCH: &[Example] = &[
    ("Print today's papers of Hugging Face", "offprint fetch hf --as title"),
    ("Print what a paper cites as BibTeX", "offprint fetch refs:2501.02950 --as bibtex"),
    (
        "Print ten papers of a search as JSON Lines",
        "offprint fetch 'arxiv:author:bengio title:consciousness' --limit 10",
    ),
];

const STAT: &[Example] = &[
    ("Count papers, years, defects and duplicates", "offprint stat refs.bib papers/"),
    ("The same for a script", "offprint stat --json refs.bib"),
];

const CITE: &[Example] = &[
    (
        "Print references by citation key and arXiv identifier",
        "offprint cite vaswani2017attention 1810.04805",
    ),
    ("Search one file, and print BibTeX", "offprint cite --in refs.bib --as bibtex knuth1984"),
];

const RESOLVE: &[Example] = &[
    (
        "Find the papers of a list of references",
        "offprint resolve refs.bib papers/ --as bibtex < references.txt > found.bib",
    ),
    (
        "Print their keys, with the list in a file",
        "offprint resolve refs.bib --references draft.txt --as key",
    ),
];

const PASTE: &[Example] = &[
    ("Print the last copy", "offprint paste"),
    ("Append it to a bibliography", "offprint paste >> refs.bib"),
];

const BASKET: &[Example] = &[
    ("Print the basket as a bibliography", "offprint basket --as bibtex > refs.bib"),
    ("Print its references in a style", "offprint basket --style apa"),
];

const LIBRARY: &[Example] = &[
    ("Back up the library", "offprint library export -o backup.jsonl"),
    ("Merge the library of another machine", "offprint library import backup.jsonl"),
    ("Check the library", "offprint library check"),
];

const LIBRARY_EXPORT: &[Example] = &[
    ("Back up the library", "offprint library export -o backup.jsonl"),
    ("Copy it to another machine", "offprint library export | ssh host offprint library import -"),
];

const LIBRARY_IMPORT: &[Example] = &[
    ("Merge the library of another machine", "offprint library import backup.jsonl"),
    ("Import keywords as tags, and annotations as notes", "offprint library import refs.bib"),
];

const LIBRARY_CHECK: &[Example] = &[
    ("Check the library and rebuild its index", "offprint library check"),
    ("Save what can be read of a corrupt library", "offprint library check --repair"),
];

const MARKED: &[Example] = &[
    ("Print all marked papers as JSON Lines", "offprint marked"),
    (
        "Print starred papers with a tag as BibTeX",
        "offprint marked 'is:starred tag:thesis' --as bibtex",
    ),
];

const INBOX: &[Example] = &[
    ("Browse what is new", "offprint inbox"),
    ("Browse what one source has listed", "offprint inbox cs.CL"),
];

const FOLLOW: &[Example] = &[
    ("Follow a category of arXiv for 90 days", "offprint follow arxiv:cs.CL --keep 90d"),
    (
        "Follow an author's papers on a subject in it",
        "offprint follow arxiv:q-bio.NC --as mind --where 'author:irie consciousness'",
    ),
    ("List what is followed", "offprint follow"),
];

const UNFOLLOW: &[Example] = &[("Stop following a source", "offprint unfollow mind")];

const UPDATE: &[Example] = &[
    ("Fetch new papers of all that is followed", "offprint update"),
    ("Fetch those of one source from cron", "offprint update --quiet cs.CL"),
];

const DIGEST: &[Example] = &[
    ("Print what is new", "offprint digest"),
    ("Send it by mail, from cron", "offprint digest --send"),
    ("Write a page of the papers of a file", "offprint digest refs.bib --as html -o page.html"),
];

const ENRICH: &[Example] = &[
    ("Complete a bibliography, paper by paper", "offprint enrich refs.bib -o complete.bib"),
    (
        "Complete it without questions, from a file",
        "offprint enrich refs.bib --with other.bib --in-place --yes",
    ),
];

const ZOTERO: &[Example] = &[
    ("Browse the library of Zotero", "offprint zotero"),
    ("Print a collection as BibTeX", "offprint zotero Thesis/Snow --as bibtex"),
    ("Compare what is read with the database", "offprint zotero --check"),
];

const CACHE: &[Example] = &[
    ("List the entries and their sizes", "offprint cache list"),
    ("Remove all entries", "offprint cache clear"),
];

const CACHE_LIST: &[Example] = &[("List the entries and their sizes", "offprint cache list")];

const CACHE_CLEAR: &[Example] = &[("Remove all entries", "offprint cache clear")];

/// The examples of each subcommand, given by its path.
pub const SUBCOMMANDS: [(&str, &[Example]); 22] = [
    ("convert", CONVERT),
    ("fetch", FETCH),
    ("stat", STAT),
    ("cite", CITE),
    ("resolve", RESOLVE),
    ("paste", PASTE),
    ("basket", BASKET),
    ("library", LIBRARY),
    ("library export", LIBRARY_EXPORT),
    ("library import", LIBRARY_IMPORT),
    ("library check", LIBRARY_CHECK),
    ("marked", MARKED),
    ("inbox", INBOX),
    ("follow", FOLLOW),
    ("unfollow", UNFOLLOW),
    ("update", UPDATE),
    ("digest", DIGEST),
    ("enrich", ENRICH),
    ("zotero", ZOTERO),
    ("cache", CACHE),
    ("cache list", CACHE_LIST),
    ("cache clear", CACHE_CLEAR),
];

/// The examples as a section of `--help`.
pub fn help_text(examples: &[Example]) -> String {
    let mut text = String::from("Examples:");
    for (purpose, line) in examples {
        let _ = write!(text, "\n  {purpose}:\n    {line}");
    }
    text
}

/// Adds the examples to the help of every subcommand, before other text there.
pub fn add_to(command: clap::Command) -> clap::Command {
    SUBCOMMANDS.iter().fold(command, |command, (path, examples)| {
        let names: Vec<&str> = path.split(' ').collect();
        change_subcommand(command, &names, &|subcommand| {
            let after = subcommand.get_after_help().map(|it| format!("{it}\n\n"));
            let text = after.unwrap_or_default() + &help_text(examples);
            subcommand.after_help(text)
        })
    })
}

fn change_subcommand(
    command: clap::Command,
    names: &[&str],
    change: &dyn Fn(clap::Command) -> clap::Command,
) -> clap::Command {
    match names {
        [] => change(command),
        [name, names @ ..] => {
            command.mut_subcommand(name, |it| change_subcommand(it, names, change))
        }
    }
}
