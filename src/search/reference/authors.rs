//! Finds papers by authors and year, for references whose title is none of the corpus.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::context::ReferenceContext;
use super::evidence::{family_words, has_family};
use super::word_sequence::WordSequence;
use crate::domain::{Paper, PaperId};
use crate::search::cancel::Cancelled;
use crate::search::matching::context::CorpusSegment;
use crate::text::{fold, tex_to_unicode, words};

/// Authors compared at most; references list the others as "et al.".
const MAX_AUTHORS: usize = 3;

/// Authors that must be in the reference, unless the paper has fewer.
const MIN_AUTHORS: usize = 2;

/// Long words up to which a reference with "et al." has only an author and a journal.
const MAX_ABBREVIATED_WORDS: usize = 5;

/// Shorter words of a reference, in characters, need not be explained: initials, numbers and
/// function words.
const MIN_WORD_CHARS: usize = 4;

/// The words of a reference without title.
struct Unresolved {
    reference: usize,
    range: Range<usize>,
    years: HashSet<i16>,
}

/// Returns papers for some of the references, by index: their first authors and their year are in
/// the reference, and most words of the reference are in their title, authors or venue.
///
/// # Errors
///
/// [`Cancelled`] once a newer request has arrived.
pub fn find_by_authors(
    references: &[usize],
    sequence: &WordSequence,
    context: ReferenceContext<'_>,
) -> Result<Vec<(usize, PaperId)>, Cancelled> {
    let unresolved: Vec<Unresolved> = references
        .iter()
        .filter_map(|&reference| {
            let range = sequence.parts_of(reference).next()?.range.clone();
            let years: HashSet<i16> = sequence.years_in(range.clone()).collect();
            (!years.is_empty()).then_some(Unresolved { reference, range, years })
        })
        .collect();
    if unresolved.is_empty() {
        return Ok(Vec::new());
    }
    let segments = context.segments();
    let found = segments.par_iter().map(|at| find_in_segment(*at, &unresolved, sequence, context));
    let mut found: Vec<(usize, u16, PaperId)> =
        found.collect::<Result<Vec<_>, Cancelled>>()?.into_iter().flatten().collect();
    found.sort_unstable();
    // Of each reference, only the papers nearest to its year.
    let nearest: HashMap<usize, u16> =
        found.iter().rev().map(|(reference, distance, _)| (*reference, *distance)).collect();
    found.retain(|(reference, distance, _)| nearest[reference] == *distance);
    found.dedup();
    Ok(found.into_iter().map(|(reference, _, id)| (reference, id)).collect())
}

fn find_in_segment(
    at: CorpusSegment<'_>,
    unresolved: &[Unresolved],
    sequence: &WordSequence,
    context: ReferenceContext<'_>,
) -> Result<Vec<(usize, u16, PaperId)>, Cancelled> {
    /// Years between a preprint and its publication.
    const MAX_DISTANCE: u16 = 1;
    /// Rows between two polls of the cancellation.
    const CANCEL_INTERVAL: u32 = 1 << 12;
    let mut found = Vec::new();
    for row in 0..at.segment.len() {
        context.cancel.check_every(CANCEL_INTERVAL, row)?;
        let Some(year) = at.segment.year(row) else { continue };
        for it in unresolved {
            let distance = it.years.iter().map(|it| it.abs_diff(year)).min().unwrap_or(u16::MAX);
            if distance <= MAX_DISTANCE && may_name_authors(at, row, sequence) {
                let id = context.paper_id(at, row);
                let paper = context.corpus.get(id);
                if paper.is_some_and(|paper| is_named(&paper, &it.range, sequence)) {
                    found.push((it.reference, distance, id));
                }
            }
        }
    }
    Ok(found)
}

/// Cheap test before the paper is read: enough words of the authors are in the text.
fn may_name_authors(at: CorpusSegment<'_>, row: u32, sequence: &WordSequence) -> bool {
    let start = at.segment.folded_authors_start(row);
    let authors = &at.segment.folded().text()[start..at.segment.folded().span(row).end];
    let known = words(authors).filter(|it| it.len() > 1 && sequence.number(it).is_some());
    let needed = if sequence.abbreviates_authors() { 1 } else { MIN_AUTHORS };
    known.take(needed).count() == needed
}

/// Returns true if the reference names the authors of the paper, and is explained by it.
fn is_named(paper: &Paper<'_>, range: &Range<usize>, sequence: &WordSequence) -> bool {
    /// Share of the words of a reference that the paper must have, as a fraction.
    const MIN_EXPLAINED: (usize, usize) = (3, 5);
    let numbers: HashSet<u32> = sequence.numbers_in(range.clone()).collect();
    let families: Vec<Vec<String>> = paper.authors().take(MAX_AUTHORS).map(family_words).collect();
    let is_in_text = |family: &Vec<String>| {
        has_family(family, |it| sequence.number(it).is_some_and(|it| numbers.contains(&it)))
    };
    let is_abbreviated = sequence.abbreviates_authors();
    let needed = if is_abbreviated { 1 } else { MIN_AUTHORS };
    if families.len() < MIN_AUTHORS || !families[..needed].iter().all(is_in_text) {
        return false;
    }
    let long = || numbers.iter().filter(|it| sequence.is_long(**it, MIN_WORD_CHARS));
    // Nothing else is left to explain in "Albanese et al., J. Stat. Phys. 189, 24 (2022)".
    if is_abbreviated && long().count() <= MAX_ABBREVIATED_WORDS {
        return true;
    }
    let text = [paper.title, paper.author_list, paper.venue].map(|it| fold(&tex_to_unicode(it)));
    let own: HashSet<u32> =
        text.iter().flat_map(|it| words(it)).filter_map(|it| sequence.number(it)).collect();
    let (explained, total) = long().fold((0, 0), |(explained, total), it| {
        (explained + usize::from(own.contains(it)), total + 1)
    });
    explained > 0 && explained * MIN_EXPLAINED.1 >= total * MIN_EXPLAINED.0
}
