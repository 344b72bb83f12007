//! The layout of the panes. Kept apart from drawing, since updates need the page height too.

use ratatui::layout::Rect;

/// The arrangement of the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LayoutMode {
    /// Chosen by the width of the screen.
    #[default]
    Fitted,
    ListOnly,
    SideBySide,
    Stacked,
}

/// The focused pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    #[default]
    List,
    Detail,
    Facets,
    Reader,
    /// One unread paper per screen, for triage.
    Triage,
    Basket,
}

/// The areas of the screen. A hidden pane has an empty area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    pub screen: Rect,
    pub header: Rect,
    pub filter: Rect,
    pub facets: Rect,
    pub list: Rect,
    pub detail: Rect,
    /// The area between filter and footer.
    pub body: Rect,
    pub footer: Rect,
    /// Horizontal rules above the body and above the footer.
    pub rules: Rules,
    /// Lines per paper in the list: 1 or 2.
    pub row_height: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rules {
    #[default]
    Absent,
    Drawn,
}

/// Minimum width in columns to show facets, list and detail side by side.
const MIN_SIDE_BY_SIDE_WIDTH: u16 = 110;
/// Below this width or below [`MIN_TWO_PANE_HEIGHT`], one pane is shown at a time.
const MIN_TWO_PANE_WIDTH: u16 = 40;
const MIN_TWO_PANE_HEIGHT: u16 = 10;
const FACETS_WIDTH: u16 = 22;
/// A comfortable line length for reading, plus a margin.
const READER_WIDTH: u16 = 74;

/// Divides a screen of this size. The focused `pane` is shown at any size.
pub fn divide_screen(width: u16, height: u16, arrangement: LayoutMode, pane: Pane) -> Areas {
    let mut areas = divide_rows(width, height);
    let body = areas.body;
    let fitted = match arrangement {
        LayoutMode::Fitted if width < MIN_TWO_PANE_WIDTH || height < MIN_TWO_PANE_HEIGHT => {
            LayoutMode::ListOnly
        }
        LayoutMode::Fitted if width < MIN_SIDE_BY_SIDE_WIDTH => LayoutMode::Stacked,
        LayoutMode::Fitted => LayoutMode::SideBySide,
        chosen => chosen,
    };
    areas.row_height = if width >= MIN_SIDE_BY_SIDE_WIDTH && body.height >= 6 { 2 } else { 1 };
    match pane {
        Pane::Reader | Pane::Triage => {
            areas.detail = center(body, READER_WIDTH.min(body.width));
            return areas;
        }
        Pane::Basket => return areas,
        Pane::List | Pane::Detail | Pane::Facets => {}
    }
    match fitted {
        LayoutMode::SideBySide => side_by_side(&mut areas, width >= MIN_SIDE_BY_SIDE_WIDTH),
        LayoutMode::Stacked if body.height >= 5 => stacked(&mut areas),
        _ if pane == Pane::Detail => areas.detail = body,
        _ => areas.list = body,
    }
    if pane == Pane::Facets && areas.facets.is_empty() {
        areas.facets = Rect { width: body.width.min(FACETS_WIDTH + 8), ..body };
    }
    areas
}

/// Areas of header, filter, body and footer; a low screen drops header and rules, then the rest.
fn divide_rows(width: u16, height: u16) -> Areas {
    let rows = |at: u16, count: u16| Rect::new(0, at, width, count);
    let (header, filter, rules, footer) = match height {
        0 | 1 => (0, 0, 0, 0),
        2 => (0, 1, 0, 0),
        3..=7 => (0, 1, 0, 1),
        8..=11 => (1, 1, 0, 1),
        _ => (1, 1, 1, 1),
    };
    let top = header + filter + rules;
    let bottom = rules + footer;
    Areas {
        screen: rows(0, height),
        header: rows(0, header),
        filter: rows(header, filter),
        body: rows(top, height - top - bottom),
        footer: rows(height - footer, footer),
        rules: if rules == 1 { Rules::Drawn } else { Rules::Absent },
        ..Areas::default()
    }
}

/// One blank column or line separates the panes.
fn side_by_side(areas: &mut Areas, with_facets: bool) {
    let body = areas.body;
    let mut rest = body;
    if with_facets {
        areas.facets = Rect { width: FACETS_WIDTH, ..body };
        rest = Rect { x: body.x + FACETS_WIDTH + 1, width: body.width - FACETS_WIDTH - 1, ..body };
    }
    let detail = (rest.width * 9 / 20).min(READER_WIDTH + 2);
    areas.list = Rect { width: rest.width.saturating_sub(detail + 1), ..rest };
    areas.detail = Rect { x: rest.right() - detail, width: detail, ..rest };
}

fn stacked(areas: &mut Areas) {
    let body = areas.body;
    let list = (body.height * 9 / 20).max(2);
    areas.list = Rect { height: list, ..body };
    areas.detail = Rect { y: body.y + list + 1, height: body.height - list - 1, ..body };
}

fn center(body: Rect, width: u16) -> Rect {
    Rect { x: body.x + (body.width - width) / 2, width, ..body }
}

impl LayoutMode {
    pub const ALL: [Self; 4] = [Self::Fitted, Self::ListOnly, Self::SideBySide, Self::Stacked];

    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Fitted => Self::ListOnly,
            Self::ListOnly => Self::SideBySide,
            Self::SideBySide => Self::Stacked,
            Self::Stacked => Self::Fitted,
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The name in the configuration and in notices.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fitted => "fitted",
            Self::ListOnly => "list only",
            Self::SideBySide => "side by side",
            Self::Stacked => "stacked",
        }
    }
}

impl Pane {
    /// The pane after this one in the Tab order: list, detail, facets.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::List => Self::Detail,
            Self::Detail => Self::Facets,
            Self::Facets | Self::Reader | Self::Triage | Self::Basket => Self::List,
        }
    }
}

impl Areas {
    /// Number of papers visible in the basket, below its heading.
    pub fn basket_rows(&self) -> u16 {
        self.body.height.saturating_sub(1)
    }

    /// Number of papers visible in the list, at least 1.
    pub fn list_rows(&self) -> usize {
        usize::from(self.list.height / self.row_height.max(1)).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pane_lies_within_the_screen_at_every_size() {
        for (width, height) in (0..=130).flat_map(|w| (0..=40).map(move |h| (w, h))) {
            for arrangement in [
                LayoutMode::Fitted,
                LayoutMode::ListOnly,
                LayoutMode::SideBySide,
                LayoutMode::Stacked,
            ] {
                for pane in [Pane::List, Pane::Detail, Pane::Facets, Pane::Reader, Pane::Basket] {
                    let at = divide_screen(width, height, arrangement, pane);
                    let parts = [at.header, at.filter, at.body, at.footer];
                    let total: u16 = parts.iter().map(|it| it.height).sum();
                    assert!(total <= height);
                    for inner in [at.facets, at.list, at.detail] {
                        assert_eq!(inner.intersection(at.body).area(), inner.area(), "{at:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_wide_screen_holds_three_panes_and_the_narrow_one() {
        let wide = divide_screen(120, 36, LayoutMode::Fitted, Pane::List);
        assert!([wide.facets, wide.list, wide.detail].iter().all(|it| !it.is_empty()));
        assert_eq!(wide.row_height, 2);
        let middling = divide_screen(80, 24, LayoutMode::Fitted, Pane::List);
        assert!(middling.facets.is_empty() && !middling.detail.is_empty());
        let narrow = divide_screen(30, 20, LayoutMode::Fitted, Pane::List);
        assert!(narrow.detail.is_empty() && !narrow.list.is_empty());
    }
}
