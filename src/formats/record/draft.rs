//! Converts a record of named fields to a draft.

use std::borrow::Cow;

use super::authors::{self, NameConvention};
use super::field::RecordField;
use super::field_record::{Record, TEXT_MEMBERS};
use super::kind;
use super::lenient::LenientValue;
use super::text::{is_address, prefixed_arxiv_id, without_entity_ids};
use crate::domain::{
    BibField, Draft, PaperKind, arxiv_id, arxiv_year, brace_organisation, doi, find_doi,
};
use crate::formats::values::date::Date;
use crate::formats::values::markup;
use crate::text::{Distinct, distinct};

/// Members of an object that contain its URL.
const URL_MEMBERS: [&str; 7] =
    ["url_for_pdf", "url", "URL", "href", "pdf_url", "oa_url", "landing_page_url"];

impl Record<'_> {
    /// Converts a record. Returns `None` for attachments of papers and for collections.
    ///
    /// # Errors
    ///
    /// Returns a message if the record has no title.
    pub fn into_draft(self) -> Result<Option<Draft>, String> {
        let is_collection = self.all(RecordField::Collection).next().is_some();
        if is_collection || self.kinds().any(kind::is_attachment) {
            return Ok(None);
        }
        let title = self.title();
        if title.is_empty() {
            return Err("no title".to_owned());
        }
        let date = self.date();
        let (venue, container) = self.venue();
        let urls = self.urls();
        let (arxiv, doi) = (self.arxiv(&urls), self.doi(&urls));
        let mut draft = Draft {
            title,
            authors: self.authors(),
            abstract_text: self.abstract_text(),
            year: self
                .all(RecordField::Year)
                .find_map(LenientValue::date)
                .or(date)
                .map(|it| it.year),
            categories: self.categories(),
            venue,
            urls: urls.into_iter().filter(|it| is_address(it, &arxiv, &doi)).collect(),
            arxiv,
            doi,
            kind: self.kind(),
            fields: Vec::new(),
        };
        draft.year = draft.year.or_else(|| arxiv_year(&draft.arxiv));
        if let Some(date) = date.filter(|it| draft.year == Some(it.year)) {
            draft.add_field(BibField::Date, date.to_string());
        }
        draft.add_field(BibField::Container, container);
        self.add_extra_fields(&mut draft);
        self.add_embedded_bibtex(&mut draft);
        let is_of_arxiv = self.all(RecordField::Versions).next().is_some();
        let is_preprint = is_of_arxiv || self.server().is_some();
        if is_preprint
            && draft.kind == PaperKind::Unknown
            && (draft.venue.is_empty() || !is_of_arxiv)
        {
            draft.kind = PaperKind::Preprint;
        }
        Ok(Some(draft))
    }

    /// Returns the first list with any names, followed by organisations.
    fn authors(&self) -> Vec<String> {
        let lists = self.all(RecordField::AuthorsParsed).chain(self.all(RecordField::Authors));
        let is_crossref = self.kinds().any(kind::is_crossref_only);
        let naming = if is_crossref { NameConvention::Registry } else { NameConvention::Default };
        let mut names = lists
            .map(|it| match it {
                LenientValue::Text(text) => {
                    let text = LenientValue::Text(without_entity_ids(text));
                    authors::names_by_convention(&text, naming)
                }
                _ => authors::names_by_convention(it, naming),
            })
            .find(|it| !it.is_empty())
            .unwrap_or_default();
        for name in &mut names {
            if let Cow::Owned(plain) = markup::strip_markup(name) {
                *name = plain;
            }
        }
        let groups = self.texts(RecordField::AuthorGroups);
        let groups =
            groups.flat_map(|it| it.split(';').map(brace_organisation).collect::<Vec<_>>());
        names.extend(groups.filter(|it| it != "{}"));
        names
    }

    fn title(&self) -> String {
        let Some(mut title) = self.text(RecordField::Title) else { return String::new() };
        let is_dblp = || self.texts(RecordField::Url).any(|it| it.starts_with("https://dblp.org/"));
        if title.ends_with('.') && !title.ends_with("..") && is_dblp() {
            title.pop();
        }
        match self.text(RecordField::Subtitle) {
            Some(subtitle) if !title.contains(&subtitle) => format!("{title}: {subtitle}"),
            _ => title,
        }
    }

    fn abstract_text(&self) -> String {
        let mut texts = self.all(RecordField::Abstract).flat_map(|it| it.texts(&TEXT_MEMBERS));
        let direct = texts.find(|it| !it.trim().is_empty());
        let direct = direct.map(|it| markup::strip_markup(it.trim()).into_owned());
        let inverted =
            || self.all(RecordField::InvertedAbstract).find_map(text_from_inverted_index);
        let inverted = || inverted().map(|it| markup::strip_markup(&it).into_owned());
        direct.or_else(inverted).or_else(|| self.text(RecordField::Summary)).unwrap_or_default()
    }

    /// Returns the date of first publication, or else of the record.
    fn date(&self) -> Option<Date> {
        [
            RecordField::Versions,
            RecordField::Issued,
            RecordField::Date,
            RecordField::Created,
            RecordField::Updated,
            RecordField::Changed,
        ]
        .into_iter()
        .find_map(|field| self.all(field).find_map(LenientValue::date))
    }

    /// Returns the categories, each once, the primary one first.
    fn categories(&self) -> String {
        let mut categories = Distinct::default();
        let names = self.texts(RecordField::Category).filter(|_| self.server().is_none());
        for text in names.chain(self.texts(RecordField::Categories)).chain(self.eprint_categories())
        {
            let words = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
            categories.extend(words.filter(|it| !it.is_empty()).map(str::to_owned));
        }
        categories.into_vec().join(" ")
    }

    fn urls(&self) -> Vec<String> {
        // A location of the paper with a URL, instead of the name of a journal.
        let is_location = |it: &&LenientValue<'_>| it.get("landing_page_url").is_some();
        let locations = self.all(RecordField::Journal).filter(is_location);
        let values = self.all(RecordField::Url).chain(locations);
        let urls = values.flat_map(|it| it.texts(&URL_MEMBERS)).map(|it| it.trim().to_owned());
        distinct(urls.filter(|it| !it.is_empty()))
    }

    fn arxiv(&self, urls: &[String]) -> String {
        let ids =
            [RecordField::Arxiv, RecordField::Id, RecordField::Doi].map(|field| self.texts(field));
        let identified = ids.into_iter().flatten().find_map(|it| arxiv_id(&it));
        let mended = || self.texts(RecordField::Arxiv).find_map(|it| repair_arxiv_id(&it));
        let marked = [
            RecordField::Number,
            RecordField::Bib(BibField::Note),
            RecordField::Bib(BibField::Volume),
        ];
        identified
            .or_else(mended)
            .or_else(|| urls.iter().find_map(|it| arxiv_id(it)))
            .or_else(|| {
                marked.iter().flat_map(|&it| self.texts(it)).find_map(|it| prefixed_arxiv_id(&it))
            })
            .unwrap_or_default()
    }

    /// Returns a DOI that does not only repeat the arXiv identifier.
    fn doi(&self, urls: &[String]) -> String {
        let own_doi = |text: &str| doi(text).filter(|it| arxiv_id(it).is_none());
        // Old DOIs contain markup characters, as in `3:3<197::aid>`, so only entities are decoded.
        let texts = |field| self.all(field).flat_map(|it| it.texts(&TEXT_MEMBERS));
        let identifiers =
            |field| texts(field).map(|it| markup::decode_entities(it.trim()).into_owned());
        // `OpenCitations` gives all identifiers of a paper in one text.
        let ids = identifiers(RecordField::Id).flat_map(|it| {
            let is_list = it.contains("omid:");
            let parts = it.split_whitespace().filter(|_| is_list).map(str::to_owned);
            let whole = (!is_list).then(|| it.clone());
            whole.into_iter().chain(parts).collect::<Vec<_>>()
        });
        let ids = identifiers(RecordField::Doi).chain(ids);
        let identified = ids.chain(urls.iter().cloned()).find_map(|it| own_doi(&it));
        let is_own = |it: &str| arxiv_id(it).is_none();
        let embedded = || identifiers(RecordField::Doi).find_map(|it| find_doi(&it, is_own));
        identified.or_else(embedded).unwrap_or_default()
    }
}

/// Repairs an arXiv identifier that was converted to a number: `704.0291`, `1501.00096` without its
/// zeros, `1501.0009599999998`. The repair is unambiguous, because the month determines the number
/// of digits.
fn repair_arxiv_id(text: &str) -> Option<String> {
    const FLOAT_TOLERANCE: f64 = 1e-7;
    let (month, digits) = text.trim().split_once('.')?;
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if !(3..=4).contains(&month.len()) || !is_number(month) || !is_number(digits) {
        return None;
    }
    let month = format!("{month:0>4}");
    let len = if *month < *"1501" { 4 } else { 5 };
    let digits = if digits.len() <= len {
        format!("{digits:0<len$}")
    } else {
        let fraction: f64 = format!("0.{digits}").parse().ok()?;
        let rounded = format!("{fraction:.len$}");
        let is_close =
            rounded.parse::<f64>().is_ok_and(|it| (it - fraction).abs() < FLOAT_TOLERANCE);
        rounded.strip_prefix("0.").filter(|_| is_close)?.to_owned()
    };
    arxiv_id(&format!("{month}.{digits}"))
}

/// Restores an abstract from an inverted index, which has the positions of each word.
fn text_from_inverted_index(value: &LenientValue<'_>) -> Option<String> {
    let LenientValue::Object(words) = value else { return None };
    let mut positioned: Vec<(i64, &str)> = Vec::new();
    for (word, positions) in words {
        positioned
            .extend(positions.values().iter().filter_map(|it| Some((it.number()?, word.as_ref()))));
    }
    positioned.sort_by_key(|(position, _)| *position);
    let words: Vec<&str> = positioned.into_iter().map(|(_, word)| word).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_that_went_through_a_number_is_mended() {
        for (text, id) in [
            ("704.0291", Some("0704.0291")),
            ("911.25", Some("0911.2500")),
            ("1503.0007599999998", Some("1503.00076")),
            ("1503.000760000001", Some("1503.00076")),
            ("2103.1", Some("2103.10000")),
            ("1503.0007549", None),
            ("3.14159", None),
            ("1399.25", None),
            ("704", None),
        ] {
            assert_eq!(repair_arxiv_id(text).as_deref(), id, "{text}");
        }
    }
}
