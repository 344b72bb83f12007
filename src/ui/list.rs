//! Result list. Reads only the hits of the visible rows.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns;
use super::text;
use super::theme::Palette;
use crate::app::model::day_headings::day_heading;
use crate::app::{LoadPhase, Pane, State, TexDisplay};
use crate::domain::{Mark, Paper, PaperId, family_names};
use crate::search::{Highlighter, QueryField, needs_metadata};
use crate::text::{tex_to_unicode, truncate, width};

/// Width of the cursor bar and the selection number.
const GUTTER_WIDTH: u16 = 3;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let areas = &state.view.areas;
    let area = areas.list;
    if area.is_empty() {
        return;
    }
    if state.hits().is_empty() {
        text::draw_text(
            buf,
            text::skip_columns(area, 1),
            &empty_list_message(state),
            palette.muted,
        );
        return;
    }
    let highlighter = state.filter.highlighter();
    let mut y = area.y;
    for rank in state.rows() {
        if state.has_heading(rank) {
            let heading = Rect { y, height: 1, ..text::skip_columns(area, 1) };
            let label = day_heading(state, rank, heading.width.saturating_sub(1).into());
            text::draw_text(buf, heading, &label, palette.strong);
            y += 1;
        }
        let Some(id) = state.hits().get(rank) else { break };
        let Some(paper) = state.corpus.get(id) else { break };
        let height = areas.row_height.min(area.bottom().saturating_sub(y));
        let row = ResultRow { state, palette, highlighter: &highlighter, id, paper, rank };
        let width = area.width.saturating_sub(1).max(1);
        row.draw(Rect { y, height, width, ..area }, buf);
        y += areas.row_height;
    }
}

/// Message of an empty list: its cause.
fn empty_list_message(state: &State) -> String {
    if state.is_searching() {
        return "Searching…".to_owned();
    }
    if !state.corpus.is_empty() {
        return "No papers match. ^G clears the filter.".to_owned();
    }
    let lists = &state.load.lists;
    match state.load.phase {
        LoadPhase::Loading | LoadPhase::Refetching if lists.is_online() => {
            "Fetching…; ^C stops".to_owned()
        }
        LoadPhase::Loading | LoadPhase::Refetching => "Loading…".to_owned(),
        LoadPhase::Paused | LoadPhase::Done if lists.below.is_empty() => {
            "No papers in this source; R reloads it".to_owned()
        }
        LoadPhase::Paused | LoadPhase::Done => {
            "No papers here; R reloads it, Esc goes back".to_owned()
        }
    }
}

struct ResultRow<'a> {
    state: &'a State,
    palette: &'a Palette,
    highlighter: &'a Highlighter,
    id: PaperId,
    paper: Paper<'a>,
    rank: usize,
}

impl ResultRow<'_> {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        let first = Rect { height: 1, ..area };
        let is_current = self.rank == self.state.list.viewport.cursor;
        let bar = if is_current { "▌" } else { " " };
        text::draw_text(buf, first, bar, self.palette.gutter);
        let has_cursor =
            is_current && (self.state.has_focus(Pane::List) || !self.state.is_browsing());
        let on_cursor = self.palette.on_cursor_row();
        if has_cursor {
            buf.set_style(text::skip_columns(first, 1), self.palette.cursor);
        }
        let palette = if has_cursor { &on_cursor } else { self.palette };
        let inner = ResultRow { palette, ..*self }.draw_first_line(first, area.height, buf);
        if area.height > 1 {
            let second = Rect { y: area.y + 1, ..inner };
            let second = self.draw_similarity(second, buf);
            self.draw_second_line(second, buf);
        }
    }

    /// Draws the first line of a row of this height. Returns the line without gutter and marks.
    fn draw_first_line(&self, first: Rect, height: u16, buf: &mut Buffer) -> Rect {
        let inner = self.draw_gutter(first, buf);
        let shown = &self.state.settings.columns.0;
        let text = columns::draw(shown, &self.paper, inner, self.palette.muted, buf);
        if height > 1 {
            self.draw_title(text, buf);
        } else {
            let text = self.draw_inline_similarity(text, buf);
            let end = self.draw_title(text, buf);
            let rest = text::skip_columns(text::from_column(text, end), 2);
            self.draw_inline_snippet(rest, buf);
        }
        inner
    }

    fn draw_gutter(&self, row: Rect, buf: &mut Buffer) -> Rect {
        let state = self.state;
        let wide = row.width > 30;
        let in_range = state.selection.range_contains(self.rank, state.list.viewport.cursor);
        let number = match (state.selection.number_of(self.id), in_range) {
            (Some(number), _) if number < 100 => format!("{number:>2}"),
            (Some(_), _) => "••".to_owned(),
            (None, true) => " •".to_owned(),
            (None, false) => String::new(),
        };
        if wide || !state.selection.is_empty() || in_range {
            text::draw_text(buf, text::skip_columns(row, 1), &number, self.palette.gutter);
            return self.draw_marks(text::skip_columns(row, GUTTER_WIDTH), buf);
        }
        self.draw_marks(text::skip_columns(row, 1), buf)
    }

    /// Draws a cell for the reading status, one for star or note, one for the basket, and one for the
    /// user's bibliographies. A cell is left out if no paper has such a mark. A blank follows.
    fn draw_marks(&self, row: Rect, buf: &mut Buffer) -> Rect {
        let marks = &self.state.library.marks;
        let has = |mark| marks.has(mark, self.id);
        let reading_sign = match () {
            () if has(Mark::Skipped) => "×",
            () if has(Mark::Later) => "»",
            () if has(Mark::Read) => " ",
            () => "•",
        };
        let status_sign = match () {
            () if has(Mark::Starred) => "★",
            () if has(Mark::Noted) => "¶",
            () => " ",
        };
        let basket_sign = if has(Mark::Basket) { "+" } else { " " };
        let bibliography = self.state.settings.bibliography.get();
        let is_in_bibliography = bibliography.is_some_and(|it| it.key(&self.paper).is_some());
        let bibliography_sign = if is_in_bibliography { "@" } else { " " };
        let are_used = |kinds: &[Mark]| kinds.iter().any(|mark| marks.count(*mark) > 0);
        let signs = [
            (reading_sign, are_used(&[Mark::Skipped, Mark::Later, Mark::Read])),
            (status_sign, are_used(&[Mark::Starred, Mark::Noted])),
            (basket_sign, are_used(&[Mark::Basket])),
            (bibliography_sign, bibliography.is_some()),
        ];
        let mut row = row;
        for (sign, _) in signs.into_iter().filter(|(_, is_used)| *is_used) {
            text::draw_text(buf, row, sign, self.palette.gutter);
            row = text::skip_columns(row, 1);
        }
        text::skip_columns(row, 1)
    }

    /// Returns true if the query would not match the paper any more after a change of its marks.
    fn no_longer_matches(&self) -> bool {
        !self.state.filter.query.matches_marks(&self.state.library.marks, self.id)
    }

    fn draw_title(&self, row: Rect, buf: &mut Buffer) -> u16 {
        let row = self.draw_retraction(row, buf);
        let title = match self.state.view.tex_display {
            TexDisplay::Readable => tex_to_unicode(self.paper.title),
            TexDisplay::Raw => self.paper.title.into(),
        };
        let matches = self.match_styles(&title, QueryField::Title);
        let text = if self.no_longer_matches() { self.palette.muted } else { self.palette.text };
        text::draw_styled(buf, row, &title, text, matches)
    }

    /// Draws the mark of a retracted paper in front of its title. Returns the rest of the row.
    fn draw_retraction(&self, row: Rect, buf: &mut Buffer) -> Rect {
        if !self.paper.is_retracted() {
            return row;
        }
        let end = text::draw_text(buf, row, "RETRACTED ", self.palette.error);
        text::from_column(row, end)
    }

    /// Draws the matching sentence or field, or else authors, category and venue.
    fn draw_second_line(&self, row: Rect, buf: &mut Buffer) {
        if let Some((text, marks)) = self.snippet(row.width) {
            let marks = marks.into_iter().map(|at| (at, self.palette.match_text));
            text::draw_styled(buf, row, &text, self.palette.muted, marks);
            return;
        }
        let names = family_names(&self.paper);
        let authors = match names.len() {
            0 => "authors unknown".to_owned(),
            1..=4 => names.join(", "),
            more => format!("{}, … {} authors", names[..3].join(", "), more),
        };
        let marks = self.match_styles(&authors, QueryField::Authors);
        let x = text::draw_styled(buf, row, &authors, self.palette.muted, marks);
        // Tags beyond the width of the row are never visible.
        let tags = self.state.library.marks.tags_of(self.id).take(row.width.into());
        let tags: Vec<String> = tags.map(|tag| format!("#{tag}")).collect();
        let details = [self.paper.category(), self.paper.venue, &tags.join(" ")];
        let details: Vec<&str> = details.into_iter().filter(|it| !it.is_empty()).collect();
        if !details.is_empty() {
            let details = format!(" · {}", details.join(" · "));
            text::draw_text(buf, text::from_column(row, x), &details, self.palette.muted);
        }
    }

    /// The difference of a paper from the query that it matches only approximately.
    fn similarity_label(&self) -> Option<&str> {
        self.state.filter.approximate.similar.labels.get(&self.id).map(String::as_str)
    }

    /// Draws the difference at the end of a single-line row, on a third of its width at most. Returns
    /// the rest of the row.
    fn draw_inline_similarity(&self, row: Rect, buf: &mut Buffer) -> Rect {
        let Some(label) = self.similarity_label() else { return row };
        let label = truncate(label, usize::from(row.width / 3));
        let rest = text::draw_right_aligned(buf, row, &label, self.palette.muted);
        Rect { width: rest.width.saturating_sub(2), ..rest }
    }

    /// Draws the difference in front of the second line. Returns the rest of the row.
    fn draw_similarity(&self, row: Rect, buf: &mut Buffer) -> Rect {
        let Some(label) = self.similarity_label() else { return row };
        let end = text::draw_text(buf, row, &format!("{label} · "), self.palette.muted);
        text::from_column(row, end)
    }

    /// Draws the matching sentence or field behind the title, in a list of single-line rows.
    fn draw_inline_snippet(&self, rest: Rect, buf: &mut Buffer) {
        if rest.width <= 10 {
            return;
        }
        if let Some((text, marks)) = self.snippet(rest.width) {
            let marks = marks.into_iter().map(|at| (at, self.palette.match_text));
            text::draw_styled(buf, rest, &text, self.palette.muted, marks);
        }
    }

    /// The matching sentence or field, cut for the width, and the ranges to highlight.
    fn snippet(&self, max_width: u16) -> Option<(String, Vec<Range<usize>>)> {
        match self.state.list.snippets.get(&self.id) {
            Some(snippet) => cut_to_first_match(&snippet.text, &snippet.highlights, max_width),
            None => self.field_snippet(max_width),
        }
    }

    /// The field in which alone a word of the query matches, behind its label: `keyword: memory`.
    fn field_snippet(&self, max_width: u16) -> Option<(String, Vec<Range<usize>>)> {
        self.state.hits().hit(self.rank).filter(|hit| needs_metadata(*hit))?;
        let marks = &self.state.library.marks;
        let tags = marks.tags_of(self.id);
        let field = self.highlighter.field_snippet(&self.paper, marks.note(self.id), tags)?;
        let label = format!("{}: ", field.label);
        let text_width = max_width.checked_sub(width(&label) as u16)?;
        let (text, matches) = cut_to_first_match(&field.text, &field.highlights, text_width)?;
        let shifted = matches.into_iter().map(|it| it.start + label.len()..it.end + label.len());
        Some((format!("{label}{text}"), shifted.collect()))
    }

    fn match_styles(&self, text: &str, field: QueryField) -> Vec<(Range<usize>, Style)> {
        let ranges = self.highlighter.highlight(text, field);
        ranges.into_iter().map(|at| (at, self.palette.match_text)).collect()
    }
}

/// Cuts the start of a sentence so that at least the beginning of the first match is visible.
/// Returns `None` if there is no room for that.
fn cut_to_first_match(
    text: &str,
    marks: &[Range<usize>],
    max_width: u16,
) -> Option<(String, Vec<Range<usize>>)> {
    /// Cells of the ellipses on both sides.
    const ELLIPSIS_CELLS: usize = 2;
    let max_width = usize::from(max_width);
    let first = marks.first()?;
    if width(text) <= max_width || width(&text[..first.end]) + ELLIPSIS_CELLS <= max_width {
        return Some((text.to_owned(), marks.to_vec()));
    }
    let cells = |from: usize| ELLIPSIS_CELLS + width(&text[from..first.end]);
    let words = text.match_indices(' ').map(|(at, _)| at + 1).take_while(|at| *at <= first.start);
    let start_within = |max_width| words.clone().find(|at| cells(*at) <= max_width);
    // Prefer a start that leaves room for the text after the match, then any that shows the whole
    // match.
    let start =
        start_within(max_width / 2).or_else(|| start_within(max_width)).unwrap_or(first.start);
    let first_char = text[first.start..].chars().next()?;
    if start == first.start
        && ELLIPSIS_CELLS + width(first_char.encode_utf8(&mut [0; 4])) > max_width
    {
        return None;
    }
    let shift = "…".len();
    let shifted = marks.iter().map(|at| at.start - start + shift..at.end - start + shift).collect();
    Some((format!("…{}", &text[start..]), shifted))
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;

    const TEXT: &str = "We study incomprehensibilities of hippocampus-like memories, at length.";

    /// The sentence as shown, if part of the word is visible.
    fn visible(word: &str, max_width: u16) -> Option<String> {
        let start = TEXT.find(word).unwrap();
        let (text, marks) =
            cut_to_first_match(TEXT, from_ref(&(start..start + word.len())), max_width)?;
        assert_eq!(&text[marks[0].clone()], word);
        let visible = truncate(&text, max_width.into()).into_owned();
        let visible_part = visible.trim_end_matches('…').get(marks[0].start..)?;
        (!visible_part.is_empty()).then_some(visible)
    }

    #[test]
    fn the_first_match_of_a_sentence_is_in_sight_whatever_the_room() {
        for word in ["We", "incomprehensibilities", "campus", "length"] {
            for max_width in 3..90 {
                assert!(visible(word, max_width).is_some(), "{word} in {max_width}");
            }
        }
        assert_eq!(visible("memories", 30).unwrap(), "…memories, at length.");
        assert_eq!(visible("incomprehensibilities", 12).unwrap(), "…incomprehe…");
        assert_eq!(visible("campus", 12).unwrap(), "…campus-lik…");
    }

    #[test]
    fn a_sentence_without_room_for_its_match_is_not_shown() {
        assert_eq!(cut_to_first_match(TEXT, from_ref(&(9..20)), 2), None);
    }
}
