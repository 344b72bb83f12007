//! The lists that have what a source listed while it was not fetched: the newest list has only the
//! papers of its own day.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::sources::online::address::Month;
use crate::sources::online::{Address, Listing, Period};

/// Maximum number of days of Hugging Face that are fetched afterwards.
const MAX_DAYS: usize = 31;
/// Maximum number of months of arXiv that are fetched afterwards.
const MAX_MONTHS: usize = 3;

/// The lists to fetch besides the newest one, if the last fetch was before yesterday. The newest come
/// first, and at most some months of them. They also have papers from before the last fetch.
pub fn missed_lists(address: &Address, last_fetch: Date, today: Date) -> Vec<Address> {
    let Ok(yesterday) = today.yesterday() else { return Vec::new() };
    if last_fetch >= yesterday {
        return Vec::new();
    }
    match address {
        Address::Listing(Listing::DailyPapers(Period::Newest)) => {
            days(yesterday, last_fetch).map(Listing::DailyPapers).map(Address::Listing).collect()
        }
        Address::Listing(Listing::Preprints(server, Period::Newest)) => {
            let list = |day| Address::Listing(Listing::Preprints(*server, day));
            days(yesterday, last_fetch).map(list).collect()
        }
        Address::Listing(Listing::NewInCategories(categories)) => {
            let before = |it: &Date| it.checked_sub(1.month()).ok();
            let months = std::iter::successors(Some(today.first_of_month()), before);
            let months = months.take_while(|it| *it >= last_fetch.first_of_month());
            let month = |it: Date| Month { year: it.year(), month: it.month() };
            let list = |it| Listing::MonthOfCategories(categories.clone(), month(it));
            months.take(MAX_MONTHS).map(|it| Address::Listing(list(it))).collect()
        }
        Address::Listing(
            Listing::DailyPapers(Period::Day(_) | Period::Week(_) | Period::Month(_))
            | Listing::Preprints(_, Period::Day(_) | Period::Week(_) | Period::Month(_))
            | Listing::Trending
            | Listing::MonthOfCategories(..)
            | Listing::Volume(_),
        )
        | Address::Search { .. }
        | Address::Papers(_)
        | Address::Related(..)
        | Address::Page(_) => Vec::new(),
    }
}

/// The days from the last one back to the first, at most [`MAX_DAYS`] of them.
fn days(last: Date, first: Date) -> impl Iterator<Item = Period> {
    let days = std::iter::successors(Some(last), |it| it.yesterday().ok());
    days.take_while(move |it| *it >= first).take(MAX_DAYS).map(Period::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_listed_since_the_last_fetch_is_fetched_afterwards() {
        let missed = |address: &str, last: &str, today: &str| {
            let address = Address::parse(address).unwrap();
            let lists = missed_lists(&address, last.parse().unwrap(), today.parse().unwrap());
            lists.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let none: [&str; 0] = [];
        assert_eq!(missed("hf", "2026-11-29", "2026-11-30"), none);
        assert_eq!(
            missed("hf", "2026-11-28", "2026-12-01"),
            ["hf:2026-11-30", "hf:2026-11-29", "hf:2026-11-28"]
        );
        assert_eq!(missed("hf", "2020-01-01", "2026-12-01").len(), MAX_DAYS);
        assert_eq!(
            missed("biorxiv", "2026-11-29", "2026-12-01"),
            ["biorxiv:2026-11-30", "biorxiv:2026-11-29"]
        );
        assert_eq!(missed("arxiv:cs.CL", "2026-11-30", "2026-12-01"), none);
        assert_eq!(
            missed("arxiv:cs.CL+cs.LG", "2026-11-28", "2026-12-01"),
            ["arxiv:cs.CL+cs.LG/2026-12", "arxiv:cs.CL+cs.LG/2026-11"]
        );
        assert_eq!(missed("arxiv:cs.CL", "2020-01-31", "2026-03-31").len(), MAX_MONTHS);
        assert_eq!(missed("s2:snow", "2020-01-01", "2026-12-01"), none);
        assert_eq!(missed("https://example.org/feed", "2020-01-01", "2026-12-01"), none);
    }
}
