//! The fields of a record, and their names in JSON and in table headers.

use std::sync::LazyLock;

use crate::domain::BibField;
use crate::text::NameTable;

/// A field of a record. If a record has several values of a field, the first is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordField {
    Title,
    Subtitle,
    /// Names without TeX, if the record has them besides the authors.
    AuthorsParsed,
    Authors,
    Editors,
    Abstract,
    /// Words with their positions.
    InvertedAbstract,
    /// A substitute for a missing abstract.
    Summary,
    Year,
    /// All versions, the first one first.
    Versions,
    /// The date of publication in CSL.
    Issued,
    /// The date of publication.
    Date,
    /// The date on which the record was created, possibly much later.
    Created,
    Updated,
    Category,
    Categories,
    Venue,
    Journal,
    /// The short name of the journal or the proceedings.
    ShortVenue,
    /// The conference, used if there is no venue.
    Event,
    /// A database's name for the place of publication, or its own name.
    Source,
    /// A reference in one line: `J Maps. 2016 Jan;12(3):45-51.`
    Citation,
    /// Organisations among the authors.
    AuthorGroups,
    Translators,
    /// The date on which the URL was accessed.
    Accessed,
    /// The date of first publication, possibly long before.
    OriginalDate,
    /// The date on which the record was last changed.
    Changed,
    Season,
    /// The title of a volume, if the title is that of a multi-volume work.
    VolumeTitle,
    /// The version of a software, or a counter of changes to the record.
    Version,
    /// A BibTeX entry of the paper.
    Bibtex,
    /// A field that only collections of papers have.
    Collection,
    Arxiv,
    Id,
    Doi,
    Url,
    Kind,
    FirstPage,
    LastPage,
    /// The issue of a journal, the number of a report, or an identifier.
    Number,
    /// The number of a report in the series of an institution.
    Report,
    /// A conference's decision: `Oral`, `Poster`, `Reject`.
    Decision,
    /// The preprint server that has the paper.
    Server,
    /// A statement that its authors or its journal withdrew the paper.
    Retracted,
    /// Notices about the paper: corrections, retractions.
    Notices,
    /// The papers of which the record is a notice. Some publishers name the paper itself, whose
    /// record they have updated.
    NoticeOf,
    Bib(BibField),
}

/// The origin of a field's name. Names from the user have priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrigin {
    User,
    Default,
    /// A name with other possible meanings.
    Ambiguous,
}

/// The names of fields, in lower case and without separators.
const FIELD_NAMES: &[(RecordField, &str)] = &[
    (RecordField::Title, "title name displayname documenttitle articletitle papertitle itemtitle"),
    (RecordField::Title, "primarytitle fulltitle worktitle titleprimary titles"),
    (RecordField::Subtitle, "subtitle"),
    (RecordField::AuthorsParsed, "authorsparsed authorfullnames authorsfullnames authorsfullname"),
    (RecordField::AuthorsParsed, "authorlist"),
    (RecordField::Authors, "authors author authorships creators creator authornames"),
    (RecordField::Authors, "authortext authorstext authornamelist authorstring authorsprimary"),
    (RecordField::Authors, "firstauthors authorshipsauthordisplayname zauthors"),
    (RecordField::AuthorGroups, "groupauthors collectivename corporateauthor corporateauthors"),
    (RecordField::AuthorGroups, "collaborations"),
    (RecordField::Editors, "editors editor bookeditors"),
    (RecordField::Translators, "translators translator"),
    (RecordField::Abstract, "abstract summary abstractnote abstracttext notesabstract abstracts"),
    (RecordField::InvertedAbstract, "abstractinvertedindex"),
    (RecordField::Summary, "tldr description"),
    (RecordField::Year, "year publicationyear pubyear publishedyear"),
    (RecordField::Versions, "versions"),
    (RecordField::Issued, "issued"),
    (RecordField::Date, "date published publishedat publicationdate publisheddate publishedprint"),
    (RecordField::Date, "publishedonline pubdate releasedate coverdate earliestdate"),
    (RecordField::Date, "firstpublicationdate"),
    (RecordField::Created, "created createdat createdate submitteddate"),
    (RecordField::Updated, "updatedate"),
    (RecordField::Changed, "updated updatedat lastmodified"),
    (RecordField::Accessed, "accessed accessdate dateaccessed urldate"),
    (RecordField::OriginalDate, "originaldate origdate originalyear"),
    (RecordField::Season, "season"),
    (RecordField::VolumeTitle, "volumetitle"),
    (RecordField::Version, "version"),
    (RecordField::Bibtex, "bibtex citationstyles"),
    (RecordField::Collection, "parentcollection"),
    (RecordField::Category, "category primarycategory"),
    (RecordField::Categories, "categories"),
    (RecordField::Venue, "venue booktitle proceedingstitle"),
    (RecordField::Journal, "journal journalref journaltitle journalname journalbook"),
    (RecordField::Journal, "containertitle publicationtitle publicationvenue sourcetitle"),
    (RecordField::Journal, "primarylocation primarylocationsourcedisplayname pubtitle periodical"),
    (RecordField::Journal, "periodicalfull hostvenue hostvenuedisplayname secondarytitle"),
    (RecordField::Journal, "publicationinfo"),
    (RecordField::Server, "server"),
    (RecordField::ShortVenue, "containertitleshort"),
    (RecordField::Event, "event eventtitle conference conferencename meetingname"),
    (RecordField::Arxiv, "arxiv arxivid eprint archiveid archivelocation arxiveprints"),
    (RecordField::Id, "id entryid"),
    (RecordField::Doi, "doi itemdoi articledoi digitalobjectidentifier dois"),
    (RecordField::Url, "url urls link links pdf pdfurl pdflink abs ee openaccess openaccesspdf"),
    (RecordField::Url, "projectpage project site githubrepo github code codeurl"),
    (RecordField::Url, "bestoalocation fulltexturl urlabs urlpdf"),
    (RecordField::Retracted, "isretracted"),
    (RecordField::Notices, "updatedby"),
    (RecordField::NoticeOf, "updateto"),
    (RecordField::Kind, "type itemtype typecrossref publicationtype publicationtypes documenttype"),
    (RecordField::Kind, "pubtype"),
    (RecordField::FirstPage, "firstpage startpage pagestart bibliofirstpage"),
    (RecordField::LastPage, "lastpage endpage pageend bibliolastpage"),
    (RecordField::Number, "number"),
    (RecordField::Report, "reportnumber reportno"),
    (RecordField::Decision, "status pubstate publicationstage publicationstatus"),
];

/// The names of optional fields, like [`FIELD_NAMES`].
const BIB_FIELD_NAMES: &[(BibField, &str)] = &[
    (BibField::Key, "citationkey citekey bibtexkey"),
    (BibField::Volume, "volume journalvolume bibliovolume"),
    (BibField::Number, "issue journalissue issuenumber issueno biblioissue"),
    (BibField::Pages, "page pages pagination pagerange pageinfo"),
    (BibField::ArticleNumber, "articlenumber articleno artno eid elocationid elocator"),
    (BibField::Genre, "genre degree thesistype reporttype websitetype posttype manuscripttype"),
    (BibField::Version, "versionnumber"),
    (BibField::EventPlace, "eventplace conferencelocation meetinglocation confloc"),
    (BibField::Chapter, "chapter chapternumber"),
    (BibField::MainTitle, "maintitle"),
    (BibField::EndDate, "enddate"),
    (BibField::ShortTitle, "shorttitle titleshort"),
    (BibField::SeriesNumber, "seriesnumber collectionnumber"),
    (BibField::VolumeCount, "numberofvolumes numvolumes volumecount"),
    (BibField::PageCount, "numberofpages numpages pagecount pagetotal"),
    (BibField::Publisher, "publisher"),
    (BibField::Place, "place publisherplace publisherlocation publisherloc publishercity"),
    (BibField::Place, "placeofpublication"),
    (BibField::Series, "series collectiontitle bookseriestitle seriestitle"),
    (BibField::Edition, "edition editionnumber"),
    (BibField::Institution, "institution university organization"),
    (BibField::Issn, "issn journalissnl"),
    (BibField::Isbn, "isbn"),
    (BibField::Pmid, "pmid pubmed pubmedid medlinepmid idspmid"),
    (BibField::Pmcid, "pmcid pubmedcentral pmc idspmcid"),
    (BibField::Keywords, "keywords keyword authorkeywords aikeywords tags manualtags subject"),
    (BibField::Keywords, "fieldsofstudy"),
    (BibField::Note, "note extra"),
    (BibField::Annotation, "annote annotation"),
    (BibField::Comment, "comment comments"),
    (BibField::Language, "language"),
    (BibField::Upvotes, "upvotes"),
    (BibField::Citations, "citationcount citedbycount isreferencedbycount citedby timescited"),
    (BibField::Citations, "ncitation numcitations timescitedalldatabases timescitedwoscore"),
    (BibField::File, "attachments fileattachments"),
    (BibField::Listed, "listed submittedondailyat"),
    (BibField::Origin, "origin"),
    (BibField::Announcement, "announcement"),
    (BibField::Collections, "collections"),
];

static NAMES: LazyLock<NameTable<RecordField>> = LazyLock::new(|| {
    let bib_fields =
        BIB_FIELD_NAMES.iter().map(|(field, names)| (RecordField::Bib(*field), *names));
    NameTable::new(FIELD_NAMES.iter().copied().chain(bib_fields), ' ')
});

/// The length of the longest known name, in letters and digits.
const MAX_NAME_LEN: usize = 32;

/// Returns the field with this name. Case and separators between words are ignored.
pub fn default_field(name: &str) -> Option<RecordField> {
    let mut plain = [0; MAX_NAME_LEN];
    let mut len = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        *plain.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    let name = std::str::from_utf8(&plain[..len]).ok()?;
    NAMES.get(name)
}

/// Returns true if an object with this name contains fields of the paper instead of a value.
pub fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: [&str; 23] = [
        "_source", "attributes", "biblio", "bookOrReportDetails", "citedPaper", "citingPaper",
        "content", "data", "externalIds", "fields", "hit", "fullTextUrlList", "hits", "ids",
        "info", "journalInfo", "keywordList", "message", "metadata", "paper", "pubTypeList",
        "record", "result",
    ];
    WRAPPERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_large_databases_are_known() {
        for (name, field) in [
            ("author_text", RecordField::Authors),
            ("Item Title", RecordField::Title),
            ("Art. No.", RecordField::Bib(BibField::ArticleNumber)),
            ("primary_location.source.display_name", RecordField::Journal),
            ("original-date", RecordField::OriginalDate),
        ] {
            assert_eq!(default_field(name), Some(field), "{name}");
        }
    }

    #[test]
    fn a_field_is_known_however_its_name_is_written() {
        for name in ["journal-ref", "journal_ref", "Journal Ref", "journalRef"] {
            assert_eq!(default_field(name), Some(RecordField::Journal), "{name}");
        }
        assert_eq!(default_field("DOI"), Some(RecordField::Doi));
        assert_eq!(default_field("ISSN"), Some(RecordField::Bib(BibField::Issn)));
        for name in ["", "headlines", "título", &"title".repeat(20)] {
            assert_eq!(default_field(name), None, "{name}");
        }
    }
}
