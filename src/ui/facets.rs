//! Facet pane: values with counts, and the years as a histogram.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::text;
use super::theme::Palette;
use crate::app::model::facet_group::FacetGroup;
use crate::app::model::facet_rows::facet_rows;
use crate::app::model::facets::{Expansion, FacetOrder, FacetRow};
use crate::app::{Mode, Pane, State};
use crate::search::{self, Facets};
use crate::text::group_digits;

/// Bars from 0 to 8 eighths of a cell.
const HISTOGRAM_BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.facets;
    if area.is_empty() {
        return;
    }
    let covers_list = !state.view.areas.list.is_empty() && state.view.areas.list.x == area.x;
    let covers = covers_list || state.view.areas.list.is_empty();
    if covers {
        Clear.render(area, buf);
        for y in area.top()..area.bottom() {
            buf.set_stringn(area.right() - 1, y, "│", 1, palette.rule);
        }
    }
    let margin = if covers { 2 } else { 1 };
    let inner = text::skip_columns(Rect { width: area.width.saturating_sub(margin), ..area }, 1);
    let is_searching = matches!(state.mode, Mode::Find(_)) && state.view.pane == Pane::Facets;
    let focus = state.has_focus(Pane::Facets) || is_searching;
    let on_cursor = palette.on_cursor_row();
    let rows = facet_rows(state);
    let visible = rows.iter().enumerate().skip(state.view.facets.viewport.top);
    for ((number, row), y) in visible.zip(inner.y..inner.bottom()) {
        let at = Rect { y, height: 1, ..inner };
        let has_cursor = focus && number == state.view.facets.viewport.cursor;
        if has_cursor {
            buf.set_style(at, palette.cursor);
        }
        draw_row(state, row, at, if has_cursor { &on_cursor } else { palette }, buf);
    }
    if matches!(rows.as_slice(), [FacetRow::Needle]) {
        let below = text::skip_rows(Rect { height: inner.height.min(2), ..inner }, 1);
        text::draw_text(buf, below, "No matches", palette.muted);
    }
}

fn draw_row(state: &State, row: &FacetRow, at: Rect, palette: &Palette, buf: &mut Buffer) {
    match row {
        FacetRow::Group(group) => {
            let mark = match state.view.facets.expansions[*group as usize] {
                Expansion::Closed => "▸",
                Expansion::FirstValues | Expansion::All => "▾",
            };
            let order = state.view.facets.orders[*group as usize];
            let label = order_label(*group, order);
            let rest = text::draw_right_aligned(buf, at, label, palette.muted);
            text::draw_text(buf, rest, &format!("{mark} {}", group.heading()), palette.strong);
        }
        FacetRow::Needle => {
            let x = text::draw_text(buf, at, "/ ", palette.key);
            let rest = text::from_column(at, x);
            text::draw_text(buf, rest, &state.view.facets.needle, palette.text);
        }
        FacetRow::Histogram => {
            let text = histogram(&state.filter.facets, at.width.into());
            text::draw_text(buf, at, &text, palette.text);
        }
        FacetRow::Value { group, value, count } => {
            let (mark, style) = match state.filter.query.value_state(group.field(), value) {
                Some(search::ValueState::Included) => ("+", palette.match_text),
                Some(search::ValueState::Excluded) => ("-", palette.error),
                None => (" ", palette.text),
            };
            let count = format!(" {}", group_digits(*count as usize));
            let rest = text::draw_right_aligned(buf, at, &count, palette.muted);
            text::draw_text(buf, rest, &format!("{mark} {value}"), style);
        }
        FacetRow::More(_, count) => {
            text::draw_text(buf, at, &format!("  … {count} more"), palette.muted);
        }
    }
}

/// The order of the values, if it is not the usual one of the group.
fn order_label(group: FacetGroup, order: FacetOrder) -> &'static str {
    match (group, order) {
        (FacetGroup::Year | FacetGroup::Tag, FacetOrder::Count) => " by count",
        (FacetGroup::Year | FacetGroup::Tag, FacetOrder::Name) | (_, FacetOrder::Count) => "",
        (_, FacetOrder::Name) => " by name",
    }
}

/// Renders `2013 ▁ ▂▂▃▅▆█ 2025`, with a bar per year, or per several years in a narrow pane.
fn histogram(facets: &Facets, width: usize) -> String {
    let (Some((first, _)), Some((last, _))) = (facets.years.first(), facets.years.last()) else {
        return String::new();
    };
    let labels = format!("{first}  {last}").len();
    let span = (i32::from(*last) - i32::from(*first) + 1).unsigned_abs() as usize;
    let columns = width.saturating_sub(labels).clamp(1, span);
    let mut sums = vec![0u32; columns];
    for (year, count) in &facets.years {
        let at = (i32::from(*year) - i32::from(*first)).unsigned_abs() as usize;
        sums[at * columns / span] += count;
    }
    let max_count = sums.iter().copied().max().unwrap_or(1).max(1);
    let bar = |sum: &u32| HISTOGRAM_BARS[(*sum as usize * 8).div_ceil(max_count as usize).min(8)];
    format!("{first} {} {last}", sums.iter().map(bar).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_has_a_bar_a_year_and_none_where_there_was_nothing() {
        let facets = Facets { years: vec![(2020, 1), (2022, 8), (2023, 4)], ..Facets::default() };
        assert_eq!(histogram(&facets, 20), "2020 ▁ █▄ 2023");
        assert_eq!(histogram(&facets, 12), "2020 ▁█ 2023");
        assert_eq!(histogram(&Facets::default(), 20), "");
    }
}
