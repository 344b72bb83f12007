//! A hash that is the same in every build, for what outlives a run.

/// FNV-1a in 64 bits.
pub fn fnv(text: &str) -> u64 {
    fnv_of([text])
}

/// The hash of texts that stand one behind the other.
pub fn fnv_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    texts.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, text| {
        text.bytes()
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("foobar"), 0x8594_4171_f739_67e8);
        assert_eq!(fnv_of(["foo", "", "bar"]), fnv("foobar"));
    }
}
