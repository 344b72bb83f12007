//! Names of table columns, beyond the names that all records share.

use super::field::NameOrigin;
use super::field::{RecordField, default_field};
use crate::domain::BibField;

/// Returns the field of a column name, and how certain that is.
pub fn column_field(name: &str) -> Option<(RecordField, NameOrigin)> {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|it| it.is_ascii_alphanumeric());
    if let Some(field) = table_field(&plain) {
        return Some((field, NameOrigin::Default));
    }
    if let Some(field) = ambiguous_field(&plain) {
        return Some((field, NameOrigin::Ambiguous));
    }
    default_field(name).map(|it| (it, NameOrigin::Default))
}

/// Returns the field of a name that has this meaning only in tables.
fn table_field(name: &str) -> Option<RecordField> {
    Some(match name {
        "journalbook" | "journaltitlefull" | "booktitlejournal" => RecordField::Journal,
        "datepublished"
        | "issuedate"
        | "onlinedate"
        | "publicationdateonline"
        | "publicationdateprint"
        | "pubdatefreeform"
        | "dateofpublication" => RecordField::Date,
        "yearpublished" | "yearofpublication" => RecordField::Year,
        "articleurl"
        | "documenturl"
        | "plink"
        | "sourcelinkout"
        | "sourceurls"
        | "externalurl"
        | "openurllink"
        | "fulltextlink"
        | "itemurl"
        | "primarylocationlandingpageurl" => RecordField::Url,
        "documentidentifier" | "doctype" | "doctypes" | "pubtype" | "referencetype"
        | "contenttype" | "typeofreference" | "articletype" | "sourcetype" => RecordField::Kind,
        "citation" => RecordField::Citation,
        "contributors" => RecordField::Authors,
        "authorssecondary" | "secondaryauthors" => RecordField::Editors,
        "issnisbn" | "issns" | "eissn" => RecordField::Bib(BibField::Issn),
        "isbns" => RecordField::Bib(BibField::Isbn),
        "otherpages" => RecordField::LastPage,
        "titlesecondary" | "anthologytitle" | "bookname" => RecordField::Venue,
        "abbreviatedsourcetitle"
        | "journalabbreviation"
        | "journalisoabbreviation"
        | "periodicalabbrev"
        | "journalabbrev" => RecordField::ShortVenue,
        "subjects"
        | "subjectterms"
        | "indexkeywords"
        | "keywordsdisplayname"
        | "ieeeterms"
        | "meshterms" => RecordField::Bib(BibField::Keywords),
        "notes" | "personalnotes" => RecordField::Bib(BibField::Note),
        "languageoforiginaldocument" | "languageofarticle" => RecordField::Bib(BibField::Language),
        "issuingauthority" => RecordField::Bib(BibField::Institution),
        _ => return None,
    })
}

/// Returns the field of a name with other possible meanings. A column with an unambiguous name has
/// priority.
fn ambiguous_field(name: &str) -> Option<RecordField> {
    Some(match name {
        "name" | "displayname" => RecordField::Title,
        "publication" | "source" | "sourcename" | "publishedin" | "journalorconference" => {
            RecordField::Source
        }
        "type" => RecordField::Kind,
        "id" => RecordField::Id,
        "keywordsplus" => RecordField::Bib(BibField::Keywords),
        _ => return None,
    })
}

/// Returns the field of a two-letter tag in the header of a Web of Science table.
pub fn web_of_science_field(tag: &str) -> Option<RecordField> {
    Some(match tag {
        "TI" => RecordField::Title,
        "AF" | "BF" => RecordField::AuthorsParsed,
        "AU" | "BA" => RecordField::Authors,
        "CA" | "GP" => RecordField::AuthorGroups,
        "BE" => RecordField::Editors,
        "SO" => RecordField::Journal,
        "AB" => RecordField::Abstract,
        "PY" => RecordField::Year,
        "PD" => RecordField::Date,
        "PT" | "DT" => RecordField::Kind,
        "DI" => RecordField::Doi,
        "BP" => RecordField::FirstPage,
        "EP" => RecordField::LastPage,
        "VL" => RecordField::Bib(BibField::Volume),
        "IS" => RecordField::Bib(BibField::Number),
        "AR" => RecordField::Bib(BibField::ArticleNumber),
        "PU" => RecordField::Bib(BibField::Publisher),
        "PI" => RecordField::Bib(BibField::Place),
        "CL" => RecordField::Bib(BibField::EventPlace),
        "CT" => RecordField::Event,
        "SE" => RecordField::Bib(BibField::Series),
        "LA" => RecordField::Bib(BibField::Language),
        "SN" | "EI" => RecordField::Bib(BibField::Issn),
        "BN" => RecordField::Bib(BibField::Isbn),
        "PM" => RecordField::Bib(BibField::Pmid),
        "DE" | "ID" => RecordField::Bib(BibField::Keywords),
        _ => return None,
    })
}
