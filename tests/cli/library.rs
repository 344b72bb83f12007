//! The library and the basket without a screen.

use std::fs;

use crate::support::program::{Place, finish};

const PAPERS: &str = "{\"title\": \"Key Memories\", \"authors\": [\"Ada Lindqvist\"], \"year\": 2024, \"arxiv_id\": \"2401.00001\"}\n{\"title\": \"Deep Nets\", \"authors\": [\"Bo Karlsson\"], \"year\": 2021, \"doi\": \"10.1000/nets\"}\n";
const TAGGED: &str = "@article{a, title={Key Memories}, author={Lindqvist, Ada}, eprint={2401.00001}, keywords={brain, to read}, annote={Read twice.}}\n";

fn place() -> Place {
    let place = Place::new();
    place.file("papers.jsonl", PAPERS);
    place.file("refs.bib", TAGGED);
    place
}

/// Runs the program with a library in its folder; returns output, errors and exit code.
fn run(place: &Place, arguments: &[&str]) -> (String, String, i32) {
    let mut command = place.command(arguments);
    let ran = finish(command.env("OFFPRINT_LIBRARY", place.path("library.db")));
    (ran.output, ran.errors, ran.code)
}

#[test]
fn tags_and_notes_come_out_of_a_bibliography_and_go_into_one() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    let (told, ..) = run(&["library", "import", "refs.bib"]);
    assert_eq!(told, "refs.bib: imported tags and notes of 1 paper\n");
    let (found, ..) = run(&["papers.jsonl", "--filter", "tag:brain note:twice"]);
    assert_eq!(found, "Key Memories\n");
    let (found, ..) = run(&["marked", "tag:\"to read\"", "--as", "title"]);
    assert_eq!(found, "Key Memories\n");
    let more = TAGGED.replace("to read", "thesis").replace("twice", "thrice");
    fs::write(place.path("more.bib"), more).unwrap();
    run(&["library", "import", "more.bib"]);
    let (bibtex, ..) = run(&["marked", "--as", "bibtex"]);
    for expected in ["brain", "thesis", "to read", "annote", "Read twice.", "Read thrice."] {
        assert!(bibtex.contains(expected), "{expected} in {bibtex}");
    }
}

#[test]
fn tags_and_notes_go_into_what_is_exported_from_the_screen_whatever_its_scope() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    let noted = TAGGED.replace("keywords={brain, to read}, annote={Read twice.}", "owner={me}");
    fs::write(place.path("mine.bib"), format!("{noted}@misc{{b, title={{Deep Nets}}}}\n")).unwrap();
    run(&["library", "import", "refs.bib"]);
    for (source, keys) in [
        ("papers.jsonl", "E"),
        ("papers.jsonl", "/key<Enter>E"),
        ("papers.jsonl", "<Space>E"),
        ("papers.jsonl", "aBE"),
        ("mine.bib", "E"),
    ] {
        let keys = format!("{keys}b<C-u>out.bib<Enter>");
        let (screen, ..) = run(&[source, "--library", "library.db", "--keys", &keys, "--screen"]);
        assert!(screen.contains("to out.bib"), "{keys}: {screen}");
        let written = fs::read_to_string(place.path("out.bib")).unwrap();
        let written = written.replace(" = ", "=");
        fs::remove_file(place.path("out.bib")).unwrap();
        assert_eq!(written.matches("keywords={brain, to read}").count(), 1, "{keys}: {written}");
        assert_eq!(written.matches("annote={Read twice.}").count(), 1, "{keys}: {written}");
        // Fields that only the user's own entry has are preserved.
        assert_eq!(written.contains("owner={me}"), source == "mine.bib", "{written}");
        let (told, ..) = {
            fs::write(place.path("again.bib"), &written).unwrap();
            run(&["library", "import", "again.bib"])
        };
        assert_eq!(told, "again.bib: imported tags and notes of 0 papers\n", "{written}");
    }
}

#[test]
fn a_library_is_moved_and_merged_as_often_as_one_likes() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    run(&["library", "import", "refs.bib"]);
    let (exported, ..) = run(&["library", "export"]);
    assert_eq!(run(&["library", "export", "-o", "library.jsonl"]).0, "");
    assert_eq!(fs::read_to_string(place.path("library.jsonl")).unwrap(), exported);
    let (_, why, code) = run(&["library", "export", "-o", "library.jsonl"]);
    assert!(why.contains("--force") && code == 2, "{why}");
    fs::write(place.path("moved.jsonl"), &exported).unwrap();
    let far = |args: &[&str]| run(&[&["--library", "far.db"], args].concat());
    let (told, ..) = far(&["library", "import", "moved.jsonl", "moved.jsonl"]);
    let expected = "moved.jsonl: imported 1 new paper and 3 new entries\n\
        moved.jsonl: imported 0 new papers and 0 new entries\n";
    assert_eq!(told, expected);
    assert_eq!(far(&["library", "export"]).0, exported);
    let (told, _, code) = far(&["library", "check"]);
    assert_eq!((&*told, code), ("far.db: OK, 1 paper, 3 entries\n", 0));
}

#[test]
fn what_is_no_library_is_not_taken_for_one() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    let (_, why, code) = run(&["library", "check"]);
    assert!(why.contains("nothing marked yet") && code == 2, "{why}");
    fs::write(place.path("library.db"), "no database at all, but long enough").unwrap();
    let (_, why, code) = run(&["library", "check"]);
    assert!(why.contains("corrupt") && code == 2, "{why}");
    let newer = "{\"is\":\"library\",\"form\":99}\n";
    fs::write(place.path("newer.jsonl"), newer).unwrap();
    let (_, why, code) = run(&["--library", "far.db", "library", "import", "newer.jsonl"]);
    assert!(why.contains("line 1") && why.contains("newer") && code == 2, "{why}");
}

#[test]
fn a_saved_search_brings_its_order_along_on_a_screen_and_in_print() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    run(&["papers.jsonl", "--library", "library.db", "--keys", "syS:save oldest<Enter>q"]);
    let (titles, ..) = run(&["--saved", "oldest", "papers.jsonl", "--as", "title"]);
    assert_eq!(titles, "Deep Nets\nKey Memories\n");
    let (screen, ..) =
        run(&["--saved", "oldest", "--library", "library.db", "papers.jsonl", "--screen"]);
    let row = |title| screen.find(title).unwrap();
    assert!(row("Deep Nets") < row("Key Memories"), "{screen}");
    assert!(screen.contains("by year") && screen.contains("Saved search: oldest"), "{screen}");
}

#[test]
fn a_basket_that_is_empty_and_a_search_that_is_unknown_say_so() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    run(&["library", "import", "refs.bib"]);
    let (_, why, code) = run(&["basket", "--as", "bibtex"]);
    assert!(why.contains("empty") && code == 0, "{why}");
    let (_, why, code) = run(&["--saved", "new", "papers.jsonl", "--as", "title"]);
    assert!(why.contains("\"new\"") && code == 2, "{why}");
}

#[test]
fn a_mark_that_could_not_be_kept_without_a_screen_is_exit_code_two() {
    let place = place();
    let run = |args: &[&str]| run(&place, args);
    fs::write(place.path("damaged.db"), "no database at all, but long enough").unwrap();
    let keys = |keys| ["papers.jsonl", "--library", "damaged.db", "--screen", "--keys", keys];
    let (screen, why, code) = run(&keys("*"));
    assert!(code == 2 && why.starts_with("offprint: not saved in the library: "), "{code} {why}");
    assert!(screen.contains("Key Memories"), "{screen}");
    // Without marks, an unwritable library is no error.
    assert_eq!(run(&keys("j")).2, 0);
    let (_, why, code) =
        run(&["papers.jsonl", "--library", "library.db", "--screen", "--keys", "*"]);
    assert!(code == 0 && why.is_empty(), "{why}");
}
