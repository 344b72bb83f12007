//! The names of publication types.

use super::lenient::LenientValue;
use crate::domain::PaperKind;
use crate::formats::tagged::ris::kind_from_ris_type;

/// Types of items that accompany papers but are none.
const ATTACHMENT_KINDS: [&str; 3] = ["attachment", "note", "annotation"];

pub fn is_attachment(text: &str) -> bool {
    ATTACHMENT_KINDS.contains(&text)
}

/// Returns true if only CSL uses this name of a type.
pub fn is_csl_only(text: &str) -> bool {
    const TYPES: [&str; 12] = [
        "article-journal", "article-magazine", "article-newspaper", "entry-dictionary",
        "entry-encyclopedia", "legal_case", "motion_picture", "musical_score", "paper-conference",
        "personal_communication", "post-weblog", "review-book",
    ];
    TYPES.contains(&text)
}

/// Returns true if only Crossref uses this name of a type.
pub fn is_crossref_only(text: &str) -> bool {
    const TYPES: [&str; 8] = [
        "journal-article", "book-chapter", "edited-book", "monograph", "posted-content",
        "proceedings-article", "reference-entry", "report-component",
    ];
    TYPES.contains(&text)
}

/// Returns the kind for any of the names. Among several, a conference paper or chapter has priority
/// over an article or book.
pub fn kind<'a>(names: impl Iterator<Item = &'a str>) -> PaperKind {
    let names = names.flat_map(|it| it.split(';'));
    let kinds: Vec<PaperKind> =
        names.map(kind_from_name).filter(|it| *it != PaperKind::Unknown).collect();
    let is_part = |it: &&PaperKind| matches!(it, PaperKind::Conference | PaperKind::Chapter);
    kinds.iter().find(is_part).or_else(|| kinds.first()).copied().unwrap_or_default()
}

fn kind_from_name(name: &str) -> PaperKind {
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
        | "j" => PaperKind::Article,
        "articlemagazine" | "magazinearticle" | "magazines" | "ieeemagazines" => {
            PaperKind::Magazine
        }
        "articlenewspaper" | "newspaperarticle" | "newspapers" => PaperKind::Newspaper,
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
        | "c" => PaperKind::Conference,
        _ => kind_from_other_name(&plain),
    }
}

/// Returns the kind of a work that is neither in a journal nor at a conference. `plain` has only
/// letters and digits.
fn kind_from_other_name(plain: &str) -> PaperKind {
    match plain {
        "chapter"
        | "bookchapter"
        | "articlebookchapter"
        | "booksection"
        | "bookpart"
        | "incollection"
        | "inbook"
        | "partsinbooksorcollections" => PaperKind::Chapter,
        "entry"
        | "entryencyclopedia"
        | "entrydictionary"
        | "encyclopediaarticle"
        | "dictionaryentry"
        | "referenceentry"
        | "referenceworkentry"
        | "encyclopediaentry" => PaperKind::Entry,
        "book" | "monograph" | "editedbook" | "referencebook" | "booksandtheses" | "editorship"
        | "bookwhole" | "bookedited" | "collection" | "b" => PaperKind::Book,
        "proceedings" | "proceeding" => PaperKind::Proceedings,
        "thesis" | "dissertation" | "dissertationthesis" | "phdthesis" | "mastersthesis" => {
            PaperKind::Thesis
        }
        "report" | "reportcomponent" | "techreport" | "standard" => PaperKind::Report,
        "patent" | "patents" | "p" => PaperKind::Patent,
        "preprint"
        | "postedcontent"
        | "manuscript"
        | "unpublished"
        | "informalandotherpublications"
        | "informalpublications" => PaperKind::Preprint,
        "dataset" | "dataandartifacts" => PaperKind::Dataset,
        "software" | "computerprogram" => PaperKind::Software,
        "webpage" | "website" | "post" | "postweblog" | "blogpost" | "forumpost" => {
            PaperKind::Webpage
        }
        // Tables that were converted from RIS contain its types.
        name if name.len() == 4 && name != "none" => kind_from_ris_type(name),
        _ => PaperKind::Unknown,
    }
}

/// Returns the texts in a value that name types.
pub fn texts<'a>(value: &'a LenientValue<'_>) -> impl Iterator<Item = &'a str> {
    value.values().iter().filter_map(LenientValue::as_text)
}
