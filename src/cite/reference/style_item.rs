//! A paper as an item that is handed to a style to be set.

use hayagriva::citationberg::json;
use serde_json::Value;

use super::et_al::MORE;
use super::protect::whole;
use super::quotes::curled;
use super::title;
use crate::cite::csl::{Item, name, title_of_whole};
use crate::cite::language::{primary, tag};
use crate::cite::venue::kind;
use crate::domain::{Fact, Kind, Paper};
use crate::text::readable;

/// The item as it is cited: without what is noted beside it, in words that a style leaves as they
/// are where they have to be.
pub fn cited(paper: &Paper<'_>, at: usize) -> Option<json::Item> {
    let mut item = Item::new(paper, &at.to_string());
    for variable in ["archive", "categories", "language"] {
        item.0.remove(variable);
    }
    if let Some(language) = language(paper) {
        item.0.insert("language".to_owned(), language.into());
    }
    if !paper.doi.is_empty() && paper.arxiv.is_empty() {
        item.0.remove("URL");
    }
    if item.0.contains_key("title") {
        item.0.insert("title".to_owned(), title::of_paper(paper).into());
    }
    let kind = kind(paper);
    join_titles(&mut item, kind);
    if kind == Kind::Preprint
        && let Some(server) = item.0.remove("container-title")
    {
        item.0.entry("publisher").or_insert(server);
    }
    if kind == Kind::Thesis {
        item.put("genre", "Thesis");
    }
    put_type(&mut item, kind);
    if matches!(kind, Kind::Dataset | Kind::Software)
        && let Some(version) = item.0.remove("edition")
    {
        item.0.entry("version").or_insert(version);
    }
    for (variable, value) in &mut item.0 {
        prepare(variable, value);
    }
    serde_json::from_value(Value::Object(item.0)).ok()
}

/// Says more exactly what a paper is: a preprint that is nowhere to be found is a manuscript, for
/// styles call the former published; and a manual in an edition is a book, for they print that of a
/// report nowhere.
fn put_type(item: &mut Item, kind: Kind) {
    let has = |variable: &str| item.0.contains_key(variable);
    let is_out = ["DOI", "URL", "number", "publisher"].into_iter().any(has);
    let exact = match kind {
        Kind::Preprint if !is_out => "manuscript",
        Kind::Report if has("edition") && !has("number") => "book",
        _ => return,
    };
    item.0.insert("type".to_owned(), exact.into());
}

/// Puts the title of a volume behind that of the whole, for few styles print it.
fn join_titles(item: &mut Item, kind: Kind) {
    let Some(Value::String(volume)) = item.0.remove("volume-title") else { return };
    if let Some(Value::String(main)) = item.0.get_mut(title_of_whole(kind)) {
        main.extend([": ", &volume]);
    }
}

/// Writes a value so that the interpreter of styles prints it as it is meant.
fn prepare(variable: &str, value: &mut Value) {
    match value {
        Value::String(text) => match variable {
            "genre" | "event-title" | "publisher-place" | "event-place" => *text = curled(text),
            "number" | "issue" | "version" => *text = whole(text),
            "container-title" | "collection-title" | "publisher" => {
                *text = title::of_whole(&curled(text));
            }
            _ => {}
        },
        Value::Array(names) => {
            let parts = names.iter_mut().filter_map(Value::as_object_mut);
            for part in parts.flat_map(|it| it.values_mut()) {
                if let Value::String(text) = part {
                    *text = curled(text);
                }
            }
            if let Some(last) = names.last_mut().filter(|it| name::is_others(it)) {
                *last = serde_json::json!({ "literal": MORE.to_string() });
            }
        }
        // The interpreter gives up on a range of dates.
        Value::Object(date) => {
            if let Some(Value::Array(days)) = date.get_mut("date-parts") {
                days.truncate(1);
            }
        }
        _ => {}
    }
}

/// The language of the title by its code, where it is not English, for whose titles styles have
/// rules of their own. A title in letters that English has not is in some other language.
fn language(paper: &Paper<'_>) -> Option<String> {
    let named = paper.fact(Fact::Language);
    let latin = |it: char| it.is_ascii() || ('\u{c0}'..'\u{250}').contains(&it);
    let title = readable(paper.title);
    let (known, other): (Vec<char>, Vec<char>) =
        title.chars().filter(|it| it.is_alphabetic()).partition(|&it| latin(it));
    if named.is_empty() && other.len() <= known.len() {
        return None;
    }
    Some(tag(named).map_or_else(|| "mul".to_owned(), |it| primary(&it).to_owned()))
}
