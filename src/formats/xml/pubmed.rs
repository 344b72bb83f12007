//! Reads the XML of `PubMed` from its E-utilities: articles, and chapters of its bookshelf.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::text;
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, arxiv_id, brace_organisation};
use crate::formats::defect::DraftSink;
use crate::formats::tagged::nbib::is_article_number;
use crate::formats::values::date::{Date, parse_date};

/// The title of articles without one in English.
const MISSING_TITLE: &str = "not available";

pub fn matches_head(head: &str) -> bool {
    reader::root_element(head)
        .is_some_and(|it| it.starts_with("PubmedArticle") || it.starts_with("PubmedBook"))
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut make = |_: &[Element], record: Element| match record.first("BookDocument") {
        Some(document) => chapter(document),
        None => article(&record),
    };
    reader::read_records(
        input,
        &["PubmedArticleSet", "PubmedBookArticleSet"],
        &["PubmedArticle", "PubmedBookArticle"],
        &mut make,
        sink,
    )
}

fn article(record: &Element) -> RecordResult {
    let (Some(citation), Some(article)) =
        (record.first("MedlineCitation"), record.first("MedlineCitation/Article"))
    else {
        return Err("no article".to_owned());
    };
    let mut draft = Draft::default();
    let ids = record.all("PubmedData/ArticleIdList/ArticleId");
    describe(&mut draft, article, &ids);
    let types = article.texts("PublicationTypeList/PublicationType");
    draft.kind = kind(&types);
    if types.iter().any(|it| it == "Retracted Publication") {
        draft.add_field(BibField::Status, "retracted");
    }
    let journal = |path: &str| article.text_at(&format!("Journal/{path}"));
    let names = [
        journal("Title"),
        citation.text_at("MedlineJournalInfo/MedlineTA"),
        journal("ISOAbbreviation"),
    ];
    draft.venue = names.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    draft.add_field(BibField::Pmid, citation.text_at("PMID"));
    draft.add_field(BibField::Volume, journal("JournalIssue/Volume"));
    draft.add_field(BibField::Number, journal("JournalIssue/Issue"));
    draft.add_field(BibField::Issn, journal("ISSN"));
    let dates = ["Journal/JournalIssue/PubDate", "ArticleDate"];
    set_date(&mut draft, dates.into_iter().filter_map(|it| article.first(it)));
    let mut keywords = citation.texts("KeywordList/Keyword");
    if keywords.is_empty() {
        keywords = citation.texts("MeshHeadingList/MeshHeading/DescriptorName");
    }
    draft.add_field(BibField::Keywords, keywords.join("; "));
    if let Some(revised) = citation.first("DateRevised") {
        let day = Date::parse(&["Year", "Month", "Day"].map(|it| revised.text_at(it)).join("/"));
        draft.add_field(BibField::Updated, day.map(Date::to_date_or_year).unwrap_or_default());
    }
    reader::finish_draft(draft)
}

/// Converts a chapter, or a whole book, of the bookshelf.
fn chapter(document: &Element) -> RecordResult {
    let mut draft = Draft::default();
    describe(&mut draft, document, &document.all("ArticleIdList/ArticleId"));
    let title = document.text_at("Book/BookTitle");
    draft.kind = PaperKind::Chapter;
    if draft.title.is_empty() {
        draft.kind = PaperKind::Book;
        draft.title = title;
    } else {
        draft.venue = title;
    }
    let mut editors = Vec::new();
    for list in document.all("Book/AuthorList") {
        if list.attribute("Type") == "editors" {
            editors.extend(names(list));
        } else if draft.authors.is_empty() {
            draft.authors = names(list);
        }
    }
    draft.add_field(BibField::Editors, editors.join(AUTHOR_SEPARATOR));
    draft.add_field(BibField::Pmid, document.text_at("PMID"));
    draft.add_field(BibField::Publisher, document.text_at("Book/Publisher/PublisherName"));
    draft.add_field(BibField::Place, document.text_at("Book/Publisher/PublisherLocation"));
    draft.add_field(BibField::Isbn, document.text_at("Book/Isbn"));
    set_date(&mut draft, document.first("Book/PubDate").into_iter());
    reader::finish_draft(draft)
}

/// Adds the fields that articles and chapters share.
fn describe(draft: &mut Draft, article: &Element, ids: &[&Element]) {
    draft.title = title(&article.text_at("ArticleTitle"));
    if draft.title.is_empty() {
        draft.title = title(&article.text_at("VernacularTitle"));
    }
    draft.abstract_text = abstract_text(article);
    let lists = article.all("AuthorList").into_iter();
    draft.authors = lists.filter(|it| it.attribute("Type") != "editors").flat_map(names).collect();
    let id = |kind: &str| {
        let ids = ids.iter().filter(|it| it.attribute("IdType") == kind);
        ids.map(|it| it.text()).find(|it| !it.is_empty()).unwrap_or_default()
    };
    let locations = article.all("ELocationID");
    let location = locations.iter().find(|it| it.attribute("EIdType") == "doi");
    let dois = [id("doi"), location.map(|it| it.text()).unwrap_or_default()];
    draft.doi = dois.iter().find_map(|it| text::own_doi(it)).unwrap_or_default();
    draft.arxiv = dois.iter().find_map(|it| arxiv_id(it)).unwrap_or_default();
    draft.add_field(BibField::Pmcid, id("pmc"));
    let ends = ["Pagination/StartPage", "Pagination/EndPage"].map(|it| article.text_at(it));
    draft.add_field(BibField::Pages, article.text_at("Pagination/MedlinePgn"));
    draft.add_field(BibField::Pages, ends.join("–").trim_end_matches('–'));
    if draft.field(BibField::Pages).is_empty() {
        let is_publisher_id = |it: &&&Element| it.attribute("EIdType") == "pii";
        let numbers = locations.iter().filter(is_publisher_id).map(|it| it.text());
        let number = numbers.chain([id("pii")]).find(|it| is_article_number(it));
        draft.add_field(BibField::ArticleNumber, number.unwrap_or_default());
    }
    draft.add_field(BibField::Language, article.text_at("Language").to_lowercase());
}

/// Strips the final full stop of a title, and the brackets around a translated one.
fn title(text: &str) -> String {
    let title = text::strip_final_dot(text);
    let inner = title.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let title = inner.filter(|it| !it.contains('[')).map_or(title, text::strip_final_dot);
    if title.eq_ignore_ascii_case(MISSING_TITLE) { String::new() } else { title.to_owned() }
}

/// Joins the parts of an abstract, each with its label.
fn abstract_text(article: &Element) -> String {
    let part = |it: &Element| match (it.attribute("Label"), it.text()) {
        ("" | "UNLABELLED", text) => text,
        (_, text) if text.is_empty() => text,
        (label, text) => format!("{label}: {text}"),
    };
    let parts = article.all("Abstract/AbstractText");
    parts.into_iter().map(part).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

fn names(list: &Element) -> Vec<String> {
    let name = |author: &Element| {
        let forename = ["ForeName", "Initials"].map(|it| author.text_at(it));
        let forename = forename.iter().find(|it| !it.is_empty()).map_or("", String::as_str);
        match author.text_at("LastName").as_str() {
            "" => match author.text_at("CollectiveName") {
                name if name.is_empty() => name,
                name => brace_organisation(name.trim_end_matches('.')),
            },
            family => text::name(family, &author.text_at("Suffix"), forename),
        }
    };
    list.all("Author").into_iter().map(name).filter(|it| !it.is_empty()).collect()
}

/// Sets the date of the issue. If that is only a year, an online publication date in the same year
/// is used.
fn set_date<'a>(draft: &mut Draft, dates: impl Iterator<Item = &'a Element>) {
    let text = |it: &Element| {
        ["Year", "Month", "Day", "MedlineDate"].map(|part| it.text_at(part)).join(" ")
    };
    let mut best: Option<(i16, String)> = None;
    for (year, date) in dates.filter_map(|it| parse_date(&text(it))) {
        match &best {
            Some((known_year, known_date))
                if *known_year != year || known_date.len() >= date.len() => {}
            _ => best = Some((year, date)),
        }
    }
    if let Some((year, date)) = best {
        draft.year = Some(year);
        draft.add_field(BibField::Date, date);
    }
}

fn kind(types: &[String]) -> PaperKind {
    let has = |name: &str| types.iter().any(|it| it.eq_ignore_ascii_case(name));
    if has("Preprint") {
        PaperKind::Preprint
    } else if has("Dataset") {
        PaperKind::Dataset
    } else if has("Newspaper Article") {
        PaperKind::Newspaper
    } else {
        PaperKind::Article
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::{drafts, reasons};

    const ARTICLE_SET: &str = r#"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID><Article>
        <Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>2</Volume><Issue>3</Issue><PubDate><MedlineDate>2016 Jan-Feb</MedlineDate></PubDate></JournalIssue>
        <Title>Journal of A</Title></Journal><ArticleTitle>[CO<sub>2</sub> in <i>E. coli</i>.]</ArticleTitle>
        <Pagination><StartPage>1</StartPage><EndPage>9</EndPage></Pagination><ELocationID EIdType="doi">10.1000/a</ELocationID>
        <Abstract><AbstractText Label="AIM">We look.</AbstractText><AbstractText Label="RESULT">x<sup>2</sup> &lt; 1,
        <math><msub><mi>k</mi><mn>1</mn></msub></math>.</AbstractText></Abstract>
        <AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada</ForeName><Suffix>Jr</Suffix></Author>
        <Author><CollectiveName>The A Team</CollectiveName></Author></AuthorList><Language>eng</Language>
        <PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList></Article>
        <KeywordList><Keyword>carbon</Keyword><Keyword>air</Keyword></KeywordList></MedlineCitation>
        <PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC1</ArticleId></ArticleIdList>
        <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList></Reference></ReferenceList>
        </PubmedData></PubmedArticle></PubmedArticleSet>"#;

    #[test]
    fn an_article_is_read_with_its_parts() {
        let draft = &drafts(read, ARTICLE_SET)[0];
        assert_eq!(draft.title, "CO₂ in E. coli");
        assert_eq!(draft.abstract_text, "AIM: We look. RESULT: x² < 1, k₁.");
        assert_eq!(draft.authors, ["Lovelace, Jr, Ada", "{The A Team}"]);
        assert_eq!((draft.venue.as_str(), draft.doi.as_str()), ("Journal of A", "10.1000/a"));
        assert_eq!((draft.year, draft.kind), (Some(2016), PaperKind::Article));
        let fields =
            [BibField::Date, BibField::Pages, BibField::Pmid, BibField::Pmcid, BibField::Keywords];
        assert_eq!(
            fields.map(|it| draft.field(it)),
            ["2016-01", "1–9", "1", "PMC1", "carbon; air"]
        );
    }

    #[test]
    fn a_chapter_stands_in_its_book() {
        let draft = &drafts(
            read,
            "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>2</PMID><Book><Publisher><PublisherName>P</PublisherName></Publisher>
            <BookTitle>A Book</BookTitle><PubDate><Year>1993</Year></PubDate><AuthorList Type=\"editors\"><Author><LastName>Turing</LastName>
            <Initials>AM</Initials></Author></AuthorList></Book><ArticleTitle>A Gene</ArticleTitle></BookDocument></PubmedBookArticle></PubmedArticleSet>",
        )[0];
        assert_eq!((draft.title.as_str(), draft.venue.as_str()), ("A Gene", "A Book"));
        assert_eq!((draft.kind, draft.year), (PaperKind::Chapter, Some(1993)));
        assert_eq!(draft.field(BibField::Editors), "Turing, AM");
    }

    #[test]
    fn an_article_without_a_title_takes_that_of_its_own_language() {
        let set = ARTICLE_SET.replace("[CO<sub>2</sub> in <i>E. coli</i>.]", "[Not Available].");
        assert_eq!(reasons(read, &set), ["1: no title"]);
        let set = set
            .replace("</ArticleTitle>", "</ArticleTitle><VernacularTitle>Luft.</VernacularTitle>");
        assert_eq!(drafts(read, &set)[0].title, "Luft");
    }
}
