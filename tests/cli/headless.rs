//! Keys without a terminal, generated files, and errors of the configuration.

use crate::support::program::{Place, feed};

const TWO: &str = "{\"title\": \"One paper\", \"arxiv_id\": \"2101.00001\"}
{\"title\": \"Another paper\", \"arxiv_id\": \"2101.00002\"}
";

#[test]
fn keys_are_pressed_and_the_last_screen_is_printed() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let run = |keys: &str, size: &str| {
        place.run(&["--keys", keys, "--size", size, "--screen", &papers]).printed()
    };
    let screen = run("/another<Enter>", "60x12");
    assert_eq!(screen.lines().count(), 12, "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 60), "{screen}");
    assert!(screen.contains("1 of 2") && screen.contains("/ another"), "{screen}");
    assert!(screen.contains("Another paper") && !screen.contains("One paper"), "{screen}");
    for size in ["1x1", "3x200", "200x3", "1000x1"] {
        let height: usize = size.split_once('x').unwrap().1.parse().unwrap();
        assert_eq!(run("j?<Esc>f", size).lines().count(), height, "{size}");
    }
}

#[test]
fn what_was_copied_is_printed_copy_after_copy() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let copied = place.run(&["--keys", "yijyiyt", "--copied", &papers]).printed();
    assert_eq!(copied, "2101.00001\n2101.00002\nAnother paper\n");
    let selected = place.run(&["--keys", "<Space><Space>yi", "--copied", &papers]).printed();
    assert_eq!(selected, "2101.00001\n2101.00002\n");
}

#[test]
fn the_papers_that_are_picked_are_printed() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let pick = |keys: &str| place.run(&["--pick", "--as", "id", "--keys", keys, &papers]);
    assert_eq!(pick("<Down><Enter>").printed(), "2101.00002\n");
    assert_eq!(pick("<Down><Tab><Up><Tab><Enter>").printed(), "2101.00002\n2101.00001\n");
    assert_eq!(pick("one<Enter>").printed(), "2101.00001\n");
    let ran = pick("<Esc>");
    assert_eq!((ran.code, ran.output.as_str(), ran.errors.as_str()), (1, "", ""));
}

#[test]
fn the_query_is_printed_and_a_search_without_a_choice_ends_at_once() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let pick = |options: &[&str]| {
        let arguments = [&["--pick", "--as", "id", &papers], options].concat();
        place.run(&arguments)
    };
    let printed = pick(&["--print-query", "--keys", "one<Enter>"]).printed();
    assert_eq!(printed, "one\n2101.00001\n");
    let only = pick(&["--select-1", "--print-query", "--query", "another", "--keys", ""]);
    assert_eq!(only.printed(), "another\n2101.00002\n");
    let asked = pick(&["-1", "--query", "paper", "--keys", "<Down><Enter>"]);
    assert_eq!(asked.printed(), "2101.00002\n");
    let none = pick(&["-0", "--print-query", "--query", "zzqx", "--keys", ""]);
    assert_eq!((none.code, none.output.as_str(), none.errors.as_str()), (1, "zzqx\n", ""));
    let screen = pick(&["-1", "--query", "zzqx", "--screen"]);
    assert!(screen.output.contains("No papers match"), "{screen:?}");
}

#[test]
fn a_query_to_start_with_filters_the_list() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let screen = place.run(&["--query", "another", "--screen", &papers]).printed();
    assert!(screen.contains("1 of 2"), "{screen}");
}

#[test]
fn the_built_in_papers_are_there_without_a_file() {
    let place = Place::new();
    let printed = place.run(&["--filter", ""]).printed();
    assert_eq!(printed.lines().count(), 198);
}

#[test]
fn each_kind_of_text_is_generated() {
    let place = Place::new();
    for (kind, sign) in [
        ("man", ".SH KEYS"),
        ("bash", "complete "),
        ("zsh", "#compdef offprint"),
        ("fish", "complete --keep-order --exclusive --command offprint"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
        ("config", "[keys.list]"),
    ] {
        let text = place.run(&["--generate", kind]).printed();
        assert!(text.contains(sign), "{kind}: {text}");
    }
    let man = place.run(&["--generate", "man"]).printed();
    for key in ["gg", "yb", "zt", "<Tab>"] {
        assert!(man.contains(key), "{key}");
    }
}

#[test]
fn the_generated_configuration_is_accepted() {
    let place = Place::new();
    let config = place.run(&["--generate", "config"]).printed();
    place.file("config/offprint/config.toml", config);
    let screen = place.run(&["--screen"]).printed();
    assert!(!screen.contains("config.toml"), "{screen}");
}

#[test]
fn what_is_wrong_in_the_configuration_is_named_with_its_line() {
    let place = Place::new();
    place.file("config/offprint/config.toml", "theme = \"pink\"\n\n[keys.list]\nx = \"fly\"\n");
    let ran = place.run(&["--filter", "attention", "--limit", "1"]);
    assert_eq!(ran.code, 0);
    let said: Vec<&str> = ran.errors.lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("offprint: config.toml: line 1: `pink`"), "{said:?}");
    assert!(said[1].starts_with("offprint: config.toml: line 4: "), "{said:?}");

    let broken = place.file("broken.toml", "theme =\n");
    let screen = place.run(&["--config", &broken, "--screen", "--size", "120x20"]).printed();
    assert!(screen.contains("broken.toml: line 1: "), "{screen}");
}

#[test]
fn one_error_in_the_configuration_drops_no_other_setting() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let text =
        "cash = 1\ncopy-form =\ncite = \"typst\"\n[keys.browse]\nc = \"copy-id\"\nx = \"fly\"\n";
    let config = place.file("keys.toml", text);
    let ran = place.run(&["--config", &config, "--keys", "c", "--copied", &papers]);
    assert_eq!(ran.output, "2101.00001\n");
    let ran = place.run(&["--config", &config, "--filter", "one", "--as", "cite", &papers]);
    assert!(ran.output.starts_with('@'), "{}", ran.output);
    let lines: Vec<&str> =
        ran.errors.lines().map(|it| it.trim_start_matches("offprint: keys.toml: ")).collect();
    let starts = ["line 1: unknown setting `cash` (did you mean `cache`?)", "line 2: ", "line 6: "];
    assert_eq!(lines.len(), starts.len(), "{lines:?}");
    assert!(lines.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{lines:?}");
}

#[test]
fn the_configuration_is_checked_with_every_error_and_its_line() {
    let place = Place::new();
    let none = place.run(&["--check-config"]).printed();
    assert!(none.contains("config.toml: no such file, so the defaults apply"), "{none}");
    let path = place.file("config/offprint/config.toml", "theme = \"dark\"\n");
    assert_eq!(place.run(&["--check-config"]).printed(), format!("{path}: OK\n"));
    let text = "theme = \"pink\"\nbibliography = [\"gone.bib\"]\nlayout = 3\nstyle = \"pink\"\n";
    place.file("config/offprint/config.toml", text);
    let ran = place.run(&["--check-config"]);
    assert_eq!((ran.code, ran.output.as_str()), (2, ""));
    let lines: Vec<&str> = ran.errors.lines().collect();
    let expected = [
        "offprint: config.toml: line 1: `pink` is not one of terminal",
        "offprint: config.toml: line 3: `layout` must be a string",
        "offprint: config.toml: line 4: unknown style \"pink\"",
        "offprint: bibliography gone.bib: no such file or directory",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    assert!(lines.iter().zip(expected).all(|(line, start)| line.starts_with(start)), "{lines:?}");
}

#[test]
fn a_configuration_that_cannot_be_read_leaves_the_defaults_with_a_notice() {
    let place = Place::new();
    let screen = |place: &Place| place.run(&["--screen", "--size", "120x20"]).printed();
    let utf_16: Vec<u8> =
        "\u{feff}theme = \"dark\"\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, notice) in [
        (b"cite = \"caf\xe9\"\n".to_vec(), "config.toml: line 1: not valid UTF-8"),
        (utf_16, "config.toml: encoded in UTF-16, not UTF-8; using defaults"),
    ] {
        place.file("config/offprint/config.toml", bytes);
        let text = screen(&place);
        assert!(text.contains(notice) && text.contains("198"), "{text}");
    }
    std::fs::remove_file(place.path("config/offprint/config.toml")).unwrap();
    place.folder("config/offprint/config.toml");
    let text = screen(&place);
    assert!(text.contains("config.toml: ") && text.contains("; using defaults"), "{text}");
    assert_eq!(place.run(&["--filter", "attention", "--limit", "1"]).code, 0);
}

#[test]
fn keys_of_the_configuration_are_pressed() {
    let place = Place::new();
    let papers = place.file("two.jsonl", TWO);
    let config = place.file("keys.toml", "[keys.browse]\nc = \"copy-id\"\n");
    let copied = place.run(&["--config", &config, "--keys", "c", "--copied", &papers]).printed();
    assert_eq!(copied, "2101.00001\n");
}

#[test]
fn abstracts_of_a_pipe_lie_beside_the_cache_or_stay_in_memory_and_nothing_is_left() {
    let place = Place::new();
    let long = "many words of one abstract ".repeat(1500);
    let line = |it| format!("{{\"title\": \"Paper {it}\", \"abstract\": \"{long}{it}\"}}\n");
    let papers: String = (0..450).map(line).collect();
    let run = |cache: &str| {
        let mut command = place.command(&["--filter", "", "--as", "abstract"]);
        feed(command.env("OFFPRINT_CACHE", cache), papers.as_bytes())
    };
    let folder = place.folder("cache");
    let beside = run(&folder);
    assert_eq!((beside.code, &*beside.errors), (0, ""));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    let in_memory = run(&place.file("no-folder", ""));
    assert!(beside.output.lines().any(|line| line.ends_with("449")));
    assert!(beside.output == in_memory.output);
    let told = "Abstracts stay in memory: ";
    assert!(in_memory.errors.contains(told), "{}", in_memory.errors);
    assert_eq!(in_memory.errors.lines().count(), 1, "{}", in_memory.errors);
}
