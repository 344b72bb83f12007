//! Converts a paper to the CSL-JSON item that a style formats.

use hayagriva::citationberg::json;
use serde_json::Value;

use super::et_al::ET_AL_SIGN;

use super::protect::protect_all;

use super::quotes::curl_quotes;

use super::title;
use crate::cite::csl::{CslItem, collection_title_variable, name};
use crate::cite::language::{language_tag, primary_subtag};
use crate::cite::venue::publication_kind;
use crate::domain::{BibField, Paper, PaperKind};
use crate::text::tex_to_unicode;

/// Returns the item of a paper, without notes and annotations, and with words protected that a
/// style must not change. `at` is its id.
pub fn style_item(paper: &Paper<'_>, at: usize) -> Option<json::Item> {
    let mut item = CslItem::new(paper, &at.to_string());
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
        item.0.insert("title".to_owned(), title::paper_title(paper).into());
    }
    let kind = publication_kind(paper);
    join_titles(&mut item, kind);
    if kind == PaperKind::Preprint
        && let Some(server) = item.0.remove("container-title")
    {
        item.0.entry("publisher").or_insert(server);
    }
    if kind == PaperKind::Thesis {
        item.put("genre", "Thesis");
    }
    put_type(&mut item, kind);
    if matches!(kind, PaperKind::Dataset | PaperKind::Software)
        && let Some(version) = item.0.remove("edition")
    {
        item.0.entry("version").or_insert(version);
    }
    for (variable, value) in &mut item.0 {
        prepare(variable, value);
    }
    serde_json::from_value(Value::Object(item.0)).ok()
}

/// Refines the type. A preprint without any identifier is a `manuscript`, since styles treat other
/// preprints as published; a report with an edition but no number is a manual and becomes a `book`,
/// since styles print no edition of a report.
fn put_type(item: &mut CslItem, kind: PaperKind) {
    let has = |variable: &str| item.0.contains_key(variable);
    let is_out = ["DOI", "URL", "number", "publisher"].into_iter().any(has);
    let exact = match kind {
        PaperKind::Preprint if !is_out => "manuscript",
        PaperKind::Report if has("edition") && !has("number") => "book",
        _ => return,
    };
    item.0.insert("type".to_owned(), exact.into());
}

/// Appends the title of a volume to that of the whole work, because few styles print both.
fn join_titles(item: &mut CslItem, kind: PaperKind) {
    let Some(Value::String(volume)) = item.0.remove("volume-title") else { return };
    if let Some(Value::String(main)) = item.0.get_mut(collection_title_variable(kind)) {
        main.extend([": ", &volume]);
    }
}

/// Converts the value of a variable so that hayagriva prints it as intended.
fn prepare(variable: &str, value: &mut Value) {
    match value {
        Value::String(text) => match variable {
            "genre" | "event-title" | "publisher-place" | "event-place" => {
                *text = curl_quotes(text);
            }
            "number" | "issue" | "version" => *text = protect_all(text),
            "container-title" | "collection-title" | "publisher" => {
                *text = title::collection_title(&curl_quotes(text));
            }
            _ => {}
        },
        Value::Array(names) => {
            let parts = names.iter_mut().filter_map(Value::as_object_mut);
            for part in parts.flat_map(|it| it.values_mut()) {
                if let Value::String(text) = part {
                    *text = curl_quotes(text);
                }
            }
            if let Some(last) = names.last_mut().filter(|it| name::is_et_al(it)) {
                *last = serde_json::json!({ "literal": ET_AL_SIGN.to_string() });
            }
        }
        // Hayagriva does not support date ranges, so only the first date is passed.
        Value::Object(date) => {
            if let Some(Value::Array(days)) = date.get_mut("date-parts") {
                days.truncate(1);
            }
        }
        _ => {}
    }
}

/// Returns the language code of the title; `None` for English, for which styles have their own
/// capitalisation rules. A title in mostly non-Latin letters without a language is `mul`.
fn language(paper: &Paper<'_>) -> Option<String> {
    let language = paper.field(BibField::Language);
    let latin = |it: char| it.is_ascii() || ('\u{c0}'..'\u{250}').contains(&it);
    let title = tex_to_unicode(paper.title);
    let (known_parts, other): (Vec<char>, Vec<char>) =
        title.chars().filter(|it| it.is_alphabetic()).partition(|&it| latin(it));
    if language.is_empty() && other.len() <= known_parts.len() {
        return None;
    }
    Some(
        language_tag(language)
            .map_or_else(|| "mul".to_owned(), |it| primary_subtag(&it).to_owned()),
    )
}
