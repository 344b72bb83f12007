//! The style of references, its preview, and the prompt that names a file or a command.

use super::cite_request::{ExportRequest, StylePreview};
use super::export_selection::{Destination, ExportSelection};
use super::target::Target;
use super::text_field::TextField;
use crate::cite::{OutputFormat, Style};
use crate::domain::PaperId;

/// The style of references, its preview, and the command that papers were piped to last.
#[derive(Debug, Default)]
pub struct CiteState {
    pub style: Style,
    /// The paper under the cursor in the style under the cursor of the menu.
    pub preview: Option<StylePreview>,
    /// The preview that is being made.
    pub pending_preview: Option<(PaperId, Style)>,
    /// The command that papers were handed to last.
    pub last_command: String,
}

impl CiteState {
    pub fn new(style: Style) -> Self {
        Self { style, ..Self::default() }
    }
}

/// A line in which a file or a command is named.
#[derive(Debug)]
pub struct DestinationPrompt {
    pub destination: Destination,
    pub form: OutputFormat,
    pub target: Target,
    pub field: TextField,
}

impl DestinationPrompt {
    /// The label of the prompt.
    pub fn label(&self) -> String {
        let what = self.form.describe(self.target.papers.len());
        match self.destination {
            Destination::File => format!("export {what} to "),
            Destination::Command => format!("pipe {what} to "),
        }
    }
}

/// What a menu offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuChoice {
    Format(ExportSelection, OutputFormat),
    /// The same menu for other papers.
    OtherPapers(ExportSelection),
    Style(Style),
    Export(ExportRequest),
}
