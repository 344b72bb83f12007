//! The built binary without a screen: output, errors and exit codes.

mod citing;
mod completion;
mod converting;
mod empty;
mod enriching;
mod export;
mod headless;
mod hostile;
mod library;
mod options;
mod readme;
mod resolving;
#[cfg(unix)]
mod standard_input;

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use offprint::cite::OutputFormat;
use offprint::shell::clipboard::{Clipboard, ClipboardSetting, CopyText, Environment};

use crate::support::program::{self, OFFPRINT, Place};

/// Three papers; the second is the best match of `brain memory`.
const PAPERS: &str = r#"{"title": "Graphs that forget", "authors": ["Ada Poe"], "year": 2020, "abstract": "A brain has memory."}
{"title": "Brain memory", "authors": ["Eva Müller", "Ed Ito"], "year": 2021, "arxiv_id": "2101.00001", "doi": "10.1000/b.m", "abstract": "On remembering.", "categories": ["q-bio.NC"], "pdf": "https://example.org/b.pdf"}
{"title": "Memory in the brain of a bee", "authors": ["Kim Roe"], "year": 2019}
"#;

fn place() -> (Place, String) {
    let place = Place::new();
    let papers = place.file("papers.jsonl", PAPERS);
    (place, papers)
}

#[test]
fn a_filter_prints_titles_best_first() {
    let (place, papers) = place();
    let printed = place.run(&["--filter", "brain memory", &papers]).printed();
    assert_eq!(printed, "Brain memory\nMemory in the brain of a bee\nGraphs that forget\n");
}

#[test]
fn an_empty_filter_prints_every_paper_as_it_came() {
    let (place, papers) = place();
    let printed = place.run(&["--filter", "", &papers]).printed();
    assert_eq!(printed, "Graphs that forget\nBrain memory\nMemory in the brain of a bee\n");
}

#[test]
fn the_exit_code_is_one_where_nothing_matches() {
    let (place, papers) = place();
    let ran = place.run(&["--filter", "zzqxjk", &papers]);
    assert_eq!((ran.code, ran.output.as_str(), ran.errors.as_str()), (1, "", ""));
}

#[test]
fn no_more_is_printed_than_the_limit() {
    let (place, papers) = place();
    let best = place.run(&["--filter", "brain", "--limit", "1", &papers]).printed();
    assert_eq!(best, "Brain memory\n");
    let printed = place.run(&["--filter", "brain", "--limit", "99", &papers]).printed();
    assert_eq!(printed.lines().count(), 3);
}

#[test]
fn every_form_can_be_printed() {
    let (place, papers) = place();
    let as_form = |form: OutputFormat| {
        let arguments = ["--filter", "brain müller", "--as", form.field_name(), &papers];
        place.run(&arguments).printed()
    };
    for form in OutputFormat::ALL {
        let printed = as_form(form);
        assert!(printed.len() > 1 && printed.ends_with('\n'), "{form:?}: {printed:?}");
        assert!(!printed.ends_with("\n\n"), "{form:?}: {printed:?}");
    }
    assert_eq!(as_form(OutputFormat::Csv).lines().count(), 2);
    assert_eq!(as_form(OutputFormat::Id), "2101.00001\n");
    assert_eq!(as_form(OutputFormat::Doi), "10.1000/b.m\n");
    assert!(as_form(OutputFormat::Bibtex).starts_with('@'));
    let record: serde_json::Value = serde_json::from_str(&as_form(OutputFormat::Jsonl)).unwrap();
    assert_eq!(record["title"], "Brain memory");
}

#[test]
fn what_is_printed_as_json_lines_can_be_read_again() {
    let (place, papers) = place();
    let once = place.run(&["--filter", "", "--as", "jsonl", &papers]).printed();
    let copy = place.file("copy.jsonl", &once);
    assert_eq!(place.run(&["--filter", "", "--as", "jsonl", &copy]).printed(), once);
}

#[test]
fn what_a_paper_lacks_is_said_and_the_others_are_printed() {
    let (place, papers) = place();
    let ran = place.run(&["--filter", "", "--as", "doi", &papers]);
    assert_eq!((ran.code, ran.output.as_str()), (0, "10.1000/b.m\n"));
    assert_eq!(ran.errors, "offprint: no DOI known for 2 papers\n");
    let ran = place.run(&["--filter", "bee", "--as", "doi", &papers]);
    assert_eq!(ran.failed(), "offprint: no DOI known for this paper\n");
}

#[test]
fn what_cannot_be_read_is_one_sentence_with_its_name() {
    let place = Place::new();
    let program = OFFPRINT;
    for (file, why) in [
        (place.path("missing.jsonl").to_str().unwrap(), "no such file"),
        (program, "binary"),
        (&place.file("main.c", "int main(void)\n{\n\treturn 0;\n}\n"), "unrecognized format"),
        (&place.file("page.html", "<!doctype html>\n<p>A</p>\n"), "web page"),
        (&place.file("half.gz", b"\x1f\x8b\x08\0"), "half.gz"),
    ] {
        for arguments in [vec!["--filter", ""], vec!["--screen"], vec![]] {
            let said = place.run(&[&arguments[..], &[file]].concat()).failed();
            assert!(said.contains(why) && said.contains(file), "{said}");
        }
    }
}

#[test]
fn a_bad_record_is_named_by_its_line_and_the_rest_is_read() {
    let place = Place::new();
    let lines = "{\"title\": \"One\"}\n{\"title\": oops}\n\n[1]\n{\"title\": \"Two\"}\n";
    let papers = place.file("papers.jsonl", lines);
    let ran = place.run(&["--filter", "", &papers]);
    assert_eq!((ran.code, ran.output.as_str()), (0, "One\nTwo\n"));
    let said: Vec<&str> = ran.errors.lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains(&format!("{papers}:2: ")), "{said:?}");
    assert!(said[1].contains(&format!("{papers}:4: ")), "{said:?}");
}

#[test]
fn a_bibliography_is_printed_as_it_stands_and_cited_by_its_keys() {
    let place = Place::new();
    let entry = "@Article{ada:1843,\n  title = {Notes},\n  month = sep # {~1},\n}\n";
    let refs = place.file("refs.bib", format!("% mine\n{entry}"));
    let ran = place.run(&["--filter", "", "--as", "bibtex", &refs]);
    assert_eq!((ran.code, ran.output.as_str()), (0, entry));
    let ran = place.run(&["--filter", "key:ADA", "--as", "cite", &refs]);
    assert_eq!(ran.output.trim_end(), "\\cite{ada:1843}");
}

#[test]
fn papers_may_be_piped_in_with_a_dash_or_without() {
    let place = Place::new();
    for arguments in [&["--filter", "bee", "-"][..], &["--filter", "bee"]] {
        let printed = place.run_with(arguments, PAPERS.as_bytes()).printed();
        assert_eq!(printed, "Memory in the brain of a bee\n");
    }
}

#[test]
fn several_files_are_read_as_one() {
    let (place, papers) = place();
    let more = place.file("more.jsonl", "{\"title\": \"A bee\"}\n");
    let printed = place.run(&["--filter", "bee", &papers, &more]).printed();
    assert_eq!(printed, "A bee\nMemory in the brain of a bee\n");
}

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let place = Place::new();
    let line = |at: usize| format!("{{\"title\": \"Paper number {at} of very many\"}}\n");
    let papers = place.file("many.jsonl", (0..20_000).map(line).collect::<String>());
    let mut command = place.command(&["--filter", "", &papers]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    output.read_line(&mut first).unwrap();
    drop(output);
    assert_eq!(first, "Paper number 19999 of very many\n");
    let mut errors = String::new();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert_eq!((child.wait().unwrap().code(), errors.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_terminal_the_reason_is_one_sentence() {
    let (place, papers) = place();
    for arguments in [vec![papers.as_str()], vec!["--pick", &papers], vec![]] {
        // `setsid` starts a session without a terminal, whatever the tests were started from.
        let arguments = [&["--wait", OFFPRINT], &arguments[..]].concat();
        let setsid = std::process::Command::new("/usr/bin/setsid");
        let said = program::finish(&mut place.within(setsid, &arguments)).failed();
        assert!(said.contains("no terminal"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_told() {
    let (place, papers) = place();
    for arguments in
        [&["--filter", "", &papers][..], &["--screen", &papers], &["--generate", "man"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let said = program::finish(place.command(arguments).stdout(full)).failed();
        assert!(said.contains("standard output"), "{said}");
    }
}

#[test]
fn the_cache_is_listed_and_cleared() {
    let place = Place::new();
    let kept = place.path("home/cache/offprint");
    assert_eq!(place.run(&["cache", "list"]).printed(), format!("0 kB in {}\n", kept.display()));
    place.file("home/cache/offprint/0.papers", "no entry");
    let listed = place.run(&["cache", "list"]).printed();
    assert!(listed.starts_with("    1 kB  other version or corrupt\n"), "{listed}");
    let cleared = place.run(&["cache", "clear"]).printed();
    assert!(cleared.ends_with(": removed 1 entry, 1 kB\n"), "{cleared}");
    assert!(!kept.join("0.papers").exists());
}

#[test]
fn paste_prints_the_last_copy_as_it_was_copied() {
    let place = Place::new();
    assert!(place.run(&["paste"]).failed().contains("nothing to paste"));
    let state_dir = Some(place.path("state"));
    let surroundings = Environment { state_dir, ..Environment::default() };
    let text = "two\nlines, no newline at the end";
    let copy = CopyText { description: "text".into(), text: text.into(), html: None };
    Clipboard::new(ClipboardSetting::File, surroundings).copy(&copy).unwrap();
    assert_eq!(place.run(&["paste"]).printed(), text);
}

#[test]
fn a_wrong_command_line_is_told_with_exit_code_two() {
    let place = Place::new();
    for arguments in [
        &["--no-such-option"][..],
        &["--as", "poem", "--filter", ""],
        &["--limit", "many", "--filter", ""],
        &["--size", "0x0", "--screen"],
        &["--clipboard", "pigeon", "--screen"],
        &["--config", "missing.toml", "--screen"],
        &["--keys", "<Nonsense>"],
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.output.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.errors.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_printed_to_standard_output() {
    let place = Place::new();
    assert!(place.run(&["--help"]).printed().contains("--filter"));
    let version = format!("offprint {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(place.run(&["--version"]).printed(), version);
}
