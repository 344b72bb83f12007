//! Folded text into an index, a paper at a time.

use std::sync::Arc;

use super::bit_io::{BitWriter, push_number};
use super::block::{LONG, low_bits};
use super::inverted_index::WordIndex;
use super::layout::{BLOCK, MOST_COUNTED, VERSION};
use super::term_table::{Spelling, Vocabulary, Word};
use crate::text::words;

/// Collects the words of a segment's papers.
#[derive(Debug, Default)]
pub struct WordIndexBuilder {
    vocabulary: Vocabulary,
    /// How often each word occurs in titles and authors, by its number.
    elsewhere: Vec<u32>,
    postings: Vec<Posting>,
    rows: u16,
    unread: u32,
}

/// A word in an abstract.
#[derive(Debug, Clone, Copy)]
struct Posting {
    word: u32,
    mention: Mentioned,
}

/// A row, and how often its abstract has the word, at most [`MOST_COUNTED`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Mentioned {
    row: u16,
    count: u8,
}

impl WordIndexBuilder {
    /// Adds the paper of the next row: its title and authors, and its abstract, all folded.
    ///
    /// # Panics
    ///
    /// Where there are 65,535 rows, which is more than a segment has.
    pub fn push(&mut self, title_and_authors: &str, abstract_text: &str) {
        for word in words(title_and_authors) {
            let number = self.vocabulary.word(word.into()).number as usize;
            if self.elsewhere.len() <= number {
                self.elsewhere.resize(number + 1, 0);
            }
            self.elsewhere[number] += 1;
        }
        for word in words(abstract_text) {
            self.mention(word.into());
        }
        self.rows = self.rows.checked_add(1).expect("a segment has fewer rows");
    }

    /// Adds the paper of the next row, of which the abstract cannot be read.
    pub fn push_unread(&mut self, title_and_authors: &str) {
        self.push(title_and_authors, "");
        self.unread += 1;
    }

    fn mention(&mut self, word: Spelling<'_>) {
        let (word, row) = (self.vocabulary.word(word), self.rows);
        if word.behind == row + 1 {
            let count = &mut self.postings[word.last as usize].mention.count;
            *count = (*count + 1).min(MOST_COUNTED as u8);
        } else {
            (word.last, word.behind) = (self.postings.len() as u32, row + 1);
            self.postings.push(Posting { word: word.number, mention: Mentioned { row, count: 1 } });
        }
    }

    /// The index, in memory.
    ///
    /// # Panics
    ///
    /// Where it would have over 4 GB.
    pub fn finish(self) -> WordIndex {
        let is_whole = self.unread == 0;
        WordIndex { is_whole, ..self.written().index() }
    }

    fn written(self) -> Writer {
        let sorted = self.vocabulary.sorted();
        let (ends, mentioned) = self.sorted_mentions(&sorted);
        let mut writer = Writer { rows: self.rows.into(), ..Writer::default() };
        let (mut from, mut text) = (0, Vec::new());
        for block in sorted.chunks(BLOCK) {
            for (at, word) in block.iter().enumerate() {
                text.clear();
                self.vocabulary.push_word(word, &mut text);
                if at == 0 {
                    writer.begin_block(&text);
                }
                let to = ends[word.number as usize] as usize;
                let elsewhere = self.elsewhere.get(word.number as usize).copied();
                writer.push(&text, elsewhere.unwrap_or_default(), &mentioned[from..to]);
                from = to;
            }
            writer.end_block();
        }
        writer
    }

    /// The rows and counts of the words, word after word, and where those of each number end.
    fn sorted_mentions(&self, sorted: &[Word]) -> (Vec<u32>, Vec<Mentioned>) {
        let mut places = vec![0; self.vocabulary.len()];
        for posting in &self.postings {
            places[posting.word as usize] += 1;
        }
        let mut end = 0;
        for word in sorted {
            let count = std::mem::replace(&mut places[word.number as usize], end);
            end += count;
        }
        let mut mentioned = vec![Mentioned::default(); self.postings.len()];
        for posting in &self.postings {
            let place = &mut places[posting.word as usize];
            mentioned[*place as usize] = posting.mention;
            *place += 1;
        }
        (places, mentioned)
    }
}

/// The parts of an index as they grow.
#[derive(Debug, Default)]
pub struct Writer {
    rows: u32,
    blocks: u32,
    heads: Vec<u8>,
    words: Vec<u8>,
    postings: Vec<u8>,
    /// The word before, where the block's words begin, and its postings.
    before: Vec<u8>,
    words_from: usize,
    lists: BitWriter,
}

impl Writer {
    pub fn begin_block(&mut self, first: &[u8]) {
        push_number(&mut self.heads, first.len() as u32);
        self.heads.extend_from_slice(first);
        self.before.clear();
        self.before.extend_from_slice(first);
        self.words_from = self.words.len();
        self.blocks += 1;
    }

    pub fn push(&mut self, text: &[u8], elsewhere: u32, mentioned: &[Mentioned]) {
        let shared = text.iter().zip(&self.before).take_while(|(a, b)| a == b).count();
        let rest = &text[shared..];
        let lengths = [shared, rest.len()];
        let [high, low] = lengths.map(|it| it.min(LONG.into()) as u8);
        self.words.push(high << 4 | low);
        for beyond in lengths.into_iter().filter_map(|it| it.checked_sub(LONG.into())) {
            push_number(&mut self.words, beyond as u32);
        }
        self.words.extend_from_slice(rest);
        let papers = mentioned.len() as u32;
        push_number(&mut self.words, papers << 1 | u32::from(elsewhere > 0));
        if elsewhere > 0 {
            push_number(&mut self.words, elsewhere);
        }
        self.before.clear();
        self.before.extend_from_slice(text);
        let low = low_bits(self.rows, papers);
        let mut next = 0;
        for it in mentioned {
            let row = u32::from(it.row);
            let gap = row - next;
            self.lists.push_unary(gap >> low);
            self.lists.push(gap & ((1 << low) - 1), low);
            self.lists.push_unary(u32::from(it.count) - 1);
            next = row + 1;
        }
    }

    pub fn end_block(&mut self) {
        let lists = std::mem::take(&mut self.lists).into_bytes();
        for part in [&self.words[self.words_from..], &lists] {
            push_number(&mut self.heads, part.len() as u32);
            self.heads.extend_from_slice(&crc32fast::hash(part).to_le_bytes());
        }
        self.postings.extend_from_slice(&lists);
    }

    /// The index, in memory.
    pub fn index(self) -> WordIndex {
        let rows = self.rows;
        WordIndex::open(Arc::new(self.bytes()), rows).expect("what was written can be read")
    }

    fn bytes(self) -> Box<[u8]> {
        let mut bytes = Vec::new();
        let check = crc32fast::hash(&self.heads);
        for number in [VERSION, self.rows, self.blocks, self.heads.len() as u32, check] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        bytes.extend_from_slice(&self.heads);
        bytes.extend_from_slice(&self.words);
        bytes.extend_from_slice(&self.postings);
        bytes.into()
    }
}
