//! A paper as an entry of Hayagriva, the bibliographies of Typst, in YAML.
//!
//! What a part is in is its parent. Texts are written as YAML writes them in quotes, which is how
//! JSON writes them.

use std::fmt::Write as _;

use serde_json::Value;

use super::link::shown;
use super::tagged::{date, house, pages};
use super::venue::kind;
use crate::domain::{Fact, Kind, Name, NameKind, Paper, main_link, names};
use crate::text::sanitise;

/// The entry, without a line end after it.
pub(super) fn entry(paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
    let kind = kind(paper);
    let mut entry = Entry { text: format!("{}:\n", quoted(key)), indent: 2 };
    entry.word("type", type_of(kind, paper));
    entry.put("title", paper.title);
    entry.names("author", paper.authors());
    let (year, month, day) = date(paper);
    let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
    entry.word("date", &parts.fold(year, |date, part| date + &part));
    let is_part = matches!(kind, Kind::Article | Kind::Conference | Kind::Chapter);
    if !is_part {
        entry.whole(paper);
    }
    let (first, last) = pages(paper);
    let range = if last.is_empty() { first } else { format!("{first}-{last}") };
    entry.put("page-range", &range);
    entry.put("language", code(paper.fact(Fact::Language)));
    entry.identifiers(paper);
    if let Some(link) = main_link(paper) {
        entry.put("url", &link.url);
    }
    entry.put("note", paper.fact(Fact::Note));
    entry.put("abstract", abstract_text);
    let has_parent = !paper.venue.is_empty() || !paper.fact(Fact::Container).is_empty();
    if is_part && has_parent {
        entry.text.push_str("  parent:\n");
        entry.indent = 4;
        entry.word("type", parent_type(kind));
        entry.put(
            "title",
            Some(paper.fact(Fact::Container)).filter(|it| !it.is_empty()).unwrap_or(paper.venue),
        );
        entry.whole(paper);
    } else if is_part {
        entry.whole(paper);
    }
    entry.text.trim_end().to_owned()
}

struct Entry {
    text: String,
    indent: usize,
}

impl Entry {
    /// Adds what needs no quotes, unless it is empty.
    fn word(&mut self, name: &str, word: &str) {
        if !word.is_empty() {
            let indent = self.indent;
            let _ = writeln!(self.text, "{:indent$}{name}: {word}", "");
        }
    }

    /// Adds a text, unless it is empty.
    fn put(&mut self, name: &str, text: &str) {
        let text = shown(text);
        if !text.is_empty() {
            self.word(name, &quoted(&text));
        }
    }

    fn names<'a>(&mut self, name: &str, names: impl Iterator<Item = &'a str>) {
        let names: Vec<String> = names.map(sorted).filter(|it| !it.is_empty()).collect();
        if !names.is_empty() {
            let names = names.iter().map(|it| quoted(it)).collect::<Vec<_>>().join(", ");
            self.word(name, &format!("[{names}]"));
        }
    }

    /// What belongs to the whole: the journal, the proceedings, or the paper if it is one itself.
    fn whole(&mut self, paper: &Paper<'_>) {
        self.names("editor", names(paper.fact(Fact::Editors)));
        self.put("volume", paper.fact(Fact::Volume));
        self.put("issue", paper.fact(Fact::Number));
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
    }

    fn identifiers(&mut self, paper: &Paper<'_>) {
        let ids = [
            ("doi", paper.doi),
            ("arxiv", paper.arxiv),
            ("issn", paper.fact(Fact::Issn)),
            ("isbn", paper.fact(Fact::Isbn)),
            ("pmid", paper.fact(Fact::Pmid)),
            ("pmcid", paper.fact(Fact::Pmcid)),
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
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// `Family, Given` or `Family, Suffix, Given`.
fn sorted(raw: &str) -> String {
    let Name { kind, given, family, suffix } = Name::parse(raw);
    if kind == NameKind::Organisation {
        return sanitise(&family).replace(',', "");
    }
    let [given, family, suffix] = [given, family, suffix].map(|it| sanitise(&it).into_owned());
    let parts = [family, suffix, given].into_iter().filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// A language by its code, which is all that Hayagriva takes.
fn code(language: &str) -> &str {
    let is_code = language.len() == 2 && language.bytes().all(|it| it.is_ascii_lowercase());
    match language.to_lowercase().as_str() {
        _ if is_code => language,
        "english" | "eng" => "en",
        "german" | "ger" | "deu" => "de",
        "french" | "fre" | "fra" => "fr",
        _ => "",
    }
}

fn type_of(kind: Kind, paper: &Paper<'_>) -> &'static str {
    match kind {
        Kind::Unknown if paper.venue.is_empty() => "misc",
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
