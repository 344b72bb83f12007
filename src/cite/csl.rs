//! A paper as an item of CSL-JSON, as reference managers and pandoc read it.
//!
//! The variables are those of the CSL specification 1.0.2; what it has no variable for stands
//! where Zotero puts it.

use hayagriva::citationberg::json;
use serde_json::{Map, Value, json as value};

use super::reference::{whole, words};
use super::tagged::house;
use super::venue::kind;
use crate::domain::{Fact, Kind, Name, NameKind, Paper, main_link, names};
use crate::text::{readable, sanitise};

/// Facts that have a variable to themselves.
const VARIABLES: [(Fact, &str); 10] = [
    (Fact::Volume, "volume"),
    (Fact::Pages, "page"),
    (Fact::Place, "publisher-place"),
    (Fact::Series, "collection-title"),
    (Fact::Edition, "edition"),
    (Fact::Issn, "ISSN"),
    (Fact::Isbn, "ISBN"),
    (Fact::Pmid, "PMID"),
    (Fact::Pmcid, "PMCID"),
    (Fact::Language, "language"),
];

/// The item on one line.
pub(super) fn item(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let mut item = Item::of(paper, key);
    item.put_notes(paper);
    item.put("keyword", &keywords(paper.fact(Fact::Keywords)));
    item.put("annote", paper.fact(Fact::Annotation));
    item.put("abstract", abstract_text);
    Value::Object(item.0).to_string()
}

/// The item as it is cited: without what is noted beside it, in words that a style leaves as they
/// are where they have to be.
pub(super) fn cited(paper: &Paper<'_>, at: usize) -> Option<json::Item> {
    let mut item = Item::of(paper, &at.to_string());
    item.0.remove("archive");
    if let Some(language) = language(paper) {
        item.0.insert("language".to_owned(), language.into());
    }
    if !paper.doi.is_empty() && paper.arxiv.is_empty() {
        item.0.remove("URL");
    }
    let kind = kind(paper);
    if kind == Kind::Preprint
        && let Some(server) = item.0.remove("container-title")
    {
        item.0.entry("publisher").or_insert(server);
    }
    if kind == Kind::Thesis {
        item.put("genre", "Thesis");
    }
    if matches!(kind, Kind::Dataset | Kind::Software)
        && let Some(version) = item.0.remove("edition")
    {
        item.0.insert("version".to_owned(), version);
    }
    for (variable, value) in &mut item.0 {
        if let Value::String(text) = value {
            match variable.as_str() {
                "number" | "issue" | "version" => *text = whole(text),
                "title" | "container-title" | "collection-title" | "publisher" => {
                    *text = words(text);
                }
                _ => {}
            }
        }
    }
    serde_json::from_value(Value::Object(item.0)).ok()
}

/// The language of the title by its code, where it is not English, for whose titles styles have
/// rules of their own. A title in letters that English has not is in some other language.
fn language(paper: &Paper<'_>) -> Option<&'static str> {
    let named = paper.fact(Fact::Language).to_lowercase();
    let is = |names: &[&str]| names.iter().any(|it| named.starts_with(it));
    let latin = |it: char| it.is_ascii() || ('\u{c0}'..'\u{250}').contains(&it);
    let title = readable(paper.title);
    let (known, other): (Vec<char>, Vec<char>) =
        title.chars().filter(|it| it.is_alphabetic()).partition(|&it| latin(it));
    match named.as_str() {
        "" if other.len() <= known.len() => None,
        _ if is(&["en"]) => Some("en"),
        _ if is(&["de", "german", "ger"]) => Some("de"),
        _ if is(&["fr"]) => Some("fr"),
        _ if is(&["es", "spanish", "spa"]) => Some("es"),
        _ if is(&["ja", "jpn"]) => Some("ja"),
        _ if is(&["ru"]) => Some("ru"),
        _ if is(&["zh", "chi"]) => Some("zh"),
        _ => Some("mul"),
    }
}

/// Keywords with commas between them, unless one has a comma of its own.
fn keywords(words: &str) -> String {
    if words.contains(',') { words.to_owned() } else { words.replace("; ", ", ") }
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
struct Item(Map<String, Value>);

impl Item {
    fn of(paper: &Paper<'_>, key: &str) -> Self {
        let kind = kind(paper);
        let mut item = Self::default();
        item.put("id", key);
        item.put("type", type_of(kind));
        item.put("title", paper.title);
        item.put_names("author", paper.authors());
        item.put_names("editor", names(paper.fact(Fact::Editors)));
        item.put_date(paper);
        for (fact, variable) in VARIABLES {
            item.put(variable, paper.fact(fact));
        }
        item.put("publisher", house(paper));
        item.put("publisher", paper.fact(Fact::Institution));
        item.put_container(paper);
        item.put_number(paper, kind);
        item.put_doi(paper, kind);
        if let Some(link) = main_link(paper) {
            item.put("URL", &link.url);
        }
        item
    }

    /// Adds a text, unless it is empty or there is one already.
    fn put(&mut self, variable: &str, text: &str) {
        let text = shown(text);
        if !text.is_empty() && !self.0.contains_key(variable) {
            self.0.insert(variable.to_owned(), text.into());
        }
    }

    fn put_names<'a>(&mut self, variable: &str, names: impl Iterator<Item = &'a str>) {
        let names: Vec<Value> = names.filter_map(name).collect();
        if !names.is_empty() {
            self.0.insert(variable.to_owned(), names.into());
        }
    }

    /// As much of the date as is known.
    fn put_date(&mut self, paper: &Paper<'_>) {
        let Some(year) = paper.year else { return };
        let mut parts: Vec<i16> =
            paper.fact(Fact::Date).split('-').map_while(|it| it.parse().ok()).collect();
        if parts.first() != Some(&year) {
            parts = vec![year];
        }
        parts.truncate(3);
        self.0.insert("issued".to_owned(), value!({ "date-parts": [parts] }));
    }

    /// What the paper is in; the venue is the short name where there is a full one.
    fn put_container(&mut self, paper: &Paper<'_>) {
        if paper.fact(Fact::Container).is_empty() {
            self.put("container-title", paper.venue);
        } else {
            self.put("container-title", paper.fact(Fact::Container));
            self.put("container-title-short", paper.venue);
        }
    }

    /// Numbers of issues and of reports, and arXiv's.
    fn put_number(&mut self, paper: &Paper<'_>, kind: Kind) {
        if !paper.arxiv.is_empty() && kind == Kind::Preprint {
            self.put("number", &format!("arXiv:{}", paper.arxiv));
            self.put("archive", "arXiv");
            self.put("publisher", "arXiv");
        }
        let variable = match kind {
            Kind::Article | Kind::Conference | Kind::Chapter => "issue",
            _ => "number",
        };
        self.put(variable, paper.fact(Fact::Number));
    }

    /// The DOI, of a preprint that which arXiv has given it.
    fn put_doi(&mut self, paper: &Paper<'_>, kind: Kind) {
        if paper.doi.is_empty() && kind == Kind::Preprint && !paper.arxiv.is_empty() {
            self.put("DOI", &format!("10.48550/arXiv.{}", paper.arxiv));
        } else {
            self.put("DOI", paper.doi);
        }
    }

    /// What has no variable of its own.
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

/// A name in its parts, or whole where it has none.
fn name(raw: &str) -> Option<Value> {
    let name = Name::parse(raw);
    if name.family.is_empty() {
        return None;
    }
    if name.kind == NameKind::Organisation || name.given.is_empty() {
        return Some(value!({ "literal": sanitise(&name.in_full()) }));
    }
    let (particle, family) = particle(&name.family);
    let parts = [
        ("family", family),
        ("given", &name.given),
        ("suffix", &name.suffix),
        ("non-dropping-particle", particle),
    ];
    let parts = parts.into_iter().filter(|(_, it)| !it.is_empty());
    Some(parts.map(|(part, text)| (part.to_owned(), Value::from(&*sanitise(text)))).collect())
}

/// Words in lower case before a family name: `van der` of `van der Maaten`.
fn particle(family: &str) -> (&str, &str) {
    let is_lower = |it: &str| it.starts_with(char::is_lowercase);
    let at = family.match_indices(' ').map(|(at, _)| at).find(|&at| !is_lower(&family[at + 1..]));
    match at {
        Some(at) if is_lower(family) => (&family[..at], &family[at + 1..]),
        _ => ("", family),
    }
}

/// As a person reads it.
fn shown(raw: &str) -> String {
    sanitise(&readable(raw)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_their_parts() {
        for (raw, item) in [
            (
                "Laurens van der Maaten",
                r#"{"family":"Maaten","given":"Laurens","non-dropping-particle":"van der"}"#,
            ),
            (
                "King, Jr., Martin Luther",
                r#"{"family":"King","given":"Martin Luther","suffix":"Jr."}"#,
            ),
            ("J\\\"urgen M\\\"uller", r#"{"family":"Müller","given":"Jürgen"}"#),
            ("The ATLAS Collaboration", r#"{"literal":"The ATLAS Collaboration"}"#),
            ("Plato", r#"{"literal":"Plato"}"#),
        ] {
            assert_eq!(name(raw).unwrap().to_string(), item);
        }
        assert_eq!(particle("van der"), ("", "van der"));
        assert_eq!(name(" "), None);
    }
}
