//! Copying: picks a way, goes it, and tells what was done; when it fails, why and what instead.
//!
//! [`route()`] decides from plain data, [`Clipboard`] acts, off the main thread. What must pass through
//! the terminal comes back as bytes in the [`Delivery`], for only the terminal's owner writes to it.
//! No receipt claims more than is known: OSC 52 is "sent", never "copied".

mod check;
mod check_results;
#[cfg_attr(windows, path = "windows.rs")]
mod desktop;
mod environment;
mod error;
mod file;
mod osc52;
pub mod process;
mod receipt;
mod route;
mod route_kind;
mod setting;
mod tmux;

use std::{ffi::OsString, io, process::Command};

pub use self::check::{Verdict, check};
use self::desktop::Native;
pub use self::desktop::hold;
pub use self::environment::{Link, Surroundings, System, Tmux};
pub use self::error::{Failure, Trouble};
pub use self::file::last_copy;
use self::receipt::Sent;
pub use self::route::{Limit, Route, route};
pub use self::route_kind::Way;
pub use self::setting::{Setting, SettingError};
use self::tmux::Lesson;
use crate::text::sanitise_lines;

/// The hidden subcommand by which the program holds a text for the desktop; it calls [`hold`].
pub const HOLD_SUBCOMMAND: &str = "hold-clipboard";

/// What is to be copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// For the receipt: "BibTeX of 3 papers", "link".
    pub what: String,
    pub text: String,
    /// The same with its styling, for the desktop's clipboard.
    pub html: Option<String>,
}

/// A copy that went its way, as far as can be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub receipt: String,
    /// What the owner of the terminal must write; empty where the terminal has no part in it.
    pub bytes: Vec<u8>,
    /// The way it went in the end.
    pub way: Way,
}

/// The clipboard of one session.
#[derive(Debug)]
pub struct Clipboard {
    setting: Setting,
    surroundings: Surroundings,
    native: Native,
    lesson: Lesson,
    last: Option<String>,
}

impl Clipboard {
    /// The clipboard for these surroundings; on X11 and Wayland this very program, started anew,
    /// holds what is copied.
    pub fn new(setting: Setting, surroundings: Surroundings) -> Self {
        let this =
            std::env::current_exe().map(|program| vec![program.into(), HOLD_SUBCOMMAND.into()]);
        Self::with_holder(setting, surroundings, this.unwrap_or_default())
    }

    /// The same with another program, and its arguments, that calls [`hold`].
    pub fn with_holder(
        setting: Setting,
        surroundings: Surroundings,
        holder: Vec<OsString>,
    ) -> Self {
        let native = Native::new(holder);
        Self { setting, surroundings, native, lesson: Lesson::Due, last: None }
    }

    /// What was copied last, as it was sent: in this session, else before it.
    ///
    /// # Errors
    /// When nothing was ever copied, or what was cannot be read.
    pub fn last(&self) -> io::Result<String> {
        self.last.clone().map_or_else(|| last_copy(&self.surroundings), Ok)
    }

    /// Copies by the way that the setting and the surroundings decide, or by the next one that works.
    /// May wait for seconds where a program or a display is slow to answer.
    ///
    /// # Errors
    /// When a command that was asked for fails, though the text is kept in a file then; or when not
    /// even a file could be written.
    pub fn copy(&mut self, copy: &Copy) -> Result<Delivery, Failure> {
        let unkept = file::keep_last(&sanitise_lines(&copy.text), &self.surroundings).err();
        let note = unkept.map(|failure| format!("not kept for `offprint paste`: {failure}"));
        self.send(copy, note)
    }

    /// Copies a text that is not to be pasted later.
    fn send(&mut self, copy: &Copy, note: Option<String>) -> Result<Delivery, Failure> {
        let text = sanitise_lines(&copy.text).into_owned();
        debug_assert!(!text.contains(|it: char| it.is_control() && it != '\n'));
        let surroundings = self.surroundings.refreshed();
        let html = copy.html.as_deref().map(sanitise_lines);
        let delivered = self.deliver(&text, html.as_deref(), &surroundings);
        let bytes = text.len();
        self.last = Some(text);
        delivered.map(|(mut sent, way)| {
            sent.notes.extend(note);
            Delivery { receipt: sent.told(&copy.what, bytes), bytes: sent.bytes, way }
        })
    }

    /// Goes from way to way until one takes the text.
    fn deliver(
        &mut self,
        text: &str,
        html: Option<&str>,
        surroundings: &Surroundings,
    ) -> Result<(Sent, Way), Failure> {
        let (mut route, why) = route(&self.setting, surroundings);
        let mut reasons = Vec::new();
        if route == Route::File && self.setting != Setting::File {
            reasons.push(why.to_owned());
        }
        loop {
            let failure = match self.attempt(&route, text, html, surroundings) {
                Ok(sent) => return Ok((Sent { reasons, ..sent }, route.way())),
                Err(failure) => failure,
            };
            reasons.push(failure.to_string());
            route = match (&failure, route.after_failure(surroundings)) {
                (Failure::Command { .. }, _) => {
                    return Err(kept_in_a_file(failure, text, surroundings));
                }
                (_, None) => return Err(Failure::Nothing { attempts: reasons.join("; ") }),
                (Failure::TooLarge(_), Some(_)) => Route::File,
                (_, Some(next)) => next,
            };
        }
    }

    fn attempt(
        &mut self,
        route: &Route,
        text: &str,
        html: Option<&str>,
        surroundings: &Surroundings,
    ) -> Result<Sent, Failure> {
        if let Some(limit) = route.limit(surroundings.link).filter(|it| text.len() > it.bytes) {
            return Err(Failure::TooLarge(limit.of));
        }
        match (route, &surroundings.tmux) {
            (Route::Command(arguments), _) => run_command(arguments, text),
            (Route::Tmux, Some(tmux)) => tmux::copy(tmux, text, &mut self.lesson),
            (Route::Tmux, None) => Err(Failure::NoTmux),
            (Route::Screen, _) => Ok(Sent::to_terminal(osc52::through_screen(text))),
            (Route::Osc52, _) => Ok(receipt::bare(text, surroundings)),
            (Route::Windows | Route::Native, _) => self
                .native
                .copy(text, html, surroundings)
                .map(|()| Sent::through(format!("→ {}", surroundings.desktop()))),
            (Route::File, _) => {
                file::keep_copied(text, surroundings).map(|path| Sent::through(format!("→ {path}")))
            }
        }
    }
}

fn run_command(arguments: &[String], text: &str) -> Result<Sent, Failure> {
    let command = arguments.join(" ");
    let Some((program, rest)) = arguments.split_first() else {
        let trouble = Trouble::NotStarted(std::io::ErrorKind::NotFound.into());
        return Err(Failure::Command { command, trouble });
    };
    let mut started = Command::new(program);
    match process::run(started.args(rest), text, process::Answer::Unwanted, process::DEADLINE) {
        Ok(_) => Ok(Sent::through(format!("→ `{command}`"))),
        Err(trouble) => Err(Failure::Command { command, trouble }),
    }
}

/// A command that was named is not replaced by another way; the text is kept all the same.
fn kept_in_a_file(failure: Failure, text: &str, surroundings: &Surroundings) -> Failure {
    match file::keep_copied(text, surroundings) {
        Ok(path) => Failure::Kept { failure: Box::new(failure), path },
        Err(unkept) => Failure::Nothing { attempts: format!("{failure}; {unkept}") },
    }
}

#[cfg(test)]
mod tests;
