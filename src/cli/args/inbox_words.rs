//! Reads `offprint inbox NAME` as the address `inbox:NAME`, so that the inbox takes all options that
//! files take.

use std::ffi::OsString;

use clap::Command;

use super::option_order::option_len;

/// Joins the words `inbox` and the name behind it to an address. A line that asks for help is left
/// as it is.
pub fn join_inbox_words(root: &Command, arguments: Vec<OsString>) -> Vec<OsString> {
    let mut at = 1;
    while let Some(len) = arguments.get(at).and_then(|it| option_len(root, it)) {
        at += len;
    }
    let is_help = |it: &OsString| ["--help", "-h"].iter().any(|help| it == help);
    if arguments.get(at).is_none_or(|it| it != "inbox") || arguments.iter().any(is_help) {
        return arguments;
    }
    let name = arguments.get(at + 1).and_then(|it| it.to_str()).filter(|it| !it.starts_with('-'));
    let address = format!("inbox:{}", name.unwrap_or_default());
    let behind = at + 1 + usize::from(name.is_some());
    let tail = arguments.get(behind..).unwrap_or_default();
    [&arguments[..at], &[OsString::from(address)], tail].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_become_an_address_wherever_they_stand() {
        let mut root = crate::cli::args::command();
        root.build();
        for (typed, meant) in [
            ("offprint inbox", "offprint inbox:"),
            ("offprint inbox cs.CL --as title", "offprint inbox:cs.CL --as title"),
            ("offprint --as title inbox --limit 1", "offprint --as title inbox: --limit 1"),
            ("offprint --fresh inbox", "offprint --fresh inbox:"),
            ("offprint inbox --help", "offprint inbox --help"),
            ("offprint help inbox", "offprint help inbox"),
            ("offprint --query inbox", "offprint --query inbox"),
            ("offprint refs.bib inbox", "offprint refs.bib inbox"),
            ("offprint", "offprint"),
        ] {
            let words = typed.split(' ').map(OsString::from).collect();
            let joined = join_inbox_words(&root, words);
            let joined: Vec<_> = joined.iter().map(|it| it.to_string_lossy()).collect();
            assert_eq!(joined.join(" "), meant);
        }
    }
}
