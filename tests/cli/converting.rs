//! `offprint convert` and `offprint stat`.

use std::fs;

use serde_json::{Value, json};

use crate::support::program::Place;

const BIB: &str = "@article{bee2020, title = {The Waggle Dance of Bees}, author = {Ada Bee},
  year = 2020, doi = {10.1000/bee}}

@article{broken, title = {No End

@article{wasp2021, title = {The Paper of Wasps}, author = {Bo Wasp}, year = 2021}
";
const JSONL: &str = r#"{"title": "The waggle dance of bees", "authors": ["A. Bee"], "year": 2019, "arxiv_id": "1901.00001", "abstract": "They dance."}
"#;

fn both(place: &Place) -> String {
    place.file("both/a.bib", BIB);
    place.file("both/b.jsonl", JSONL);
    place.file("both/readme.md", "dear\nreader\n");
    place.folder("both")
}

#[test]
fn a_folder_becomes_one_file_in_another_form() {
    let place = Place::new();
    let (folder, out) = (both(&place), place.path("out.ris"));
    let out = out.to_str().unwrap();
    let ran = place.run(&["convert", &folder, "--to", "ris", "-o", out]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.errors.contains(&format!("RIS of 2 papers written to {out}")), "{}", ran.errors);
    assert!(ran.errors.contains("a.bib:4: "), "{}", ran.errors);
    assert!(ran.errors.contains("skipped (no papers): "), "{}", ran.errors);
    let text = fs::read_to_string(out).unwrap();
    assert_eq!(text.matches("\nER  -").count(), 2);
    assert!(text.contains("They dance."));
    let files = fs::read_dir(place.path("")).unwrap().count();
    let again = place.run(&["convert", &folder, "--to", "bibtex", "-o", out]);
    assert!(again.failed().contains("already exists (use `--force`)"));
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), files);
    let forced = place.run(&["convert", &folder, "--to", "bibtex", "-o", out, "--force"]);
    assert_eq!(forced.code, 0, "{}", forced.errors);
    assert_eq!(fs::read_to_string(out).unwrap().matches("@article").count(), 2);
}

#[test]
fn what_is_converted_goes_to_standard_output_where_no_file_is_named() {
    let place = Place::new();
    let file = place.file("b.jsonl", JSONL);
    let ran = place.run(&["convert", &file, "--to", "csl-json"]);
    let papers: Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(papers[0]["title"], "The waggle dance of bees");
    assert_eq!(ran.errors, "");
}

#[test]
fn a_file_that_cannot_be_written_or_read_leaves_nothing_behind() {
    let place = Place::new();
    let file = place.file("b.jsonl", JSONL);
    let out = place.path("none/out.bib");
    let ran = place.run(&["convert", &file, "--to", "bibtex", "-o", out.to_str().unwrap()]);
    assert!(ran.failed().contains("none/out.bib: no such file or directory"));
    let half = place.file("half.gz", b"\x1f\x8b\x08\0");
    let out = place.path("out.bib");
    let ran = place.run(&["convert", &file, &half, "--to", "bibtex", "-o", out.to_str().unwrap()]);
    assert_eq!((ran.code, out.exists()), (2, false));
}

#[test]
fn figures_are_told_to_people_and_to_programs() {
    let place = Place::new();
    let folder = both(&place);
    let ran = place.run(&["stat", &folder]);
    assert_eq!(ran.code, 0);
    let told = ran.output.replace(&folder, "both");
    assert_eq!(
        told,
        "papers      2\nduplicates  1 of 3 records\ndefects     1\nyears       2020: 1, 2021: 1\n\
         \nboth/a.bib: bibtex, 2 papers, 1 defect\nboth/b.jsonl: jsonl, 1 paper, 0 defects\n\
         both/readme.md: no papers\n"
    );
    let ran = place.run(&["stat", "--json", &folder]);
    let stat: Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!((&stat["papers"], &stat["duplicates"]), (&json!(2), &json!(1)));
    assert_eq!(stat["years"], json!({"2020": 1, "2021": 1}));
    assert_eq!(stat["files"][0]["format"], "bibtex");
    assert_eq!(stat["files"][0]["defects"], 1);
}

#[test]
fn strict_is_an_exit_code_where_a_record_could_not_be_read() {
    let place = Place::new();
    let file = place.file("a.bib", BIB);
    let good = place.file("b.jsonl", JSONL);
    for (arguments, code) in [
        (vec!["--strict", "--filter", "bee", &file], 3),
        (vec!["--filter", "bee", &file], 0),
        (vec!["--strict", "--filter", "bee", &good], 0),
        (vec!["stat", "--strict", &file], 3),
        (vec!["convert", "--strict", "--to", "bibtex", &file], 3),
    ] {
        assert_eq!(place.run(&arguments).code, code, "{arguments:?}");
    }
}

#[test]
fn fields_go_by_the_names_they_are_given() {
    let place = Place::new();
    let file = place.file("a.csv", "headline,who\nThe Waggle Dance,Ada Bee\n");
    let map = ["--map", "title=headline", "--map", "authors=who", &file];
    let ran = place.run(&[&["--filter", "bee"], &map[..]].concat());
    assert_eq!(ran.output, "The Waggle Dance\n");
    let ran = place.run(&["--map", "colour=red", "--filter", "", &file]);
    assert!(ran.failed().contains("colour"));
    let ran = place.run(&["--from", "ris", "--filter", "", &file]);
    assert!(ran.errors.contains("a.csv:1: "), "{}", ran.errors);
}

/// The permission bits of a file.
#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_mode_and_its_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::new();
    let papers = place.file("b.jsonl", JSONL);
    let real = place.path("real.bib");
    place.file("real.bib", "old");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    symlink("real.bib", place.path("out.bib")).unwrap();
    let arguments = ["convert", &papers, "--to", "bibtex", "-o", "out.bib"];
    assert!(place.run(&arguments).failed().contains("already exists"));
    let ran = place.run(&[&arguments[..], &["--force"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(fs::symlink_metadata(place.path("out.bib")).unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().starts_with('@'));
    assert_eq!(mode(&real), 0o600);
}

#[cfg(unix)]
#[test]
fn a_device_and_a_pipe_are_written_and_stay() {
    use std::os::unix::fs::FileTypeExt as _;
    use std::process::Command;
    let place = Place::new();
    let papers = place.file("b.jsonl", JSONL);
    for force in [&[][..], &["--force"]] {
        let to_null = ["convert", &papers, "--to", "bibtex", "-o", "/dev/null"];
        let ran = place.run(&[&to_null[..], force].concat());
        assert_eq!(ran.code, 0, "{}", ran.errors);
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }
    let ran = place.run(&["convert", &papers, "--to", "bibtex", "-o", "/dev/stdout"]);
    assert!(ran.code == 0 && ran.output.starts_with('@'), "{}", ran.errors);
    let pipe = place.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let ran = place.run(&["convert", &papers, "--to", "bibtex", "-o", pipe.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(reader.join().unwrap().starts_with('@'));
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn what_a_killed_run_left_beside_a_file_goes_with_the_next() {
    let place = Place::new();
    let papers = place.file("b.jsonl", JSONL);
    let left = ".offprint-00112233445566aa-a1b2c3d4e5f6.tmp";
    place.file(left, "half");
    let ran = place.run(&["convert", &papers, "--to", "bibtex", "-o", "out.bib"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(!place.path(left).exists() && place.path("out.bib").exists());
}

#[test]
fn two_papers_never_leave_with_one_key() {
    let place = super::place().0;
    let first =
        place.file("eels.bib", "@book{moss, title={Eels of the delta}, author={Moss, Ada}}");
    let second =
        place.file("quartz.bib", "@book{moss, title={Granite and quartz}, author={Reed, Bo}}");
    let ran = place.run(&["convert", "--to", "bibtex", &first, &second]);
    let entries: Vec<&str> = ran.output.lines().filter(|it| it.starts_with('@')).collect();
    assert!(entries[0].starts_with("@book{moss, title={Eels"), "{entries:?}");
    assert!(entries[1].starts_with("@book{moss-"), "{entries:?}");
    let told = "offprint: duplicate citation key: moss written as moss-";
    assert!(ran.code == 0 && ran.errors.starts_with(told), "{}", ran.errors);
    for form in ["biblatex", "csl-json", "hayagriva", "ris", "key", "jsonl"] {
        let ran = place.run(&["convert", "--to", form, &first, &second]);
        assert!(ran.output.contains("moss-") && ran.errors.starts_with(told), "{form}: {ran:?}");
    }
    // Converted alone, each file keeps its own key.
    let alone = place.run(&["convert", "--to", "key", &second]).printed();
    assert_eq!(alone, "moss\n");
}

#[test]
fn a_made_key_is_the_same_alone_and_beside_a_rival() {
    let place = super::place().0;
    let paper = |title: &str, doi: &str| {
        format!(
            "{{\"title\":\"{title}\",\"authors\":[\"Li Chen\"],\"year\":2014,\"doi\":\"{doi}\"}}\n"
        )
    };
    let (eels, quartz) = (paper("Deep eels", "10.1234/e"), paper("Deep quartz", "10.1234/q"));
    let both = place.file("both.jsonl", format!("{eels}{quartz}"));
    let last = place.file("last.jsonl", quartz);
    let key = |arguments: &[&str]| place.run(&[arguments, &["--as", "key"]].concat());
    assert_eq!(key(&["--filter", "quartz", &both]).printed(), "chen2014deep\n");
    assert_eq!(key(&["--filter", "", &last]).printed(), "chen2014deep\n");
    let ran = key(&["--filter", "", &both]);
    assert_eq!(ran.output, "chen2014deep\nchen2014deep-10.1234-q\n");
    assert!(
        ran.errors.contains("chen2014deep written as chen2014deep-10.1234-q"),
        "{}",
        ran.errors
    );
    // A key with its suffix finds the paper too.
    let cited = key(&["cite", "chen2014deep-10.1234-q", "--in", &both]);
    assert_eq!(cited.printed(), "chen2014deep\n");
}

#[test]
fn a_paper_of_two_files_is_found_by_the_keys_of_both() {
    let place = super::place().0;
    let entry = |key: &str| {
        format!(
            "@article{{{key}, title={{Eels of the delta}}, author={{Moss, Ada}}, doi={{10.1234/e}}}}"
        )
    };
    let (one, two) = (place.file("1.bib", entry("moss")), place.file("2.bib", entry("eels:14")));
    for key in ["moss", "eels:14"] {
        let cited = place.run(&["cite", key, "--in", &one, "--in", &two, "--as", "title"]);
        assert_eq!(cited.printed(), "Eels of the delta\n");
        let found = place.run(&["--filter", &format!("key:{key}"), &one, &two]).printed();
        assert_eq!(found, "Eels of the delta\n");
    }
}

#[test]
fn records_are_joined_only_where_more_than_an_identifier_or_a_title_speaks_for_it() {
    let place = super::place().0;
    let paper = |title: &str, author: &str, rest: &str| {
        format!("{{\"title\":\"{title}\",\"authors\":[\"{author}\"]{rest}}}\n")
    };
    let titles = |lines: &[String]| {
        let file = place.file("some.jsonl", lines.concat());
        place.run(&["--filter", "", "--as", "title", &file]).printed()
    };
    for id in ["0", "-1", "NA", "None", "n/a", "unknown", "null", "nan"] {
        let ids = format!(",\"doi\":\"{id}\",\"pmid\":\"{id}\",\"arxiv_id\":\"{id}\"");
        let two =
            [paper("Eels of the delta", "Moss", &ids), paper("Eels of a coast", "Moss", &ids)];
        assert_eq!(titles(&two).lines().count(), 2, "{id}");
    }
    let wrong = ",\"doi\":\"10.1234/x\"";
    let two = [paper("Eels of the delta", "Moss", wrong), paper("Granite", "Reed", wrong)];
    assert_eq!(titles(&two).lines().count(), 2);
    let of = |year| format!(",\"venue\":\"Acta\",\"year\":{year}");
    let two = [2001, 2002].map(|it| paper("Introduction", "Moss", &of(it)));
    assert_eq!(titles(&two).lines().count(), 2);
    // The record with the later date takes precedence, whichever comes first.
    let state = |title: &str, day: &str| {
        paper(title, "Moss", &format!(",\"arxiv_id\":\"2101.04567\",\"updated\":\"{day}\""))
    };
    let [old, new] = [state("Eels", "2021-01-02"), state("Eels, revised", "2022-03-04")];
    for two in [[old.clone(), new.clone()], [new, old]] {
        assert_eq!(titles(&two), "Eels, revised\n");
    }
}

#[test]
fn a_conversion_says_once_which_facts_the_form_could_not_hold() {
    let place = Place::new();
    let file = place.file(
        "a.jsonl",
        r#"{"title": "On maps", "authors": ["Ada Moss"], "year": 2020, "upvotes": "4", "category": "cs.CV"}
{"title": "On roads", "authors": ["Ida Fen"], "year": 2021, "upvotes": "7"}
"#,
    );
    let ran = place.run(&["convert", &file, "--to", "ris"]);
    assert_eq!(ran.code, 0);
    assert_eq!(
        ran.errors,
        "offprint: RIS has no field for: categories (1 paper), upvotes (2 papers)\n"
    );
    for form in ["csv", "tsv", "jsonl", "title"] {
        assert_eq!(place.run(&["convert", &file, "--to", form]).errors, "", "{form}");
    }
}
