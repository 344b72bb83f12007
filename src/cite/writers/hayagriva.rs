//! A paper as an entry of Hayagriva, the bibliographies of Typst, in YAML.
//!
//! A work that a part is in is its parent, and so are a series, a conference and an original; each
//! has the type under which Hayagriva's own reading of CSL variables looks for it. Texts are written
//! as YAML writes them in quotes, which is how JSON writes them.

use serde_json::Value;

use super::links::shown;
use super::tag_lines::{date, house, pages};
use crate::cite::language::tag;
use crate::cite::venue::{is_preprint_server, kind};
use crate::domain::{Fact, Kind, Name, NameKind, OTHERS, Paper, has_others, main_link, names};
use crate::text::sanitise;

/// The entry, without a line end after it.
pub fn entry(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut text = format!("{}:\n", quoted(key));
    node(paper, abstract_text).write(2, &mut text);
    text.trim_end().to_owned()
}

/// An entry or a parent: its fields with their values as YAML has them, and its own parents.
#[derive(Default)]
struct Node {
    fields: Vec<(&'static str, String)>,
    parents: Vec<Self>,
}

fn node(paper: &Paper<'_>, abstract_text: &str) -> Node {
    let kind = kind(paper);
    let mut entry = Node::new(type_of(kind, paper));
    entry.put_title(paper.title, paper.fact(Fact::ShortTitle));
    entry.people("author", paper.author_list);
    let translators = people(paper.fact(Fact::Translators));
    if !translators.is_empty() {
        entry.word("affiliated", &format!("[{{ role: translator, names: [{translators}] }}]"));
    }
    let (year, month, day) = date(paper);
    let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
    entry.word("date", &parts.fold(year, |date, part| date + &part));
    entry.put("genre", paper.fact(Fact::Genre));
    entry.put_pages(paper);
    entry.word("language", &tag(paper.fact(Fact::Language)).unwrap_or_default());
    entry.put_identifiers(paper, kind);
    entry.put_address(paper);
    entry.put("note", paper.fact(Fact::Note));
    entry.put("abstract", abstract_text);
    entry.put_parents(paper, kind);
    entry
}

impl Node {
    fn new(kind: &str) -> Self {
        Self { fields: vec![("type", kind.to_owned())], parents: Vec::new() }
    }

    /// Adds a value that is YAML already, unless it is empty.
    fn word(&mut self, name: &'static str, word: &str) {
        if !word.is_empty() {
            self.fields.push((name, word.to_owned()));
        }
    }

    /// Adds a text, unless it is empty.
    fn put(&mut self, name: &'static str, text: &str) {
        let text = shown(text);
        if !text.is_empty() {
            self.word(name, &quoted(&text));
        }
    }

    /// Adds a number, which is all that the field takes.
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

    /// Appends the fields and the parents, so many blanks from the left.
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

    /// Adds a title with its short form, if there is one.
    fn put_title(&mut self, title: &str, short: &str) {
        let (title, short) = (shown(title), shown(short));
        if short.is_empty() {
            self.put("title", &title);
        } else {
            let both = format!("{{ value: {}, short: {} }}", quoted(&title), quoted(&short));
            self.word("title", &both);
        }
    }

    /// The pages. The number of an article without pages stands there as well as among the serial
    /// numbers, where the format has its place, for styles print the pages alone.
    fn put_pages(&mut self, paper: &Paper<'_>) {
        let (first, last) = pages(paper);
        let range = if last.is_empty() { first } else { format!("{first}-{last}") };
        let article = paper.fact(Fact::ArticleNumber);
        self.put("page-range", if range.is_empty() { article } else { &range });
        self.put_count("page-total", paper.fact(Fact::PageCount));
        self.put("chapter", paper.fact(Fact::Chapter));
    }

    /// The numbers that identify it; `serial` is that of a report or of an article.
    fn put_identifiers(&mut self, paper: &Paper<'_>, kind: Kind) {
        let report = if is_part(kind) { "" } else { paper.fact(Fact::Number) };
        let article = paper.fact(Fact::ArticleNumber);
        let ids = [
            ("doi", paper.doi),
            ("arxiv", paper.arxiv),
            ("issn", paper.fact(Fact::Issn)),
            ("isbn", paper.fact(Fact::Isbn)),
            ("pmid", paper.fact(Fact::Pmid)),
            ("pmcid", paper.fact(Fact::Pmcid)),
            ("serial", if report.is_empty() { article } else { report }),
            ("version", paper.fact(Fact::Version)),
        ];
        let ids: Vec<String> = ids
            .iter()
            .filter(|(_, id)| !id.is_empty())
            .map(|(name, id)| format!("{name}: {}", quoted(&shown(id))))
            .collect();
        if !ids.is_empty() {
            self.word("serial-number", &format!("{{ {} }}", ids.join(", ")));
        }
    }

    /// The address to open, with the day on which it was visited.
    fn put_address(&mut self, paper: &Paper<'_>) {
        let Some(link) = main_link(paper) else { return };
        let day = paper.fact(Fact::Accessed);
        let is_day = day.split('-').all(|it| it.parse::<u16>().is_ok());
        if is_day {
            self.word("url", &format!("{{ value: {}, date: {day} }}", quoted(&shown(&link.url))));
        } else {
            self.put("url", &link.url);
        }
    }

    fn put_parents(&mut self, paper: &Paper<'_>, kind: Kind) {
        if is_part(kind) {
            let mut whole = Self::new(parent_type(kind));
            match paper.fact(Fact::Container) {
                "" => whole.put("title", paper.venue),
                container => whole.put_title(container, paper.venue),
            }
            whole.put_whole(paper);
            whole.put("issue", paper.fact(Fact::Number));
            if whole.fields.len() > 1 || !whole.parents.is_empty() {
                self.parents.push(whole);
            }
        } else {
            self.put_server(paper, kind);
            self.put_whole(paper);
        }
        let mut event = Self::new("conference");
        event.put("title", paper.fact(Fact::Event));
        event.put("location", paper.fact(Fact::EventPlace));
        let mut original = Self::new("original");
        original.word("date", paper.fact(Fact::OriginalDate));
        self.parents.extend([event, original].into_iter().filter(|it| it.fields.len() > 1));
    }

    /// A preprint is in the repository of its server.
    fn put_server(&mut self, paper: &Paper<'_>, kind: Kind) {
        if kind == Kind::Preprint {
            let is_arxiv = paper.venue.is_empty() || is_preprint_server(paper.venue);
            let is_arxiv = is_arxiv && !paper.arxiv.is_empty();
            let mut server = Self::new("repository");
            server.put("title", if is_arxiv { "arXiv" } else { paper.venue });
            self.parents.extend(Some(server).filter(|it| it.fields.len() > 1));
        }
    }

    /// Adds what belongs to the whole: the journal, the proceedings, or the paper if it is one
    /// itself.
    fn put_whole(&mut self, paper: &Paper<'_>) {
        self.people("editor", paper.fact(Fact::Editors));
        self.put("volume", paper.fact(Fact::Volume));
        self.put_count("volume-total", paper.fact(Fact::VolumeCount));
        self.put("edition", paper.fact(Fact::Edition));
        let (name, place) = (shown(house(paper)), shown(paper.fact(Fact::Place)));
        match (name.is_empty(), place.is_empty()) {
            (false, false) => {
                let both = format!("{{ name: {}, location: {} }}", quoted(&name), quoted(&place));
                self.word("publisher", &both);
            }
            (false, true) => self.put("publisher", &name),
            (true, _) => self.put("location", &place),
        }
        if shown(paper.fact(Fact::Institution)) != name {
            self.put("organization", paper.fact(Fact::Institution));
        }
        let mut series = Self::new("anthology");
        series.put("title", paper.fact(Fact::Series));
        series.put("volume", paper.fact(Fact::SeriesNumber));
        let mut main = Self::new("book");
        main.put("title", paper.fact(Fact::MainTitle));
        self.parents.extend([series, main].into_iter().filter(|it| it.fields.len() > 1));
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The names of a list, as the items of a list of YAML. An organisation has the field of a name to
/// itself, since Hayagriva takes words in small letters before the last one for a particle.
fn people(list: &str) -> String {
    let whole = |name: &str| format!("{{ name: {} }}", quoted(name));
    let person = |raw: &str| {
        let Name { kind, given, family, suffix } = Name::parse(raw);
        let [given, family, suffix] = [given, family, suffix].map(|it| sanitise(&it).into_owned());
        if family.is_empty() {
            return None;
        }
        if kind == NameKind::Organisation {
            return Some(whole(&family));
        }
        let parts = [family, suffix, given].into_iter().filter(|it| !it.is_empty());
        Some(quoted(&parts.collect::<Vec<_>>().join(", ")))
    };
    let others = has_others(list).then(|| whole(OTHERS));
    names(list).filter_map(person).chain(others).collect::<Vec<_>>().join(", ")
}

/// Returns true if papers of the kind are parts of something that has volumes and issues.
fn is_part(kind: Kind) -> bool {
    matches!(kind, Kind::Article | Kind::Conference | Kind::Chapter)
        || matches!(kind, Kind::Newspaper | Kind::Magazine | Kind::Entry)
}

fn type_of(kind: Kind, paper: &Paper<'_>) -> &'static str {
    match kind {
        Kind::Unknown if paper.venue.is_empty() => "misc",
        Kind::Preprint if paper.venue.is_empty() && paper.arxiv.is_empty() => "manuscript",
        Kind::Unknown
        | Kind::Article
        | Kind::Conference
        | Kind::Preprint
        | Kind::Newspaper
        | Kind::Magazine => "article",
        Kind::Chapter => "chapter",
        Kind::Book => "book",
        Kind::Thesis => "thesis",
        Kind::Report => "report",
        Kind::Dataset | Kind::Software => "repository",
        Kind::Webpage => "web",
        Kind::Proceedings => "proceedings",
        Kind::Patent => "patent",
        Kind::Entry => "entry",
    }
}

fn parent_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Conference => "proceedings",
        Kind::Chapter => "book",
        Kind::Entry => "reference",
        Kind::Newspaper => "newspaper",
        _ => "periodical",
    }
}
