//! The list: as many hits as there are rows, and no others are looked at.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use super::theme::Palette;
use crate::app::{Pane, State, Tex};
use crate::domain::{Mark, Paper, PaperId, family_names};
use crate::search::{Field, Highlighter};
use crate::text::{readable, width};

/// The bar of the cursor and the number of a selected paper.
const GUTTER: u16 = 3;
const YEAR: u16 = 5;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let areas = &state.view.areas;
    let area = areas.list;
    if area.is_empty() {
        return;
    }
    if state.hits().is_empty() {
        text::plain(buf, text::after(area, 1), &nothing(state), palette.quiet);
        return;
    }
    let highlighter = state.filter.highlighter();
    let tops = (area.y..area.bottom()).step_by(areas.row_height.into());
    for (rank, y) in state.rows().zip(tops) {
        let Some(id) = state.hits().get(rank) else { break };
        let Some(paper) = state.corpus.get(id) else { break };
        let height = areas.row_height.min(area.bottom() - y);
        let row = Row { state, palette, highlighter: &highlighter, id, paper, rank };
        let width = area.width.saturating_sub(1).max(1);
        row.draw(Rect { y, height, width, ..area }, buf);
    }
}

/// Why there is nothing to see.
fn nothing(state: &State) -> String {
    if state.is_searching() {
        return "Searching…".to_owned();
    }
    if !state.corpus.is_empty() {
        return "Nothing matches. ^G clears the filter.".to_owned();
    }
    match state.load.phase {
        crate::app::Phase::Loading => "Loading…".to_owned(),
        _ => "There are no papers here.".to_owned(),
    }
}

struct Row<'a> {
    state: &'a State,
    palette: &'a Palette,
    highlighter: &'a Highlighter,
    id: PaperId,
    paper: Paper<'a>,
    rank: usize,
}

impl Row<'_> {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        let first = Rect { height: 1, ..area };
        let is_current = self.rank == self.state.list.cursor;
        let inner = self.gutter(first, is_current, buf);
        let year = self.paper.year.map_or_else(String::new, |year| format!(" {year}"));
        let text = if inner.width > 24 {
            let before = text::right(buf, inner, &year, self.palette.quiet);
            Rect { width: inner.width - YEAR.min(inner.width), ..before }
        } else {
            inner
        };
        let end = self.title(text, buf);
        if area.height > 1 {
            let second = Rect { y: area.y + 1, ..inner };
            self.second_line(second, buf);
        } else {
            self.aside(text::from(text, end), buf);
        }
        if is_current && (self.state.has_focus(Pane::List) || !self.state.is_browsing()) {
            buf.set_style(text::after(first, 1), self.palette.cursor);
        }
    }

    fn gutter(&self, row: Rect, is_current: bool, buf: &mut Buffer) -> Rect {
        let state = self.state;
        let bar = if is_current { "▌" } else { " " };
        text::plain(buf, row, bar, self.palette.mark);
        let wide = row.width > 30;
        let in_range = state.selection.spans(self.rank, state.list.cursor);
        let number = match (state.selection.place(self.id), in_range) {
            (Some(place), _) if place < 100 => format!("{place:>2}"),
            (Some(_), _) => "••".to_owned(),
            (None, true) => " •".to_owned(),
            (None, false) => String::new(),
        };
        if wide || !state.selection.is_empty() || in_range {
            text::plain(buf, text::after(row, 1), &number, self.palette.mark);
            return self.marks(text::after(row, GUTTER), buf);
        }
        self.marks(text::after(row, 1), buf)
    }

    /// A cell for how far the paper is read and one for what it is kept for, as far as anyone
    /// uses them here; a blank one where nobody does.
    fn marks(&self, row: Rect, buf: &mut Buffer) -> Rect {
        let marks = &self.state.library.marks;
        let has = |mark| marks.has(mark, self.id);
        let reading = match () {
            () if has(Mark::Skipped) => "×",
            () if has(Mark::Later) => "»",
            () if has(Mark::Read) => " ",
            () => "•",
        };
        let kept = match () {
            () if has(Mark::Basket) => "+",
            () if has(Mark::Starred) => "★",
            () if has(Mark::Noted) => "¶",
            () => " ",
        };
        let are_used = |kinds: &[Mark]| kinds.iter().any(|mark| marks.count(*mark) > 0);
        let mut row = row;
        let mut is_plain = true;
        let groups = [
            (reading, &[Mark::Skipped, Mark::Later, Mark::Read][..]),
            (kept, &[Mark::Basket, Mark::Starred, Mark::Noted]),
        ];
        for (text, kinds) in groups {
            if are_used(kinds) {
                text::plain(buf, row, text, self.palette.mark);
                row = text::after(row, 1);
                is_plain = false;
            }
        }
        if is_plain { text::after(row, 1) } else { row }
    }

    /// Whether the query would no longer find the paper because of what was done to it.
    fn is_leaving(&self) -> bool {
        !self.state.filter.query.still_holds(&self.state.library.marks, self.id)
    }

    fn title(&self, row: Rect, buf: &mut Buffer) -> u16 {
        let title = match self.state.view.tex {
            Tex::Readable => readable(self.paper.title),
            Tex::Raw => self.paper.title.into(),
        };
        let matches = self.matched(&title, Field::Title);
        let text = if self.is_leaving() { self.palette.quiet } else { self.palette.text };
        text::styled(buf, row, &title, text, matches)
    }

    /// The sentence that made the match, or else authors, category and venue.
    fn second_line(&self, row: Rect, buf: &mut Buffer) {
        if let Some((text, marks)) = self.sentence(row.width) {
            let marks = marks.into_iter().map(|at| (at, self.palette.matched));
            text::styled(buf, row, &text, self.palette.quiet, marks);
            return;
        }
        let names = family_names(&self.paper);
        let authors = match names.len() {
            0 => "authors unknown".to_owned(),
            1..=4 => names.join(", "),
            more => format!("{}, … {} authors", names[..3].join(", "), more),
        };
        let marks = self.matched(&authors, Field::Authors);
        let x = text::styled(buf, row, &authors, self.palette.quiet, marks);
        // More of them than the row has cells cannot be seen.
        let tags = self.state.library.marks.tags_of(self.id).take(row.width.into());
        let tags: Vec<String> = tags.map(|tag| format!("#{tag}")).collect();
        let badge = self.badge();
        let facts = [self.paper.category(), self.paper.venue, &tags.join(" "), &badge];
        let facts: Vec<&str> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        if !facts.is_empty() {
            let facts = format!(" · {}", facts.join(" · "));
            text::plain(buf, text::from(row, x), &facts, self.palette.quiet);
        }
    }

    /// On a list of single lines: the sentence that made the match, in what room the title leaves.
    fn aside(&self, rest: Rect, buf: &mut Buffer) {
        if rest.width <= 12 {
            return;
        }
        let rest = text::after(rest, 2);
        if let Some((text, marks)) = self.sentence(rest.width) {
            let marks = marks.into_iter().map(|at| (at, self.palette.matched));
            text::styled(buf, rest, &text, self.palette.quiet, marks);
            return;
        }
        text::plain(buf, rest, &self.badge(), self.palette.quiet);
    }

    /// Says that the paper is in a bibliography of the reader's own.
    fn badge(&self) -> String {
        let own = self.state.settings.bibliography.get();
        let name = own.and_then(|it| it.name_of(&self.paper));
        name.map(|it| format!("in {it}")).unwrap_or_default()
    }

    /// The sentence that made the match, as far as there is room, and what to emphasise in it.
    fn sentence(&self, room: u16) -> Option<(String, Vec<Range<usize>>)> {
        let sentence = self.state.list.sentences.get(&self.id)?;
        from_first_match(&sentence.text, &sentence.highlights, room)
    }

    fn matched(&self, text: &str, field: Field) -> Vec<(Range<usize>, Style)> {
        let ranges = self.highlighter.highlight(text, field);
        ranges.into_iter().map(|at| (at, self.palette.matched)).collect()
    }
}

/// The sentence cut at its start so that the first match is in sight, at least where it begins;
/// nothing where there is no room for that.
fn from_first_match(
    text: &str,
    marks: &[Range<usize>],
    room: u16,
) -> Option<(String, Vec<Range<usize>>)> {
    /// The cells of the ellipses on both sides.
    const CUTS: usize = 2;
    let room = usize::from(room);
    let first = marks.first()?;
    if width(text) <= room || width(&text[..first.end]) + CUTS <= room {
        return Some((text.to_owned(), marks.to_vec()));
    }
    let cells = |from: usize| CUTS + width(&text[from..first.end]);
    let words = text.match_indices(' ').map(|(at, _)| at + 1).take_while(|at| *at <= first.start);
    let within = |room| words.clone().find(|at| cells(*at) <= room);
    // With room for what follows, or at least for the whole match.
    let start = within(room / 2).or_else(|| within(room)).unwrap_or(first.start);
    let letter = text[first.start..].chars().next()?;
    if start == first.start && CUTS + width(letter.encode_utf8(&mut [0; 4])) > room {
        return None;
    }
    let shift = "…".len();
    let moved = marks.iter().map(|at| at.start - start + shift..at.end - start + shift).collect();
    Some((format!("…{}", &text[start..]), moved))
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use super::*;
    use crate::text::truncate;

    const TEXT: &str = "We study incomprehensibilities of hippocampus-like memories, at length.";

    /// The sentence as it is shown, where some of the word is in sight.
    fn shown(word: &str, room: u16) -> Option<String> {
        let start = TEXT.find(word).unwrap();
        let (text, marks) = from_first_match(TEXT, from_ref(&(start..start + word.len())), room)?;
        assert_eq!(&text[marks[0].clone()], word);
        let shown = truncate(&text, room.into()).into_owned();
        let seen = shown.trim_end_matches('…').get(marks[0].start..)?;
        (!seen.is_empty()).then_some(shown)
    }

    #[test]
    fn the_first_match_of_a_sentence_is_in_sight_whatever_the_room() {
        for word in ["We", "incomprehensibilities", "campus", "length"] {
            for room in 3..90 {
                assert!(shown(word, room).is_some(), "{word} in {room}");
            }
        }
        assert_eq!(shown("memories", 30).unwrap(), "…memories, at length.");
        assert_eq!(shown("incomprehensibilities", 12).unwrap(), "…incomprehe…");
        assert_eq!(shown("campus", 12).unwrap(), "…campus-lik…");
    }

    #[test]
    fn a_sentence_without_room_for_its_match_is_not_shown() {
        assert_eq!(from_first_match(TEXT, from_ref(&(9..20)), 2), None);
    }
}
