//! What the fields of records are called, in JSON and in the headers of tables.

use crate::domain::Fact;

/// A field of interest. Where a record has several of one field, the first is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
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
    Gist,
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
    Groups,
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
    Fact(Fact),
}

/// Who says what a name means. Names that are given come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    Given,
    Usual,
    /// By a name that may mean something else.
    Vague,
}

/// The longest name that is known, in letters and digits.
const LONGEST: usize = 32;

/// The field that is usually called so, whatever the case and whatever stands between the words.
pub fn usual(name: &str) -> Option<Field> {
    let mut plain = [0; LONGEST];
    let mut len = 0;
    for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
        *plain.get_mut(len)? = byte.to_ascii_lowercase();
        len += 1;
    }
    let name = std::str::from_utf8(&plain[..len]).ok()?;
    field_of_paper(name).or_else(|| fact(name).map(Field::Fact))
}

fn field_of_paper(name: &str) -> Option<Field> {
    Some(match name {
        "title" | "name" | "displayname" | "documenttitle" | "articletitle" | "papertitle"
        | "itemtitle" | "primarytitle" | "fulltitle" | "worktitle" | "titleprimary" => Field::Title,
        "subtitle" => Field::Subtitle,
        "authorsparsed" | "authorfullnames" | "authorsfullnames" | "authorsfullname" => {
            Field::AuthorsParsed
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
        | "authorshipsauthordisplayname" => Field::Authors,
        "groupauthors" | "collectivename" | "corporateauthor" | "corporateauthors" => Field::Groups,
        "editors" | "editor" | "bookeditors" => Field::Editors,
        "translators" | "translator" => Field::Translators,
        "abstract" | "summary" | "abstractnote" | "abstracttext" | "notesabstract" => {
            Field::Abstract
        }
        "abstractinvertedindex" => Field::InvertedAbstract,
        "tldr" | "description" => Field::Gist,
        _ => return field_of_record(name),
    })
}

/// Returns the field of that name among dates, places, kinds and identifiers.
fn field_of_record(name: &str) -> Option<Field> {
    Some(match name {
        "year" | "publicationyear" | "pubyear" | "publishedyear" => Field::Year,
        "versions" => Field::Versions,
        "issued" => Field::Issued,
        "date" | "published" | "publishedat" | "publicationdate" | "publisheddate"
        | "publishedprint" | "publishedonline" | "pubdate" | "releasedate" | "coverdate" => {
            Field::Date
        }
        "created" | "createdat" | "createdate" | "submitteddate" => Field::Created,
        "updatedate" => Field::Updated,
        "updated" | "updatedat" | "lastmodified" => Field::Changed,
        "accessed" | "accessdate" | "dateaccessed" | "urldate" => Field::Accessed,
        "originaldate" | "origdate" | "originalyear" => Field::OriginalDate,
        "season" => Field::Season,
        "volumetitle" => Field::VolumeTitle,
        "version" => Field::Version,
        "bibtex" | "citationstyles" => Field::Bibtex,
        "parentcollection" => Field::Collection,
        "category" | "primarycategory" => Field::Category,
        "categories" => Field::Categories,
        "venue" | "booktitle" | "proceedingstitle" => Field::Venue,
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
        | "secondarytitle" => Field::Journal,
        "containertitleshort" => Field::ShortVenue,
        "event" | "eventtitle" | "conference" | "conferencename" | "meetingname" => Field::Event,
        "arxiv" | "arxivid" | "eprint" | "archiveid" | "archivelocation" => Field::Arxiv,
        "id" | "entryid" => Field::Id,
        "doi" | "itemdoi" | "articledoi" | "digitalobjectidentifier" => Field::Doi,
        "url" | "urls" | "link" | "links" | "pdf" | "pdfurl" | "pdflink" | "abs" | "ee"
        | "openaccess" | "openaccesspdf" | "projectpage" | "project" | "site" | "githubrepo"
        | "github" | "code" | "codeurl" => Field::Url,
        "type" | "itemtype" | "typecrossref" | "publicationtype" | "publicationtypes"
        | "documenttype" => Field::Kind,
        "firstpage" | "startpage" | "pagestart" | "bibliofirstpage" => Field::FirstPage,
        "lastpage" | "endpage" | "pageend" | "bibliolastpage" => Field::LastPage,
        "number" => Field::Number,
        "reportnumber" | "reportno" => Field::Report,
        "status" | "pubstate" | "publicationstage" | "publicationstatus" => Field::Decision,
        _ => return None,
    })
}

fn fact(name: &str) -> Option<Fact> {
    Some(match name {
        "citationkey" | "citekey" | "bibtexkey" => Fact::Key,
        "volume" | "journalvolume" | "bibliovolume" => Fact::Volume,
        "issue" | "journalissue" | "issuenumber" | "issueno" | "biblioissue" => Fact::Number,
        "page" | "pages" | "pagination" | "pagerange" => Fact::Pages,
        "articlenumber" | "articleno" | "artno" | "eid" | "elocationid" | "elocator" => {
            Fact::ArticleNumber
        }
        "genre" | "degree" | "thesistype" | "reporttype" | "websitetype" | "posttype"
        | "manuscripttype" => Fact::Genre,
        "versionnumber" => Fact::Version,
        "eventplace" | "conferencelocation" | "meetinglocation" | "confloc" => Fact::EventPlace,
        "chapter" | "chapternumber" => Fact::Chapter,
        "maintitle" => Fact::MainTitle,
        "enddate" => Fact::EndDate,
        "shorttitle" | "titleshort" => Fact::ShortTitle,
        "seriesnumber" | "collectionnumber" => Fact::SeriesNumber,
        "numberofvolumes" | "numvolumes" | "volumecount" => Fact::VolumeCount,
        "numberofpages" | "numpages" | "pagecount" | "pagetotal" => Fact::PageCount,
        "publisher" => Fact::Publisher,
        "place" | "publisherplace" | "publisherlocation" | "publisherloc" | "publishercity"
        | "placeofpublication" => Fact::Place,
        "series" | "collectiontitle" | "bookseriestitle" | "seriestitle" => Fact::Series,
        "edition" | "editionnumber" => Fact::Edition,
        "institution" | "university" | "organization" => Fact::Institution,
        "issn" => Fact::Issn,
        "isbn" => Fact::Isbn,
        "pmid" | "pubmed" | "pubmedid" | "medlinepmid" | "idspmid" => Fact::Pmid,
        "pmcid" | "pubmedcentral" | "pmc" | "idspmcid" => Fact::Pmcid,
        "keywords" | "keyword" | "authorkeywords" | "aikeywords" | "tags" | "manualtags"
        | "subject" | "fieldsofstudy" => Fact::Keywords,
        "note" | "extra" => Fact::Note,
        "annote" | "annotation" => Fact::Annotation,
        "comment" | "comments" => Fact::Comment,
        "language" => Fact::Language,
        "upvotes" => Fact::Upvotes,
        "attachments" | "fileattachments" => Fact::File,
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
            ("author_text", Field::Authors),
            ("Item Title", Field::Title),
            ("Art. No.", Field::Fact(Fact::ArticleNumber)),
            ("primary_location.source.display_name", Field::Journal),
            ("original-date", Field::OriginalDate),
        ] {
            assert_eq!(usual(name), Some(field), "{name}");
        }
    }

    #[test]
    fn a_field_is_known_however_its_name_is_written() {
        for name in ["journal-ref", "journal_ref", "Journal Ref", "journalRef"] {
            assert_eq!(usual(name), Some(Field::Journal), "{name}");
        }
        assert_eq!(usual("DOI"), Some(Field::Doi));
        assert_eq!(usual("ISSN"), Some(Field::Fact(Fact::Issn)));
        for name in ["", "titles", "título", &"title".repeat(20)] {
            assert_eq!(usual(name), None, "{name}");
        }
    }
}
