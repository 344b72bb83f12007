//! Templates with fields of a paper: `{title} ({year}) {link}`.

use super::venue::publication_kind;
use super::writers::links::display_text;
use super::writers::names::full_names;
use super::writers::tag_lines::date;
use crate::cite::kind_names::{KindColumn, kind_name};
use crate::domain::{BibField, LinkKind, Paper, PersonName, links, main_link};
use crate::text::{self, sanitise, tex_to_unicode};

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<TemplatePiece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum TemplatePiece {
    Text(String),
    Field(TemplateField),
}

/// A field that a template can contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TemplateField {
    Title,
    Authors,
    FirstAuthor,
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
    Bib(BibField),
}

/// Fields by their names in templates, before [`BIB_FIELDS`].
const FIELDS: [(&str, TemplateField); 14] = [
    ("title", TemplateField::Title),
    ("authors", TemplateField::Authors),
    ("first-author", TemplateField::FirstAuthor),
    ("year", TemplateField::Year),
    ("date", TemplateField::Date),
    ("venue", TemplateField::Venue),
    ("kind", TemplateField::Kind),
    ("category", TemplateField::Category),
    ("key", TemplateField::Key),
    ("link", TemplateField::Link),
    ("id", TemplateField::Id),
    ("doi", TemplateField::Doi),
    ("pdf", TemplateField::Pdf),
    ("abstract", TemplateField::Abstract),
];

/// The bibliographic fields that a template can contain, each in lower case with hyphens.
const BIB_FIELDS: &str = "\
    volume number pages publisher place series edition editors institution issn isbn pmid keywords \
    language note article-number genre status accessed version translators original-date season \
    end-date event event-place chapter main-title short-title series-number container";

impl Default for Template {
    fn default() -> Self {
        Self::parse("{title} ({year}) {link}").expect("its fields are known")
    }
}

impl Template {
    /// Iterates over the names of all fields, for help.
    pub fn field_names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name).chain(BIB_FIELDS.split(' '))
    }

    /// Parses a template. `{{` and `}}` escape braces; `\n` is a newline, `\t` a tab.
    ///
    /// # Errors
    ///
    /// Returns a message that names the unknown field, and all known ones.
    pub fn parse(text: &str) -> Result<Self, String> {
        let field = |name: &str| {
            TemplateField::parse(name).map(TemplatePiece::Field).ok_or_else(|| {
                let names = Self::field_names().collect::<Vec<_>>().join(", ");
                format!("unknown field {{{name}}}: use {names}")
            })
        };
        let piece = |it| match it {
            text::PatternPiece::Text(text) => Ok(TemplatePiece::Text(text)),
            text::PatternPiece::Field(name) => field(name),
        };
        Ok(Self(text::split_placeholders(text)?.into_iter().map(piece).collect::<Result<_, _>>()?))
    }

    /// Returns true if the template contains the abstract. Reading it may read a file.
    pub fn has_abstract(&self) -> bool {
        self.0.contains(&TemplatePiece::Field(TemplateField::Abstract))
    }

    /// Renders the template for a paper. Unknown values are empty.
    pub fn fill(&self, paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
        let pieces = self.0.iter().map(|it| match it {
            TemplatePiece::Text(text) => text.clone(),
            TemplatePiece::Field(field) => {
                sanitise(&field.value(paper, key, abstract_text)).into_owned()
            }
        });
        pieces.collect::<String>().trim().to_owned()
    }
}

impl TemplateField {
    fn parse(name: &str) -> Option<Self> {
        if let Some((_, field)) = FIELDS.iter().find(|(it, _)| *it == name) {
            return Some(*field);
        }
        let name = BIB_FIELDS.split(' ').find(|it| *it == name)?.replace('-', "");
        let is_named = |it: &BibField| format!("{it:?}").eq_ignore_ascii_case(&name);
        BibField::ALL.into_iter().find(is_named).map(Self::Bib)
    }

    fn value(self, paper: &Paper<'_>, key: &str, abstract_text: &str) -> String {
        match self {
            Self::Title => display_text(paper.title),
            Self::Authors => full_names(paper.author_list),
            Self::FirstAuthor => {
                let first = paper.authors().next().unwrap_or_default();
                sanitise(&PersonName::parse(first).family).into_owned()
            }
            Self::Year => paper.year.map(|it| it.to_string()).unwrap_or_default(),
            Self::Date => {
                let (year, month, day) = date(paper);
                let parts = [month, day].into_iter().flatten().map(|it| format!("-{it:02}"));
                parts.fold(year, |date, part| date + &part)
            }
            Self::Venue => display_text(paper.venue),
            Self::Kind => kind_name(publication_kind(paper), KindColumn::Text).to_owned(),
            Self::Category => paper.category().to_owned(),
            Self::Key => key.to_owned(),
            Self::Link => main_link(paper).map(|it| it.url).unwrap_or_default(),
            Self::Id => paper.arxiv.to_owned(),
            Self::Doi => paper.doi.to_owned(),
            Self::Pdf => {
                let pdf = links(paper, "").into_iter().find(|it| it.kind == LinkKind::Pdf);
                pdf.map(|it| it.url).unwrap_or_default()
            }
            Self::Abstract => tex_to_unicode(abstract_text).replace('\n', " "),
            Self::Bib(BibField::Editors) => full_names(paper.field(BibField::Editors)),
            Self::Bib(BibField::Translators) => full_names(paper.field(BibField::Translators)),
            Self::Bib(field) => display_text(paper.field(field)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_that_cannot_be_filled_is_refused_by_name() {
        let reason = Template::parse("{title} ({yaer})").unwrap_err();
        assert!(reason.starts_with("unknown field {yaer}: use title, authors"), "{reason}");
        assert!(Template::parse("{title").is_err());
        assert_eq!(Template::parse("{title} ({year}) {link}"), Ok(Template::default()));
    }
}
