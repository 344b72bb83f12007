//! The citation style with its preview, and the prompt for a file or a command.

use super::cite_request::{ExportRequest, StylePreview};
use super::export_selection::{Destination, ExportSelection};
use super::target::Target;
use super::text_field::TextField;
use crate::cite::{OutputFormat, Style};
use crate::domain::PaperId;

/// The citation style with its preview, and the destinations of the last exports and pipes.
#[derive(Debug, Default)]
pub struct CiteState {
    pub style: Style,
    /// The current paper in the style under the cursor of the menu.
    pub preview: Option<StylePreview>,
    /// The preview requested and not yet received.
    pub pending_preview: Option<(PaperId, Style)>,
    /// The command of the last pipe.
    pub last_command: String,
    /// The format of the last export or pipe.
    pub last_format: Option<OutputFormat>,
    /// The bibliography that papers were exported to last, also in an earlier run.
    pub last_bibliography: Option<LastBibliography>,
}

/// A bibliography that papers were exported to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBibliography {
    pub path: String,
    pub format: OutputFormat,
}

impl LastBibliography {
    /// The bibliography in this file, in the format of its extension. Returns `None` for a file that
    /// papers cannot be appended to.
    pub fn from_path(path: &str) -> Option<Self> {
        let format = OutputFormat::from_path(path).filter(|it| it.is_bibliography())?;
        Some(Self { path: path.to_owned(), format })
    }
}

impl CiteState {
    pub fn new(style: Style) -> Self {
        Self { style, ..Self::default() }
    }
}

/// The prompt for the file to export to, or the command to pipe to.
#[derive(Debug)]
pub struct DestinationPrompt {
    pub destination: Destination,
    pub format: OutputFormat,
    pub target: Target,
    pub field: TextField,
}

impl DestinationPrompt {
    pub fn label(&self) -> String {
        let what = self.format.describe(self.target.papers.len());
        match self.destination {
            Destination::File => format!("export {what} to: "),
            Destination::Command => format!("pipe {what} to: "),
        }
    }
}

/// A choice in a citation menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MenuChoice {
    Format(ExportSelection, OutputFormat),
    /// Opens the same menu for other papers.
    OtherPapers(ExportSelection),
    /// Adds the papers to the last bibliography.
    AddAgain(ExportSelection),
    Style(Style),
    Export(ExportRequest),
}
