//! The names of the columns of tables, beside those that all records share.

use super::field::Said;
use super::field::{Field, usual};
use crate::domain::Fact;

/// The field in a column of that name, and how sure that is.
pub fn column(name: &str) -> Option<(Field, Said)> {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|it| it.is_ascii_alphanumeric());
    if let Some(field) = of_tables(&plain) {
        return Some((field, Said::Usual));
    }
    if let Some(field) = vague(&plain) {
        return Some((field, Said::Vague));
    }
    usual(name).map(|it| (it, Said::Usual))
}

/// Names that mean so much in a table alone.
fn of_tables(name: &str) -> Option<Field> {
    Some(match name {
        "journalbook" | "journaltitlefull" | "booktitlejournal" => Field::Journal,
        "datepublished"
        | "issuedate"
        | "onlinedate"
        | "publicationdateonline"
        | "publicationdateprint"
        | "pubdatefreeform"
        | "dateofpublication" => Field::Date,
        "yearpublished" | "yearofpublication" => Field::Year,
        "articleurl"
        | "documenturl"
        | "plink"
        | "sourcelinkout"
        | "sourceurls"
        | "externalurl"
        | "openurllink"
        | "fulltextlink"
        | "itemurl"
        | "primarylocationlandingpageurl" => Field::Url,
        "documentidentifier" | "doctype" | "doctypes" | "pubtype" | "referencetype"
        | "contenttype" | "typeofreference" | "articletype" | "sourcetype" => Field::Kind,
        "citation" => Field::Citation,
        "contributors" => Field::Authors,
        "authorssecondary" | "secondaryauthors" => Field::Editors,
        "issnisbn" | "issns" | "eissn" => Field::Fact(Fact::Issn),
        "isbns" => Field::Fact(Fact::Isbn),
        "otherpages" => Field::LastPage,
        "titlesecondary" | "anthologytitle" | "bookname" => Field::Venue,
        "abbreviatedsourcetitle"
        | "journalabbreviation"
        | "journalisoabbreviation"
        | "periodicalabbrev"
        | "journalabbrev" => Field::ShortVenue,
        "subjects"
        | "subjectterms"
        | "indexkeywords"
        | "keywordsdisplayname"
        | "ieeeterms"
        | "meshterms" => Field::Fact(Fact::Keywords),
        "notes" | "personalnotes" => Field::Fact(Fact::Note),
        "languageoforiginaldocument" | "languageofarticle" => Field::Fact(Fact::Language),
        "issuingauthority" => Field::Fact(Fact::Institution),
        _ => return None,
    })
}

/// Names that may mean something else, and give way to others.
fn vague(name: &str) -> Option<Field> {
    Some(match name {
        "name" | "displayname" => Field::Title,
        "publication" | "source" | "sourcename" | "publishedin" | "journalorconference" => {
            Field::Source
        }
        "type" => Field::Kind,
        "id" => Field::Id,
        "keywordsplus" => Field::Fact(Fact::Keywords),
        _ => return None,
    })
}

/// The field of a tag that the Web of Science puts over the columns of its tables.
pub fn of_science(tag: &str) -> Option<Field> {
    Some(match tag {
        "TI" => Field::Title,
        "AF" | "BF" => Field::AuthorsParsed,
        "AU" | "BA" => Field::Authors,
        "CA" | "GP" => Field::Groups,
        "BE" => Field::Editors,
        "SO" => Field::Journal,
        "AB" => Field::Abstract,
        "PY" => Field::Year,
        "PD" => Field::Date,
        "PT" | "DT" => Field::Kind,
        "DI" => Field::Doi,
        "BP" => Field::FirstPage,
        "EP" => Field::LastPage,
        "VL" => Field::Fact(Fact::Volume),
        "IS" => Field::Fact(Fact::Number),
        "AR" => Field::Fact(Fact::ArticleNumber),
        "PU" => Field::Fact(Fact::Publisher),
        "PI" => Field::Fact(Fact::Place),
        "CL" => Field::Fact(Fact::EventPlace),
        "CT" => Field::Event,
        "SE" => Field::Fact(Fact::Series),
        "LA" => Field::Fact(Fact::Language),
        "SN" | "EI" => Field::Fact(Fact::Issn),
        "BN" => Field::Fact(Fact::Isbn),
        "PM" => Field::Fact(Fact::Pmid),
        "DE" | "ID" => Field::Fact(Fact::Keywords),
        _ => return None,
    })
}
