//! The names of publication types.

use std::sync::LazyLock;

use super::lenient::LenientValue;
use crate::domain::PaperKind;
use crate::formats::tagged::ris::kind_from_ris_type;
use crate::text::NameTable;

/// The names of kinds, in lower case and without separators.
const KIND_NAMES: &[(PaperKind, &str)] = &[
    (PaperKind::Article, "article articlejournal journalarticle journalarticles review letter"),
    (PaperKind::Article, "editorial note shortsurvey erratum datapaper articleinpress"),
    (PaperKind::Article, "articleearlyaccess reviewbook academicjournal scholarlyjournals"),
    (PaperKind::Article, "ieeejournals ieeejournalsmagazines ieeeearlyaccessarticles j"),
    (PaperKind::Magazine, "articlemagazine magazinearticle magazines ieeemagazines"),
    (PaperKind::Newspaper, "articlenewspaper newspaperarticle newspapers"),
    (PaperKind::Conference, "paperconference conferencepaper conferenceproceedingsarticle"),
    (PaperKind::Conference, "conferenceproceedings proceedingsarticle proceedingspaper"),
    (PaperKind::Conference, "articleproceedingspaper meetingabstract conference inproceedings"),
    (PaperKind::Conference, "ieeeconferences conferenceandworkshoppapers c"),
    (PaperKind::Chapter, "chapter bookchapter articlebookchapter booksection bookpart"),
    (PaperKind::Chapter, "incollection inbook partsinbooksorcollections"),
    (PaperKind::Entry, "entry entryencyclopedia entrydictionary encyclopediaarticle"),
    (PaperKind::Entry, "dictionaryentry referenceentry referenceworkentry encyclopediaentry"),
    (PaperKind::Book, "book monograph editedbook referencebook booksandtheses editorship"),
    (PaperKind::Book, "bookwhole bookedited collection b"),
    (PaperKind::Proceedings, "proceedings proceeding"),
    (PaperKind::Thesis, "thesis dissertation dissertationthesis phdthesis mastersthesis"),
    (PaperKind::Report, "report reportcomponent techreport standard"),
    (PaperKind::Patent, "patent patents p"),
    (PaperKind::Preprint, "preprint postedcontent manuscript unpublished"),
    (PaperKind::Preprint, "newresults confirmatoryresults contradictoryresults"),
    (PaperKind::Preprint, "informalandotherpublications informalpublications"),
    (PaperKind::Dataset, "dataset dataandartifacts"),
    (PaperKind::Software, "software computerprogram"),
    (PaperKind::Webpage, "webpage website post postweblog blogpost forumpost"),
];

static KINDS: LazyLock<NameTable<PaperKind>> =
    LazyLock::new(|| NameTable::new(KIND_NAMES.iter().copied(), ' '));

/// Returns true for the type of an item that accompanies a paper but is none.
pub fn is_attachment(text: &str) -> bool {
    matches!(text, "attachment" | "note" | "annotation")
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

/// Returns the kind for a name of BibTeX, CSL, RIS or a database, in any case, or
/// [`PaperKind::Unknown`].
pub fn kind_from_name(name: &str) -> PaperKind {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    match KINDS.get(&plain) {
        Some(kind) => kind,
        // Tables that were converted from RIS contain its types.
        None if plain.len() == 4 && plain != "none" => kind_from_ris_type(&plain),
        None => PaperKind::Unknown,
    }
}

/// Returns the texts in a value that name types.
pub fn texts<'a>(value: &'a LenientValue<'_>) -> impl Iterator<Item = &'a str> {
    value.values().iter().filter_map(LenientValue::as_text)
}
