//! Hostile titles in every form, and the feed read back.

use super::{fill_inbox, mails, send, with_maildir};

/// Titles that try to leave their place.
fn hostile_titles() -> Vec<String> {
    let titles = [
        "<b>bold</b> & <script>alert(1)</script>",
        "\"quoted\" 'title'",
        "A\r\nBcc: eve@example.org",
        "$\\alpha$ and \\emph{TeX}",
        "雪と霧について",
        "مرحبا بالعالم",
        "=?utf-8?q?encoded?=",
    ];
    titles.iter().map(|it| (*it).to_owned()).chain(["long ".repeat(1000)]).collect()
}

fn hostile_lines() -> String {
    let line = |(number, title): (usize, String)| {
        let paper = serde_json::json!({
            "title": title,
            "arxiv_id": format!("2611.{number:05}"),
            "authors": [format!("{title} Moss")],
            "urls": ["javascript:alert(1)", "https://example.org/\"><script>"],
            "abstract": format!("We show {title}."),
            "listed": "2026-11-30",
        });
        format!("{paper}\n")
    };
    hostile_titles().into_iter().enumerate().map(line).collect()
}

#[test]
fn hostile_titles_stay_text_in_every_form() {
    let place = with_maildir();
    fill_inbox(&place, &hostile_lines());
    let digest = |form| place.run(&["digest", "--offline", "--as", form]).printed();
    for form in ["text", "markdown", "html", "eml", "atom", "jsonl"] {
        let text = digest(form);
        assert!(!text.contains("\nBcc:") && !text.contains('\r'), "{text}");
        assert!(form == "jsonl" || !text.contains("javascript:"), "{text}");
        let is_markup = form == "html" || form == "atom";
        assert!(!is_markup || !text.contains("<script") && !text.contains("<b>"), "{text}");
    }
    send(&place).printed();
    let mails = mails(&place);
    assert_eq!(mails.len(), 1);
    let (head, _) = mails[0].split_once("\n\n").unwrap();
    assert!(!head.contains("\nBcc:") && !head.contains("eve@example.org\n"), "{head}");
    assert!(mails[0].is_ascii() && mails[0].lines().all(|it| it.len() <= 78));
}

#[test]
fn the_feed_is_read_back_and_its_names_are_stable() {
    let place = with_maildir();
    fill_inbox(&place, &hostile_lines());
    let feed = place.run(&["digest", "--offline", "--as", "atom"]).printed();
    let again = place.run(&["digest", "--offline", "--as", "atom"]).printed();
    assert_eq!(feed, again);
    let file = place.file("feed.xml", &feed);
    let titles = place.run(&["convert", &file, "--to", "title"]).printed();
    assert_eq!(titles.lines().count(), hostile_titles().len(), "{titles}");
    assert!(titles.contains("雪と霧について") && titles.contains("bold & <script>"), "{titles}");
}

#[test]
fn a_page_is_written_to_a_file() {
    let place = with_maildir();
    fill_inbox(&place, &hostile_lines());
    let page = place.path("page.html");
    let arguments = ["digest", "--offline", "--as", "html", "-o", page.to_str().unwrap()];
    assert_eq!(place.run(&arguments).printed(), "");
    assert!(std::fs::read_to_string(&page).unwrap().ends_with("</html>\n"));
    assert!(place.run(&arguments).failed().contains("already exists"));
    assert_eq!(place.run(&[&arguments[..], &["--force"]].concat()).printed(), "");
}
