//! TODO header.

use super::change_text;
use crate::library::{Deed, Did, Receipt, Spot, Switch};
use crate::text::readable;

/// Deeds in words, the first of them for all, since the others follow from it: `starred`,
/// `tagged todo`.
pub fn said(deeds: &[Deed]) -> String {
    let tags: Vec<String> =
        deeds.iter().filter(|it| matches!(it, Deed::Tag(..))).map(said_one).collect();
    if tags.is_empty() { deeds.first().map(said_one).unwrap_or_default() } else { tags.join(", ") }
}

pub fn said_one(deed: &Deed) -> String {
    let plain = match deed {
        Deed::Read(Switch::On) => "read",
        Deed::Read(Switch::Off) => "unread",
        Deed::Star(Switch::On) => "starred",
        Deed::Star(Switch::Off) => "no longer starred",
        Deed::Skip(Switch::On) => "skipped",
        Deed::Skip(Switch::Off) => "no longer skipped",
        Deed::Later(Switch::On) => "for later",
        Deed::Later(Switch::Off) => "no longer for later",
        Deed::Tag(tag, Switch::On) => return format!("tagged {tag}"),
        Deed::Tag(tag, Switch::Off) => return format!("no longer tagged {tag}"),
        Deed::Note(note) if note.is_empty() => "note taken away",
        Deed::Note(_) => "noted",
        Deed::Basket(Spot::Last) => "in the basket",
        Deed::Basket(Spot::Before(_) | Spot::End) => "moved in the basket",
        Deed::Basket(Spot::Out) => "out of the basket",
    };
    plain.to_owned()
}

/// `Starred: Key-value memory in the brain`, `Taken back: read, 5 papers`.
pub fn told(receipt: &Receipt) -> String {
    let did = change_text::said(&receipt.deeds);
    let papers = about(receipt.count, &receipt.title);
    match receipt.did {
        Did::Recorded => format!("{}: {papers}", capitalised(&did)),
        Did::Undone => format!("Taken back: {did}, {papers}"),
        Did::Redone => format!("Done again: {did}, {papers}"),
    }
}

/// The one paper by its title, or how many there are.
pub fn about(count: usize, title: &str) -> String {
    if count == 1 { readable(title).into_owned() } else { format!("{count} papers") }
}

pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
