//! What the program has told the user.

use crate::app::input::context::Context;
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
    shown: Shown,
}

/// Whether the last notice still stands in the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Shown {
    #[default]
    PutAway,
    /// Told while the keys went there.
    In(Context),
    /// Told just now.
    New,
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
        self.shown = Shown::New;
    }

    /// The one that stays in the footer until the next, or until the keys go elsewhere.
    pub fn last(&self) -> Option<&Notice> {
        self.all.last().filter(|_| self.shown != Shown::PutAway)
    }

    /// Says where the keys go now: a notice from elsewhere makes room for the keys that matter here.
    pub fn keys_go_to(&mut self, context: Context) {
        self.shown = match self.shown {
            Shown::New => Shown::In(context),
            Shown::In(there) if there != context => Shown::PutAway,
            unchanged => unchanged,
        };
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}
