//! The mouse, once it is on.

use offprint::app::{Event, MouseInput, MouseKind, Pane};

use super::harness::{Program, SHELF, long, numbered};

trait Mouse {
    fn mouse(self, kind: MouseKind, x: u16, y: u16) -> Self;
    fn click(self, x: u16, y: u16) -> Self;
    fn double_click(self, x: u16, y: u16) -> Self;
}

impl Mouse for Program {
    fn mouse(self, kind: MouseKind, x: u16, y: u16) -> Self {
        self.feed(Event::Mouse(MouseInput { kind, x, y }))
    }

    fn click(self, x: u16, y: u16) -> Self {
        self.mouse(MouseKind::Press, x, y).mouse(MouseKind::Release, x, y)
    }

    fn double_click(self, x: u16, y: u16) -> Self {
        let pressed = self.click(x, y).mouse(MouseKind::DoublePress, x, y);
        pressed.mouse(MouseKind::Release, x, y)
    }
}

/// The body begins in row 3; the list has a line per paper at 80 columns.
const BODY: u16 = 3;

#[test]
fn a_click_moves_the_cursor_and_a_click_in_the_gutter_selects() {
    let program = Program::with(SHELF).at(80, 24).click(20, BODY + 2);
    assert_eq!(program.on(), program.hits()[2]);
    assert!(program.selected().is_empty());
    let program = program.click(0, BODY + 1);
    assert_eq!(program.selected(), [program.hits()[1].clone()]);
    assert!(program.click(0, BODY + 1).selected().is_empty());
}

#[test]
fn a_row_of_two_lines_is_clicked_on_either() {
    for line in [4, 5] {
        let program = Program::shelf().click(40, BODY + line);
        assert_eq!(program.on(), program.hits()[2], "{line}");
    }
}

#[test]
fn a_double_click_reads_and_the_wheel_scrolls_the_text() {
    let papers = long("Long", 900) + "\n" + &long("Other", 900);
    let program = Program::with(&papers).at(80, 24).double_click(20, BODY + 1);
    assert_eq!((program.state().view.pane, program.on()), (Pane::Reader, "Other".to_owned()));
    let program = program.mouse(MouseKind::WheelDown, 40, 10);
    assert_eq!(program.state().view.paper_text.as_ref().unwrap().top, 3);
    let program = program.mouse(MouseKind::WheelUp, 40, 10);
    assert_eq!(program.state().view.paper_text.as_ref().unwrap().top, 0);
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_not_what_has_the_focus() {
    let program = Program::with(&numbered(100)).at(80, 24);
    let program = program.mouse(MouseKind::WheelDown, 20, BODY + 1);
    assert_eq!(program.state().list.viewport.top, 3);
    assert_eq!(program.state().view.pane, Pane::List);
    let program = program.mouse(MouseKind::WheelDown, 20, 18);
    assert_eq!(program.state().list.viewport.top, 3, "the wheel is over the detail");
    let program = program.mouse(MouseKind::WheelUp, 20, BODY + 1);
    assert_eq!(program.state().list.viewport.top, 0);
}

#[test]
fn the_divider_is_dragged() {
    let stacked = Program::with(SHELF).at(80, 24);
    let divider = stacked.state().view.areas.list.bottom();
    let stacked = stacked
        .mouse(MouseKind::Press, 30, divider)
        .mouse(MouseKind::Drag, 30, divider + 4)
        .mouse(MouseKind::Release, 30, divider + 4);
    assert_eq!(stacked.state().view.areas.list.bottom(), divider + 4);
    let moved = stacked.mouse(MouseKind::Drag, 30, divider);
    assert_eq!(moved.state().view.areas.list.bottom(), divider + 4, "it was released");

    let wide = Program::shelf();
    let (list, facets) = (wide.state().view.areas.list, wide.state().view.areas.facets);
    let wide = wide
        .mouse(MouseKind::Press, list.right(), 9)
        .mouse(MouseKind::Drag, list.right() + 10, 9)
        .mouse(MouseKind::Release, list.right() + 10, 9)
        .mouse(MouseKind::Press, facets.right(), 9)
        .mouse(MouseKind::Drag, facets.right() - 5, 9)
        .mouse(MouseKind::Release, facets.right() - 5, 9);
    let areas = wide.state().view.areas;
    assert_eq!(areas.facets.right(), facets.right() - 5);
    assert!(areas.list.right() > list.right());
    assert!(wide.row(9).contains('│'));
}

#[test]
fn a_double_click_on_a_facet_toggles_it_and_one_on_a_menu_runs_its_row() {
    let program = Program::shelf();
    let is_value = |row: &usize| program.row(*row).trim_start().starts_with("q-bio.NC");
    let row = (0..36).find(is_value).unwrap() as u16;
    let program = program.double_click(5, row);
    assert!(program.filter_line().contains("q-bio.NC"), "{}", program.filter_line());

    let menu = Program::with(SHELF).at(80, 24).press("s");
    let row = (0..24).find(|row| menu.row(*row).contains("title")).unwrap() as u16;
    assert!(menu.double_click(5, row).hits()[0].contains("Bayes"));
    let closed = Program::with(SHELF).at(80, 24).press("s").click(5, BODY);
    assert!(closed.state().is_browsing());
}

#[test]
fn a_click_on_the_filter_edits_it_and_one_on_a_row_accepts_it() {
    let program = Program::with(SHELF).at(80, 24).click(10, 1).press("trans");
    assert_eq!(program.hits().len(), 2);
    let program = program.click(20, BODY + 1).press("yt");
    assert_eq!(program.copied(), program.hits()[1]);
}

#[test]
fn any_place_at_any_size_may_be_clicked() {
    for (width, height) in [(120, 36), (80, 24), (39, 9), (5, 3), (1, 1)] {
        for keys in ["", "/x", "s", "?", "B", "gt", "<Enter>", "<S-Tab>", "yb", "t"] {
            let mut program = Program::with(SHELF).at(width, height).press(keys);
            for (x, y) in [(0, 0), (width / 2, height / 2), (width - 1, height - 1), (999, 999)] {
                for kind in [
                    MouseKind::WheelDown,
                    MouseKind::WheelUp,
                    MouseKind::Press,
                    MouseKind::Drag,
                    MouseKind::Release,
                    MouseKind::DoublePress,
                ] {
                    program = program.mouse(kind, x, y);
                }
            }
            assert_eq!(program.screen().lines().count(), usize::from(height));
        }
    }
}

#[test]
fn the_mouse_is_switched_by_a_command() {
    let program = Program::shelf().press(":set mouse=on<Enter>");
    assert!(program.footer().starts_with("Mouse on"), "{}", program.footer());
    let program = program.press(":set mouse=off<Enter>");
    assert!(program.footer().starts_with("Mouse off"), "{}", program.footer());
}
