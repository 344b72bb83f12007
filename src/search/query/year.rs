//! Ranges of years: `2019`, `201`, `2019..2021`, `>2020`.

/// A range of years, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearRange {
    pub first: i16,
    pub last: i16,
}

impl YearRange {
    /// Parses `2019`, `201` (2010 to 2019), `2019..2021`, `2019-2021`, `2019..`,
    /// `..2019`, `=2019`, `>2019`, `>=2019`, `<2019` and `<=2019`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = (i16::MIN, i16::MAX);
        let years = if let Some(bound) = text.strip_prefix(">=") {
            Self { first: year_prefix_range(bound)?.first, last }
        } else if let Some(bound) = text.strip_prefix("<=") {
            Self { first, last: year_prefix_range(bound)?.last }
        } else if let Some(bound) = text.strip_prefix('>') {
            Self { first: year_prefix_range(bound)?.last.saturating_add(1), last }
        } else if let Some(bound) = text.strip_prefix('<') {
            Self { first, last: year_prefix_range(bound)?.first.saturating_sub(1) }
        } else if let Some(year) = text.strip_prefix('=') {
            year_prefix_range(year)?
        } else if let Some((from, to)) = text.split_once("..").or_else(|| text.split_once('-')) {
            let from = if from.is_empty() { first } else { year_prefix_range(from)?.first };
            let to = to.trim_start_matches(['.', '=']);
            Self {
                first: from,
                last: if to.is_empty() { last } else { year_prefix_range(to)?.last },
            }
        } else {
            year_prefix_range(text.strip_suffix('.').unwrap_or(text))?
        };
        Some(years)
    }

    /// Returns true if the range is not empty and papers can be of these years.
    pub fn is_plausible(self) -> bool {
        const MIN_PLAUSIBLE_YEAR: i16 = 1000;
        const MAX_PLAUSIBLE_YEAR: i16 = 2099;
        self.first <= self.last
            && self.first <= MAX_PLAUSIBLE_YEAR
            && self.last >= MIN_PLAUSIBLE_YEAR
    }

    pub fn contains(self, year: i16) -> bool {
        (self.first..=self.last).contains(&year)
    }
}

/// The years that begin with the digits. A number of more than four digits is one year, at most
/// `i16::MAX`.
fn year_prefix_range(text: &str) -> Option<YearRange> {
    if text.is_empty() || !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    if text.len() > 4 {
        let year = text.parse().unwrap_or(i16::MAX);
        return Some(YearRange { first: year, last: year });
    }
    Some(YearRange {
        first: format!("{text:0<4}").parse().ok()?,
        last: format!("{text:9<4}").parse().ok()?,
    })
}
