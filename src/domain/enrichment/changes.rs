//! The changes that other records of a paper suggest.

use super::matching::{family_names, is_preprint};
use crate::domain::identifier::{arxiv_id_in, is_preprint_server};
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::{BibField, PaperKind};
use crate::domain::paper::link::mentions_code;
use crate::domain::paper::name::{ET_AL, PersonName};
use crate::text::tex_to_unicode;

/// A part of a record that a change replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EnrichedField {
    Title,
    Authors,
    Abstract,
    Year,
    Venue,
    Kind,
    Arxiv,
    Doi,
    /// A link is added to those that the record has.
    Url,
    Bib(BibField),
}

/// The reason for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeMerit {
    /// The record has no value.
    Addition,
    /// The value contains the old one or is better for certain: full names for initials, the
    /// published version of a preprint, a newer count.
    Improvement,
    /// The values contradict each other.
    Difference,
}

/// A change of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: EnrichedField,
    pub merit: ChangeMerit,
    /// Authors are joined by `; `.
    pub old: String,
    pub new: String,
}

/// Fields that are added if the record has none.
const ADDED_FIELDS: [BibField; 10] = [
    BibField::Date,
    BibField::Volume,
    BibField::Number,
    BibField::Pages,
    BibField::ArticleNumber,
    BibField::Publisher,
    BibField::Issn,
    BibField::Isbn,
    BibField::Pmid,
    BibField::Pmcid,
];

/// Fields that belong to the journal or the proceedings, and are wrong for a preprint.
const PUBLICATION_FIELDS: [BibField; 5] = [
    BibField::Volume,
    BibField::Number,
    BibField::Pages,
    BibField::ArticleNumber,
    BibField::Publisher,
];

/// The value of a publication status that warns.
const RETRACTED: &str = "retracted";

/// Returns the changes that the records suggest, in the order of a reference.
pub fn find_changes(record: &Draft, found: &[&Draft]) -> Vec<FieldChange> {
    let mut changes = Changes { record, all: Vec::new() };
    let mut found = found.to_vec();
    // The published record counts before the preprint, else the order in which they came.
    found.sort_by_key(|it| is_preprint(it));
    let published = found.iter().find(|it| is_published(it)).copied();
    let gains_publication = is_preprint(record) && published.is_some();
    changes.add_text(EnrichedField::Title, &record.title, found.iter().map(|it| &*it.title));
    changes.add_authors(&found);
    changes.add_abstract(&found);
    match published.filter(|_| gains_publication) {
        Some(published) => changes.add_publication(published),
        None => changes.add_source(&found),
    }
    changes.add_identifiers(&found);
    for field in ADDED_FIELDS {
        let is_of_preprint = is_preprint(record) && !gains_publication;
        let is_known = changes.all.iter().any(|it| it.field == EnrichedField::Bib(field));
        if is_known || is_of_preprint && PUBLICATION_FIELDS.contains(&field) {
            continue;
        }
        // The day must be that of the year.
        let year = changes.year_after();
        let is_apt = |it: &&&Draft| field != BibField::Date || it.year == year;
        let values = found.iter().filter(is_apt).map(|it| it.field(field));
        let is_new_date = field == BibField::Date && gains_publication;
        let old = if is_new_date { "" } else { record.field(field) };
        changes.add_missing(EnrichedField::Bib(field), old, values);
    }
    changes.add_facts(&found);
    changes.all
}

/// Returns true for the record of a journal, of proceedings or of a book.
fn is_published(draft: &Draft) -> bool {
    !is_preprint(draft) && !draft.venue.is_empty() && !is_preprint_server(&draft.venue)
}

struct Changes<'a> {
    record: &'a Draft,
    all: Vec<FieldChange>,
}

impl Changes<'_> {
    fn push(&mut self, field: EnrichedField, merit: ChangeMerit, old: &str, new: &str) {
        let (old, new) = (old.trim().to_owned(), new.trim().to_owned());
        if old != new && !new.is_empty() {
            self.all.push(FieldChange { field, merit, old, new });
        }
    }

    /// Adds the first value, if the record has none.
    fn add_missing<'b>(
        &mut self,
        field: EnrichedField,
        old: &str,
        values: impl Iterator<Item = &'b str>,
    ) {
        let mut values = values.filter(|it| !it.trim().is_empty());
        if let Some(value) = values.next().filter(|_| old.trim().is_empty()) {
            self.push(field, ChangeMerit::Addition, old, value);
        }
    }

    /// Adds the first value, or offers it if no record agrees with that of this one.
    fn add_text<'b>(
        &mut self,
        field: EnrichedField,
        old: &str,
        values: impl Iterator<Item = &'b str> + Clone,
    ) {
        let mut known = values.filter(|it| !it.trim().is_empty());
        let is_confirmed = known.clone().any(|it| is_same_text(it, old));
        match known.next() {
            Some(value) if old.trim().is_empty() => {
                self.push(field, ChangeMerit::Addition, old, value);
            }
            Some(value) if !is_confirmed => self.push(field, ChangeMerit::Difference, old, value),
            _ => {}
        }
    }

    /// Takes a list with all authors of the record, if it has more of them or fuller names.
    fn add_authors(&mut self, found: &[&Draft]) {
        let record = self.record;
        let known = family_names(record);
        let others = found.iter().filter(|it| !it.authors.is_empty());
        let quality = |it: &Draft| (full_name_count(it), it.authors.len(), !is_cut_off(it));
        let Some(best) = others.max_by_key(|it| quality(it)) else { return };
        let (old, new) = (record.authors.join("; "), best.authors.join("; "));
        if record.authors.is_empty() {
            return self.push(EnrichedField::Authors, ChangeMerit::Addition, &old, &new);
        }
        let names = family_names(best);
        let contains_all = names.len() >= known.len() && known.iter().all(|it| names.contains(it));
        let is_fuller = full_name_count(best) > full_name_count(record)
            || names.len() > known.len()
            || is_cut_off(record) && !is_cut_off(best);
        if contains_all && is_fuller && names.len() >= known.len() {
            self.push(EnrichedField::Authors, ChangeMerit::Improvement, &old, &new);
        }
    }

    /// Adds the longest abstract, if the record has none or one that is cut off.
    fn add_abstract(&mut self, found: &[&Draft]) {
        let texts = found.iter().map(|it| it.abstract_text.trim());
        let Some(longest) = texts.max_by_key(|it| it.len()).filter(|it| !it.is_empty()) else {
            return;
        };
        let old = self.record.abstract_text.trim();
        let is_cut_off = old.ends_with(['…', '.']) && (old.ends_with("...") || old.ends_with('…'));
        if old.is_empty() {
            self.push(EnrichedField::Abstract, ChangeMerit::Addition, old, longest);
        } else if is_cut_off && longest.len() > old.len() {
            self.push(EnrichedField::Abstract, ChangeMerit::Improvement, old, longest);
        }
    }

    /// Makes a preprint the published paper: venue, type, year and DOI together.
    fn add_publication(&mut self, published: &Draft) {
        let record = self.record;
        let improved = ChangeMerit::Improvement;
        let merit = |old: &str| if old.is_empty() { ChangeMerit::Addition } else { improved };
        self.push(EnrichedField::Venue, merit(&record.venue), &record.venue, &published.venue);
        let kinds = [record.kind, published.kind].map(|it| format!("{it:?}").to_lowercase());
        if published.kind != PaperKind::Unknown {
            self.push(EnrichedField::Kind, improved, &kinds[0], &kinds[1]);
        }
        let year = |it: &Draft| it.year.map(|it| it.to_string()).unwrap_or_default();
        self.push(EnrichedField::Year, merit(&year(record)), &year(record), &year(published));
        let date = (record.field(BibField::Date), published.field(BibField::Date));
        self.push(EnrichedField::Bib(BibField::Date), merit(date.0), date.0, date.1);
        let old = if arxiv_id_in(&record.doi).is_some() { "" } else { &*record.doi };
        if old.is_empty() {
            self.push(EnrichedField::Doi, merit(&record.doi), &record.doi, &published.doi);
        } else {
            self.add_text(EnrichedField::Doi, old, [&*published.doi].into_iter());
        }
    }

    fn add_source(&mut self, found: &[&Draft]) {
        let record = self.record;
        // The name of a server says less than the venue of the record, whatever that is.
        let venues = found.iter().map(|it| &*it.venue).filter(|it| !is_preprint_server(it));
        self.add_missing(EnrichedField::Venue, &record.venue, venues);
        let years: Vec<String> =
            found.iter().filter_map(|it| it.year).map(|it| it.to_string()).collect();
        let old = record.year.map(|it| it.to_string()).unwrap_or_default();
        self.add_text(EnrichedField::Year, &old, years.iter().map(String::as_str));
    }

    fn add_identifiers(&mut self, found: &[&Draft]) {
        let record = self.record;
        let ids = found.iter().map(|it| &*it.arxiv);
        self.add_missing(EnrichedField::Arxiv, &record.arxiv, ids);
        if !self.all.iter().any(|it| it.field == EnrichedField::Doi) {
            let is_own = |it: &&str| arxiv_id_in(it).is_none();
            let dois = found.iter().map(|it| &*it.doi).filter(is_own);
            self.add_missing(EnrichedField::Doi, &record.doi, dois);
        }
    }

    /// Adds a retraction, the number of citations, an open PDF and the code.
    fn add_facts(&mut self, found: &[&Draft]) {
        let status = self.record.field(BibField::Status).to_owned();
        if status != RETRACTED && found.iter().any(|it| it.field(BibField::Status) == RETRACTED) {
            let merit = ChangeMerit::Improvement;
            self.push(EnrichedField::Bib(BibField::Status), merit, &status, RETRACTED);
        }
        let count = |it: &Draft| it.field(BibField::Citations).parse::<u64>().ok();
        let most = found.iter().filter_map(|it| count(it)).max();
        let old = count(self.record);
        if let Some(most) = most.filter(|it| old.is_none_or(|old| *it > old)) {
            let old = old.map(|it| it.to_string()).unwrap_or_default();
            let merit =
                if old.is_empty() { ChangeMerit::Addition } else { ChangeMerit::Improvement };
            self.push(EnrichedField::Bib(BibField::Citations), merit, &old, &most.to_string());
        }
        let urls: Vec<&str> = found.iter().flat_map(|it| &it.urls).map(String::as_str).collect();
        let is_pdf = |it: &str| it.to_ascii_lowercase().contains("pdf");
        let is_code = |it: &str| mentions_code(it);
        for is_wanted in [&is_pdf as &dyn Fn(&str) -> bool, &is_code] {
            let has_one = self.record.urls.iter().any(|it| is_wanted(it));
            let first = urls.iter().find(|it| is_wanted(it)).filter(|_| !has_one);
            if let Some(url) = first {
                self.push(EnrichedField::Url, ChangeMerit::Addition, "", url);
            }
        }
    }

    /// The year of the record once the changes so far are made.
    fn year_after(&self) -> Option<i16> {
        let change = self
            .all
            .iter()
            .find(|it| it.field == EnrichedField::Year && it.merit != ChangeMerit::Difference);
        change.map_or(self.record.year, |it| it.new.parse().ok())
    }
}

fn is_same_text(a: &str, b: &str) -> bool {
    let plain = |text: &str| crate::domain::paper::identity::alphanumeric(&tex_to_unicode(text));
    plain(a) == plain(b)
}

/// The number of authors with a given name that is more than initials.
fn full_name_count(draft: &Draft) -> usize {
    let is_full = |name: &&String| {
        let given = PersonName::parse(name).given;
        given.split([' ', '-']).any(|it| it.chars().filter(|it| it.is_lowercase()).count() > 1)
    };
    draft.authors.iter().filter(|it| *it != ET_AL).filter(is_full).count()
}

/// Returns true if the list ends with "et al."
fn is_cut_off(draft: &Draft) -> bool {
    draft.authors.last().is_some_and(|it| it == ET_AL)
}
