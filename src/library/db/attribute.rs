//! Encodes changes as attribute and value, the form in which the log stores them, and decodes them.

use std::sync::Arc;

use super::accepted_json;
use crate::domain::{Mark, PaperMarks};
use crate::library::model::change::{BasketPosition, Change, OnOff};
use crate::library::model::session::SavedSearch;
use crate::search::{SortDirection, SortKey};
use crate::text::{sanitise, sanitise_lines};

/// The value of an attribute that is on. The empty value means off.
const ON: &str = "1";
pub const BASKET: &str = "basket";
const NOTE: &str = "note";
pub const ACCEPTED: &str = "accepted";
const TAG_PREFIX: &str = "tag:";
pub const SEARCH_PREFIX: &str = "search:";
pub const QUERY_PREFIX: &str = "query:";
/// Prefix of an issued citation key; the year of the paper at the time of issue follows.
const KEY_PREFIX: &str = "key:";

pub fn key_attribute(year: Option<i16>) -> String {
    format!("{KEY_PREFIX}{}", year.map(|it| it.to_string()).unwrap_or_default())
}

/// Returns the year of the paper when the key was issued, from a `key:` attribute.
pub fn year_of_key(aspect: &str) -> Option<i16> {
    aspect.strip_prefix(KEY_PREFIX)?.parse().ok()
}

/// Returns the attribute and the value of a change. `rank` is the value of a basket position.
pub fn attribute_of(change: &Change, rank: &str) -> (String, String) {
    let switch = |aspect: &str, switch: OnOff| {
        let value = if switch == OnOff::On { ON } else { "" };
        (aspect.to_owned(), value.to_owned())
    };
    match change {
        Change::Read(state) => switch("read", *state),
        Change::Star(state) => switch("star", *state),
        Change::Skip(state) => switch("skip", *state),
        Change::Later(state) => switch("later", *state),
        Change::Tag(name, it) => switch(&format!("{TAG_PREFIX}{name}"), *it),
        Change::Note(text) => (NOTE.to_owned(), text.trim().to_owned()),
        Change::Accept(values) => (ACCEPTED.to_owned(), accepted_json::to_json(values)),
        Change::Basket(BasketPosition::Removed) => (BASKET.to_owned(), String::new()),
        Change::Basket(_) => (BASKET.to_owned(), rank.to_owned()),
    }
}

/// Decodes a change; `None` for an unknown attribute. Every basket position decodes as
/// [`BasketPosition::EndIfAbsent`], as the log stores only the rank.
pub fn parse_change(aspect: &str, value: &str) -> Option<Change> {
    let switch = if value.is_empty() { OnOff::Off } else { OnOff::On };
    Some(match aspect {
        "read" => Change::Read(switch),
        "star" => Change::Star(switch),
        "skip" => Change::Skip(switch),
        "later" => Change::Later(switch),
        NOTE => Change::Note(sanitise_lines(value).into_owned()),
        ACCEPTED => Change::Accept(accepted_json::from_json(value)),
        BASKET if value.is_empty() => Change::Basket(BasketPosition::Removed),
        BASKET => Change::Basket(BasketPosition::EndIfAbsent),
        _ => Change::Tag(sanitise(aspect.strip_prefix(TAG_PREFIX)?).into_owned(), switch),
    })
}

/// Adds the mark that an attribute and its value encode.
pub fn add_mark(marked: &mut PaperMarks, aspect: &str, value: &str) {
    let mark = match parse_change(aspect, value) {
        Some(Change::Read(OnOff::On)) => Mark::Read,
        Some(Change::Star(OnOff::On)) => Mark::Starred,
        Some(Change::Skip(OnOff::On)) => Mark::Skipped,
        Some(Change::Later(OnOff::On)) => Mark::Later,
        Some(Change::Basket(BasketPosition::EndIfAbsent)) => Mark::Basket,
        Some(Change::Note(text)) => {
            marked.note = Arc::from(text);
            Mark::Noted
        }
        Some(Change::Accept(values)) => {
            marked.accepted = Arc::new(values);
            return;
        }
        Some(Change::Tag(name, OnOff::On)) => {
            // The database returns attributes in order, so a tag is rarely out of order: sort only
            // then.
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

/// Names in saved searches and sessions. An unknown name is read as relevance.
const SORT_KEY_NAMES: [(SortKey, &str); 10] = [
    (SortKey::Relevance, "relevance"),
    (SortKey::Year, "year"),
    (SortKey::Title, "title"),
    (SortKey::FirstAuthor, "author"),
    (SortKey::Arrival, "arrival"),
    (SortKey::Date, "date"),
    (SortKey::Citations, "citations"),
    (SortKey::Votes, "votes"),
    (SortKey::Listed, "listed"),
    (SortKey::ForYou, "for-you"),
];

pub fn sort_key_name(order: SortKey) -> &'static str {
    SORT_KEY_NAMES.iter().find(|(it, _)| *it == order).map_or("relevance", |(_, name)| name)
}

pub fn sort_key_by_name(name: &str) -> SortKey {
    SORT_KEY_NAMES
        .iter()
        .find(|(_, it)| *it == name)
        .map_or(SortKey::Relevance, |(order, _)| *order)
}

pub fn direction_name(direction: SortDirection) -> &'static str {
    if direction == SortDirection::Reverse { "reverse" } else { "forward" }
}

pub fn direction_by_name(name: &str) -> SortDirection {
    if name == "reverse" { SortDirection::Reverse } else { SortDirection::Forward }
}

/// Encodes a saved search as order, direction and query, separated by spaces.
pub fn search_value(saved: &SavedSearch) -> String {
    let (order, direction) = (sort_key_name(saved.order), direction_name(saved.direction));
    format!("{order} {direction} {}", saved.query)
}

/// Decodes a saved search from its attribute and value.
pub fn parse_search(aspect: &str, value: &str) -> Option<SavedSearch> {
    let mut parts = value.splitn(3, ' ');
    Some(SavedSearch {
        name: sanitise(aspect.strip_prefix(SEARCH_PREFIX)?).into_owned(),
        order: sort_key_by_name(parts.next()?),
        direction: direction_by_name(parts.next()?),
        query: sanitise(parts.next()?).into_owned(),
    })
}

/// Returns a rank after `low` and before `high` in the order of text. Ranks are hexadecimal
/// fractions. The result is outside if `low` is not less than `high`.
pub fn rank_between(low: &str, high: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |rank: &str, position: usize| {
        let digit =
            rank.as_bytes().get(position).and_then(|it| DIGITS.iter().position(|c| c == it));
        digit.unwrap_or(0)
    };
    let max_len = low.len().max(high.len());
    let mut rank = String::new();
    let mut is_below = false;
    for position in 0.. {
        let low = digit(low, position);
        let high = if is_below { DIGITS.len() } else { digit(high, position) };
        if high > low + 1 {
            rank.push(char::from(DIGITS[low.midpoint(high)]));
            break;
        }
        rank.push(char::from(DIGITS[low]));
        is_below |= high > low;
        // There is no rank between two ranks of which the first is not the lower.
        if !is_below && position > max_len {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{AcceptedValues, BibField, EnrichedField};

    #[test]
    fn a_change_is_read_as_it_was_written() {
        let tag = Change::Tag("to do".to_owned(), OnOff::Off);
        let mut values = AcceptedValues::default();
        values.add(EnrichedField::Abstract, "We \"climb\".\n\nFar.".to_owned());
        values.add(EnrichedField::Bib(BibField::Pages), "1–9".to_owned());
        let changes = [
            Change::Read(OnOff::On),
            Change::Note("# A\nb".to_owned()),
            tag,
            Change::Accept(values),
            Change::Accept(AcceptedValues::default()),
        ];
        for change in changes {
            let (aspect, value) = attribute_of(&change, "");
            assert_eq!(parse_change(&aspect, &value), Some(change));
        }
        assert_eq!(parse_change("weight", "1"), None);
    }

    #[test]
    fn a_search_is_read_as_it_was_written() {
        let saved = SavedSearch {
            name: "new: brains".to_owned(),
            query: "brain  is:unread".to_owned(),
            order: SortKey::Year,
            direction: SortDirection::Reverse,
        };
        assert_eq!(parse_search("search:new: brains", &search_value(&saved)), Some(saved));
        assert_eq!(parse_search("search:x", "year"), None);
    }

    proptest! {
        #[test]
        fn there_is_always_a_rank_between_two_others(
            mut ranks in prop::collection::btree_set("[0-9a-f]{0,5}[1-9a-f]", 2),
            choices in prop::collection::vec(any::<bool>(), 0..40),
        ) {
            let (mut low, mut high) = (ranks.pop_first().unwrap(), ranks.pop_first().unwrap());
            for choice in choices {
                let rank = rank_between(&low, &high);
                prop_assert!(low < rank && rank < high, "{low} {rank} {high}");
                if choice { low = rank } else { high = rank }
            }
        }
    }
}
