//! A paper as an item of CSL-JSON, as reference managers and pandoc read it.
//!
//! The variables are those of the CSL specification 1.0.2; what it has no variable for stands
//! where Zotero or pandoc puts it.

pub mod date;
pub mod name;

use serde_json::{Map, Value};

use super::language::tag;
use super::venue::kind;
use super::writers::tag_lines::house;
use crate::domain::{Fact, Kind, Paper, main_link};
use crate::text::{readable, sanitise};

/// Facts that have a variable to themselves.
const VARIABLES: [(Fact, &str); 18] = [
    (Fact::Volume, "volume"),
    (Fact::Place, "publisher-place"),
    (Fact::Series, "collection-title"),
    (Fact::SeriesNumber, "collection-number"),
    (Fact::Edition, "edition"),
    (Fact::Issn, "ISSN"),
    (Fact::Isbn, "ISBN"),
    (Fact::Pmid, "PMID"),
    (Fact::Pmcid, "PMCID"),
    (Fact::Genre, "genre"),
    (Fact::Status, "status"),
    (Fact::Version, "version"),
    (Fact::Event, "event-title"),
    (Fact::EventPlace, "event-place"),
    (Fact::Chapter, "chapter-number"),
    (Fact::ShortTitle, "title-short"),
    (Fact::VolumeCount, "number-of-volumes"),
    (Fact::PageCount, "number-of-pages"),
];

/// The item on one line.
pub fn item(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut item = Item::new(paper, key);
    item.put_notes(paper);
    item.put("keyword", &keywords(paper.fact(Fact::Keywords)));
    item.put("annote", paper.fact(Fact::Annotation));
    item.put("abstract", abstract_text);
    Value::Object(item.0).to_string()
}

/// Keywords with commas between them, unless one has a comma of its own.
fn keywords(words: &str) -> String {
    if words.contains(',') { words.to_owned() } else { words.replace("; ", ", ") }
}

fn is_book(kind: Kind) -> bool {
    matches!(kind, Kind::Book | Kind::Proceedings)
}

/// The variable that names the work of which papers of the kind are volumes, or are in a volume of.
pub fn title_of_whole(kind: Kind) -> &'static str {
    if is_part(kind) { "container-title" } else { "title" }
}

/// Returns true if papers of the kind are parts of something that has volumes and issues.
fn is_part(kind: Kind) -> bool {
    matches!(kind, Kind::Article | Kind::Conference | Kind::Chapter)
        || matches!(kind, Kind::Newspaper | Kind::Magazine | Kind::Entry)
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "document",
        Kind::Article => "article-journal",
        Kind::Conference => "paper-conference",
        Kind::Chapter => "chapter",
        Kind::Book | Kind::Proceedings => "book",
        Kind::Thesis => "thesis",
        Kind::Report => "report",
        Kind::Preprint => "article",
        Kind::Dataset => "dataset",
        Kind::Software => "software",
        Kind::Webpage => "webpage",
        Kind::Newspaper => "article-newspaper",
        Kind::Magazine => "article-magazine",
        Kind::Patent => "patent",
        Kind::Entry => "entry-encyclopedia",
    }
}

/// Variables in the order of the alphabet.
#[derive(Default)]
pub struct Item(pub Map<String, Value>);

impl Item {
    pub fn new(paper: &Paper<'_>, key: &str) -> Self {
        let kind = kind(paper);
        let mut item = Self::default();
        item.put("id", key);
        item.put("type", type_of(kind));
        item.put("title", paper.title);
        item.put_value("author", Some(name::list(paper.author_list)));
        item.put_value("editor", Some(name::list(paper.fact(Fact::Editors))));
        item.put_value("translator", Some(name::list(paper.fact(Fact::Translators))));
        item.put_value("issued", date::issued(paper));
        item.put_value("accessed", date::day(paper.fact(Fact::Accessed)));
        item.put_value("original-date", date::day(paper.fact(Fact::OriginalDate)));
        for (fact, variable) in VARIABLES {
            item.put(variable, paper.fact(fact));
        }
        item.put("publisher", house(paper));
        item.put("publisher", paper.fact(Fact::Institution));
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
        let text = shown(text);
        if !text.is_empty() && !self.0.contains_key(variable) {
            self.0.insert(variable.to_owned(), text.into());
        }
    }

    /// The language as a tag of BCP 47, which is what readers decide by how to write titles.
    fn put_language(&mut self, paper: &Paper<'_>) {
        let language = paper.fact(Fact::Language);
        self.put("language", &tag(language).unwrap_or_else(|| language.into()));
    }

    /// Puts the whole that the paper is in; the venue is the short name where there is a full one.
    /// The venue that a source gives a book is a series. A work of several volumes has the title,
    /// and the volume one beside it, as pandoc writes and reads them.
    fn put_container(&mut self, paper: &Paper<'_>, kind: Kind) {
        let (container, main) = (paper.fact(Fact::Container), paper.fact(Fact::MainTitle));
        let (whole, short) =
            if container.is_empty() { (paper.venue, "") } else { (container, paper.venue) };
        if is_book(kind) && !self.0.contains_key("collection-title") {
            self.put("collection-title", whole);
        } else {
            self.put("container-title", whole);
            self.put("container-title-short", short);
        }
        let own = title_of_whole(kind);
        // Only a book and what is in one have a work in several volumes around them.
        let is_in_periodical =
            matches!(kind, Kind::Article | Kind::Newspaper | Kind::Magazine | Kind::Conference);
        if !(main.is_empty() || is_in_periodical && !whole.is_empty())
            && let Some(volume) = self.0.insert(own.to_owned(), shown(main).into())
        {
            self.0.insert("volume-title".to_owned(), volume);
        }
    }

    /// Numbers of issues and of reports, arXiv's, and pages.
    ///
    /// CSL has no variable for the number of an article that has no pages. APA and IEEE print
    /// `number` as that; every other style prints `page` alone, so it stands there as well.
    fn put_numbers(&mut self, paper: &Paper<'_>, kind: Kind) {
        if !paper.arxiv.is_empty() && kind == Kind::Preprint {
            self.put("number", &format!("arXiv:{}", paper.arxiv));
            self.put("archive", "arXiv");
            self.put("publisher", "arXiv");
        }
        let variable = if is_part(kind) { "issue" } else { "number" };
        self.put(variable, paper.fact(Fact::Number));
        self.put("page", &paper.fact(Fact::Pages).replace('–', "-"));
        let article = paper.fact(Fact::ArticleNumber);
        self.put("number", article);
        self.put("page", article);
    }

    /// The identifiers, and the address to open.
    fn put_identifiers(&mut self, paper: &Paper<'_>, kind: Kind) {
        self.put("DOI", paper.doi);
        if !paper.arxiv.is_empty() && kind == Kind::Preprint {
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
        notes.push(shown(paper.fact(Fact::Note)));
        let comment = shown(paper.fact(Fact::Comment));
        notes.extend((!comment.is_empty()).then(|| format!("Comment: {comment}")));
        notes.retain(|it| !it.is_empty());
        if !notes.is_empty() {
            self.0.insert("note".to_owned(), notes.join("\n").into());
        }
    }
}

/// As a person reads it.
fn shown(raw: &str) -> String {
    sanitise(&readable(raw)).trim().to_owned()
}
