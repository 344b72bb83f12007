//! Converts papers to items of CSL-JSON, which reference managers and pandoc read.
//!
//! The variables are those of the CSL specification 1.0.2. Fields without a variable are put where
//! Zotero or pandoc puts them.

pub mod date;
pub mod name;

use serde_json::{Map, Value};

use super::language::language_tag;
use super::venue::publication_kind;
use super::writers::links::display_text;
use super::writers::tag_lines::publisher;
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::domain::{BibField, Paper, PaperKind, main_link};

/// Bibliographic fields that map to one variable.
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

/// Returns the item as JSON on one line.
pub fn to_csl_json(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut item = CslItem::new(paper, key);
    item.put_notes(paper);
    item.put("keyword", &keywords(paper.field(BibField::Keywords)));
    item.put("annote", paper.field(BibField::Annotation));
    item.put("abstract", abstract_text);
    Value::Object(item.0).to_string()
}

/// Separates keywords by commas, unless one of them contains a comma.
fn keywords(words: &str) -> String {
    if words.contains(',') { words.to_owned() } else { words.replace("; ", ", ") }
}

fn is_book(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Book | PaperKind::Proceedings)
}

/// Returns the variable for the title of a multi-volume work that papers of the kind are a volume
/// of, or are in a volume of.
pub fn collection_title_variable(kind: PaperKind) -> &'static str {
    if kind.is_part() { "container-title" } else { "title" }
}

/// A CSL-JSON item, with its variables in alphabetical order.
#[derive(Default)]
pub struct CslItem(pub Map<String, Value>);

impl CslItem {
    pub fn new(paper: &Paper<'_>, key: &str) -> Self {
        let kind = publication_kind(paper);
        let mut item = Self::default();
        item.put("id", key);
        item.put("type", kind_name(kind, KindColumn::Csl));
        item.put("title", paper.title);
        item.put_value("author", Some(name::name_list(paper.author_list)));
        item.put_value("editor", Some(name::name_list(paper.field(BibField::Editors))));
        item.put_value("translator", Some(name::name_list(paper.field(BibField::Translators))));
        item.put_value("issued", date::issued_value(paper));
        item.put_value("accessed", date::date_value(paper.field(BibField::Accessed)));
        item.put_value("original-date", date::date_value(paper.field(BibField::OriginalDate)));
        for (field, variable) in VARIABLES {
            item.put(variable, paper.field(field));
        }
        item.put("publisher", publisher(paper));
        item.put("publisher", paper.field(BibField::Institution));
        // A BCP 47 tag decides how a CSL processor capitalises titles.
        let language = paper.field(BibField::Language);
        item.put("language", &language_tag(language).unwrap_or_else(|| language.into()));
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

    /// Sets a variable, unless the text is empty or the variable is already set.
    pub fn put(&mut self, variable: &str, text: &str) {
        let text = display_text(text);
        if !text.is_empty() && !self.0.contains_key(variable) {
            self.0.insert(variable.to_owned(), text.into());
        }
    }

    /// Sets the container of the paper. The venue is its short name if there is a full one; the
    /// venue of a book is its series. The title of a multi-volume work replaces the title of the
    /// volume, which becomes `volume-title`, as in pandoc.
    fn put_container(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        let (container, main) =
            (paper.field(BibField::Container), paper.field(BibField::MainTitle));
        let (full, short) =
            if container.is_empty() { (paper.venue, "") } else { (container, paper.venue) };
        if is_book(kind) && !self.0.contains_key("collection-title") {
            self.put("collection-title", full);
        } else {
            self.put("container-title", full);
            self.put("container-title-short", short);
        }
        let collection_title = collection_title_variable(kind);
        // Only books and parts of books can belong to a multi-volume work.
        let is_in_periodical = matches!(
            kind,
            PaperKind::Article | PaperKind::Newspaper | PaperKind::Magazine | PaperKind::Conference
        );
        if !(main.is_empty() || is_in_periodical && !full.is_empty())
            && let Some(volume) =
                self.0.insert(collection_title.to_owned(), display_text(main).into())
        {
            self.0.insert("volume-title".to_owned(), volume);
        }
    }

    /// Sets issue, report number, arXiv id and pages.
    ///
    /// CSL has no variable for the number of an article without pages. APA and IEEE print `number`
    /// for it, and all other styles only `page`, so both are set.
    fn put_numbers(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        if !paper.arxiv.is_empty() && kind == PaperKind::Preprint {
            self.put("number", &format!("arXiv:{}", paper.arxiv));
            self.put("archive", "arXiv");
            self.put("publisher", "arXiv");
        }
        let variable = if kind.is_part() { "issue" } else { "number" };
        self.put(variable, paper.field(BibField::Number));
        self.put("page", &paper.field(BibField::Pages).replace('–', "-"));
        let article = paper.field(BibField::ArticleNumber);
        self.put("number", article);
        self.put("page", article);
    }

    /// Sets DOI, URL and categories.
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

    /// Collects the fields without a variable in `note`.
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
