//! What sorts of publications are called.

use super::lenient::Loose;
use crate::domain::Kind;
use crate::formats::tagged::ris::kind_of_tag;

/// What is no paper at all, but lies among papers.
const ATTACHED: [&str; 3] = ["attachment", "note", "annotation"];

pub fn is_attached(text: &str) -> bool {
    ATTACHED.contains(&text)
}

/// Returns true if the name is one that CSL alone gives a type.
pub fn is_of_csl(text: &str) -> bool {
    const TYPES: [&str; 12] = [
        "article-journal",
        "article-magazine",
        "article-newspaper",
        "entry-dictionary",
        "entry-encyclopedia",
        "legal_case",
        "motion_picture",
        "musical_score",
        "paper-conference",
        "personal_communication",
        "post-weblog",
        "review-book",
    ];
    TYPES.contains(&text)
}

/// Returns true if the name is one that Crossref alone gives a type.
pub fn is_of_crossref(text: &str) -> bool {
    const TYPES: [&str; 8] = [
        "journal-article",
        "book-chapter",
        "edited-book",
        "monograph",
        "posted-content",
        "proceedings-article",
        "reference-entry",
        "report-component",
    ];
    TYPES.contains(&text)
}

/// The kind under any of the names given. What is called both an article and a conference's, or a
/// book and a chapter, is the part.
pub fn kind<'a>(names: impl Iterator<Item = &'a str>) -> Kind {
    let names = names.flat_map(|it| it.split(';'));
    let kinds: Vec<Kind> = names.map(named).filter(|it| *it != Kind::Unknown).collect();
    let is_part = |it: &&Kind| matches!(it, Kind::Conference | Kind::Chapter);
    kinds.iter().find(is_part).or_else(|| kinds.first()).copied().unwrap_or_default()
}

fn named(name: &str) -> Kind {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    match plain.as_str() {
        "article"
        | "articlejournal"
        | "journalarticle"
        | "journalarticles"
        | "review"
        | "letter"
        | "editorial"
        | "note"
        | "shortsurvey"
        | "erratum"
        | "datapaper"
        | "articleinpress"
        | "articleearlyaccess"
        | "reviewbook"
        | "academicjournal"
        | "scholarlyjournals"
        | "ieeejournals"
        | "ieeejournalsmagazines"
        | "ieeeearlyaccessarticles"
        | "j" => Kind::Article,
        "articlemagazine" | "magazinearticle" | "magazines" | "ieeemagazines" => Kind::Magazine,
        "articlenewspaper" | "newspaperarticle" | "newspapers" => Kind::Newspaper,
        "paperconference"
        | "conferencepaper"
        | "conferenceproceedingsarticle"
        | "conferenceproceedings"
        | "proceedingsarticle"
        | "proceedingspaper"
        | "articleproceedingspaper"
        | "meetingabstract"
        | "conference"
        | "inproceedings"
        | "ieeeconferences"
        | "conferenceandworkshoppapers"
        | "c" => Kind::Conference,
        _ => named_other(&plain),
    }
}

/// Returns the kind of a work that is no paper in a journal or at a conference; the name is in
/// letters and digits.
fn named_other(plain: &str) -> Kind {
    match plain {
        "chapter"
        | "bookchapter"
        | "articlebookchapter"
        | "booksection"
        | "bookpart"
        | "incollection"
        | "inbook"
        | "partsinbooksorcollections" => Kind::Chapter,
        "entry"
        | "entryencyclopedia"
        | "entrydictionary"
        | "encyclopediaarticle"
        | "dictionaryentry"
        | "referenceentry"
        | "referenceworkentry"
        | "encyclopediaentry" => Kind::Entry,
        "book" | "monograph" | "editedbook" | "referencebook" | "booksandtheses" | "editorship"
        | "bookwhole" | "bookedited" | "collection" | "b" => Kind::Book,
        "proceedings" | "proceeding" => Kind::Proceedings,
        "thesis" | "dissertation" | "dissertationthesis" | "phdthesis" | "mastersthesis" => {
            Kind::Thesis
        }
        "report" | "reportcomponent" | "techreport" | "standard" => Kind::Report,
        "patent" | "patents" | "p" => Kind::Patent,
        "preprint"
        | "postedcontent"
        | "manuscript"
        | "unpublished"
        | "informalandotherpublications"
        | "informalpublications" => Kind::Preprint,
        "dataset" | "dataandartifacts" => Kind::Dataset,
        "software" | "computerprogram" => Kind::Software,
        "webpage" | "website" | "post" | "postweblog" | "blogpost" | "forumpost" => Kind::Webpage,
        // Some tables are made of RIS and keep its types.
        name if name.len() == 4 && name != "none" => kind_of_tag(name),
        _ => Kind::Unknown,
    }
}

/// The texts that name kinds, whatever holds them.
pub fn texts<'a>(value: &'a Loose<'_>) -> impl Iterator<Item = &'a str> {
    value.values().iter().filter_map(Loose::as_text)
}
