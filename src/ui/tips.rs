//! The tips of the first start: what to try, on three lines above the footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::footer::draw_hints;
use super::text;
use super::theme::Palette;
use crate::app::{
    Action, ChangeAction, CopyAction, ExportAction, FilterAction, LeaveAction, MarkAction,
    MenuAction, Mode, OpenAction, SelectAction, State, TipsVisibility, key_label,
};
use crate::cite::OutputFormat;

/// Actions to try, by line.
const TIPS: [&[(Action, &str)]; 3] = [
    &[
        (Action::Filter(FilterAction::Edit), "filter as you type"),
        (Action::Open(OpenAction::Reader), "read"),
        (Action::Leave(LeaveAction::Peel), "back"),
        (Action::Leave(LeaveAction::Close), "quit"),
    ],
    &[
        (Action::Copy(CopyAction::Format(OutputFormat::Bibtex)), "copy BibTeX"),
        (Action::Select(SelectAction::Toggle), "select several"),
        (Action::Export(ExportAction::File), "export to a file"),
    ],
    &[
        (Action::Mark(MarkAction::Star), "star"),
        (Action::Change(ChangeAction::Undo), "undo"),
        (Action::Show(MenuAction::Help), "all keys; / there finds them by name"),
    ],
];

/// Minimum height of the body, so that the list stays visible above the tips.
const MIN_BODY_HEIGHT: u16 = 10;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let body = state.view.areas.body;
    let is_shown = state.notices.tips == TipsVisibility::Shown;
    if !is_shown || !matches!(state.mode, Mode::Panes) || body.height < MIN_BODY_HEIGHT {
        return;
    }
    let height = TIPS.len() as u16;
    let area = Rect { y: body.bottom() - height, height, ..body };
    Clear.render(Rect { y: area.y - 1, height: height + 1, ..area }, buf);
    let rule_row = Rect { y: area.y - 1, height: 1, ..area };
    text::draw_text(buf, rule_row, &"─".repeat(area.width.into()), palette.rule);
    text::draw_text(buf, text::skip_columns(rule_row, 2), " Things to try ", palette.strong);
    for (line, y) in TIPS.iter().zip(area.y..) {
        let row = text::skip_columns(Rect { y, height: 1, ..area }, 1);
        let hint = |(action, label): &(Action, &str)| {
            let keys = state.settings.keymap.keys_of(state.context(), *action);
            Some((key_label(keys.first()?), (*label).to_owned()))
        };
        draw_hints(line.iter().filter_map(hint).collect(), row, palette, buf);
    }
}
