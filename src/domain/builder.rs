//! Drafts into a segment: sanitised once, on the way in, and folded for matching.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::abstracts::{AbstractStore, Incoming};
use super::segment::{
    AUTHOR_SEPARATOR, FACT_END, FACT_NAME_END, Given, NO_YEAR, Records, Row, Segment,
};
use super::{Draft, FIELD_END, Fact, Kind, Mask, VARIANT, mentions_code};
use crate::text::{fold_into, readable, sanitise, sanitise_lines, variants};

/// Collects drafts until there are enough of them to seal.
#[derive(Debug, Default)]
pub struct SegmentBuilder {
    text: String,
    rows: Vec<Row>,
    folded: Records,
    folded_authors: Vec<u32>,
    initials: Records,
    abstracts: Incoming,
    given: Vec<u8>,
    masks: Vec<Mask>,
    kinds: Vec<Kind>,
    key_hashes: Vec<u64>,
    categories: Names,
    venues: Names,
}

/// Distinct names, numbered in order of appearance.
#[derive(Debug, Default)]
struct Names {
    numbers: HashMap<Box<str>, u16>,
    names: Vec<Box<str>>,
}

impl SegmentBuilder {
    /// As many papers as a segment is meant to hold. Row and name numbers are narrow because of it.
    pub const CAPACITY: usize = 1 << 14;

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Collects papers whose abstracts stay where they are.
    pub fn stored(store: Arc<dyn AbstractStore>) -> Self {
        Self { abstracts: Incoming::stored(store), ..Self::default() }
    }

    /// Adds a paper. `key_hash` is the hash of its citation key without rivals.
    ///
    /// # Panics
    ///
    /// When the builder already holds [`SegmentBuilder::CAPACITY`] papers.
    pub fn push(&mut self, draft: &Draft, key_hash: u64) {
        self.push_at(draft, key_hash, 0..0);
    }

    /// Says of the last paper what is known of an abstract that it takes from elsewhere.
    pub(super) fn give(&mut self, segment: &Segment, row: u32) {
        if let Some(given) = self.given.last_mut() {
            *given = segment.given[row as usize];
        }
    }

    /// Adds a paper, with the place from where a store reads its abstract again. Places are in
    /// order and span less than 4 GB.
    ///
    /// # Panics
    ///
    /// As [`SegmentBuilder::push`], and where the places span more.
    pub fn push_at(&mut self, draft: &Draft, key_hash: u64, place: Range<u64>) {
        self.push_titled(draft, &[], key_hash, place);
    }

    /// As [`SegmentBuilder::push_at`], a paper that is found by other titles as well.
    pub(super) fn push_titled(
        &mut self,
        draft: &Draft,
        other_titles: &[String],
        key_hash: u64,
        place: Range<u64>,
    ) {
        assert!(self.rows.len() < Self::CAPACITY, "a full builder must be sealed");
        let start = self.text.len() as u32;
        let title = self.add(&tidy(&draft.title));
        let names: Vec<String> =
            draft.authors.iter().map(|name| tidy(name).replace(';', ",")).collect();
        let authors = self.add(&names.join(AUTHOR_SEPARATOR));
        let arxiv = self.add(&tidy(&draft.arxiv));
        let doi = self.add(&tidy(&draft.doi));
        let urls: Vec<String> =
            draft.urls.iter().map(|url| tidy(url).replace(' ', "%20")).collect();
        let urls = self.add(&urls.join(" "));
        let facts = self.add(&stored(&draft.facts));
        self.rows.push(Row {
            start,
            title,
            authors,
            arxiv,
            doi,
            urls,
            facts,
            categories: self.categories.number(&tidy(&draft.categories)),
            venue: self.venues.number(&tidy(&draft.venue)),
            year: draft.year.unwrap_or(NO_YEAR),
        });
        self.kinds.push(draft.kind);
        self.key_hashes.push(key_hash);
        self.given.push(given(&draft.abstract_text));
        self.abstracts.push(&draft.abstract_text, place);
        self.fold(start..title, title..authors, other_titles);
    }

    pub fn seal(self) -> Arc<Segment> {
        Arc::new(Segment {
            text: self.text.into(),
            rows: self.rows.into(),
            folded: self.folded.seal(),
            folded_authors: self.folded_authors.into(),
            initials: self.initials.seal(),
            abstracts: self.abstracts.seal(),
            given: self.given.into(),
            masks: self.masks.into(),
            kinds: self.kinds.into(),
            key_hashes: self.key_hashes.into(),
            categories: self.categories.names.into(),
            venues: self.venues.names.into(),
        })
    }

    /// Appends a field to the text and returns where it ends.
    fn add(&mut self, field: &str) -> u32 {
        self.text.push_str(field);
        self.text.len() as u32
    }

    fn fold(&mut self, title: Range<u32>, authors: Range<u32>, other_titles: &[String]) {
        let text = |span: Range<u32>| readable(&self.text[span.start as usize..span.end as usize]);
        let record = self.folded.begin();
        fold_field(&text(title), &mut self.folded.text);
        self.initials.begin();
        push_initials(&self.folded.text[record..], &mut self.initials.text);
        self.initials.end();
        for other in other_titles {
            self.folded.text.push(VARIANT);
            fold_field(&readable(&tidy(other)), &mut self.folded.text);
        }
        self.folded.text.push(FIELD_END);
        self.folded_authors.push(self.folded.text.len() as u32);
        fold_field(&text(authors), &mut self.folded.text);
        self.masks.push(Mask::of(&self.folded.text[record..]));
        self.folded.end();
    }
}

impl Names {
    fn number(&mut self, name: &str) -> u16 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.names.len() as u16;
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        number
    }
}

/// Sanitises, and makes every run of blanks one space.
pub fn tidy(field: &str) -> Cow<'_, str> {
    let clean = sanitise(field);
    let is_tidy = !clean.starts_with(' ') && !clean.ends_with(' ') && !clean.contains("  ");
    if is_tidy && !clean.contains(|c: char| c.is_whitespace() && c != ' ') {
        return clean;
    }
    Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Facts as a segment stores them. A raw record keeps its lines.
fn stored(facts: &[(Fact, String)]) -> String {
    let mut stored = String::new();
    for (fact, value) in facts {
        let value = if *fact == Fact::Raw { sanitise_lines(value) } else { tidy(value) };
        stored.push(fact.letter());
        stored.push(FACT_NAME_END);
        stored.push_str(&value);
        stored.push(FACT_END);
    }
    stored
}

fn given(abstract_text: &str) -> u8 {
    let mut given = 0;
    if !abstract_text.trim().is_empty() {
        given |= Given::Abstract as u8;
    }
    if mentions_code(abstract_text) {
        given |= Given::Code as u8;
    }
    given
}

fn fold_field(text: &str, folded: &mut String) {
    fold_into(text, folded);
    for (variant, _) in variants(text) {
        folded.push(VARIANT);
        folded.push_str(&variant);
    }
}

/// The first character of each word, other spellings left out.
fn push_initials(folded_title: &str, initials: &mut String) {
    let title = folded_title.split(VARIANT).next().unwrap_or_default();
    initials
        .extend(title.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Corpus, PaperId};

    fn corpus(drafts: &[Draft]) -> Corpus {
        let mut builder = SegmentBuilder::default();
        for draft in drafts {
            builder.push(draft, 0);
        }
        let mut corpus = Corpus::default();
        corpus.push(builder.seal());
        corpus
    }

    #[test]
    fn a_paper_comes_out_as_it_went_in() {
        let draft = Draft {
            title: "Attention Is All You Need".into(),
            authors: vec!["Ashish Vaswani".into(), "Noam Shazeer".into()],
            abstract_text: "The dominant models.".into(),
            year: Some(2017),
            categories: "cs.CL cs.LG".into(),
            venue: "NeurIPS 2017".into(),
            arxiv: "1706.03762".into(),
            doi: String::new(),
            urls: vec!["https://example.org/a".into()],
            kind: Kind::Conference,
            facts: vec![(Fact::Pages, "1--2".into()), (Fact::Raw, "@x{a,\n}\u{1b}[31m".into())],
        };
        let corpus = corpus(&[Draft::default(), draft]);
        let paper = corpus.get(PaperId(1)).unwrap();
        assert_eq!(paper.title, "Attention Is All You Need");
        assert_eq!(paper.authors().collect::<Vec<_>>(), ["Ashish Vaswani", "Noam Shazeer"]);
        assert_eq!((paper.year, paper.category()), (Some(2017), "cs.CL"));
        assert_eq!((paper.venue, paper.arxiv, paper.doi), ("NeurIPS 2017", "1706.03762", ""));
        assert_eq!(paper.urls().collect::<Vec<_>>(), ["https://example.org/a"]);
        assert_eq!((paper.kind, paper.fact(Fact::Pages)), (Kind::Conference, "1--2"));
        assert_eq!((paper.fact(Fact::Raw), paper.fact(Fact::Key)), ("@x{a,\n}", ""));
        assert_eq!(corpus.abstract_text(PaperId(1)), Ok("The dominant models.".into()));
        assert_eq!(corpus.get(PaperId(2)), None);
    }

    #[test]
    fn a_folded_record_holds_title_authors_and_other_spellings() {
        let draft = Draft {
            title: "Über die Quantenmechanik".into(),
            authors: vec!["K. Müller".into()],
            ..Draft::default()
        };
        let corpus = corpus(&[Draft::default(), draft]);
        let (segment, row) = corpus.locate(PaperId(1)).unwrap();
        let record = segment.folded().record(row);
        assert_eq!(record, "uber die quantenmechanik\u{1e}ueber\u{1f}k. muller\u{1e}mueller");
        assert_eq!(segment.folded().row_at(segment.folded_authors(row)), 1);
        assert_eq!(segment.initials().record(row), "udq");
    }

    #[test]
    fn blanks_and_line_breaks_become_one_space() {
        assert_eq!(tidy(" a\n  b\u{a0}c "), "a b c");
    }
}
