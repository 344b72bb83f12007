//! What sorts of publications are called.

use super::loose::Loose;
use crate::domain::Kind;

/// What is no paper at all, but lies among papers.
const ATTACHED: [&str; 3] = ["attachment", "note", "annotation"];

pub(super) fn is_attached(text: &str) -> bool {
    ATTACHED.contains(&text)
}

/// The kind under any of the names given. Where an article in proceedings is called both an
/// article and a conference's, it is the conference's.
pub(super) fn kind<'a>(names: impl Iterator<Item = &'a str>) -> Kind {
    let kinds: Vec<Kind> = names.map(named).filter(|it| *it != Kind::Unknown).collect();
    let of_conference = kinds.iter().find(|it| **it == Kind::Conference);
    of_conference.or_else(|| kinds.first()).copied().unwrap_or_default()
}

fn named(name: &str) -> Kind {
    let mut plain = name.to_ascii_lowercase();
    plain.retain(|c| c.is_ascii_alphanumeric());
    match plain.as_str() {
        "article" | "articlejournal" | "articlemagazine" | "articlenewspaper"
        | "journalarticle" | "journalarticles" | "magazinearticle" | "newspaperarticle"
        | "review" | "letter" | "editorial" => Kind::Article,
        "paperconference"
        | "conferencepaper"
        | "proceedingsarticle"
        | "proceedingspaper"
        | "conference"
        | "inproceedings"
        | "conferenceandworkshoppapers" => Kind::Conference,
        "chapter"
        | "bookchapter"
        | "booksection"
        | "bookpart"
        | "incollection"
        | "inbook"
        | "entry"
        | "entryencyclopedia"
        | "entrydictionary"
        | "encyclopediaarticle"
        | "dictionaryentry"
        | "referenceentry"
        | "partsinbooksorcollections" => Kind::Chapter,
        "book" | "monograph" | "editedbook" | "referencebook" | "booksandtheses" | "editorship"
        | "proceedings" => Kind::Book,
        "thesis" | "dissertation" | "phdthesis" | "mastersthesis" => Kind::Thesis,
        "report" | "reportcomponent" | "techreport" | "standard" => Kind::Report,
        "preprint"
        | "postedcontent"
        | "manuscript"
        | "unpublished"
        | "informalandotherpublications"
        | "informalpublications" => Kind::Preprint,
        "dataset" | "dataandartifacts" => Kind::Dataset,
        "software" | "computerprogram" => Kind::Software,
        "webpage" | "website" | "post" | "postweblog" | "blogpost" | "forumpost" => Kind::Webpage,
        _ => Kind::Unknown,
    }
}

/// The texts that name kinds, whatever holds them.
pub(super) fn texts<'a>(value: &'a Loose<'_>) -> impl Iterator<Item = &'a str> {
    value.values().iter().filter_map(Loose::as_text)
}
