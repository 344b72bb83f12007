//! An act, written into the log.

use rusqlite::{Connection, OptionalExtension as _};

use super::log::Writing;
use super::source_record::{self, Card};
use super::{attribute, state};
use crate::domain::{Corpus, Keys};
use crate::library::model::change::{Act, ActId, Deed, KeptId, Spot, Which};

/// What was written.
#[derive(Debug, Default)]
pub struct Recorded {
    /// Nothing where all was so before.
    pub act: Option<ActId>,
    /// The numbers of the papers, as they are in the act.
    pub papers: Vec<i64>,
    /// Keys that the library did not know, each with the sign of its paper.
    pub cards: Vec<Card>,
}

/// Writes the act. Aspects that are so already are left as they are.
pub fn record(writing: &mut Writing<'_>, corpus: &Corpus, act: &Act) -> rusqlite::Result<Recorded> {
    let mut recorded = Recorded::default();
    let mut cards = Vec::new();
    for which in &act.papers {
        cards.push(match which {
            Which::Kept(KeptId(paper)) => Some(kept(writing.connection, *paper)?),
            Which::Paper(id) => match corpus.get(*id) {
                Some(paper) => {
                    let keys = Keys::from(&paper);
                    let (card, new) = card_of(writing, &keys, |tie| Card::new(&paper, &keys, tie))?;
                    recorded.cards.extend(new);
                    Some(card)
                }
                None => None,
            },
        });
    }
    let number = writing.number;
    for (at, card) in cards.into_iter().enumerate() {
        let Some(card) = card else {
            recorded.papers.push(0);
            continue;
        };
        let paper = paper_of(writing.connection, card)?;
        recorded.papers.push(paper);
        for deed in &act.deeds {
            let rank = match deed {
                Deed::Basket(spot) => rank(writing, *spot, paper, at)?,
                _ => Some(String::new()),
            };
            let Some(rank) = rank else { continue };
            let (aspect, value) = attribute::written(deed, &rank);
            if state::value(writing.connection, paper, &aspect)?.unwrap_or_default() != value {
                writing.set(number, (card, paper), &aspect, &value)?;
            }
        }
    }
    let process = writing.process.cast_unsigned();
    recorded.act =
        (writing.number > number).then_some(ActId { process, number: number.cast_unsigned() });
    Ok(recorded)
}

/// A card that stands for the paper with these keys, a new one where it brings something to know.
/// `new` makes it with the key that ties it to a paper that is known.
pub fn card_of(
    writing: &mut Writing<'_>,
    keys: &Keys,
    new: impl FnOnce(Option<String>) -> Card,
) -> rusqlite::Result<(i64, Option<Card>)> {
    let sighting = source_record::sight(writing.connection, keys)?;
    let brings = sighting.brings_strong || sighting.brings_weak || sighting.tie.is_some();
    if let ([known], false) = (&sighting.papers[..], brings) {
        return Ok((kept(writing.connection, *known)?, None));
    }
    let card = new(sighting.tie);
    let number = (writing.process, writing.next());
    let added = source_record::add(writing.connection, number, &card)?;
    writing.added(&added)?;
    Ok((added.card, Some(card)))
}

/// A card of a paper that is kept, also where it has meanwhile turned out to be another.
fn kept(connection: &Connection, paper: i64) -> rusqlite::Result<i64> {
    Ok(source_record::of_paper(connection, paper)?.unwrap_or(paper))
}

pub fn paper_of(connection: &Connection, card: i64) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT paper FROM card WHERE card = ?1")?
        .query_row([card], |row| row.get(0))
}

/// Where in the basket a paper goes; nothing where it stays.
fn rank(
    writing: &Writing<'_>,
    spot: Spot,
    paper: i64,
    at: usize,
) -> rusqlite::Result<Option<String>> {
    // Later acts have later ranks. A rank that ended in a zero would have none before it.
    let last = format!("{:012x}{at:06x}8", writing.at);
    let connection = writing.connection;
    Ok(match spot {
        Spot::Out => Some(String::new()),
        Spot::End => Some(last),
        Spot::Last => {
            let is_in = state::value(connection, paper, attribute::BASKET)?.is_some();
            (!is_in).then_some(last)
        }
        Spot::Before(KeptId(next)) => {
            let next = paper_of(connection, kept(connection, next)?)?;
            match state::value(connection, next, attribute::BASKET)? {
                _ if next == paper => None,
                None => Some(last),
                Some(high) => {
                    Some(attribute::between(&rank_below(connection, &high, paper)?, &high))
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
