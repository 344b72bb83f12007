//! Malicious papers: control sequences must not reach the terminal or a pipe.

use offprint::cite::OutputFormat;
use serde_json::json;

use crate::support::program::Place;

/// Texts that a terminal would execute, or that would deceive a user.
const ATTACKS: [&str; 14] = [
    "\u{1b}]52;c;cm0gLXJmIH4=\u{7}",
    "\u{1b}]0;owned\u{1b}\\",
    "\u{1b}[2J\u{1b}[H\u{1b}[31m",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}_G\u{1b}\\\u{1b}c",
    "\u{9b}31m\u{9d}0;owned\u{9c}",
    "\r\n\tline\u{b}\u{c}\u{85}\u{2028}\u{2029}",
    "\u{8}\u{8}\u{7f}\0",
    "\u{202e}drow\u{202c}",
    "\u{2066}a\u{2069}\u{200e}\u{200f}\u{61c}",
    "\u{200b}\u{2060}\u{feff}\u{ad}",
    "\u{e0001}\u{e0041}\u{e007f}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "`$(reboot)`; reboot",
];

/// Returns true for control characters and invisible format characters.
fn acts(it: char) -> bool {
    matches!(it,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || it.is_control()
}

#[track_caller]
fn assert_harmless(text: &str, allowed: &[char], of: &str) {
    let found = text.char_indices().find(|&(_, it)| acts(it) && !allowed.contains(&it));
    if let Some((at, it)) = found {
        let before: String =
            text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        panic!("{it:?} in {of} after {before:?}");
    }
}

/// A paper for each attack, with the attack in every field.
fn papers() -> String {
    let paper = |(at, attack): (usize, &&str)| {
        let it = |word: &str| format!("{word}{attack}{word}");
        let record = json!({
            "title": it("title"), "authors": [it("First Last"), it("Only")], "year": 1990 + 2 * at,
            "abstract": it("An abstract of it. "), "categories": [it("cs.LG")],
            "venue": it("Venue"), "journal_ref": it("J. of X"), "arxiv_id": it("2101.00001"),
            "doi": it(&format!("10.1000/{at}")), "id": it("10.1000/y"),
            "url": format!("https://example.org/{at}/{attack}/x.pdf"),
        });
        record.to_string() + "\n"
    };
    ATTACKS.iter().enumerate().map(paper).collect()
}

#[test]
fn no_form_prints_what_a_terminal_would_act_on() {
    let place = Place::new();
    let file = place.file("hostile.jsonl", papers());
    for form in OutputFormat::ALL {
        let ran = place.run(&["--filter", "", "--as", form.field_name(), &file]);
        let allowed = if form == OutputFormat::Tsv { &['\n', '\t'][..] } else { &['\n'] };
        assert_harmless(&ran.output, allowed, form.field_name());
        assert_harmless(&ran.errors, &['\n'], "the messages");
        let header = usize::from(matches!(form, OutputFormat::Csv | OutputFormat::Tsv));
        if form == OutputFormat::Title || form == OutputFormat::Jsonl || header > 0 {
            assert_eq!(ran.output.lines().count(), ATTACKS.len() + header, "{}", ran.output);
        }
    }
}

#[test]
fn no_screen_and_no_copy_holds_what_a_terminal_would_act_on() {
    let place = Place::new();
    let file = place.file("hostile.jsonl", papers());
    let all = "<Space>".repeat(ATTACKS.len());
    let copies = ["yy", "yt", "yl", "yi", "yd", "yk", "yx", "yb", "ym", "ya", "yA", "yp"];
    let mut scripts = vec!["", "<Enter>", "f", "O", "o", "s", "?", ":messages<Enter>", "T", "ga"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    scripts.extend(copies.map(|copy| format!("{all}{copy}")));
    scripts.extend((0..ATTACKS.len()).map(|at| format!("{}<Enter>", "j".repeat(at))));
    for keys in scripts {
        for size in ["120x40", "60x20"] {
            let arguments = ["--keys", &keys, "--size", size, "--screen", "--copied", &file];
            assert_harmless(&place.run(&arguments).printed(), &['\n'], &keys);
        }
    }
}

#[test]
fn messages_about_what_cannot_be_read_are_harmless() {
    let place = Place::new();
    // A file with a NUL byte is binary.
    let bad: Vec<&str> = ATTACKS.into_iter().filter(|it| !it.contains('\0')).collect();
    let lines = bad.join("\n{\"title\": ");
    let file =
        place.file("bad.jsonl", format!("{{\"title\": \"{}\"}}\n{lines}\n", "A".repeat(9999)));
    let ran = place.run(&["--filter", "", &file]);
    assert_harmless(&ran.errors, &['\n'], "the messages");
    let screen = place.run(&["--keys", ":messages<Enter>", "--screen", &file]).printed();
    assert_harmless(&screen, &['\n'], "the screen");
    for attack in bad {
        let ran = place.run(&["--filter", "", &format!("missing{attack}")]);
        assert_harmless(&ran.failed(), &['\n'], "the name of a file");
        for arguments in
            [["--keys", attack], ["--config", attack], ["--clipboard", attack], ["--as", attack]]
        {
            let ran = place.run(&[&arguments[..], &["--screen"]].concat());
            assert_harmless(&ran.errors, &['\n'], arguments[0]);
            assert_harmless(&ran.output, &['\n'], arguments[0]);
        }
    }
}

#[test]
fn a_query_with_attacks_in_it_is_shown_harmless() {
    let place = Place::new();
    let file = place.file("hostile.jsonl", papers());
    for attack in ATTACKS.iter().filter(|it| !it.contains('\0')) {
        let screen = place.run(&["--query", attack, "--screen", &file]).printed();
        assert_harmless(&screen, &['\n'], attack);
    }
}

#[test]
fn a_title_of_a_megabyte_is_shown_and_printed_whole() {
    let place = Place::new();
    let title = "long ".repeat(200_000) + "end";
    let file = place.file("long.jsonl", json!({ "title": title }).to_string());
    let printed = place.run(&["--filter", "end", &file]).printed();
    assert!(printed.trim_end() == title);
    for keys in ["", "<Enter>", "<Enter>G"] {
        let screen = place.run(&["--keys", keys, "--size", "80x24", "--screen", &file]).printed();
        assert_eq!(screen.lines().count(), 24, "{keys}");
        assert!(screen.lines().all(|line| line.chars().count() <= 80), "{keys}");
    }
}
