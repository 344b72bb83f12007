//! Requests for citing and exporting, and their results.

use crate::app::model::target::{CorpusKind, Target};
use crate::cite::{OutputFormat, PreferredVersion, Style};
use crate::domain::PaperId;

/// A request to export or pipe papers, or to change citation settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteRequest {
    /// Writes papers to a file.
    Export(ExportRequest),
    /// Writes papers to the standard input of a command, which is started without a shell.
    Pipe { target: Target, format: OutputFormat, command: String },
    /// Formats a paper in a style, for the preview of the menu.
    Preview { paper: PaperId, style: Style },
    /// Sets the citation style, for later runs too.
    UseStyle(Style),
    /// Looks up a built-in style by name, or reads a `.csl` file.
    FindStyle(String),
    /// Selects the version to cite of papers with both a preprint and a published record.
    PreferVersion(PreferredVersion),
}

impl CiteRequest {
    /// Returns true if the request must be completed even if the program quits.
    pub fn leaves_program(&self) -> bool {
        match self {
            Self::Export(_) | Self::Pipe { .. } => true,
            Self::Preview { .. }
            | Self::UseStyle(_)
            | Self::FindStyle(_)
            | Self::PreferVersion(_) => false,
        }
    }

    /// The corpus that the paper ids index into.
    pub fn corpus(&self) -> CorpusKind {
        match self {
            Self::Export(ExportRequest { target, .. }) | Self::Pipe { target, .. } => target.corpus,
            Self::Preview { .. }
            | Self::UseStyle(_)
            | Self::FindStyle(_)
            | Self::PreferVersion(_) => CorpusKind::Screen,
        }
    }
}

/// Papers to write to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    pub target: Target,
    pub format: OutputFormat,
    pub path: String,
    pub if_exists: IfExists,
}

/// The treatment of an existing file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfExists {
    /// Fails with [`CiteResult::Exists`], so that the user can be asked.
    Ask,
    /// Adds the papers that the file lacks.
    Append,
    Replace,
}

/// The result of a [`CiteRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteResult {
    Done(String),
    Exported(ExportReceipt),
    Failed(String),
    /// The file exists.
    Exists(ExportRequest),
    Preview(StylePreview),
    Style(Style),
    /// The user's own bibliographies were read; one message for each that could not be.
    Bibliographies(Vec<String>),
}

/// The confirmation of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReceipt {
    pub message: String,
    pub format: OutputFormat,
    pub path: String,
}

/// A paper formatted in a style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StylePreview {
    pub paper: PaperId,
    pub style: Style,
    pub text: String,
}
