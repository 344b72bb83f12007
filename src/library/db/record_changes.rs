//! Writes a change set into the log.

use rusqlite::{Connection, OptionalExtension as _};

use super::log::WriteTransaction;
use super::source_record::{self, SourceRecord};
use super::{attribute, state};
use crate::domain::{Corpus, IdentityKeys};
use crate::library::model::change::{
    BasketPosition, Change, ChangeSet, ChangeSetId, LibraryId, PaperRef,
};

/// The result of writing a change set.
#[derive(Debug, Default)]
pub struct RecordedChanges {
    /// `None` if no attribute has changed.
    pub change_set: Option<ChangeSetId>,
    /// Library numbers of the papers, in the order of the change set; 0 for one that the corpus
    /// does not have.
    pub papers: Vec<i64>,
    /// Inserted records, for the key filter.
    pub source_records: Vec<SourceRecord>,
}

/// Writes the change set. Attributes that already have the new value are skipped.
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

/// Returns a source record of the paper with these keys. Inserts the one that `new` makes if the
/// paper or one of its keys is unknown; `new` gets the key that ties it to a known paper.
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

/// Returns a record of the paper, also if the paper has been merged into another since.
fn any_record_of(connection: &Connection, paper: i64) -> rusqlite::Result<i64> {
    Ok(source_record::first_record_of(connection, paper)?.unwrap_or(paper))
}

pub fn paper_of_record(connection: &Connection, card: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT paper FROM card WHERE card = ?1")?
        .query_row([card], |row| row.get(0))
}

/// Returns the rank that puts a paper at `spot`; `None` if it keeps its own.
fn basket_rank(
    writing: &WriteTransaction<'_>,
    spot: BasketPosition,
    paper: i64,
    at: usize,
) -> rusqlite::Result<Option<String>> {
    // The time comes first, so that later changes sort behind. No rank may end in a zero, since
    // none could be inserted just before it.
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

/// Returns the highest rank below `rank`, ignoring that of `paper`.
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
