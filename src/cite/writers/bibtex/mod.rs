//! Writes papers as BibTeX and BibLaTeX entries.

pub mod kind;
pub mod value;

use std::fmt::Write as _;

use self::kind::{BibtexDialect, Detail};
use self::value::{author, keywords, pages, primary_class, strip_year, verbatim};
use super::tag_lines::{date, urls};
use crate::cite::latex::{self, LatexEncoding};
use crate::cite::venue::publication_kind;
use crate::domain::{
    BibField, ET_AL, Paper, PaperKind, author_names, has_et_al, is_preprint_server, main_link,
};
use crate::text::{MONTHS, sanitise_lines, tex_to_unicode};

/// Seasons with BibLaTeX's month numbers.
const SEASONS: [(u8, &str); 4] = [(21, "spring"), (22, "summer"), (23, "autumn"), (24, "winter")];

/// Returns the entry of a paper without a final newline. In BibTeX, the entry of the source is used
/// if there is one, with `key` as its key; any other entry is generated.
pub fn entry(
    paper: &Paper<'_>,
    key: &str,
    abstract_text: &str,
    dialect: BibtexDialect,
    detail: Detail,
) -> String {
    let entry = sanitise_lines(paper.field(BibField::Raw));
    if dialect == BibtexDialect::Bibtex && !entry.trim().is_empty() {
        let entry = value::replace_key(entry.trim(), paper.field(BibField::Key), key);
        return match publication_kind(paper) {
            PaperKind::Preprint => entry,
            _ => value::insert_eprint(entry, &verbatim(paper.arxiv)),
        };
    }
    let kind = publication_kind(paper);
    let mut entry = EntryWriter::new(paper, kind, dialect, key);
    entry.add_people();
    entry.add_date();
    entry.add_place();
    entry.add_numbers();
    entry.add_identifiers();
    if detail == Detail::Full {
        entry.add_all_details(abstract_text);
    }
    entry.text.push('}');
    entry.text
}

/// Appends keywords and annotation to an entry; `None` if the entry has no closing delimiter.
pub fn insert_fields(entry: &str, fields: &[(BibField, &str)]) -> Option<String> {
    let entry = entry.trim();
    let end = entry.chars().last().filter(|it| matches!(it, '}' | ')'))?;
    let body = entry[..entry.len() - 1].trim_end();
    let comma = if body.ends_with(',') { "" } else { "," };
    let mut entry_text = format!("{body}{comma}\n");
    for (field, text) in fields {
        let (name, value) = match field {
            BibField::Keywords => ("keywords", keywords(text, LatexEncoding::Tex)),
            _ => ("annote", latex::escape_text(&tex_to_unicode(text), LatexEncoding::Tex)),
        };
        let _ = writeln!(entry_text, "  {name} = {{{value}}},");
    }
    entry_text.push(end);
    Some(entry_text)
}

struct EntryWriter<'a> {
    paper: &'a Paper<'a>,
    kind: PaperKind,
    dialect: BibtexDialect,
    text: String,
}

impl<'a> EntryWriter<'a> {
    fn new(paper: &'a Paper<'a>, kind: PaperKind, dialect: BibtexDialect, key: &str) -> Self {
        let kind_name = kind::entry_type(kind, paper, dialect);
        let mut entry = Self { paper, kind, dialect, text: format!("@{kind_name}{{{key},\n") };
        entry.field("title", &latex::escape_title(paper.title, entry.script()));
        entry.push_field("shorttitle", paper.field(BibField::ShortTitle));
        entry.push_field("maintitle", paper.field(BibField::MainTitle));
        entry
    }

    fn script(&self) -> LatexEncoding {
        match self.dialect {
            BibtexDialect::Bibtex => LatexEncoding::Tex,
            BibtexDialect::Biblatex => LatexEncoding::Unicode,
        }
    }

    /// Returns the field name of the dialect.
    fn field_name(&self, bibtex: &'static str, biblatex: &'static str) -> &'static str {
        match self.dialect {
            BibtexDialect::Bibtex => bibtex,
            BibtexDialect::Biblatex => biblatex,
        }
    }

    /// Adds a field whose value is already escaped, unless it is empty.
    fn field(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let _ = writeln!(self.text, "  {name} = {{{value}}},");
        }
    }

    /// Adds a field, unless the text is empty.
    fn push_field(&mut self, name: &str, text: &str) {
        let text = self.escape(text);
        self.field(name, &text);
    }

    fn escape(&self, text: &str) -> String {
        latex::escape_text(&tex_to_unicode(text), self.script())
    }

    /// Formats a stored name list; a truncated one ends with `and others`.
    fn names(&self, list: &str) -> String {
        let et_al = has_et_al(list).then(|| ET_AL.to_owned());
        let names = author_names(list).map(|it| author(it, self.script()));
        names.chain(et_al).collect::<Vec<_>>().join(" and ")
    }

    fn add_people(&mut self) {
        let paper = self.paper;
        for (list, name) in [
            (paper.author_list, "author"),
            (paper.field(BibField::Editors), "editor"),
            (paper.field(BibField::Translators), "translator"),
        ] {
            let names = self.names(list);
            self.field(name, &names);
        }
    }

    fn add_date(&mut self) {
        let (year, month, day) = date(self.paper);
        let (season, end) =
            (self.paper.field(BibField::Season), self.paper.field(BibField::EndDate));
        let season = SEASONS.iter().find(|(_, name)| *name == season && month.is_none());
        let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
        let parts = parts.chain(season.map(|(number, _)| format!("-{number}")));
        let begin = parts.fold(year.clone(), |date, part| date + &part);
        let range = if end.is_empty() { String::new() } else { format!("{begin}/{end}") };
        match self.dialect {
            BibtexDialect::Biblatex if range.is_empty() => self.field("date", &begin),
            BibtexDialect::Biblatex => self.field("date", &range),
            BibtexDialect::Bibtex => {
                self.field("year", &year);
                if let Some(month) = month.and_then(|it| MONTHS.get(usize::from(it) - 1)) {
                    let _ = writeln!(self.text, "  month = {},", month[..3].to_ascii_lowercase());
                }
                self.field("month", season.map_or("", |(_, name)| name));
                self.field("day", &day.map(|it| it.to_string()).unwrap_or_default());
                // BibTeX has no date range; its styles ignore BibLaTeX's field.
                self.field("date", &range);
            }
        }
        self.push_field("origdate", self.paper.field(BibField::OriginalDate));
    }

    /// Adds the container of the paper, by its full name if known.
    fn add_place(&mut self) {
        let (short_name, full_name) = (self.paper.venue, self.paper.field(BibField::Container));
        let venue = if full_name.is_empty() { short_name } else { full_name };
        let name = match self.kind {
            PaperKind::Article | PaperKind::Newspaper | PaperKind::Magazine => {
                self.field_name("journal", "journaltitle")
            }
            PaperKind::Conference
            | PaperKind::Chapter
            | PaperKind::Entry
            | PaperKind::Patent
            | PaperKind::Thesis
            | PaperKind::Report => "booktitle",
            PaperKind::Book | PaperKind::Proceedings => "series",
            _ => "howpublished",
        };
        let is_server = is_preprint_server(venue);
        let has_series = !self.paper.field(BibField::Series).is_empty();
        let is_book = matches!(self.kind, PaperKind::Book | PaperKind::Proceedings);
        if !(is_server || is_book && has_series) {
            let venue = if self.kind == PaperKind::Article {
                strip_year(venue, self.paper.year).to_owned()
            } else {
                venue.to_owned()
            };
            self.push_field(name, &venue);
        }
        let event = self.paper.field(BibField::Event);
        let is_short = !full_name.is_empty() && self.kind == PaperKind::Conference;
        let is_event = event.is_empty() && is_short && self.dialect == BibtexDialect::Biblatex;
        self.push_field("eventtitle", if is_event { short_name } else { event });
        self.push_field("venue", self.paper.field(BibField::EventPlace));
        self.field("entrysubtype", kind::subtype(self.kind));
    }

    fn add_numbers(&mut self) {
        let institution = match self.kind {
            PaperKind::Thesis => self.field_name("school", "institution"),
            PaperKind::Report => "institution",
            _ => "organization",
        };
        let pages = pages(self.paper.field(BibField::Pages));
        let genre = self.escape(self.paper.field(BibField::Genre));
        self.field("type", kind::genre(self.kind, &genre, self.dialect));
        let numbers = if kind::is_numbered_in_series(self.paper, self.kind) {
            [BibField::SeriesNumber, BibField::Number]
        } else {
            [BibField::Number, BibField::SeriesNumber]
        };
        let number = numbers.into_iter().find(|it| !self.paper.field(*it).is_empty());
        for (field, name) in [
            (BibField::Series, "series"),
            (BibField::Volume, "volume"),
            (BibField::VolumeCount, "volumes"),
            (number.unwrap_or(BibField::Number), "number"),
            (BibField::Chapter, "chapter"),
            (BibField::Pages, "pages"),
            (BibField::ArticleNumber, "eid"),
            (BibField::PageCount, "pagetotal"),
            (BibField::Edition, "edition"),
            (BibField::Version, "version"),
            (BibField::Publisher, "publisher"),
            (BibField::Institution, institution),
            (BibField::Place, self.field_name("address", "location")),
        ] {
            match field {
                BibField::Pages => self.field(name, &pages),
                _ => self.push_field(name, self.paper.field(field)),
            }
        }
    }

    fn add_identifiers(&mut self) {
        let paper = self.paper;
        if !paper.arxiv.is_empty() {
            self.field("eprint", &verbatim(paper.arxiv));
            self.field(
                self.field_name("archivePrefix", "eprinttype"),
                self.field_name("arXiv", "arxiv"),
            );
            self.field(
                self.field_name("primaryClass", "eprintclass"),
                primary_class(paper.category()),
            );
        }
        self.field("doi", &verbatim(paper.doi));
        for (field, name) in [
            (BibField::Issn, "issn"),
            (BibField::Isbn, "isbn"),
            (BibField::Pmid, "pmid"),
            (BibField::Pmcid, "pmcid"),
            (BibField::Language, "language"),
        ] {
            self.push_field(name, paper.field(field));
        }
        self.add_notes();
        if let Some(link) = main_link(paper) {
            self.field("url", &verbatim(&link.url));
        }
        self.push_field("urldate", paper.field(BibField::Accessed));
    }

    /// Adds note and status. BibTeX styles print only `note`, so the status goes there if it is
    /// free.
    fn add_notes(&mut self) {
        let (note, status) = (self.paper.field(BibField::Note), self.paper.field(BibField::Status));
        if self.dialect == BibtexDialect::Bibtex && note.is_empty() {
            return self.push_field("note", status);
        }
        self.push_field("note", note);
        self.push_field("pubstate", kind::pubstate(status));
    }

    fn add_all_details(&mut self, abstract_text: &str) {
        let further_urls: Vec<String> =
            urls(self.paper).iter().skip(1).map(|it| verbatim(it)).collect();
        self.field("link", &further_urls.join(" "));
        self.field("keywords", &keywords(self.paper.field(BibField::Keywords), self.script()));
        self.push_field("annote", self.paper.field(BibField::Annotation));
        self.push_field("comment", self.paper.field(BibField::Comment));
        self.field("file", &value::file(self.paper.field(BibField::File)));
        self.push_field("abstract", &abstract_text.replace('\n', " "));
    }
}
