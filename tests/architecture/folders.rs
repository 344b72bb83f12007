//! Rules on the order of folders in each module, and on import cycles between the files of a
//! folder.

use std::collections::{BTreeMap, BTreeSet};

use super::mentions::{Kind, Mention, Part, mentions};
use super::source::Source;

/// The entries of each module, folders and files at its root: each uses only those before it. The
/// `mod.rs` of the module may use all of them, and none may use it.
pub(crate) const ENTRIES: [(&str, &[&str]); 12] = [
    (
        "text",
        &[
            "tex", "distinct", "english", "greek", "cow", "words", "word_form", "fnv", "width",
            "fold", "sanitise", "urls", "placeholders", "name_table", "nearest", "sentences",
        ],
    ),
    (
        "domain",
        &[
            "identifier", "paper", "citation_key", "index", "segment", "dedup", "enrichment",
            "corpus", "corpus_keys", "marks", "gist", "interest",
        ],
    ),
    (
        "formats",
        &[
            "defect", "format", "input", "values", "html", "bibtex", "tagged", "record", "xml",
            "json", "table", "listing", "web_page", "hayagriva", "mail", "detect", "read",
        ],
    ),
    (
        "cite",
        &[
            "output_format", "venue", "field_names", "kind_names", "language", "latex", "writers",
            "record_diff", "entry_edits", "loss", "csl", "reference", "annotations", "template",
            "cite_command", "assigned_keys", "bibliography", "options", "output_keys", "render",
            "export",
        ],
    ),
    (
        "sources",
        &[
            "disk", "atomic_file", "load_control", "online", "zotero", "source", "inbox",
            "load_event", "error", "options", "builtin", "abstracts", "input", "open", "cache",
            "load", "record_lookup",
        ],
    ),
    (
        "search",
        &[
            "occurrence", "query", "service_query", "rank", "cancel", "matching", "facets",
            "reference", "request", "spelling", "similar", "cache", "engine", "highlight",
            "completion", "worker",
        ],
    ),
    (
        "library",
        &[
            "error", "model", "db", "undo", "snapshot", "transfer", "session", "service",
            "catch_up", "follow_file", "recognition",
        ],
    ),
    (
        "digest",
        &[
            "mail_settings", "layout", "sent_log", "selection", "forms", "mail", "outbox",
            "transport",
        ],
    ),
    ("app", &["input", "action", "model", "effect", "event", "update"]),
    (
        "ui",
        &[
            "theme", "text", "line_art", "qr_code", "key_hints", "filter", "columns", "list",
            "facets", "detail", "basket", "pending_keys", "header", "footer", "tips", "popup",
        ],
    ),
    (
        "shell",
        &[
            "process_tree", "split_command", "preferences", "clipboard", "queries", "jobs",
            "terminal", "workers", "options", "typeahead", "threads", "list_source", "persistence",
            "headless", "headless_lists", "plain", "event_loop", "lists", "effects", "inputs",
        ],
    ),
    ("cli", &["report", "args", "config", "commands"]),
];

/// Uses of an entry of the same module that comes later in its order, or of the module's `mod.rs`.
/// Unit tests are exempt.
pub(crate) fn against_order(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some((name, inner)) = module.split_first() else { return Vec::new() };
    let Some((_, order)) = ENTRIES.iter().find(|(it, _)| it == name) else { return Vec::new() };
    let Some(own) = inner.first() else { return Vec::new() };
    if source.is_for_tests() {
        return Vec::new();
    }
    let Some(rank) = position(order, own) else {
        return vec![format!("{}: `{own}` has no place in the order of `{name}`", source.path)];
    };
    let inside = mentions(source).into_iter().filter(|it| it.part == Part::Program);
    let inside =
        inside.filter(|it| it.path.len() > 2 && it.path[0] == "crate" && it.path[1] == *name);
    let wrong = inside.filter(|it| position(order, &it.path[2]).is_none_or(|it| it > rank));
    wrong.map(|it| format!("{}:{}: {}", source.path, it.line, it.path.join("::"))).collect()
}

fn position(order: &[&str], entry: &str) -> Option<usize> {
    order.iter().position(|it| *it == entry)
}

/// Import cycles between files of one folder that the header of the folder does not explain, in a
/// sentence that names the files in backticks and contains "use each other".
pub(crate) fn unexplained_rings(sources: &[Source]) -> Vec<String> {
    let files: BTreeMap<Vec<String>, &Source> = sources
        .iter()
        .filter(|it| it.path.starts_with("src/") && !it.module().is_empty())
        .map(|it| (it.module(), it))
        .collect();
    let mut wrong = Vec::new();
    for ring in rings(&files) {
        let folder = &ring[0][..ring[0].len() - 1];
        let header = files.get(folder).map(|it| header(it)).unwrap_or_default();
        let names: Vec<&str> = ring.iter().filter_map(|it| it.last()).map(String::as_str).collect();
        let is_named = |name: &&str| header.contains(&format!("`{name}`"));
        if !header.contains("use each other") || !names.iter().all(is_named) {
            wrong.push(format!("{}: {} use each other", folder.join("/"), names.join(", ")));
        }
    }
    wrong
}

fn header(source: &Source) -> String {
    let lines = source.text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The import cycles between sibling files.
fn rings(files: &BTreeMap<Vec<String>, &Source>) -> Vec<Vec<Vec<String>>> {
    let mut uses: BTreeMap<&Vec<String>, BTreeSet<&Vec<String>>> = BTreeMap::new();
    for (module, source) in files {
        let siblings = mentions(source)
            .iter()
            .filter(|it| it.part == Part::Program && it.kind != Kind::Reexport)
            .filter_map(|it| sibling(files, module, it))
            .collect();
        uses.insert(module, siblings);
    }
    let reaches = |from: &Vec<String>, to: &Vec<String>| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            for used in uses.get(at).into_iter().flatten() {
                if *used == to {
                    return true;
                }
                if seen.insert(*used) {
                    next.push(used);
                }
            }
        }
        false
    };
    let mut rings: Vec<Vec<Vec<String>>> = Vec::new();
    for module in files.keys().filter(|it| reaches(it, it)) {
        let ring = rings.iter_mut().find(|it| reaches(&it[0], module) && reaches(module, &it[0]));
        match ring {
            Some(ring) => ring.push(module.clone()),
            None => rings.push(vec![module.clone()]),
        }
    }
    rings
}

/// The sibling file that a path leads to.
fn sibling<'a>(
    files: &'a BTreeMap<Vec<String>, &Source>,
    module: &[String],
    mention: &Mention,
) -> Option<&'a Vec<String>> {
    let path = mention.path.strip_prefix(&["crate".to_owned()])?;
    let depth = module.len();
    if path.len() < depth || path[..depth - 1] != module[..depth - 1] || path[..depth] == module[..]
    {
        return None;
    }
    files.get_key_value(&path[..depth]).map(|(module, _)| module)
}
