//! Each paper in one digest, and what is told if there is none.

use super::{fill_inbox, line, mails, papers_in, send, with_maildir};
use crate::support::program::Place;
use crate::support::server::{PlayedReply, Server};

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
fn a_paper_that_was_sent_is_in_no_digest_of_another_search() {
    let place = Place::new();
    let file = place.file("refs.jsonl", line(1, "", "") + &line(2, "", ""));
    let one = ["digest", &file, "--where", "\"Paper 1\"", "--mark-sent"];
    assert_eq!(place.run(&one).printed().matches(". Paper ").count(), 1);
    assert_eq!(place.run(&one).code, 1);
    let other = place.run(&["digest", &file]).printed();
    assert!(other.contains("1. Paper 2\n") && other.matches(". Paper ").count() == 1, "{other}");
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
            "`mail.sendmail`: /no/such: no such program",
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

#[test]
fn each_news_of_a_paper_is_sent_once_also_if_the_paper_was_read() {
    let place = with_maildir();
    let news = |announcement| line(7, "2026-11-30", announcement).replace("cs.CL", "News");
    fill_inbox(&place, &line(7, "2026-11-30", "new"));
    // Papers that were read are in no digest.
    place.folder("state");
    place.run(&["--library", "state/library.db", "--keys", "r", "inbox"]).printed();
    assert_eq!(send(&place).code, 1);
    let path = "home/data/offprint/inbox/News.jsonl";
    for lines in [news("new version"), news("new version") + &news("retracted")] {
        place.file(path, lines);
        assert_eq!(send(&place).code, 0);
        assert_eq!(send(&place).code, 1);
    }
    let mails = mails(&place);
    assert_eq!(papers_in(&mails), [7, 7]);
    for change in ["new version", "retracted"] {
        let has = |mail: &&String| {
            let parsed = mail_parser::MessageParser::default().parse(*mail).unwrap();
            parsed.body_html(0).unwrap().contains(&format!(">{change} · "))
        };
        assert_eq!(mails.iter().filter(has).count(), 1, "{change}: {mails:?}");
    }
}

#[test]
fn a_password_is_asked_for_before_anything_is_fetched() {
    let place = Place::new();
    let server = Server::start(|_| PlayedReply::ok(""));
    place.file("config/offprint/follow", format!("{}/a.bib as a\n", server.url()));
    for route in [
        "[mail.smtp]\nhost = 'localhost'\nuser = 'me'\npassword = ['/no/such']\n",
        "sendmail = ['/no/such']\n",
    ] {
        place.file("config/offprint/config.toml", format!("[mail]\nto = ['a@b.org']\n{route}"));
        assert_eq!(place.run(&["digest", "--send"]).code, 2);
        assert_eq!(server.paths(), Vec::<String>::new(), "{route}");
    }
}

#[test]
fn a_feed_has_what_was_sent_too() {
    let place = with_maildir();
    fill_inbox(&place, &line(1, "2026-11-30", "new"));
    let feed = || place.run(&["digest", "--offline", "--as", "atom"]).printed();
    let before = feed();
    assert_eq!(send(&place).code, 0);
    assert_eq!(feed(), before);
    assert!(before.contains("<title>Paper 1</title>"), "{before}");
}

#[test]
fn papers_like_the_starred_ones_come_first_with_a_reason() {
    let place = Place::new();
    let paper = |title: &str, text: &str, listed: &str| {
        format!(
            "{{\"title\":\"{title}\",\"authors\":[\"Ada Moss\"],\"abstract\":\"{text}\",\
             \"listed\":\"{listed}\"}}\n"
        )
    };
    let liked = |it: usize| paper(&format!("Cortex {it}"), "Neurons form maps of places.", "");
    let read = |it: usize| paper(&format!("Field {it}"), "Soil holds rain in spring.", "");
    let seen: String = (0..20).map(liked).chain((0..20).map(read)).collect();
    let (seen, library) = (place.file("seen.jsonl", seen), place.path("library.db"));
    let library = library.display().to_string();
    let inbox = paper("Rain in Soil", "Soil holds rain.", "2026-11-30")
        + &paper("Maps in Cortex", "Neurons form maps.", "2026-11-29");
    fill_inbox(&place, &inbox);
    let digest = || place.run(&["digest", "--offline", "--library", &library]).printed();
    assert!(digest().contains("1. Rain in Soil"), "the newest first: {}", digest());
    let keys = "*j".repeat(20) + &"rj".repeat(20);
    let ran = place.run(&["--library", &library, "--keys", &keys, &seen]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let text = digest();
    assert!(text.contains("1. Maps in Cortex"), "{text}");
    assert!(text.contains("like “Cortex") && text.contains("which you starred ("), "{text}");
    assert_eq!(text.matches("which you starred").count(), 1, "{text}");
}
