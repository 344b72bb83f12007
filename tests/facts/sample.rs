//! Papers of which nearly every fact is known.

use offprint::cite::Property;
use offprint::domain::{Draft, Fact, Kind, Name, normalised_pages};
use offprint::text::readable;

const TEXTS: [(Fact, &str); 39] = [
    (Fact::Key, "moss2021slopes"),
    (Fact::Date, "2021-05-03"),
    (Fact::Volume, "17"),
    (Fact::Number, "4"),
    (Fact::Pages, "101–119"),
    (Fact::Publisher, "Alder Press"),
    (Fact::Place, "Bergen"),
    (Fact::Series, "Slopes and Paths"),
    (Fact::Edition, "2"),
    (Fact::Editors, "Fen, Iris; Oak, Tom"),
    (Fact::Institution, "University of Voss"),
    (Fact::Container, "Proceedings of the Meeting on Slopes"),
    (Fact::Issn, "1234-5679"),
    (Fact::Isbn, "978-1-2345-6789-7"),
    (Fact::Pmid, "31234567"),
    (Fact::Pmcid, "PMC7123456"),
    (Fact::Keywords, "slopes; snow"),
    (Fact::Note, "In Norwegian and Sami"),
    (Fact::Comment, "12 pages, 3 figures"),
    (Fact::Language, "de"),
    (Fact::Upvotes, "12"),
    (Fact::File, "/home/ida/slopes.pdf"),
    (Fact::Annotation, "Read again"),
    (Fact::ArticleNumber, "e417"),
    (Fact::Genre, "PhD thesis"),
    (Fact::Status, "in press"),
    (Fact::Accessed, "2022-01-09"),
    (Fact::Version, "3"),
    (Fact::Translators, "Ash, Bea"),
    (Fact::OriginalDate, "1987"),
    (Fact::EndDate, "2021-05-06"),
    (Fact::Event, "Meeting on Slopes 2021"),
    (Fact::EventPlace, "Oslo"),
    (Fact::Chapter, "6"),
    (Fact::MainTitle, "The Mountains of the North"),
    (Fact::ShortTitle, "Slopes"),
    (Fact::SeriesNumber, "23"),
    (Fact::VolumeCount, "5"),
    (Fact::Updated, "2022-02-11"),
];

/// A paper of the kind with all facts, and one with what takes the place of others: a season for a
/// day, a number of pages for pages, a version for an edition, no full name of the venue.
pub(crate) fn papers(kind: Kind) -> [Draft; 2] {
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
        facts: TEXTS.map(|(fact, text)| (fact, text.to_owned())).to_vec(),
    };
    if kind == Kind::Proceedings {
        // They have editors alone.
        full.authors.clear();
    }
    let gone = [Fact::Date, Fact::EndDate, Fact::Pages, Fact::Number];
    let gone = [&gone[..], &[Fact::Edition, Fact::Container, Fact::Publisher]].concat();
    let mut other = full.clone();
    other.facts.retain(|(fact, _)| !gone.contains(fact));
    other.add_fact(Fact::Season, "spring");
    other.add_fact(Fact::PageCount, "312");
    "physics.geo-ph".clone_into(&mut other.categories);
    [full, other]
}

/// Returns the value that a paper has for a property, in a form in which two papers can be
/// compared.
pub(crate) fn value(draft: &Draft, property: Property) -> String {
    let plain = |text: &str| readable(text).replace("--", "–");
    let people = |names: &mut dyn Iterator<Item = &str>| {
        let names = names.map(|it| format!("{:?}", Name::parse(&readable(it.trim()))));
        names.collect::<Vec<_>>().join("; ")
    };
    match property {
        Property::Title => plain(&draft.title),
        Property::Authors => people(&mut draft.authors.iter().map(String::as_str)),
        Property::Abstract => plain(&draft.abstract_text),
        Property::Year => draft.year.map(|it| it.to_string()).unwrap_or_default(),
        Property::Kind if draft.kind == Kind::Unknown => String::new(),
        Property::Kind => format!("{:?}", draft.kind),
        Property::Venue => plain(&draft.venue),
        Property::Doi => draft.doi.clone(),
        Property::Arxiv => draft.arxiv.clone(),
        Property::Links => draft.urls.join(" "),
        Property::Categories => draft.categories.clone(),
        Property::Fact(Fact::Raw) => String::new(),
        Property::Fact(fact @ (Fact::Editors | Fact::Translators)) => {
            let list = draft.fact(fact);
            if list.is_empty() { String::new() } else { people(&mut list.split(';')) }
        }
        Property::Fact(Fact::Pages) => {
            normalised_pages(&plain(draft.fact(Fact::Pages))).into_owned()
        }
        Property::Fact(fact) => plain(draft.fact(fact)),
    }
}

/// Returns true if a paper that was read back says the same, be it in the place of a like property:
/// a full name is the venue where there is no other, and publisher and institution are alike.
pub(crate) fn is_kept(before: &Draft, after: &Draft, property: Property) -> bool {
    let likes = match property {
        Property::Fact(Fact::Container) => [property, Property::Venue],
        Property::Fact(Fact::Publisher) => [property, Property::Fact(Fact::Institution)],
        Property::Fact(Fact::Institution) => [property, Property::Fact(Fact::Publisher)],
        _ => [property; 2],
    };
    likes.iter().any(|it| value(after, *it) == value(before, property))
}
