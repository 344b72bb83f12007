//! The fields of a record, and their names in JSON and in table headers.

use crate::domain::BibField;

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
    field_of_paper(name).or_else(|| bib_field(name).map(RecordField::Bib))
}

fn field_of_paper(name: &str) -> Option<RecordField> {
    Some(match name {
        "title" | "name" | "displayname" | "documenttitle" | "articletitle" | "papertitle"
        | "itemtitle" | "primarytitle" | "fulltitle" | "worktitle" | "titleprimary" => {
            RecordField::Title
        }
        "subtitle" => RecordField::Subtitle,
        "authorsparsed" | "authorfullnames" | "authorsfullnames" | "authorsfullname" => {
            RecordField::AuthorsParsed
        }
        "authors"
        | "author"
        | "authorships"
        | "creators"
        | "creator"
        | "authornames"
        | "authorlist"
        | "authortext"
        | "authorstext"
        | "authornamelist"
        | "authorstring"
        | "authorsprimary"
        | "firstauthors"
        | "authorshipsauthordisplayname" => RecordField::Authors,
        "groupauthors" | "collectivename" | "corporateauthor" | "corporateauthors" => {
            RecordField::AuthorGroups
        }
        "editors" | "editor" | "bookeditors" => RecordField::Editors,
        "translators" | "translator" => RecordField::Translators,
        "abstract" | "summary" | "abstractnote" | "abstracttext" | "notesabstract" => {
            RecordField::Abstract
        }
        "abstractinvertedindex" => RecordField::InvertedAbstract,
        "tldr" | "description" => RecordField::Summary,
        _ => return field_of_record(name),
    })
}

/// Returns the field with this name, among dates, places, kinds and identifiers.
fn field_of_record(name: &str) -> Option<RecordField> {
    Some(match name {
        "year" | "publicationyear" | "pubyear" | "publishedyear" => RecordField::Year,
        "versions" => RecordField::Versions,
        "issued" => RecordField::Issued,
        "date" | "published" | "publishedat" | "publicationdate" | "publisheddate"
        | "publishedprint" | "publishedonline" | "pubdate" | "releasedate" | "coverdate" => {
            RecordField::Date
        }
        "created" | "createdat" | "createdate" | "submitteddate" => RecordField::Created,
        "updatedate" => RecordField::Updated,
        "updated" | "updatedat" | "lastmodified" => RecordField::Changed,
        "accessed" | "accessdate" | "dateaccessed" | "urldate" => RecordField::Accessed,
        "originaldate" | "origdate" | "originalyear" => RecordField::OriginalDate,
        "season" => RecordField::Season,
        "volumetitle" => RecordField::VolumeTitle,
        "version" => RecordField::Version,
        "bibtex" | "citationstyles" => RecordField::Bibtex,
        "parentcollection" => RecordField::Collection,
        "category" | "primarycategory" => RecordField::Category,
        "categories" => RecordField::Categories,
        "venue" | "booktitle" | "proceedingstitle" => RecordField::Venue,
        "journal"
        | "journalref"
        | "journaltitle"
        | "journalname"
        | "journalbook"
        | "containertitle"
        | "publicationtitle"
        | "publicationvenue"
        | "sourcetitle"
        | "primarylocation"
        | "primarylocationsourcedisplayname"
        | "pubtitle"
        | "periodical"
        | "periodicalfull"
        | "hostvenue"
        | "hostvenuedisplayname"
        | "secondarytitle" => RecordField::Journal,
        "containertitleshort" => RecordField::ShortVenue,
        "event" | "eventtitle" | "conference" | "conferencename" | "meetingname" => {
            RecordField::Event
        }
        "arxiv" | "arxivid" | "eprint" | "archiveid" | "archivelocation" => RecordField::Arxiv,
        "id" | "entryid" => RecordField::Id,
        "doi" | "itemdoi" | "articledoi" | "digitalobjectidentifier" => RecordField::Doi,
        "url" | "urls" | "link" | "links" | "pdf" | "pdfurl" | "pdflink" | "abs" | "ee"
        | "openaccess" | "openaccesspdf" | "projectpage" | "project" | "site" | "githubrepo"
        | "github" | "code" | "codeurl" => RecordField::Url,
        "type" | "itemtype" | "typecrossref" | "publicationtype" | "publicationtypes"
        | "documenttype" => RecordField::Kind,
        "firstpage" | "startpage" | "pagestart" | "bibliofirstpage" => RecordField::FirstPage,
        "lastpage" | "endpage" | "pageend" | "bibliolastpage" => RecordField::LastPage,
        "number" => RecordField::Number,
        "reportnumber" | "reportno" => RecordField::Report,
        "status" | "pubstate" | "publicationstage" | "publicationstatus" => RecordField::Decision,
        _ => return None,
    })
}

fn bib_field(name: &str) -> Option<BibField> {
    Some(match name {
        "citationkey" | "citekey" | "bibtexkey" => BibField::Key,
        "volume" | "journalvolume" | "bibliovolume" => BibField::Volume,
        "issue" | "journalissue" | "issuenumber" | "issueno" | "biblioissue" => BibField::Number,
        "page" | "pages" | "pagination" | "pagerange" => BibField::Pages,
        "articlenumber" | "articleno" | "artno" | "eid" | "elocationid" | "elocator" => {
            BibField::ArticleNumber
        }
        "genre" | "degree" | "thesistype" | "reporttype" | "websitetype" | "posttype"
        | "manuscripttype" => BibField::Genre,
        "versionnumber" => BibField::Version,
        "eventplace" | "conferencelocation" | "meetinglocation" | "confloc" => BibField::EventPlace,
        "chapter" | "chapternumber" => BibField::Chapter,
        "maintitle" => BibField::MainTitle,
        "enddate" => BibField::EndDate,
        "shorttitle" | "titleshort" => BibField::ShortTitle,
        "seriesnumber" | "collectionnumber" => BibField::SeriesNumber,
        "numberofvolumes" | "numvolumes" | "volumecount" => BibField::VolumeCount,
        "numberofpages" | "numpages" | "pagecount" | "pagetotal" => BibField::PageCount,
        "publisher" => BibField::Publisher,
        "place" | "publisherplace" | "publisherlocation" | "publisherloc" | "publishercity"
        | "placeofpublication" => BibField::Place,
        "series" | "collectiontitle" | "bookseriestitle" | "seriestitle" => BibField::Series,
        "edition" | "editionnumber" => BibField::Edition,
        "institution" | "university" | "organization" => BibField::Institution,
        "issn" => BibField::Issn,
        "isbn" => BibField::Isbn,
        "pmid" | "pubmed" | "pubmedid" | "medlinepmid" | "idspmid" => BibField::Pmid,
        "pmcid" | "pubmedcentral" | "pmc" | "idspmcid" => BibField::Pmcid,
        "keywords" | "keyword" | "authorkeywords" | "aikeywords" | "tags" | "manualtags"
        | "subject" | "fieldsofstudy" => BibField::Keywords,
        "note" | "extra" => BibField::Note,
        "annote" | "annotation" => BibField::Annotation,
        "comment" | "comments" => BibField::Comment,
        "language" => BibField::Language,
        "upvotes" => BibField::Upvotes,
        "attachments" | "fileattachments" => BibField::File,
        _ => return None,
    })
}

/// Returns true if an object with this name contains fields of the paper instead of a value.
pub fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: [&str; 16] = [
        "_source", "attributes", "biblio", "content", "data", "externalIds", "fields", "hit",
        "hits", "ids", "info", "message", "metadata", "paper", "record", "result",
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
        for name in ["", "titles", "título", &"title".repeat(20)] {
            assert_eq!(default_field(name), None, "{name}");
        }
    }
}
