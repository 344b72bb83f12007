//! The most frequent of very many names, exactly, without a list of them all.

use std::collections::HashMap;

use rayon::prelude::*;

use super::rows_by_segment::SegmentRows;
use crate::search::cancel::Cancelled;

/// Rows of so few papers have so few names that all are counted.
const MAX_LEN_IN_ARRIVAL_ORDER: usize = 1 << 15;
/// Sums of the names that share a number. A name has two numbers, so that few of the rare are taken
/// for frequent.
const HASH_SLOTS: usize = 1 << 20;

/// What a share has to count: calls with each name and how often it stands there.
type CountNames = dyn Fn(&SegmentRows<'_>, &mut dyn FnMut(&str, u32)) + Sync;

/// The most frequent names, in no order, at least as many as wanted where there are so many.
///
/// A first pass adds up what names of the same hash have together, which no name among them
/// exceeds. A second counts those alone that may be frequent by that, and a third is needed only
/// where these turn out to be fewer than thought.
pub fn top_names(
    shares: &[SegmentRows<'_>],
    each: &CountNames,
    wanted: usize,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<HashMap<String, u32>, Cancelled> {
    if shares.iter().map(SegmentRows::len).sum::<usize>() <= MAX_LEN_IN_ARRIVAL_ORDER {
        return count_exactly(shares, each, &|_| true, interrupted);
    }
    let sums = hash_sums(shares, each, interrupted)?;
    let mut least = nth_greatest(sums.clone(), 4 * wanted).max(1);
    loop {
        let is_candidate = |name: &str| hash_slots(name).iter().all(|it| sums[*it] >= least);
        let found = count_exactly(shares, each, &is_candidate, interrupted)?;
        let reached = nth_greatest(found.values().copied().collect(), wanted).max(1);
        if reached >= least {
            return Ok(found);
        }
        // All of the rare ones are many more than those that are only half as frequent as thought.
        least = reached.max(least / 2);
    }
}

/// The number that is the nth from the greatest, or nothing where there are fewer.
fn nth_greatest(mut numbers: Vec<u32>, nth: usize) -> u32 {
    if numbers.len() < nth || nth == 0 {
        return 0;
    }
    *numbers.select_nth_unstable_by_key(nth - 1, |it| std::cmp::Reverse(*it)).1
}

/// Two numbers that have nothing to do with each other, one in either half.
fn hash_slots(name: &str) -> [usize; 2] {
    const HALF: usize = HASH_SLOTS / 2;
    let mix =
        |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (parts, rest) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = parts.iter().map(|it| u64::from_le_bytes(*it)).fold(name.len() as u64, mix);
    let hash = mix(hash, u64::from_le_bytes(last)) as usize;
    [(hash >> 12) % HALF, HALF + (hash >> 40) % HALF]
}

fn hash_sums(
    shares: &[SegmentRows<'_>],
    each: &CountNames,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<u32>, Cancelled> {
    let none = || vec![0; HASH_SLOTS];
    let add = |mut sums: Vec<u32>, share: &SegmentRows<'_>| {
        if interrupted() {
            return Err(Cancelled);
        }
        each(share, &mut |name, count| {
            for slot in hash_slots(name) {
                sums[slot] += count;
            }
        });
        Ok(sums)
    };
    let unite = |mut sums: Vec<u32>, others: Vec<u32>| {
        sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        Ok(sums)
    };
    // One table a thread: tables are large.
    let share = shares.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = shares.par_chunks(share).map(|some| some.iter().try_fold(none(), add));
    parts.try_reduce(none, unite)
}

/// Stops between names where something else is asked for.
pub fn check_cancelled(
    number: usize,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<(), Cancelled> {
    const NAMES_PER_CANCEL_CHECK: usize = 1 << 12;
    if number.is_multiple_of(NAMES_PER_CANCEL_CHECK) && interrupted() {
        Err(Cancelled)
    } else {
        Ok(())
    }
}

/// Counts a name, which few are new to.
pub fn add_count(counts: &mut HashMap<String, u32>, name: &str, count: u32) {
    match counts.get_mut(name) {
        Some(sum) => *sum += count,
        None => drop(counts.insert(name.to_owned(), count)),
    }
}

/// Counts the names that pass the test.
fn count_exactly(
    shares: &[SegmentRows<'_>],
    each: &CountNames,
    is_candidate: &(dyn Fn(&str) -> bool + Sync),
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<HashMap<String, u32>, Cancelled> {
    let add_all = |mut counts: HashMap<String, u32>, share: &SegmentRows<'_>| {
        if interrupted() {
            return Err(Cancelled);
        }
        each(share, &mut |name, count| {
            if is_candidate(name) {
                add_count(&mut counts, name, count);
            }
        });
        Ok(counts)
    };
    let share = shares.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = shares.par_chunks(share).map(|some| some.iter().try_fold(HashMap::new(), add_all));
    parts.try_reduce(HashMap::new, |mut counts, others| {
        for (number, (name, count)) in others.into_iter().enumerate() {
            check_cancelled(number, interrupted)?;
            *counts.entry(name).or_default() += count;
        }
        Ok(counts)
    })
}
