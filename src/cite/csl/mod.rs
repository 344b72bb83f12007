//! A paper as an item of CSL-JSON, as reference managers and pandoc read it.
//!
//! The variables are those of the CSL specification 1.0.2; what it has no variable for stands
//! where Zotero or pandoc puts it.

pub mod date;
pub mod name;

use serde_json::{Map, Value};

use super::language::language_tag;
use super::venue::publication_kind;
use super::writers::tag_lines::publisher;
use crate::domain::{BibField, Paper, PaperKind, main_link};
use crate::text::{sanitise, tex_to_unicode};

/// Facts that have a variable to themselves.
const VARIABLES: [(BibField, &str); 18] = [
    (BibField::Volume, "volume"),
    (BibField::Place, "publisher-place"),
    (BibField::Series, "collection-title"),
    (BibField::SeriesNumber, "collection-number"),
    (BibField::Edition, "edition"),
    (BibField::Issn, "ISSN"),
    (BibField::Isbn, "ISBN"),
    (BibField::Pmid, "PMID"),
    (BibField::Pmcid, "PMCID"),
    (BibField::Genre, "genre"),
    (BibField::Status, "status"),
    (BibField::Version, "version"),
    (BibField::Event, "event-title"),
    (BibField::EventPlace, "event-place"),
    (BibField::Chapter, "chapter-number"),
    (BibField::ShortTitle, "title-short"),
    (BibField::VolumeCount, "number-of-volumes"),
    (BibField::PageCount, "number-of-pages"),
];

/// The item on one line.
pub fn to_csl_json(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut item = CslItem::new(paper, key);
    item.put_notes(paper);
    item.put("keyword", &keywords(paper.field(BibField::Keywords)));
    item.put("annote", paper.field(BibField::Annotation));
    item.put("abstract", abstract_text);
    Value::Object(item.0).to_string()
}

/// Keywords with commas between them, unless one has a comma of its own.
fn keywords(words: &str) -> String {
    if words.contains(',') { words.to_owned() } else { words.replace("; ", ", ") }
}

fn is_book(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Book | PaperKind::Proceedings)
}

/// The variable that names the work of which papers of the kind are volumes, or are in a volume of.
pub fn collection_title_variable(kind: PaperKind) -> &'static str {
    if is_part(kind) { "container-title" } else { "title" }
}

/// Returns true if papers of the kind are parts of something that has volumes and issues.
fn is_part(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Article | PaperKind::Conference | PaperKind::Chapter)
        || matches!(kind, PaperKind::Newspaper | PaperKind::Magazine | PaperKind::Entry)
}

fn csl_type(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Unknown => "document",
        PaperKind::Article => "article-journal",
        PaperKind::Conference => "paper-conference",
        PaperKind::Chapter => "chapter",
        PaperKind::Book | PaperKind::Proceedings => "book",
        PaperKind::Thesis => "thesis",
        PaperKind::Report => "report",
        PaperKind::Preprint => "article",
        PaperKind::Dataset => "dataset",
        PaperKind::Software => "software",
        PaperKind::Webpage => "webpage",
        PaperKind::Newspaper => "article-newspaper",
        PaperKind::Magazine => "article-magazine",
        PaperKind::Patent => "patent",
        PaperKind::Entry => "entry-encyclopedia",
    }
}

/// Variables in the order of the alphabet.
#[derive(Default)]
pub struct CslItem(pub Map<String, Value>);

impl CslItem {
    pub fn new(paper: &Paper<'_>, key: &str) -> Self {
        let kind = publication_kind(paper);
        let mut item = Self::default();
        item.put("id", key);
        item.put("type", csl_type(kind));
        item.put("title", paper.title);
        item.put_value("author", Some(name::name_list(paper.author_list)));
        item.put_value("editor", Some(name::name_list(paper.field(BibField::Editors))));
        item.put_value("translator", Some(name::name_list(paper.field(BibField::Translators))));
        item.put_value("issued", date::issued_value(paper));
        item.put_value("accessed", date::date_value(paper.field(BibField::Accessed)));
        item.put_value("original-date", date::date_value(paper.field(BibField::OriginalDate)));
        for (fact, variable) in VARIABLES {
            item.put(variable, paper.field(fact));
        }
        item.put("publisher", publisher(paper));
        item.put("publisher", paper.field(BibField::Institution));
        item.put_language(paper);
        item.put_container(paper, kind);
        item.put_numbers(paper, kind);
        item.put_identifiers(paper, kind);
        item
    }

    fn put_value(&mut self, variable: &str, value: Option<impl Into<Value>>) {
        let value = value.map(Into::into).filter(|it| *it != Value::Array(Vec::new()));
        if let Some(value) = value {
            self.0.insert(variable.to_owned(), value);
        }
    }

    /// Adds a text, unless it is empty or there is one already.
    pub fn put(&mut self, variable: &str, text: &str) {
        let text = display_text(text);
        if !text.is_empty() && !self.0.contains_key(variable) {
            self.0.insert(variable.to_owned(), text.into());
        }
    }

    /// The language as a tag of BCP 47, which is what readers decide by how to write titles.
    fn put_language(&mut self, paper: &Paper<'_>) {
        let language = paper.field(BibField::Language);
        self.put("language", &language_tag(language).unwrap_or_else(|| language.into()));
    }

    /// Puts the whole that the paper is in; the venue is the short name where there is a full one.
    /// The venue that a source gives a book is a series. A work of several volumes has the title,
    /// and the volume one beside it, as pandoc writes and reads them.
    fn put_container(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        let (container, main) =
            (paper.field(BibField::Container), paper.field(BibField::MainTitle));
        let (whole, short) =
            if container.is_empty() { (paper.venue, "") } else { (container, paper.venue) };
        if is_book(kind) && !self.0.contains_key("collection-title") {
            self.put("collection-title", whole);
        } else {
            self.put("container-title", whole);
            self.put("container-title-short", short);
        }
        let own = collection_title_variable(kind);
        // Only a book and what is in one have a work in several volumes around them.
        let is_in_periodical = matches!(
            kind,
            PaperKind::Article | PaperKind::Newspaper | PaperKind::Magazine | PaperKind::Conference
        );
        if !(main.is_empty() || is_in_periodical && !whole.is_empty())
            && let Some(volume) = self.0.insert(own.to_owned(), display_text(main).into())
        {
            self.0.insert("volume-title".to_owned(), volume);
        }
    }

    /// Numbers of issues and of reports, arXiv's, and pages.
    ///
    /// CSL has no variable for the number of an article that has no pages. APA and IEEE print
    /// `number` as that; every other style prints `page` alone, so it stands there as well.
    fn put_numbers(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        if !paper.arxiv.is_empty() && kind == PaperKind::Preprint {
            self.put("number", &format!("arXiv:{}", paper.arxiv));
            self.put("archive", "arXiv");
            self.put("publisher", "arXiv");
        }
        let variable = if is_part(kind) { "issue" } else { "number" };
        self.put(variable, paper.field(BibField::Number));
        self.put("page", &paper.field(BibField::Pages).replace('–', "-"));
        let article = paper.field(BibField::ArticleNumber);
        self.put("number", article);
        self.put("page", article);
    }

    /// The identifiers, and the address to open.
    fn put_identifiers(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        self.put("DOI", paper.doi);
        if !paper.arxiv.is_empty() && kind == PaperKind::Preprint {
            self.put("DOI", &format!("10.48550/arXiv.{}", paper.arxiv));
        }
        if let Some(link) = main_link(paper) {
            self.put("URL", &link.url);
        }
        let categories: Vec<&str> =
            paper.categories.split(' ').filter(|it| !it.is_empty()).collect();
        self.put_value("categories", Some(categories));
    }

    /// Puts the properties that have no variable of their own into the note.
    fn put_notes(&mut self, paper: &Paper<'_>) {
        let mut notes = Vec::new();
        if !paper.arxiv.is_empty() {
            let class = Some(paper.category()).filter(|it| !it.is_empty());
            let class = class.map(|it| format!(" [{it}]")).unwrap_or_default();
            notes.push(format!("arXiv:{}{class}", paper.arxiv));
        }
        notes.push(display_text(paper.field(BibField::Note)));
        let comment = display_text(paper.field(BibField::Comment));
        notes.extend((!comment.is_empty()).then(|| format!("Comment: {comment}")));
        notes.retain(|it| !it.is_empty());
        if !notes.is_empty() {
            self.0.insert("note".to_owned(), notes.join("\n").into());
        }
    }
}

/// As a person reads it.
fn display_text(raw: &str) -> String {
    sanitise(&tex_to_unicode(raw)).trim().to_owned()
}
