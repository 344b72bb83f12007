//! Counts the papers that lose each property in an output format.

use std::fmt;

use super::property::Property;

use super::reason;
use crate::cite::output_format::OutputFormat;
use crate::cite::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind};
use crate::text::counted;

/// Number of properties.
const PROPERTY_COUNT: usize = Property::BASIC.len() + BibField::ALL.len();
/// Number of properties that a short message names.
const MAX_NAMED: usize = 3;

/// Number of papers that lose each property in an output format. Displays as a message: `RIS has no
/// field for: event (3 papers), main title (1 paper)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LossReport {
    format: OutputFormat,
    papers: [usize; PROPERTY_COUNT],
}

impl LossReport {
    pub fn new(format: OutputFormat) -> Self {
        Self { format, papers: [0; PROPERTY_COUNT] }
    }

    pub fn add(&mut self, paper: &Paper<'_>) {
        // Formats of one line lose nearly every property; there is nothing to report.
        if !self.format.is_file() {
            return;
        }
        let kind = publication_kind(paper);
        let fields =
            paper.fields().filter(|(field, text)| *field != BibField::Raw && !text.is_empty());
        let fields = fields.map(|(field, _)| Property::Field(field));
        let basic = Property::BASIC.into_iter().filter(|it| is_known(*it, paper));
        for property in basic.chain(fields) {
            if reason(self.format, property, paper, kind).is_some() {
                self.papers[property_index(property)] += 1;
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.papers == [0; PROPERTY_COUNT]
    }

    /// Returns a message of limited length: `RIS has no field for event, main title, season and 2
    /// more`.
    pub fn short_message(&self) -> String {
        let property_names: Vec<&str> =
            self.counts().map(|(property, _)| property.name()).collect();
        let names = property_names.get(..MAX_NAMED).unwrap_or(&property_names).join(", ");
        let more = match property_names.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{} has no field for {names}{more}", self.format.describe(1))
    }

    /// Iterates over the properties that at least one paper loses, with the number of papers.
    fn counts(&self) -> impl Iterator<Item = (Property, usize)> {
        let all = Property::all().zip(self.papers);
        all.filter(|(_, papers)| *papers > 0)
    }
}

fn is_known(property: Property, paper: &Paper<'_>) -> bool {
    match property {
        Property::Title => !paper.title.is_empty(),
        Property::Authors => !paper.author_list.is_empty(),
        // Every format has a field for it, and reading the abstract may read a file.
        Property::Abstract => false,
        Property::Year => paper.year.is_some(),
        Property::Kind => paper.kind != PaperKind::Unknown,
        Property::Venue => !paper.venue.is_empty(),
        Property::Doi => !paper.doi.is_empty(),
        Property::Arxiv => !paper.arxiv.is_empty(),
        Property::Links => !paper.url_list.is_empty(),
        Property::Categories => !paper.categories.is_empty(),
        Property::Field(field) => !paper.field(field).is_empty(),
    }
}

/// Returns the index of the property in [`Property::all`].
fn property_index(property: Property) -> usize {
    let basic = |it| Property::BASIC.iter().position(|basic| *basic == it).unwrap_or_default();
    match property {
        Property::Field(field) => Property::BASIC.len() + field as usize,
        property => basic(property),
    }
}

impl fmt::Display for LossReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no field for: ", self.format.describe(1))?;
        for (at, (property, papers)) in self.counts().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{} ({})", property.name(), counted(papers, "paper"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::encode_fields;

    const PAPER: Paper<'_> = Paper {
        title: "On maps",
        author_list: "Ada Moss",
        year: Some(2021),
        categories: "cs.CL",
        venue: "",
        arxiv: "",
        doi: "",
        url_list: "",
        kind: PaperKind::Unknown,
        field_list: "",
        key_hash: 0,
    };

    #[test]
    fn losses_are_counted_by_property_and_told_in_one_order() {
        let fields = encode_fields([
            (BibField::Upvotes, "3"),
            (BibField::Raw, "@x{}"),
            (BibField::Updated, "2021-01-02"),
        ]);
        let all = encode_fields(
            [BibField::Upvotes, BibField::Updated, BibField::MainTitle].map(|it| (it, "1")),
        );
        let paper = Paper { field_list: &fields, ..PAPER };
        let mut losses = LossReport::new(OutputFormat::Ris);
        assert!(losses.is_empty());
        losses.add(&paper);
        losses.add(&Paper { field_list: &all, ..paper });
        assert_eq!(
            losses.to_string(),
            "RIS has no field for: categories (2 papers), upvotes (2 papers), \
             main title (1 paper), date of the record (2 papers)"
        );
        assert_eq!(
            losses.short_message(),
            "RIS has no field for categories, upvotes, main title and 1 more"
        );
        let mut losses = LossReport::new(OutputFormat::Title);
        losses.add(&paper);
        assert!(losses.is_empty());
        assert!(Property::all().enumerate().all(|(at, it)| property_index(it) == at));
    }
}
