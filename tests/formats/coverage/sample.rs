//! Sample papers with nearly every field.

use offprint::cite::Property;
use offprint::domain::{BibField, Draft, PaperKind, PersonName, normalise_pages};
use offprint::text::tex_to_unicode;

const TEXTS: [(BibField, &str); 44] = [
    (BibField::Key, "moss2021slopes"),
    (BibField::Date, "2021-05-03"),
    (BibField::Volume, "17"),
    (BibField::Number, "4"),
    (BibField::Pages, "101–119"),
    (BibField::Publisher, "Alder Press"),
    (BibField::Place, "Bergen"),
    (BibField::Series, "Slopes and Paths"),
    (BibField::Edition, "2"),
    (BibField::Editors, "Fen, Iris; Oak, Tom"),
    (BibField::Institution, "University of Voss"),
    (BibField::Container, "Proceedings of the Meeting on Slopes"),
    (BibField::Issn, "1234-5679"),
    (BibField::Isbn, "978-1-2345-6789-7"),
    (BibField::Pmid, "31234567"),
    (BibField::Pmcid, "PMC7123456"),
    (BibField::Keywords, "slopes; snow"),
    (BibField::Note, "In Norwegian and Sami"),
    (BibField::Comment, "12 pages, 3 figures"),
    (BibField::Language, "de"),
    (BibField::File, "/home/ida/slopes.pdf"),
    (BibField::Annotation, "Read again"),
    (BibField::ArticleNumber, "e417"),
    (BibField::Genre, "PhD thesis"),
    (BibField::Status, "in press"),
    (BibField::Accessed, "2022-01-09"),
    (BibField::Version, "3"),
    (BibField::Translators, "Ash, Bea"),
    (BibField::OriginalDate, "1987"),
    (BibField::EndDate, "2021-05-06"),
    (BibField::Event, "Meeting on Slopes 2021"),
    (BibField::EventPlace, "Oslo"),
    (BibField::Chapter, "6"),
    (BibField::MainTitle, "The Mountains of the North"),
    (BibField::ShortTitle, "Slopes"),
    (BibField::SeriesNumber, "23"),
    (BibField::VolumeCount, "5"),
    (BibField::Updated, "2022-02-11"),
    (BibField::Upvotes, "12"),
    (BibField::Citations, "7"),
    (BibField::Listed, "2022-02-12"),
    (BibField::Origin, "arXiv cs.CL; Hugging Face"),
    (BibField::Announcement, "cross-listed"),
    (BibField::Collections, "Thesis; Snow"),
];

/// Two papers of the kind: one with all fields, and one with alternatives: a season for a day, a
/// page count for pages, a version for an edition, no full name of the venue.
pub(crate) fn papers(kind: PaperKind) -> [Draft; 2] {
    let mut full = Draft {
        title: "Snow on Slopes of the North".to_owned(),
        authors: vec!["Moss, Ada".to_owned(), "{Slope Office}".to_owned()],
        abstract_text: "Snow lies on slopes.".to_owned(),
        year: Some(2021),
        categories: "physics.geo-ph cs.CV".to_owned(),
        venue: "Slopes".to_owned(),
        arxiv: "2105.00417".to_owned(),
        doi: "10.1000/slopes.17".to_owned(),
        urls: vec!["https://example.org/slopes".to_owned()],
        kind,
        fields: TEXTS.map(|(fact, text)| (fact, text.to_owned())).to_vec(),
    };
    if kind == PaperKind::Proceedings {
        // Proceedings have editors only.
        full.authors.clear();
    }
    let gone = [BibField::Date, BibField::EndDate, BibField::Pages, BibField::Number];
    let gone = [&gone[..], &[BibField::Edition, BibField::Container, BibField::Publisher]].concat();
    let mut other = full.clone();
    other.fields.retain(|(fact, _)| !gone.contains(fact));
    other.add_field(BibField::Season, "spring");
    other.add_field(BibField::PageCount, "312");
    "physics.geo-ph".clone_into(&mut other.categories);
    [full, other]
}

/// The value of a property, normalised for comparison.
pub(crate) fn value(draft: &Draft, property: Property) -> String {
    let plain = |text: &str| tex_to_unicode(text).replace("--", "–");
    let people = |names: &mut dyn Iterator<Item = &str>| {
        let names = names.map(|it| format!("{:?}", PersonName::parse(&tex_to_unicode(it.trim()))));
        names.collect::<Vec<_>>().join("; ")
    };
    match property {
        Property::Title => plain(&draft.title),
        Property::Authors => people(&mut draft.authors.iter().map(String::as_str)),
        Property::Abstract => plain(&draft.abstract_text),
        Property::Year => draft.year.map(|it| it.to_string()).unwrap_or_default(),
        Property::Kind if draft.kind == PaperKind::Unknown => String::new(),
        Property::Kind => format!("{:?}", draft.kind),
        Property::Venue => plain(&draft.venue),
        Property::Doi => draft.doi.clone(),
        Property::Arxiv => draft.arxiv.clone(),
        Property::Links => draft.urls.join(" "),
        Property::Categories => draft.categories.clone(),
        Property::Field(BibField::Raw) => String::new(),
        Property::Field(fact @ (BibField::Editors | BibField::Translators)) => {
            let list = draft.field(fact);
            if list.is_empty() { String::new() } else { people(&mut list.split(';')) }
        }
        Property::Field(BibField::Pages) => {
            normalise_pages(&plain(draft.field(BibField::Pages))).into_owned()
        }
        Property::Field(fact) => plain(draft.field(fact)),
    }
}

/// Returns true if the paper read back has the value, possibly in a similar property: the full name
/// as venue, or publisher and institution exchanged.
pub(crate) fn is_kept(before: &Draft, after: &Draft, property: Property) -> bool {
    let likes = match property {
        Property::Field(BibField::Container) => [property, Property::Venue],
        Property::Field(BibField::Publisher) => [property, Property::Field(BibField::Institution)],
        Property::Field(BibField::Institution) => [property, Property::Field(BibField::Publisher)],
        _ => [property; 2],
    };
    likes.iter().any(|it| value(after, *it) == value(before, property))
}
