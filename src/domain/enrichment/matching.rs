//! Finds the records of one paper among those that came from services.

use std::collections::HashMap;

use crate::domain::identifier::is_preprint_server;
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::PaperKind;
use crate::domain::paper::identity::{IdentityKeys, alphanumeric};
use crate::domain::paper::name::{ET_AL, PersonName};
use crate::text::{fold, tex_to_unicode, words};

/// Records by their identifiers, and by title and first author.
#[derive(Debug, Default)]
pub struct RecordIndex {
    drafts: Vec<Draft>,
    by_key: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
}

/// Maximum number of records of one paper that are compared.
const MAX_RECORDS: usize = 20;
/// The number of title words and of authors that are compared. Bounds the time for hostile records.
const MAX_TITLE_WORDS: usize = 40;
const MAX_AUTHORS: usize = 100;
/// A shorter title says too little without an identifier.
const MIN_TITLE_LETTERS: usize = 15;

impl RecordIndex {
    pub fn push(&mut self, draft: Draft) {
        let place = self.drafts.len();
        for key in IdentityKeys::from(&draft).strong {
            self.by_key.entry(key).or_default().push(place);
        }
        self.by_title.entry(title_key(&draft)).or_default().push(place);
        self.drafts.push(draft);
    }

    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// Returns the records of the same paper in the order in which they came. A shared identifier
    /// suffices unless title and authors have nothing in common; without one, the titles must be
    /// equal and an author shared.
    pub fn find(&self, draft: &Draft) -> Vec<&Draft> {
        let mut places: Vec<usize> = Vec::new();
        for key in IdentityKeys::from(draft).strong {
            let same = self.by_key.get(&key).into_iter().flatten().copied();
            places.extend(same.filter(|it| is_plausible(draft, &self.drafts[*it])));
        }
        if title_key(draft).len() >= MIN_TITLE_LETTERS {
            let same = self.by_title.get(&title_key(draft)).into_iter().flatten().copied();
            places.extend(same.filter(|it| is_same_by_title(draft, &self.drafts[*it])));
        }
        places.sort_unstable();
        places.dedup();
        places.into_iter().take(MAX_RECORDS).map(|it| &self.drafts[it]).collect()
    }
}

fn title_key(draft: &Draft) -> String {
    alphanumeric(&tex_to_unicode(&draft.title))
}

/// Returns true if two records with the same identifier may be of the same paper: identifiers are
/// mistyped now and then.
fn is_plausible(a: &Draft, b: &Draft) -> bool {
    let [one, other] = [a, b].map(title_words);
    one.is_empty() || one.iter().any(|it| other.contains(it)) || share_author(a, b)
}

fn is_same_by_title(a: &Draft, b: &Draft) -> bool {
    let is_other = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && !a.eq_ignore_ascii_case(b);
    // A preprint and the published paper may each have a DOI.
    let has_other_doi = is_other(&a.doi, &b.doi) && !is_preprint(a) && !is_preprint(b);
    !is_other(&a.arxiv, &b.arxiv)
        && !has_other_doi
        && (a.authors.is_empty() || b.authors.is_empty() || share_author(a, b))
        && are_years_near(a.year, b.year)
}

/// A paper is published within a few years after its preprint.
fn are_years_near(a: Option<i16>, b: Option<i16>) -> bool {
    const MAX_YEARS: u16 = 5;
    a.zip(b).is_none_or(|(a, b)| a.abs_diff(b) <= MAX_YEARS)
}

/// Returns true for a preprint, also one that a program has exported as something else.
pub fn is_preprint(draft: &Draft) -> bool {
    draft.kind == PaperKind::Preprint
        || is_preprint_server(&draft.venue)
        || draft.venue.is_empty() && !draft.arxiv.is_empty()
}

fn title_words(draft: &Draft) -> Vec<String> {
    const MIN_WORD_LEN: usize = 4;
    let title = fold(&tex_to_unicode(&draft.title));
    let long = words(&title).filter(|it| it.len() >= MIN_WORD_LEN);
    long.take(MAX_TITLE_WORDS).map(str::to_owned).collect()
}

fn share_author(a: &Draft, b: &Draft) -> bool {
    let [one, other] = [a, b].map(family_names);
    one.iter().any(|it| other.contains(it))
}

/// The folded family names of a record.
pub fn family_names(draft: &Draft) -> Vec<String> {
    let names = draft.authors.iter().filter(|it| *it != ET_AL).take(MAX_AUTHORS);
    names.map(|it| alphanumeric(&PersonName::family_name(&tex_to_unicode(it)))).collect()
}
