//! Empty results are not errors.

use super::place;
use crate::support::program::Place;

/// Valid files without papers.
fn empties(place: &Place) -> Vec<String> {
    [
        ("none.bib", ""),
        ("blank.bib", "\n  \n"),
        ("feed.atom", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>No results</title>\n<id>urn:q</id>\n</feed>\n"),
        ("feed.rss", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>None today</title></channel></rss>"),
    ]
    .map(|(name, text)| place.file(name, text))
    .to_vec()
}

#[test]
fn a_source_without_papers_prints_nothing_and_only_a_filter_makes_it_exit_code_one() {
    let place = Place::new();
    for file in empties(&place).into_iter().chain([place.folder("folder")]) {
        for (arguments, code) in [
            (vec!["--as", "bibtex", &file], 0),
            (vec!["--filter", "brain", &file], 1),
            (vec!["convert", "--to", "ris", &file], 0),
            (vec!["stat", &file], 0),
            (vec!["--screen", &file], 0),
        ] {
            let ran = place.run(&arguments);
            assert_eq!(ran.code, code, "{arguments:?}: {}", ran.errors);
            if arguments[0] != "stat" && arguments[0] != "--screen" {
                assert_eq!(ran.output, "", "{arguments:?}");
            }
        }
    }
}

#[test]
fn no_papers_as_json_are_an_empty_list_also_in_a_file() {
    let place = Place::new();
    let file = place.file("none.bib", "");
    assert_eq!(place.run(&["convert", &file, "--to", "json"]).output, "[]\n");
    let out = place.path("out.json");
    let ran = place.run(&["convert", &file, "--to", "json", "-o", out.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(std::fs::read_to_string(out).unwrap(), "[]\n");
}

#[test]
fn a_library_that_is_not_there_yet_has_an_empty_basket_and_no_marks() {
    let place = Place::new();
    for arguments in [&["basket"][..], &["marked"], &["basket", "--as", "bibtex"]] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.output.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.errors.contains("nothing marked yet"), "{}", ran.errors);
    }
    assert_eq!(place.run(&["marked", "is:starred"]).code, 1);
    assert_eq!(place.run(&["basket", "--as", "json"]).output, "[]\n");
}

#[test]
fn a_file_that_the_configuration_names_and_is_missing_is_told_at_the_start() {
    let (place, papers) = place();
    let config = place.file("config.toml", "bibliography = [\"gone.bib\"]\nstyle = \"gone.csl\"\n");
    let ran = place.run(&["--config", &config, "--filter", "bee", &papers]);
    assert_eq!(ran.code, 0);
    for name in ["gone.bib", "gone.csl"] {
        assert_eq!(ran.errors.matches(name).count(), 1, "{}", ran.errors);
    }
    let config = place.file("one.toml", "bibliography = [\"gone.bib\"]\n");
    let screen =
        place.run(&["--config", &config, "--screen", "--size", "160x20", &papers]).printed();
    assert!(screen.contains("bibliography gone.bib: no such file"), "{screen}");
}
