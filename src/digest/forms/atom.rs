//! A digest as an Atom feed (RFC 4287), with names of entries that stay the same.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::markup::escape;
use crate::digest::layout::{Digest, DigestPaper};
use crate::text::fnv;

pub fn atom_feed(digest: &Digest) -> String {
    let days = digest.papers().filter_map(|it| it.listed);
    let updated = days.max().unwrap_or(digest.day);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:offprint:digest:{:016x}</id>\n<title>Offprint: {}</title>\n\
         <updated>{updated}T00:00:00Z</updated>\n<author><name>Offprint</name></author>\n\
         <generator>Offprint</generator>\n",
        fnv(&digest.name),
        escape(&digest.name)
    );
    for section in &digest.sections {
        for paper in &section.papers {
            add_entry(&mut feed, paper, section.kind.heading(), digest.day);
        }
    }
    feed + "</feed>\n"
}

fn add_entry(feed: &mut String, paper: &DigestPaper, section: &str, day: Date) {
    let updated = paper.listed.unwrap_or(day);
    let _ = write!(
        feed,
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{updated}T00:00:00Z</updated>\n",
        paper.urn,
        escape(&paper.title)
    );
    if !paper.authors.is_empty() {
        let _ = writeln!(feed, "<author><name>{}</name></author>", escape(&paper.authors));
    }
    if let Some(url) = &paper.url {
        let _ = writeln!(feed, "<link rel=\"alternate\" href=\"{}\"/>", escape(url));
    }
    for link in paper.links.iter().skip(1) {
        let (url, label) = (escape(&link.url), link.label);
        let _ = writeln!(feed, "<link rel=\"related\" title=\"{label}\" href=\"{url}\"/>");
    }
    let _ = writeln!(feed, "<category term=\"{section}\"/>");
    let lines = [&paper.gist, &paper.place, &paper.reason];
    let lines: Vec<&str> =
        lines.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    let _ = writeln!(feed, "<summary>{}</summary>\n</entry>", escape(&lines.join(" · ")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::layout::tests::hostile_digest;

    #[test]
    fn an_entry_keeps_its_name_and_its_text_is_no_markup() {
        let feed = atom_feed(&hostile_digest("Snow & <b>fog</b>"));
        assert!(feed.contains("<title>Snow &amp; &lt;b&gt;fog&lt;/b&gt;</title>"), "{feed}");
        let urn = |title| hostile_digest(title).papers().next().unwrap().urn.clone();
        assert_eq!(urn("Snow"), urn("Snow, second version"));
    }
}
