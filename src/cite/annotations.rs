//! What the reader says of a paper, told with what its source says: tags among the keywords, the note
//! as an annotation.

use super::writers::bibtex;
use crate::domain::{Fact, Marked, Paper, stored};
use crate::text::{distinct, tidy};

/// The facts of the paper as they are stored, with what the reader says; nothing where that is all
/// in them.
pub fn facts(paper: &Paper<'_>, marked: &Marked) -> Option<String> {
    let said = [(Fact::Keywords, keywords(paper, marked)), (Fact::Annotation, note(paper, marked))];
    let new = said.iter().filter(|(fact, text)| paper.fact(*fact) != *text);
    let new: Vec<(Fact, &str)> = new.map(|(fact, text)| (*fact, &**text)).collect();
    if new.is_empty() {
        return None;
    }
    let own = own_entry(paper, &new);
    let is_old = |fact: Fact| fact == Fact::Raw || new.iter().any(|(it, _)| *it == fact);
    let old = paper.facts().filter(|(fact, _)| !is_old(*fact));
    let own = own.as_deref().map(|it| (Fact::Raw, it));
    Some(stored(old.chain(new.iter().copied()).chain(own)))
}

fn keywords(paper: &Paper<'_>, marked: &Marked) -> String {
    let own = paper.fact(Fact::Keywords).split("; ").filter(|it| !it.is_empty());
    distinct(own.chain(marked.tags.iter().map(String::as_str))).join("; ")
}

/// The note, behind what the source says where that is not in it.
fn note(paper: &Paper<'_>, marked: &Marked) -> String {
    let known = paper.fact(Fact::Annotation);
    match &*marked.note {
        "" => known.to_owned(),
        note if tidy(note).contains(known) => note.to_owned(),
        note => format!("{known}\n\n{note}"),
    }
}

/// The entry as the reader's bibliography has it with these facts added. Nothing where it has other
/// words in their place: then it is written anew.
fn own_entry(paper: &Paper<'_>, new: &[(Fact, &str)]) -> Option<String> {
    let entry = paper.fact(Fact::Raw);
    let has_others = new.iter().any(|(fact, _)| !paper.fact(*fact).is_empty());
    if entry.is_empty() || has_others { None } else { bibtex::with_facts(entry, new) }
}
