//! Names of table columns, beyond the names that all records share.

use std::sync::LazyLock;

use super::field::{NameOrigin, RecordField, default_field};
use crate::domain::BibField;
use crate::text::NameTable;

/// Names with this meaning only in tables, in lower case and without separators.
const TABLE_NAMES: &[(RecordField, &str)] = &[
    (RecordField::Journal, "journalbook journaltitlefull booktitlejournal"),
    (RecordField::Date, "datepublished issuedate onlinedate publicationdateonline"),
    (RecordField::Date, "publicationdateprint pubdatefreeform dateofpublication"),
    (RecordField::Year, "yearpublished yearofpublication"),
    (RecordField::Url, "articleurl documenturl plink sourcelinkout sourceurls externalurl"),
    (RecordField::Url, "openurllink fulltextlink itemurl primarylocationlandingpageurl"),
    (RecordField::Kind, "documentidentifier doctype doctypes pubtype referencetype contenttype"),
    (RecordField::Kind, "typeofreference articletype sourcetype"),
    (RecordField::Citation, "citation"),
    (RecordField::Authors, "contributors"),
    (RecordField::Editors, "authorssecondary secondaryauthors"),
    (RecordField::Bib(BibField::Issn), "issnisbn issns eissn"),
    (RecordField::Bib(BibField::Isbn), "isbns"),
    (RecordField::LastPage, "otherpages"),
    (RecordField::Venue, "titlesecondary anthologytitle bookname"),
    (RecordField::ShortVenue, "abbreviatedsourcetitle journalabbreviation journalisoabbreviation"),
    (RecordField::ShortVenue, "periodicalabbrev journalabbrev"),
    (RecordField::Bib(BibField::Keywords), "subjects subjectterms indexkeywords"),
    (RecordField::Bib(BibField::Keywords), "keywordsdisplayname ieeeterms meshterms"),
    (RecordField::Bib(BibField::Note), "notes personalnotes"),
    (RecordField::Bib(BibField::Language), "languageoforiginaldocument languageofarticle"),
    (RecordField::Bib(BibField::Institution), "issuingauthority"),
];

/// Names with other possible meanings. A column with an unambiguous name has priority.
const AMBIGUOUS_NAMES: &[(RecordField, &str)] = &[
    (RecordField::Title, "name displayname"),
    (RecordField::Source, "publication source sourcename publishedin journalorconference"),
    (RecordField::Kind, "type"),
    (RecordField::Id, "id"),
    (RecordField::Bib(BibField::Keywords), "keywordsplus"),
];

static NAMES: LazyLock<NameTable<(RecordField, NameOrigin)>> = LazyLock::new(|| {
    let certain = TABLE_NAMES.iter().map(|(field, names)| ((*field, NameOrigin::Default), *names));
    let ambiguous =
        AMBIGUOUS_NAMES.iter().map(|(field, names)| ((*field, NameOrigin::Ambiguous), *names));
    NameTable::new(certain.chain(ambiguous), ' ')
});

/// Returns the field of a column name, and how certain that is.
pub fn column_field(name: &str) -> Option<(RecordField, NameOrigin)> {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|it| it.is_ascii_alphanumeric());
    NAMES.get(&plain).or_else(|| default_field(name).map(|it| (it, NameOrigin::Default)))
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
