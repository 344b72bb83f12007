//! Builds an index from folded text, one paper at a time.

use std::sync::Arc;

use super::bit_io::{BitWriter, push_varint};
use super::block::{LENGTH_ESCAPE, rice_parameter};
use super::inverted_index::InvertedIndex;
use super::layout::{FIELD_TERM_START, INDEX_VERSION, MAX_TERM_FREQUENCY, TERMS_PER_BLOCK};
use super::term_table::{SplitTerm, TermEntry, TermTable};
use crate::text::index_terms;

/// Collects the words of a segment's papers in memory.
#[derive(Debug, Default)]
pub struct IndexBuilder {
    terms: TermTable,
    /// The occurrences of each word in titles and authors, indexed by the word's number.
    title_author_counts: Vec<u32>,
    postings: Vec<PendingPosting>,
    rows: u16,
    unreadable_abstracts: u32,
    /// Scratch memory for a term of another field.
    field_term: String,
}

/// A word that an abstract has.
#[derive(Debug, Clone, Copy)]
struct PendingPosting {
    word: u32,
    posting: CompactPosting,
}

/// A row, and the word's frequency in its abstract, at most [`MAX_TERM_FREQUENCY`].
#[derive(Debug, Clone, Copy, Default)]
pub struct CompactPosting {
    row: u16,
    count: u8,
}

impl IndexBuilder {
    /// Adds a folded term of another field of the paper that the next push adds.
    pub fn push_field_term(&mut self, term: &str) {
        let mut field_term = std::mem::take(&mut self.field_term);
        field_term.clear();
        field_term.push(FIELD_TERM_START);
        field_term.push_str(term);
        self.add_posting(field_term.as_str().into());
        self.field_term = field_term;
    }

    /// Adds the paper of the next row. Both texts must be folded.
    ///
    /// # Panics
    ///
    /// Panics at the 65,536th row; a segment never has that many.
    pub fn push(&mut self, title_and_authors: &str, abstract_text: &str) {
        for word in index_terms(title_and_authors) {
            let number = self.terms.entry(word.into()).number as usize;
            if self.title_author_counts.len() <= number {
                self.title_author_counts.resize(number + 1, 0);
            }
            self.title_author_counts[number] += 1;
        }
        for word in index_terms(abstract_text) {
            self.add_posting(word.into());
        }
        self.rows = self.rows.checked_add(1).expect("a segment has fewer rows");
    }

    /// Adds the paper of the next row, whose abstract cannot be read. The index is then incomplete.
    pub fn push_without_abstract(&mut self, title_and_authors: &str) {
        self.push(title_and_authors, "");
        self.unreadable_abstracts += 1;
    }

    fn add_posting(&mut self, word: SplitTerm<'_>) {
        let (word, row) = (self.terms.entry(word), self.rows);
        if word.next_row == row + 1 {
            let count = &mut self.postings[word.last_posting as usize].posting.count;
            *count = (*count + 1).min(MAX_TERM_FREQUENCY as u8);
        } else {
            (word.last_posting, word.next_row) = (self.postings.len() as u32, row + 1);
            self.postings.push(PendingPosting {
                word: word.number,
                posting: CompactPosting { row, count: 1 },
            });
        }
    }

    /// Returns the index, in memory.
    ///
    /// # Panics
    ///
    /// Panics if the index exceeds 4 GB.
    pub fn finish(self) -> InvertedIndex {
        let is_whole = self.unreadable_abstracts == 0;
        InvertedIndex { is_complete: is_whole, ..self.write().into_index() }
    }

    fn write(self) -> IndexWriter {
        let sorted = self.terms.sorted();
        let (ends, postings) = self.sort_postings(&sorted);
        let mut writer = IndexWriter { rows: self.rows.into(), ..IndexWriter::default() };
        let (mut from, mut text) = (0, Vec::new());
        for block in sorted.chunks(TERMS_PER_BLOCK) {
            for (at, word) in block.iter().enumerate() {
                text.clear();
                self.terms.push_term(word, &mut text);
                if at == 0 {
                    writer.begin_block(&text);
                }
                let to = ends[word.number as usize] as usize;
                let title_author_count =
                    self.title_author_counts.get(word.number as usize).copied();
                writer.push(&text, title_author_count.unwrap_or_default(), &postings[from..to]);
                from = to;
            }
            writer.end_block();
        }
        writer
    }

    /// Returns the postings grouped by word, in the order of `sorted`, and the end of each word's
    /// group, indexed by the word's number. This is a counting sort.
    fn sort_postings(&self, sorted: &[TermEntry]) -> (Vec<u32>, Vec<CompactPosting>) {
        let mut ends = vec![0; self.terms.len()];
        for posting in &self.postings {
            ends[posting.word as usize] += 1;
        }
        let mut end = 0;
        for word in sorted {
            let count = std::mem::replace(&mut ends[word.number as usize], end);
            end += count;
        }
        let mut postings = vec![CompactPosting::default(); self.postings.len()];
        for posting in &self.postings {
            let end = &mut ends[posting.word as usize];
            postings[*end as usize] = posting.posting;
            *end += 1;
        }
        (ends, postings)
    }
}

/// Writes the parts of an index.
#[derive(Debug, Default)]
pub struct IndexWriter {
    rows: u32,
    blocks: u32,
    heads: Vec<u8>,
    words: Vec<u8>,
    postings: Vec<u8>,
    /// The previous word, the offset at which the block's words begin, and the block's posting
    /// lists.
    previous_term: Vec<u8>,
    block_start: usize,
    lists: BitWriter,
}

impl IndexWriter {
    /// Begins a block with its first term, which [`IndexWriter::push`] must add as well.
    pub fn begin_block(&mut self, first: &[u8]) {
        push_varint(&mut self.heads, first.len() as u32);
        self.heads.extend_from_slice(first);
        self.previous_term.clear();
        self.previous_term.extend_from_slice(first);
        self.block_start = self.words.len();
        self.blocks += 1;
    }

    /// Adds the next term, in ascending order. `title_author_count` is its frequency in titles and
    /// authors; `postings` has its postings in ascending order of rows.
    pub fn push(&mut self, text: &[u8], title_author_count: u32, postings: &[CompactPosting]) {
        let shared = text.iter().zip(&self.previous_term).take_while(|(a, b)| a == b).count();
        let rest = &text[shared..];
        let lengths = [shared, rest.len()];
        let [high, low] = lengths.map(|it| it.min(LENGTH_ESCAPE.into()) as u8);
        self.words.push(high << 4 | low);
        for excess in lengths.into_iter().filter_map(|it| it.checked_sub(LENGTH_ESCAPE.into())) {
            push_varint(&mut self.words, excess as u32);
        }
        self.words.extend_from_slice(rest);
        let papers = postings.len() as u32;
        push_varint(&mut self.words, papers << 1 | u32::from(title_author_count > 0));
        if title_author_count > 0 {
            push_varint(&mut self.words, title_author_count);
        }
        self.previous_term.clear();
        self.previous_term.extend_from_slice(text);
        let low = rice_parameter(self.rows, papers);
        let mut next = 0;
        for posting in postings {
            let row = u32::from(posting.row);
            let gap = row - next;
            self.lists.push_unary(gap >> low);
            self.lists.push(gap & ((1 << low) - 1), low);
            self.lists.push_unary(u32::from(posting.count) - 1);
            next = row + 1;
        }
    }

    pub fn end_block(&mut self) {
        let lists = std::mem::take(&mut self.lists).into_bytes();
        for part in [&self.words[self.block_start..], &lists] {
            push_varint(&mut self.heads, part.len() as u32);
            self.heads.extend_from_slice(&crc32fast::hash(part).to_le_bytes());
        }
        self.postings.extend_from_slice(&lists);
    }

    /// Returns the index, in memory.
    pub fn into_index(self) -> InvertedIndex {
        let rows = self.rows;
        InvertedIndex::open(Arc::new(self.into_bytes()), rows)
            .expect("what was written can be read")
    }

    fn into_bytes(self) -> Box<[u8]> {
        let mut bytes = Vec::new();
        let check = crc32fast::hash(&self.heads);
        for number in [INDEX_VERSION, self.rows, self.blocks, self.heads.len() as u32, check] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&self.heads);
        bytes.extend_from_slice(&self.words);
        bytes.extend_from_slice(&self.postings);
        bytes.into()
    }
}
