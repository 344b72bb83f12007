//! Builds a segment from drafts: sanitises and folds them once, so that nothing later needs to.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::abstracts::{AbstractStore, AbstractsBuilder};
use super::letter_mask::LetterMask;
use super::segment::{CitationKeyColumn, NO_YEAR, RowFlags, Segment};
use super::stored_text::StoredText;
use super::text_column::{DictionaryBuilder, TextColumnBuilder};
use crate::domain::citation_key::{self, KeyPattern};
use crate::domain::paper::draft::{BorrowedDraft, Draft};
use crate::domain::paper::field::{BibField, encode_field};
use crate::domain::paper::pages::normalise_pages;
use crate::domain::paper::paper::Paper;
use crate::domain::paper::record::{AUTHOR_SEPARATOR, FIELD_END, VARIANT_START};
use crate::text::sanitise::tidy;
use crate::text::{
    fold_into, is_function_word, sanitise_lines, tex_to_unicode, umlaut_variants, words,
};

/// Collects drafts for a segment.
#[derive(Debug, Default)]
pub struct SegmentBuilder {
    text: TextColumnBuilder,
    folded: TextColumnBuilder,
    initials: TextColumnBuilder,
    abstracts: AbstractsBuilder,
    masks: Vec<LetterMask>,
    flags: Vec<RowFlags>,
    pattern: KeyPattern,
    key_hashes: Vec<u64>,
    years: Vec<i16>,
    categories: DictionaryBuilder,
    venues: DictionaryBuilder,
}

impl SegmentBuilder {
    /// The maximal number of papers in a segment. Row numbers and dictionary indices of 16 bits
    /// depend on it.
    pub const CAPACITY: usize = 1 << 14;

    /// Creates a builder for papers whose abstracts remain in a store.
    pub fn with_store(store: Arc<dyn AbstractStore>) -> Self {
        Self { abstracts: AbstractsBuilder::with_store(store), ..Self::default() }
    }

    /// Sets the pattern of generated citation keys.
    #[must_use]
    pub fn with_key_pattern(self, pattern: KeyPattern) -> Self {
        Self { pattern, ..self }
    }

    pub fn len(&self) -> usize {
        self.years.len()
    }

    pub fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// Adds a paper.
    ///
    /// # Panics
    ///
    /// Panics if the builder already has [`SegmentBuilder::CAPACITY`] papers.
    pub fn push(&mut self, draft: &Draft) {
        self.push_stored(draft, 0..0);
    }

    /// Copies the abstract flags of `row` to the paper pushed last, which uses that row's abstract.
    pub fn copy_abstract_flags(&mut self, segment: &Segment, row: u32) {
        if let Some(flags) = self.flags.last_mut() {
            *flags = flags.with_abstract_flags_of(segment.flags[row as usize]);
        }
    }

    /// Adds a paper, with the byte range from which a store reads its abstract. Ranges must be in
    /// order and span less than 4 GB.
    ///
    /// # Panics
    ///
    /// Panics like [`SegmentBuilder::push`], and if the ranges span more.
    pub fn push_stored<'a>(&mut self, draft: impl Into<BorrowedDraft<'a>>, range: Range<u64>) {
        self.push_with_titles(&draft.into(), &[], range);
    }

    /// Does the same as [`SegmentBuilder::push_stored`] for a paper that is also found by other
    /// titles.
    ///
    /// # Panics
    ///
    /// Panics if the builder already has [`SegmentBuilder::CAPACITY`] papers.
    pub fn push_with_titles(
        &mut self,
        draft: &BorrowedDraft<'_>,
        other_titles: &[String],
        range: Range<u64>,
    ) {
        assert!(self.len() < Self::CAPACITY, "a full builder must be sealed");
        let start = self.text.begin();
        let text = &mut self.text.text;
        text.push_str(&tidy(&draft.title));
        let title = start..text.len();
        text.push(FIELD_END);
        let authors = push_names(&draft.authors, text);
        for field in [&draft.arxiv, &draft.doi] {
            text.push(FIELD_END);
            text.push_str(&tidy(field));
        }
        text.push(FIELD_END);
        push_urls(draft.urls, text);
        text.push(FIELD_END);
        push_fields(&draft.fields, text);
        let (categories, venue) = (tidy(&draft.categories), tidy(&draft.venue));
        let paper = Paper {
            year: draft.year,
            categories: &categories,
            venue: &venue,
            kind: draft.kind,
            ..Paper::from_record(&text[start..])
        };
        self.key_hashes.push(citation_key::key_hash(&paper, &self.pattern));
        self.text.end();
        self.categories.push(&categories);
        self.venues.push(&venue);
        self.years.push(draft.year.unwrap_or(NO_YEAR));
        let flags = RowFlags::new(draft.kind, &draft.abstract_text);
        let has = |field: BibField| draft.fields.iter().any(|(it, _)| *it == field);
        self.flags.push(flags.with_lists(has(BibField::Keywords), has(BibField::Collections)));
        self.abstracts.push(&draft.abstract_text, range);
        self.fold(title, authors, other_titles);
    }

    pub fn seal(self) -> Arc<Segment> {
        Self::seal_all(&[self])
    }

    /// Seals the papers of several builders into one segment, without spare capacity.
    ///
    /// # Panics
    ///
    /// Panics if the builders together have more than [`SegmentBuilder::CAPACITY`] papers, or their
    /// byte ranges span more than 4 GB.
    pub fn seal_all(parts: &[Self]) -> Arc<Segment> {
        let papers = parts.iter().map(Self::len).sum::<usize>();
        assert!(papers <= Self::CAPACITY, "more papers than a segment holds");
        let parts = parts.iter();
        let (categories, category_of) =
            DictionaryBuilder::concat(parts.clone().map(|it| &it.categories));
        let (venues, venue_of) = DictionaryBuilder::concat(parts.clone().map(|it| &it.venues));
        Arc::new(Segment {
            text: StoredText::InMemory(TextColumnBuilder::concat(parts.clone().map(|it| &it.text))),
            folded: TextColumnBuilder::concat(parts.clone().map(|it| &it.folded)),
            initials: TextColumnBuilder::concat(parts.clone().map(|it| &it.initials)),
            abstracts: AbstractsBuilder::concat(parts.clone().map(|it| &it.abstracts)).into(),
            masks: concat(parts.clone().map(|it| &*it.masks)),
            flags: concat(parts.clone().map(|it| &*it.flags)),
            keys: CitationKeyColumn {
                pattern: parts.clone().next().map(|it| it.pattern.clone()).unwrap_or_default(),
                hashes: concat(parts.clone().map(|it| &*it.key_hashes)),
            },
            years: concat(parts.map(|it| &*it.years)),
            categories,
            category_ids: category_of,
            venues,
            venue_ids: venue_of,
        })
    }

    /// Removes all papers but retains the allocated capacity. New allocations for each segment
    /// would fragment the heap.
    pub fn clear(&mut self) {
        self.text.clear();
        self.folded.clear();
        self.initials.clear();
        self.abstracts.clear();
        self.masks.clear();
        self.flags.clear();
        self.key_hashes.clear();
        self.years.clear();
        self.categories.clear();
        self.venues.clear();
    }

    /// Moves the abstracts from memory to a store. `write_abstract` writes each of them and returns
    /// its byte range, as for [`SegmentBuilder::push_stored`].
    pub fn move_abstracts_to_store(
        &mut self,
        store: Arc<dyn AbstractStore>,
        write_abstract: &mut dyn FnMut(&str) -> Range<u64>,
    ) {
        self.abstracts.move_to_store(store, write_abstract);
    }

    /// Returns the byte range of the papers' records, if they are stored.
    pub fn byte_range(&self) -> Option<Range<u64>> {
        self.abstracts.byte_range()
    }

    /// The length of all text in memory, in bytes.
    pub fn text_bytes(&self) -> usize {
        self.text.text.len() + self.folded.text.len() + self.abstracts.text_bytes()
    }

    fn fold(&mut self, title: Range<usize>, authors: Range<usize>, other_titles: &[String]) {
        let text = |span| tex_to_unicode(&self.text.text[span]);
        let record = self.folded.begin();
        fold_field(&text(title), &mut self.folded.text);
        let initials = self.initials.begin();
        push_initials(&self.folded.text[record..], &mut self.initials.text);
        push_acronym(&self.folded.text[record..], initials, &mut self.initials.text);
        self.initials.end();
        for other in other_titles {
            self.folded.text.push(VARIANT_START);
            fold_field(&tex_to_unicode(&tidy(other)), &mut self.folded.text);
        }
        self.folded.text.push(FIELD_END);
        fold_field(&text(authors), &mut self.folded.text);
        self.masks.push(LetterMask::from_folded(&self.folded.text[record..]));
        self.folded.end();
    }
}

fn concat<'a, T: Copy + 'a>(parts: impl Iterator<Item = &'a [T]>) -> Box<[T]> {
    parts.collect::<Vec<_>>().concat().into()
}

/// Appends the authors' names and returns their byte range in `text`.
fn push_names(names: &[Cow<'_, str>], text: &mut String) -> Range<usize> {
    let start = text.len();
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            text.push_str(AUTHOR_SEPARATOR);
        }
        let name = tidy(name);
        if memchr::memchr(b';', name.as_bytes()).is_some() {
            text.push_str(&name.replace(';', ","));
        } else {
            text.push_str(&name);
        }
    }
    start..text.len()
}

fn push_urls(urls: &[String], text: &mut String) {
    for (at, url) in urls.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(&tidy(url).replace(' ', "%20"));
    }
}

/// Appends optional fields in stored form. A raw record preserves its line breaks.
fn push_fields(fields: &[(BibField, Cow<'_, str>)], text: &mut String) {
    for (field, value) in fields {
        let value = if *field == BibField::Raw { sanitise_lines(value) } else { tidy(value) };
        let value = if *field == BibField::Pages { normalise_pages(&value) } else { value };
        encode_field(*field, &value, text);
    }
}

fn fold_field(text: &str, folded: &mut String) {
    fold_into(text, folded);
    for (variant, _) in umlaut_variants(text) {
        folded.push(VARIANT_START);
        folded.push_str(&variant);
    }
}

/// The number of title bytes from which initials are collected in one buffer.
const INITIALS_CHUNK: usize = 128;

/// Returns the title without variant spellings.
fn own_title(folded_title: &str) -> &str {
    let end = memchr::memchr(VARIANT_START as u8, folded_title.as_bytes());
    &folded_title[..end.unwrap_or(folded_title.len())]
}

/// Appends the first character of each word of the title, function words left out, behind a
/// [`VARIANT_START`]. Appends nothing if no word is left out, or no two remain. The text has the
/// initials of all words from `initials` on.
fn push_acronym(folded_title: &str, initials: usize, text: &mut String) {
    let start = text.len();
    text.push(VARIANT_START);
    let content_words = words(own_title(folded_title)).filter(|it| !is_function_word(it));
    text.extend(content_words.filter_map(|word| word.chars().next()));
    let acronym = &text[start + VARIANT_START.len_utf8()..];
    if acronym.len() == start - initials || acronym.chars().nth(1).is_none() {
        text.truncate(start);
    }
}

/// Appends the first character of each word of the title.
fn push_initials(folded_title: &str, initials: &mut String) {
    let title = own_title(folded_title);
    if !title.is_ascii() {
        return initials.extend(words(title).filter_map(|word| word.chars().next()));
    }
    // Branch-free: word starts are unpredictable, so a branch here mispredicts.
    let mut is_inside = false;
    for chunk in title.as_bytes().chunks(INITIALS_CHUNK) {
        let (mut chunk_initials, mut count) = ([0; INITIALS_CHUNK], 0);
        for &byte in chunk {
            let is_word = byte.is_ascii_alphanumeric();
            chunk_initials[count % INITIALS_CHUNK] = byte;
            count += usize::from(is_word && !is_inside);
            is_inside = is_word;
        }
        initials.push_str(str::from_utf8(&chunk_initials[..count]).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::corpus::Corpus;
    use crate::domain::paper::field::PaperKind;
    use crate::domain::paper::paper::PaperId;

    fn corpus(drafts: &[Draft]) -> Corpus {
        let mut builder = SegmentBuilder::default();
        for draft in drafts {
            builder.push(draft);
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
            kind: PaperKind::Conference,
            fields: vec![
                (BibField::Pages, "1--2".into()),
                (BibField::Raw, "@x{a,\n}\u{1b}[31m".into()),
            ],
        };
        let corpus = corpus(&[Draft::default(), draft]);
        let paper = corpus.get(PaperId(1)).unwrap();
        assert_eq!(paper.title, "Attention Is All You Need");
        assert_eq!(paper.authors().collect::<Vec<_>>(), ["Ashish Vaswani", "Noam Shazeer"]);
        assert_eq!((paper.year, paper.category()), (Some(2017), "cs.CL"));
        assert_eq!((paper.venue, paper.arxiv, paper.doi), ("NeurIPS 2017", "1706.03762", ""));
        assert_eq!(paper.urls().collect::<Vec<_>>(), ["https://example.org/a"]);
        assert_eq!((paper.kind, paper.field(BibField::Pages)), (PaperKind::Conference, "1–2"));
        assert_eq!((paper.field(BibField::Raw), paper.field(BibField::Key)), ("@x{a,\n}", ""));
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
        assert_eq!(segment.folded().row_at(segment.folded_authors_start(row)), 1);
        assert_eq!(segment.initials().record(row), "udq");
    }

    #[test]
    fn initials_are_kept_with_and_without_those_of_function_words() {
        for (title, initials) in [
            ("Learning from Human Feedback", "lfhf\u{1e}lhf"),
            ("Deep Learning", "dl"),
            ("On the Cover", "otc"),
            ("Attention Is All You Need", "aiayn"),
            ("Über das Gehirn: a Füllhorn of Fälle", "udgafof\u{1e}udgff"),
            ("A the of", "ato"),
            ("", ""),
        ] {
            let corpus = corpus(&[Draft { title: title.into(), ..Draft::default() }]);
            let (segment, row) = corpus.locate(PaperId(0)).unwrap();
            assert_eq!(segment.initials().record(row), initials, "{title}");
        }
    }

    #[test]
    fn blanks_and_line_breaks_become_one_space() {
        assert_eq!(tidy(" a\n  b\u{a0}c "), "a b c");
    }
}
