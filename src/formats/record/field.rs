//! What the fields of records are called, in JSON and in the headers of tables.

use crate::domain::BibField;

/// A field of interest. Where a record has several of one field, the first is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordField {
    Title,
    Subtitle,
    /// Names without TeX, where there is such a field beside the authors.
    AuthorsParsed,
    Authors,
    Editors,
    Abstract,
    /// Words with the places at which they stand.
    InvertedAbstract,
    /// What takes the place of an abstract where there is none.
    Summary,
    Year,
    /// All versions, the first of them first.
    Versions,
    /// When it was published, as CSL calls it.
    Issued,
    /// When it was published.
    Date,
    /// When the record was made, which may be much later.
    Created,
    Updated,
    Category,
    Categories,
    Venue,
    Journal,
    /// The short name of the journal or of the proceedings.
    ShortVenue,
    /// The conference, where the venue is not named.
    Event,
    /// A database's name for the place of publication, or for itself.
    Source,
    /// The reference in one line: `J Maps. 2016 Jan;12(3):45-51.`
    Citation,
    /// Organisations among the authors.
    AuthorGroups,
    Translators,
    /// When the address was visited.
    Accessed,
    /// When it was first published, long before.
    OriginalDate,
    /// When the record was changed last.
    Changed,
    Season,
    /// The title of a volume, where the title is that of the work in several.
    VolumeTitle,
    /// Of software, or the number that a library gives each change of its record.
    Version,
    /// The paper as an entry of BibTeX.
    Bibtex,
    /// Only collections of papers have it.
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
    /// The number that an institute gives its reports.
    Report,
    /// What became of it: `Oral`, `Poster`, `Reject`.
    Decision,
    Bib(BibField),
}

/// Who says what a name means. Names that are given come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrigin {
    User,
    Default,
    /// By a name that may mean something else.
    Ambiguous,
}

/// The longest name that is known, in letters and digits.
const MAX_NAME_LEN: usize = 32;

/// The field that is usually called so, whatever the case and whatever stands between the words.
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

/// Returns the field of that name among dates, places, kinds and identifiers.
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

/// Whether an object under this name holds fields of the paper rather than a value.
pub fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: [&str; 16] = [
        "_source",
        "attributes",
        "biblio",
        "content",
        "data",
        "externalIds",
        "fields",
        "hit",
        "hits",
        "ids",
        "info",
        "message",
        "metadata",
        "paper",
        "record",
        "result",
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
