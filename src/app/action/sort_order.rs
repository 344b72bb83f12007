//! Names and menu letters of the sort orders.

use crate::search::SortKey;

pub const SORT_ORDERS: [(&str, SortKey, &str); 10] = [
    ("r", SortKey::Relevance, "relevance"),
    ("y", SortKey::Year, "year, newest first"),
    ("t", SortKey::Title, "title"),
    ("a", SortKey::FirstAuthor, "first author"),
    ("f", SortKey::Arrival, "original order"),
    ("d", SortKey::Date, "date, newest first"),
    ("c", SortKey::Citations, "citations, most first"),
    ("v", SortKey::Votes, "votes, most first"),
    ("l", SortKey::Listed, "date listed, newest first"),
    ("u", SortKey::ForYou, "for you, most like your stars first"),
];

/// The name of a sort order on the command line and in notices.
pub fn sort_name(order: SortKey) -> &'static str {
    SORT_ORDERS.iter().find(|(_, it, _)| *it == order).map_or("", |(_, _, name)| name)
}

/// The sort order as it follows "sorted": `by year, newest first`.
pub fn sort_phrase(order: SortKey) -> String {
    let name = sort_name(order);
    if order == SortKey::ForYou { name.to_owned() } else { format!("by {name}") }
}

pub fn sort_from_name(name: &str) -> Option<SortKey> {
    SORT_ORDERS.iter().find(|(_, _, it)| it.starts_with(name)).map(|(_, order, _)| *order)
}
