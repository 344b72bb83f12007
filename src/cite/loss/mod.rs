//! Facts that a form of bibliographies has no field for, each with the reason.

pub mod bibtex;
pub mod count;
pub mod property;

use self::property::{BOOK_IN_SERIES, FULL_NAME, Property, has};
use super::language::tag;
use super::output_format::Form;
use super::venue::kind;
use crate::domain::{Fact, Kind, Paper, main_link};

const ONE_HOUSE: &str = "there is one field for whoever brought it out";

/// The reason why a form cannot hold a property of a paper; nothing where it can, or where the form
/// is a line of text rather than a bibliography.
pub fn loss(form: Form, property: Property, paper: &Paper<'_>) -> Option<&'static str> {
    if property == Property::Fact(Fact::Raw) {
        // It is copied back where the form is its own, and holds nothing that the facts do not.
        return None;
    }
    reason(form, property, paper, kind(paper))
}

/// The reason where the kind of the paper is known.
pub fn reason(
    form: Form,
    property: Property,
    paper: &Paper<'_>,
    kind: Kind,
) -> Option<&'static str> {
    let has_two_houses = |fact| fact == other_house(kind) && !paper.fact(house(kind)).is_empty();
    match (form, property) {
        (
            Form::Ris | Form::Nbib | Form::EndNote | Form::CslJson,
            Property::Fact(fact @ (Fact::Publisher | Fact::Institution)),
        ) => has_two_houses(fact).then_some(ONE_HOUSE),
        (Form::Ris, _) => ris(property, paper, kind),
        (Form::EndNote, _) => endnote(property, paper, kind),
        (Form::Nbib, _) => nbib(property, paper, kind),
        (Form::CslJson, _) => csl(property, paper, kind),
        (Form::Hayagriva, Property::Fact(Fact::Publisher)) if is_own(kind) => {
            has_two_houses(Fact::Publisher).then_some(ONE_HOUSE)
        }
        (Form::Hayagriva, _) => hayagriva(property, paper, kind),
        (Form::Bibtex, _) if !paper.fact(Fact::Raw).is_empty() => None,
        (Form::Bibtex, _) => bibtex::bibtex(property, paper, kind),
        (Form::Biblatex, _) => bibtex::biblatex(property, paper, kind),
        _ => None,
    }
}

/// Returns the fact that says who usually brings out papers of the kind.
fn house(kind: Kind) -> Fact {
    if is_own(kind) { Fact::Institution } else { Fact::Publisher }
}

/// Returns true if an institution brings out papers of the kind.
fn is_own(kind: Kind) -> bool {
    matches!(kind, Kind::Thesis | Kind::Report)
}

/// Returns true if papers of the kind are parts of something.
fn is_part(kind: Kind) -> bool {
    matches!(kind, Kind::Article | Kind::Conference | Kind::Chapter)
        || matches!(kind, Kind::Newspaper | Kind::Magazine | Kind::Entry)
}

/// Returns true if there are more addresses than the one to open.
fn has_further_links(paper: &Paper<'_>) -> bool {
    let main = main_link(paper);
    paper.urls().any(|url| main.as_ref().is_none_or(|it| it.url != url))
}

fn other_house(kind: Kind) -> Fact {
    if house(kind) == Fact::Publisher { Fact::Institution } else { Fact::Publisher }
}

/// Reasons that RIS and the tagged format of `EndNote` share: they are one program's.
fn tagged(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    let is_whole = is_book || kind == Kind::Thesis;
    let is_data = matches!(kind, Kind::Dataset | Kind::Software);
    Some(match property {
        Property::Categories => "there is no tag for subjects beside the keywords",
        Property::Kind if kind == Kind::Proceedings && !paper.author_list.is_empty() => {
            "the type of proceedings is that of papers in them"
        }
        Property::Fact(fact) => match fact {
            Fact::EndDate => "a date is one day",
            Fact::MainTitle => "there is one title for a work and one for its series",
            Fact::Event => "the name of the conference stands where the proceedings have theirs",
            Fact::Upvotes => "there is no tag for it",
            Fact::Status if paper.year.is_some() => "it stands in place of the year",
            Fact::Season if paper.year.is_none() => "it stands beside the year",
            Fact::Version if !is_data => "only programs and data have a version",
            Fact::Edition if is_data => "the version of programs and data stands there",
            Fact::PageCount if !is_whole || !paper.fact(Fact::Pages).is_empty() => {
                "it stands where a part has its pages"
            }
            Fact::Chapter if kind != Kind::Chapter => "only a chapter has one",
            _ => return None,
        },
        _ => return None,
    })
}

fn ris(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_common = matches!(kind, Kind::Unknown | Kind::Article | Kind::Conference);
    match property {
        Property::Venue if kind != Kind::Conference && has(paper, Fact::Container) => {
            Some(FULL_NAME)
        }
        Property::Venue | Property::Fact(Fact::Container) if kind == Kind::Book => {
            Some(BOOK_IN_SERIES)
        }
        Property::Fact(Fact::Genre) if is_common => Some("the tag is that of a DOI there"),
        Property::Fact(Fact::EventPlace) if kind != Kind::Conference => {
            Some("only a conference has two places")
        }
        Property::Fact(Fact::Updated) => Some("there is no tag for it"),
        _ => tagged(property, paper, kind),
    }
}

fn endnote(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    match property {
        Property::Venue if is_book => Some(BOOK_IN_SERIES),
        Property::Fact(Fact::Container) if kind != Kind::Conference => {
            Some("only a conference has two titles")
        }
        Property::Fact(Fact::EventPlace) => Some("there is one place"),
        Property::Fact(Fact::SeriesNumber) if !is_book => Some("only a book has one"),
        Property::Fact(Fact::Number) if is_book && !paper.fact(Fact::SeriesNumber).is_empty() => {
            Some("the number of a book is that in its series")
        }
        _ => tagged(property, paper, kind),
    }
}

fn nbib(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    /// Facts that neither journals nor the books of `PubMed`'s shelf have.
    const LACKING: [Fact; 17] = [
        Fact::Key,
        Fact::Upvotes,
        Fact::File,
        Fact::Annotation,
        Fact::Version,
        Fact::Status,
        Fact::Accessed,
        Fact::Translators,
        Fact::OriginalDate,
        Fact::EndDate,
        Fact::Event,
        Fact::EventPlace,
        Fact::Chapter,
        Fact::MainTitle,
        Fact::ShortTitle,
        Fact::VolumeCount,
        Fact::PageCount,
    ];
    let is_chapter = matches!(kind, Kind::Chapter | Kind::Entry);
    Some(match property {
        Property::Categories => "there is no tag for subjects beside the keywords",
        Property::Kind if kind == Kind::Proceedings => {
            "the type of proceedings is that of papers in them"
        }
        Property::Venue if !is_chapter && has(paper, Fact::Container) => FULL_NAME,
        Property::Fact(Fact::Container) if is_chapter => "a book has one title",
        Property::Fact(Fact::ArticleNumber) if has(paper, Fact::Pages) => {
            "it stands in place of the pages"
        }
        Property::Fact(Fact::SeriesNumber) => "a collection has a title alone",
        Property::Fact(Fact::Genre) if !matches!(kind, Kind::Thesis | Kind::Report) => {
            "publication types are a list of PubMed's own"
        }
        Property::Fact(fact) if LACKING.contains(&fact) => "there is no tag for it",
        _ => return None,
    })
}

fn csl(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_arxiv = kind == Kind::Preprint && !paper.arxiv.is_empty();
    let is_book = matches!(kind, Kind::Book | Kind::Proceedings);
    let is_in_periodical = is_part(kind) && !matches!(kind, Kind::Chapter | Kind::Entry);
    Some(match property {
        Property::Kind if kind == Kind::Proceedings => "proceedings are books",
        Property::Links if has_further_links(paper) => "there is one address",
        Property::Venue if kind != Kind::Conference && has(paper, Fact::Container) => FULL_NAME,
        Property::Venue if is_book && !has(paper, Fact::Series) => BOOK_IN_SERIES,
        Property::Fact(Fact::ArticleNumber) if !is_part(kind) => "only a part has one",
        Property::Fact(Fact::MainTitle) if is_in_periodical => {
            "only a book and what is in one have it"
        }
        Property::Fact(Fact::Upvotes | Fact::File | Fact::Updated) => "there is no variable for it",
        Property::Fact(Fact::Number) if is_arxiv => "the number of a preprint is arXiv's",
        Property::Fact(Fact::Season | Fact::EndDate) if paper.year.is_none() => {
            "it stands beside the year"
        }
        _ => return None,
    })
}

fn hayagriva(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_alone = !is_part(kind) && kind != Kind::Preprint;
    let fact = match property {
        Property::Kind => {
            return match kind {
                Kind::Dataset => Some("programs and data are repositories"),
                Kind::Magazine => Some("magazines are periodicals"),
                _ => None,
            };
        }
        Property::Categories => return Some("there is no field for it"),
        Property::Links if has_further_links(paper) => return Some("there is one address"),
        Property::Venue if is_alone => return Some("only a part has it"),
        Property::Fact(fact) => fact,
        _ => return None,
    };
    let is_count = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    match fact {
        Fact::Keywords
        | Fact::Comment
        | Fact::Upvotes
        | Fact::File
        | Fact::Annotation
        | Fact::Status
        | Fact::Season
        | Fact::EndDate
        | Fact::Updated => Some("there is no field for it"),
        Fact::Container | Fact::ArticleNumber if !is_part(kind) => Some("only a part has it"),
        Fact::MainTitle if kind == Kind::Preprint => Some("only a book and what is in one have it"),
        Fact::Accessed if main_link(paper).is_none() => Some("it stands beside an address"),
        Fact::Language if tag(paper.fact(fact)).is_none() => Some("a language is a tag"),
        Fact::VolumeCount | Fact::PageCount if !is_count(paper.fact(fact)) => {
            Some("only a whole number is taken")
        }
        _ => None,
    }
}
