//! The program as a dialogue of lines, for screen readers, dumb terminals and the worst lines: each
//! line of input is a command, and its answer is lines of text. Nothing is drawn or erased.

mod lines;
mod outlet;
mod position;

use std::io::{self, BufRead, Write};

use crate::app::model::popup_rows::popup_rows;
use crate::app::{
    Action, AnnotateAction, CopyAction, Event, Key, KeyCode, KeyContext, Lookup, Mode, Pane,
    parse_keys,
};
use crate::shell::headless::Headless;
use crate::text::sanitise;
use position::Position;

pub use outlet::LineOutlet;

/// Rows that a listing prints at a time.
const ROWS_AT_A_TIME: usize = 10;
/// Cancels a prompt, and ends the text of a note.
const DOT: &str = ".";

/// A dialogue with the program.
pub struct PlainSession<I, O> {
    program: Headless,
    input: I,
    output: O,
    /// The rank of the next row to list.
    next_row: usize,
}

impl<I: BufRead, O: Write> PlainSession<I, O> {
    /// A dialogue with a program whose papers are loaded.
    pub fn new(program: Headless, input: I, output: O) -> Self {
        Self { program, input, output, next_row: 0 }
    }

    /// Answers lines until one quits or the input ends.
    ///
    /// # Errors
    ///
    /// Returns an error if the input cannot be read or the output cannot be written.
    pub fn run(mut self) -> io::Result<()> {
        let name = self.program.state().load.lists.current.name.clone();
        let defects = self.program.state().load.defect_count;
        let defects =
            if defects == 0 { String::new() } else { format!(", {defects} unreadable records") };
        let count = lines::count_line(self.program.state());
        self.print(&format!("{name}: {count}{defects}. Type help for the commands."))?;
        let earlier = self.notices_after(0);
        self.print_all(&earlier)?;
        self.list_from(self.program.state().list.viewport.cursor)?;
        while self.program.outcome().is_none() {
            self.prompt()?;
            let Some(line) = self.read_line()? else {
                self.print("")?;
                self.program.feed(Event::Quit);
                break;
            };
            self.answer(&line)?;
        }
        self.output.flush()
    }

    /// The next line of the input without its end; `None` at the end of the input.
    fn read_line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(Some(text.chars().filter(|it| !it.is_control()).collect()))
    }

    fn print(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.output, "{}", sanitise(line))
    }

    fn print_all(&mut self, lines: &[String]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.print(line))
    }

    fn prompt(&mut self) -> io::Result<()> {
        let prompt = match &self.program.state().mode {
            Mode::Panes => "> ".to_owned(),
            Mode::Confirmation(question) => format!("{} ", question.question),
            Mode::Popup(_) => "choose, or Enter to close> ".to_owned(),
            Mode::Filter => "filter> ".to_owned(),
            Mode::Command(line) => format!("command [{}]> ", line.text()),
            Mode::Find(line) => format!("find [{}]> ", line.text()),
            Mode::Tags(tags) => {
                format!("tags, comma-separated, . cancels [{}]> ", tags.field.text())
            }
            Mode::Destination(prompt) => {
                format!("{}[{}], . cancels> ", prompt.label(), prompt.field.text())
            }
        };
        write!(self.output, "{}", sanitise(&prompt))?;
        self.output.flush()
    }

    fn answer(&mut self, line: &str) -> io::Result<()> {
        let before = Position::from_state(self.program.state());
        match &self.program.state().mode {
            Mode::Panes => {
                if self.answer_in_panes(line)? {
                    return Ok(());
                }
            }
            Mode::Confirmation(_) => {
                let key = line.trim().chars().next().unwrap_or('n');
                self.program.press(&[Key::char(key)]);
            }
            Mode::Popup(_) => self.choose(line.trim()),
            Mode::Filter
            | Mode::Command(_)
            | Mode::Find(_)
            | Mode::Tags(_)
            | Mode::Destination(_) => self.answer_prompt(line),
        }
        self.report(&before)
    }

    /// Answers a command. Returns true if nothing is left to tell.
    fn answer_in_panes(&mut self, line: &str) -> io::Result<bool> {
        let line = line.trim();
        let is_list = self.program.state().view.pane == Pane::List;
        if line.is_empty() && is_list {
            self.list_from(self.next_row)?;
            return Ok(true);
        }
        if line == "list" && is_list {
            self.list_from(self.program.state().list.viewport.cursor)?;
            return Ok(true);
        }
        if let Some(words) = help_words(line) {
            let help = if words.is_empty() {
                lines::HELP.lines().map(str::to_owned).collect()
            } else {
                lines::help_lines(self.program.state(), words)
            };
            self.print_all(&help)?;
            return Ok(true);
        }
        if line.bytes().all(|it| it.is_ascii_digit()) && !line.is_empty() {
            self.press_text(&format!("{line}G"));
            if is_list {
                let paper = lines::paper_lines(self.program.state());
                self.print_all(&paper)?;
                return Ok(true);
            }
            return Ok(false);
        }
        if let Some(query) = line.strip_prefix('/') {
            self.filter(query);
            return Ok(false);
        }
        let action = self.action_of(line);
        if action == Some(Action::Copy(CopyAction::ShowLast)) {
            self.print_last_copy()?;
            return Ok(true);
        }
        if action == Some(Action::Annotate(AnnotateAction::Note)) {
            return self.edit_note();
        }
        match self.bound_keys(line) {
            Some(keys) => self.program.press(&keys),
            None => self.run_command(line.strip_prefix(':').unwrap_or(line)),
        }
        Ok(false)
    }

    /// The keys of a line that is a key sequence with an action, with or without a count.
    fn bound_keys(&self, line: &str) -> Option<Vec<Key>> {
        let keys = parse_keys(line).ok()?;
        let is_digit = |key: &Key| matches!(key.code, KeyCode::Char('0'..='9'));
        let count_len = keys.iter().take_while(|it| is_digit(it)).count();
        let state = self.program.state();
        let lookup = state.settings.keymap.lookup(state.context(), &keys[count_len..]);
        let is_prompt = keys.len() == 1 && keys[0] == Key::char(':');
        (matches!(lookup, Lookup::Action(_)) && !is_prompt).then_some(keys)
    }

    /// The action that a line runs by its keys or by its name.
    fn action_of(&self, line: &str) -> Option<Action> {
        let state = self.program.state();
        if let Some(keys) = self.bound_keys(line)
            && let Lookup::Action(action) = state.settings.keymap.lookup(state.context(), &keys)
        {
            return Some(action);
        }
        Action::from_name(line.strip_prefix(':').unwrap_or(line))
    }

    /// Runs a line as the command line does.
    fn run_command(&mut self, line: &str) {
        self.program.press(&[Key::char(':')]);
        self.type_text(line);
        self.program.press(&[Key::plain(KeyCode::Enter)]);
    }

    fn filter(&mut self, query: &str) {
        self.program.press(&[Key::char('/'), Key::ctrl('e'), Key::ctrl('u')]);
        self.type_text(query.trim());
        self.program.press(&[Key::plain(KeyCode::Enter)]);
        self.next_row = 0;
    }

    /// Replaces the text of the prompt. An empty line accepts its text, and a dot cancels.
    fn answer_prompt(&mut self, line: &str) {
        if line.trim() == DOT {
            return self.program.press(&[Key::plain(KeyCode::Esc)]);
        }
        if !line.is_empty() {
            self.program.press(&[Key::ctrl('e'), Key::ctrl('u')]);
            self.type_text(line);
        }
        self.program.press(&[Key::plain(KeyCode::Enter)]);
    }

    /// Picks a row of a popup by its label or its number, narrows the rows with `/TEXT`, or runs a
    /// key of popups. Any other line does nothing: its letters would be labels or keys.
    fn choose(&mut self, line: &str) {
        let state = self.program.state();
        let Mode::Popup(popup) = &state.mode else { return };
        if line.is_empty() || line == DOT || line == "q" {
            return self.program.press(&[Key::plain(KeyCode::Esc)]);
        }
        if let Some(text) = line.strip_prefix('/') {
            self.program.press(&[Key::char('/')]);
            self.type_text(text);
            return self.program.press(&[Key::plain(KeyCode::Enter)]);
        }
        let rows = popup_rows(state, popup);
        let labelled = rows.iter().position(|row| row.keys == line);
        let numbered = line.parse().ok().filter(|it| !popup.has_labels() && *it <= rows.len());
        if let Some(row) = labelled.or_else(|| numbered.and_then(|it: usize| it.checked_sub(1))) {
            self.press_text(&format!("gg{}<Enter>", "j".repeat(row)));
        } else if let Some(keys) = self.bound_keys(line) {
            self.program.press(&keys);
        }
    }

    fn print_last_copy(&mut self) -> io::Result<()> {
        let copied = self.program.copied().last().cloned();
        let copied = copied.unwrap_or_else(|| "Nothing copied yet".to_owned());
        let lines: Vec<String> = copied.lines().map(str::to_owned).collect();
        self.print_all(&lines)
    }

    /// Reads the lines of a note up to a dot. Returns true if nothing is left to tell.
    fn edit_note(&mut self) -> io::Result<bool> {
        let Some((id, _)) = self.program.state().current() else { return Ok(false) };
        let old = self.program.state().library.marks.paper_marks(id).note.to_string();
        if !old.is_empty() {
            self.print("The note so far, which the new text replaces:")?;
            let old: Vec<String> = old.lines().map(str::to_owned).collect();
            self.print_all(&old)?;
        }
        self.print("Type the note; a line with only a dot ends it, and no text keeps the note:")?;
        let mut text = Vec::new();
        while let Some(line) = self.read_line()?.filter(|it| it.trim() != DOT) {
            text.push(line);
        }
        if text.is_empty() {
            self.print("Note unchanged")?;
            return Ok(true);
        }
        self.program.set_next_note(&text.join("\n"));
        self.run_command("note");
        Ok(false)
    }

    fn press_text(&mut self, keys: &str) {
        if let Ok(keys) = parse_keys(keys) {
            self.program.press(&keys);
        }
    }

    fn type_text(&mut self, text: &str) {
        let keys: Vec<Key> = text.chars().map(Key::char).collect();
        self.program.press(&keys);
    }

    /// Prints rows from a rank on, and how many are left.
    fn list_from(&mut self, first: usize) -> io::Result<()> {
        let state = self.program.state();
        let len = state.hits().len();
        let end = first.saturating_add(ROWS_AT_A_TIME).min(len);
        let rows: Vec<String> =
            (first..end).filter_map(|rank| lines::row_line(state, rank)).collect();
        self.next_row = end;
        if rows.is_empty() {
            return self.print(if len == 0 { "No papers" } else { "No more papers" });
        }
        self.print_all(&rows)?;
        if end < len {
            self.print(&format!("{} more; Enter lists them", len - end))?;
        }
        Ok(())
    }

    fn notices_after(&self, count: usize) -> Vec<String> {
        self.program.state().notices.all().iter().skip(count).map(|it| it.text.clone()).collect()
    }

    /// Tells what has changed.
    fn report(&mut self, before: &Position) -> io::Result<()> {
        let after = Position::from_state(self.program.state());
        let notices = self.notices_after(before.notices);
        self.print_all(&notices)?;
        let mut is_told = !notices.is_empty() || self.program.outcome().is_some();
        if (after.query_id, after.hits) != (before.query_id, before.hits) {
            self.print(&lines::count_line(self.program.state()))?;
            self.list_from(0)?;
            let cursor = self.program.state().list.viewport.cursor;
            if let Some(row) = lines::row_line(self.program.state(), cursor).filter(|_| cursor > 0)
            {
                self.print(&format!("Current: {row}"))?;
            }
            is_told = true;
        }
        if after.selected != before.selected {
            self.print(&format!("{} selected", after.selected))?;
            is_told = true;
        }
        if let Some(popup) = after.popup.as_ref().filter(|it| before.popup.as_ref() != Some(it)) {
            self.print_all(popup)?;
            is_told = true;
        }
        let is_other_paper = after.current != before.current;
        if after.pane != before.pane || is_other_paper && after.pane != Pane::List {
            let pane = lines::pane_lines(self.program.state());
            self.print_all(&pane)?;
            is_told = is_told || !pane.is_empty();
            self.leave_pane();
        } else if after.pane == Pane::Basket && after.popup.is_none() {
            let basket = lines::basket_lines(self.program.state());
            self.print_all(&basket)?;
            is_told = true;
        }
        let is_waiting = !matches!(self.program.state().mode, Mode::Panes);
        let was_choosing = before.popup.is_some() && after.popup.is_some();
        if !is_told && was_choosing {
            self.print("No such choice; a label or a number picks, /TEXT narrows")?;
        }
        if !is_told && !is_waiting {
            let rank = self.program.state().list.viewport.cursor;
            let row = lines::row_line(self.program.state(), rank);
            self.print(&row.unwrap_or_else(|| "No papers".to_owned()))?;
        }
        Ok(())
    }

    /// Goes back to the list from a pane that has no commands of its own here.
    fn leave_pane(&mut self) {
        let pane = self.program.state().view.pane;
        let is_text = matches!(pane, Pane::Detail | Pane::Reader | Pane::Facets);
        if is_text && self.program.state().context() != KeyContext::Overlay {
            self.run_command("close");
        }
    }
}

/// The words after `help` or `?`, if the line asks for help.
fn help_words(line: &str) -> Option<&str> {
    let words = line.strip_prefix('?').or_else(|| line.strip_prefix("help"))?;
    (words.is_empty() || words.starts_with(' ')).then(|| words.trim())
}

#[cfg(test)]
mod tests;
