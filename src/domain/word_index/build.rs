//! Folded text into an index, a paper at a time.

use std::collections::HashMap;
use std::sync::Arc;

use super::bits::{BitWriter, push_number};
use super::block::{LONG, low_bits};
use super::{BLOCK, MOST_COUNTED, VERSION, WordIndex};
use crate::text::words;

/// Collects the words of a segment's papers.
#[derive(Debug, Default)]
pub struct WordIndexBuilder {
    numbers: HashMap<Box<str>, u32>,
    /// What is known of each word, by its number.
    words: Vec<Word>,
    postings: Vec<Posting>,
    rows: u32,
    unread: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Word {
    /// How many papers have it in their abstract.
    papers: u32,
    /// How often it occurs in titles and authors.
    elsewhere: u32,
    /// The last of its postings.
    last: u32,
}

/// A word in an abstract.
#[derive(Debug, Clone, Copy)]
struct Posting {
    word: u32,
    row: u32,
    count: u32,
}

impl WordIndexBuilder {
    /// Adds the paper of the next row: its title and authors, and its abstract, all folded.
    pub fn push(&mut self, title_and_authors: &str, abstract_text: &str) {
        for word in words(title_and_authors) {
            let number = self.number(word);
            self.words[number as usize].elsewhere += 1;
        }
        for word in words(abstract_text) {
            self.mention(word);
        }
        self.rows += 1;
    }

    /// Adds the paper of the next row, of which the abstract cannot be read.
    pub fn push_unread(&mut self, title_and_authors: &str) {
        self.push(title_and_authors, "");
        self.unread += 1;
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.into(), number);
        self.words.push(Word::default());
        number
    }

    fn mention(&mut self, word: &str) {
        let (number, row) = (self.number(word), self.rows);
        let word = &mut self.words[number as usize];
        match self.postings.get_mut(word.last as usize) {
            Some(last) if word.papers > 0 && last.row == row => last.count += 1,
            _ => {
                word.last = self.postings.len() as u32;
                word.papers += 1;
                self.postings.push(Posting { word: number, row, count: 1 });
            }
        }
    }

    /// The index, in memory.
    ///
    /// # Panics
    ///
    /// Where it would have over 4 GB.
    pub fn finish(self) -> WordIndex {
        let (rows, is_whole) = (self.rows, self.unread == 0);
        let bytes = Arc::new(self.bytes());
        let index = WordIndex::open(bytes, rows).expect("what was written can be read");
        WordIndex { is_whole, ..index }
    }

    fn bytes(self) -> Box<[u8]> {
        let mut sorted: Vec<(&str, u32)> =
            self.numbers.iter().map(|(word, &number)| (&**word, number)).collect();
        sorted.sort_unstable();
        let postings = self.sorted_postings(&sorted);
        let mut writer = Writer { rows: self.rows, ..Writer::default() };
        let mut from = 0;
        for block in sorted.chunks(BLOCK) {
            writer.begin_block(block[0].0);
            for &(text, number) in block {
                let word = self.words[number as usize];
                let to = from + word.papers as usize;
                writer.push(text, word, &postings[from..to]);
                from = to;
            }
            writer.end_block();
        }
        writer.finish()
    }

    /// The rows and counts of the words, word after word.
    fn sorted_postings(&self, sorted: &[(&str, u32)]) -> Vec<(u32, u32)> {
        let mut places = vec![0; self.words.len()];
        let mut end = 0;
        for &(_, number) in sorted {
            places[number as usize] = end;
            end += self.words[number as usize].papers as usize;
        }
        let mut postings = vec![(0, 0); end];
        for posting in &self.postings {
            let place = &mut places[posting.word as usize];
            postings[*place] = (posting.row, posting.count);
            *place += 1;
        }
        postings
    }
}

/// The parts of an index as they grow.
#[derive(Debug, Default)]
struct Writer {
    rows: u32,
    blocks: u32,
    heads: Vec<u8>,
    words: Vec<u8>,
    postings: Vec<u8>,
    /// The word before, where the block's words begin, and its postings.
    before: String,
    words_from: usize,
    lists: BitWriter,
}

impl Writer {
    fn begin_block(&mut self, first: &str) {
        push_number(&mut self.heads, first.len() as u32);
        self.heads.extend_from_slice(first.as_bytes());
        self.before.clear();
        self.before.push_str(first);
        self.words_from = self.words.len();
        self.blocks += 1;
    }

    fn push(&mut self, text: &str, word: Word, postings: &[(u32, u32)]) {
        let shared = text.bytes().zip(self.before.bytes()).take_while(|(a, b)| a == b).count();
        let rest = &text.as_bytes()[shared..];
        let lengths = [shared, rest.len()];
        let [high, low] = lengths.map(|it| it.min(LONG.into()) as u8);
        self.words.push(high << 4 | low);
        for beyond in lengths.into_iter().filter_map(|it| it.checked_sub(LONG.into())) {
            push_number(&mut self.words, beyond as u32);
        }
        self.words.extend_from_slice(rest);
        push_number(&mut self.words, word.papers << 1 | u32::from(word.elsewhere > 0));
        if word.elsewhere > 0 {
            push_number(&mut self.words, word.elsewhere);
        }
        self.before.clear();
        self.before.push_str(text);
        let low = low_bits(self.rows, word.papers);
        let mut next = 0;
        for &(row, count) in postings {
            let gap = row - next;
            self.lists.push_unary(gap >> low);
            self.lists.push(gap & ((1 << low) - 1), low);
            self.lists.push_unary(count.min(MOST_COUNTED) - 1);
            next = row + 1;
        }
    }

    fn end_block(&mut self) {
        let lists = std::mem::take(&mut self.lists).into_bytes();
        for part in [&self.words[self.words_from..], &lists] {
            push_number(&mut self.heads, part.len() as u32);
            self.heads.extend_from_slice(&crc32fast::hash(part).to_le_bytes());
        }
        self.postings.extend_from_slice(&lists);
    }

    fn finish(self) -> Box<[u8]> {
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
