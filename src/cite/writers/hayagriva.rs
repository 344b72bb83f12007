//! Writes papers as Hayagriva entries, the YAML bibliographies of Typst.
//!
//! Containers, series, conferences and originals are parents. Each has the type under which
//! hayagriva looks for the CSL variables of that work. Strings are quoted as JSON, which is valid
//! YAML.

use serde_json::Value;

use super::links::display_text;
use super::tag_lines::{date, pages, publisher};
use crate::cite::language::language_tag;
use crate::cite::venue::{is_preprint_server, publication_kind};
use crate::domain::{
    BibField, ET_AL, NameKind, Paper, PaperKind, PersonName, author_names, has_et_al, main_link,
};
use crate::text::sanitise;

/// Returns the entry without a final newline.
pub fn entry(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut text = format!("{}:\n", quote(key));
    node(paper, abstract_text).write(2, &mut text);
    text.trim_end().to_owned()
}

/// An entry or a parent: fields with their YAML values, and its parents.
#[derive(Default)]
struct YamlNode {
    fields: Vec<(&'static str, String)>,
    parents: Vec<Self>,
}

fn node(paper: &Paper<'_>, abstract_text: &str) -> YamlNode {
    let kind = publication_kind(paper);
    let mut entry = YamlNode::new(entry_type(kind, paper));
    entry.put_title(paper.title, paper.field(BibField::ShortTitle));
    entry.people("author", paper.author_list);
    let translators = people(paper.field(BibField::Translators));
    if !translators.is_empty() {
        entry.word("affiliated", &format!("[{{ role: translator, names: [{translators}] }}]"));
    }
    let (year, month, day) = date(paper);
    let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
    entry.word("date", &parts.fold(year, |date, part| date + &part));
    entry.put("genre", paper.field(BibField::Genre));
    entry.put_pages(paper);
    entry.word("language", &language_tag(paper.field(BibField::Language)).unwrap_or_default());
    entry.put_identifiers(paper, kind);
    entry.put_address(paper);
    entry.put("note", paper.field(BibField::Note));
    entry.put("abstract", abstract_text);
    entry.put_parents(paper, kind);
    entry
}

impl YamlNode {
    fn new(kind: &str) -> Self {
        Self { fields: vec![("type", kind.to_owned())], parents: Vec::new() }
    }

    /// Adds a field whose value is YAML already, unless it is empty.
    fn word(&mut self, name: &'static str, word: &str) {
        if !word.is_empty() {
            self.fields.push((name, word.to_owned()));
        }
    }

    /// Adds a text field, unless it is empty.
    fn put(&mut self, name: &'static str, text: &str) {
        let text = display_text(text);
        if !text.is_empty() {
            self.word(name, &quote(&text));
        }
    }

    /// Adds a number of at most eight digits; other text is dropped, since the field takes numbers
    /// only.
    fn put_count(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() && text.len() < 9 && text.bytes().all(|it| it.is_ascii_digit()) {
            self.word(name, text);
        }
    }

    fn people(&mut self, name: &'static str, list: &str) {
        let people = people(list);
        if !people.is_empty() {
            self.word(name, &format!("[{people}]"));
        }
    }

    /// Appends fields and parents, indented by `indent` spaces.
    fn write(&self, indent: usize, text: &mut String) {
        for (name, value) in &self.fields {
            text.extend([&" ".repeat(indent), *name, ": ", value, "\n"]);
        }
        match self.parents.as_slice() {
            [] => {}
            [parent] => {
                text.extend([&" ".repeat(indent), "parent:\n"]);
                parent.write(indent + 2, text);
            }
            parents => {
                text.extend([&" ".repeat(indent), "parent:\n"]);
                for parent in parents {
                    let mut item = String::new();
                    parent.write(indent + 4, &mut item);
                    text.extend([&" ".repeat(indent + 2), "- ", item.trim_start()]);
                }
            }
        }
    }

    /// Adds a title, with its short form if there is one.
    fn put_title(&mut self, title: &str, short: &str) {
        let (title, short) = (display_text(title), display_text(short));
        if short.is_empty() {
            self.put("title", &title);
        } else {
            let mapping = format!("{{ value: {}, short: {} }}", quote(&title), quote(&short));
            self.word("title", &mapping);
        }
    }

    /// Adds the pages. The number of an article without pages is used as its pages too, because
    /// styles do not print its own field.
    fn put_pages(&mut self, paper: &Paper<'_>) {
        let (first, last) = pages(paper);
        let range = if last.is_empty() { first } else { format!("{first}-{last}") };
        let article = paper.field(BibField::ArticleNumber);
        self.put("page-range", if range.is_empty() { article } else { &range });
        self.put_count("page-total", paper.field(BibField::PageCount));
        self.put("chapter", paper.field(BibField::Chapter));
    }

    /// Adds identifiers. `serial` is the number of a report or an article.
    fn put_identifiers(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        let report = if kind.is_part() { "" } else { paper.field(BibField::Number) };
        let article = paper.field(BibField::ArticleNumber);
        let ids = [
            ("doi", paper.doi),
            ("arxiv", paper.arxiv),
            ("issn", paper.field(BibField::Issn)),
            ("isbn", paper.field(BibField::Isbn)),
            ("pmid", paper.field(BibField::Pmid)),
            ("pmcid", paper.field(BibField::Pmcid)),
            ("serial", if report.is_empty() { article } else { report }),
            ("version", paper.field(BibField::Version)),
        ];
        let ids: Vec<String> = ids
            .iter()
            .filter(|(_, id)| !id.is_empty())
            .map(|(name, id)| format!("{name}: {}", quote(&display_text(id))))
            .collect();
        if !ids.is_empty() {
            self.word("serial-number", &format!("{{ {} }}", ids.join(", ")));
        }
    }

    /// Adds the main URL, with the date of access.
    fn put_address(&mut self, paper: &Paper<'_>) {
        let Some(link) = main_link(paper) else { return };
        let day = paper.field(BibField::Accessed);
        let is_day = day.split('-').all(|it| it.parse::<u16>().is_ok());
        if is_day {
            self.word(
                "url",
                &format!("{{ value: {}, date: {day} }}", quote(&display_text(&link.url))),
            );
        } else {
            self.put("url", &link.url);
        }
    }

    fn put_parents(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        if kind.is_part() {
            let mut whole = Self::new(parent_type(kind));
            match paper.field(BibField::Container) {
                "" => whole.put("title", paper.venue),
                container => whole.put_title(container, paper.venue),
            }
            whole.put_collection(paper);
            whole.put("issue", paper.field(BibField::Number));
            if whole.fields.len() > 1 || !whole.parents.is_empty() {
                self.parents.push(whole);
            }
        } else {
            self.put_server(paper, kind);
            self.put_collection(paper);
        }
        let mut event = Self::new("conference");
        event.put("title", paper.field(BibField::Event));
        event.put("location", paper.field(BibField::EventPlace));
        let mut original = Self::new("original");
        original.word("date", paper.field(BibField::OriginalDate));
        self.parents.extend([event, original].into_iter().filter(|it| it.fields.len() > 1));
    }

    /// Adds the repository of a preprint as its parent.
    fn put_server(&mut self, paper: &Paper<'_>, kind: PaperKind) {
        if kind == PaperKind::Preprint {
            let is_arxiv = paper.venue.is_empty() || is_preprint_server(paper.venue);
            let is_arxiv = is_arxiv && !paper.arxiv.is_empty();
            let mut server = Self::new("repository");
            server.put("title", if is_arxiv { "arXiv" } else { paper.venue });
            self.parents.extend(Some(server).filter(|it| it.fields.len() > 1));
        }
    }

    /// Adds the fields of the container, or of the paper itself if it is a whole work.
    fn put_collection(&mut self, paper: &Paper<'_>) {
        self.people("editor", paper.field(BibField::Editors));
        self.put("volume", paper.field(BibField::Volume));
        self.put_count("volume-total", paper.field(BibField::VolumeCount));
        self.put("edition", paper.field(BibField::Edition));
        let (name, place) =
            (display_text(publisher(paper)), display_text(paper.field(BibField::Place)));
        match (name.is_empty(), place.is_empty()) {
            (false, false) => {
                let mapping = format!("{{ name: {}, location: {} }}", quote(&name), quote(&place));
                self.word("publisher", &mapping);
            }
            (false, true) => self.put("publisher", &name),
            (true, _) => self.put("location", &place),
        }
        if display_text(paper.field(BibField::Institution)) != name {
            self.put("organization", paper.field(BibField::Institution));
        }
        let mut series = Self::new("anthology");
        series.put("title", paper.field(BibField::Series));
        series.put("volume", paper.field(BibField::SeriesNumber));
        let mut main = Self::new("book");
        main.put("title", paper.field(BibField::MainTitle));
        self.parents.extend([series, main].into_iter().filter(|it| it.fields.len() > 1));
    }
}

fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

/// Formats a name list as items of a YAML list. Organisations get a mapping, since hayagriva takes
/// lower-case words before the last one for a particle.
fn people(list: &str) -> String {
    let whole = |name: &str| format!("{{ name: {} }}", quote(name));
    let person = |raw: &str| {
        let PersonName { kind, given, family, suffix } = PersonName::parse(raw);
        let [given, family, suffix] = [given, family, suffix].map(|it| sanitise(&it).into_owned());
        if family.is_empty() {
            return None;
        }
        if kind == NameKind::Organisation {
            return Some(whole(&family));
        }
        let parts = [family, suffix, given].into_iter().filter(|it| !it.is_empty());
        Some(quote(&parts.collect::<Vec<_>>().join(", ")))
    };
    let et_al = has_et_al(list).then(|| whole(ET_AL));
    author_names(list).filter_map(person).chain(et_al).collect::<Vec<_>>().join(", ")
}

fn entry_type(kind: PaperKind, paper: &Paper<'_>) -> &'static str {
    match kind {
        PaperKind::Unknown if paper.venue.is_empty() => "misc",
        PaperKind::Preprint if paper.venue.is_empty() && paper.arxiv.is_empty() => "manuscript",
        PaperKind::Unknown
        | PaperKind::Article
        | PaperKind::Conference
        | PaperKind::Preprint
        | PaperKind::Newspaper
        | PaperKind::Magazine => "article",
        PaperKind::Chapter => "chapter",
        PaperKind::Book => "book",
        PaperKind::Thesis => "thesis",
        PaperKind::Report => "report",
        PaperKind::Dataset | PaperKind::Software => "repository",
        PaperKind::Webpage => "web",
        PaperKind::Proceedings => "proceedings",
        PaperKind::Patent => "patent",
        PaperKind::Entry => "entry",
    }
}

fn parent_type(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Conference => "proceedings",
        PaperKind::Chapter => "book",
        PaperKind::Entry => "reference",
        PaperKind::Newspaper => "newspaper",
        _ => "periodical",
    }
}
