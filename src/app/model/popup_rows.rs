//! What lies over the panes: help, listings, menus and a link to pick up.

use super::change_text;
use super::cite_request::{Existing, Export};
use super::citing::Offer;
use super::export_selection::{Outgoing, Scope};
use super::layout::Pane;
use super::popup::{Choice, Counted, Kind, LABELS, Overlay, Row};
use super::state::State;
use crate::app::action::sort_order::{ORDERS, order_name};
use crate::app::action::table::TABLE;
use crate::cite::{Form, Style};
use crate::domain::Link;
use crate::library::{Did, Logged, Saved};
use crate::search::{Direction, Order};
use crate::text::{fold, sanitise, wrap};
use std::collections::HashMap;

/// The rows of the overlay that pass what narrows it.
pub fn rows(state: &State, overlay: &Overlay) -> Vec<Row> {
    let all = match &overlay.kind {
        Kind::Help => help(state),
        Kind::Messages => {
            state.notices.all().iter().flat_map(|it| whole(state, &it.text)).collect()
        }
        Kind::Defects => {
            let unread = state.load.defects.iter().map(ToString::to_string);
            let told = unread.chain(state.load.passed_over.iter().cloned());
            told.flat_map(|it| whole(state, &it)).collect()
        }
        Kind::Sort => orders(state),
        Kind::Log => state.library.log.iter().map(logged).collect(),
        Kind::Searches(counts) => saved_search_rows(state, counts),
        Kind::Links { links, search } => labelled(links, search.as_deref()),
        Kind::Forms(outgoing) => form_rows(state, *outgoing),
        Kind::Styles(styles) => style_rows(state, styles),
        Kind::Exists(export) => exists_rows(export),
        Kind::Link { url, why } => vec![plain(why.clone()), plain(url.clone())],
    };
    let needle = overlay.narrowing.as_ref().map(|line| fold(line.text())).unwrap_or_default();
    let passes = |row: &Row| {
        let text = fold(&format!("{} {}", row.keys, row.text));
        let is_heading = overlay.kind == Kind::Help && row.choice.is_none() && row.keys.is_empty();
        !is_heading && needle.split(' ').all(|word| text.contains(word))
    };
    all.into_iter().filter(|row| needle.is_empty() || passes(row)).collect()
}

fn plain(text: String) -> Row {
    Row { text, ..Row::default() }
}

/// A text that may be longer than the screen is wide, whole.
fn whole(state: &State, text: &str) -> Vec<Row> {
    let text = sanitise(text);
    let width = usize::from(state.view.areas.body.width).saturating_sub(4).max(1);
    let indents = std::iter::once("").chain(std::iter::repeat("  "));
    let lines = wrap(&text, width).into_iter().zip(indents);
    lines.map(|(line, indent)| plain(format!("{indent}{}", &text[line]))).collect()
}

fn help(state: &State) -> Vec<Row> {
    let mut rows = Vec::new();
    for (heading, entries) in TABLE {
        rows.push(plain((*heading).to_owned()));
        for entry in *entries {
            let keys = state.settings.keymap.all_keys_of(entry.action);
            let keys = if keys.is_empty() { format!(":{}", entry.name) } else { keys.join(" ") };
            let choice = Some(Choice::Run(entry.action));
            let text = format!("{}{}", entry.summary, entry.places());
            rows.push(Row { keys, text, choice });
        }
    }
    rows.push(plain("What can be typed in the filter".to_owned()));
    let written = |(keys, text): &(&str, &str)| Row {
        keys: (*keys).to_owned(),
        text: (*text).to_owned(),
        choice: None,
    };
    rows.extend(crate::search::SYNTAX.iter().map(written));
    rows
}

/// `2026-11-21 14:05  starred, Key-value memory in the brain`; what was taken back says so first, where
/// no long title pushes it off the screen.
fn logged(act: &Logged) -> Row {
    let about = change_text::about(act.count, &act.title);
    let turned = if act.did == Did::Undone { "taken back: " } else { "" };
    Row {
        keys: act.when.clone(),
        text: format!("{turned}{}, {about}", change_text::said(&act.deeds)),
        choice: Some(Choice::Turn(act.id)),
    }
}

fn orders(state: &State) -> Vec<Row> {
    let row = |(key, order, name): &(&str, Order, &str)| {
        let mark = match (*order == state.filter.order, state.filter.direction) {
            (true, Direction::Forward) => "  (now)",
            (true, Direction::Reverse) => "  (now, reversed)",
            (false, _) => "",
        };
        Row {
            keys: (*key).to_owned(),
            text: format!("{name}{mark}"),
            choice: Some(Choice::Order(*order)),
        }
    };
    ORDERS.iter().map(row).collect()
}

fn labelled(links: &[Link], search: Option<&str>) -> Vec<Row> {
    let link = |it: &Link| (format!("{:<12}  {}", it.kind.name(), it.url), it.url.clone());
    let search =
        search.map(|url| ("search Hugging Face for this title".to_owned(), url.to_owned()));
    let row = |((text, url), label): ((String, String), char)| Row {
        keys: label.to_string(),
        text,
        choice: Some(Choice::Open(url)),
    };
    links.iter().map(link).chain(search).zip(LABELS.chars()).map(row).collect()
}

pub fn style_rows(state: &State, styles: &[Style]) -> Vec<Row> {
    let row = |style: &Style| {
        let mark = if *style == state.citing.style { "  (now)" } else { "" };
        Row {
            keys: style.name().to_owned(),
            text: style.title() + mark,
            choice: Some(Choice::Offer(Offer::Style(style.clone()))),
        }
    };
    styles.iter().map(row).collect()
}

/// What can be done about a file that is there already.
pub fn exists_rows(export: &Export) -> Vec<Row> {
    let row = |key: &str, text: String, existing| Row {
        keys: key.to_owned(),
        text,
        choice: Some(Choice::Offer(Offer::Export(Export { existing, ..export.clone() }))),
    };
    let mut rows = Vec::new();
    if export.form.is_bibliography() {
        let text = format!("add to {} what is not in it", export.path);
        rows.push(row("a", text, Existing::Append));
    }
    rows.push(row("r", format!("replace {}", export.path), Existing::Replace));
    rows
}

/// The key of the row that changes which papers go out. No form has it.
pub const SCOPE: &str = "A";

/// Returns the rows of the menu: that of the other papers that could go out, and a row a form.
pub fn form_rows(state: &State, outgoing: Outgoing) -> Vec<Row> {
    let row = |(form, label): (Form, char)| Row {
        keys: label.to_string(),
        text: form.what(1),
        choice: Some(Choice::Offer(Offer::Form(outgoing, form))),
    };
    let forms = Form::FOR_FILES.into_iter().zip(LABELS.chars()).map(row);
    scope_row(state, outgoing).into_iter().chain(forms).collect()
}

/// Returns the row that turns from some papers to all that are listed, or back, where they differ.
pub fn scope_row(state: &State, outgoing: Outgoing) -> Option<Row> {
    let (scope, only) = match outgoing.scope {
        Scope::Listed => (Scope::Subject, "only "),
        Scope::Subject | Scope::Rows(_) => (Scope::Listed, ""),
    };
    let is_same = state.view.pane == Pane::Basket && scope == Scope::Subject
        || state.selection.is_empty() && scope.count(state) == outgoing.scope.count(state);
    let row = || Row {
        keys: SCOPE.to_owned(),
        text: format!("{only}{}", scope.described(state)),
        choice: Some(Choice::Offer(Offer::Scope(Outgoing { scope, ..outgoing }))),
    };
    (!is_same && scope.count(state) > 0).then(row)
}

/// The saved searches, a row each.
pub fn saved_search_rows(state: &State, counts: &[Counted]) -> Vec<Row> {
    let counts: HashMap<&str, &Counted> = counts.iter().map(|it| (&*it.name, it)).collect();
    let row = |saved: &Saved| {
        let count = counts.get(&*saved.name);
        let count =
            count.map_or_else(String::new, |it| format!("{} unread of {}  ", it.unread, it.hits));
        let query = if saved.query.is_empty() { "everything" } else { &saved.query };
        let order = order_name(saved.order).split(',').next().unwrap_or_default();
        let turned = if saved.direction == Direction::Reverse { " reversed" } else { "" };
        Row {
            keys: saved.name.clone(),
            text: format!("{count}{query} · by {order}{turned}"),
            choice: Some(Choice::Search(saved.name.clone())),
        }
    };
    state.library.searches.iter().map(row).collect()
}
