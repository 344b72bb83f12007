//! Exports and pipes, from the keys of the screen.

use std::fs;

use super::place;

const KEYS: &str = "--keys";

#[test]
fn an_export_is_written_whole_and_never_over_a_file_without_a_word() {
    let (place, papers) = place();
    let target = place.file("out.bib", "");
    fs::remove_file(&target).unwrap();
    let press = |keys: &str| {
        let keys = keys.replace("FILE", &target);
        place.run(&[KEYS, &keys, "--screen", "--size", "160x20", &papers]).output
    };
    let screen = press(":export-all<Enter>b<C-u>FILE<Enter>");
    assert!(screen.contains("Exported BibTeX of 3 papers to "), "{screen}");
    let written = fs::read_to_string(&target).unwrap();
    assert_eq!(written.matches("\n@").count() + 1, 3, "{written}");
    assert!(written.contains("abstract = {On remembering.}"), "{written}");
    fs::write(&target, "precious").unwrap();
    let screen = press("Eb<C-u>FILE<Enter>");
    assert!(screen.contains("File already exists"), "{screen}");
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    press("Eb<C-u>FILE<Enter><Esc>");
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    press(":export-all<Enter>b<C-u>FILE<Enter>r");
    assert_eq!(fs::read_to_string(&target).unwrap(), written);
}

#[test]
fn an_export_to_a_bibliography_adds_what_it_lacks_under_keys_of_their_own() {
    let (place, papers) = place();
    let mine = "% mine\n@article{mine,\n  title = {Brain {M}emory},\n  author = {M{\\\"u}ller, Eva},\n}\n\n\
        @misc{poe2020graphs, title = {Another}, author = {Poe, Ann}}";
    let target = place.file("refs.bib", mine);
    let keys = format!(":export-all<Enter>b<C-u>{target}<Enter>a");
    let screen = place.run(&[KEYS, &keys, "--screen", "--size", "160x20", &papers]).output;
    assert!(screen.contains("Appended BibTeX of 2 papers to"), "{screen}");
    assert!(screen.contains("(1 already there)"), "{screen}");
    let written = fs::read_to_string(&target).unwrap();
    assert!(written.starts_with(mine), "{written}");
    assert!(written.contains("\n\n@misc{poe2020graphs-"), "{written}");
    let again = place.run(&[KEYS, &keys, "--screen", "--size", "160x20", &papers]).output;
    assert!(again.contains("Already in "), "{again}");
    assert_eq!(fs::read_to_string(&target).unwrap(), written);
}

#[test]
fn the_selection_is_exported_in_its_order_or_all_that_is_listed() {
    let (place, papers) = place();
    let target = place.file("out.txt", "");
    fs::remove_file(&target).unwrap();
    let keys = format!("j<Space>gg<Space>Et<C-u>{target}<Enter>");
    place.run(&[KEYS, &keys, "--screen", &papers]).printed();
    let written = fs::read_to_string(&target).unwrap();
    assert_eq!(written.lines().count(), 2, "{written}");
    assert!(written.starts_with("Brain memory"), "{written}");
    fs::remove_file(&target).unwrap();
    let keys = format!("/bee<Enter>:export-all<Enter>b<C-u>{target}<Enter>");
    place.run(&[KEYS, &keys, "--screen", &papers]).printed();
    assert!(fs::read_to_string(&target).unwrap().starts_with("@misc{roe2019memory,"));
}

#[test]
fn a_folder_or_a_place_that_is_not_there_is_told() {
    let (place, papers) = place();
    let press = |path: &str| {
        let keys = format!("Eb<C-u>{path}<Enter>");
        place.run(&[KEYS, &keys, "--screen", "--size", "140x20", &papers]).output
    };
    assert!(press("/no/such/folder/a.bib").contains("/no/such/folder/a.bib: "));
    let folder = std::path::Path::new(&papers).parent().unwrap().to_str().unwrap().to_owned();
    let screen = place
        .run(&[KEYS, &format!("Eb<C-u>{folder}<Enter>"), "--screen", "--size", "140x20", &papers])
        .output;
    assert!(screen.contains("is a directory"), "{screen}");
    assert!(fs::metadata(&folder).unwrap().is_dir());
}

#[test]
#[cfg(unix)]
fn an_export_follows_no_planted_link_and_keeps_modes_and_links() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (place, papers) = place();
    let target = place.file("mine/refs.bib", "@misc{x, title={Waiting}}\n");
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&target, place.path("linked.bib")).unwrap();
    for answer in ["a", "r"] {
        let linked = place.path("linked.bib");
        let keys = format!(":export-all<Enter>b<C-u>{}<Enter>{answer}", linked.display());
        let screen = place.run(&[KEYS, &keys, "--screen", "--size", "140x20", &papers]).output;
        assert!(screen.contains("BibTeX of 3 papers"), "{screen}");
        assert!(fs::symlink_metadata(place.path("linked.bib")).unwrap().is_symlink());
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o7777, 0o600);
        let written = fs::read_to_string(&target).unwrap();
        assert_eq!(
            (written.contains("Waiting"), written.contains("{roe2019")),
            (answer == "a", true)
        );
    }
    assert_eq!(fs::read_dir(place.path("mine")).unwrap().count(), 1);
}

#[test]
#[cfg(unix)]
fn an_export_to_a_device_is_refused_in_a_sentence() {
    let (place, papers) = place();
    let keys = "Eb<C-u>/dev/null<Enter>";
    let screen = place.run(&[KEYS, keys, "--screen", "--size", "140x20", &papers]).output;
    assert!(screen.contains("/dev/null: is a device"), "{screen}");
}

#[test]
#[cfg(unix)]
fn papers_are_piped_to_a_command_without_a_shell() {
    let (place, papers) = place();
    let target = place.file("got.txt", "");
    let keys = format!("j|b<C-u>tee {target}<Enter>");
    let screen = place.run(&[KEYS, &keys, "--screen", "--size", "140x20", &papers]).output;
    assert!(screen.contains("BibTeX, "), "{screen}");
    assert!(fs::read_to_string(&target).unwrap().starts_with("@misc{muller2021brain,"));
    let screen = place.run(&[KEYS, "|b<C-u>false; echo<Enter>", "--screen", &papers]).output;
    assert!(screen.contains("`false; echo`: command not found"), "{screen}");
}

#[test]
fn papers_of_ones_own_bibliography_have_its_keys_and_its_badge() {
    let (place, papers) = place();
    let refs = place.file("refs.bib", "@book{eva:21, title={Brain memory}, author={Müller, Eva}}");
    let config = place.file("config.toml", format!("bibliography = [{refs:?}]"));
    let run = |arguments: &[&str]| {
        place.run(&[&["--config", &config, &papers], arguments].concat()).output
    };
    assert_eq!(run(&["--filter", "brain memory", "--limit", "1", "--as", "key"]), "eva:21\n");
    assert_eq!(run(&["--filter", "key:eva:2", "--as", "title"]), "Brain memory\n");
    assert_eq!(run(&["--filter", "has:key", "--as", "key"]), "eva:21\n");
    let screen = run(&[KEYS, "j", "--screen", "--size", "120x30"]);
    assert!(screen.contains("eva:21 · in refs.bib"), "{screen}");
    assert!(screen.contains("▌  @ "), "a mark of one cell: {screen}");
    let rival = "@book{roe2019memory, title={Another}}";
    let refs = place.file("rival.bib", rival);
    let config = place.file("rival.toml", format!("bibliography = [{refs:?}]"));
    let keys = ["--config", &config, KEYS, "/bee<Enter>", "--screen", "--size", "120x30", &papers];
    let screen = place.run(&keys).output;
    assert!(screen.contains("roe2019memory-"), "{screen}");
    let gone = place.file("gone.toml", "bibliography = [\"/no/such.bib\", \"nor-this.bib\"]");
    let ran = place.run(&["--config", &gone, "--filter", "bee", &papers]);
    for name in ["/no/such.bib", "nor-this.bib"] {
        let told = format!("bibliography {name}: no such file");
        assert!(ran.errors.contains(&told), "{}", ran.errors);
    }
}

#[test]
fn an_export_says_which_facts_the_form_has_no_field_for() {
    let place = super::Place::new();
    let papers =
        place.file("a.jsonl", r#"{"title": "On maps", "authors": ["Ada Moss"], "upvotes": "4"}"#);
    let press = |form: &str| {
        let target = place.path(&format!("out.{form}"));
        let keys = format!("E{form}<C-u>{}<Enter>", target.display());
        place.run(&[KEYS, &keys, "--screen", "--size", "140x20", &papers]).output
    };
    let screen = press("r");
    assert!(screen.contains("; RIS has no field for upvotes"), "{screen}");
    let screen = press(",");
    assert!(screen.contains("Exported") && !screen.contains("no field"), "{screen}");
}
