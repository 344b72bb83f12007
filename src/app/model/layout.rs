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
    pub dividers: Dividers,
}

/// Places of the dividers between the panes. `None` is the default place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dividers {
    /// Columns of the facets.
    pub facets: Option<u16>,
    /// Width of the detail beside the list, in thousandths of the width of both.
    pub detail: Option<u16>,
    /// Height of the list above the detail, in thousandths of the body.
    pub list: Option<u16>,
    /// The divider that the mouse drags.
    pub dragged: Option<Divider>,
}

/// A divider between two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divider {
    /// Right of the facets.
    Facets,
    /// Between the list and the detail beside it.
    Detail,
    /// Between the list and the detail below it.
    Stack,
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

/// Least columns and rows of a pane beside a dragged divider.
const MIN_PANE_SIZE: u16 = 3;

/// Divides a screen of this size. The focused `pane` is shown at any size.
pub fn divide_screen(
    width: u16,
    height: u16,
    arrangement: LayoutMode,
    pane: Pane,
    dividers: Dividers,
) -> Areas {
    let mut areas = Areas { dividers, ..divide_rows(width, height) };
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
        LayoutMode::SideBySide => {
            side_by_side(&mut areas, width >= MIN_SIDE_BY_SIDE_WIDTH, dividers);
        }
        LayoutMode::Stacked if body.height >= 5 => stacked(&mut areas, dividers),
        _ if pane == Pane::Detail => areas.detail = body,
        _ => areas.list = body,
    }
    if pane == Pane::Facets && areas.facets.is_empty() {
        let facets = body.width.min(FACETS_WIDTH + 8);
        areas.facets = Rect { width: facets, ..body };
        for beside in [&mut areas.list, &mut areas.detail] {
            let taken = (facets + 1).min(beside.width);
            (beside.x, beside.width) = (beside.x + taken, beside.width - taken);
        }
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
fn side_by_side(areas: &mut Areas, with_facets: bool, dividers: Dividers) {
    let body = areas.body;
    let mut rest = body;
    if with_facets {
        let most = body.width / 2;
        let facets = dividers.facets.unwrap_or(FACETS_WIDTH).clamp(MIN_PANE_SIZE.min(most), most);
        areas.facets = Rect { width: facets, ..body };
        rest = Rect { x: body.x + facets + 1, width: body.width - facets - 1, ..body };
    }
    let detail = match dividers.detail {
        None => (rest.width * 9 / 20).min(READER_WIDTH + 2),
        Some(share) => share_of(rest.width, share),
    };
    areas.list = Rect { width: rest.width.saturating_sub(detail + 1), ..rest };
    areas.detail = Rect { x: rest.right() - detail, width: detail, ..rest };
}

fn stacked(areas: &mut Areas, dividers: Dividers) {
    let body = areas.body;
    let list = match dividers.list {
        None => (body.height * 9 / 20).max(2),
        Some(share) => share_of(body.height, share),
    };
    areas.list = Rect { height: list, ..body };
    areas.detail = Rect { y: body.y + list + 1, height: body.height - list - 1, ..body };
}

/// A share of a length in thousandths, such that both sides of the divider are visible.
fn share_of(length: u16, share: u16) -> u16 {
    let size = u32::from(length) * u32::from(share) / 1000;
    let most = length.saturating_sub(MIN_PANE_SIZE + 1);
    (size as u16).clamp(MIN_PANE_SIZE.min(most), most)
}

/// The places after a divider was dragged to a cell of the screen.
#[must_use]
pub fn drag_divider(areas: &Areas, divider: Divider, (x, y): (u16, u16)) -> Dividers {
    /// The share that gives the size, rounded up so that rounding down gives it back.
    fn share(size: u16, length: u16) -> u16 {
        (u32::from(size) * 1000).div_ceil(u32::from(length.max(1))).min(1000) as u16
    }
    let (list, detail, dividers) = (areas.list, areas.detail, areas.dividers);
    match divider {
        Divider::Facets => Dividers { facets: Some(x.saturating_sub(areas.body.x)), ..dividers },
        Divider::Detail => {
            let width = detail.right().saturating_sub(x + 1);
            Dividers { detail: Some(share(width, detail.right() - list.x)), ..dividers }
        }
        Divider::Stack => {
            let height = y.saturating_sub(areas.body.y);
            Dividers { list: Some(share(height, areas.body.height)), ..dividers }
        }
    }
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
                    let dividers = Dividers::default();
                    let at = divide_screen(width, height, arrangement, pane, dividers);
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
        let wide = divide_screen(120, 36, LayoutMode::Fitted, Pane::List, Dividers::default());
        assert!([wide.facets, wide.list, wide.detail].iter().all(|it| !it.is_empty()));
        assert_eq!(wide.row_height, 2);
        let middling = divide_screen(80, 24, LayoutMode::Fitted, Pane::List, Dividers::default());
        assert!(middling.facets.is_empty() && !middling.detail.is_empty());
        let narrow = divide_screen(30, 20, LayoutMode::Fitted, Pane::List, Dividers::default());
        assert!(narrow.detail.is_empty() && !narrow.list.is_empty());
    }

    #[test]
    fn a_divider_is_dragged_to_where_the_mouse_is_and_stays_on_the_screen() {
        let mut dividers = Dividers::default();
        let divided =
            |dividers| divide_screen(120, 36, LayoutMode::SideBySide, Pane::List, dividers);
        for x in 40..100 {
            dividers = drag_divider(&divided(dividers), Divider::Detail, (x, 9));
            assert_eq!(divided(dividers).list.right(), x);
        }
        for x in 5..60 {
            dividers = drag_divider(&divided(dividers), Divider::Facets, (x, 9));
            assert_eq!(divided(dividers).facets.right(), x);
        }
        let stacked = |dividers| divide_screen(80, 24, LayoutMode::Stacked, Pane::List, dividers);
        for y in 6..18 {
            dividers = drag_divider(&stacked(dividers), Divider::Stack, (9, y));
            assert_eq!(stacked(dividers).list.bottom(), y);
        }
        for at in [(0, 0), (u16::MAX - 1, u16::MAX - 1)] {
            for divider in [Divider::Facets, Divider::Detail, Divider::Stack] {
                let dividers = drag_divider(&divided(dividers), divider, at);
                for (width, height) in [(120, 36), (80, 24), (5, 5), (1, 1)] {
                    for arrangement in [LayoutMode::SideBySide, LayoutMode::Stacked] {
                        let at = divide_screen(width, height, arrangement, Pane::List, dividers);
                        for inner in [at.facets, at.list, at.detail] {
                            assert_eq!(inner.intersection(at.body).area(), inner.area(), "{at:?}");
                        }
                    }
                }
            }
        }
    }
}
