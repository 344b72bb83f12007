//! Mail through a real server: checked by a parser that is not ours, and sent by a program that is
//! killed. `OFFPRINT_KILLS` sets the number of kills; the default is 20.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::server::SmtpServer;
use super::{fill_inbox, line, papers_in, send};
use crate::support::program::Place;

/// The `Message-ID` of a mail that the parser of Python finds in order.
fn check_mail(file: &Path) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digest/check_mail.py");
    let checked = Command::new("python3").arg(script).arg(file).output().unwrap();
    let errors = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "{}: {errors}", file.display());
    String::from_utf8(checked.stdout).unwrap()
}

#[test]
#[ignore = "needs Python with aiosmtpd"]
fn a_real_server_takes_the_mail_and_a_parser_that_is_not_ours_reads_it() {
    let place = Place::new();
    let server = SmtpServer::start(&place, "0");
    let ran = place.run(&["digest", "--check"]);
    assert!(ran.output.contains("250 taken as "), "{} {}", ran.output, ran.errors);
    fill_inbox(&place, &(line(1, "2026-11-29", "new") + &line(2, "2026-11-29", "cross-listed")));
    assert!(send(&place).printed().contains("250 taken as "));
    fill_inbox(&place, &(line(2, "2026-11-29", "new") + &line(3, "2026-11-30", "new")));
    assert!(send(&place).printed().contains("250 taken as "));
    let taken = server.taken();
    assert_eq!(taken.len(), 3);
    assert_ne!(check_mail(&taken[1]), check_mail(&taken[2]));
    let mails: Vec<String> = taken.iter().map(|it| fs::read_to_string(it).unwrap()).collect();
    assert_eq!(papers_in(&mails), [1, 2, 3]);
    assert!(mails[2].contains(&format!("References: {}", check_mail(&taken[1]).trim())));
}

#[test]
#[ignore = "needs Python with aiosmtpd"]
fn a_wrong_password_and_an_unknown_certificate_send_nothing() {
    let place = Place::new();
    let server = SmtpServer::start(&place, "0");
    fill_inbox(&place, &line(1, "2026-11-29", "new"));
    place.file("password", "fog\n");
    let error = send(&place).failed();
    assert!(error.contains("535") && !error.contains("fog"), "{error}");
    place.file("password", "snow\n");
    let config = fs::read_to_string(place.path("config/offprint/config.toml")).unwrap();
    let untrusted = config.replace("certificates = 'server.pem'\n", "");
    place.file("config/offprint/config.toml", untrusted);
    assert!(send(&place).failed().contains("certificate"), "nothing is sent in clear");
    assert_eq!(server.taken().len(), 0);
    place.file("config/offprint/config.toml", config);
    send(&place).printed();
    assert_eq!(papers_in(&[fs::read_to_string(&server.taken()[0]).unwrap()]), [1]);
}

/// A number that is spread evenly, for waits.
fn next_number(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
#[ignore = "needs Python with aiosmtpd, and minutes"]
fn a_digest_that_is_killed_loses_no_paper_and_repeats_none_under_another_name() {
    let kills: u32 = std::env::var("OFFPRINT_KILLS").map_or(20, |it| it.parse().unwrap());
    let place = Place::new();
    let server = SmtpServer::start(&place, "0.1");
    let (mut lines, mut state) = (String::new(), 1);
    let (_never, waiting) = channel::<()>();
    for number in 1..=kills {
        lines += &line(number, "2026-11-30", "new");
        fill_inbox(&place, &lines);
        let mut command = place.command(&["digest", "--send", "--offline"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Kills at a random moment; no event is awaited.
        let _ = waiting.recv_timeout(Duration::from_millis(next_number(&mut state) % 400));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    while send(&place).code == 0 {}
    let mut mails: HashMap<String, String> = HashMap::new();
    for file in server.taken() {
        let text = fs::read_to_string(&file).unwrap();
        // A mail that came twice has the same name and is the same to the last byte.
        let first = mails.entry(check_mail(&file)).or_insert_with(|| text.clone());
        assert_eq!(*first, text);
    }
    let mails: Vec<String> = mails.into_values().collect();
    let papers = papers_in(&mails);
    assert_eq!(papers.len(), papers.iter().collect::<HashSet<_>>().len(), "{papers:?}");
    assert_eq!(papers, (1..=kills).collect::<Vec<_>>());
}
