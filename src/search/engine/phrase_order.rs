//! Ranks abstracts that have the words of the query in their order, and near each other, before
//! those that have them anywhere: a sentence half remembered comes first.

use std::sync::Arc;

use rayon::prelude::*;

use super::context::SearchContext;
use super::progress::Progress;
use crate::search::cancel::Cancelled;
use crate::search::query::{Condition, FieldScope, Occur, Query, Term};
use crate::search::rank::hit::Hit;
use crate::search::rank::tier::Tier;
use crate::search::similar::alternatives::word_text;
use crate::text::words;

/// Two words are near each other in too many abstracts.
const MIN_WORDS: usize = 3;
/// With at least this many papers whose title or authors have the words, abstracts are not read.
const ENOUGH_CONTIGUOUS: usize = 10;
/// Abstracts read, those with the best ranks.
const MAX_READ: usize = 1000;
/// More than all scores of an abstract, so that the order decides.
const ORDER_SCORE: u32 = 30_000;

/// Raises the scores of the hits whose abstracts have the words in order.
pub fn rank_by_order(
    context: &SearchContext<'_>,
    progress: &mut Progress<'_>,
) -> Result<(), Cancelled> {
    let wanted = ordered_words(&context.request.query);
    if wanted.len() < MIN_WORDS || progress.contiguous_count() >= ENOUGH_CONTIGUOUS {
        return Ok(());
    }
    let in_abstract = |(number, hits): (usize, &Arc<Vec<Hit>>)| {
        let hits = hits.iter().enumerate().filter(|(_, hit)| hit.tier() == Some(Tier::Abstract));
        hits.map(|(at, hit)| (*hit, number, at)).collect::<Vec<_>>()
    };
    let deep = progress.segment_hits.iter().map(|it| &it.deep).enumerate();
    let mut candidates: Vec<(Hit, usize, usize)> = deep.flat_map(in_abstract).collect();
    candidates.sort_unstable();
    candidates.truncate(MAX_READ);
    let has_order = |(hit, number, at): &(Hit, usize, usize)| {
        context.cancel.check()?;
        let place = context.segments[*number];
        let text = place.segment.folded_abstract(place.row(*hit));
        let is_ordered = text.is_ok_and(|it| are_in_order(&wanted, &it));
        Ok(is_ordered.then_some((*number, *at)))
    };
    let ordered = candidates.par_iter().map(has_order).collect::<Result<Vec<_>, Cancelled>>()?;
    for (number, at) in ordered.into_iter().flatten() {
        let deep = Arc::make_mut(&mut progress.segment_hits[number].deep);
        deep[at] = deep[at].with_bonus(ORDER_SCORE);
    }
    Ok(())
}

/// The words of a query that are searched for in abstracts, in their order.
fn ordered_words(query: &Query) -> Vec<&str> {
    let word = |term: &'_ Term| match &term.condition {
        Condition::Word(word) if term.occur == Occur::Include && word.is_plain() => {
            matches!(word.scope, FieldScope::Anywhere | FieldScope::Abstract)
        }
        _ => false,
    };
    let single = query.clauses().iter().filter_map(|clause| match clause.alternatives.as_slice() {
        [term] if word(term) => Some(&term.condition),
        _ => None,
    });
    single
        .filter_map(|it| match it {
            Condition::Word(word) => Some(word_text(word)),
            _ => None,
        })
        .collect()
}

/// Returns true if words of the text begin with the wanted words, each within a few words of the
/// one before.
fn are_in_order(wanted: &[&str], text: &str) -> bool {
    /// Words of the text from one wanted word to the next, at most.
    const MAX_STEP: usize = 4;
    let [first, rest @ ..] = wanted else { return true };
    let text: Vec<&str> = words(text).collect();
    let follows = |start: usize| {
        let mut at = start;
        rest.iter().all(|wanted| {
            let next = text[at + 1..].iter().take(MAX_STEP).position(|it| it.starts_with(wanted));
            at += next.map_or(0, |it| it + 1);
            next.is_some()
        })
    };
    (0..text.len()).any(|start| text[start].starts_with(first) && follows(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_if_each_follows_soon() {
        let text = "we propose a new method for the sparse coding of natural images, and more";
        for (wanted, expected) in [
            (&["new", "method", "sparse"][..], true),
            (&["sparse", "coding", "natural", "images"], true),
            (&["sparse", "cod", "natur", "imag"], true),
            (&["images", "natural", "coding"], false),
            (&["propose", "images"], false),
            (&["sparse", "zebra"], false),
            (&[], true),
        ] {
            assert_eq!(are_in_order(wanted, text), expected, "{wanted:?}");
        }
    }
}
