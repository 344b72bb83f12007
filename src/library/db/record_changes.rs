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

/// Writes the change sets as one. Attributes that already have the new value are skipped.
pub fn record_changes(
    transaction: &mut WriteTransaction<'_>,
    corpus: &Corpus,
    change_sets: &[ChangeSet],
) -> rusqlite::Result<RecordedChanges> {
    let mut recorded = RecordedChanges::default();
    let mut records = Vec::new();
    let papers = change_sets.iter().flat_map(|it| it.papers.iter().map(move |paper| (it, paper)));
    for (change_set, paper_ref) in papers {
        let record = match paper_ref {
            PaperRef::Library(LibraryId(paper)) => {
                Some(any_record_of(transaction.connection, *paper)?)
            }
            PaperRef::Corpus(id) => match corpus.get(*id) {
                Some(paper) => {
                    let keys = IdentityKeys::from(&paper);
                    let (record, new) = find_or_insert_record(transaction, &keys, |tie| {
                        SourceRecord::new(&paper, &keys, tie)
                    })?;
                    recorded.source_records.extend(new);
                    Some(record)
                }
                None => None,
            },
        };
        records.push((record, &change_set.changes));
    }
    let number = transaction.next_number;
    for (index, (record, changes)) in records.into_iter().enumerate() {
        let Some(record) = record else {
            recorded.papers.push(0);
            continue;
        };
        let paper = paper_of_record(transaction.connection, record)?;
        recorded.papers.push(paper);
        for change in changes {
            let rank = match change {
                Change::Basket(position) => basket_rank(transaction, *position, paper, index)?,
                _ => Some(String::new()),
            };
            let Some(rank) = rank else { continue };
            let (aspect, value) = attribute::attribute_of(change, &rank);
            if state::attribute_value(transaction.connection, paper, &aspect)?.unwrap_or_default()
                != value
            {
                transaction.set(number, (record, paper), &aspect, &value)?;
            }
        }
    }
    let process = transaction.process.cast_unsigned();
    recorded.change_set = (transaction.next_number > number)
        .then_some(ChangeSetId { process, number: number.cast_unsigned() });
    Ok(recorded)
}

/// Returns a source record of the paper with these keys. Inserts the one that `new` makes if the
/// paper or one of its keys is unknown; `new` gets the key that ties it to a known paper.
pub fn find_or_insert_record(
    transaction: &mut WriteTransaction<'_>,
    keys: &IdentityKeys,
    new: impl FnOnce(Option<String>) -> SourceRecord,
) -> rusqlite::Result<(i64, Option<SourceRecord>)> {
    let identity = source_record::match_identity(transaction.connection, keys)?;
    let has_new_key =
        identity.has_new_strong_key || identity.has_new_weak_key || identity.tying_key.is_some();
    if let ([paper], false) = (&identity.papers[..], has_new_key) {
        return Ok((any_record_of(transaction.connection, *paper)?, None));
    }
    let record = new(identity.tying_key);
    let number = (transaction.process, transaction.take_number());
    let added = source_record::insert_record(transaction.connection, number, &record)?;
    transaction.apply_inserted(&added)?;
    Ok((added.record, Some(record)))
}

/// Returns a record of the paper, also if the paper has been merged into another since.
fn any_record_of(connection: &Connection, paper: i64) -> rusqlite::Result<i64> {
    Ok(source_record::first_record_of(connection, paper)?.unwrap_or(paper))
}

pub fn paper_of_record(connection: &Connection, record: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT paper FROM card WHERE card = ?1")?
        .query_row([record], |row| row.get(0))
}

/// Returns the rank that puts a paper at `position`; `None` if it keeps its own.
fn basket_rank(
    transaction: &WriteTransaction<'_>,
    position: BasketPosition,
    paper: i64,
    index: usize,
) -> rusqlite::Result<Option<String>> {
    // The time comes first, so that later changes sort behind. No rank may end in a zero, since
    // none could be inserted just before it.
    let last = format!("{:012x}{index:06x}8", transaction.time);
    let connection = transaction.connection;
    Ok(match position {
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
    let rank_below: Option<String> = connection
        .prepare_cached(
            "SELECT max(value) FROM state WHERE aspect = 'basket' AND value < ?1 AND paper <> ?2",
        )?
        .query_row(rusqlite::params![rank, paper], |row| row.get(0))
        .optional()?
        .flatten();
    Ok(rank_below.unwrap_or_default())
}
