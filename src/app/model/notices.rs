//! Notices to the user, and the tips of the first start.

use crate::app::action::Action;
use crate::app::input::context::KeyContext;
use crate::app::input::key::Key;
use crate::text;
use std::collections::HashSet;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Error,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub level: Level,
    pub text: String,
    /// The action that follows most likely, shown before the other key hints.
    pub next_action: Option<Action>,
}

/// The notices of this run, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    all: Vec<Notice>,
    visibility: NoticeVisibility,
    pub tips: TipsVisibility,
    /// Keys that were reported as unbound.
    reported_keys: HashSet<(KeyContext, Vec<Key>)>,
}

/// Visibility of the last notice in the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum NoticeVisibility {
    #[default]
    Hidden,
    Shown,
}

/// Visibility of the tips of the first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TipsVisibility {
    #[default]
    Hidden,
    /// Until the first action other than a motion.
    Shown,
}

/// Maximum number of notices kept.
const MAX_NOTICES: usize = 500;

impl Notices {
    pub fn info(&mut self, text: impl AsRef<str>) {
        self.add(Level::Info, text.as_ref(), None);
    }

    pub fn error(&mut self, text: impl AsRef<str>) {
        self.add(Level::Error, text.as_ref(), None);
    }

    /// Posts a notice with the action that follows most likely.
    pub fn info_before(&mut self, text: impl AsRef<str>, next_action: Action) {
        self.add(Level::Info, text.as_ref(), Some(next_action));
    }

    fn add(&mut self, level: Level, text: &str, next_action: Option<Action>) {
        if self.all.len() >= MAX_NOTICES {
            self.all.remove(0);
        }
        self.all.push(Notice { level, text: text::sanitise(text).into_owned(), next_action });
        self.visibility = NoticeVisibility::Shown;
    }

    /// The notice in the footer, until the next notice or the next action.
    pub fn visible(&self) -> Option<&Notice> {
        self.all.last().filter(|_| self.visibility == NoticeVisibility::Shown)
    }

    /// Hides the notice, to make room for the key hints. Called before an action, which may change
    /// the subject of the notice.
    pub fn expire(&mut self) {
        self.visibility = NoticeVisibility::Hidden;
    }

    /// Hides the tips unless the action is a motion.
    pub fn end_tips(&mut self, action: Action) {
        if !matches!(action, Action::Move(_)) {
            self.tips = TipsVisibility::Hidden;
        }
    }

    /// Returns true the first time that these keys are reported as unbound in the context.
    pub fn is_first_report(&mut self, context: KeyContext, keys: &[Key]) -> bool {
        self.reported_keys.insert((context, keys.to_vec()))
    }

    pub fn all(&self) -> &[Notice] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::{ChangeAction, Motion};

    #[test]
    fn a_notice_is_visible_until_the_next_action() {
        let mut notices = Notices::default();
        assert_eq!(notices.visible(), None);
        notices.info_before("Starred: X", Action::Change(ChangeAction::Undo));
        assert_eq!(notices.visible().map(|it| it.text.as_str()), Some("Starred: X"));
        notices.expire();
        assert_eq!((notices.visible(), notices.all().len()), (None, 1));
    }

    #[test]
    fn tips_stay_while_the_cursor_moves() {
        let mut notices = Notices { tips: TipsVisibility::Shown, ..Notices::default() };
        notices.end_tips(Action::Move(Motion::Down));
        assert_eq!(notices.tips, TipsVisibility::Shown);
        notices.end_tips(Action::Change(ChangeAction::Undo));
        assert_eq!(notices.tips, TipsVisibility::Hidden);
    }

    #[test]
    fn unbound_keys_are_reported_once_for_each_context() {
        let mut notices = Notices::default();
        let keys = [Key::char('X')];
        assert!(notices.is_first_report(KeyContext::List, &keys));
        assert!(!notices.is_first_report(KeyContext::List, &keys));
        assert!(notices.is_first_report(KeyContext::Reader, &keys));
    }
}
