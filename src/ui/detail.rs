//! Detail pane and reader: the laid-out paper from the scroll position on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use super::theme::Palette;
use crate::app::{Mode, Rules, State, StyledLine};
use crate::text::width;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.detail;
    let Some(paper_text) = &state.view.paper_text else { return };
    if area.is_empty() {
        return;
    }
    let inner = text_area(area);
    let lines = paper_text.lines.iter().enumerate().skip(paper_text.top);
    for ((number, line), y) in lines.zip(inner.y..inner.bottom()) {
        let row = Rect { y, height: 1, ..inner };
        let text_styles = line.styles.iter().cloned().chain(paper_text.find.styles(number));
        let styles = text_styles.map(|(at, text_style)| (at, palette.style_of(text_style)));
        text::draw_styled(buf, row, &line.text, palette.text, styles);
    }
    let hidden_lines =
        paper_text.lines.len().saturating_sub(paper_text.top + usize::from(inner.height));
    let is_covered =
        matches!(state.mode, Mode::Popup(_)) || !state.view.pending_keys.keys.is_empty();
    let is_covered = is_covered || area.width <= 20;
    if hidden_lines > 0 && !is_covered && state.view.areas.rules == Rules::Drawn {
        // Drawn on the rule, where it covers no text.
        let row = Rect { y: inner.bottom(), height: 1, width: area.width - 1, ..area };
        text::draw_right_aligned(buf, row, &format!(" {hidden_lines} more ↓ "), palette.muted);
    }
}

fn text_area(area: Rect) -> Rect {
    if area.width > 2 { Rect { x: area.x + 1, width: area.width - 2, ..area } } else { area }
}

/// The visible links and their areas, for OSC 8 hyperlinks.
pub fn links(state: &State) -> Vec<(Rect, String)> {
    let inner = text_area(state.view.areas.detail);
    let Some(paper_text) = &state.view.paper_text else { return Vec::new() };
    let lines = paper_text.lines.iter().skip(paper_text.top).zip(inner.y..inner.bottom());
    let link = |(line, y): (&StyledLine, u16)| {
        let link = paper_text.links.get(line.link?)?;
        let cells = width(&line.text).min(inner.width.into()) as u16;
        Some((Rect { y, height: 1, width: cells, ..inner }, link.url.clone()))
    };
    lines.filter_map(link).collect()
}
