//! What the program has told the user.

use crate::text;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Told,
    Failed,
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
}

/// How many are kept.
const KEPT: usize = 500;

impl Notices {
    pub fn tell(&mut self, text: impl AsRef<str>) {
        self.add(Level::Told, text.as_ref());
    }

    pub fn fail(&mut self, text: impl AsRef<str>) {
        self.add(Level::Failed, text.as_ref());
    }

    fn add(&mut self, level: Level, text: &str) {
        if self.all.len() >= KEPT {
            self.all.remove(0);
        }
        self.all.push(Notice { level, text: text::sanitise(text).into_owned() });
    }

    /// The one that stays in the footer until the next.
    pub fn last(&self) -> Option<&Notice> {
        self.all.last()
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}
