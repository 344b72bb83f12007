//! The digest by the built program: what is selected, what is written, and how it is sent.

mod forms;
mod selection;
mod server;
mod smtp;

use std::fs;

use crate::support::program::{Place, Ran};

/// A line of the inbox.
fn line(number: u32, day: &str, announcement: &str) -> String {
    format!(
        "{{\"title\":\"Paper {number}\",\"arxiv_id\":\"2611.{number:05}\",\"authors\":[\"Ada Moss\"],\
         \"year\":2026,\"listed\":\"{day}\",\"origin\":\"cs.CL\",\
         \"announcement\":\"{announcement}\",\"abstract\":\"We show that snow falls.\"}}\n"
    )
}

/// Replaces the papers of a source in the inbox.
fn fill_inbox(place: &Place, lines: &str) {
    place.file("home/data/offprint/inbox/cs.CL.jsonl", lines);
}

/// A home whose digests go to a maildir.
fn with_maildir() -> Place {
    let place = Place::new();
    let maildir = place.path("mail");
    let text = format!(
        "[mail]\nto = [\"Ada Möss <ada@example.org>\"]\nmaildir = '{}'\n",
        maildir.display()
    );
    place.file("config/offprint/config.toml", text);
    place
}

/// The mails of the maildir.
fn mails(place: &Place) -> Vec<String> {
    let Ok(files) = fs::read_dir(place.path("mail/new")) else { return Vec::new() };
    files.map(|it| fs::read_to_string(it.unwrap().path()).unwrap()).collect()
}

/// The numbers of the papers in the text of all mails, sorted.
fn papers_in(mails: &[String]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for mail in mails {
        let parsed = mail_parser::MessageParser::default().parse(mail).unwrap();
        let text = parsed.body_text(0).unwrap();
        let html = parsed.body_html(0).unwrap();
        let in_text = text.split(". Paper ").skip(1).filter_map(number_at_start);
        let in_text: Vec<u32> = in_text.collect();
        let in_html = html.split(">Paper ").skip(1).filter_map(number_at_start);
        assert_eq!(in_text, in_html.collect::<Vec<_>>());
        numbers.extend(in_text);
    }
    numbers.sort_unstable();
    numbers
}

fn number_at_start(text: &str) -> Option<u32> {
    text.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
}

fn send(place: &Place) -> Ran {
    place.run(&["digest", "--send", "--offline"])
}
