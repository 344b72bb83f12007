//! Ranges of numbers of citations: `100`, `10..100`, `>100`.

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountRange {
    first: u32,
    last: u32,
}

impl CountRange {
    /// Parses `100`, `=100`, `10..100`, `10-100`, `10..`, `..100`, `>100`, `>=100`, `<100` and
    /// `<=100`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = (0, u32::MAX);
        Some(if let Some(bound) = text.strip_prefix(">=") {
            Self { first: parse_count(bound)?, last }
        } else if let Some(bound) = text.strip_prefix("<=") {
            Self { first, last: parse_count(bound)? }
        } else if let Some(bound) = text.strip_prefix('>') {
            Self { first: parse_count(bound)?.saturating_add(1), last }
        } else if let Some(bound) = text.strip_prefix('<') {
            // No number is below zero.
            let bound = parse_count(bound)?;
            Self { first: u32::from(bound == 0), last: bound.saturating_sub(1) }
        } else if let Some((from, to)) = text.split_once("..").or_else(|| text.split_once('-')) {
            Self {
                first: if from.is_empty() { first } else { parse_count(from)? },
                last: if to.is_empty() { last } else { parse_count(to)? },
            }
        } else {
            let count = parse_count(text.strip_prefix('=').unwrap_or(text))?;
            Self { first: count, last: count }
        })
    }

    pub fn contains(self, count: u32) -> bool {
        (self.first..=self.last).contains(&count)
    }
}

/// A number of decimal digits, at most `u32::MAX`.
fn parse_count(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_contains_its_ends() {
        for (text, inside, outside) in [
            ("100", &[100][..], &[99, 101][..]),
            ("=7", &[7], &[6, 8]),
            (">100", &[101, u32::MAX], &[100, 0]),
            (">=100", &[100, 101], &[99]),
            ("<10", &[0, 9], &[10]),
            ("<=10", &[0, 10], &[11]),
            ("10..100", &[10, 100], &[9, 101]),
            ("10-100", &[10, 100], &[9, 101]),
            ("10..", &[10, u32::MAX], &[9]),
            ("..10", &[0, 10], &[11]),
            ("<0", &[], &[0, 1]),
            (">99999999999", &[u32::MAX], &[0, 1000]),
        ] {
            let range = CountRange::parse(text).unwrap();
            assert!(inside.iter().all(|it| range.contains(*it)), "{text}");
            assert!(!outside.iter().any(|it| range.contains(*it)), "{text}");
        }
        for text in ["", ">", "..x", "many", "1.5", "1 2"] {
            assert_eq!(CountRange::parse(text), None, "{text}");
        }
    }
}
