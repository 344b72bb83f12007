//! Reads Atom: the responses of arXiv's API, old and new; its announcements; and the feeds of
//! journals.
//!
//! Old and new responses differ only in prefixes, order of elements and line breaks, which the
//! reader ignores.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::{html, rss, text};
use crate::domain::{BibField, Draft, arxiv_version, repeats_identifier};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::{Date, parse_date};

/// A part of the identifiers of entries that are error messages.
const ERROR_PATH: &str = "/api/errors";

pub fn matches_head(head: &str) -> bool {
    matches!(reader::root_element(head).as_deref(), Some("feed" | "entry"))
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read_records(input, &["feed"], &["entry"], &mut |_, entry| paper(&entry), sink)
}

fn paper(entry: &Element) -> RecordResult {
    let id = entry.text_at("id");
    if id.contains(ERROR_PATH) {
        return Err(format!("server error: {}", entry.text_at("summary")));
    }
    let (mut draft, links) = (Draft::default(), links(entry));
    draft.title = text::line(&text(entry, "title"));
    draft.arxiv = text::arxiv_in(&id)
        .or_else(|| links.iter().find_map(|it| text::arxiv_in(it)))
        .unwrap_or_default();
    draft.doi = entry
        .texts("doi")
        .iter()
        .flat_map(|it| it.split_whitespace())
        .chain(links.iter().map(String::as_str))
        .find_map(text::own_doi)
        .unwrap_or_default();
    let is_new_url = |it: &String| !repeats_identifier(it, &draft.arxiv, &draft.doi);
    draft.urls = links.into_iter().filter(is_new_url).collect();
    let body = ["summary", "content"].map(|it| text(entry, it));
    let body = body.into_iter().find(|it| !it.trim().is_empty()).unwrap_or_default();
    draft.abstract_text = text::line(rss::strip_announcement(&body));
    draft.authors = entry.texts("author/name");
    if draft.authors.is_empty() {
        draft.authors = rss::creators(&entry.texts("creator"));
    }
    let terms: Vec<&str> =
        entry.all("category").into_iter().map(|it| it.attribute("term")).collect();
    let primary = entry.first("primary_category").map(|it| it.attribute("term"));
    rss::add_categories(&mut draft, primary.into_iter().chain(terms));
    draft.venue = entry.text_at("journal_ref");
    if draft.venue.is_empty() {
        draft.venue = entry.text_at("publicationName");
    }
    draft.add_field(BibField::Comment, entry.text_at("comment"));
    let updated = Date::parse(&entry.text_at("updated")).map(Date::to_date_or_year);
    draft.add_field(BibField::Updated, updated.unwrap_or_default());
    let published = ["published", "updated"].map(|it| entry.text_at(it));
    let published = published.iter().find_map(|it| parse_date(it));
    let announced = entry.text_at("announce_type");
    rss::set_date(&mut draft, published, &announced);
    rss::set_announcement(&mut draft, &announced, &entry.texts("id"));
    let version = arxiv_version(&id).map(|it| it.to_string());
    draft.add_field(BibField::Version, version.unwrap_or_default());
    reader::finish_draft(draft)
}

/// Returns the text of an element, converted if it declares that it is HTML.
fn text(entry: &Element, name: &str) -> String {
    let Some(element) = entry.first(name) else { return String::new() };
    let text = element.raw_text();
    if element.attribute("type") == "html" { html::html_to_text(&text) } else { text }
}

/// Returns the URLs of the entry, the web page before other formats.
fn links(entry: &Element) -> Vec<String> {
    let is_link = |it: &&Element| {
        matches!(it.attribute("rel"), "" | "alternate")
            || matches!(it.attribute("title"), "pdf" | "doi")
    };
    let links = entry.all("link").into_iter().filter(is_link);
    links.map(|it| it.attribute("href").trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::{drafts, reasons};

    /// One paper in the old and in the new form of the API's response.
    const OLD_FEED: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">ArXiv Query</title>
        <entry><id>http://arxiv.org/abs/hep-th/9901001v2</id>
        <published>1999-01-02T03:04:05Z</published><updated>2001-01-01T00:00:00Z</updated>
        <title>On $x &lt; y$ and
          Strings</title><summary>  It is &lt;1 in
all cases.
</summary><author><name>Ada Lovelace</name><a:affiliation xmlns:a="http://arxiv.org/schemas/atom">London</a:affiliation></author>
        <author><name>Alan Turing</name></author>
        <z:comment xmlns:z="http://arxiv.org/schemas/atom">7 pages</z:comment>
        <z:journal_ref xmlns:z="http://arxiv.org/schemas/atom">J. Strings 1 (2000)</z:journal_ref>
        <z:doi xmlns:z="http://arxiv.org/schemas/atom">10.1000/A.1 10.1000/b</z:doi>
        <link href="http://arxiv.org/abs/hep-th/9901001v2" rel="alternate" type="text/html"/>
        <link title="pdf" href="http://arxiv.org/pdf/hep-th/9901001v2" rel="related"/>
        <z:primary_category xmlns:z="http://arxiv.org/schemas/atom" term="hep-th" scheme="x"/>
        <category term="math.MP"/><category term="hep-th"/><category term="81T30"/></entry></feed>"#;
    const NEW_FEED: &str = r#"<?xml version='1.0' encoding='UTF-8'?>
        <a:feed xmlns:q="http://arxiv.org/schemas/atom" xmlns:a="http://www.w3.org/2005/Atom">
        <a:entry><a:id>https://arxiv.org/abs/hep-th/9901001v2</a:id><a:title>On $x &lt; y$ and Strings</a:title>
        <a:updated>2001-01-01T00:00:00Z</a:updated><a:link href="https://arxiv.org/abs/hep-th/9901001v2" rel="alternate"/>
        <a:summary>It is &lt;1 in all cases.</a:summary><a:category term="math.MP"/><a:category term="hep-th"/>
        <a:published>1999-01-02T03:04:05Z</a:published><q:comment>7 pages</q:comment>
        <q:primary_category term="hep-th"/><q:journal_ref>J. Strings 1 (2000)</q:journal_ref><q:doi>10.1000/a.1</q:doi>
        <a:author><a:name>Ada Lovelace</a:name></a:author><a:author><a:name>Alan Turing</a:name></a:author></a:entry></a:feed>"#;

    #[test]
    fn both_shapes_of_a_reply_give_the_same_paper() {
        let [old, new] = [OLD_FEED, NEW_FEED].map(|it| drafts(read, it));
        assert_eq!(old, new);
        assert_eq!(old[0].title, "On $x < y$ and Strings");
        assert_eq!(old[0].authors, ["Ada Lovelace", "Alan Turing"]);
        assert_eq!(old[0].abstract_text, "It is <1 in all cases.");
        assert_eq!((old[0].arxiv.as_str(), old[0].doi.as_str()), ("hep-th/9901001", "10.1000/a.1"));
        assert_eq!((old[0].categories.as_str(), old[0].year), ("hep-th math.MP", Some(1999)));
        assert_eq!(old[0].field(BibField::Date), "1999-01-02");
        assert_eq!(old[0].field(BibField::Comment), "7 pages");
        assert_eq!(old[0].urls, Vec::<String>::new());
    }

    #[test]
    fn an_error_that_comes_as_an_entry_is_a_defect() {
        let feed = "<feed>\n<entry><id>http://arxiv.org/api/errors#bad</id><title>Error</title>
            <summary>incorrect id format for 1</summary></entry></feed>";
        assert_eq!(reasons(read, feed), ["2: server error: incorrect id format for 1"]);
    }

    #[test]
    fn a_news_feed_gives_the_abstract_without_what_announces_it() {
        let feed = r#"<feed xmlns:dc="http://purl.org/dc/elements/1.1/"><entry><id>oai:arXiv.org:1508.00001v3</id>
            <title>A</title><link href="https://arxiv.org/abs/1508.00001"/>
            <summary>arXiv:1508.00001v3 Announce Type: replace
Abstract: It is.</summary><published>2025-08-20T00:00:00-04:00</published><announce_type>replace</announce_type>
            <dc:creator>Paulo Andr\'e Lima, Ada Lovelace</dc:creator></entry></feed>"#;
        let draft = &drafts(read, feed)[0];
        assert_eq!(draft.abstract_text, "It is.");
        assert_eq!(draft.authors, ["Paulo Andr\\'e Lima", "Ada Lovelace"]);
        assert_eq!((draft.year, draft.field(BibField::Date)), (Some(2015), ""));
        assert_eq!(draft.field(BibField::Announcement), "replaced");
        assert_eq!(draft.field(BibField::Version), "3");
    }

    #[test]
    fn a_foreign_title_is_not_the_papers() {
        let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="http://search.yahoo.com/mrss/"><entry>
            <m:title>A picture</m:title><title type="html">Sub&lt;sub&gt;2&lt;/sub&gt; &amp;amp; more</title>
            <link href="https://example.org/1"/></entry></feed>"#;
        let draft = &drafts(read, feed)[0];
        assert_eq!(draft.title, "Sub₂ & more");
        assert_eq!(draft.urls, ["https://example.org/1"]);
    }
}
