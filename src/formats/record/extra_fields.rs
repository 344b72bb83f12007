//! Maps the values of a record to the optional fields of a draft.

use std::borrow::Cow;

use super::authors;

use super::field::RecordField;
use super::field_record::Record;
use super::kind;
use super::lenient::LenientValue;
use super::text::prefixed_arxiv_id;
use crate::domain::{AUTHOR_SEPARATOR, BibField, Draft, PaperKind, arxiv_id, arxiv_version, doi};
use crate::formats::tagged::record::set_article_number;
use crate::formats::values::date::{Date, parse_season, parse_status};

/// Beginnings of the decisions of conferences on papers.
const DECISIONS: [&str; 7] =
    ["accept", "desk reject", "oral", "poster", "reject", "spotlight", "withdraw"];

impl Record<'_> {
    pub fn add_extra_fields(&self, draft: &mut Draft) {
        let present = self.present_fields();
        for bib_field in BibField::ALL.into_iter().filter(|it| present & (1 << *it as u64) != 0) {
            let field = RecordField::Bib(bib_field);
            match bib_field {
                BibField::Keywords => draft.add_field(bib_field, self.keywords()),
                BibField::Note => self.add_notes(draft),
                BibField::File => draft.add_field(bib_field, self.file()),
                BibField::Listed => {
                    let day = self.all(field).find_map(LenientValue::date);
                    draft.add_field(bib_field, day.map(|it| it.to_string()).unwrap_or_default());
                }
                // The name of a type in Crossref is the kind of the paper.
                BibField::Genre => {
                    let genre = self.texts(field).find(|it| !kind::is_crossref_only(it));
                    draft.add_field(bib_field, genre.unwrap_or_default());
                }
                BibField::Issn => {
                    draft.add_field(bib_field, issn(&self.text(field).unwrap_or_default()));
                }
                // Scopus has its own identifier in this column.
                BibField::ArticleNumber => {
                    let number = self.texts(field).find(|it| !it.starts_with("2-s2.0"));
                    draft.add_field(bib_field, number.unwrap_or_default());
                }
                // A list under such a name has the citing papers.
                BibField::Citations => {
                    let is_count = |it: &String| it.bytes().all(|it| it.is_ascii_digit());
                    let count = self.text(field).filter(is_count);
                    draft.add_field(bib_field, count.unwrap_or_default());
                }
                // The web interface of Zotero names collections by keys, which mean nothing to a reader.
                BibField::Collections => {
                    let names = self.texts(field).filter(|it| !is_zotero_key(it));
                    draft.add_field(bib_field, names.collect::<Vec<_>>().join("; "));
                }
                // arXiv is the publisher of all its preprints; the identifier shows that already.
                BibField::Publisher => {
                    let publisher = self.texts(field).find(|it| !it.eq_ignore_ascii_case("arxiv"));
                    draft.add_field(bib_field, publisher.unwrap_or_default());
                }
                _ => draft.add_field(bib_field, self.text(field).unwrap_or_default()),
            }
        }
        self.add_server_category(draft);
        self.add_retraction(draft);
        self.add_publisher(draft);
        self.add_journal(draft);
        self.add_numbers(draft);
        self.add_citation(draft);
        self.add_volume_title(draft);
        self.add_people(draft);
        self.add_dates(draft);
        let is_own =
            |it: &&LenientValue<'_>| !matches!(it, LenientValue::Number(_)) || self.is_csl();
        let version = self.all(RecordField::Version).find(is_own);
        let version = version.and_then(|it| it.texts(&[]).next().map(Cow::into_owned));
        draft.add_field(BibField::Version, version.unwrap_or_default());
        draft.add_field(BibField::Version, self.arxiv_version(&draft.arxiv).unwrap_or_default());
        draft.add_field(BibField::Key, self.key().unwrap_or_default());
        let decision = self.texts(RecordField::Decision).find(|it| is_decision(it));
        draft.add_field(BibField::Comment, decision.unwrap_or_default());
        let is_state = |it: &String| self.is_csl() && !is_decision(it) && !is_success(it);
        let state = self.texts(RecordField::Decision).find_map(|it| match parse_status(&it) {
            Some(status) => Some(status.to_owned()),
            None => Some(it).filter(is_state),
        });
        draft.add_field(BibField::Status, state.unwrap_or_default());
    }

    /// CSL has one publisher variable; for a thesis or report it is the institution.
    fn add_publisher(&self, draft: &mut Draft) {
        let is_own = matches!(draft.kind, PaperKind::Thesis | PaperKind::Report);
        if self.is_csl() && is_own && draft.field(BibField::Institution).is_empty() {
            for (bib_field, _) in
                draft.fields.iter_mut().filter(|(bib_field, _)| *bib_field == BibField::Publisher)
            {
                *bib_field = BibField::Institution;
            }
        }
    }

    /// Returns a bit set of the optional fields in the record, to skip all others.
    fn present_fields(&self) -> u64 {
        self.0.iter().fold(0, |present, (field, _)| match field {
            RecordField::Bib(bib_field) => present | 1 << *bib_field as u64,
            _ => present,
        })
    }

    fn add_people(&self, draft: &mut Draft) {
        for (bib_field, field, role) in [
            (BibField::Editors, RecordField::Editors, "editor"),
            (BibField::Translators, RecordField::Translators, "translator"),
        ] {
            let names_in_field: Vec<String> = self.all(field).flat_map(authors::names).collect();
            let names_in_authors = || {
                self.all(RecordField::Authors)
                    .flat_map(|it| authors::names_with_role(it, role))
                    .collect()
            };
            let names = if names_in_field.is_empty() { names_in_authors() } else { names_in_field };
            draft.add_field(bib_field, names.join(AUTHOR_SEPARATOR));
        }
    }

    fn add_dates(&self, draft: &mut Draft) {
        for (bib_field, field) in [
            (BibField::Accessed, RecordField::Accessed),
            (BibField::OriginalDate, RecordField::OriginalDate),
            (BibField::Updated, RecordField::Changed),
        ] {
            let date = self.all(field).find_map(LenientValue::date);
            draft.add_field(bib_field, date.map(Date::to_date_or_year).unwrap_or_default());
        }
        let date =
            self.all(RecordField::Updated).find_map(LenientValue::date).map(|it| it.to_string());
        let date = date.filter(|it| it != draft.field(BibField::Date));
        draft.add_field(BibField::Updated, date.unwrap_or_default());
        let dates = || self.all(RecordField::Issued).chain(self.all(RecordField::Date));
        let end = dates().find_map(LenientValue::end_of_range).map(Date::to_date_or_year);
        draft.add_field(BibField::EndDate, end.unwrap_or_default());
        let nested_seasons = dates().filter_map(|it| it.get("season"));
        let season = nested_seasons
            .chain(self.all(RecordField::Season))
            .chain(dates())
            .find_map(season_from_value);
        draft.add_field(BibField::Season, season.unwrap_or_default());
        let state = dates().filter_map(date_text).find_map(parse_status);
        draft.add_field(BibField::Status, state.unwrap_or_default());
    }

    /// Returns the version in the record's arXiv identifier or URL.
    fn arxiv_version(&self, arxiv: &str) -> Option<String> {
        let ids = [RecordField::Arxiv, RecordField::Id, RecordField::Url].into_iter();
        let version = ids.flat_map(|id| self.texts(id)).find_map(|id| {
            arxiv_version(&id).filter(|_| arxiv_id(&id).is_some_and(|id| id == arxiv))
        });
        version.map(|it| it.to_string())
    }

    fn keywords(&self) -> String {
        let texts: Vec<String> = self.texts(RecordField::Bib(BibField::Keywords)).collect();
        match texts.as_slice() {
            [text] if text.contains(';') => join_keywords(text.split(';')),
            [text] => join_keywords(text.split(',')),
            texts => join_keywords(texts.iter().map(String::as_str)),
        }
    }

    /// Adds notes. Lines with a value that has a field go there: `Citation Key: …`,
    /// `arXiv:2501.02950 [cs.CL]`.
    fn add_notes(&self, draft: &mut Draft) {
        let texts = self.all(RecordField::Bib(BibField::Note)).flat_map(|it| it.texts(&[]));
        let mut notes: Vec<String> = Vec::new();
        for line in texts.flat_map(|it| it.lines().map(str::to_owned).collect::<Vec<_>>()) {
            let line = line.trim();
            if let Some(key) = line.strip_prefix("Citation Key:") {
                draft.add_field(BibField::Key, key.trim());
            } else if let Some(comment) = line.strip_prefix("Comment:") {
                draft.add_field(BibField::Comment, comment.trim());
            } else if let Some((bib_field, value)) = variable(line) {
                draft.add_field(bib_field, value);
            } else if prefixed_arxiv_id(line).is_some_and(|it| it == draft.arxiv) {
                let class = line.split_once('[').and_then(|(_, it)| it.split_once(']'));
                if let Some((class, _)) = class.filter(|_| draft.categories.is_empty()) {
                    class.clone_into(&mut draft.categories);
                }
            } else if !line.is_empty() {
                notes.push(line.to_owned());
            }
        }
        draft.add_field(BibField::Note, notes.join(" "));
    }

    /// Returns the first PDF of the attachments.
    fn file(&self) -> String {
        let texts = self.all(RecordField::Bib(BibField::File)).flat_map(|it| it.texts(&["path"]));
        let mut files =
            texts.flat_map(|it| it.split(';').map(|it| it.trim().to_owned()).collect::<Vec<_>>());
        let is_pdf = |it: &String| it.to_ascii_lowercase().ends_with(".pdf") && !it.contains("://");
        files.find(is_pdf).unwrap_or_default()
    }

    fn add_numbers(&self, draft: &mut Draft) {
        let first = self.text(RecordField::FirstPage).unwrap_or_default();
        let pages = match self.text(RecordField::LastPage) {
            Some(last) if !first.is_empty() && last != first => format!("{first}–{last}"),
            _ => first,
        };
        let last = || {
            let count: u32 = draft.field(BibField::PageCount).parse().ok().filter(|it| *it > 1)?;
            let first: u32 = pages.parse().ok()?;
            Some(format!("{first}–{}", first.checked_add(count - 1)?))
        };
        // Some databases give the first page and the number of pages.
        let pages = if self.all(RecordField::LastPage).next().is_none() { last() } else { None }
            .unwrap_or(pages);
        if pages.contains('–') {
            draft.fields.retain(|(bib_field, _)| *bib_field != BibField::PageCount);
        }
        draft.add_field(BibField::Pages, pages);
        if let Some(number) = article_number(draft.field(BibField::Pages)) {
            draft.fields.retain(|(bib_field, _)| *bib_field != BibField::Pages);
            draft.add_field(BibField::ArticleNumber, number);
        }
        let is_own = |it: &String| prefixed_arxiv_id(it).is_none() && arxiv_id(it).is_none();
        let number = self.texts(RecordField::Number).find(is_own).unwrap_or_default();
        if draft.kind.is_part() && self.is_csl() {
            // In CSL the issue has its own variable, so `number` is that of the article.
            set_article_number(draft, number);
        } else {
            draft.add_field(BibField::Number, number);
        }
        let report = self.text(RecordField::Report).unwrap_or_default();
        draft.add_field(
            if draft.venue.is_empty() { BibField::Number } else { BibField::Note },
            report,
        );
        draft.fields.retain(|(bib_field, it)| {
            *bib_field != BibField::Volume || prefixed_arxiv_id(it).is_none()
        });
    }

    /// Returns the citation key, which is the item's identifier in CSL, unless a program generated
    /// it.
    fn key(&self) -> Option<String> {
        let id = self.text(RecordField::Id).filter(|_| self.is_csl())?;
        let is_key = id.contains(char::is_alphabetic)
            && !id.contains(|c: char| c.is_whitespace() || ",{}".contains(c))
            && !id.contains("://")
            && doi(&id).is_none()
            && arxiv_id(&id).is_none();
        is_key.then_some(id)
    }
}

/// Inserts the hyphen of an ISSN: `12345679` becomes `1234-5679`.
fn issn(text: &str) -> String {
    let has_no_hyphen = text.len() == 8 && text.bytes().all(|it| it.is_ascii_alphanumeric());
    if has_no_hyphen { format!("{}-{}", &text[..4], &text[4..]) } else { text.to_owned() }
}

/// Returns the article number in a pages field: `Article 125`, `Art. No. 7`.
fn article_number(pages: &str) -> Option<String> {
    let lower = pages.to_ascii_lowercase();
    let number = lower.strip_prefix("article").or_else(|| lower.strip_prefix("art."));
    let number = number?.trim_start_matches([' ', '.']);
    let number =
        number.strip_prefix("number").or_else(|| number.strip_prefix("no")).unwrap_or(number);
    let number = number.trim_start_matches(['.', ' ', ':']);
    let is_number =
        number.contains(|c: char| c.is_ascii_digit()) && !number.contains(char::is_whitespace);
    is_number.then(|| pages[pages.len() - number.len()..].to_owned())
}

/// Parses a CSL variable in a note, where Zotero puts values without a field:
/// `Original Date: 1920`.
fn variable(line: &str) -> Option<(BibField, &str)> {
    let (name, value) = line.split_once(": ")?;
    let bib_field = match name.to_ascii_lowercase().replace(['-', '_'], " ").as_str() {
        "original date" => BibField::OriginalDate,
        "status" => BibField::Status,
        "genre" => BibField::Genre,
        "version" => BibField::Version,
        "event place" => BibField::EventPlace,
        "event title" => BibField::Event,
        "number of pages" => BibField::PageCount,
        "article number" => BibField::ArticleNumber,
        "volume title" => BibField::MainTitle,
        "pmid" => BibField::Pmid,
        "pmcid" => BibField::Pmcid,
        _ => return None,
    };
    Some((bib_field, value.trim()))
}

/// Returns the season of a date. CSL numbers seasons from 1, the spring.
fn season_from_value(value: &LenientValue<'_>) -> Option<&'static str> {
    const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];
    match value {
        LenientValue::Number(number) => {
            let at = usize::try_from(*number).ok()?.checked_sub(1)?;
            SEASONS.get(at).copied()
        }
        LenientValue::Text(text) if text.len() == 1 => {
            season_from_value(&LenientValue::Number(text.parse().ok()?))
        }
        _ => date_text(value).and_then(parse_season),
    }
}

/// Returns the text of a date, if it has one.
fn date_text<'a>(value: &'a LenientValue<'_>) -> Option<&'a str> {
    let inner = ["raw", "literal"].iter().find_map(|name| value.get(name)?.as_text());
    value.as_text().or(inner)
}

fn join_keywords<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words = words.map(str::trim).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("; ")
}

/// Returns true for a key of Zotero: eight capitals and digits.
fn is_zotero_key(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit())
}

/// Returns true if a status describes the request or the record instead of the publication.
fn is_success(text: &str) -> bool {
    let statuses = ["ok", "success", "published", "active", "complete", "final", "done"];
    statuses.iter().any(|it| text.trim().eq_ignore_ascii_case(it))
}

fn is_decision(text: &str) -> bool {
    let lower = text.to_lowercase();
    DECISIONS.iter().any(|it| lower.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_ok_is_no_state_of_a_work() {
        assert!(is_success("ok") && is_success("Published") && !is_success("in press"));
    }

    #[test]
    fn an_article_number_among_pages_is_one() {
        let numbers =
            ["Article 125", "Art. No. e7", "article no: 9", "1-9", "Articles"].map(article_number);
        assert_eq!(numbers.map(Option::unwrap_or_default), ["125", "e7", "9", "", ""]);
    }

    #[test]
    fn a_serial_number_has_its_hyphen() {
        assert_eq!([issn("12345679"), issn("1234-567X"), issn("")], ["1234-5679", "1234-567X", ""]);
    }
}
