//! Reads RSS: arXiv's announcements, the daily papers of Hugging Face, and the feeds of journals.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::{html, text};
use crate::domain::{BibField, Draft, arxiv_version, arxiv_year, repeats_identifier};
use crate::formats::defect::DraftSink;
use crate::formats::values::author_list;
use crate::formats::values::date::parse_date;

pub fn matches_head(head: &str) -> bool {
    match reader::root_element(head).as_deref() {
        Some("rss") => true,
        Some("RDF") => head.contains("http://purl.org/rss/"),
        _ => false,
    }
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    reader::read_records(input, &["rss", "RDF"], &["item"], &mut |_, item| paper(&item), sink)
}

fn paper(item: &Element) -> RecordResult {
    let mut draft = Draft::default();
    let title = html::html_to_text(&item.text_at("title"));
    let (title, tail) = split_title_tail(&title);
    draft.title = text::line(title);
    let links: Vec<String> =
        ["link", "guid", "identifier"].iter().flat_map(|it| item.texts(it)).collect();
    draft.arxiv = links
        .iter()
        .find_map(|it| text::arxiv_in(it))
        .or_else(|| text::arxiv_in(tail.split_whitespace().next()?))
        .unwrap_or_default();
    draft.doi =
        item.texts("doi").iter().chain(&links).find_map(|it| text::own_doi(it)).unwrap_or_default();
    let is_new_url =
        |it: &String| it.starts_with("http") && !repeats_identifier(it, &draft.arxiv, &draft.doi);
    draft.urls = item.texts("link").into_iter().filter(is_new_url).collect();
    let names = ["creator", "author"].map(|it| item.texts(it));
    draft.authors =
        names.iter().map(|it| creators(it)).find(|it| !it.is_empty()).unwrap_or_default();
    let bodies = ["description", "encoded"].map(|it| item.first(it).map(Element::raw_text));
    if let Some(body) = bodies.into_iter().flatten().find(|it| !it.trim().is_empty()) {
        describe(&mut draft, &html::html_to_text(&body));
    }
    add_categories(&mut draft, item.texts("category").iter().map(String::as_str));
    draft.venue = item.text_at("publicationName");
    for (field, name) in
        [(BibField::Volume, "volume"), (BibField::Number, "number"), (BibField::Issn, "issn")]
    {
        draft.add_field(field, item.text_at(name));
    }
    let published = ["publicationDate", "pubDate", "date"].map(|it| item.text_at(it));
    let published = published.iter().find_map(|it| parse_date(it));
    let announced = item.text_at("announce_type");
    set_date(&mut draft, published, &announced);
    set_announcement(&mut draft, &announced, &links);
    reader::finish_draft(draft)
}

/// Parses a description: the abstract, or labelled paragraphs `Authors: …`, `Upvotes: …`,
/// `Summary: …`.
fn describe(draft: &mut Draft, text: &str) {
    let text = strip_announcement(text);
    let lines: Vec<String> = text.lines().map(text::line).filter(|it| !it.is_empty()).collect();
    let labelled = |label: &str| lines.iter().find_map(|it| it.strip_prefix(label)).map(str::trim);
    if draft.authors.is_empty() {
        draft.authors = labelled("Authors:").map(author_list::split).unwrap_or_default();
    }
    if let Some(votes) = labelled("Upvotes:") {
        draft.add_field(BibField::Upvotes, votes);
    }
    let summary = lines.iter().position(|it| it.starts_with("Summary:")).unwrap_or(0);
    let summary = lines.get(summary..).unwrap_or_default().join(" ");
    let summary = summary.strip_prefix("Summary:").unwrap_or(&summary);
    summary.trim().clone_into(&mut draft.abstract_text);
}

/// Strips what arXiv's announcements put before the abstract.
pub fn strip_announcement(text: &str) -> &str {
    let is_news = text.trim_start().starts_with("arXiv:");
    match text.split_once("Abstract:") {
        Some((_, text)) if is_news => text.trim_start(),
        _ => text,
    }
}

/// Returns the authors from one element each, or from one text. Old feeds have links around them.
pub fn creators(texts: &[String]) -> Vec<String> {
    match texts {
        [author] => author_list::split(&text::line(&html::html_to_text(author))),
        several => several.iter().map(|it| text::line(&html::html_to_text(it))).collect(),
    }
}

/// Adds terms: to the categories of an arXiv paper, and to the keywords of others.
pub fn add_categories<'a>(draft: &mut Draft, terms: impl Iterator<Item = &'a str>) {
    if draft.arxiv.is_empty() {
        draft.add_field(BibField::Keywords, terms.collect::<Vec<_>>().join("; "));
    } else {
        draft.categories = text::categories(terms);
    }
}

/// Sets the date of the first version. In the announcement of a later version, only the identifier
/// has it.
///
/// An announcement also tells the day of its list, and in which way the paper is new.
pub fn set_date(draft: &mut Draft, date: Option<(i16, String)>, announced: &str) {
    let announcement = match announced {
        "new" => "new",
        "cross" => "cross-listed",
        "replace" | "replace-cross" => "replaced",
        _ => "",
    };
    if !announcement.is_empty() {
        draft.add_field(BibField::Announcement, announcement);
        let day = date.as_ref().map(|(_, day)| day.clone());
        draft.add_field(BibField::Listed, day.unwrap_or_default());
    }
    if announced.starts_with("replace") {
        draft.year = arxiv_year(&draft.arxiv);
        return;
    }
    let submission_year = if announced.is_empty() { None } else { arxiv_year(&draft.arxiv) };
    if let Some((year, date)) = date {
        draft.year = submission_year.or(Some(year));
        draft.add_field(BibField::Date, date);
    } else {
        draft.year = arxiv_year(&draft.arxiv);
    }
}

/// Sets the way in which arXiv announced a paper, and its version, which the identifiers have.
pub fn set_announcement(draft: &mut Draft, announced: &str, identifiers: &[String]) {
    let announcement = match announced {
        "new" => "new",
        "cross" => "cross-listed",
        "replace" | "replace-cross" => "replaced",
        _ => return,
    };
    draft.add_field(BibField::Announcement, announcement);
    if let Some(version) = identifiers.iter().find_map(|it| arxiv_version(it)) {
        draft.add_field(BibField::Version, version.to_string());
    }
}

/// Splits a title from the text that arXiv appended until 2024, ` (arXiv:2101.00001v1 [cs.CL])`.
fn split_title_tail(title: &str) -> (&str, &str) {
    match title.rsplit_once(" (arXiv:") {
        Some((title, tail)) if tail.trim_end().ends_with(')') => {
            (title.strip_suffix('.').unwrap_or(title), tail)
        }
        _ => (title, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::drafts;

    #[test]
    fn news_of_arxiv_are_papers() {
        let feed = r#"<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>
            <title>cs.CL updates</title><item><title>On $p&lt;q$</title><link>https://arxiv.org/abs/2601.00001</link>
            <description>arXiv:2601.00001v1 Announce Type: new
Abstract: If p&lt;q, then.</description><guid isPermaLink="false">oai:arXiv.org:2601.00001v1</guid>
            <category>cs.CL</category><category>cs.LG</category><pubDate>Thu, 01 Jan 2026 00:00:00 -0500</pubDate>
            <arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ada Lovelace, Alan Turing</dc:creator></item></channel></rss>"#;
        let draft = &drafts(read, feed)[0];
        assert_eq!(
            (draft.title.as_str(), draft.abstract_text.as_str()),
            ("On $p<q$", "If p<q, then.")
        );
        assert_eq!(
            (draft.arxiv.as_str(), draft.categories.as_str()),
            ("2601.00001", "cs.CL cs.LG")
        );
        assert_eq!(draft.authors, ["Ada Lovelace", "Alan Turing"]);
        assert_eq!((draft.year, draft.field(BibField::Date)), (Some(2026), "2026-01-01"));
        assert_eq!(draft.field(BibField::Announcement), "new");
        assert_eq!(draft.field(BibField::Version), "");
    }

    #[test]
    fn a_later_version_has_its_number_and_how_it_was_announced() {
        for (announced, announcement) in
            [("cross", "cross-listed"), ("replace", "replaced"), ("replace-cross", "replaced")]
        {
            let feed = format!(
                "<rss xmlns:arxiv=\"http://arxiv.org/schemas/atom\"><item><title>A</title>
                <link>https://arxiv.org/abs/2601.00001</link><guid>oai:arXiv.org:2601.00001v12</guid>
                <arxiv:announce_type>{announced}</arxiv:announce_type></item></rss>"
            );
            let draft = &drafts(read, &feed)[0];
            assert_eq!(draft.field(BibField::Announcement), announcement);
            assert_eq!(draft.field(BibField::Version), "12");
        }
    }

    #[test]
    fn paragraphs_that_say_what_they_are_are_taken_apart() {
        let feed =
            "<rss><item><title>A</title><link>https://arxiv.org/abs/2601.00002</link><description>
            <![CDATA[<p><img src=\"x.png\"/></p><p><b>Authors:</b> Ada Lovelace, Alan Turing</p>
            <p><b>Upvotes:</b> 3</p><p><b>Summary:</b> It is.<br>It was.</p>]]></description>
            <pubDate>Fri, 02 Jan 2026 00:00:00 +0000</pubDate></item></rss>";
        let draft = &drafts(read, feed)[0];
        assert_eq!(draft.authors, ["Ada Lovelace", "Alan Turing"]);
        assert_eq!(
            (draft.abstract_text.as_str(), draft.field(BibField::Upvotes)),
            ("It is. It was.", "3")
        );
    }

    #[test]
    fn an_old_feed_has_the_identifier_in_the_title() {
        let feed = "<rdf:RDF><item><title>A B. (arXiv:2101.00003v2 [cs.CL] UPDATED)</title><creator>
            &lt;a href=\"x\"&gt;Ada Lovelace&lt;/a&gt;, &lt;a href=\"y\"&gt;Alan Turing&lt;/a&gt;</creator></item></rdf:RDF>";
        let draft = &drafts(read, feed)[0];
        assert_eq!((draft.title.as_str(), draft.arxiv.as_str()), ("A B", "2101.00003"));
        assert_eq!((draft.authors.len(), draft.year), (2, Some(2021)));
    }
}
