//! Shell completion: the scripts, and the candidates that they ask the program for.

use std::process::Command;

use crate::support::program::{OFFPRINT, Place, finish};

/// The candidates for the last of these words.
fn candidates(place: &Place, words: &[&str]) -> Vec<String> {
    let arguments = [&["--", "offprint"], words].concat();
    let mut command = place.command(&arguments);
    command.env("OFFPRINT_COMPLETE", "bash").env("_CLAP_IFS", "\n");
    let printed = finish(command.env("_CLAP_COMPLETE_INDEX", words.len().to_string())).printed();
    printed.lines().map(str::to_owned).collect()
}

#[test]
fn files_formats_styles_and_saved_searches_are_completed() {
    let place = Place::new();
    place.file("refs.bib", "");
    place.file("my style.csl", "");
    place.folder("papers");
    let library = place.path("state/library.db");
    place.run(&[
        "--library",
        library.to_str().unwrap(),
        "--keys",
        "/brain<Enter>:save brains<Enter>",
        "--screen",
    ]);
    for (words, expected) in [
        (&["re"][..], &["resolve", "refs.bib", "refs:"][..]),
        (&["pap"], &["papers/"]),
        (&["convert", "re"], &["refs.bib", "refs:"]),
        (&["hf"], &["hf", "hf:"]),
        (&["arxiv:cs.L"], &["arxiv:cs.LG", "arxiv:cs.LO"]),
        (&["fetch", "arxiv:cs.CL+hep-t"], &["arxiv:cs.CL+hep-th"]),
        (&["fetch", "cited"], &["cited-by:"]),
        (&["convert", "--to", "bib"], &["bibtex", "biblatex"]),
        (&["cite", "--in", "r"], &["refs.bib", "refs:"]),
        (&["--from", "ris"], &["ris"]),
        (&["--as=bibte"], &["--as=bibtex"]),
        (&["--style", "iee"], &["ieee"]),
        (&["--style", "my"], &["my style.csl"]),
        (&["--saved", ""], &["brains"]),
        (&["--clipboard", "o"], &["osc52"]),
        (&["library", "ex"], &["export"]),
        (&["hold"], &[]),
    ] {
        let mut found = candidates(&place, words);
        let mut expected = expected.to_vec();
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{words:?}");
    }
    let all = candidates(&place, &["--"]);
    assert!(all.contains(&"--filter".to_owned()) && all.contains(&"--check-config".to_owned()));
}

#[test]
fn no_script_names_an_internal_command() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&["--generate", shell]).printed();
        assert!(script.contains("OFFPRINT_COMPLETE") && !script.contains("hold"), "{script}");
    }
    assert!(candidates(&place, &[""]).iter().all(|it| !it.contains("hold")));
    let ran = finish(place.command(&["--", "x"]).env("OFFPRINT_COMPLETE", "tcsh"));
    assert!(ran.failed().contains("OFFPRINT_COMPLETE: unknown shell \"tcsh\""));
}

/// Runs a script of a shell with the program in the path.
fn run_shell(place: &Place, shell: &str, script: &str) -> String {
    let program = std::path::Path::new(OFFPRINT).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", program.display());
    let mut command = place.within(Command::new(shell), &["-c", script]);
    finish(command.env("PATH", path)).printed()
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_names_with_blanks_and_values_behind_an_equals_sign() {
    let place = Place::new();
    place.file("my papers.bib", "");
    let script = place.file("script", place.run(&["--generate", "bash"]).printed());
    let complete = |words: &str| {
        let text = format!(
            "source {script}; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _offprint; printf '%s|' \"${{COMPREPLY[@]}}\""
        );
        run_shell(&place, "/bin/bash", &text)
    };
    assert_eq!(complete("offprint my"), "my papers.bib|");
    assert_eq!(complete("offprint '\"my'"), "my papers.bib|");
    assert_eq!(complete("offprint --as = bibte"), "bibtex|");
    assert_eq!(complete("offprint --style iee"), "ieee|");
    assert_eq!(complete("offprint arxiv : cs.L"), "cs.LG|cs.LO|");
    assert_eq!(complete("offprint arxiv :").split('|').next(), Some("astro-ph"));
    assert_eq!(complete("offprint nothing-like-it"), "|");
}

#[test]
#[ignore = "needs zsh and fish"]
fn zsh_and_fish_accept_their_scripts_and_complete() {
    let place = Place::new();
    place.file("my papers.bib", "");
    let zsh = place.file("zsh-script", place.run(&["--generate", "zsh"]).printed());
    let text = format!(
        "autoload -U compinit; compinit -u; source {zsh}; whence -w _clap_dynamic_completer_offprint"
    );
    assert!(run_shell(&place, "zsh", &text).ends_with(": function\n"));
    let fish = place.file("fish-script", place.run(&["--generate", "fish"]).printed());
    let text =
        format!("source {fish}; complete -C 'offprint --style iee'; complete -C 'offprint my'");
    let printed = run_shell(&place, "fish", &text);
    assert!(printed.starts_with("ieee\t") && printed.contains("my papers.bib"), "{printed}");
}

#[test]
fn a_mistyped_subcommand_is_told_with_the_nearest() {
    let place = Place::new();
    place.file("refs.bib", "@misc{a, title = {On looms}}");
    for (arguments, nearest) in [
        (&["convrt", "refs.bib", "--to", "ris"][..], "convert"),
        (&["convrt", "refs.bib", "-o", "refs.ris"], "convert"),
        (&["--as", "title", "stats"], "stat"),
        (&["libary", "check"], "library"),
    ] {
        let message = place.run(arguments).failed();
        let hint = format!(": no such file or directory (did you mean `offprint {nearest}`?)\n");
        assert!(message.ends_with(&hint), "{message}");
    }
    // A file of that name is read.
    place.file("convrt", "@misc{a, title = {On looms}}");
    assert_eq!(place.run(&["--as", "title", "convrt"]).printed(), "On looms\n");
    let message = place.run(&["--as", "title", "thesis"]).failed();
    assert!(message.ends_with("thesis: no such file or directory\n"), "{message}");
}
