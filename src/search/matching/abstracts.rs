//! Where the words of a query stand in abstracts, as the word indexes of segments know it.
//!
//! How an abstract ranks depends on nothing else than what an index knows: whether it has the whole
//! word or one that begins so, and how often. What has blanks or punctuation in it is looked for in
//! the texts of those papers whose abstracts have all of its words.

use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::row_set::Rows;
use crate::domain::{Damaged, Extent, MOST_COUNTED, Mention, Segment, WordIndex, WordIndexBuilder};
use crate::search::cancel::Interrupted;
use crate::search::occurrence::{Fit, spots};
use crate::search::query::{Test, Word};
use crate::search::rank::tier::{Found, Match, Tier};
use crate::text::words;

/// What may be done to find out about abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only what an index knows is told.
    Indexed,
    /// Texts are read and indexes are built where it takes that.
    Read,
}

/// Why it is not known where a word stands in abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It takes more than is allowed.
    OutOfReach,
    Interrupted,
}

impl From<Interrupted> for Unknown {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

/// How the abstracts of a segment hold what a term asks for.
#[derive(Debug, Default)]
pub struct InAbstracts {
    /// What was typed, in any of its spellings.
    typed: Counts,
    /// What may have been meant.
    meant: Counts,
}

/// How the abstract of one row does.
#[derive(Debug, Clone, Copy, Default)]
pub struct InAbstract {
    pub typed: Option<Match>,
    pub meant: Option<Match>,
}

/// A byte a row, or nothing for none: how often a word occurs, with [`WHOLE`] added where it is
/// the whole word.
#[derive(Debug, Default)]
struct Counts(Vec<u8>);

const WHOLE: u8 = 0x80;
/// Rows read between two looks at the mailbox.
const STRIDE: u32 = 64;

impl InAbstracts {
    /// How the abstracts hold the term; those of other rows than these may be left out.
    pub fn of(
        test: &Test,
        corrections: &[Finder<'static>],
        rows: Option<&Rows>,
        place: Place<'_>,
    ) -> Result<Self, Unknown> {
        let typed: Vec<&Finder<'static>> = match test {
            Test::Word(word) if word.is_in_abstracts() => word.spellings().collect(),
            Test::Phrase(phrase) if phrase.is_in_abstracts() => phrase.spellings.iter().collect(),
            _ => return Ok(Self::default()),
        };
        let meant: Vec<&Finder<'static>> = corrections.iter().collect();
        Ok(Self { typed: place.best(&typed, rows)?, meant: place.best(&meant, rows)? })
    }

    pub fn in_row(&self, row: u32) -> InAbstract {
        InAbstract {
            typed: self.typed.of(row),
            meant: self.meant.of(row).map(|it| it.in_tier(Tier::Slip)),
        }
    }

    /// Adds the rows whose abstracts have it.
    pub fn add_to(&self, rows: &mut Rows) {
        for counts in [&self.typed, &self.meant] {
            let has = |(row, &count): (u32, &u8)| (count > 0).then_some(row);
            (0..).zip(&counts.0).filter_map(has).for_each(|row| rows.insert(row));
        }
    }
}

impl Counts {
    fn add(&mut self, rows: u32, mention: Mention) {
        if self.0.is_empty() {
            self.0.resize(rows as usize, 0);
        }
        let byte = &mut self.0[mention.row as usize];
        let count = (*byte & !WHOLE) + mention.count as u8;
        let whole = if mention.extent == Extent::Whole { WHOLE } else { *byte & WHOLE };
        *byte = whole | count.min(MOST_COUNTED as u8);
    }

    /// The better of both in each row.
    fn or(self, other: Self) -> Self {
        match (self.0.is_empty(), other.0.is_empty()) {
            (true, _) => other,
            (_, true) => self,
            _ => Self(self.0.iter().zip(&other.0).map(|(a, b)| *a.max(b)).collect()),
        }
    }

    /// What is mentioned often is what the paper is about.
    fn of(&self, row: u32) -> Option<Match> {
        const WHOLE_WORD: u32 = 300;
        const ONCE: u32 = 20;
        let count = self.0.get(row as usize).copied().filter(|&it| it > 0)?;
        let whole = if count & WHOLE == 0 { 0 } else { WHOLE_WORD };
        Some(Match::new(Tier::Abstract, Found::Abstract, whole + u32::from(count & !WHOLE) * ONCE))
    }
}

/// A segment, how far to go there, and whether someone has asked for something else.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub segment: &'a Segment,
    pub reach: Reach,
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
}

impl Place<'_> {
    /// How the abstracts hold the best of the needles; those of other rows than these may be left
    /// out.
    fn best(self, needles: &[&Finder<'static>], rows: Option<&Rows>) -> Result<Counts, Unknown> {
        let (mut best, mut unread) = (Counts::default(), Vec::new());
        for needle in needles {
            let text = text_of(needle);
            if words(text).next() == Some(text) {
                best = best.or(self.look_up(|index| {
                    let mut counts = Counts::default();
                    let mut add = |mention| counts.add(self.segment.len(), mention);
                    index.mentions(text, Extent::Beginning, &mut add)?;
                    Ok(counts)
                })?);
            } else {
                unread.push(*needle);
            }
        }
        if unread.is_empty() { Ok(best) } else { Ok(best.or(self.read(&unread, rows)?)) }
    }

    /// Whether it is known that the abstract of one of the rows has the word, or the start of it.
    pub fn is_mentioned(self, needle: &Finder<'static>, rows: &[u32]) -> bool {
        let counts = if rows.is_empty() { None } else { self.best(&[needle], None).ok() };
        counts.is_some_and(|counts| rows.iter().any(|&row| counts.of(row).is_some()))
    }

    /// Reads what abstracts may hold one of the needles.
    fn read(self, needles: &[&Finder<'static>], rows: Option<&Rows>) -> Result<Counts, Unknown> {
        if self.reach == Reach::Indexed {
            return Err(Unknown::OutOfReach);
        }
        let mut candidates = Rows::none(self.segment);
        for needle in needles {
            candidates.add_all(&self.candidates(text_of(needle))?);
        }
        if let Some(rows) = rows {
            candidates.keep(rows);
        }
        let mut counts = Counts::default();
        for (row, number) in candidates.iter().zip(0_u32..) {
            if number.is_multiple_of(STRIDE) {
                self.check()?;
            }
            // What cannot be read holds nothing.
            let Ok(text) = self.segment.folded_abstract(row) else { continue };
            for needle in needles {
                let found =
                    spots(needle, &text).map(|spot| spot.fit).filter(|&it| it != Fit::Inside);
                for fit in found {
                    let extent = if fit == Fit::Whole { Extent::Whole } else { Extent::Beginning };
                    counts.add(self.segment.len(), Mention { row, count: 1, extent });
                }
            }
        }
        Ok(counts)
    }

    /// The rows whose abstracts have every word of the text.
    fn candidates(self, text: &str) -> Result<Rows, Unknown> {
        let mut candidates = Rows::none(self.segment);
        candidates.add_where(self.segment, |row| self.segment.has_abstract(row));
        for word in words(text) {
            let is_last = text.ends_with(word);
            let extent = if is_last { Extent::Beginning } else { Extent::Whole };
            candidates.keep(&self.look_up(|index| {
                let mut rows = Rows::none(self.segment);
                index.mentions(word, extent, &mut |mention| rows.insert(mention.row))?;
                Ok(rows)
            })?);
        }
        Ok(candidates)
    }

    /// Asks the index. One that is damaged is built anew, if that is within reach.
    fn look_up<T>(self, ask: impl Fn(&WordIndex) -> Result<T, Damaged>) -> Result<T, Unknown> {
        for _ in 0..2 {
            match ask(&*self.index()?) {
                Ok(answer) => return Ok(answer),
                Err(Damaged) => self.segment.forget_word_index(),
            }
        }
        Err(Unknown::OutOfReach)
    }

    fn index(self) -> Result<Arc<WordIndex>, Unknown> {
        match (self.segment.word_index(), self.reach) {
            (Some(index), _) => Ok(index),
            (None, Reach::Read) => Ok(index_of(self.segment, self.interrupted)?),
            (None, Reach::Indexed) => Err(Unknown::OutOfReach),
        }
    }

    fn check(self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }
}

/// The index of the segment, built where it has none.
fn index_of(
    segment: &Segment,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Arc<WordIndex>, Interrupted> {
    if let Some(index) = segment.word_index() {
        return Ok(index);
    }
    let mut builder = WordIndexBuilder::default();
    for row in 0..segment.len() {
        if row.is_multiple_of(STRIDE) && interrupted() {
            return Err(Interrupted);
        }
        let fields = segment.folded().record(row);
        match segment.folded_abstract(row) {
            Ok(text) => builder.push(fields, &text),
            Err(_) => builder.push_unread(fields),
        }
    }
    let index = Arc::new(builder.finish());
    segment.keep_word_index(Arc::clone(&index));
    Ok(index)
}

/// Finds out what the abstracts of the segments hold, where that is not known.
pub fn index_all(
    segments: &[(u32, &Arc<Segment>)],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<(), Interrupted> {
    segments.par_iter().try_for_each(|(_, it)| index_of(it, interrupted).map(drop))
}

/// Whether the index of the segment knows an abstract that has the plain word, or the start of it.
pub fn mention(word: &Word, segment: &Segment) -> bool {
    let Some(index) = segment.word_index().filter(|_| word.is_in_abstracts()) else {
        return false;
    };
    word.spellings().any(|it| {
        index.has_mention(text_of(it)).unwrap_or_else(|Damaged| {
            segment.forget_word_index();
            false
        })
    })
}

fn text_of<'a>(needle: &'a Finder<'_>) -> &'a str {
    std::str::from_utf8(needle.needle()).unwrap_or_default()
}
