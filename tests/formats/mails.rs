//! Mails: a mailbox, a single mail, a `maildir`, and what has no papers.

use offprint::domain::BibField;
use offprint::formats::{Format, detect};
use offprint::sources::{Source, load_corpus};

use crate::support::program::Place;

const MAILBOX: &str = include_str!("samples/alerts.mbox");

/// The mails of the sample without their separators.
fn mails() -> Vec<&'static str> {
    let mails = MAILBOX.split("\nFrom ").map(|it| it.split_once('\n').unwrap().1);
    mails.collect()
}

#[test]
fn a_mailbox_is_the_papers_of_its_mails() {
    assert_eq!(detect(MAILBOX.as_bytes()), Ok(Format::Mail));
    let place = Place::new();
    let path = place.file("alerts.mbox", MAILBOX);
    let (corpus, defects) = load_corpus(Source::File(path.into())).unwrap();
    assert_eq!(defects, []);
    let papers: Vec<_> = corpus.papers().map(|(_, it)| it).collect();
    assert_eq!(papers.len(), 2);
    assert_eq!(
        (papers[0].title, papers[0].arxiv),
        ("On the Melting of Snow and Ice", "2601.00001")
    );
    assert_eq!(papers[0].field(BibField::Listed), "2026-01-06");
    assert_eq!((papers[1].title, papers[1].venue), ("Firn and Its Layers", "Annals of Snow"));
    assert_eq!((papers[1].author_list, papers[1].year), ("B Peat; C Loam", Some(2025)));
    assert_eq!(papers[1].url_list, "https://example.org/firn.pdf");
    assert_eq!(papers[1].field(BibField::Listed), "2026-01-07");
}

#[test]
fn a_mail_without_papers_is_passed_over_with_its_subject() {
    let place = Place::new();
    let path = place.file("alerts.mbox", MAILBOX);
    let ran = place.run(&["--strict", &path, "--as", "title"]);
    assert_eq!(
        (ran.code, &*ran.output),
        (0, "On the Melting of Snow and Ice\nFirn and Its Layers\n")
    );
    let told = ran.errors.replace(&path, "alerts.mbox");
    assert_eq!(told, "offprint: skipped (no papers): alerts.mbox: mail “Lunch on Friday”\n");
}

#[test]
fn a_maildir_is_read_without_what_is_not_complete() {
    let place = Place::new();
    for (folder, mail) in ["cur", "new", "tmp"].into_iter().zip(mails()) {
        place.file(&format!("Mail/{folder}/1.M1P1.host:2,S"), mail);
    }
    let folder = place.path("Mail");
    let address = format!("maildir:{}", folder.display());
    let ran = place.run(&[&address, "--as", "title"]);
    assert_eq!(ran.printed(), "On the Melting of Snow and Ice\nFirn and Its Layers\n");
    let ran = place.run(&["maildir:/no/such", "--as", "title"]);
    assert!(ran.failed().contains("/no/such: no such file or directory"));
}

#[test]
fn the_text_of_a_mail_of_arxiv_is_read_alone() {
    let (_, body) = mails()[0].split_once("\n\n").unwrap();
    assert_eq!(detect(body.as_bytes()), Ok(Format::Mail));
    let place = Place::new();
    let ran = place.run(&[&place.file("2026-01-06.txt", body), "--as", "title"]);
    assert_eq!(ran.printed(), "On the Melting of Snow and Ice\n");
}
