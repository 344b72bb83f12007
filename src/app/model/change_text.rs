//! Describes changes in words, for notices and the log.

use crate::library::{BasketPosition, Change, ChangeKind, OnOff, Receipt};
use crate::text::{capitalise, counted, tex_to_unicode};

/// Describes the changes of one change set as past participles, such as `starred`: all tags, or else
/// only the first change, since the rest follow from it.
pub fn describe_changes(changes: &[Change]) -> String {
    describe(changes, |change| change_text(change).0)
}

/// The same as verbs, such as `star`, for changes undone and redone.
fn describe_verbs(changes: &[Change]) -> String {
    describe(changes, |change| change_text(change).1)
}

fn describe(changes: &[Change], text: fn(&Change) -> &'static str) -> String {
    let tags = |wanted: OnOff| {
        let names = changes.iter().filter_map(move |it| match it {
            Change::Tag(tag, switch) if *switch == wanted => Some(tag.as_str()),
            _ => None,
        });
        names.collect::<Vec<_>>()
    };
    let labelled = |names: Vec<&str>, one: &str, many: &str| {
        let label = if names.len() == 1 { one } else { many };
        (!names.is_empty()).then(|| format!("{label} {}", names.join(", ")))
    };
    let added = labelled(tags(OnOff::On), "tag", "tags");
    let removed = labelled(tags(OnOff::Off), "removed tag", "removed tags");
    let tags: Vec<String> = added.into_iter().chain(removed).collect();
    if tags.is_empty() {
        changes.first().map(text).unwrap_or_default().to_owned()
    } else {
        tags.join("; ")
    }
}

/// The past participle and the verb of a change. Tags are described by [`describe`].
fn change_text(change: &Change) -> (&'static str, &'static str) {
    match change {
        Change::Read(OnOff::On) => ("marked read", "mark read"),
        Change::Read(OnOff::Off) => ("marked unread", "mark unread"),
        Change::Star(OnOff::On) => ("starred", "star"),
        Change::Star(OnOff::Off) => ("unstarred", "unstar"),
        Change::Skip(OnOff::On) => ("skipped", "skip"),
        Change::Skip(OnOff::Off) => ("no longer skipped", "unskip"),
        Change::Later(OnOff::On) => ("marked \"read later\"", "mark \"read later\""),
        Change::Later(OnOff::Off) => ("unmarked \"read later\"", "unmark \"read later\""),
        Change::Tag(..) => ("tagged", "tag"),
        Change::Note(note) if note.is_empty() => ("note deleted", "delete note"),
        Change::Note(_) => ("note saved", "save note"),
        Change::Accept(values) if values.is_empty() => ("restored from source", "restore"),
        Change::Accept(_) => ("completed", "complete"),
        Change::Basket(BasketPosition::EndIfAbsent) => ("added to basket", "add to basket"),
        Change::Basket(BasketPosition::Before(_) | BasketPosition::End) => {
            ("moved in basket", "move in basket")
        }
        Change::Basket(BasketPosition::Removed) => ("removed from basket", "remove from basket"),
    }
}

/// Describes a change that was undone or redone: `undone: star (Key-value memory in the brain)`.
pub fn describe_reversal(kind: ChangeKind, changes: &[Change], papers: &str) -> String {
    let label = if kind == ChangeKind::Undone { "undone" } else { "redone" };
    format!("{label}: {} ({papers})", describe_verbs(changes))
}

/// The notice for a receipt: the change, then the title of the paper or the number of papers.
pub fn describe_receipt(receipt: &Receipt) -> String {
    let papers = describe_papers(receipt.paper_count, &receipt.title);
    match receipt.kind {
        ChangeKind::Recorded => {
            format!("{}: {papers}", capitalise(&describe_changes(&receipt.changes)))
        }
        ChangeKind::Undone | ChangeKind::Redone => {
            capitalise(&describe_reversal(receipt.kind, &receipt.changes, &papers))
        }
    }
}

/// The title of a single paper, or the number of papers.
pub fn describe_papers(count: usize, title: &str) -> String {
    if count == 1 { tex_to_unicode(title).into_owned() } else { counted(count, "paper") }
}
