//! JSON Lines: one object a line, under the names that most tools give its fields.

use std::borrow::Cow;
use std::io::{self, BufRead};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::lines::{Line, Lines};
use super::loose::Loose;
use super::{Defect, Each, authors};
use crate::domain::{Draft, arxiv_id, doi};

pub(super) fn read(input: &mut dyn BufRead, each: &mut Each<'_>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    while let Some((number, line)) = lines.next()? {
        let record = match &line {
            Line::TooLong => Err("the line is too long to be read".to_owned()),
            Line::Text(text) => match bare(text) {
                "" => continue,
                text => parse(text),
            },
        };
        if each(record.map_err(|reason| Defect::new(number, reason))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Reads one line, or says why it cannot be read.
pub(super) fn parse(line: &str) -> Result<Draft, String> {
    if !line.starts_with('{') {
        return Err("not a JSON object".to_owned());
    }
    let record: Record<'_> = serde_json::from_str(line).map_err(|error| {
        let reason = error.to_string();
        format!("broken JSON: {}", reason.replace(" at line 1 column ", " at column "))
    })?;
    let draft = record.into_draft();
    if draft.title.is_empty() { Err("a record without a title".to_owned()) } else { Ok(draft) }
}

/// The line without what an array over several lines puts around its records.
fn bare(line: &str) -> &str {
    match line.trim() {
        "[" | "]" => "",
        line => line.trim_end_matches(','),
    }
}

/// The fields of interest. Where several names mean the same, the first in order is preferred.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Field {
    #[serde(alias = "name")]
    Title,
    /// Without TeX, where there is such a field.
    AuthorsParsed,
    #[serde(alias = "author")]
    Authors,
    #[serde(alias = "summary")]
    Abstract,
    Year,
    #[serde(
        alias = "published",
        alias = "publishedAt",
        alias = "publication_date",
        alias = "created",
        alias = "update_date"
    )]
    Date,
    #[serde(alias = "primary_category")]
    Category,
    Categories,
    #[serde(alias = "booktitle")]
    Venue,
    #[serde(alias = "journal_ref", alias = "journal-ref")]
    Journal,
    #[serde(alias = "arxiv", alias = "eprint")]
    ArxivId,
    Id,
    Doi,
    #[serde(alias = "urls", alias = "link", alias = "links", alias = "pdf", alias = "abs")]
    Url,
    #[serde(other)]
    Other,
}

/// What a line says, in the order in which it says it.
struct Record<'a>(Vec<(Field, Loose<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Record<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(12);
        while let Some(field) = map.next_key::<Field>()? {
            if field == Field::Other {
                map.next_value::<serde::de::IgnoredAny>()?;
            } else {
                fields.push((field, map.next_value()?));
            }
        }
        Ok(Record(fields))
    }
}

impl<'a> Record<'a> {
    fn into_draft(self) -> Draft {
        let urls: Vec<String> =
            self.all(Field::Url).flat_map(Loose::texts).map(Cow::into_owned).collect();
        let ids = [Field::ArxivId, Field::Id, Field::Doi];
        let ids = || ids.iter().flat_map(|&it| self.all(it)).flat_map(Loose::texts);
        let year = self.all(Field::Year).chain(self.all(Field::Date)).find_map(Loose::year);
        Draft {
            title: self.text(&[Field::Title]),
            authors: self
                .all(Field::AuthorsParsed)
                .chain(self.all(Field::Authors))
                .map(names)
                .find(|it| !it.is_empty())
                .unwrap_or_default(),
            abstract_text: self.text(&[Field::Abstract]),
            year,
            categories: self.categories(),
            venue: self.text(&[Field::Venue, Field::Journal]),
            arxiv: ids()
                .find_map(|it| arxiv_id(&it))
                .or_else(|| urls.iter().find_map(|it| arxiv_id(it)))
                .unwrap_or_default(),
            doi: ids()
                .find_map(|it| own_doi(&it))
                .or_else(|| urls.iter().find_map(|it| own_doi(it)))
                .unwrap_or_default(),
            urls: urls
                .into_iter()
                .filter(|it| arxiv_id(it).is_none() && doi(it).is_none())
                .collect(),
            ..Draft::default()
        }
    }

    fn all(&self, field: Field) -> impl Iterator<Item = &Loose<'a>> {
        self.0.iter().filter(move |(it, _)| *it == field).map(|(_, value)| value)
    }

    /// The first text under one of the names that is not blank.
    fn text(&self, fields: &[Field]) -> String {
        let mut texts = fields.iter().flat_map(|&it| self.all(it)).flat_map(Loose::texts);
        texts.find(|it| !it.trim().is_empty()).map(|it| it.trim().to_owned()).unwrap_or_default()
    }

    /// Every category once, the primary one first.
    fn categories(&self) -> String {
        let mut distinct: Vec<String> = Vec::new();
        let values = self.all(Field::Category).chain(self.all(Field::Categories));
        for text in values.flat_map(Loose::texts) {
            for word in text.split(|c: char| c.is_whitespace() || c == ',' || c == ';') {
                if !word.is_empty() && !distinct.iter().any(|it| it == word) {
                    distinct.push(word.to_owned());
                }
            }
        }
        distinct.join(" ")
    }
}

/// A DOI that does not merely repeat the arXiv identifier.
fn own_doi(text: &str) -> Option<String> {
    doi(text).filter(|it| arxiv_id(it).is_none())
}

fn names(value: &Loose<'_>) -> Vec<String> {
    match value {
        Loose::Text(text) => authors::split(text),
        Loose::List(list) => list.iter().map(name).filter(|it| !it.is_empty()).collect(),
        _ => Vec::new(),
    }
}

/// A name as text, as `{name}`, as `{given, family}`, or as `[family, given, suffix]`.
fn name(value: &Loose<'_>) -> String {
    match value {
        Loose::Text(text) => text.trim().to_owned(),
        Loose::List(parts) => {
            let part = |at: usize| parts.get(at).and_then(Loose::as_text).unwrap_or_default();
            joined(part(0), part(1), part(2))
        }
        Loose::Person(person) => match person.name.trim() {
            "" => joined(&person.family, &person.given, ""),
            whole => whole.to_owned(),
        },
        _ => String::new(),
    }
}

fn joined(family: &str, given: &str, suffix: &str) -> String {
    let parts = [family, suffix, given].map(str::trim);
    parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
}
