//! The one-line text field of prompts: filter, command line, search within the text.

use tui_textarea::{CursorMove, TextArea};

use crate::app::action::EditAction;
use crate::text;
use std::ops::Range;

/// One line of text with a cursor. Never contains a line break or a control character.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    editor: TextArea<'static>,
}

impl TextField {
    /// A field with this text and the cursor at its end.
    pub fn new(content: &str) -> Self {
        let mut area = TextArea::new(vec![text::sanitise(content).into_owned()]);
        area.set_max_histories(100);
        area.move_cursor(CursorMove::End);
        Self { editor: area }
    }

    /// A field with a default text, selected so that typing replaces it.
    pub fn with_default(content: &str) -> Self {
        let mut field = Self::new(content);
        if !field.is_empty() {
            field.editor.select_all();
        }
        field
    }

    /// The selected bytes of the text, if any. Either all of the text is selected, or nothing.
    pub fn selection(&self) -> Option<Range<usize>> {
        self.editor.is_selecting().then(|| 0..self.text().len())
    }

    pub fn text(&self) -> &str {
        self.editor.lines().first().map_or("", String::as_str)
    }

    /// Moves the cursor to the end and appends a space if needed, for another word.
    pub fn append_word(&mut self) {
        self.editor.move_cursor(CursorMove::End);
        if !self.is_empty() && !self.text().ends_with(' ') {
            self.editor.insert_char(' ');
        }
    }

    /// Removes trailing white space.
    pub fn trim_end(&mut self) {
        let trimmed = self.text().trim_end();
        if trimmed.len() < self.text().len() {
            *self = Self::new(trimmed);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// The cursor as a byte offset into the text.
    pub fn cursor(&self) -> usize {
        let column = self.editor.cursor().1;
        self.text().char_indices().nth(column).map_or_else(|| self.text().len(), |(at, _)| at)
    }

    pub fn insert(&mut self, c: char) {
        if !c.is_control() {
            self.editor.insert_char(c);
        }
    }

    /// Inserts pasted text: a run of blanks and line breaks becomes one space, and control
    /// characters are removed. Blanks at an end of the paste are kept if other text stands there.
    pub fn paste(&mut self, pasted: &str) {
        if self.editor.is_selecting() {
            self.editor.delete_char();
        }
        let words: Vec<&str> = pasted.split_whitespace().collect();
        let (before, after) = self.text().split_at(self.cursor());
        let is_cut = |text: &str| !text.is_empty() && !text.ends_with(char::is_whitespace);
        let begins = pasted.starts_with(char::is_whitespace) && is_cut(before);
        let starts_word = |text: &str| text.chars().next().is_some_and(|it| !it.is_whitespace());
        let ends = !words.is_empty() && pasted.ends_with(char::is_whitespace) && starts_word(after);
        let blank = |is_kept: bool| if is_kept { " " } else { "" };
        let line = [blank(begins), &words.join(" "), blank(ends)].concat();
        self.editor.insert_str(text::sanitise(&line));
    }

    /// Edits the text or moves the cursor. Selected text is deleted by a deletion of a character or
    /// of the line; for any other action it is first deselected.
    pub fn edit(&mut self, action: EditAction) {
        let editor = &mut self.editor;
        if !matches!(
            action,
            EditAction::EraseChar | EditAction::EraseNextChar | EditAction::EraseLine
        ) {
            editor.cancel_selection();
        }
        // Each deletion returns whether it changed the text, which the caller need not know.
        let _ = match action {
            EditAction::EraseChar => editor.delete_char(),
            EditAction::EraseNextChar => editor.delete_next_char(),
            EditAction::EraseWord => editor.delete_word(),
            EditAction::EraseNextWord => editor.delete_next_word(),
            EditAction::EraseLine => editor.delete_line_by_head(),
            EditAction::EraseToEnd => editor.delete_line_by_end(),
            EditAction::LineStart => return editor.move_cursor(CursorMove::Head),
            EditAction::LineEnd => return editor.move_cursor(CursorMove::End),
            EditAction::CharLeft => return editor.move_cursor(CursorMove::Back),
            EditAction::CharRight => return editor.move_cursor(CursorMove::Forward),
            EditAction::WordLeft => return editor.move_cursor(CursorMove::WordBack),
            EditAction::WordRight => return editor.move_cursor(CursorMove::WordForward),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_becomes_one_clean_line() {
        let mut line = TextField::new("a ");
        line.paste("b\r\n\tc\u{1b}[31md");
        assert_eq!(line.text(), "a b cd");
        assert_eq!(line.cursor(), line.text().len());
    }

    #[test]
    fn the_cursor_is_a_byte_offset() {
        let mut line = TextField::new("é漢");
        line.edit(EditAction::CharLeft);
        assert_eq!(line.cursor(), 2);
        line.edit(EditAction::EraseChar);
        assert_eq!((line.text(), line.cursor()), ("漢", 0));
    }

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let mut line = TextField::new("deep graph nets");
        line.edit(EditAction::EraseWord);
        assert_eq!(line.text(), "deep graph ");
        line.edit(EditAction::LineStart);
        line.edit(EditAction::WordRight);
        line.edit(EditAction::EraseLine);
        assert_eq!(line.text(), "graph ");
    }

    /// The text after the actions, begun at the start of `deep graph nets`; `|` is the cursor.
    fn edited(actions: &[EditAction]) -> String {
        let mut line = TextField::new("deep graph nets");
        line.edit(EditAction::LineStart);
        for action in actions {
            line.edit(*action);
        }
        let (before, after) = line.text().split_at(line.cursor());
        format!("{before}|{after}")
    }

    #[test]
    fn words_and_characters_are_deleted_on_both_sides_of_the_cursor() {
        use EditAction as E;
        for (actions, expected) in [
            (&[E::WordRight, E::EraseNextWord][..], "deep | nets"),
            (&[E::WordRight, E::EraseWord], "|graph nets"),
            (&[E::WordRight, E::EraseToEnd], "deep |"),
            (&[E::CharRight, E::EraseNextChar], "d|ep graph nets"),
            (&[E::CharRight, E::EraseChar], "|eep graph nets"),
            (&[E::LineEnd, E::WordLeft, E::WordLeft, E::CharLeft], "deep| graph nets"),
            (&[E::LineEnd, E::EraseNextWord, E::EraseToEnd], "deep graph nets|"),
            (&[E::EraseWord, E::EraseLine, E::EraseChar, E::CharLeft], "|deep graph nets"),
        ] {
            assert_eq!(edited(actions), expected, "{actions:?}");
        }
    }

    #[test]
    fn typing_replaces_a_default_and_a_motion_keeps_it() {
        let field = TextField::with_default("refs.bib");
        assert_eq!((field.text(), field.selection()), ("refs.bib", Some(0..8)));
        let mut typed = field.clone();
        typed.insert('x');
        assert_eq!((typed.text(), typed.selection()), ("x", None));
        let mut pasted = field.clone();
        pasted.paste("my refs.bib");
        assert_eq!(pasted.text(), "my refs.bib");
        let after = |action| {
            let mut field = field.clone();
            field.edit(action);
            assert_eq!(field.selection(), None, "{action:?}");
            field.insert('x');
            field.text().to_owned()
        };
        for (action, text) in [
            (EditAction::EraseChar, "x"),
            (EditAction::EraseNextChar, "x"),
            (EditAction::EraseLine, "x"),
            (EditAction::EraseWord, "refs.x"),
            (EditAction::LineStart, "xrefs.bib"),
            (EditAction::LineEnd, "refs.bibx"),
            (EditAction::CharLeft, "refs.bixb"),
        ] {
            assert_eq!(after(action), text, "{action:?}");
        }
        assert_eq!(TextField::with_default("").selection(), None);
    }

    #[test]
    fn a_paste_keeps_the_blank_between_it_and_other_text() {
        for (before, pasted, line) in [
            ("memory", " in the\nbrain", "memory in the brain"),
            ("memory ", " in", "memory in"),
            ("", "\n in ", "in"),
            ("memory", "\n", "memory "),
        ] {
            let mut field = TextField::new(before);
            field.paste(pasted);
            assert_eq!(field.text(), line, "{before:?} {pasted:?}");
        }
        let mut field = TextField::new("nets");
        field.edit(EditAction::LineStart);
        field.paste("deep ");
        assert_eq!((field.text(), field.cursor()), ("deep nets", 5));
    }
}
