//! `offprint enrich`: records completed from other sources, and what of the file stays.

use std::fs;

use crate::online::configuration;
use crate::support::program::{Place, Ran};
use crate::support::server::{PlayedReply, Server};

const BIB: &str = "% my papers\n@string{jos = {Journal of Snow}}\n@misc{moss2020,\n  title   = {Snow on \
    the {S}lopes of Winter},\n  author  = \"Moss, A.\",\n  journal = {arXiv preprint arXiv:2001.00001},\n  \
    year    = 2020,\n  note    = {mine, keep}\n}\n\n@article{fen2019, title={Fog in the Valleys of Spring}, \
    author={Fen, Iris}, journal=jos, year=2019}\n@article{peat, title={Unknown to All the Others}}\n";

/// The same papers as a service has them, in JSON Lines.
const FOUND: &str = r#"{"title": "Snow on the Slopes of Winter", "authors": ["Moss, Ada", "Loam, Cy"], "year": 2021, "venue": "Annals of Snow", "type": "article", "doi": "10.1000/snow", "volume": "7", "pages": "1-9", "abstract": "We climb."}
{"title": "Fog in the valleys of spring", "authors": ["Fen, Iris"], "year": 2018, "venue": "Journal of Snow", "doi": "10.1000/fog", "type": "article"}
"#;

fn enrich(place: &Place, arguments: &[&str], answers: &str) -> Ran {
    let bib = place.file("refs.bib", BIB);
    let found = place.file("found.jsonl", FOUND);
    let out = place.path("out.bib").to_str().unwrap().to_owned();
    let all = [&["enrich", &bib, "--with", &found, "-o", &out], arguments].concat();
    place.run_with(&all, answers.as_bytes())
}

#[test]
fn entries_keep_their_own_bytes_except_for_what_is_completed() {
    let place = Place::new();
    let ran = enrich(&place, &["--yes"], "");
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(
        ran.errors,
        "offprint: not found: peat: Unknown to All the Others\n\
         offprint: 3 papers: 2 completed, 0 unchanged, 1 not found\n"
    );
    let text = fs::read_to_string(place.path("out.bib")).unwrap();
    assert_eq!(
        text,
        "% my papers\n@string{jos = {Journal of Snow}}\n@article{moss2020,\n  title   = {Snow on \
         the {S}lopes of Winter},\n  author  = {Moss, Ada and Loam, Cy},\n  journal = {Annals of Snow},\n  \
         year    = {2021},\n  note    = {mine, keep},\n  volume = {7},\n  pages = {1--9},\n  \
         doi = {10.1000/snow},\n  abstract = {We climb.}\n}\n\n\
         @article{fen2019, title={Fog in the Valleys of Spring}, author={Fen, Iris}, journal=jos, \
         year=2019, doi={10.1000/fog}}\n@article{peat, title={Unknown to All the Others}}\n"
    );
    assert_eq!(fs::read_to_string(place.path("refs.bib")).unwrap(), BIB);
    assert!(ran.output.contains("? year: 2019; elsewhere: 2018"), "{}", ran.output);
    assert!(
        ran.output.contains("- authors: Moss, A.\n+ authors: Moss, Ada; Loam, Cy\n"),
        "{}",
        ran.output
    );
}

#[test]
fn each_paper_is_asked_for() {
    for (answers, has_snow, has_fog) in [
        ("y\nn\n", true, false),
        ("n\ny\n", false, true),
        ("what\na\n", true, true),
        ("q\n", false, false),
        ("", false, false),
        ("y\n", true, false),
    ] {
        let place = Place::new();
        let ran = enrich(&place, &[], answers);
        assert_eq!(ran.code, 0, "{}", ran.errors);
        let text = fs::read_to_string(place.path("out.bib")).unwrap();
        assert_eq!(text.contains("10.1000/snow"), has_snow, "{answers:?}");
        assert_eq!(text.contains("10.1000/fog"), has_fog, "{answers:?}");
        // A value that contradicts is taken if it is accepted.
        assert_eq!(text.contains("{2018}"), has_fog, "{answers:?}");
        if !has_snow && !has_fog {
            assert_eq!(text, BIB);
        }
    }
}

#[test]
fn a_file_is_changed_only_if_that_was_asked_for() {
    let place = Place::new();
    let (bib, found) = (place.file("refs.bib", BIB), place.file("found.jsonl", FOUND));
    let run = |arguments: &[&str]| {
        place.run(&[&["enrich", &bib, "--with", &found, "--yes"], arguments].concat())
    };
    assert!(run(&[]).failed().contains("no output file"));
    assert!(run(&["-o", &bib]).failed().contains("is the input (use `--in-place`)"));
    assert!(run(&["-o", &found]).failed().contains("already exists (use `--force`)"));
    assert_eq!(fs::read_to_string(&bib).unwrap(), BIB);
    let ran = run(&["--in-place"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(fs::read_to_string(&bib).unwrap().contains("10.1000/snow"));
    // A second time nothing is missing.
    let ran = run(&["--in-place"]);
    assert!(ran.errors.contains("0 completed"), "{}", ran.errors);
    let lines = place.file("lines.jsonl", FOUND);
    let ran = place.run(&["enrich", &lines, "--with", &found, "--in-place"]);
    assert!(ran.failed().contains("--in-place needs BibTeX"));
}

#[test]
fn a_file_in_another_encoding_is_not_changed_in_place() {
    let place = Place::new();
    let found = place.file("found.jsonl", FOUND);
    let accented = BIB.replace("mine, keep", "für mich");
    let latin: Vec<u8> = accented.chars().map(|it| it as u8).collect();
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(accented.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [latin, wide] {
        let bib = place.file("refs.bib", &bytes);
        let ran = place.run(&["enrich", &bib, "--with", &found, "--yes", "--in-place"]);
        assert!(ran.failed().contains("--in-place needs BibTeX in UTF-8; use `-o FILE`"));
        assert_eq!(fs::read(&bib).unwrap(), bytes);
        let out = place.path("out.bib");
        let arguments = ["-o", out.to_str().unwrap(), "--force", "--yes"];
        let ran = place.run(&[&["enrich", &bib, "--with", &found], &arguments[..]].concat());
        assert_eq!(ran.code, 0, "{}", ran.errors);
        let text = fs::read_to_string(out).unwrap();
        assert!(text.contains("f{\\\"u}r mich") && text.contains("10.1000/snow"), "{text}");
    }
}

#[test]
fn another_form_is_written_anew() {
    let place = Place::new();
    let out = place.path("out.ris");
    let arguments = ["-o", out.to_str().unwrap(), "--yes"];
    let (bib, found) = (place.file("refs.bib", BIB), place.file("found.jsonl", FOUND));
    let ran = place.run(&[&["enrich", &bib, "--with", &found], &arguments[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.errors);
    let text = fs::read_to_string(out).unwrap();
    assert_eq!(text.matches("\nER  -").count(), 3);
    assert!(text.contains("DO  - 10.1000/snow") && text.contains("Annals of Snow"), "{text}");
}

#[test]
fn a_source_may_be_an_address() {
    let server = Server::start(|_| PlayedReply::ok(FOUND));
    let place = Place::new();
    let url = format!("{}/found.jsonl", server.url());
    let (bib, out) = (place.file("refs.bib", BIB), place.path("out.bib"));
    let out = out.to_str().unwrap();
    let ran = place.run(&["enrich", &bib, "--with", &url, "-o", out, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(server.paths(), ["/found.jsonl"]);
    assert!(fs::read_to_string(out).unwrap().contains("10.1000/snow"));
}

#[test]
fn a_service_that_fails_leaves_the_file_as_it_is() {
    let server = Server::start(|_| PlayedReply::new(404, "none"));
    let place = Place::new();
    let hosts = ["arxiv-api", "crossref", "semantic-scholar", "openalex"];
    let config = place.file("config.toml", configuration(&server, &hosts));
    let (bib, out) = (place.file("refs.bib", BIB), place.path("out.bib"));
    let out = out.to_str().unwrap();
    let ran = place.run(&["--config", &config, "enrich", &bib, "-o", out, "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(
        ran.errors.contains("3 papers: 0 completed, 0 unchanged, 3 not found"),
        "{}",
        ran.errors
    );
    assert_eq!(fs::read_to_string(out).unwrap(), BIB);
}
