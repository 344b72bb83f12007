//! Handles the input of the terminal: keys, pastes, the mouse, and changes of its size.

use std::time::Instant;

use ratatui::layout::Rect;

use super::event_loop::Shell;
use super::options::ExitReason;
use super::terminal::TerminalError;
use super::terminal::input::{TerminalEvent, text_of_burst};
use crate::app::Event;

impl Shell {
    /// Handles input from the terminal.
    pub fn handle_input(
        &mut self,
        input: TerminalEvent,
    ) -> Result<Option<ExitReason>, TerminalError> {
        match input {
            TerminalEvent::Disconnected(_) => return Ok(Some(ExitReason::TerminalLost)),
            TerminalEvent::FocusGained => {}
            TerminalEvent::Background(background) => {
                if Instant::now() < self.background_deadline {
                    return Ok(self.handle_event(Event::Background(background)));
                }
            }
            TerminalEvent::Resize { .. } if self.terminal.is_inline() => {
                self.terminal.make_room().map_err(TerminalError::Enter)?;
                self.redraw_at_current_size()?;
            }
            TerminalEvent::Resize { width, height } => {
                let (width, height) = (width.max(1), height.max(1));
                self.canvas.backend_mut().resize((width, height).into());
                return Ok(self.handle_event(Event::Resize { width, height }));
            }
            // The key was read before the editor took over the keyboard.
            TerminalEvent::Key(_)
            | TerminalEvent::Burst(_)
            | TerminalEvent::Paste(_)
            | TerminalEvent::Mouse(_)
                if self.terminal.is_lent() => {}
            TerminalEvent::Mouse(input) => {
                let input = self.double_press.detect(input, Instant::now());
                return Ok(self.handle_event(Event::Mouse(input)));
            }
            TerminalEvent::Key(_) if !self.terminal.is_entered() => self.redraw()?,
            TerminalEvent::Key(key) => return Ok(self.handle_event(Event::Key(key))),
            TerminalEvent::Paste(text) => return self.paste(Event::Paste(text)),
            TerminalEvent::Burst(keys) => {
                return self.paste(Event::KeyBurst(text_of_burst(&keys)));
            }
        }
        Ok(None)
    }

    fn paste(&mut self, event: Event) -> Result<Option<ExitReason>, TerminalError> {
        if !self.terminal.is_entered() {
            self.redraw()?;
        }
        Ok(self.handle_event(event))
    }

    /// Enters the terminal again and draws everything. A source file may have changed meanwhile.
    pub fn redraw(&mut self) -> Result<(), TerminalError> {
        self.terminal.resume()?;
        if self.threads.loader.is_stale() {
            self.handle_event(Event::Info("A file changed; R reloads it".to_owned()));
        }
        self.redraw_at_current_size()
    }

    /// Stops the process group. `Signal::Continue` arrives after it resumes.
    pub fn suspend(&mut self) {
        if let Err(error) = self.terminal.suspend() {
            self.handle_event(Event::Error(error.to_string()));
        }
    }

    fn redraw_at_current_size(&mut self) -> Result<(), TerminalError> {
        let size = self.terminal.size();
        let (width, height) = (size.width, size.height);
        self.handle_event(Event::Resize { width, height });
        let area = Rect::new(0, 0, width, height);
        self.canvas.backend_mut().resize(size);
        self.canvas.resize(area).map_err(TerminalError::Enter)
    }
}
