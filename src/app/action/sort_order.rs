//! TODO header.

use crate::search::Order;

pub const ORDERS: [(&str, Order, &str); 5] = [
    ("r", Order::Relevance, "relevance"),
    ("y", Order::Year, "year, newest first"),
    ("t", Order::Title, "title"),
    ("a", Order::FirstAuthor, "first author"),
    ("f", Order::Arrival, "order of the file"),
];

/// How a command or a notice calls an order.
pub fn order_name(order: Order) -> &'static str {
    ORDERS.iter().find(|(_, it, _)| *it == order).map_or("", |(_, _, name)| name)
}

pub fn order_named(name: &str) -> Option<Order> {
    ORDERS.iter().find(|(_, _, it)| it.starts_with(name)).map(|(_, order, _)| *order)
}
