//! Deeds as they stand in the log, an aspect and a value each, and what they come to.

use std::sync::Arc;

use crate::domain::{Mark, Marked};
use crate::library::model::change::{Deed, Spot, Switch};
use crate::library::model::session::Saved;
use crate::search::{Direction, Order};
use crate::text::{sanitise, sanitise_lines};

/// The value of what is switched on. Off is empty.
const ON: &str = "1";
pub const BASKET: &str = "basket";
const NOTE: &str = "note";
const TAG: &str = "tag:";
pub const SEARCH: &str = "search:";
pub const QUERY: &str = "query:";
/// The citation key that a paper was given, with the year that the paper had then.
const KEY: &str = "key:";

pub fn key(year: Option<i16>) -> String {
    format!("{KEY}{}", year.map(|it| it.to_string()).unwrap_or_default())
}

/// The year of a paper when it was given its key.
pub fn year_of_key(aspect: &str) -> Option<i16> {
    aspect.strip_prefix(KEY)?.parse().ok()
}

/// The aspect and the value of a deed. `rank` is where in the basket it goes.
pub fn written(deed: &Deed, rank: &str) -> (String, String) {
    let switch = |aspect: &str, switch: Switch| {
        let value = if switch == Switch::On { ON } else { "" };
        (aspect.to_owned(), value.to_owned())
    };
    match deed {
        Deed::Read(it) => switch("read", *it),
        Deed::Star(it) => switch("star", *it),
        Deed::Skip(it) => switch("skip", *it),
        Deed::Later(it) => switch("later", *it),
        Deed::Tag(name, it) => switch(&format!("{TAG}{name}"), *it),
        Deed::Note(text) => (NOTE.to_owned(), text.trim().to_owned()),
        Deed::Basket(Spot::Out) => (BASKET.to_owned(), String::new()),
        Deed::Basket(_) => (BASKET.to_owned(), rank.to_owned()),
    }
}

/// What was done, as far as it is known. Where in the basket a paper went is not told.
pub fn read(aspect: &str, value: &str) -> Option<Deed> {
    let switch = if value.is_empty() { Switch::Off } else { Switch::On };
    Some(match aspect {
        "read" => Deed::Read(switch),
        "star" => Deed::Star(switch),
        "skip" => Deed::Skip(switch),
        "later" => Deed::Later(switch),
        NOTE => Deed::Note(sanitise_lines(value).into_owned()),
        BASKET if value.is_empty() => Deed::Basket(Spot::Out),
        BASKET => Deed::Basket(Spot::Last),
        _ => Deed::Tag(sanitise(aspect.strip_prefix(TAG)?).into_owned(), switch),
    })
}

/// Adds what an aspect says of a paper.
pub fn mark(marked: &mut Marked, aspect: &str, value: &str) {
    let mark = match read(aspect, value) {
        Some(Deed::Read(Switch::On)) => Mark::Read,
        Some(Deed::Star(Switch::On)) => Mark::Starred,
        Some(Deed::Skip(Switch::On)) => Mark::Skipped,
        Some(Deed::Later(Switch::On)) => Mark::Later,
        Some(Deed::Basket(Spot::Last)) => Mark::Basket,
        Some(Deed::Note(text)) => {
            marked.note = Arc::from(text);
            Mark::Noted
        }
        Some(Deed::Tag(name, Switch::On)) => {
            // The database gives aspects in order; what it gives otherwise is put in order here.
            let is_last = marked.tags.last().is_none_or(|it| *it <= name);
            marked.tags.push(name);
            if !is_last {
                marked.tags.sort_unstable();
            }
            return;
        }
        _ => return,
    };
    marked.marks.push(mark);
    marked.marks.sort_unstable_by_key(|mark| *mark as usize);
}

const ORDERS: [(Order, &str); 5] = [
    (Order::Relevance, "relevance"),
    (Order::Year, "year"),
    (Order::Title, "title"),
    (Order::FirstAuthor, "author"),
    (Order::Arrival, "arrival"),
];

pub fn order_name(order: Order) -> &'static str {
    ORDERS.iter().find(|(it, _)| *it == order).map_or("relevance", |(_, name)| name)
}

pub fn order(name: &str) -> Order {
    ORDERS.iter().find(|(_, it)| *it == name).map_or(Order::Relevance, |(order, _)| *order)
}

pub fn direction_name(direction: Direction) -> &'static str {
    if direction == Direction::Reverse { "reverse" } else { "forward" }
}

pub fn direction(name: &str) -> Direction {
    if name == "reverse" { Direction::Reverse } else { Direction::Forward }
}

/// The value of a saved search.
pub fn search_value(saved: &Saved) -> String {
    let (order, direction) = (order_name(saved.order), direction_name(saved.direction));
    format!("{order} {direction} {}", saved.query)
}

/// A saved search from its aspect and value.
pub fn search(aspect: &str, value: &str) -> Option<Saved> {
    let mut parts = value.splitn(3, ' ');
    Some(Saved {
        name: sanitise(aspect.strip_prefix(SEARCH)?).into_owned(),
        order: order(parts.next()?),
        direction: direction(parts.next()?),
        query: sanitise(parts.next()?).into_owned(),
    })
}

/// A rank between two others in the order of text, after `low` and before `high`, if there is one.
/// Ranks are hexadecimal fractions.
pub fn between(low: &str, high: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |rank: &str, at: usize| {
        let found = rank.as_bytes().get(at).and_then(|it| DIGITS.iter().position(|c| c == it));
        found.unwrap_or(0)
    };
    let longest = low.len().max(high.len());
    let mut rank = String::new();
    let mut is_below = false;
    for at in 0.. {
        let low = digit(low, at);
        let high = if is_below { DIGITS.len() } else { digit(high, at) };
        if high > low + 1 {
            rank.push(char::from(DIGITS[low.midpoint(high)]));
            break;
        }
        rank.push(char::from(DIGITS[low]));
        is_below |= high > low;
        // Two ranks of which the first is not the lower have nothing between them.
        if !is_below && at > longest {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_deed_is_read_as_it_was_written() {
        let tag = Deed::Tag("to do".to_owned(), Switch::Off);
        for deed in [Deed::Read(Switch::On), Deed::Note("# A\nb".to_owned()), tag] {
            let (aspect, value) = written(&deed, "");
            assert_eq!(read(&aspect, &value), Some(deed));
        }
        assert_eq!(read("weight", "1"), None);
    }

    #[test]
    fn a_search_is_read_as_it_was_written() {
        let saved = Saved {
            name: "new: brains".to_owned(),
            query: "brain  is:unread".to_owned(),
            order: Order::Year,
            direction: Direction::Reverse,
        };
        assert_eq!(search("search:new: brains", &search_value(&saved)), Some(saved));
        assert_eq!(search("search:x", "year"), None);
    }

    proptest! {
        #[test]
        fn there_is_always_a_rank_between_two_others(
            mut ranks in prop::collection::btree_set("[0-9a-f]{0,5}[1-9a-f]", 2),
            choices in prop::collection::vec(any::<bool>(), 0..40),
        ) {
            let (mut low, mut high) = (ranks.pop_first().unwrap(), ranks.pop_first().unwrap());
            for choice in choices {
                let rank = between(&low, &high);
                prop_assert!(low < rank && rank < high, "{low} {rank} {high}");
                if choice { low = rank } else { high = rank }
            }
        }
    }
}
