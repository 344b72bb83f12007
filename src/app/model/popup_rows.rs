//! What lies over the panes: help, listings, menus and a link to pick up.

use std::borrow::Cow;
use std::sync::Arc;

use super::state::{Mode, State};
use super::text_field::Line;
use crate::app::action::Action;
use crate::app::action::table::TABLE;
use crate::app::effect::Effect;
use crate::app::update::citing::{self, Export, Offer, Outgoing};
use crate::app::update::library::{self, Asked};
use crate::app::update::saved_searches::{self, Counted};
use crate::app::update::{filter, marks, selection};
use crate::cite::Style;
use crate::domain::Link;
use crate::library::{ActId, Did, Logged, Task};
use crate::search::{Direction, Order};
use crate::text::{fold, sanitise, wrap};

#[derive(Debug)]
pub struct Overlay {
    pub kind: Kind,
    pub cursor: usize,
    pub top: usize,
    /// What narrows the rows, and whether it is being typed.
    pub narrowing: Option<Line>,
    pub typing: Typing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    #[default]
    Rests,
    Typed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Help,
    Messages,
    Defects,
    Sort,
    /// What was done, the newest first.
    Log,
    /// The saved searches, with as many counts as there are.
    Searches(Vec<Counted>),
    Links {
        links: Vec<Link>,
        /// The address of a search for the title, where the paper has no address of its own.
        search: Option<String>,
    },
    /// The forms in which papers go out.
    Forms(Outgoing),
    /// The styles of references, with a preview.
    Styles(Arc<[Style]>),
    /// What becomes of a file that is there already.
    Exists(Export),
    /// A link that is shown because it could not be opened, or to be scanned.
    Link {
        url: String,
        why: String,
    },
}

/// A row of an overlay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub keys: String,
    pub text: String,
    pub choice: Option<Choice>,
}

/// What Enter does on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Run(Action),
    Order(Order),
    Open(String),
    Offer(Offer),
    /// Takes an act back, or does it again.
    Turn(ActId),
    /// Searches as the saved search of that name does.
    Search(String),
}

/// The labels of rows that are picked by a letter; none is bound in an overlay.
pub const LABELS: &str = "asdfwertcvxzyunm123456789io";

const ORDERS: [(&str, Order, &str); 5] = [
    ("r", Order::Relevance, "relevance"),
    ("y", Order::Year, "year, newest first"),
    ("t", Order::Title, "title"),
    ("a", Order::FirstAuthor, "first author"),
    ("f", Order::Arrival, "order of the file"),
];

impl Overlay {
    pub fn new(kind: Kind) -> Self {
        Self { kind, cursor: 0, top: 0, narrowing: None, typing: Typing::Rests }
    }

    /// Whether it takes the whole body, and not only its last rows.
    pub fn covers_body(&self) -> bool {
        !matches!(self.kind, Kind::Sort | Kind::Links { .. } | Kind::Exists(_))
    }

    /// Whether a letter or a digit picks a row.
    pub fn has_labels(&self) -> bool {
        matches!(self.kind, Kind::Sort | Kind::Links { .. } | Kind::Forms(_) | Kind::Exists(_))
    }

    pub fn title(&self, state: &State) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind {
            Kind::Help => "Keys",
            Kind::Messages => "Messages",
            Kind::Defects => "Records that could not be read",
            Kind::Sort => "Order by",
            Kind::Log => "What was done",
            Kind::Searches(_) => "Saved searches",
            Kind::Links { .. } => "Open",
            Kind::Link { .. } => "Link",
            Kind::Forms(outgoing) => return outgoing.title(state).into(),
            Kind::Styles(_) => "Style of references",
            Kind::Exists(_) => "The file is there already",
        })
    }
}

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
        Kind::Searches(counts) => saved_searches::rows(state, counts),
        Kind::Links { links, search } => labelled(links, search.as_deref()),
        Kind::Forms(outgoing) => citing::form_rows(state, *outgoing),
        Kind::Styles(styles) => citing::style_rows(state, styles),
        Kind::Exists(export) => citing::exists_rows(export),
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
    let about = library::about(act.count, &act.title);
    let turned = if act.did == Did::Undone { "taken back: " } else { "" };
    Row {
        keys: act.when.clone(),
        text: format!("{turned}{}, {about}", marks::said(&act.deeds)),
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

/// How a command or a notice calls an order.
pub fn order_name(order: Order) -> &'static str {
    ORDERS.iter().find(|(_, it, _)| *it == order).map_or("", |(_, _, name)| name)
}

pub fn order_named(name: &str) -> Option<Order> {
    ORDERS.iter().find(|(_, _, it)| it.starts_with(name)).map(|(_, order, _)| *order)
}

pub fn open(state: &mut State, kind: Kind) {
    let is_a_log = kind == Kind::Messages;
    state.mode = Mode::Overlay(Overlay::new(kind));
    if is_a_log {
        motion(state, Action::Last, None);
    }
}

/// Moves the cursor of the overlay.
pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    let Mode::Overlay(overlay) = &state.mode else { return };
    let last = rows(state, overlay).len().saturating_sub(1);
    let page = page(state);
    let steps = count.unwrap_or(1);
    let Mode::Overlay(overlay) = &mut state.mode else { return };
    let cursor = overlay.cursor;
    let moved = match action {
        Action::Down => cursor.saturating_add(steps),
        Action::Up => cursor.saturating_sub(steps),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::First => steps.saturating_sub(1),
        Action::Last => count.map_or(last, |row| row - 1),
        _ => cursor,
    };
    let is_page =
        matches!(action, Action::HalfDown | Action::HalfUp | Action::PageDown | Action::PageUp);
    overlay.cursor = moved.min(last);
    if is_page {
        // The rows move and the cursor with them, as in a pager.
        let lowest = (last + 1).saturating_sub(page);
        let top = (overlay.top + overlay.cursor).saturating_sub(cursor);
        overlay.top = top.min(lowest);
    }
    scroll(state);
}

/// Rows that an overlay shows at once, less one that stays in sight from page to page.
fn page(state: &State) -> usize {
    let height = state.view.areas.body.height;
    let is_styles = matches!(&state.mode, Mode::Overlay(it) if matches!(it.kind, Kind::Styles(_)));
    let preview = if is_styles { preview_height(height.saturating_sub(1)) } else { 0 };
    usize::from(height.saturating_sub(preview)).saturating_sub(2).max(1)
}

/// How many rows of so many a preview takes.
pub fn preview_height(rows: u16) -> u16 {
    if rows < 6 { 0 } else { (rows / 3).min(6) }
}

/// Keeps the cursor of the overlay on one of its rows, of which an event may leave fewer, and
/// scrolls so that it is in sight.
pub fn scroll(state: &mut State) {
    let page = page(state);
    let Mode::Overlay(overlay) = &state.mode else { return };
    let last = rows(state, overlay).len().saturating_sub(1);
    let Mode::Overlay(overlay) = &mut state.mode else { return };
    overlay.cursor = overlay.cursor.min(last);
    overlay.top = overlay.top.clamp((overlay.cursor + 1).saturating_sub(page), overlay.cursor);
}

/// A letter that picks a row by its label.
pub fn pick(state: &mut State, letter: char) -> Vec<Effect> {
    let Mode::Overlay(overlay) = &state.mode else { return Vec::new() };
    if !overlay.has_labels() {
        return Vec::new();
    }
    let at = rows(state, overlay).iter().position(|row| row.keys == letter.to_string());
    let Some(at) = at else { return Vec::new() };
    if let Mode::Overlay(overlay) = &mut state.mode {
        overlay.cursor = at;
    }
    accept(state)
}

/// Does what the row under the cursor offers.
pub fn accept(state: &mut State) -> Vec<Effect> {
    let Mode::Overlay(overlay) = &state.mode else { return Vec::new() };
    let choice = rows(state, overlay).get(overlay.cursor).and_then(|row| row.choice.clone());
    let Some(choice) = choice else { return Vec::new() };
    if let Choice::Turn(act) = choice {
        // The log stays to be looked at.
        return library::ask(state, Task::Turn(act), Asked::Turn);
    }
    state.mode = Mode::Panes;
    match choice {
        Choice::Run(action) => crate::app::update::dispatch::act(state, action, None),
        Choice::Open(url) => vec![Effect::Open { url }],
        Choice::Offer(offer) => citing::choose(state, offer),
        Choice::Search(name) => saved_searches::run(state, &name),
        Choice::Turn(_) => Vec::new(),
        Choice::Order(order) => sort(state, order, Direction::Forward),
    }
}

/// Shows the hits in that order; the cursor stays on its paper.
pub fn sort(state: &mut State, order: Order, direction: Direction) -> Vec<Effect> {
    selection::end_range(state);
    state.list.at = state.current().map(|(id, _)| id);
    (state.filter.order, state.filter.direction) = (order, direction);
    let turned = if direction == Direction::Reverse { ", reversed" } else { "" };
    state.notices.tell(format!("Ordered by {}{turned}.", order_name(order)));
    filter::ask_in_new_order(state)
}

/// Begins to narrow a listing.
pub fn narrow(state: &mut State) {
    if let Mode::Overlay(overlay) = &mut state.mode {
        overlay.narrowing.get_or_insert_default();
        overlay.typing = Typing::Typed;
    }
}
