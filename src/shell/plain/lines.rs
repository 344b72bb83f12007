//! The state as lines of text: rows, papers, menus and help.

use crate::app::model::facet_group::FacetGroup;
use crate::app::model::popup::Popup;
use crate::app::model::popup_rows::{popup_rows, popup_title};
use crate::app::{Event, Pane, PaperText, State, TexDisplay, action_groups, key_label};
use crate::domain::{Mark, Paper, PaperId, family_names};
use crate::shell::queries;
use crate::text::tex_to_unicode;

/// Authors named in a row.
const MAX_NAMED_AUTHORS: usize = 3;
/// Values listed of a group of facets.
const MAX_FACET_VALUES: usize = 10;

/// Help on the commands that exist besides the actions.
pub const HELP: &str = "\
Type a command and Enter:
/TEXT         filter the papers; / alone clears the filter
Enter         list more papers
list          list papers from the current one
NUMBER        go to a row and read the paper
KEYS          keys of the screen, as in j, k, G, yb (copy BibTeX), * (star), u (undo)
NAME          an action by its name, as in star, tag, export, sort year, copy-bibtex
show-copy     print the last copied text
help WORD     actions, keys and filter syntax with this word
quit          quit";

/// The row of a hit: `3. Key Memories, Lindqvist, Karlsson, 2024 [starred, selected 1]`.
pub fn row_line(state: &State, rank: usize) -> Option<String> {
    let id = state.hits().get(rank)?;
    let paper = state.corpus.get(id)?;
    Some(format!("{}. {}", rank + 1, paper_line(&paper, &notes_on(state, id))))
}

fn paper_line(paper: &Paper<'_>, notes: &[String]) -> String {
    let names = family_names(paper);
    let authors = match names.len() {
        0..=MAX_NAMED_AUTHORS => names.join(", "),
        _ => format!("{} and others", names[0]),
    };
    let year = paper.year.map_or_else(String::new, |year| year.to_string());
    let parts = [tex_to_unicode(paper.title).into_owned(), authors, year];
    let known: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    let notes = if notes.is_empty() { String::new() } else { format!(" [{}]", notes.join(", ")) };
    format!("{}{notes}", known.join(", "))
}

/// The marks of a paper, and its number in the selection.
fn notes_on(state: &State, id: PaperId) -> Vec<String> {
    let marked = state.library.marks.paper_marks(id);
    let mut notes: Vec<String> = marked.marks.iter().map(|it| mark_name(*it).to_owned()).collect();
    notes.extend(marked.tags.iter().map(|tag| format!("tag {tag}")));
    let number = state.selection.papers().iter().position(|it| *it == id);
    notes.extend(number.map(|at| format!("selected {}", at + 1)));
    notes
}

fn mark_name(mark: Mark) -> &'static str {
    match mark {
        Mark::Read => "read",
        Mark::Starred => "starred",
        Mark::Later => "read later",
        Mark::Skipped => "skipped",
        Mark::Basket => "in basket",
        Mark::New => "new",
        Mark::Noted => "note",
    }
}

/// The number of listed papers and the filter.
pub fn count_line(state: &State) -> String {
    let (listed, all) = (state.hits().len(), state.paper_count());
    let query = state.filter.query.source();
    if query.trim().is_empty() {
        return format!("{listed} papers");
    }
    let similar = state.filter.approximate.similar.hits.len();
    let similar = if similar == 0 { String::new() } else { format!(", {similar} of them similar") };
    format!("{listed} of {all} papers match {query}{similar}")
}

/// The whole text of the current paper, a paragraph a line.
pub fn paper_lines(state: &State) -> Vec<String> {
    let Some((id, _)) = state.current() else { return vec!["No paper".to_owned()] };
    let Event::Abstract { abstract_text, .. } = queries::fetch_abstract(&state.corpus, id) else {
        return Vec::new();
    };
    let mut text = PaperText::new(id, abstract_text);
    let (marks, own) = (&state.library.marks, &state.settings.bibliography);
    let tex: TexDisplay = state.view.tex_display;
    text.lay_out(&state.corpus, marks, own, u16::MAX, tex, &state.filter);
    text.lines.into_iter().map(|line| line.text).collect()
}

/// The title and the rows of a popup. Rows are picked by their label, or else by their number.
pub fn popup_lines(state: &State, popup: &Popup) -> Vec<String> {
    let rows = popup_rows(state, popup);
    let title = popup_title(state, popup).into_owned();
    if rows.is_empty() {
        let is_narrowed = popup.filter_field.as_ref().is_some_and(|it| !it.is_empty());
        let reason = if is_narrowed {
            "No matches".to_owned()
        } else {
            format!("No {}", title.to_lowercase())
        };
        return vec![reason];
    }
    let mut lines = vec![title];
    for (number, row) in rows.iter().enumerate() {
        let label = match (popup.has_labels(), row.action.is_some()) {
            (false, true) => format!("{}. ", number + 1),
            _ => String::new(),
        };
        lines.push(format!("{label}{} {}", row.keys, row.text).trim().to_owned());
    }
    lines
}

/// The papers of the basket.
pub fn basket_lines(state: &State) -> Vec<String> {
    let papers = state.library.basket.corpus.papers();
    let rows = papers.enumerate().map(|(at, (_, paper))| {
        let current = if at == state.library.basket_viewport.cursor { ", current" } else { "" };
        format!("{}. {}{current}", at + 1, paper_line(&paper, &[]))
    });
    let count = state.library.basket.library_ids.len();
    std::iter::once(format!("Basket: {count} papers; q closes it")).chain(rows).collect()
}

/// The most frequent values of each group of facets, as filters.
pub fn facet_lines(state: &State) -> Vec<String> {
    let line = |group: FacetGroup| {
        let values = group.values(&state.filter);
        let named = values.iter().take(MAX_FACET_VALUES);
        let named: Vec<String> = named.map(|(value, count)| format!("{value} {count}")).collect();
        (!named.is_empty()).then(|| format!("{}: {}", group.heading(), named.join(", ")))
    };
    let lines = FacetGroup::ALL.into_iter().filter_map(line);
    let hint = "Filter by a value as in /year:2023, /cat:cs.LG, /author:moss, /venue:iclr";
    lines.chain([hint.to_owned()]).collect()
}

/// The actions and the filter syntax that have all of the words.
pub fn help_lines(state: &State, words: &str) -> Vec<String> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let actions = action_groups().iter().flat_map(|group| &group.actions).map(|info| {
        let keys = state.settings.keymap.all_keys_of(info.action);
        let keys: Vec<String> = keys.iter().map(|it| key_label(it)).collect();
        let keys = if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(" ")) };
        format!("{}{keys}: {}", info.name, info.summary)
    });
    let syntax = crate::search::SYNTAX_EXAMPLES.iter();
    let syntax = syntax.map(|(example, meaning)| format!("/{example}: {meaning}"));
    let has_words = |line: &String| {
        let line = line.to_lowercase();
        words.iter().all(|word| line.contains(word))
    };
    let found: Vec<String> = actions.chain(syntax).filter(has_words).collect();
    if found.is_empty() { vec!["No matches".to_owned()] } else { found }
}

/// The lines of the current pane, other than the list.
pub fn pane_lines(state: &State) -> Vec<String> {
    match state.view.pane {
        Pane::List => Vec::new(),
        Pane::Detail | Pane::Reader | Pane::Triage => paper_lines(state),
        Pane::Facets => facet_lines(state),
        Pane::Basket => basket_lines(state),
    }
}
