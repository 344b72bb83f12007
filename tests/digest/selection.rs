//! Each paper in one digest, and what is told if there is none.

use super::{fill_inbox, line, mails, papers_in, send, with_maildir};
use crate::support::program::Place;

#[test]
fn in_two_weeks_each_paper_is_in_one_mail() {
    let place = with_maildir();
    let (mut lines, mut count) = (String::new(), 0);
    for day in 1..=14 {
        // Nothing is listed at weekends.
        if day % 7 != 6 && day % 7 != 0 {
            for announcement in ["new", "cross-listed", "replaced"] {
                count += 1;
                lines += &line(count, &format!("2026-11-{day:02}"), announcement);
            }
        }
        fill_inbox(&place, &lines);
        let has_new = ![4, 6, 7, 13, 14].contains(&day);
        // On one day it is not run, and on another twice.
        if day != 3 {
            let ran = send(&place);
            let expected = i32::from(!has_new && day != 4);
            assert_eq!(ran.code, expected, "{day}: {}", ran.errors);
        }
        if day == 9 {
            assert_eq!(send(&place).code, 1);
        }
    }
    assert_eq!(papers_in(&mails(&place)), (1..=count).collect::<Vec<_>>());
}

#[test]
fn what_is_printed_is_not_sent_unless_asked() {
    let place = Place::new();
    fill_inbox(&place, &(line(1, "2026-11-30", "new") + &line(2, "2026-11-29", "replaced")));
    let digest =
        |arguments: &[&str]| place.run(&[&["digest", "--offline"][..], arguments].concat());
    let text = digest(&[]).printed();
    assert!(text.contains("\nNEW\n\n1. Paper 1\nAda Moss"), "{text}");
    assert!(text.contains("\nREPLACED\n\n2. Paper 2\n"), "{text}");
    assert!(
        text.contains("listed by cs.CL\nWe show that snow falls.\nabstract: https://"),
        "{text}"
    );
    assert_eq!(digest(&["--since", "2026-11-30"]).printed().matches(". Paper ").count(), 1);
    let marked = digest(&["--mark-sent", "--limit", "1"]).printed();
    assert!(marked.contains("1 of 2 new papers") && marked.contains("next digest"), "{marked}");
    assert_eq!(digest(&["--mark-sent"]).printed().matches(". Paper 2").count(), 1);
    let ran = digest(&[]);
    assert_eq!(
        (ran.code, ran.output.as_str(), ran.errors.as_str()),
        (1, "", "offprint: nothing new\n")
    );
}

#[test]
fn papers_of_a_file_and_of_a_filter_are_a_digest_of_their_own() {
    let place = Place::new();
    let file = place.file("refs.jsonl", line(1, "", "") + &line(2, "", ""));
    let one = ["digest", &file, "--where", "\"Paper 1\"", "--mark-sent"];
    assert_eq!(place.run(&one).printed().matches(". Paper ").count(), 1);
    assert_eq!(place.run(&one).code, 1);
    assert_eq!(place.run(&["digest", &file]).printed().matches(". Paper ").count(), 2);
}

#[test]
fn a_wrong_configuration_is_told_before_anything_is_read() {
    let place = Place::new();
    fill_inbox(&place, &line(1, "2026-11-30", "new"));
    for (config, arguments, message) in [
        ("", &["--send"][..], "no recipient"),
        ("", &["--send", "--to", "a@b.org"], "no `sendmail`, `smtp` or `maildir`"),
        ("", &["--as", "eml", "--to", "a@b.org\r\nBcc: c@d.org"], "not an e-mail address"),
        (
            "[mail.smtp]\nuser = 'a'\n",
            &["--send", "--to", "a@b.org"],
            "`mail.smtp.host` is missing",
        ),
        ("[mail]\nmaildir = '.'\n", &["--send", "--to", "a@b.org"], "no maildir"),
        (
            "[mail]\nsendmail = ['/no/such']\n",
            &["--check", "--to", "a@b.org"],
            "not sent: /no/such",
        ),
        ("", &["--since", "long"], "no day such as"),
    ] {
        place.file("config/offprint/config.toml", config);
        let error = place.run(&[&["digest"][..], arguments].concat()).failed();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_program_that_fails_has_sent_nothing() {
    let place = Place::new();
    fill_inbox(&place, &line(1, "2026-11-30", "new"));
    let config = |command: &str| {
        let text = format!("[mail]\nto = ['a@b.org']\nsendmail = ['sh', '-c', '{command}']\n");
        place.file("config/offprint/config.toml", text);
    };
    config("cat > /dev/null; exit 75");
    assert!(send(&place).failed().contains("sh: failed with exit code 75"));
    config("cat > mail.eml");
    assert!(send(&place).printed().starts_with("Sent: 1 paper to a@b.org"));
    let mail = std::fs::read_to_string(place.path("mail.eml")).unwrap();
    assert!(mail.starts_with("From: a@b.org\n") && !mail.contains('\r'), "{mail}");
    assert_eq!(send(&place).code, 1);
}
