//! The one-line text field of prompts: filter, command line, search within the text.

use tui_textarea::{CursorMove, TextArea};

use crate::app::action::EditAction;
use crate::text;

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

    /// Inserts pasted text: line breaks become spaces, control characters are removed.
    pub fn paste(&mut self, pasted: &str) {
        let words: Vec<&str> = pasted.split_whitespace().collect();
        self.editor.insert_str(text::sanitise(&words.join(" ")));
    }

    pub fn backspace(&mut self) {
        self.editor.delete_char();
    }

    pub fn delete(&mut self) {
        self.editor.delete_next_char();
    }

    pub fn left(&mut self) {
        self.editor.move_cursor(CursorMove::Back);
    }

    pub fn right(&mut self) {
        self.editor.move_cursor(CursorMove::Forward);
    }

    pub fn edit(&mut self, action: EditAction) {
        match action {
            EditAction::EraseWord => {
                self.editor.delete_word();
            }
            EditAction::EraseLine => {
                self.editor.delete_line_by_head();
            }
            EditAction::LineStart => self.editor.move_cursor(CursorMove::Head),
            EditAction::LineEnd => self.editor.move_cursor(CursorMove::End),
            EditAction::WordLeft => self.editor.move_cursor(CursorMove::WordBack),
            EditAction::WordRight => self.editor.move_cursor(CursorMove::WordForward),
        }
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
        line.left();
        assert_eq!(line.cursor(), 2);
        line.backspace();
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
}
