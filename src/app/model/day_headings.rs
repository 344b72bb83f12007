//! The headings of a list that is sorted by the day of listing.

use super::state::State;
use crate::domain::Mark;
use crate::text::{counted, group_digits, width};

/// Maximum number of papers of a day that are looked at one by one for those that are unread, since
/// a heading is made for each frame.
const MAX_COUNTED_PAPERS: usize = 2_000;

/// The heading of the day that begins with this rank, as far as it fits into the width:
/// `Friday, 27 November 2026 · 41 papers · 12 unread`.
pub fn day_heading(state: &State, rank: usize, max_width: usize) -> String {
    let day = state.listed_day(rank);
    let end = end_of_day(state, rank);
    let papers = end - rank;
    let mut facts = vec![counted(group_digits(papers), "paper")];
    let has_read = state.library.marks.count(Mark::Read) > 0;
    if has_read && papers <= MAX_COUNTED_PAPERS {
        let is_unread = |rank: &usize| {
            state.hits().get(*rank).is_some_and(|id| !state.library.marks.has(Mark::Read, id))
        };
        facts.push(format!("{} unread", group_digits((rank..end).filter(is_unread).count())));
    }
    for name in [long_name(day), short_name(day)] {
        for count in (0..=facts.len()).rev() {
            let parts: Vec<&str> =
                std::iter::once(&name).chain(&facts[..count]).map(String::as_str).collect();
            let heading = parts.join(" · ");
            if width(&heading) <= max_width {
                return heading;
            }
        }
    }
    short_name(day)
}

/// The rank behind the last paper of the day that begins with this rank. Steps of doubled size
/// bracket it, since a day may have very many papers.
fn end_of_day(state: &State, rank: usize) -> usize {
    let (day, len) = (state.listed_day(rank), state.hits().len());
    let is_of_day = |rank: usize| state.listed_day(rank) == day;
    let (mut inside, mut step) = (rank, 1);
    while inside + step < len && is_of_day(inside + step) {
        inside += step;
        step *= 2;
    }
    let mut outside = (inside + step).min(len);
    while outside - inside > 1 {
        let middle = inside + (outside - inside) / 2;
        if is_of_day(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    outside
}

/// `Friday, 27 November 2026`.
fn long_name(day: &str) -> String {
    match day.parse::<jiff::civil::Date>() {
        Ok(date) => date.strftime("%A, %-d %B %Y").to_string(),
        Err(_) => short_name(day),
    }
}

fn short_name(day: &str) -> String {
    if day.is_empty() { "Day unknown".to_owned() } else { day.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_named_with_its_weekday() {
        assert_eq!(long_name("2026-11-27"), "Friday, 27 November 2026");
        assert_eq!(long_name("2026-11"), "2026-11");
        assert_eq!(long_name(""), "Day unknown");
    }
}
