//! Reads web pages of papers: those with `citation_` tags, as publishers and repositories have; the
//! lists of Hugging Face; and arXiv's HTML of a paper.

use std::io::{self, BufRead, Read as _};

use serde_json::Value;

use super::defect::{Defect, DraftSink};
use super::json::parse::parse;
use super::record::field_names::FieldNames;
use super::values::date::parse_date;
use super::values::markup::decode_entities;
use crate::domain::{BibField, Draft, PaperKind, arxiv_id, doi};

/// Size limit of a page, in bytes. Its head has the facts.
const MAX_PAGE_LEN: u64 = 16 << 20;
/// Number of authors that are read of a page.
const MAX_AUTHORS: usize = 5_000;
/// The class of the title in arXiv's HTML.
const LATEXML_TITLE: &str = "ltx_title_document";

/// Returns true for a page of which the papers are known by its head.
pub fn matches_head(head: &str) -> bool {
    head.contains("citation_title") && head.contains("<meta")
        || head.contains("dailyPapers&quot;")
        || head.contains(LATEXML_TITLE)
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MAX_PAGE_LEN).read_to_end(&mut bytes)?;
    let page = String::from_utf8_lossy(&bytes);
    let listed = listed_papers(&page);
    let papers = if listed.is_empty() {
        tagged_paper(&page).or_else(|| latexml_paper(&page)).into_iter().map(Ok).collect()
    } else {
        listed
    };
    if papers.is_empty() {
        let _ = sink(Err(Defect::new(1, "no papers")));
    }
    for paper in papers {
        if sink(paper.map_err(|reason| Defect::new(1, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// The papers of a list of Hugging Face, which stand as JSON in an attribute.
fn listed_papers(page: &str) -> Vec<Result<Draft, String>> {
    const ATTRIBUTE: &str = "data-props=\"";
    for (at, _) in page.match_indices(ATTRIBUTE) {
        let value = &page[at + ATTRIBUTE.len()..];
        let value = value.split('"').next().unwrap_or_default();
        if !value.contains("dailyPapers") {
            continue;
        }
        let Ok(json) = serde_json::from_str::<Value>(&decode_entities(value)) else { continue };
        let papers = json["dailyPapers"].as_array().map(Vec::as_slice).unwrap_or_default();
        let names = FieldNames::default();
        let read = papers.iter().filter_map(|it| parse(&it.to_string(), &names).transpose());
        return read.collect();
    }
    Vec::new()
}

/// The paper that the tags of a page describe.
fn tagged_paper(page: &str) -> Option<Draft> {
    let tags = meta_tags(page);
    let all = |name: &str| {
        let tags = tags.iter().filter(move |(it, _)| it.eq_ignore_ascii_case(name));
        tags.map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let first = |names: &[&str]| names.iter().flat_map(|it| all(it)).next().unwrap_or_default();
    let mut draft = Draft { title: first(&["citation_title"]), ..Draft::default() };
    if draft.title.is_empty() {
        return None;
    }
    draft.authors = all("citation_author");
    draft.authors.truncate(MAX_AUTHORS);
    draft.abstract_text = first(&["citation_abstract", "dc.description", "og:description"]);
    draft.doi =
        doi(&first(&["citation_doi"])).filter(|it| arxiv_id(it).is_none()).unwrap_or_default();
    draft.arxiv = arxiv_id(&first(&["citation_arxiv_id"])).unwrap_or_default();
    draft.urls = all("citation_pdf_url").into_iter().take(1).collect();
    if !draft.arxiv.is_empty() {
        draft.urls.clear();
    }
    let (journal, conference) =
        (first(&["citation_journal_title"]), first(&["citation_conference_title"]));
    draft.kind = match (journal.is_empty(), conference.is_empty(), draft.arxiv.is_empty()) {
        (false, ..) => PaperKind::Article,
        (true, false, _) => PaperKind::Conference,
        (true, true, false) => PaperKind::Preprint,
        (true, true, true) => PaperKind::Unknown,
    };
    draft.venue = if journal.is_empty() { conference } else { journal };
    let date = first(&["citation_publication_date", "citation_date", "citation_online_date"]);
    if let Some((year, day)) = parse_date(&date) {
        draft.year = Some(year);
        draft.add_field(BibField::Date, day);
    }
    for (field, name) in [
        (BibField::Volume, "citation_volume"),
        (BibField::Number, "citation_issue"),
        (BibField::Issn, "citation_issn"),
        (BibField::Pmid, "citation_pmid"),
        (BibField::Publisher, "citation_publisher"),
        (BibField::Language, "citation_language"),
    ] {
        draft.add_field(field, first(&[name]));
    }
    let ends = [first(&["citation_firstpage"]), first(&["citation_lastpage"])];
    draft.add_field(BibField::Pages, ends.join("–").trim_end_matches('–'));
    draft.add_field(BibField::Keywords, all("citation_keywords").join("; "));
    Some(draft)
}

/// The names and contents of the `meta` tags, without those that are empty.
fn meta_tags(page: &str) -> Vec<(String, String)> {
    let tag = |(at, _): (usize, &str)| {
        let tag = page[at..].split_once('>')?.0;
        let name = attribute(tag, "name").or_else(|| attribute(tag, "property"))?;
        let content = plain(&attribute(tag, "content")?);
        (!content.is_empty()).then_some((name, content))
    };
    page.match_indices("<meta").filter_map(tag).collect()
}

/// The value of an attribute in a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find(name) {
        let is_start = rest[..at].ends_with(char::is_whitespace);
        rest = &rest[at + name.len()..];
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        if let Some(value) = value.filter(|_| is_start) {
            let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let value = value[1..].split(quote).next()?;
            return Some(decode_entities(value).into_owned());
        }
    }
    None
}

/// The paper of a page that was converted from LaTeX.
fn latexml_paper(page: &str) -> Option<Draft> {
    let heading = section(page, LATEXML_TITLE, "</h1>")?;
    let head = &page[..page.find("ltx_abstract").unwrap_or(page.len())];
    let mut draft = Draft {
        // A footnote of the title stands within it.
        title: plain(heading.split("<span class=\"ltx_note").next()?),
        kind: PaperKind::Preprint,
        ..Draft::default()
    };
    let names = head.split("ltx_personname\">").skip(1).take(MAX_AUTHORS);
    let names = names.map(|it| plain(it.split('<').next().unwrap_or_default()));
    draft.authors = names.filter(|it| !it.is_empty()).collect();
    if let Some(text) = section(page, "ltx_abstract\"", "</div>") {
        let text = text.split_once("</h6>").map_or(text, |(_, text)| text);
        draft.abstract_text = plain(text);
    }
    let own_id = ["arxiv.org/abs/", "/html/", "arXiv:"].iter().find_map(|before| {
        let id = head.split(before).nth(1)?;
        arxiv_id(id.split(|it: char| it.is_whitespace() || "\"'/<>?# ".contains(it)).next()?)
    });
    draft.arxiv = own_id.unwrap_or_default();
    (!draft.title.is_empty()).then_some(draft)
}

/// The content of an element with a class, up to the end of another.
fn section<'a>(page: &'a str, class: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(class)?;
    let (_, rest) = rest.split_once('>')?;
    rest.split(end).next()
}

/// The text of HTML, on one line. A formula is its TeX.
fn plain(html: &str) -> String {
    let (mut text, mut rest) = (String::new(), html);
    while let Some((before, tail)) = rest.split_once('<') {
        text.push_str(before);
        let is_tag = tail.starts_with(|it: char| it.is_ascii_alphabetic() || "/!".contains(it));
        let Some((tag, after)) = tail.split_once('>').filter(|_| is_tag) else {
            text.push('<');
            rest = tail;
            continue;
        };
        rest = after;
        if tag.starts_with("math") {
            let formula = attribute(tag, "alttext").unwrap_or_default();
            text.extend(["$", &formula, "$"]);
            rest = after.split_once("</math>").map_or("", |(_, it)| it);
        } else if tag.starts_with("/p") || tag.starts_with("br") {
            text.push(' ');
        }
    }
    text.push_str(rest);
    let text = decode_entities(&text).into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    fn papers(page: &str) -> Vec<Draft> {
        assert!(matches_head(page), "{page}");
        let mut drafts = Vec::new();
        let sink = &mut |record: Result<Draft, Defect>| {
            drafts.push(record.unwrap());
            ControlFlow::Continue(())
        };
        read(&mut page.as_bytes(), sink).unwrap();
        drafts
    }

    #[test]
    fn tags_describe_the_paper_of_a_page() {
        let page = "<!DOCTYPE html><html><head><meta name=\"citation_title\" content=\"Fog &amp; \
            Dew\" /><meta name=\"citation_author\" content=\"Moss, Ada\"><meta content='Fen, Iris' \
            name='citation_author'><meta name=\"citation_date\" content=\"2025/01/06\"/>\
            <meta name=\"citation_arxiv_id\" content=\"2501.02950\"/><meta \
            name=\"citation_abstract\" content=\"We look\nand see.\"/></head>";
        let papers = papers(page);
        let [paper] = papers.as_slice() else { panic!("{papers:?}") };
        assert_eq!(paper.title, "Fog & Dew");
        assert_eq!(paper.authors, ["Moss, Ada", "Fen, Iris"]);
        assert_eq!((&*paper.arxiv, paper.year), ("2501.02950", Some(2025)));
        assert_eq!((&*paper.abstract_text, paper.kind), ("We look and see.", PaperKind::Preprint));
    }

    #[test]
    fn a_list_of_hugging_face_has_its_papers_in_an_attribute() {
        let page = "<!DOCTYPE html><div data-target=\"DailyPapers\" data-props=\"{&quot;dailyPapers\
            &quot;:[{&quot;paper&quot;:{&quot;id&quot;:&quot;2611.00001&quot;,&quot;title&quot;:\
            &quot;Fog&quot;,&quot;upvotes&quot;:7},&quot;title&quot;:&quot;Fog&quot;}]}\"></div>";
        let papers = papers(page);
        let [paper] = papers.as_slice() else { panic!("{papers:?}") };
        assert_eq!((&*paper.title, &*paper.arxiv), ("Fog", "2611.00001"));
        assert_eq!(paper.field(BibField::Upvotes), "7");
    }

    #[test]
    fn a_page_from_latex_has_title_authors_and_abstract() {
        let page = "<!DOCTYPE html><base href=\"/html/2501.02950v2/\"><article class=\"ltx_document\">\
            <h1 class=\"ltx_title ltx_title_document\">Fog on <math alttext=\"S^{2}\"><mi>S</mi>\
            </math></h1><span class=\"ltx_personname\">Ada Moss<sup>1</sup></span>\
            <span class=\"ltx_personname\">Iris Fen</span><div class=\"ltx_abstract\">\
            <h6 class=\"ltx_title\">Abstract</h6><p class=\"ltx_p\">We look.</p></div>\
            <section>arXiv:1706.03762</section>";
        let papers = papers(page);
        let [paper] = papers.as_slice() else { panic!("{papers:?}") };
        assert_eq!((&*paper.title, &*paper.arxiv), ("Fog on $S^{2}$", "2501.02950"));
        assert_eq!(paper.authors, ["Ada Moss", "Iris Fen"]);
        assert_eq!(paper.abstract_text, "We look.");
    }

    #[test]
    fn any_other_page_has_none() {
        assert!(!matches_head("<!doctype html><p>Fog</p>"));
    }

    proptest::proptest! {
        #[test]
        fn no_page_stops_the_reader(page in "(<meta|<|>| name=|'|\"|citation_title|content=|<math|alttext=|ltx_title_document|</h1>|data-props=\"|dailyPapers|&quot;|é|\\PC){0,30}") {
            read(&mut page.as_bytes(), &mut |_| ControlFlow::Continue(())).unwrap();
        }
    }
}
