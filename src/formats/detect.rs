//! Which format the first bytes are in, or why they are not papers.

use std::ops::ControlFlow;

use super::lines::without_mark;
use super::{
    Defect, Format, Names, acl, atom, bibtex, dblp_xml, endnote, hayagriva, json, jsonl, listing,
    nbib, oai, pubmed, ris, rss, table, wos,
};
use crate::domain::Draft;

/// Why something cannot be read as papers. Displays as the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPapers {
    #[error("it is empty; choose a file with papers in it")]
    Empty,
    #[error("it is binary, not text; save it as a text file first")]
    Binary,
    #[error("it is text in UTF-16; save it as UTF-8 first")]
    Utf16,
    #[error("it is markup that holds no papers; save a web page as text instead")]
    Markup,
    #[error("it is JSON, but no paper with a title is in it")]
    OtherJson,
    #[error("nothing in it holds papers")]
    NoMember,
    #[error("it is text, but in none of the formats that are read; --help names them")]
    OtherText,
}

/// Judges what is in a file by its first bytes; 64 kB tell enough.
///
/// # Errors
///
/// When they are no papers.
pub fn detect(head: &[u8]) -> Result<Format, NotPapers> {
    detect_with(head, &Names::default())
}

/// As [`detect`], where the source has names of its own for the fields of JSON and of tables.
///
/// # Errors
///
/// When they are no papers.
pub fn detect_with(head: &[u8], names: &Names) -> Result<Format, NotPapers> {
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(NotPapers::Utf16);
    }
    let head = without_mark(head);
    if is_binary(head) {
        return Err(NotPapers::Binary);
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start();
    match text.as_bytes() {
        [] => Err(NotPapers::Empty),
        [b'<', ..] => markup(text),
        _ if bibtex::is_it(text) => Ok(Format::Bibtex),
        _ if endnote::is_it(text) => Ok(Format::EndNote),
        _ if nbib::is_it(text) => Ok(Format::Nbib),
        _ if ris::is_it(text) => Ok(Format::Ris),
        _ if wos::is_it(text) => Ok(Format::Wos),
        _ if hayagriva::is_it(text) => Ok(Format::Hayagriva),
        _ if jsonl::is_it(text, names) => Ok(Format::Jsonl),
        _ if json::is_it(text, names) => Ok(Format::Json),
        [b'{' | b'[', ..] => Err(NotPapers::OtherJson),
        _ if table::is_it(text, names) => Ok(Format::Csv),
        _ if is_listing(text) => Ok(Format::Listing),
        _ => Err(NotPapers::OtherText),
    }
}

/// Which XML it is.
fn markup(text: &str) -> Result<Format, NotPapers> {
    type Rule = (fn(&str) -> bool, Format);
    let rules: [Rule; 6] = [
        (acl::is_it, Format::Acl),
        (atom::is_it, Format::Atom),
        (dblp_xml::is_it, Format::DblpXml),
        (oai::is_it, Format::Oai),
        (pubmed::is_it, Format::Pubmed),
        (rss::is_it, Format::Rss),
    ];
    let known = rules.into_iter().find(|(is_it, _)| is_it(text));
    known.map(|(_, format)| format).ok_or(NotPapers::Markup)
}

/// Text has hardly any control characters; one in fifty is damage enough.
fn is_binary(head: &[u8]) -> bool {
    let is_odd = |it: &&u8| it.is_ascii_control() && !b"\t\n\r\x0c\x1b".contains(it);
    let odd = head.iter().filter(is_odd).count();
    head.contains(&0) && odd > 1 || odd * 50 > head.len()
}

/// Whether enough of the lines pair: a page may put eight lines around each paper, prose has a
/// short line before a long one only here and there. Where no abstract is long, every pair must
/// look like a title and a sentence.
fn is_listing(text: &str) -> bool {
    let lines = text.lines().filter(|it| !it.trim().is_empty()).count();
    let (mut long, mut short, mut doubtful) = (0, 0, 0);
    let mut count = |record: Result<Draft, Defect>| {
        match record {
            Ok(draft) if draft.abstract_text.len() >= listing::ABSTRACT_FROM => long += 1,
            Ok(draft) if is_sentence_under_title(&draft) => short += 1,
            _ => doubtful += 1,
        }
        ControlFlow::Continue(())
    };
    let is_read = listing::read(&mut text.as_bytes(), &mut count).is_ok();
    is_read && (long > 0 && (long + short) * 10 >= lines || short > 0 && doubtful == 0)
}

fn is_sentence_under_title(draft: &Draft) -> bool {
    let text = &draft.abstract_text;
    text.ends_with(['.', '?', '!', '…', '。'])
        && !draft.title.ends_with('.')
        && text.len() > draft.title.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_known_by_its_content() {
        let long = "words ".repeat(60);
        assert_eq!(detect(format!("A title\n{long}").as_bytes()), Ok(Format::Listing));
        assert_eq!(detect(b"A title\nA short abstract of it.\n"), Ok(Format::Listing));
        assert_eq!(detect(b"\xef\xbb\xbf{\"title\":\"A\"}\n"), Ok(Format::Jsonl));
        assert_eq!(detect(b"{broken\n{\"title\":\"A\"}\n"), Ok(Format::Jsonl));
        assert_eq!(detect(b"{\"id\":1,\"title\":\"cut sho"), Ok(Format::Jsonl));
    }

    #[test]
    fn what_is_no_papers_is_told_apart() {
        for (head, why) in [
            (&b""[..], NotPapers::Empty),
            (b" \n\n", NotPapers::Empty),
            (b"\xef\xbb\xbf", NotPapers::Empty),
            (b"\x7fELF\x02\x01\x01\0\0\0\0", NotPapers::Binary),
            (b"\xff\xfeA\0", NotPapers::Utf16),
            (b"<!doctype html>\n<p>", NotPapers::Markup),
            (b"{\"a\": 1}\n", NotPapers::OtherJson),
            (b"[1, 2]", NotPapers::OtherJson),
            (b"fn main() {\n    a();\n}\n", NotPapers::OtherText),
            (b"dear reader,\nthis is a letter\nto you\n", NotPapers::OtherText),
        ] {
            assert_eq!(detect(head), Err(why), "{}", String::from_utf8_lossy(head));
        }
    }
}
