//! What citing asks of the world, and what comes of it.

use crate::app::model::target::{CorpusKind, Target};
use crate::cite::{OutputFormat, PreferredVersion, Style};
use crate::domain::PaperId;

/// Something to be done with papers in a form, or with a style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteRequest {
    /// Papers into a file.
    Export(ExportRequest),
    /// Papers into the standard input of a command, which is started without a shell.
    Pipe { subject: Target, form: OutputFormat, command: String },
    /// What a style makes of a paper.
    Preview { paper: PaperId, style: Style },
    /// From now on references are in this style, and in the next run too.
    UseStyle(Style),
    /// A style by its name, or a `.csl` file.
    FindStyle(String),
    /// Papers whose preprint and published record are known are cited as this from now on.
    PreferVersion(PreferredVersion),
}

impl CiteRequest {
    /// Whether it takes papers out of the program, so that it is to be done though the program ends.
    pub fn leaves_program(&self) -> bool {
        match self {
            Self::Export(_) | Self::Pipe { .. } => true,
            Self::Preview { .. }
            | Self::UseStyle(_)
            | Self::FindStyle(_)
            | Self::PreferVersion(_) => false,
        }
    }

    /// Whose numbers its papers go by.
    pub fn corpus(&self) -> CorpusKind {
        match self {
            Self::Export(ExportRequest { target: subject, .. }) | Self::Pipe { subject, .. } => {
                subject.corpus
            }
            Self::Preview { .. }
            | Self::UseStyle(_)
            | Self::FindStyle(_)
            | Self::PreferVersion(_) => CorpusKind::Screen,
        }
    }
}

/// Papers on their way into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRequest {
    pub target: Target,
    pub format: OutputFormat,
    pub path: String,
    pub if_exists: IfExists,
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfExists {
    /// Nothing, until the reader has been asked.
    Ask,
    /// What it lacks is added.
    Append,
    Replace,
}

/// What came of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CiteResult {
    Done(String),
    Failed(String),
    /// There is such a file.
    Exists(ExportRequest),
    Preview(StylePreview),
    Style(Style),
    /// The reader's own bibliographies are read; what is wrong with those that could not be.
    Bibliographies(Vec<String>),
}

/// A paper as a style sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StylePreview {
    pub paper: PaperId,
    pub style: Style,
    pub text: String,
}
