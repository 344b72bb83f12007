//! The bottom line: a line being typed, the continuations of a sequence, the last notice, the keys
//! that matter here, and the place in the list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::header::{counts, grouped};
use super::paint;
use super::theme::Palette;
use crate::app::overlay::{Kind, Overlay};
use crate::app::{
    Action, Context, Level, Line, Meter, Mode, Pane, Purpose, State, overlay, written,
};
use crate::cite::Form;
use crate::text::width;

/// Draws the line and returns where the cursor stands, if it is being typed into.
pub(super) fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.footer;
    if area.is_empty() {
        return None;
    }
    let row = paint::after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    match &state.mode {
        Mode::Command(line) => return Some(prompt(":", line, row, palette, buf)),
        Mode::Asking(asking) => {
            return Some(prompt(&asking.label(), &asking.line, row, palette, buf));
        }
        Mode::Find(line) => return Some(prompt("find ", line, row, palette, buf)),
        _ => {}
    }
    let row = paint::right(buf, row, &place(state), palette.quiet);
    let row = Rect { width: row.width.saturating_sub(2), ..row };
    if !state.view.pressed.keys.is_empty() {
        paint::plain(buf, row, &written(&state.view.pressed.keys), palette.strong);
        return None;
    }
    if let Some(completing) = state.filter.completing() {
        let shown = completing.candidates.iter().cycle().skip(completing.at);
        let names = shown.take(completing.candidates.len()).map(|it| {
            (String::new(), format!("{} {}", it.text.trim_end(), grouped(it.count as usize)))
        });
        hints(names.collect(), row, palette, buf);
        return None;
    }
    let x = notice(state, row, palette, buf);
    let rest = paint::from(row, if x > row.x { x + 3 } else { row.x });
    hints(keys(state), rest, palette, buf);
    None
}

fn prompt(label: &str, line: &Line, row: Rect, palette: &Palette, buf: &mut Buffer) -> Position {
    let x = paint::plain(buf, row, label, palette.key);
    super::filter::scrolled(buf, paint::from(row, x), line, Vec::new(), true)
}

/// `3/198`, and where there is no header the counts too.
fn place(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(count) = state.view.pressed.count {
        parts.push(count.to_string());
    }
    if state.view.meter == Meter::Shown {
        parts.push(state.view.frame.to_string());
    }
    if state.view.pane == Pane::Reader
        && let Some(reading) = &state.view.reading
    {
        let height = usize::from(state.view.areas.detail.height);
        let seen = (reading.top + height).min(reading.lines.len());
        parts.push(format!("{} %", seen * 100 / reading.lines.len().max(1)));
    }
    if let Mode::Overlay(overlay) = &state.mode {
        let rows = overlay::rows(state, overlay).len();
        if rows > 0 && !matches!(overlay.kind, Kind::Link { .. }) {
            parts.push(format!("{}/{rows}", overlay.cursor + 1));
        }
        return parts.join("  ");
    }
    if state.view.areas.header.is_empty() && state.view.width < 60 {
        parts.push(counts(state));
    } else if !state.hits().is_empty() {
        let (at, all) = (state.list.cursor + 1, state.hits().len());
        parts.push(format!("{}/{}", grouped(at), grouped(all)));
    }
    parts.join("  ")
}

fn notice(state: &State, row: Rect, palette: &Palette, buf: &mut Buffer) -> u16 {
    let Some(notice) = state.notices.last() else { return row.x };
    let style = match notice.level {
        Level::Told => palette.text,
        Level::Failed => palette.failed,
    };
    paint::plain(buf, row, &notice.text, style)
}

/// Keys with what they do, as many as there is room for.
fn hints(items: Vec<(String, String)>, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let mut rest = row;
    for (keys, label) in items {
        let room = width(&keys) + width(&label) + usize::from(!keys.is_empty());
        if room > usize::from(rest.width) {
            break;
        }
        let mut x = paint::plain(buf, rest, &keys, palette.key);
        if !keys.is_empty() {
            x += 1;
        }
        let x = paint::plain(buf, paint::from(rest, x), &label, palette.quiet);
        rest = paint::from(rest, x + 2);
    }
}

/// A link is read or scanned, a listing is narrowed, and from the rest something is chosen.
fn of_overlay(mode: &Mode) -> &'static [(Action, &'static str)] {
    const CLOSE: (Action, &str) = (Action::Close, "back");
    const NARROW: (Action, &str) = (Action::EditFilter, "narrow");
    match mode {
        Mode::Overlay(Overlay { kind: Kind::Link { .. }, .. }) => &[CLOSE],
        Mode::Overlay(Overlay { kind: Kind::Messages | Kind::Defects, .. }) => &[NARROW, CLOSE],
        Mode::Overlay(Overlay { kind: Kind::Help, .. }) => {
            &[(Action::Accept, "do it"), NARROW, CLOSE]
        }
        _ => &[(Action::Accept, "choose"), NARROW, CLOSE],
    }
}

/// The keys that matter here.
fn keys(state: &State) -> Vec<(String, String)> {
    use Action as A;
    let context = state.context();
    let wanted: &[(Action, &str)] = match context {
        Context::List => &[
            (A::Open, if state.settings.purpose == Purpose::Pick { "pick" } else { "read" }),
            (A::Copy(Form::TitleAndLink), "copy"),
            (A::EditFilter, "filter"),
            (A::Help, "help"),
            (A::Close, "quit"),
            (A::OpenLink, "open"),
            (A::Select, "select"),
            (A::NextPane, "pane"),
        ],
        Context::Detail | Context::Reader => &[
            (A::ReadOn, "page"),
            (A::Copy(Form::TitleAndLink), "copy"),
            (A::Close, "back"),
            (A::NextPaper, "next"),
            (A::PreviousPaper, "previous"),
            (A::Links, "links"),
            (A::Find, "find"),
            (A::Help, "help"),
        ],
        Context::Facets => &[
            (A::Toggle, "toggle"),
            (A::Exclude, "exclude"),
            (A::Expand, "open"),
            (A::Collapse, "close"),
            (A::NextPane, "pane"),
            (A::Close, "back"),
        ],
        Context::Filter => &[
            (
                A::Accept,
                if state.settings.purpose == Purpose::Pick { "pick" } else { "to the list" },
            ),
            (A::Peel, "drop"),
            (A::Complete, "complete"),
            (A::CopyMenu, "copy"),
            (A::Recall, "earlier"),
        ],
        Context::Overlay => of_overlay(&state.mode),
        Context::Command | Context::Browse => &[],
    };
    let key = |action: Action, label: &str| {
        let keys = state.settings.keymap.keys_of(context, action);
        let first = keys.into_iter().next()?;
        let is_copy = matches!(action, Action::Copy(_));
        let shown = if is_copy { first.chars().take(1).collect() } else { first };
        Some((bare(&shown), label.to_owned()))
    };
    wanted.iter().filter_map(|(action, label)| key(*action, label)).collect()
}

/// A named key without its brackets: `Enter`; with a modifier `^J`.
fn bare(keys: &str) -> String {
    match keys.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        Some(name) => match name.strip_prefix("C-") {
            Some(letter) => format!("^{}", letter.to_uppercase()),
            None => name.to_owned(),
        },
        None => keys.to_owned(),
    }
}
