//! An act, written into the log.

use rusqlite::{Connection, OptionalExtension as _};

use super::log::WriteTransaction;
use super::source_record::{self, SourceRecord};
use super::{attribute, state};
use crate::domain::{Corpus, IdentityKeys};
use crate::library::model::change::{
    BasketPosition, Change, ChangeSet, ChangeSetId, LibraryId, PaperRef,
};

/// What was written.
#[derive(Debug, Default)]
pub struct RecordedChanges {
    /// Nothing where all was so before.
    pub change_set: Option<ChangeSetId>,
    /// The numbers of the papers, as they are in the act.
    pub papers: Vec<i64>,
    /// Keys that the library did not know, each with the sign of its paper.
    pub source_records: Vec<SourceRecord>,
}

/// Writes the act. Aspects that are so already are left as they are.
pub fn record_changes(
    writing: &mut WriteTransaction<'_>,
    corpus: &Corpus,
    act: &ChangeSet,
) -> rusqlite::Result<RecordedChanges> {
    let mut recorded = RecordedChanges::default();
    let mut cards = Vec::new();
    for which in &act.papers {
        cards.push(match which {
            PaperRef::Library(LibraryId(paper)) => Some(any_record_of(writing.connection, *paper)?),
            PaperRef::Corpus(id) => match corpus.get(*id) {
                Some(paper) => {
                    let keys = IdentityKeys::from(&paper);
                    let (card, new) = find_or_insert_record(writing, &keys, |tie| {
                        SourceRecord::new(&paper, &keys, tie)
                    })?;
                    recorded.source_records.extend(new);
                    Some(card)
                }
                None => None,
            },
        });
    }
    let number = writing.next_number;
    for (at, card) in cards.into_iter().enumerate() {
        let Some(card) = card else {
            recorded.papers.push(0);
            continue;
        };
        let paper = paper_of_record(writing.connection, card)?;
        recorded.papers.push(paper);
        for deed in &act.changes {
            let rank = match deed {
                Change::Basket(spot) => basket_rank(writing, *spot, paper, at)?,
                _ => Some(String::new()),
            };
            let Some(rank) = rank else { continue };
            let (aspect, value) = attribute::attribute_of(deed, &rank);
            if state::attribute_value(writing.connection, paper, &aspect)?.unwrap_or_default()
                != value
            {
                writing.set(number, (card, paper), &aspect, &value)?;
            }
        }
    }
    let process = writing.process.cast_unsigned();
    recorded.change_set = (writing.next_number > number)
        .then_some(ChangeSetId { process, number: number.cast_unsigned() });
    Ok(recorded)
}

/// A card that stands for the paper with these keys, a new one where it brings something to know.
/// `new` makes it with the key that ties it to a paper that is known.
pub fn find_or_insert_record(
    writing: &mut WriteTransaction<'_>,
    keys: &IdentityKeys,
    new: impl FnOnce(Option<String>) -> SourceRecord,
) -> rusqlite::Result<(i64, Option<SourceRecord>)> {
    let sighting = source_record::match_identity(writing.connection, keys)?;
    let brings =
        sighting.has_new_strong_key || sighting.has_new_weak_key || sighting.tying_key.is_some();
    if let ([known], false) = (&sighting.papers[..], brings) {
        return Ok((any_record_of(writing.connection, *known)?, None));
    }
    let card = new(sighting.tying_key);
    let number = (writing.process, writing.take_number());
    let added = source_record::insert_record(writing.connection, number, &card)?;
    writing.apply_inserted(&added)?;
    Ok((added.record, Some(card)))
}

/// A card of a paper that is kept, also where it has meanwhile turned out to be another.
fn any_record_of(connection: &Connection, paper: i64) -> rusqlite::Result<i64> {
    Ok(source_record::first_record_of(connection, paper)?.unwrap_or(paper))
}

pub fn paper_of_record(connection: &Connection, card: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT paper FROM card WHERE card = ?1")?
        .query_row([card], |row| row.get(0))
}

/// Where in the basket a paper goes; nothing where it stays.
fn basket_rank(
    writing: &WriteTransaction<'_>,
    spot: BasketPosition,
    paper: i64,
    at: usize,
) -> rusqlite::Result<Option<String>> {
    // Later acts have later ranks. A rank that ended in a zero would have none before it.
    let last = format!("{:012x}{at:06x}8", writing.time);
    let connection = writing.connection;
    Ok(match spot {
        BasketPosition::Removed => Some(String::new()),
        BasketPosition::End => Some(last),
        BasketPosition::EndIfAbsent => {
            let is_in = state::attribute_value(connection, paper, attribute::BASKET)?.is_some();
            (!is_in).then_some(last)
        }
        BasketPosition::Before(LibraryId(next)) => {
            let next = paper_of_record(connection, any_record_of(connection, next)?)?;
            match state::attribute_value(connection, next, attribute::BASKET)? {
                _ if next == paper => None,
                None => Some(last),
                Some(high) => {
                    Some(attribute::rank_between(&rank_below(connection, &high, paper)?, &high))
                }
            }
        }
    })
}

/// The highest rank below another, of other papers than this one.
fn rank_below(connection: &Connection, rank: &str, paper: i64) -> rusqlite::Result<String> {
    let below: Option<String> = connection
        .prepare_cached(
            "SELECT max(value) FROM state WHERE aspect = 'basket' AND value < ?1 AND paper <> ?2",
        )?
        .query_row(rusqlite::params![rank, paper], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(below.unwrap_or_default())
}
