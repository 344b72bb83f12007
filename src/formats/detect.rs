//! Detects the format of a source from its first bytes, or the reason why it has no papers.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::defect::Defect;
use super::format::Format;
use super::input::lines::strip_bom;
use super::input::transcode::decode_head;
use super::json::{document, lines};
use super::record::field_names::FieldNames;
use super::tagged::{endnote, nbib, ris, wos};
use super::xml::{acl, atom, dblp, jats, oai_pmh, pubmed, rss};
use super::{bibtex, hayagriva, listing, mail, table, web_page};
use crate::domain::Draft;

/// The reason why an input cannot be read as papers. Its display text is the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnrecognisedInput {
    #[error("empty")]
    Empty,
    #[error("binary data, not text")]
    Binary,
    #[error("markup without papers; save a web page as text instead")]
    Markup,
    #[error("JSON without papers that have a title")]
    OtherJson,
    #[error("no papers in any member")]
    NoPapersInside,
    /// With the names of its columns, and how to choose the title column.
    #[error("table without a title column; {0}")]
    OtherTable(String),
    #[error("unrecognized format (`--from` sets it; see `--help`)")]
    OtherText,
}

/// Detects the format from the first bytes of a file; 64 KB are enough.
///
/// # Errors
///
/// Returns the reason if they are not papers.
pub fn detect(head: &[u8]) -> Result<Format, UnrecognisedInput> {
    detect_with(head, &FieldNames::default())
}

/// The same as [`detect`], with the source's own names for the fields of JSON and of tables.
///
/// # Errors
///
/// Returns the reason if they are not papers.
pub fn detect_with(head: &[u8], names: &FieldNames) -> Result<Format, UnrecognisedInput> {
    let decoded = decode_head(head);
    let head = strip_bom(&decoded);
    if is_binary(head) {
        return Err(UnrecognisedInput::Binary);
    }
    let text = String::from_utf8_lossy(head);
    let format = detect_text(&text, names)?;
    // The reader of JSON Lines works on the undecoded bytes, which must be UTF-8.
    let is_utf8 = matches!(decoded, Cow::Borrowed(_));
    Ok(if format == Format::Jsonl && !is_utf8 { Format::Json } else { format })
}

fn detect_text(head: &str, names: &FieldNames) -> Result<Format, UnrecognisedInput> {
    let text = head.trim_start();
    // The name of the first column may be empty, so a leading tab is preserved.
    let lines = head.trim_start_matches(['\r', '\n', '\u{feff}']);
    match text.as_bytes() {
        [] => Err(UnrecognisedInput::Empty),
        [b'<', ..] => detect_markup(text),
        // Before the others, whose records a mail may quote.
        _ if mail::matches_head(text) => Ok(Format::Mail),
        _ if bibtex::matches_head(text) => Ok(Format::Bibtex),
        _ if endnote::matches_head(text) => Ok(Format::EndNote),
        _ if nbib::matches_head(text) => Ok(Format::Nbib),
        _ if ris::matches_head(text) => Ok(Format::Ris),
        _ if wos::matches_head(text) => Ok(Format::Wos),
        _ if hayagriva::matches_head(text) => Ok(Format::Hayagriva),
        _ if lines::matches_head(text, names) => Ok(Format::Jsonl),
        _ if document::matches_head(text, names) => Ok(Format::Json),
        [b'{' | b'[', ..] => Err(UnrecognisedInput::OtherJson),
        _ if bibtex::is_comment(text) => Ok(Format::Bibtex),
        _ if table::matches_head(lines, names) => Ok(Format::Csv),
        _ if is_listing(text) => Ok(Format::Listing),
        _ => Err(table::unknown_columns(lines, names)
            .map_or(UnrecognisedInput::OtherText, UnrecognisedInput::OtherTable)),
    }
}

/// Detects the XML format.
fn detect_markup(text: &str) -> Result<Format, UnrecognisedInput> {
    type Rule = (fn(&str) -> bool, Format);
    let rules: [Rule; 8] = [
        (acl::matches_head, Format::Acl),
        (atom::matches_head, Format::Atom),
        (dblp::matches_head, Format::DblpXml),
        (oai_pmh::matches_head, Format::Oai),
        (pubmed::matches_head, Format::Pubmed),
        (rss::matches_head, Format::Rss),
        (jats::matches_head, Format::Jats),
        (web_page::matches_head, Format::WebPage),
    ];
    let rule = rules.into_iter().find(|(matches, _)| matches(text));
    rule.map(|(_, format)| format).ok_or(UnrecognisedInput::Markup)
}

/// Returns true if more than 2 % of the bytes are control characters, or if there is a NUL byte and
/// another control character. Text has hardly any.
fn is_binary(head: &[u8]) -> bool {
    let is_control = |it: &&u8| it.is_ascii_control() && !b"\t\n\r\x0c\x1b".contains(it);
    let control_count = head.iter().filter(is_control).count();
    head.contains(&0) && control_count > 1 || control_count * 50 > head.len()
}

/// Returns true if enough lines pair as title and abstract: a page can put eight lines around each
/// paper, but in prose a short line precedes a long one only occasionally. If no abstract is long,
/// every pair must look like a title and a sentence.
fn is_listing(text: &str) -> bool {
    let lines = text.lines().filter(|it| !it.trim().is_empty()).count();
    let (mut long_count, mut short_count, mut other_count) = (0, 0, 0);
    let mut count = |record: Result<Draft, Defect>| {
        match record {
            Ok(draft) if draft.abstract_text.len() >= listing::MIN_ABSTRACT_CHARS => {
                long_count += 1;
            }
            Ok(draft) if is_sentence_under_title(&draft) => short_count += 1,
            _ => other_count += 1,
        }
        ControlFlow::Continue(())
    };
    let is_read = listing::read(&mut text.as_bytes(), &mut count).is_ok();
    is_read
        && (long_count > 0 && (long_count + short_count) * 10 >= lines
            || short_count > 0 && other_count == 0)
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
        let long_line = "words ".repeat(60);
        assert_eq!(detect(format!("A title\n{long_line}").as_bytes()), Ok(Format::Listing));
        assert_eq!(detect(b"A title\nA short abstract of it.\n"), Ok(Format::Listing));
        assert_eq!(detect(b"\xef\xbb\xbf{\"title\":\"A\"}\n"), Ok(Format::Jsonl));
        assert_eq!(detect(b"{broken\n{\"title\":\"A\"}\n"), Ok(Format::Jsonl));
        assert_eq!(detect(b"{\"id\":1,\"title\":\"cut sho"), Ok(Format::Jsonl));
    }

    #[test]
    fn what_holds_no_paper_yet_is_of_its_format() {
        for (head, format) in [
            (&b"% Encoding: UTF-8\n\n% mine\n"[..], Format::Bibtex),
            (b"@comment{none yet}\n", Format::Bibtex),
            (b"title,authors,year\n", Format::Csv),
            (b"[]", Format::Json),
            (b"{\"total\": 0, \"data\": []}", Format::Json),
            (b"{\n \"message\": {\"items\": []}\n}\n", Format::Json),
        ] {
            assert_eq!(detect(head), Ok(format), "{}", String::from_utf8_lossy(head));
            let mut records = 0;
            let sink = &mut |_| {
                records += 1;
                ControlFlow::Continue(())
            };
            crate::formats::read::read(format, &mut &*head, sink).unwrap();
            assert_eq!(records, 0, "{}", String::from_utf8_lossy(head));
        }
        for head in [&b"%!PS-Adobe-3.0\n% a\n"[..], b"{\"data\": [], \"a\": 1}x", b"title\n"] {
            assert!(detect(head).is_err(), "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_table_without_titles_says_which_columns_it_has() {
        let reason = detect(b"site,headword,seen\nA,B,1\nC,D,2\n").unwrap_err();
        assert_eq!(
            reason.to_string(),
            "table without a title column; columns: site, headword, seen; `--map title=COLUMN` selects one"
        );
    }

    #[test]
    fn what_is_no_papers_is_told_apart() {
        for (head, reason) in [
            (&b""[..], UnrecognisedInput::Empty),
            (b" \n\n", UnrecognisedInput::Empty),
            (b"\xef\xbb\xbf", UnrecognisedInput::Empty),
            (b"\x7fELF\x02\x01\x01\0\0\0\0", UnrecognisedInput::Binary),
            (b"\xff\xfeA\0", UnrecognisedInput::OtherText),
            (b"<!doctype html>\n<p>", UnrecognisedInput::Markup),
            (b"{\"a\": 1}\n", UnrecognisedInput::OtherJson),
            (b"[1, 2]", UnrecognisedInput::OtherJson),
            (b"fn main() {\n    a();\n}\n", UnrecognisedInput::OtherText),
            (b"dear reader,\nthis is a letter\nto you\n", UnrecognisedInput::OtherText),
        ] {
            assert_eq!(detect(head), Err(reason), "{}", String::from_utf8_lossy(head));
        }
    }
}
