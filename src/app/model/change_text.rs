//! Describes changes in words, for notices and the log.

use super::change_text;
use crate::library::{BasketPosition, Change, ChangeKind, OnOff, Receipt};
use crate::text::tex_to_unicode;

/// Describes the changes of one change set: all tags, or else only the first change, since the rest
/// follow from it.
pub fn describe_changes(deeds: &[Change]) -> String {
    let tags: Vec<String> =
        deeds.iter().filter(|it| matches!(it, Change::Tag(..))).map(describe_change).collect();
    if tags.is_empty() {
        deeds.first().map(describe_change).unwrap_or_default()
    } else {
        tags.join(", ")
    }
}

pub fn describe_change(deed: &Change) -> String {
    let plain = match deed {
        Change::Read(OnOff::On) => "read",
        Change::Read(OnOff::Off) => "unread",
        Change::Star(OnOff::On) => "starred",
        Change::Star(OnOff::Off) => "no longer starred",
        Change::Skip(OnOff::On) => "skipped",
        Change::Skip(OnOff::Off) => "no longer skipped",
        Change::Later(OnOff::On) => "for later",
        Change::Later(OnOff::Off) => "no longer for later",
        Change::Tag(tag, OnOff::On) => return format!("tagged {tag}"),
        Change::Tag(tag, OnOff::Off) => return format!("no longer tagged {tag}"),
        Change::Note(note) if note.is_empty() => "note taken away",
        Change::Note(_) => "noted",
        Change::Basket(BasketPosition::EndIfAbsent) => "in the basket",
        Change::Basket(BasketPosition::Before(_) | BasketPosition::End) => "moved in the basket",
        Change::Basket(BasketPosition::Removed) => "out of the basket",
    };
    plain.to_owned()
}

/// The notice for a receipt: the change, then the title of the paper or the number of papers.
pub fn describe_receipt(receipt: &Receipt) -> String {
    let did = change_text::describe_changes(&receipt.changes);
    let papers = describe_papers(receipt.paper_count, &receipt.title);
    match receipt.kind {
        ChangeKind::Recorded => format!("{}: {papers}", capitalise(&did)),
        ChangeKind::Undone => format!("Taken back: {did}, {papers}"),
        ChangeKind::Redone => format!("Done again: {did}, {papers}"),
    }
}

/// The title of a single paper, or the number of papers.
pub fn describe_papers(count: usize, title: &str) -> String {
    if count == 1 { tex_to_unicode(title).into_owned() } else { format!("{count} papers") }
}

pub fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
