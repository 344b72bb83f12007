//! Reads OAI-PMH, the harvesting protocol of libraries and arXiv, with arXiv's own metadata or
//! Dublin Core.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::text;
use crate::domain::{BibField, Draft, arxiv_year, doi, repeats_identifier};
use crate::formats::defect::DraftSink;
use crate::formats::values::author_list;
use crate::formats::values::date::parse_date;

pub fn matches_head(head: &str) -> bool {
    match reader::root_element(head).as_deref() {
        Some("OAI-PMH" | "ListRecords" | "GetRecord") => true,
        // Some harvesters store only the records.
        Some("record" | "records") => head.contains("http://www.openarchives.org/OAI/"),
        _ => false,
    }
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read_records(
        input,
        &["OAI-PMH"],
        &["record", "error"],
        &mut |_, record| paper(&record),
        sink,
    )
}

fn paper(record: &Element) -> RecordResult {
    if record.name() == "error" {
        let (code, text) = (record.attribute("code"), record.text());
        if code == "noRecordsMatch" {
            return Ok(None);
        }
        return Err(format!("server error {code}: {text}"));
    }
    if record.first("header").is_some_and(|it| it.attribute("status") == "deleted") {
        return Ok(None);
    }
    let Some(metadata) = record.first("metadata") else {
        return Err("no metadata".to_owned());
    };
    let id = record.texts("header/identifier").iter().find_map(|it| text::arxiv_in(it));
    let mut draft = Draft { arxiv: id.unwrap_or_default(), ..Draft::default() };
    if let Some(arxiv_metadata) =
        metadata.elements().find(|it| matches!(it.name(), "arXiv" | "arXivRaw"))
    {
        fill(&mut draft, arxiv_metadata);
    } else if let Some(dc) = metadata.first("dc") {
        fill_from_dublin_core(&mut draft, dc);
        let sets: Vec<String> =
            record.texts("header/setSpec").iter().map(|it| category(it)).collect();
        if !draft.arxiv.is_empty() {
            draft.categories = text::categories(sets);
        }
    } else {
        let other = metadata.elements().next().map_or("", Element::name);
        return Err(format!("unsupported metadata format <{other}>"));
    }
    if draft.year.is_none() {
        draft.year = arxiv_year(&draft.arxiv);
    }
    reader::finish_draft(draft)
}

/// Adds arXiv's own metadata, or the raw form, which has authors in one text and the dates of
/// versions.
fn fill(draft: &mut Draft, metadata: &Element) {
    if let Some(id) = metadata.texts("id").iter().find_map(|it| text::arxiv_in(it)) {
        draft.arxiv = id;
    }
    draft.title = metadata.text_at("title");
    draft.abstract_text = metadata.text_at("abstract");
    let part = |author: &Element, name| author.text_at(name);
    draft.authors = metadata
        .all("authors/author")
        .into_iter()
        .map(|it| text::name(&part(it, "keyname"), &part(it, "suffix"), &part(it, "forenames")))
        .filter(|it| !it.is_empty())
        .collect();
    if draft.authors.is_empty() {
        draft.authors = author_list::split(&strip_parentheses(&metadata.text_at("authors")));
    }
    draft.categories = text::categories(metadata.text_at("categories").split_whitespace());
    draft.venue = metadata.text_at("journal-ref");
    let dois = metadata.text_at("doi");
    draft.doi = dois.split_whitespace().find_map(text::own_doi).unwrap_or_default();
    draft.add_field(BibField::Comment, metadata.text_at("comments"));
    let dates = ["created", "version/date"].map(|it| metadata.text_at(it));
    set_date(draft, &dates);
}

/// Strips affiliations, which are in parentheses after names.
fn strip_parentheses(text: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Adds Dublin Core metadata. A second description is a comment, and journal, URL and DOI are
/// identifiers.
fn fill_from_dublin_core(draft: &mut Draft, dc: &Element) {
    draft.title = dc.text_at("title");
    draft.authors = dc.texts("creator");
    for text in dc.texts("description") {
        match text.strip_prefix("Comment:") {
            Some(comment) => draft.add_field(BibField::Comment, comment.trim()),
            None if draft.abstract_text.is_empty() => draft.abstract_text = text,
            None => draft.add_field(BibField::Note, text),
        }
    }
    let identifiers = dc.texts("identifier");
    draft.doi = identifiers.iter().find_map(|it| text::own_doi(it)).unwrap_or_default();
    if draft.arxiv.is_empty() {
        let id = identifiers.iter().find_map(|it| text::arxiv_in(it));
        draft.arxiv = id.unwrap_or_default();
        draft.venue = dc.text_at("source");
    } else {
        let journal = |it: &&String| doi(it).is_none() && !it.contains("://");
        draft.venue = identifiers.iter().find(journal).cloned().unwrap_or_default();
    }
    let is_new_url =
        |it: &&String| it.starts_with("http") && !repeats_identifier(it, &draft.arxiv, &draft.doi);
    draft.urls = identifiers.iter().filter(is_new_url).cloned().collect();
    draft.add_field(BibField::Keywords, dc.texts("subject").join("; "));
    draft.add_field(BibField::Publisher, dc.text_at("publisher"));
    draft.add_field(BibField::Language, dc.text_at("language"));
    set_date(draft, &dc.texts("date"));
}

/// Sets the earliest of several dates, which is that of the first version.
fn set_date(draft: &mut Draft, texts: &[String]) {
    let first = texts.iter().filter_map(|it| parse_date(it)).min();
    if let Some((year, date)) = first {
        draft.year = Some(year);
        draft.add_field(BibField::Date, date);
    }
}

/// Returns the category of a set: `cs:cs:AI`, `physics:hep-th`, `math`.
fn category(set: &str) -> String {
    match set.split(':').collect::<Vec<_>>().as_slice() {
        [_, archive, class] => format!("{archive}.{class}"),
        parts => parts.last().map(|it| (*it).to_owned()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::{drafts, reasons};

    fn harvest(records: &str) -> String {
        format!(
            "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><ListRecords>{records}</ListRecords></OAI-PMH>"
        )
    }

    #[test]
    fn the_records_of_arxiv_are_papers() {
        let response = harvest(
            r#"<record><header><identifier>oai:arXiv.org:1501.00001</identifier></header><metadata>
            <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>1501.00001</id><created>2015-01-01</created><updated>2017-12-13</updated>
            <authors><author><keyname>King</keyname><forenames>M. L.</forenames><suffix>Jr.</suffix><affiliation>X</affiliation></author></authors>
            <title>On A
              and B</title><categories>math.CO cs.DM</categories><comments>7 pages</comments>
            <journal-ref>J. A 1 (2016)</journal-ref><doi>10.1000/X</doi><abstract>  It is.
</abstract></arXiv></metadata></record>"#,
        );
        let draft = &drafts(read, &response)[0];
        assert_eq!((draft.title.as_str(), draft.abstract_text.as_str()), ("On A and B", "It is."));
        assert_eq!(draft.authors, ["King, Jr., M. L."]);
        assert_eq!((draft.arxiv.as_str(), draft.doi.as_str()), ("1501.00001", "10.1000/x"));
        assert_eq!((draft.year, draft.field(BibField::Date)), (Some(2015), "2015-01-01"));
        assert_eq!(draft.categories, "math.CO cs.DM");
    }

    #[test]
    fn raw_records_have_authors_in_one_text() {
        let raw = harvest(
            "<record><metadata><arXivRaw><id>1501.00002</id><version version=\"v1\"><date>Thu, 1 Jan 2015 10:00:00 GMT</date></version>
            <version version=\"v2\"><date>Fri, 1 Jan 2016 10:00:00 GMT</date></version><title>A</title>
            <authors>Ada Lovelace (London (UK)), Alan Turing</authors></arXivRaw></metadata></record>",
        );
        let draft = &drafts(read, &raw)[0];
        assert_eq!(draft.authors, ["Ada Lovelace", "Alan Turing"]);
        assert_eq!(
            (draft.arxiv.as_str(), draft.field(BibField::Date)),
            ("1501.00002", "2015-01-01")
        );
    }

    #[test]
    fn dublin_core_keeps_journal_doi_and_comment_among_others() {
        let dc = harvest(
            r#"<record><header><identifier>oai:arXiv.org:math/0501001</identifier><setSpec>math:math:CO</setSpec></header>
            <metadata><d:dc xmlns:d="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:x="http://purl.org/dc/elements/1.1/">
            <x:title>A</x:title><x:creator>Lovelace, Ada</x:creator><x:description>It is.</x:description>
            <x:description>Comment: 7 pages</x:description><x:date>2005-01-03</x:date><x:date>2005-01-01</x:date>
            <x:identifier>http://arxiv.org/abs/math/0501001</x:identifier><x:identifier>J. A 1 (2006)</x:identifier>
            <x:identifier>doi:10.1000/y</x:identifier></d:dc></metadata></record>"#,
        );
        let draft = &drafts(read, &dc)[0];
        assert_eq!((draft.venue.as_str(), draft.doi.as_str()), ("J. A 1 (2006)", "10.1000/y"));
        assert_eq!(
            (draft.field(BibField::Comment), draft.field(BibField::Date)),
            ("7 pages", "2005-01-01")
        );
        assert_eq!(
            (draft.categories.as_str(), draft.abstract_text.as_str()),
            ("math.CO", "It is.")
        );
    }

    #[test]
    fn what_is_deleted_is_passed_over_and_an_error_is_told() {
        let deleted =
            harvest("<record><header status=\"deleted\"/></record><record><header/></record>");
        assert_eq!(reasons(read, &deleted), ["1: no metadata"]);
        let error = "<OAI-PMH><error code=\"badArgument\">no such set</error></OAI-PMH>";
        assert_eq!(reasons(read, error), ["1: server error badArgument: no such set"]);
    }
}
