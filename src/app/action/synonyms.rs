//! Words for actions other than those of their names and summaries, for the help and for unknown
//! commands.

/// Pairs of an action's name and the words by which users of other programs look for it.
const SYNONYMS: &[(&str, &str)] = &[
    ("down", "next line"),
    ("up", "previous line"),
    ("first", "top beginning start jump"),
    ("last", "bottom end jump"),
    ("half-down", "scroll"),
    ("half-up", "scroll"),
    ("page-down", "scroll"),
    ("page-up", "scroll"),
    ("next-pane", "window focus switch"),
    ("previous-pane", "window focus switch"),
    ("facets", "sidebar pane window year category author venue keywords tags"),
    ("open-reader", "view show details abstract"),
    ("back", "return leave"),
    ("find", "search"),
    ("raw-tex", "latex source math"),
    ("filter", "search query narrow"),
    ("clear-filter", "reset cancel search all"),
    ("recall", "earlier search"),
    ("erase-char", "backspace"),
    ("erase-line", "clear kill"),
    ("select", "mark pick multiple several"),
    ("select-range", "visual mark"),
    ("select-again", "reselect"),
    ("read", "mark unread seen"),
    ("star", "favorite favourite bookmark like"),
    ("skip", "hide dismiss ignore archive delete"),
    ("later", "queue read-later to-do"),
    ("tag", "label keyword category"),
    ("note", "annotate annotation comment write"),
    ("copy-gist", "summary tldr sentence contribution"),
    ("read-all", "catchup catch-up mark"),
    ("repeat", "again"),
    ("undo", "revert restore"),
    ("redo", "again"),
    ("log", "history changelog"),
    ("hidden", "skipped archive"),
    ("triage", "review inbox"),
    ("add", "collect shortlist cart"),
    ("basket", "collection shortlist cart bibliography"),
    ("take-out", "remove delete"),
    ("searches", "saved bookmark load"),
    ("save", "bookmark store saved search"),
    ("copy-bibtex", "bib citation cite"),
    ("copy-biblatex", "bib citation cite"),
    ("copy-reference", "citation bibliography apa cite"),
    ("copy-link", "url address"),
    ("show-copy", "paste print"),
    ("style", "csl apa citation"),
    ("export", "write save download bibliography bib file"),
    ("export-all", "write save download bibliography bib file"),
    ("pipe", "shell program run send"),
    ("pipe-all", "shell program run send"),
    ("open", "browser url web launch"),
    ("open-pdf", "download file launch"),
    ("links", "url browser"),
    ("show-link", "url qrcode phone"),
    ("references", "bibliography cites list online"),
    ("cited-by", "citations citing list online"),
    ("similar", "related recommendations list online"),
    ("exclude", "negate not"),
    ("expand", "unfold more"),
    ("collapse", "fold less"),
    ("sort", "order rank"),
    ("reverse", "order descending ascending"),
    ("layout", "split window panes view"),
    ("reload", "refresh update reread"),
    ("stop", "cancel abort"),
    ("help", "keys bindings manual shortcuts legend"),
    ("messages", "notices errors notifications"),
    ("defects", "errors broken"),
    ("command", "ex prompt palette"),
    ("redraw", "refresh repaint"),
    ("close", "leave"),
    ("peel", "escape cancel"),
    ("quit", "exit leave"),
];

/// Words for every action that copies.
const COPY_WORDS: &str = "clipboard yank";

/// The words for the action with this name, separated by spaces.
pub fn synonyms(name: &str) -> String {
    let own = SYNONYMS.iter().find(|(it, _)| *it == name).map_or("", |(_, words)| words);
    let shared = if name.starts_with("copy-") { COPY_WORDS } else { "" };
    format!("{own} {shared}")
}

/// The first action for which this word is used.
pub fn action_by_synonym(word: &str) -> Option<&'static str> {
    if COPY_WORDS.split(' ').any(|it| it == word) {
        return Some("copy-menu");
    }
    let has = |words: &str| words.split(' ').any(|it| it == word);
    SYNONYMS.iter().find(|(_, words)| has(words)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::super::table::all_actions;
    use super::*;

    #[test]
    fn every_synonym_is_of_an_action() {
        for (name, words) in SYNONYMS {
            assert!(all_actions().any(|entry| entry.name == *name), "{name}");
            assert!(!words.is_empty() && words.split(' ').all(|it| !it.is_empty()), "{name}");
        }
    }

    #[test]
    fn a_word_of_another_program_leads_to_the_action() {
        for (word, name) in [("refresh", "reload"), ("history", "log"), ("exit", "quit")] {
            assert_eq!(action_by_synonym(word), Some(name));
        }
        assert_eq!(action_by_synonym("yank"), Some("copy-menu"));
        assert_eq!(action_by_synonym("fly"), None);
    }
}
