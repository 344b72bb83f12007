//! Reads JATS, the XML of journal articles: what stands in front of the text.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::text;
use crate::domain::{BibField, Draft, PaperKind, brace_organisation};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::Date;

/// The roots of documents with one or several articles.
const ROOTS: [&str; 4] = ["article", "pmc-articleset", "articles", "response"];

pub fn matches_head(head: &str) -> bool {
    let root = reader::root_element(head);
    root.is_some_and(|it| ROOTS.contains(&it.as_str())) && head.contains("<article-meta")
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    // The text behind the front can be longer than any record may be.
    reader::read_records(input, &ROOTS, &["front"], &mut |_, front| paper(&front), sink)
}

fn paper(front: &Element) -> RecordResult {
    let Some(meta) = front.first("article-meta") else { return Err("no article".to_owned()) };
    let mut draft = Draft {
        title: text::strip_final_dot(&meta.text_at("title-group/article-title")).to_owned(),
        kind: PaperKind::Article,
        ..Draft::default()
    };
    let subtitle = meta.text_at("title-group/subtitle");
    if !subtitle.is_empty() {
        draft.title = format!("{}: {subtitle}", draft.title);
    }
    for list in meta.all("contrib-group") {
        let people = list.all("contrib").into_iter();
        let authors = people.filter(|it| matches!(it.attribute("contrib-type"), "" | "author"));
        draft.authors.extend(authors.map(name).filter(|it| !it.is_empty()));
    }
    draft.abstract_text = abstract_text(meta);
    let journals = ["journal-meta/journal-title-group/journal-title", "journal-meta/journal-title"];
    let journals = journals.map(|it| front.text_at(it));
    draft.venue = journals.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    let id = |kind: &str| {
        let ids = meta.all("article-id").into_iter();
        ids.filter(|it| it.attribute("pub-id-type") == kind).map(Element::text).next()
    };
    draft.doi = id("doi").and_then(|it| text::own_doi(&it)).unwrap_or_default();
    draft.arxiv = id("arxiv").and_then(|it| text::arxiv_in(&it)).unwrap_or_default();
    draft.add_field(BibField::Pmid, id("pmid").unwrap_or_default());
    let pmcid = id("pmcid").or_else(|| id("pmc")).unwrap_or_default();
    draft.add_field(BibField::Pmcid, pmcid);
    draft.add_field(BibField::Issn, front.text_at("journal-meta/issn"));
    draft.add_field(BibField::Publisher, front.text_at("journal-meta/publisher/publisher-name"));
    draft.add_field(BibField::Volume, meta.text_at("volume"));
    draft.add_field(BibField::Number, meta.text_at("issue"));
    let ends = ["fpage", "lpage"].map(|it| meta.text_at(it));
    draft.add_field(BibField::Pages, ends.join("–").trim_end_matches('–'));
    draft.add_field(BibField::ArticleNumber, meta.text_at("elocation-id"));
    draft.add_field(BibField::Keywords, meta.texts("kwd-group/kwd").join("; "));
    let dates = meta.all("pub-date").into_iter().filter_map(date);
    if let Some(date) = dates.min_by_key(|it| it.to_string().is_empty()) {
        draft.year = Some(date.year);
        draft.add_field(BibField::Date, date.to_string());
    }
    reader::finish_draft(draft)
}

fn name(person: &Element) -> String {
    let part = |name: &str| person.text_at(&format!("name/{name}"));
    match part("surname").as_str() {
        "" => match person.text_at("collab") {
            name if name.is_empty() => name,
            name => brace_organisation(&name),
        },
        family => text::name(family, &part("suffix"), &part("given-names")),
    }
}

/// Joins the parts of the first abstract, without its heading.
fn abstract_text(meta: &Element) -> String {
    let is_main = |it: &&&Element| it.attribute("abstract-type").is_empty();
    let all = meta.all("abstract");
    let Some(main) = all.iter().find(is_main).or_else(|| all.first()) else {
        return String::new();
    };
    let direct = main.texts("p");
    let sections = main.all("sec").into_iter().map(|section| {
        let body = section.texts("p").join(" ");
        match section.text_at("title").trim_end_matches([':', '.']) {
            "" => body,
            title => format!("{title}: {body}"),
        }
    });
    let parts: Vec<String> = direct.into_iter().chain(sections).collect();
    if parts.is_empty() { main.text() } else { parts.join(" ") }
}

fn date(element: &Element) -> Option<Date> {
    let number = |name: &str| element.text_at(name).parse::<i64>().unwrap_or_default();
    Date::new(number("year"), number("month"), number("day"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::drafts;

    #[test]
    fn what_stands_in_front_of_the_text_is_read() {
        let xml = "<article article-type=\"research-article\"><front><journal-meta>\
            <journal-title-group><journal-title>Journal of Fog</journal-title></journal-title-group>\
            <issn>1234-5679</issn></journal-meta><article-meta>\
            <article-id pub-id-type=\"pmid\">123</article-id>\
            <article-id pub-id-type=\"doi\">10.1000/182</article-id><title-group>\
            <article-title>Fog in <italic>H. sapiens</italic></article-title></title-group>\
            <contrib-group><contrib contrib-type=\"author\"><name><surname>Moss</surname>\
            <given-names>Ada</given-names></name></contrib><contrib contrib-type=\"author\">\
            <collab>Fog Group</collab></contrib><contrib contrib-type=\"editor\"><name>\
            <surname>Fen</surname></name></contrib></contrib-group><pub-date><year>2020</year>\
            </pub-date><pub-date><day>3</day><month>5</month><year>2020</year></pub-date>\
            <volume>7</volume><fpage>4</fpage><lpage>9</lpage><abstract><sec><title>Aims</title>\
            <p>We look.</p></sec><sec><title>Results</title><p>We see.</p></sec></abstract>\
            <kwd-group><kwd>fog</kwd><kwd>dew</kwd></kwd-group></article-meta></front>\
            <body><p>Text.</p></body></article>";
        assert!(matches_head(xml));
        let drafts = drafts(read, xml);
        let [paper] = drafts.as_slice() else { panic!("{drafts:?}") };
        assert_eq!(paper.title, "Fog in H. sapiens");
        assert_eq!(paper.authors, ["Moss, Ada", "{Fog Group}"]);
        assert_eq!(paper.abstract_text, "Aims: We look. Results: We see.");
        assert_eq!((&*paper.venue, &*paper.doi), ("Journal of Fog", "10.1000/182"));
        assert_eq!((paper.year, paper.field(BibField::Date)), (Some(2020), "2020-05-03"));
        assert_eq!(paper.field(BibField::Pages), "4–9");
        assert_eq!(paper.field(BibField::Keywords), "fog; dew");
    }
}
