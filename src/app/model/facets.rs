//! The facet pane: values with the number of hits that have them, toggled into the filter.

use super::mark_counts::Tally;
use super::state::State;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::update::filter;
use crate::app::update::filter::Filter;
use crate::domain::Mark;
use crate::search::{Field, Toggle, toggled};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What the reader has done to papers.
    Marks,
    Tag,
    Year,
    Category,
    Venue,
    Author,
}

/// How much of a group is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    Closed,
    /// The first few.
    Short,
    All,
}

#[derive(Debug)]
pub struct FacetPane {
    pub cursor: usize,
    pub top: usize,
    /// By [`Group`], in order.
    pub extents: [Extent; Group::ALL.len()],
    /// What was put into the filter from here, to be taken out again though no hit has it.
    chosen: Vec<(Group, String)>,
    /// What the cursor keeps to while rows move.
    at: Option<(Group, String)>,
}

/// A row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetRow {
    Group(Group),
    /// The histogram under the heading of the years.
    Histogram,
    Value {
        group: Group,
        value: String,
        count: u32,
    },
    /// So many more values.
    More(Group, usize),
}

/// Values shown before the rest is asked for.
const SHORT: usize = 7;

impl Group {
    pub const ALL: [Self; 6] =
        [Self::Marks, Self::Tag, Self::Year, Self::Category, Self::Venue, Self::Author];

    pub fn heading(self) -> &'static str {
        match self {
            Self::Marks => "Marks",
            Self::Tag => "Tag",
            Self::Year => "Year",
            Self::Category => "Category",
            Self::Venue => "Venue",
            Self::Author => "Author",
        }
    }

    /// The field of the filter that asks for a value.
    pub fn field(self) -> Field {
        match self {
            Self::Marks => Field::Is,
            Self::Tag => Field::Tag,
            Self::Year => Field::Year,
            Self::Category => Field::Category,
            Self::Venue => Field::Venue,
            Self::Author => Field::Authors,
        }
    }

    fn values(self, filter: &Filter) -> Vec<(String, u32)> {
        let facets = &filter.facets;
        let names = || facets.names.as_ref();
        match self {
            Self::Marks => marks(&filter.marks.tally),
            Self::Tag => filter.marks.tally.tags.clone(),
            Self::Year => {
                facets.years.iter().rev().map(|(year, count)| (year.to_string(), *count)).collect()
            }
            Self::Category => facets.categories.clone(),
            Self::Venue => names().map(|it| it.venues.clone()).unwrap_or_default(),
            Self::Author => names().map(|it| it.authors.clone()).unwrap_or_default(),
        }
    }
}

/// The marks that some hit has, and what is unread where anything is read.
fn marks(tally: &Tally) -> Vec<(String, u32)> {
    let named = [
        ("starred", Mark::Starred),
        ("later", Mark::Later),
        ("new", Mark::New),
        ("basket", Mark::Basket),
        ("skipped", Mark::Skipped),
    ];
    let unread = if tally.count(Mark::Read) > 0 { tally.unread } else { 0 };
    let counts = named.into_iter().map(|(name, mark)| (name, tally.count(mark)));
    let counts = std::iter::once(("unread", unread)).chain(counts);
    counts.filter(|(_, count)| *count > 0).map(|(name, it)| (name.to_owned(), it as u32)).collect()
}

impl Default for FacetPane {
    fn default() -> Self {
        use Extent::{All, Closed, Short};
        Self {
            cursor: 0,
            top: 0,
            extents: [All, Short, Closed, Short, Short, Short],
            chosen: Vec::new(),
            at: None,
        }
    }
}

/// The rows of the pane, from the top.
pub fn rows(state: &State) -> Vec<FacetRow> {
    let mut rows = Vec::new();
    for (group, extent) in Group::ALL.into_iter().zip(state.view.facets.extents) {
        let values = with_chosen(state, group, &group.values(&state.filter));
        if values.is_empty() {
            continue;
        }
        rows.push(FacetRow::Group(group));
        if group == Group::Year {
            rows.push(FacetRow::Histogram);
        }
        let shown = match extent {
            Extent::Closed => 0,
            Extent::Short => SHORT,
            Extent::All => values.len(),
        };
        let more = values.len().saturating_sub(shown);
        let value = |(value, count)| FacetRow::Value { group, value, count };
        rows.extend(values.into_iter().take(shown).map(value));
        if more > 0 && extent == Extent::Short {
            rows.push(FacetRow::More(group, more));
        }
    }
    rows
}

/// The values, and before them those that were chosen here and that no hit has, as long as the
/// filter speaks of them.
fn with_chosen(state: &State, group: Group, values: &[(String, u32)]) -> Vec<(String, u32)> {
    let query = &state.filter.query;
    let is_absent = |value: &String| !values.iter().any(|(it, _)| it == value);
    let chosen = state.view.facets.chosen.iter().filter(|(it, value)| {
        *it == group && query.state(group.field(), value).is_some() && is_absent(value)
    });
    chosen.map(|(_, value)| (value.clone(), 0)).chain(values.iter().cloned()).collect()
}

/// After the counts have changed: the cursor stays on its value, or at least among the rows.
pub fn clamp(state: &mut State) {
    let rows = rows(state);
    let is_at = |row: &FacetRow| match (row, &state.view.facets.at) {
        (FacetRow::Value { group, value, .. }, Some((at, kept))) => group == at && value == kept,
        _ => false,
    };
    let cursor = rows.iter().position(is_at).unwrap_or(state.view.facets.cursor);
    state.view.facets.cursor = cursor.min(rows.len().saturating_sub(1));
    scroll(state);
}

fn scroll(state: &mut State) {
    let height = usize::from(state.view.areas.facets.height).max(1);
    let cursor = state.view.facets.cursor;
    state.view.facets.top =
        state.view.facets.top.clamp((cursor + 1).saturating_sub(height), cursor);
}

pub fn motion(state: &mut State, action: Action, count: Option<usize>) {
    state.view.facets.at = None;
    let steps = count.unwrap_or(1);
    let page = usize::from(state.view.areas.facets.height).max(2) - 1;
    let cursor = state.view.facets.cursor;
    state.view.facets.cursor = match action {
        Action::Down => cursor.saturating_add(steps),
        Action::Up => cursor.saturating_sub(steps),
        Action::HalfDown => cursor + page / 2,
        Action::HalfUp => cursor.saturating_sub(page / 2),
        Action::PageDown => cursor + page,
        Action::PageUp => cursor.saturating_sub(page),
        Action::First => count.unwrap_or(1).saturating_sub(1),
        Action::Last => count.map_or(usize::MAX, |row| row.saturating_sub(1)),
        _ => cursor,
    };
    clamp(state);
}

/// Opens or closes the group under the cursor.
pub fn set_extent(state: &mut State, action: Action) {
    state.view.facets.at = None;
    let rows = rows(state);
    let Some(row) = rows.get(state.view.facets.cursor) else { return };
    let group = group_of(row);
    let extent = &mut state.view.facets.extents[group as usize];
    *extent = match (action, *extent) {
        (Action::Expand, Extent::Closed) => Extent::Short,
        (Action::Expand, _) => Extent::All,
        (_, Extent::All) => Extent::Short,
        (_, _) => Extent::Closed,
    };
    let heading = rows.iter().position(|row| *row == FacetRow::Group(group)).unwrap_or(0);
    if action == Action::Collapse {
        state.view.facets.cursor = heading;
    }
    clamp(state);
}

fn group_of(row: &FacetRow) -> Group {
    match row {
        FacetRow::Group(group) | FacetRow::More(group, _) | FacetRow::Value { group, .. } => *group,
        FacetRow::Histogram => Group::Year,
    }
}

/// Puts the value under the cursor into the filter or takes it out; on a heading opens or closes.
pub fn toggle(state: &mut State, how: Toggle) -> Vec<Effect> {
    let row = rows(state).get(state.view.facets.cursor).cloned();
    match row {
        Some(FacetRow::Value { group, value, .. }) => {
            let chosen = (group, value.clone());
            state.view.facets.chosen.retain(|it| *it != chosen);
            state.view.facets.chosen.push(chosen.clone());
            state.view.facets.at = Some(chosen);
            let text = toggled(state.filter.line.text(), group.field(), &value, how);
            let effects = filter::replace(state, &text);
            state.filter.history.add(&text);
            effects
        }
        Some(row) => {
            let is_open = state.view.facets.extents[group_of(&row) as usize] == Extent::All;
            set_extent(state, if is_open { Action::Collapse } else { Action::Expand });
            Vec::new()
        }
        None => Vec::new(),
    }
}
