//! Facts that a form of bibliographies has no field for, each with the reason.

use std::collections::BTreeMap;
use std::fmt;

use super::Form;
use super::language::tag;
use super::venue::kind;
use crate::domain::{Fact, Kind, Paper, main_link};

/// A property of a paper that a form may have no field for. What every paper has, such as its title,
/// has a field in every form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Property {
    Kind,
    /// The categories of a preprint server.
    Categories,
    Fact(Fact),
}

impl Property {
    /// All of them, in the order of [`Fact::ALL`].
    pub fn all() -> impl Iterator<Item = Self> {
        [Self::Kind, Self::Categories].into_iter().chain(Fact::ALL.map(Self::Fact))
    }

    /// How messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind of publication",
            Self::Categories => "categories",
            Self::Fact(fact) => name(fact),
        }
    }

    fn is_known(self, paper: &Paper<'_>) -> bool {
        match self {
            Self::Kind => true,
            Self::Categories => !paper.categories.is_empty(),
            Self::Fact(fact) => !paper.fact(fact).is_empty(),
        }
    }
}

fn name(fact: Fact) -> &'static str {
    match fact {
        Fact::Key => "citation key",
        Fact::Raw => "source record",
        Fact::Date => "date",
        Fact::Volume => "volume",
        Fact::Number => "number",
        Fact::Pages => "pages",
        Fact::Publisher => "publisher",
        Fact::Place => "place",
        Fact::Series => "series",
        Fact::Edition => "edition",
        Fact::Editors => "editors",
        Fact::Institution => "institution",
        Fact::Container => "full name of the venue",
        Fact::Issn => "ISSN",
        Fact::Isbn => "ISBN",
        Fact::Pmid => "PubMed id",
        Fact::Pmcid => "PubMed Central id",
        Fact::Keywords => "keywords",
        Fact::Note => "note",
        Fact::Comment => "comment",
        Fact::Language => "language",
        Fact::Upvotes => "upvotes",
        Fact::File => "file",
        Fact::Annotation => "annotation",
        Fact::ArticleNumber => "article number",
        Fact::Genre => "genre",
        Fact::Status => "status",
        Fact::Accessed => "access date",
        Fact::Version => "version",
        Fact::Translators => "translators",
        Fact::OriginalDate => "original date",
        Fact::Season => "season",
        Fact::EndDate => "end date",
        Fact::Event => "event",
        Fact::EventPlace => "event place",
        Fact::Chapter => "chapter",
        Fact::MainTitle => "main title",
        Fact::ShortTitle => "short title",
        Fact::SeriesNumber => "number in the series",
        Fact::VolumeCount => "number of volumes",
        Fact::PageCount => "number of pages",
        Fact::Updated => "date of the record",
    }
}

/// The reason why a form cannot hold a property of a paper; nothing where it can, or where the form
/// is a line of text rather than a bibliography.
pub fn loss(form: Form, property: Property, paper: &Paper<'_>) -> Option<&'static str> {
    if property == Property::Fact(Fact::Raw) {
        // It is copied back where the form is its own, and holds nothing that the facts do not.
        return None;
    }
    let kind = kind(paper);
    let has_two_houses = |fact| fact == other_house(kind) && !paper.fact(house(kind)).is_empty();
    match (form, property) {
        (
            Form::Ris | Form::Nbib | Form::EndNote | Form::CslJson,
            Property::Fact(fact @ (Fact::Publisher | Fact::Institution)),
        ) => has_two_houses(fact).then_some("there is one field for whoever brought it out"),
        (Form::Ris, _) => ris(property, paper, kind),
        (Form::EndNote, _) => endnote(property, paper, kind),
        (Form::Nbib, _) => nbib(property, kind),
        (Form::CslJson, _) => csl(property, paper, kind),
        (Form::Hayagriva, _) => hayagriva(property, paper, kind),
        _ => None,
    }
}

/// Who brings out papers of a kind, and whoever else may.
fn house(kind: Kind) -> Fact {
    if matches!(kind, Kind::Thesis | Kind::Report) { Fact::Institution } else { Fact::Publisher }
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
            Fact::Edition if is_data && !paper.fact(Fact::Version).is_empty() => {
                "the version of programs and data stands there"
            }
            Fact::Container if kind != Kind::Conference => "only a conference has two titles",
            Fact::PageCount if !is_whole || !paper.fact(Fact::Pages).is_empty() => {
                "it stands where a part has its pages"
            }
            Fact::Chapter if kind != Kind::Chapter => "only a chapter has one",
            _ => return None,
        },
        Property::Kind => return None,
    })
}

fn ris(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let is_common = matches!(kind, Kind::Unknown | Kind::Article | Kind::Conference);
    match property {
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
        Property::Fact(Fact::EventPlace) => Some("there is one place"),
        Property::Fact(Fact::SeriesNumber) if !is_book => Some("only a book has one"),
        Property::Fact(Fact::Number) if is_book && !paper.fact(Fact::SeriesNumber).is_empty() => {
            Some("the number of a book is that in its series")
        }
        _ => tagged(property, paper, kind),
    }
}

fn nbib(property: Property, kind: Kind) -> Option<&'static str> {
    /// What neither journals nor the books of `PubMed`'s shelf have.
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
    Some(match property {
        Property::Categories => "there is no tag for subjects beside the keywords",
        Property::Kind if kind == Kind::Proceedings => {
            "the type of proceedings is that of papers in them"
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
    Some(match property {
        Property::Kind if kind == Kind::Proceedings => "proceedings are books",
        Property::Fact(Fact::Upvotes | Fact::File | Fact::Updated) => "there is no variable for it",
        Property::Fact(Fact::Number) if is_arxiv => "the number of a preprint is arXiv's",
        Property::Fact(Fact::Season | Fact::EndDate) if paper.year.is_none() => {
            "it stands beside the year"
        }
        _ => return None,
    })
}

fn hayagriva(property: Property, paper: &Paper<'_>, kind: Kind) -> Option<&'static str> {
    let fact = match property {
        Property::Kind => {
            return match kind {
                Kind::Dataset => Some("programs and data are repositories"),
                Kind::Magazine => Some("magazines are periodicals"),
                _ => None,
            };
        }
        Property::Categories => return Some("there is no field for it"),
        Property::Fact(fact) => fact,
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
        Fact::Accessed if main_link(paper).is_none() => Some("it stands beside an address"),
        Fact::Language if tag(paper.fact(fact)).is_none() => Some("a language is a tag"),
        Fact::VolumeCount | Fact::PageCount if !is_count(paper.fact(fact)) => {
            Some("only a whole number is taken")
        }
        _ => None,
    }
}

/// How many papers lose which property in a form. Displays as a sentence for a message: `RIS has no
/// field for: event (3 papers), main title (1 paper)`.
#[derive(Debug, Clone)]
pub struct Losses {
    form: Form,
    papers: BTreeMap<usize, usize>,
}

impl Losses {
    pub fn new(form: Form) -> Self {
        Self { form, papers: BTreeMap::new() }
    }

    pub fn add(&mut self, paper: &Paper<'_>) {
        for (at, property) in Property::all().enumerate() {
            if property.is_known(paper) && loss(self.form, property, paper).is_some() {
                *self.papers.entry(at).or_default() += 1;
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.papers.is_empty()
    }
}

impl fmt::Display for Losses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no field for: ", self.form.what(1))?;
        for (at, property) in Property::all().enumerate() {
            let Some(&papers) = self.papers.get(&at) else { continue };
            let comma = if self.papers.keys().next() == Some(&at) { "" } else { ", " };
            let papers_word = if papers == 1 { "paper" } else { "papers" };
            write!(f, "{comma}{} ({papers} {papers_word})", property.name())?;
        }
        Ok(())
    }
}
