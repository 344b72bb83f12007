//! Reads the XML of the ACL Anthology: collections of volumes of papers.

use std::io::{self, BufRead};

use super::element::Element;
use super::reader::{self, RecordResult};
use super::text;
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, arxiv_id, doi};
use crate::formats::defect::DraftSink;
use crate::formats::values::date::parse_date;
use crate::text::capitalise;

/// The prefix of papers' URLs, followed by their identifier.
const PAPER_URL_PREFIX: &str = "https://aclanthology.org/";
/// The Anthology's venue of workshops without a name of their own.
const WORKSHOPS: &str = "ws";

pub fn matches_head(head: &str) -> bool {
    match reader::root_element(head).as_deref() {
        Some("collection") => head.contains("<volume"),
        Some("volume") => head.contains("<paper"),
        _ => false,
    }
}

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut volume = Volume::default();
    let mut make = |ancestors: &[Element], element: Element| {
        if element.name() == "meta" {
            volume = Volume::from_meta(&element, ancestors);
            Ok(None)
        } else {
            paper(&element, &volume, ancestors)
        }
    };
    reader::read_records(input, &["collection", "volume"], &["meta", "paper"], &mut make, sink)
}

/// The fields that the papers of a volume share.
#[derive(Default)]
struct Volume {
    /// The identifier of the volume.
    id: String,
    title: String,
    venue: String,
    year: Option<i16>,
    kind: PaperKind,
    fields: Vec<(BibField, String)>,
}

impl Volume {
    fn from_meta(meta: &Element, ancestors: &[Element]) -> Self {
        let title = meta.text_at("booktitle");
        let journal = journal(meta, ancestors, &title);
        let names = meta.texts("venue").into_iter().filter(|it| it != WORKSHOPS);
        let short_name = names.map(|it| venue(&it)).next().unwrap_or_default();
        let venues = [journal.clone(), short_name, title.clone()];
        let date = parse_date(&format!("{} {}", meta.text_at("month"), meta.text_at("year")));
        let editors: Vec<String> = meta.all("editor").into_iter().map(name).collect();
        let fields = [
            (BibField::Date, date.as_ref().map(|(_, date)| date.clone()).unwrap_or_default()),
            (BibField::Editors, editors.join(AUTHOR_SEPARATOR)),
            (BibField::Publisher, meta.text_at("publisher")),
            (BibField::Place, meta.text_at("address")),
            (BibField::Volume, meta.text_at("journal-volume")),
            (BibField::Number, meta.text_at("journal-issue")),
            (BibField::Isbn, meta.text_at("isbn")),
        ];
        Self {
            id: volume_id(ancestors),
            venue: venues.into_iter().find(|it| !it.is_empty()).unwrap_or_default(),
            year: date.map(|(year, _)| year),
            kind: if journal.is_empty() { PaperKind::Conference } else { PaperKind::Article },
            title,
            fields: fields.into(),
        }
    }
}

fn paper(paper: &Element, volume: &Volume, ancestors: &[Element]) -> RecordResult {
    let mut draft = Draft { title: paper.text_at("title"), ..Draft::default() };
    draft.abstract_text = paper.text_at("abstract");
    draft.authors = paper.all("author").into_iter().map(name).filter(|it| !it.is_empty()).collect();
    draft.doi = doi(&paper.text_at("doi")).unwrap_or_default();
    let url = match paper.text_at("url") {
        url if url.is_empty() => address(&volume_id(ancestors), paper.attribute("id")),
        url if url.contains("://") => url,
        id => format!("{PAPER_URL_PREFIX}{id}"),
    };
    draft.arxiv = arxiv_id(&url).unwrap_or_default();
    if draft.arxiv.is_empty() && !url.is_empty() {
        draft.urls.push(url);
    }
    draft.add_field(BibField::Pages, paper.text_at("pages"));
    draft.add_field(BibField::Language, paper.text_at("language"));
    draft.add_field(BibField::Note, paper.texts("award").join("; "));
    // If the description of a volume is broken, its papers must not get that of the previous
    // volume.
    if volume.id == volume_id(ancestors) {
        draft.venue.clone_from(&volume.venue);
        draft.year = volume.year;
        draft.kind = volume.kind;
        if volume.title != volume.venue {
            draft.add_field(BibField::Container, volume.title.clone());
        }
        for (field, value) in &volume.fields {
            draft.add_field(*field, value.clone());
        }
    }
    reader::finish_draft(draft)
}

/// Returns the name of the journal. Old volumes have it only in the title:
/// `A Journal, Volume 1, …`.
fn journal(meta: &Element, ancestors: &[Element], title: &str) -> String {
    let name = meta.text_at("journal-title");
    let is_journal = ancestors.last().is_some_and(|it| it.attribute("type") == "journal");
    if is_journal && name.is_empty() {
        title.split(", Volume ").next().unwrap_or_default().to_owned()
    } else {
        name
    }
}

/// Joins the identifiers of collection and volume: `2020.acl-main`, `P19-1`.
fn volume_id(ancestors: &[Element]) -> String {
    let id = |name: &str| {
        ancestors.iter().find(|it| it.name() == name).map_or("", |it| it.attribute("id"))
    };
    match (id("collection"), id("volume")) {
        ("", volume) => volume.to_owned(),
        (collection, volume) => format!("{collection}-{volume}"),
    }
}

/// Returns the URL that follows from the identifiers: `2020.acl-main.1`, `P19-1001`, or with two
/// digits for the volume in collections with many of them, `W19-0101`.
fn address(volume: &str, paper: &str) -> String {
    let Some((collection, number)) = volume.rsplit_once('-') else { return String::new() };
    if paper.is_empty() {
        return String::new();
    }
    if collection.contains('.') {
        return format!("{PAPER_URL_PREFIX}{volume}.{paper}");
    }
    let is_wide = collection.starts_with('W')
        || collection == "C69"
        || collection == "D19" && number.parse().is_ok_and(|it: u8| it >= 5);
    if is_wide {
        format!("{PAPER_URL_PREFIX}{collection}-{number:0>2}{paper:0>2}")
    } else {
        format!("{PAPER_URL_PREFIX}{collection}-{number}{paper:0>3}")
    }
}

fn name(person: &Element) -> String {
    text::name(&person.text_at("last"), "", &person.text_at("first"))
}

/// Formats the Anthology's identifier of a venue: a short one is an acronym.
fn venue(id: &str) -> String {
    if id.len() > 6 { capitalise(id) } else { id.to_uppercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::xml::testing::{drafts, read_all};

    fn collection(papers: &str) -> String {
        format!(
            "<collection id=\"2020.acl\"><volume id=\"main\"><meta><booktitle>Proceedings of <i>A</i></booktitle>
            <editor><first>Alan</first><last>Turing</last></editor><publisher>ACL</publisher><address>Online</address>
            <month>July</month><year>2020</year><venue>acl</venue></meta><frontmatter><url>2020.acl-main.0</url></frontmatter>
            {papers}</volume></collection>"
        )
    }

    #[test]
    fn a_paper_has_what_its_volume_says() {
        let draft = &drafts(
            read,
            &collection(
                "<paper id=\"1\"><title><fixed-case>BERT</fixed-case> for <tex-math>\\alpha</tex-math> &amp; <b>b</b></title>
                <author id=\"x\"><first>Ada</first><last>Lovelace</last><variant script=\"hani\"><first>愛</first><last>達</last></variant></author>
                <author><first/><last>Plato</last></author><pages>1–9</pages><abstract>See <url>https://a.org</url>, <i>now</i>.</abstract>
                <url hash=\"0\">2020.acl-main.1</url><doi>10.18653/v1/X</doi><award>Best Paper</award></paper>",
            ),
        )[0];
        assert_eq!(draft.title, "BERT for $\\alpha$ & b");
        assert_eq!(draft.authors, ["Lovelace, Ada", "Plato"]);
        assert_eq!(draft.abstract_text, "See https://a.org, now.");
        assert_eq!((draft.venue.as_str(), draft.year), ("ACL", Some(2020)));
        assert_eq!(draft.urls, ["https://aclanthology.org/2020.acl-main.1"]);
        let fields = [
            BibField::Container,
            BibField::Date,
            BibField::Editors,
            BibField::Pages,
            BibField::Note,
        ];
        let values = ["Proceedings of A", "2020-07", "Turing, Alan", "1–9", "Best Paper"];
        assert_eq!(fields.map(|it| draft.field(it)), values);
    }

    #[test]
    fn an_old_journal_is_named_by_the_title_of_its_volume() {
        let draft = &drafts(
            read,
            "<collection id=\"J01\"><volume id=\"1\" type=\"journal\"><meta><booktitle>Machines, Volume 1, Number 2</booktitle>
            <year>2001</year><venue>m</venue><journal-volume>1</journal-volume></meta><paper id=\"3\"><title>A</title>
            <author><first>M. L.</first><last>King, Jr.</last></author></paper></volume></collection>",
        )[0];
        assert_eq!((draft.venue.as_str(), draft.kind), ("Machines", PaperKind::Article));
        assert_eq!(draft.authors, ["King, Jr., M. L."]);
        assert_eq!(draft.urls, ["https://aclanthology.org/J01-1003"]);
    }

    #[test]
    fn an_address_follows_from_the_identifiers() {
        for (volume, paper, id) in [
            ("2020.acl-main", "12", "2020.acl-main.12"),
            ("P19-1", "2", "P19-1002"),
            ("W19-1", "2", "W19-0102"),
            ("D19-1", "2", "D19-1002"),
            ("D19-50", "2", "D19-5002"),
        ] {
            assert_eq!(address(volume, paper), format!("{PAPER_URL_PREFIX}{id}"));
        }
        assert_eq!(address("", "1"), "");
    }

    #[test]
    fn a_damaged_description_of_a_volume_is_not_replaced_by_another() {
        let two_papers = collection("<paper id=\"1\"><title>A</title></paper>").replace(
            "</volume>",
            "</volume><volume id=\"short\"><meta><year>1999</meta><paper id=\"1\"><title>B</title></paper></volume>",
        );
        let (drafts, reasons) = read_all(read, two_papers.as_bytes());
        assert_eq!(reasons, ["4: <year> not closed"]);
        assert_eq!((drafts[1].title.as_str(), drafts[1].year), ("B", None));
        assert_eq!(drafts[1].urls, ["https://aclanthology.org/2020.acl-short.1"]);
    }
}
