//! TODO header.

use super::cite_request::Export;
use super::citing::Offer;
use super::export_selection::Outgoing;
use super::state::State;
use super::text_field::Line;
use crate::app::action::Action;
use crate::cite::Style;
use crate::domain::Link;
use crate::library::ActId;
use crate::search::Order;
use std::borrow::Cow;
use std::sync::Arc;

#[derive(Debug)]
pub struct Overlay {
    pub kind: Kind,
    pub cursor: usize,
    pub top: usize,
    /// What narrows the rows, and whether it is being typed.
    pub narrowing: Option<Line>,
    pub typing: Typing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Typing {
    #[default]
    Rests,
    Typed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Help,
    Messages,
    Defects,
    Sort,
    /// What was done, the newest first.
    Log,
    /// The saved searches, with as many counts as there are.
    Searches(Vec<Counted>),
    Links {
        links: Vec<Link>,
        /// The address of a search for the title, where the paper has no address of its own.
        search: Option<String>,
    },
    /// The forms in which papers go out.
    Forms(Outgoing),
    /// The styles of references, with a preview.
    Styles(Arc<[Style]>),
    /// What becomes of a file that is there already.
    Exists(Export),
    /// A link that is shown because it could not be opened, or to be scanned.
    Link {
        url: String,
        why: String,
    },
}

/// A row of an overlay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    pub keys: String,
    pub text: String,
    pub choice: Option<Choice>,
}

/// What Enter does on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Run(Action),
    Order(Order),
    Open(String),
    Offer(Offer),
    /// Takes an act back, or does it again.
    Turn(ActId),
    /// Searches as the saved search of that name does.
    Search(String),
}

/// The labels of rows that are picked by a letter; none is bound in an overlay.
pub const LABELS: &str = "asdfwertcvxzyunm123456789io";

impl Overlay {
    pub fn new(kind: Kind) -> Self {
        Self { kind, cursor: 0, top: 0, narrowing: None, typing: Typing::Rests }
    }

    /// Whether it takes the whole body, and not only its last rows.
    pub fn covers_body(&self) -> bool {
        !matches!(self.kind, Kind::Sort | Kind::Links { .. } | Kind::Exists(_))
    }

    /// Whether a letter or a digit picks a row.
    pub fn has_labels(&self) -> bool {
        matches!(self.kind, Kind::Sort | Kind::Links { .. } | Kind::Forms(_) | Kind::Exists(_))
    }

    pub fn title(&self, state: &State) -> Cow<'static, str> {
        Cow::Borrowed(match self.kind {
            Kind::Help => "Keys",
            Kind::Messages => "Messages",
            Kind::Defects => "Records that could not be read",
            Kind::Sort => "Order by",
            Kind::Log => "What was done",
            Kind::Searches(_) => "Saved searches",
            Kind::Links { .. } => "Open",
            Kind::Link { .. } => "Link",
            Kind::Forms(outgoing) => return outgoing.title(state).into(),
            Kind::Styles(_) => "Style of references",
            Kind::Exists(_) => "The file is there already",
        })
    }
}

/// How many rows of so many a preview takes.
pub fn preview_height(rows: u16) -> u16 {
    if rows < 6 { 0 } else { (rows / 3).min(6) }
}

/// How many papers a saved search finds, and how many of them are unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub name: String,
    pub hits: usize,
    pub unread: usize,
}
