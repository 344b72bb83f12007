//! Notices to the user.

use crate::app::input::context::KeyContext;
use crate::text;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub level: Level,
    pub text: String,
}

/// The notices of this run, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    shown: NoticeVisibility,
}

/// Visibility of the last notice in the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum NoticeVisibility {
    #[default]
    Hidden,
    /// Posted while keys were looked up in this context.
    ShownIn(KeyContext),
    /// Posted since the last update of the context.
    New,
}

/// Maximum number of notices kept.
const MAX_NOTICES: usize = 500;

impl Notices {
    pub fn info(&mut self, text: impl AsRef<str>) {
        self.add(Level::Info, text.as_ref());
    }

    pub fn error(&mut self, text: impl AsRef<str>) {
        self.add(Level::Error, text.as_ref());
    }

    fn add(&mut self, level: Level, text: &str) {
        if self.all.len() >= MAX_NOTICES {
            self.all.remove(0);
        }
        self.all.push(Notice { level, text: text::sanitise(text).into_owned() });
        self.shown = NoticeVisibility::New;
    }

    /// The notice in the footer, until the next notice or a change of context.
    pub fn visible(&self) -> Option<&Notice> {
        self.all.last().filter(|_| self.shown != NoticeVisibility::Hidden)
    }

    /// Sets the current context. A notice from another context is hidden, to make room for the key
    /// hints.
    pub fn set_context(&mut self, context: KeyContext) {
        self.shown = match self.shown {
            NoticeVisibility::New => NoticeVisibility::ShownIn(context),
            NoticeVisibility::ShownIn(there) if there != context => NoticeVisibility::Hidden,
            unchanged => unchanged,
        };
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}
