//! The citation keys of a segment: what they are made of, and which rows may bear the same.

use super::KeyPattern;

/// What citation keys are made of, and the hash of each row's where it has no rivals.
#[derive(Debug, Default)]
pub(in crate::domain) struct CitationKeys {
    pattern: KeyPattern,
    hashes: Box<[u64]>,
    /// Two bits for each hash. They say of nearly every segment that it need not be looked through
    /// for a key, as one of millions of papers is drawn.
    sieve: Box<[u64]>,
}

/// Bits of the sieve for each hash, at least.
const BITS: usize = 8;

impl CitationKeys {
    pub(in crate::domain) fn new(pattern: KeyPattern, hashes: Box<[u64]>) -> Self {
        let words = (hashes.len() * BITS).div_ceil(64).next_power_of_two();
        let mut sieve = vec![0; words].into_boxed_slice();
        for &hash in &hashes {
            for bit in bits(hash, words) {
                sieve[bit / 64] |= 1 << (bit % 64);
            }
        }
        Self { pattern, hashes, sieve }
    }

    pub(in crate::domain) fn pattern(&self) -> &KeyPattern {
        &self.pattern
    }

    /// One of each row.
    pub(in crate::domain) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The rows whose key has this hash.
    pub(in crate::domain) fn rows(&self, hash: u64) -> impl Iterator<Item = u32> + '_ {
        let words = self.sieve.len();
        let may_have = words > 0
            && bits(hash, words).iter().all(|bit| self.sieve[bit / 64] & 1 << (bit % 64) != 0);
        let hashes = may_have.then_some(&self.hashes).into_iter().flatten().zip(0..);
        hashes.filter(move |(it, _)| **it == hash).map(|(_, row)| row)
    }

    /// What they hold of memory.
    pub(in crate::domain) fn bytes(&self) -> usize {
        size_of_val(&*self.hashes) + size_of_val(&*self.sieve)
    }
}

/// The bits that stand for a hash in a sieve of so many words, a power of two.
fn bits(hash: u64, words: usize) -> [usize; 2] {
    [hash, hash >> 32].map(|half| half as usize & (64 * words - 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_rows_of_a_hash_are_those_that_have_it(
            hashes in prop::collection::vec(0..40_u64, 0..60),
            spread in prop::sample::select(vec![1, 0x9e37_79b9_7f4a_7c15]),
        ) {
            let hashes: Vec<u64> = hashes.into_iter().map(|it| it.wrapping_mul(spread)).collect();
            let keys = CitationKeys::new(KeyPattern::default(), hashes.clone().into());
            for hash in (0..41_u64).map(|it| it.wrapping_mul(spread)) {
                let rows = hashes.iter().zip(0..).filter(|(it, _)| **it == hash).map(|(_, row)| row);
                prop_assert!(keys.rows(hash).eq(rows));
            }
        }
    }
}
