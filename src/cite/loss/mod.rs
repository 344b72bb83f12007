//! Properties of papers that an output format cannot hold, each with the reason.

pub mod bibtex;
pub mod count;
pub mod property;

use self::property::{BOOK_IN_SERIES, FULL_NAME, Property, has};
use super::language::language_tag;
use super::output_format::OutputFormat;
use super::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind, main_link};

const ONE_PUBLISHER: &str = "one field for publisher and institution";

/// Returns the reason why a format cannot hold a property of a paper. Returns `None` if it can, and
/// for formats of one line.
pub fn loss_reason(
    format: OutputFormat,
    property: Property,
    paper: &Paper<'_>,
) -> Option<&'static str> {
    if property == Property::Field(BibField::Raw) {
        // The raw entry is no loss: the fields hold the same data, and BibTeX output copies it.
        return None;
    }
    reason(format, property, paper, publication_kind(paper))
}

/// As [`loss_reason`], for a paper whose kind is already determined.
pub fn reason(
    format: OutputFormat,
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    let has_two_publishers = |field| {
        field == other_publisher_field(kind) && !paper.field(publisher_field(kind)).is_empty()
    };
    match (format, property) {
        (
            OutputFormat::Ris | OutputFormat::Nbib | OutputFormat::EndNote | OutputFormat::CslJson,
            Property::Field(field @ (BibField::Publisher | BibField::Institution)),
        ) => has_two_publishers(field).then_some(ONE_PUBLISHER),
        (OutputFormat::Ris, _) => ris_reason(property, paper, kind),
        (OutputFormat::EndNote, _) => endnote_reason(property, paper, kind),
        (OutputFormat::Nbib, _) => nbib_reason(property, paper, kind),
        (OutputFormat::CslJson, _) => csl_reason(property, paper, kind),
        (OutputFormat::Hayagriva, Property::Field(BibField::Publisher))
            if is_institutional(kind) =>
        {
            has_two_publishers(BibField::Publisher).then_some(ONE_PUBLISHER)
        }
        (OutputFormat::Hayagriva, _) => hayagriva_reason(property, paper, kind),
        (OutputFormat::Bibtex, _) if !paper.field(BibField::Raw).is_empty() => None,
        (OutputFormat::Bibtex, _) => bibtex::bibtex_reason(property, paper, kind),
        (OutputFormat::Biblatex, _) => bibtex::biblatex_reason(property, paper, kind),
        _ => None,
    }
}

/// Returns the field that names the publishing body of papers of the kind.
fn publisher_field(kind: PaperKind) -> BibField {
    if is_institutional(kind) { BibField::Institution } else { BibField::Publisher }
}

/// Returns true if papers of the kind are published by an institution.
fn is_institutional(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Thesis | PaperKind::Report)
}

/// Returns true if the paper has more URLs than its main link.
fn has_further_links(paper: &Paper<'_>) -> bool {
    let main = main_link(paper);
    paper.urls().any(|url| main.as_ref().is_none_or(|it| it.url != url))
}

fn other_publisher_field(kind: PaperKind) -> BibField {
    if publisher_field(kind) == BibField::Publisher {
        BibField::Institution
    } else {
        BibField::Publisher
    }
}

/// Returns the reason that applies to both RIS and the tagged format of `EndNote`, which share a
/// data model.
fn ris_endnote_reason(
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    let is_whole = is_book || kind == PaperKind::Thesis;
    let is_data = matches!(kind, PaperKind::Dataset | PaperKind::Software);
    Some(match property {
        Property::Categories => "no tag for subjects besides keywords",
        Property::Kind if kind == PaperKind::Proceedings && !paper.author_list.is_empty() => {
            "proceedings have the type of conference papers"
        }
        Property::Field(field) => match field {
            BibField::EndDate => "a date is a single day",
            BibField::MainTitle => "only the titles of a work and of its series",
            BibField::Event => "the field has the title of the proceedings",
            _ if field.is_of_listing() => "no tag",
            BibField::Status if paper.year.is_some() => "written only without a year",
            BibField::Season if paper.year.is_none() => "written only with a year",
            BibField::Version if !is_data => "only software and datasets have a version",
            BibField::Edition if is_data => "the field has the version of software and datasets",
            BibField::PageCount if !is_whole || !paper.field(BibField::Pages).is_empty() => {
                "the field has the pages"
            }
            BibField::Chapter if kind != PaperKind::Chapter => "only chapters have one",
            _ => return None,
        },
        _ => return None,
    })
}

fn ris_reason(property: Property, paper: &Paper<'_>, kind: PaperKind) -> Option<&'static str> {
    let is_common = matches!(kind, PaperKind::Unknown | PaperKind::Article | PaperKind::Conference);
    match property {
        Property::Venue if kind != PaperKind::Conference && has(paper, BibField::Container) => {
            Some(FULL_NAME)
        }
        Property::Venue | Property::Field(BibField::Container) if kind == PaperKind::Book => {
            Some(BOOK_IN_SERIES)
        }
        Property::Field(BibField::Genre) if is_common => Some("the tag is used for the DOI"),
        Property::Field(BibField::EventPlace) if kind != PaperKind::Conference => {
            Some("only conference papers have two places")
        }
        Property::Field(BibField::Updated) => Some("no tag"),
        _ => ris_endnote_reason(property, paper, kind),
    }
}

fn endnote_reason(property: Property, paper: &Paper<'_>, kind: PaperKind) -> Option<&'static str> {
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    match property {
        Property::Venue if is_book => Some(BOOK_IN_SERIES),
        Property::Field(BibField::Container) if kind != PaperKind::Conference => {
            Some("only conference papers have two venue titles")
        }
        Property::Field(BibField::EventPlace) => Some("only one place"),
        Property::Field(BibField::SeriesNumber) if !is_book => Some("only books have one"),
        Property::Field(BibField::Number)
            if is_book && !paper.field(BibField::SeriesNumber).is_empty() =>
        {
            Some("the number of a book is its number in the series")
        }
        _ => ris_endnote_reason(property, paper, kind),
    }
}

fn nbib_reason(property: Property, paper: &Paper<'_>, kind: PaperKind) -> Option<&'static str> {
    /// Fields without a tag in MEDLINE, neither for journals nor for books.
    const UNSUPPORTED: [BibField; 16] = [
        BibField::Key,
        BibField::File,
        BibField::Annotation,
        BibField::Version,
        BibField::Status,
        BibField::Accessed,
        BibField::Translators,
        BibField::OriginalDate,
        BibField::EndDate,
        BibField::Event,
        BibField::EventPlace,
        BibField::Chapter,
        BibField::MainTitle,
        BibField::ShortTitle,
        BibField::VolumeCount,
        BibField::PageCount,
    ];
    let is_chapter = matches!(kind, PaperKind::Chapter | PaperKind::Entry);
    Some(match property {
        Property::Categories => "no tag for subjects besides keywords",
        Property::Kind if kind == PaperKind::Proceedings => {
            "proceedings have the type of conference papers"
        }
        Property::Venue if !is_chapter && has(paper, BibField::Container) => FULL_NAME,
        Property::Field(BibField::Container) if is_chapter => "only one book title",
        Property::Field(BibField::ArticleNumber) if has(paper, BibField::Pages) => {
            "written only without pages"
        }
        Property::Field(BibField::SeriesNumber) => "a collection has only a title",
        Property::Field(BibField::Genre)
            if !matches!(kind, PaperKind::Thesis | PaperKind::Report) =>
        {
            "only the publication types of PubMed"
        }
        Property::Field(field) if field.is_of_listing() || UNSUPPORTED.contains(&field) => "no tag",
        _ => return None,
    })
}

fn csl_reason(property: Property, paper: &Paper<'_>, kind: PaperKind) -> Option<&'static str> {
    let is_arxiv = kind == PaperKind::Preprint && !paper.arxiv.is_empty();
    let is_book = matches!(kind, PaperKind::Book | PaperKind::Proceedings);
    let is_in_periodical = kind.is_part() && !matches!(kind, PaperKind::Chapter | PaperKind::Entry);
    Some(match property {
        Property::Kind if kind == PaperKind::Proceedings => "proceedings are written as books",
        Property::Links if has_further_links(paper) => "only one URL",
        Property::Venue if kind != PaperKind::Conference && has(paper, BibField::Container) => {
            FULL_NAME
        }
        Property::Venue if is_book && !has(paper, BibField::Series) => BOOK_IN_SERIES,
        Property::Field(BibField::ArticleNumber) if !kind.is_part() => {
            "only parts of a work have one"
        }
        Property::Field(BibField::MainTitle) if is_in_periodical => {
            "only for books and their parts"
        }
        Property::Field(BibField::File | BibField::Updated) => "no variable",
        Property::Field(field) if field.is_of_listing() => "no variable",
        Property::Field(BibField::Number) if is_arxiv => "the number of a preprint is its arXiv id",
        Property::Field(BibField::Season | BibField::EndDate) if paper.year.is_none() => {
            "written only with a year"
        }
        _ => return None,
    })
}

fn hayagriva_reason(
    property: Property,
    paper: &Paper<'_>,
    kind: PaperKind,
) -> Option<&'static str> {
    let is_alone = !kind.is_part() && kind != PaperKind::Preprint;
    let field = match property {
        Property::Kind => {
            return match kind {
                PaperKind::Dataset => Some("datasets are written as repositories"),
                PaperKind::Magazine => Some("magazines are written as periodicals"),
                _ => None,
            };
        }
        Property::Categories => return Some("no field"),
        Property::Links if has_further_links(paper) => return Some("only one URL"),
        Property::Venue if is_alone => return Some("only for parts of a work"),
        Property::Field(field) => field,
        _ => return None,
    };
    let is_count = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    match field {
        _ if field.is_of_listing() => Some("no field"),
        BibField::Keywords
        | BibField::Comment
        | BibField::File
        | BibField::Annotation
        | BibField::Status
        | BibField::Season
        | BibField::EndDate
        | BibField::Updated => Some("no field"),
        BibField::Container | BibField::ArticleNumber if !kind.is_part() => {
            Some("only for parts of a work")
        }
        BibField::MainTitle if kind == PaperKind::Preprint => {
            Some("only for books and their parts")
        }
        BibField::Accessed if main_link(paper).is_none() => Some("written only with a URL"),
        BibField::Language if language_tag(paper.field(field)).is_none() => {
            Some("only language tags are valid")
        }
        BibField::VolumeCount | BibField::PageCount if !is_count(paper.field(field)) => {
            Some("only integers are valid")
        }
        _ => None,
    }
}
