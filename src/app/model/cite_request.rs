//! What citing asks of the world, and what comes of it.

use crate::app::model::target::{Of, Subject};
use crate::cite::{Form, Prefer, Style};
use crate::domain::PaperId;

/// Something to be done with papers in a form, or with a style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Papers into a file.
    Export(Export),
    /// Papers into the standard input of a command, which is started without a shell.
    Pipe { subject: Subject, form: Form, command: String },
    /// What a style makes of a paper.
    Preview { paper: PaperId, style: Style },
    /// From now on references are in this style, and in the next run too.
    Use(Style),
    /// A style by its name, or a `.csl` file.
    Find(String),
    /// Papers whose preprint and published record are known are cited as this from now on.
    Prefer(Prefer),
}

impl Task {
    /// Whether it takes papers out of the program, so that it is to be done though the program ends.
    pub fn leaves_program(&self) -> bool {
        match self {
            Self::Export(_) | Self::Pipe { .. } => true,
            Self::Preview { .. } | Self::Use(_) | Self::Find(_) | Self::Prefer(_) => false,
        }
    }

    /// Whose numbers its papers go by.
    pub fn of(&self) -> Of {
        match self {
            Self::Export(Export { subject, .. }) | Self::Pipe { subject, .. } => subject.of,
            Self::Preview { .. } | Self::Use(_) | Self::Find(_) | Self::Prefer(_) => Of::Corpus,
        }
    }
}

/// Papers on their way into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    pub subject: Subject,
    pub form: Form,
    pub path: String,
    pub existing: Existing,
}

/// What becomes of a file that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// Nothing, until the reader has been asked.
    Ask,
    /// What it lacks is added.
    Append,
    Replace,
}

/// What came of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Done(String),
    Failed(String),
    /// There is such a file.
    Exists(Export),
    Previewed(Preview),
    Found(Style),
    /// The reader's own bibliographies are read; what is wrong with those that could not be.
    Bibliographies(Vec<String>),
}

/// A paper as a style sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub paper: PaperId,
    pub style: Style,
    pub text: String,
}
