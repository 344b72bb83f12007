//! A text of the reader's own, with the facts of a paper in it: `{title} ({year}) {link}`.

use super::venue::kind;
use super::writers::links::shown;
use super::writers::names::full_names;
use super::writers::tag_lines::date;
use crate::domain::{Fact, Kind, LinkKind, Name, Paper, links, main_link};
use crate::text::{self, readable, sanitise};

/// A text with fields in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

/// A fact that a template can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Authors,
    First,
    Year,
    Date,
    Venue,
    Kind,
    Category,
    Key,
    Link,
    Id,
    Doi,
    Pdf,
    Abstract,
    Fact(Fact),
}

/// The fields, by the names that they have in a template.
const FIELDS: [(&str, Field); 45] = [
    ("title", Field::Title),
    ("authors", Field::Authors),
    ("first-author", Field::First),
    ("year", Field::Year),
    ("date", Field::Date),
    ("venue", Field::Venue),
    ("kind", Field::Kind),
    ("category", Field::Category),
    ("key", Field::Key),
    ("link", Field::Link),
    ("id", Field::Id),
    ("doi", Field::Doi),
    ("pdf", Field::Pdf),
    ("abstract", Field::Abstract),
    ("volume", Field::Fact(Fact::Volume)),
    ("number", Field::Fact(Fact::Number)),
    ("pages", Field::Fact(Fact::Pages)),
    ("publisher", Field::Fact(Fact::Publisher)),
    ("place", Field::Fact(Fact::Place)),
    ("series", Field::Fact(Fact::Series)),
    ("edition", Field::Fact(Fact::Edition)),
    ("editors", Field::Fact(Fact::Editors)),
    ("institution", Field::Fact(Fact::Institution)),
    ("issn", Field::Fact(Fact::Issn)),
    ("isbn", Field::Fact(Fact::Isbn)),
    ("pmid", Field::Fact(Fact::Pmid)),
    ("keywords", Field::Fact(Fact::Keywords)),
    ("language", Field::Fact(Fact::Language)),
    ("note", Field::Fact(Fact::Note)),
    ("article-number", Field::Fact(Fact::ArticleNumber)),
    ("genre", Field::Fact(Fact::Genre)),
    ("status", Field::Fact(Fact::Status)),
    ("accessed", Field::Fact(Fact::Accessed)),
    ("version", Field::Fact(Fact::Version)),
    ("translators", Field::Fact(Fact::Translators)),
    ("original-date", Field::Fact(Fact::OriginalDate)),
    ("season", Field::Fact(Fact::Season)),
    ("end-date", Field::Fact(Fact::EndDate)),
    ("event", Field::Fact(Fact::Event)),
    ("event-place", Field::Fact(Fact::EventPlace)),
    ("chapter", Field::Fact(Fact::Chapter)),
    ("main-title", Field::Fact(Fact::MainTitle)),
    ("short-title", Field::Fact(Fact::ShortTitle)),
    ("series-number", Field::Fact(Fact::SeriesNumber)),
    ("container", Field::Fact(Fact::Container)),
];

impl Default for Template {
    fn default() -> Self {
        let field = Piece::Field;
        let text = |it: &str| Piece::Text(it.to_owned());
        Self(vec![
            field(Field::Title),
            text(" ("),
            field(Field::Year),
            text(") "),
            field(Field::Link),
        ])
    }
}

impl Template {
    /// The names of the fields, for help.
    pub fn fields() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name)
    }

    /// Reads a template. `{{` and `}}` stand for braces, `\n` and `\t` for a line's end and a tab.
    ///
    /// # Errors
    ///
    /// A sentence that names the field there is not, and those there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let field = |name: &str| {
            let found = FIELDS.iter().find(|(it, _)| *it == name);
            found.map(|(_, field)| Piece::Field(*field)).ok_or_else(|| {
                let names = Self::fields().collect::<Vec<_>>().join(", ");
                format!("there is no field {{{name}}}; the fields are {names}")
            })
        };
        let piece = |it| match it {
            text::Piece::Text(text) => Ok(Piece::Text(text)),
            text::Piece::Field(name) => field(name),
        };
        Ok(Self(text::pieces(text)?.into_iter().map(piece).collect::<Result<_, _>>()?))
    }

    /// Whether the abstract is asked for, which may have to be read.
    pub fn has_abstract(&self) -> bool {
        self.0.contains(&Piece::Field(Field::Abstract))
    }

    /// The text for a paper. What is not known of it is left out.
    pub fn fill(&self, paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
        let pieces = self.0.iter().map(|it| match it {
            Piece::Text(text) => text.clone(),
            Piece::Field(field) => sanitise(&field.of(paper, key, abstract_text)).into_owned(),
        });
        pieces.collect::<String>().trim().to_owned()
    }
}

impl Field {
    fn of(self, paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
        match self {
            Self::Title => shown(paper.title),
            Self::Authors => full_names(paper.author_list),
            Self::First => {
                let first = paper.authors().next().unwrap_or_default();
                sanitise(&Name::parse(first).family).into_owned()
            }
            Self::Year => paper.year.map(|it| it.to_string()).unwrap_or_default(),
            Self::Date => {
                let (year, month, day) = date(paper);
                let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
                parts.fold(year, |date, part| date + &part)
            }
            Self::Venue => shown(paper.venue),
            Self::Kind => named(kind(paper)).to_owned(),
            Self::Category => paper.category().to_owned(),
            Self::Key => key.to_owned(),
            Self::Link => main_link(paper).map(|it| it.url).unwrap_or_default(),
            Self::Id => paper.arxiv.to_owned(),
            Self::Doi => paper.doi.to_owned(),
            Self::Pdf => {
                let pdf = links(paper, "").into_iter().find(|it| it.kind == LinkKind::Pdf);
                pdf.map(|it| it.url).unwrap_or_default()
            }
            Self::Abstract => readable(abstract_text).replace('\n', " "),
            Self::Fact(Fact::Editors) => full_names(paper.fact(Fact::Editors)),
            Self::Fact(Fact::Translators) => full_names(paper.fact(Fact::Translators)),
            Self::Fact(fact) => shown(paper.fact(fact)),
        }
    }
}

fn named(kind: Kind) -> &'static str {
    match kind {
        Kind::Unknown => "",
        Kind::Article => "article",
        Kind::Conference => "conference paper",
        Kind::Chapter => "chapter",
        Kind::Book => "book",
        Kind::Thesis => "thesis",
        Kind::Report => "report",
        Kind::Preprint => "preprint",
        Kind::Dataset => "dataset",
        Kind::Software => "software",
        Kind::Webpage => "web page",
        Kind::Newspaper => "newspaper article",
        Kind::Magazine => "magazine article",
        Kind::Proceedings => "proceedings",
        Kind::Patent => "patent",
        Kind::Entry => "encyclopedia entry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_cannot_be_filled_is_refused_by_name() {
        let why = Template::parse("{title} ({yaer})").unwrap_err();
        assert!(
            why.starts_with("there is no field {yaer}; the fields are title, authors"),
            "{why}"
        );
        assert!(Template::parse("{title").is_err());
        assert_eq!(Template::parse("{title} ({year}) {link}"), Ok(Template::default()));
    }
}
