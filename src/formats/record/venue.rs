//! The venue of a paper: journal, book and series, or conference.

use super::field::RecordField;
use super::field_record::Record;
use super::lenient::LenientValue;
use super::text::join_wrapped_lines;
use crate::domain::{BibField, Draft, PaperKind};
use crate::formats::values::markup;

/// Beginnings of the names of book series.
const SERIES_PREFIXES: [&str; 12] = [
    "lecture notes", "advances in", "communications in computer", "studies in", "series", "ifip ",
    "methods in", "progress in", "topics in", "contributions to", "springer ", "texts in",
];

/// Names of databases that appear in place of a journal.
const DATABASE_NAMES: [&str; 14] = [
    "arxiv", "central", "crossref", "embase", "eric", "google scholar", "medline", "openalex",
    "proquest", "pubmed", "scopus", "semantic scholar", "web of science", "wos",
];

impl Record<'_> {
    /// Returns the venue, and its full name if the record has a short and a full one.
    pub fn venue(&self) -> (String, String) {
        let journal = self.book_and_series().map(|(book, _)| book);
        let journal = journal.or_else(|| self.text(RecordField::Journal));
        let journal = journal.or_else(|| self.source()).or_else(|| self.server());
        let journal = journal.unwrap_or_default();
        let short_title =
            self.text(RecordField::ShortVenue).filter(|_| self.kind() == PaperKind::Conference);
        match self.text(RecordField::Venue).or(short_title) {
            Some(venue) if venue == journal => (venue, String::new()),
            Some(venue) => (venue, journal),
            None if journal.is_empty() => {
                (self.text(RecordField::Event).unwrap_or_default(), String::new())
            }
            None => (journal, String::new()),
        }
    }

    /// Returns the venue from a column with an ambiguous name, unless it is a database.
    fn source(&self) -> Option<String> {
        let is_place = |it: &String| !DATABASE_NAMES.contains(&it.to_lowercase().as_str());
        self.texts(RecordField::Source).find(is_place)
    }

    /// Returns the book of a chapter and the series of the book. Crossref has both in one list;
    /// most publishers put the series first.
    fn book_and_series(&self) -> Option<(String, String)> {
        let [first, second] = self.all(RecordField::Journal).next()?.values() else { return None };
        if !self.kind().is_bound() {
            return None;
        }
        let (first, second) = (first.as_text()?, second.as_text()?);
        let plain = |it: &str| join_wrapped_lines(markup::strip_markup(it)).into_owned();
        let (first, second) = (plain(first), plain(second));
        let is_series = |it: &str| {
            let lower = it.to_lowercase();
            SERIES_PREFIXES.iter().any(|name| lower.starts_with(name)) || lower.ends_with(" series")
        };
        let is_book_first = is_series(&second) && !is_series(&first);
        Some(if is_book_first { (first, second) } else { (second, first) })
    }

    /// Adds the volume, pages and ISSN that the journal object contains, the series of the book,
    /// and the conference.
    pub fn add_journal(&self, draft: &mut Draft) {
        for journal in self.all(RecordField::Journal) {
            let journal = journal.values().first().unwrap_or(journal);
            let source = journal.get("source").unwrap_or(journal);
            for (field, name) in [
                (BibField::Volume, "volume"),
                (BibField::Volume, "journal_volume"),
                (BibField::Number, "journal_issue"),
                (BibField::ArticleNumber, "artid"),
                (BibField::Pages, "pages"),
                (BibField::Issn, "issn_l"),
                (BibField::Issn, "issn"),
            ] {
                let text = source.get(name).and_then(LenientValue::as_text).unwrap_or_default();
                draft.add_field(field, text.trim());
            }
        }
        if let Some((_, series)) = self.book_and_series() {
            draft.add_field(BibField::Series, series);
        }
        let event = self.text(RecordField::Event).unwrap_or_default();
        if event != draft.venue && event != draft.field(BibField::Container) {
            draft.add_field(BibField::Event, event);
        }
        let location = self.all(RecordField::Event).find_map(|it| it.get("location")?.as_text());
        draft.add_field(BibField::EventPlace, location.unwrap_or_default());
    }

    /// Makes the title of the volume that of the paper, or of the book that contains it. The title
    /// of the whole work becomes the main title.
    pub fn add_volume_title(&self, draft: &mut Draft) {
        let Some(volume) = self.text(RecordField::VolumeTitle) else { return };
        let is_part =
            matches!(draft.kind, PaperKind::Chapter | PaperKind::Entry | PaperKind::Conference);
        let title_field = if is_part { &mut draft.venue } else { &mut draft.title };
        let main = std::mem::replace(title_field, volume);
        draft.add_field(BibField::MainTitle, main);
    }

    /// Parses volume, issue and pages of a reference in one line:
    /// `J Maps. 2016 Jan 5;12(3):45-51. doi: …`.
    pub fn add_citation(&self, draft: &mut Draft) {
        let Some(citation) = self.text(RecordField::Citation) else { return };
        let Some((_, rest)) = citation.split_once(';') else { return };
        let rest = rest.split(". ").next().unwrap_or_default().trim_end_matches('.');
        let (number, pages) = rest.split_once(':').unwrap_or((rest, ""));
        let (volume, issue) = number.split_once('(').unwrap_or((number, ""));
        draft.add_field(BibField::Volume, volume.trim());
        draft.add_field(BibField::Number, issue.trim_end_matches(')').trim());
        draft.add_field(BibField::Pages, pages.trim());
    }
}
