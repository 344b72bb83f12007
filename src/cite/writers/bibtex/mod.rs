//! A paper as an entry of BibTeX or BibLaTeX.

pub mod dialect;
pub mod kind;
pub mod value;

use std::fmt::Write as _;

use self::dialect::{Detail, Dialect};
use self::value::{author, class, keywords, pages, verbatim, without_year};
use super::tag_lines::{date, urls};
use crate::cite::latex::{self, Script};
use crate::cite::venue::{is_preprint_server, kind};
use crate::domain::{Fact, Kind, OTHERS, Paper, has_others, main_link, names};
use crate::text::{readable, sanitise_lines};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Seasons as BibLaTeX counts them.
const SEASONS: [(u8, &str); 4] = [(21, "spring"), (22, "summer"), (23, "autumn"), (24, "winter")];

/// The entry as the reader's bibliography has it, or one made of what is known; without a line end
/// after it.
pub fn entry(
    paper: &Paper<'_>,
    key: &str,
    abstract_text: &str,
    dialect: Dialect,
    detail: Detail,
) -> String {
    let own = sanitise_lines(paper.fact(Fact::Raw));
    if dialect == Dialect::Bibtex && !own.trim().is_empty() {
        let own = value::rekeyed(own.trim(), paper.fact(Fact::Key), key);
        return match kind(paper) {
            Kind::Preprint => own,
            _ => value::with_eprint(own, &verbatim(paper.arxiv)),
        };
    }
    let kind = kind(paper);
    let mut entry = Entry::new(paper, kind, dialect, key);
    entry.add_people();
    entry.add_date();
    entry.add_place();
    entry.add_numbers();
    entry.add_identifiers();
    if detail == Detail::Everything {
        entry.add_everything(abstract_text);
    }
    entry.text.push('}');
    entry.text
}

/// An entry with keywords and an annotation behind its other fields; nothing where it has no end.
pub fn with_facts(entry: &str, facts: &[(Fact, &str)]) -> Option<String> {
    let entry = entry.trim();
    let end = entry.chars().last().filter(|it| matches!(it, '}' | ')'))?;
    let fields = entry[..entry.len() - 1].trim_end();
    let comma = if fields.ends_with(',') { "" } else { "," };
    let mut written = format!("{fields}{comma}\n");
    for (fact, text) in facts {
        let (name, value) = match fact {
            Fact::Keywords => ("keywords", keywords(text, Script::Tex)),
            _ => ("annote", latex::plain(&readable(text), Script::Tex)),
        };
        let _ = writeln!(written, "  {name} = {{{value}}},");
    }
    written.push(end);
    Some(written)
}

struct Entry<'a> {
    paper: &'a Paper<'a>,
    kind: Kind,
    dialect: Dialect,
    text: String,
}

impl<'a> Entry<'a> {
    fn new(paper: &'a Paper<'a>, kind: Kind, dialect: Dialect, key: &str) -> Self {
        let kind_name = kind::name(kind, paper, dialect);
        let mut entry = Self { paper, kind, dialect, text: format!("@{kind_name}{{{key},\n") };
        entry.field("title", &latex::title(paper.title, entry.script()));
        entry.put("shorttitle", paper.fact(Fact::ShortTitle));
        entry.put("maintitle", paper.fact(Fact::MainTitle));
        entry
    }

    fn script(&self) -> Script {
        match self.dialect {
            Dialect::Bibtex => Script::Tex,
            Dialect::Biblatex => Script::Unicode,
        }
    }

    /// The name that a field has in the dialect.
    fn named(&self, bibtex: &'static str, biblatex: &'static str) -> &'static str {
        match self.dialect {
            Dialect::Bibtex => bibtex,
            Dialect::Biblatex => biblatex,
        }
    }

    /// Adds a field that is written already, unless it is empty.
    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.text, "  {name} = {{{value}}},");
        }
    }

    /// Adds a text, unless it is empty.
    fn put(&mut self, name: &str, text: &str) {
        let text = self.plain(text);
        self.field(name, &text);
    }

    fn plain(&self, text: &str) -> String {
        latex::plain(&readable(text), self.script())
    }

    /// A list of names as it is stored, with `and others` where more are not named.
    fn names(&self, list: &str) -> String {
        let others = has_others(list).then(|| OTHERS.to_owned());
        let names = names(list).map(|it| author(it, self.script()));
        names.chain(others).collect::<Vec<_>>().join(" and ")
    }

    fn add_people(&mut self) {
        let paper = self.paper;
        for (list, name) in [
            (paper.author_list, "author"),
            (paper.fact(Fact::Editors), "editor"),
            (paper.fact(Fact::Translators), "translator"),
        ] {
            let names = self.names(list);
            self.field(name, &names);
        }
    }

    fn add_date(&mut self) {
        let (year, month, day) = date(self.paper);
        let (season, end) = (self.paper.fact(Fact::Season), self.paper.fact(Fact::EndDate));
        let season = SEASONS.iter().find(|(_, name)| *name == season && month.is_none());
        let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
        let parts = parts.chain(season.map(|(number, _)| format!("-{number}")));
        let begin = parts.fold(year.clone(), |date, part| date + &part);
        let range = if end.is_empty() { String::new() } else { format!("{begin}/{end}") };
        match self.dialect {
            Dialect::Biblatex if range.is_empty() => self.field("date", &begin),
            Dialect::Biblatex => self.field("date", &range),
            Dialect::Bibtex => {
                self.field("year", &year);
                if let Some(month) = month.and_then(|it| MONTHS.get(usize::from(it) - 1)) {
                    let _ = writeln!(self.text, "  month = {month},");
                }
                self.field("month", season.map_or("", |(_, name)| name));
                self.field("day", &day.map(|it| it.to_string()).unwrap_or_default());
                // Only BibLaTeX has a field for a range, which other styles pass over.
                self.field("date", &range);
            }
        }
        self.put("origdate", self.paper.fact(Fact::OriginalDate));
    }

    /// What the paper is in, by its full name if that is known.
    fn add_place(&mut self) {
        let (short, full) = (self.paper.venue, self.paper.fact(Fact::Container));
        let venue = if full.is_empty() { short } else { full };
        let name = match self.kind {
            Kind::Article | Kind::Newspaper | Kind::Magazine => {
                self.named("journal", "journaltitle")
            }
            Kind::Conference
            | Kind::Chapter
            | Kind::Entry
            | Kind::Patent
            | Kind::Thesis
            | Kind::Report => "booktitle",
            Kind::Book | Kind::Proceedings => "series",
            _ => "howpublished",
        };
        let is_server = is_preprint_server(venue);
        let has_series = !self.paper.fact(Fact::Series).is_empty();
        let is_book = matches!(self.kind, Kind::Book | Kind::Proceedings);
        if !(is_server || is_book && has_series) {
            let venue = if self.kind == Kind::Article {
                without_year(venue, self.paper.year).to_owned()
            } else {
                venue.to_owned()
            };
            self.put(name, &venue);
        }
        let event = self.paper.fact(Fact::Event);
        let is_short = !full.is_empty() && self.kind == Kind::Conference;
        let is_event = event.is_empty() && is_short && self.dialect == Dialect::Biblatex;
        self.put("eventtitle", if is_event { short } else { event });
        self.put("venue", self.paper.fact(Fact::EventPlace));
        self.field("entrysubtype", kind::subtype(self.kind));
    }

    fn add_numbers(&mut self) {
        let institution = match self.kind {
            Kind::Thesis => self.named("school", "institution"),
            Kind::Report => "institution",
            _ => "organization",
        };
        let pages = pages(self.paper.fact(Fact::Pages));
        let genre = self.plain(self.paper.fact(Fact::Genre));
        self.field("type", kind::genre(self.kind, &genre, self.dialect));
        let numbers = if kind::is_numbered_in_series(self.paper, self.kind) {
            [Fact::SeriesNumber, Fact::Number]
        } else {
            [Fact::Number, Fact::SeriesNumber]
        };
        let number = numbers.into_iter().find(|it| !self.paper.fact(*it).is_empty());
        for (fact, name) in [
            (Fact::Series, "series"),
            (Fact::Volume, "volume"),
            (Fact::VolumeCount, "volumes"),
            (number.unwrap_or(Fact::Number), "number"),
            (Fact::Chapter, "chapter"),
            (Fact::Pages, "pages"),
            (Fact::ArticleNumber, "eid"),
            (Fact::PageCount, "pagetotal"),
            (Fact::Edition, "edition"),
            (Fact::Version, "version"),
            (Fact::Publisher, "publisher"),
            (Fact::Institution, institution),
            (Fact::Place, self.named("address", "location")),
        ] {
            match fact {
                Fact::Pages => self.field(name, &pages),
                _ => self.put(name, self.paper.fact(fact)),
            }
        }
    }

    fn add_identifiers(&mut self) {
        let paper = self.paper;
        if !paper.arxiv.is_empty() {
            self.field("eprint", &verbatim(paper.arxiv));
            self.field(self.named("archivePrefix", "eprinttype"), self.named("arXiv", "arxiv"));
            self.field(self.named("primaryClass", "eprintclass"), class(paper.category()));
        }
        self.field("doi", &verbatim(paper.doi));
        for (fact, name) in [
            (Fact::Issn, "issn"),
            (Fact::Isbn, "isbn"),
            (Fact::Pmid, "pmid"),
            (Fact::Pmcid, "pmcid"),
            (Fact::Language, "language"),
        ] {
            self.put(name, paper.fact(fact));
        }
        self.add_notes();
        if let Some(link) = main_link(paper) {
            self.field("url", &verbatim(&link.url));
        }
        self.put("urldate", paper.fact(Fact::Accessed));
    }

    /// The note and the status, for which BibTeX has no other field that styles print.
    fn add_notes(&mut self) {
        let (note, status) = (self.paper.fact(Fact::Note), self.paper.fact(Fact::Status));
        if self.dialect == Dialect::Bibtex && note.is_empty() {
            return self.put("note", status);
        }
        self.put("note", note);
        self.put("pubstate", kind::pubstate(status));
    }

    fn add_everything(&mut self, abstract_text: &str) {
        let more: Vec<String> = urls(self.paper).iter().skip(1).map(|it| verbatim(it)).collect();
        self.field("link", &more.join(" "));
        self.field("keywords", &keywords(self.paper.fact(Fact::Keywords), self.script()));
        self.put("annote", self.paper.fact(Fact::Annotation));
        self.put("comment", self.paper.fact(Fact::Comment));
        self.field("file", &value::file(self.paper.fact(Fact::File)));
        self.put("abstract", &abstract_text.replace('\n', " "));
    }
}
