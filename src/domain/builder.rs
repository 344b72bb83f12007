//! Drafts into a segment: sanitised once, on the way in, and folded for matching.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::segment::{AUTHOR_SEPARATOR, Block, FACT_END, FACT_NAME_END, NO_YEAR, Row, Segment};
use super::{Draft, FIELD_END, Fact, Kind, Mask, RECORD_END, VARIANT};
use crate::text::{fold_into, readable, sanitise, sanitise_lines, variants};

/// Collects drafts until there are enough of them to seal.
#[derive(Debug, Default)]
pub struct SegmentBuilder {
    text: String,
    rows: Vec<Row>,
    folded: Records,
    folded_authors: Vec<u32>,
    initials: Records,
    folded_abstracts: Records,
    masks: Vec<Mask>,
    kinds: Vec<Kind>,
    key_hashes: Vec<u64>,
    categories: Names,
    venues: Names,
}

#[derive(Debug, Default)]
struct Records {
    text: String,
    starts: Vec<u32>,
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

    /// Adds a paper. `key_hash` is the hash of its citation key without rivals.
    ///
    /// # Panics
    ///
    /// When the builder already holds [`SegmentBuilder::CAPACITY`] papers.
    pub fn push(&mut self, draft: &Draft, key_hash: u64) {
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
        let abstract_text = self.add(&paragraphs(&draft.abstract_text));
        self.rows.push(Row {
            start,
            title,
            authors,
            arxiv,
            doi,
            urls,
            facts,
            abstract_text,
            categories: self.categories.number(&tidy(&draft.categories)),
            venue: self.venues.number(&tidy(&draft.venue)),
            year: draft.year.unwrap_or(NO_YEAR),
        });
        self.kinds.push(draft.kind);
        self.key_hashes.push(key_hash);
        self.fold(start..title, title..authors, facts..abstract_text);
    }

    pub fn seal(self) -> Arc<Segment> {
        Arc::new(Segment {
            text: self.text.into(),
            rows: self.rows.into(),
            folded: self.folded.seal(),
            folded_authors: self.folded_authors.into(),
            initials: self.initials.seal(),
            folded_abstracts: self.folded_abstracts.seal(),
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

    fn fold(
        &mut self,
        title: std::ops::Range<u32>,
        authors: std::ops::Range<u32>,
        abstract_text: std::ops::Range<u32>,
    ) {
        let text = |span: std::ops::Range<u32>| {
            readable(&self.text[span.start as usize..span.end as usize])
        };
        let record = self.folded.begin();
        fold_field(&text(title), &mut self.folded.text);
        push_initials(&self.folded.text[record..], self.initials.begin_text());
        self.initials.end();
        self.folded.text.push(FIELD_END);
        self.folded_authors.push(self.folded.text.len() as u32);
        fold_field(&text(authors), &mut self.folded.text);
        self.masks.push(Mask::of(&self.folded.text[record..]));
        self.folded.end();
        self.folded_abstracts.begin();
        fold_into(&text(abstract_text), &mut self.folded_abstracts.text);
        self.folded_abstracts.end();
    }
}

impl Records {
    /// Begins a record and returns where.
    fn begin(&mut self) -> usize {
        self.starts.push(self.text.len() as u32);
        self.text.len()
    }

    fn begin_text(&mut self) -> &mut String {
        self.begin();
        &mut self.text
    }

    fn end(&mut self) {
        self.text.push(RECORD_END);
    }

    fn seal(mut self) -> Block {
        self.starts.push(self.text.len() as u32);
        Block { text: self.text.into(), starts: self.starts.into() }
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

/// Tidies an abstract; a blank line between its paragraphs stays.
fn paragraphs(text: &str) -> String {
    let lines = sanitise_lines(text);
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines.lines() {
        match (line.trim().is_empty(), paragraphs.last_mut()) {
            (false, Some(paragraph)) => paragraph.push(line),
            _ => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
        .iter()
        .map(|lines| tidy(&lines.join(" ")).into_owned())
        .collect::<Vec<_>>()
        .join("\n\n")
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
        assert_eq!(corpus.abstract_text(PaperId(1)), Some("The dominant models."));
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
    fn an_abstract_keeps_its_paragraphs_and_no_other_line_breaks() {
        assert_eq!(paragraphs("  a\n b \n\n \nc\u{1b}[31m d\n"), "a b\n\nc d");
    }

    #[test]
    fn blanks_and_line_breaks_become_one_space() {
        assert_eq!(tidy(" a\n  b\u{a0}c "), "a b c");
    }
}
