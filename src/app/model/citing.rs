//! TODO header.

use super::cite_request::{Export, Preview};
use super::export_selection::{Outgoing, Outlet};
use super::target::Subject;
use super::text_field::Line;
use crate::cite::{Form, Style};
use crate::domain::PaperId;

/// What is cited with.
#[derive(Debug, Default)]
pub struct Citing {
    pub style: Style,
    /// The paper under the cursor in the style under the cursor of the menu.
    pub preview: Option<Preview>,
    /// The preview that is being made.
    pub asked: Option<(PaperId, Style)>,
    /// The command that papers were handed to last.
    pub command: String,
}

impl Citing {
    pub fn new(style: Style) -> Self {
        Self { style, ..Self::default() }
    }
}

/// A line in which a file or a command is named.
#[derive(Debug)]
pub struct Asking {
    pub outlet: Outlet,
    pub form: Form,
    pub subject: Subject,
    pub line: Line,
}

impl Asking {
    /// What the line asks for.
    pub fn label(&self) -> String {
        let what = self.form.what(self.subject.papers.len());
        match self.outlet {
            Outlet::File => format!("export {what} to "),
            Outlet::Command => format!("pipe {what} to "),
        }
    }
}

/// What a menu offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    Form(Outgoing, Form),
    /// The same menu for other papers.
    Scope(Outgoing),
    Style(Style),
    Export(Export),
}
