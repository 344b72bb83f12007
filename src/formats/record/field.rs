//! What the fields of records are called, in JSON and in the headers of tables.

use crate::domain::Fact;

/// A field of interest. Where a record has several of one field, the first is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::formats) enum Field {
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

/// The longest name that is known, in letters and digits.
const LONGEST: usize = 32;

/// The field that is usually called so, whatever the case and whatever stands between the words.
pub(super) fn usual(name: &str) -> Option<Field> {
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
        "title" | "name" | "displayname" | "documenttitle" | "articletitle" | "papertitle" => {
            Field::Title
        }
        "subtitle" => Field::Subtitle,
        "authorsparsed" => Field::AuthorsParsed,
        "authors"
        | "author"
        | "authorships"
        | "creators"
        | "creator"
        | "authornames"
        | "authorlist"
        | "authorshipsauthordisplayname" => Field::Authors,
        "editors" | "editor" => Field::Editors,
        "abstract" | "summary" | "abstractnote" | "abstracttext" => Field::Abstract,
        "abstractinvertedindex" => Field::InvertedAbstract,
        "tldr" | "description" => Field::Gist,
        "year" | "publicationyear" | "pubyear" | "publishedyear" => Field::Year,
        "versions" => Field::Versions,
        "issued" => Field::Issued,
        "date" | "published" | "publishedat" | "publicationdate" | "publisheddate"
        | "publishedprint" | "publishedonline" | "pubdate" | "releasedate" | "coverdate" => {
            Field::Date
        }
        "created" | "createdat" | "createdate" | "submitteddate" => Field::Created,
        "updatedate" | "updated" | "updatedat" => Field::Updated,
        "category" | "primarycategory" => Field::Category,
        "categories" => Field::Categories,
        "venue" | "booktitle" | "proceedingstitle" => Field::Venue,
        "journal" | "journalref" | "journaltitle" | "journalname" | "journalbook"
        | "containertitle" | "publicationtitle" | "publicationvenue" | "sourcetitle"
        | "primarylocation" => Field::Journal,
        "containertitleshort" => Field::ShortVenue,
        "event" | "eventtitle" | "conference" | "conferencename" => Field::Event,
        "arxiv" | "arxivid" | "eprint" | "archiveid" | "archivelocation" => Field::Arxiv,
        "id" | "entryid" => Field::Id,
        "doi" => Field::Doi,
        "url" | "urls" | "link" | "links" | "pdf" | "pdfurl" | "pdflink" | "abs" | "ee"
        | "openaccess" | "openaccesspdf" | "projectpage" | "project" | "site" | "githubrepo"
        | "github" | "code" | "codeurl" => Field::Url,
        "type" | "itemtype" | "typecrossref" | "publicationtype" | "publicationtypes"
        | "documenttype" => Field::Kind,
        "firstpage" | "startpage" | "pagestart" => Field::FirstPage,
        "lastpage" | "endpage" | "pageend" => Field::LastPage,
        "number" => Field::Number,
        "reportnumber" | "reportno" => Field::Report,
        "status" => Field::Decision,
        _ => return None,
    })
}

fn fact(name: &str) -> Option<Fact> {
    Some(match name {
        "citationkey" | "citekey" | "bibtexkey" => Fact::Key,
        "volume" => Fact::Volume,
        "issue" => Fact::Number,
        "page" | "pages" => Fact::Pages,
        "publisher" => Fact::Publisher,
        "place" | "publisherplace" | "publisherlocation" => Fact::Place,
        "series" | "collectiontitle" => Fact::Series,
        "edition" => Fact::Edition,
        "institution" | "university" | "organization" => Fact::Institution,
        "issn" => Fact::Issn,
        "isbn" => Fact::Isbn,
        "pmid" | "pubmed" | "pubmedid" => Fact::Pmid,
        "pmcid" | "pubmedcentral" => Fact::Pmcid,
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
pub(super) fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: [&str; 15] = [
        "_source",
        "attributes",
        "biblio",
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
