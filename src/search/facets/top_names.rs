//! The most frequent of millions of names, exactly, without a table of all names.

use std::collections::HashMap;

use rayon::prelude::*;

use super::rows_by_segment::SegmentRows;
use crate::search::cancel::{CancelToken, Cancelled};

/// Up to this many rows, all names are counted in one exact pass: a table of them is small.
const MAX_ROWS_COUNTED_EXACTLY: usize = 1 << 15;
/// Sums by hash of a name. Each name has two slots, so that few rare names collide with a frequent
/// one in both.
const HASH_SLOTS: usize = 1 << 20;
/// Names merged between two polls of the cancel token.
const NAMES_PER_CANCEL_CHECK: u32 = 1 << 12;

/// Calls back with each name in the rows and its number of occurrences.
pub type CountNames = dyn Fn(&SegmentRows<'_>, &mut dyn FnMut(&str, u32)) + Sync;

/// The most frequent names in no order: at least `wanted`, if there are as many.
///
/// The first pass sums the counts of names by hash, which is an upper bound of the count of each
/// name. The second counts exactly the names whose bound is high enough. It is repeated with a
/// lower threshold if the counts turn out to be below it.
pub fn top_names(
    segments: &[SegmentRows<'_>],
    count_names: &CountNames,
    wanted: usize,
    cancel: CancelToken<'_>,
) -> Result<HashMap<String, u32>, Cancelled> {
    if segments.iter().map(SegmentRows::len).sum::<usize>() <= MAX_ROWS_COUNTED_EXACTLY {
        return count_exactly(segments, count_names, &|_| true, cancel);
    }
    let sums = hash_sums(segments, count_names, cancel)?;
    cancel.check()?;
    let mut threshold = nth_greatest(sums.clone(), 4 * wanted).max(1);
    loop {
        let is_candidate = |name: &str| hash_slots(name).iter().all(|it| sums[*it] >= threshold);
        let counts = count_exactly(segments, count_names, &is_candidate, cancel)?;
        let lowest = nth_greatest(counts.values().copied().collect(), wanted).max(1);
        if lowest >= threshold {
            return Ok(counts);
        }
        // Not at once down to `lowest`: that may admit most of the rare names.
        threshold = lowest.max(threshold / 2);
    }
}

/// The nth number in descending order, or 0 if there are fewer.
fn nth_greatest(mut numbers: Vec<u32>, nth: usize) -> u32 {
    if numbers.len() < nth || nth == 0 {
        return 0;
    }
    *numbers.select_nth_unstable_by_key(nth - 1, |it| std::cmp::Reverse(*it)).1
}

/// Two independent slots, one in each half of the table.
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
    segments: &[SegmentRows<'_>],
    count_names: &CountNames,
    cancel: CancelToken<'_>,
) -> Result<Vec<u32>, Cancelled> {
    let zero = || vec![0; HASH_SLOTS];
    let add = |mut sums: Vec<u32>, rows: &SegmentRows<'_>| {
        cancel.check()?;
        count_names(rows, &mut |name, count| {
            for slot in hash_slots(name) {
                sums[slot] += count;
            }
        });
        Ok(sums)
    };
    let merge = |mut sums: Vec<u32>, others: Vec<u32>| {
        sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        Ok(sums)
    };
    // One table per thread, since a table has four megabytes.
    let chunk_len = segments.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = segments.par_chunks(chunk_len).map(|chunk| chunk.iter().try_fold(zero(), add));
    parts.try_reduce(zero, merge)
}

/// Adds to the count of a name. Allocates only for a new one, unlike the entry API.
pub fn add_count(counts: &mut HashMap<String, u32>, name: &str, count: u32) {
    match counts.get_mut(name) {
        Some(sum) => *sum += count,
        None => drop(counts.insert(name.to_owned(), count)),
    }
}

/// Counts the names that pass the test.
pub fn count_exactly(
    segments: &[SegmentRows<'_>],
    count_names: &CountNames,
    is_candidate: &(dyn Fn(&str) -> bool + Sync),
    cancel: CancelToken<'_>,
) -> Result<HashMap<String, u32>, Cancelled> {
    let add_all = |mut counts: HashMap<String, u32>, rows: &SegmentRows<'_>| {
        cancel.check()?;
        count_names(rows, &mut |name, count| {
            if is_candidate(name) {
                add_count(&mut counts, name, count);
            }
        });
        Ok(counts)
    };
    let chunk_len = segments.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts =
        segments.par_chunks(chunk_len).map(|chunk| chunk.iter().try_fold(HashMap::new(), add_all));
    parts.try_reduce(HashMap::new, |mut counts, others| {
        for (number, (name, count)) in (0..).zip(others) {
            cancel.check_every(NAMES_PER_CANCEL_CHECK, number)?;
            *counts.entry(name).or_default() += count;
        }
        Ok(counts)
    })
}
