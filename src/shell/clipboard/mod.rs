//! Clipboard: chooses a route, copies by it, falls back to the next on failure, and reports the
//! result.
//!
//! [`choose_route()`] is pure; [`Clipboard`] runs programs and writes files, off the main thread.
//! Bytes for the terminal are returned in [`Delivery`], as only the event loop writes to the
//! terminal. A receipt claims no more than is known: OSC 52 is "sent", never "copied".

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

pub use self::check::{CheckOutcome, check};
use self::desktop::DesktopClipboard;
pub use self::desktop::run_holder;
pub use self::environment::{Connection, Environment, Os, Tmux};
pub use self::error::{ClipboardError, ProcessError};
pub use self::file::read_last_copy;
use self::receipt::SentCopy;
pub use self::route::{Route, SizeLimit, choose_route, fills_desktop_too};
pub use self::route_kind::RouteKind;
pub use self::setting::{ClipboardSetting, SettingError};
use self::tmux::PasteHint;
use crate::text::sanitise_lines;

/// The hidden subcommand that owns the selection on behalf of the program; it calls [`run_holder`].
pub const HOLD_SUBCOMMAND: &str = "hold-clipboard";

/// A text to copy, with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyText {
    /// Description for the receipt: "BibTeX of 3 papers", "link".
    pub description: String,
    pub text: String,
    /// The text as HTML, for desktop clipboards.
    pub html: Option<String>,
}

/// A completed copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub receipt: String,
    /// Bytes for the terminal; empty if the route does not use it.
    pub bytes: Vec<u8>,
    /// The route that took the text.
    pub route_kind: RouteKind,
}

/// The clipboard of one session.
#[derive(Debug)]
pub struct Clipboard {
    setting: ClipboardSetting,
    environment: Environment,
    desktop: DesktopClipboard,
    paste_hint: PasteHint,
    /// The display (X11, Wayland) that failed beside a multiplexer. It is not tried again there.
    failed_display: Option<(Option<String>, Option<String>)>,
    last_copy: Option<String>,
}

impl Clipboard {
    /// The clipboard of this environment. On X11 and Wayland another process of this program owns
    /// the copied text.
    pub fn new(setting: ClipboardSetting, environment: Environment) -> Self {
        let holder =
            std::env::current_exe().map(|program| vec![program.into(), HOLD_SUBCOMMAND.into()]);
        Self::with_holder(setting, environment, holder.unwrap_or_default())
    }

    /// Like [`Self::new`], with the program and arguments that call [`run_holder`].
    pub fn with_holder(
        setting: ClipboardSetting,
        environment: Environment,
        holder: Vec<OsString>,
    ) -> Self {
        let desktop = DesktopClipboard::new(holder);
        Self {
            setting,
            environment,
            desktop,
            paste_hint: PasteHint::Pending,
            failed_display: None,
            last_copy: None,
        }
    }

    /// The last copied text as it was sent, in this session or an earlier one.
    ///
    /// # Errors
    /// Returns the error of reading the file; `NotFound` if nothing was ever copied.
    pub fn last(&self) -> io::Result<String> {
        self.last_copy.clone().map_or_else(|| read_last_copy(&self.environment), Ok)
    }

    /// Copies by the chosen route, or by the next one that works. Blocks up to several seconds if a
    /// program or a display is slow to reply.
    ///
    /// # Errors
    /// Returns an error if a configured command fails (the text is saved to a file then), or if
    /// every route fails.
    pub fn copy(&mut self, copy: &CopyText) -> Result<Delivery, ClipboardError> {
        let failure = file::save_last_copy(&sanitise_lines(&copy.text), &self.environment).err();
        let note = failure.map(|failure| format!("not saved for `offprint paste`: {failure}"));
        self.send(copy, note)
    }

    /// Copies a text without storing it for `offprint paste`.
    fn send(&mut self, copy: &CopyText, note: Option<String>) -> Result<Delivery, ClipboardError> {
        let text = sanitise_lines(&copy.text).into_owned();
        debug_assert!(!text.contains(|it: char| it.is_control() && it != '\n'));
        let environment = self.environment.with_attached_terminal();
        let html = copy.html.as_deref().map(sanitise_lines);
        let result = self.deliver(&text, html.as_deref(), &environment);
        let bytes = text.len();
        self.last_copy = Some(text);
        result.map(|(mut sent, route_kind)| {
            sent.notes.extend(note);
            Delivery {
                receipt: sent.receipt(&copy.description, bytes),
                bytes: sent.bytes,
                route_kind,
            }
        })
    }

    /// Tries the routes in order until one takes the text.
    fn deliver(
        &mut self,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> Result<(SentCopy, RouteKind), ClipboardError> {
        let mut environment = environment.clone();
        let (mut route, reason) = choose_route(&self.setting, &environment);
        let mut reasons = Vec::new();
        if route == Route::File && self.setting != ClipboardSetting::File {
            reasons.push(reason.to_owned());
        }
        loop {
            let failure = match self.attempt(&route, text, html, &environment) {
                Ok(sent) => {
                    let sent = self.fill_desktop_too(&route, sent, text, html, &environment);
                    return Ok((SentCopy { reasons, ..sent }, route.kind()));
                }
                Err(failure) => failure,
            };
            reasons.push(failure.to_string());
            let has_desktop = self.is_desktop_due(&route, &environment);
            match route {
                Route::Tmux if !matches!(failure, ClipboardError::TooLarge(_)) => {
                    environment.tmux = None;
                }
                Route::Desktop => _ = environment.failed_routes.insert(RouteKind::Native),
                _ => {}
            }
            route = match (&failure, route.fallback(&environment)) {
                (ClipboardError::Command { .. }, _) => {
                    return Err(save_after_failure(failure, text, &environment));
                }
                (_, None) => {
                    return Err(ClipboardError::AllRoutesFailed { attempts: reasons.join("; ") });
                }
                (ClipboardError::TooLarge(_), Some(_)) if has_desktop => Route::Desktop,
                (ClipboardError::TooLarge(_), Some(_)) => Route::File,
                (_, Some(next)) => next,
            };
        }
    }

    /// Returns true if the desktop clipboard is to be filled beside this route.
    fn is_desktop_due(&self, route: &Route, environment: &Environment) -> bool {
        let is_failed = self.failed_display.as_ref().is_some_and(|(display, wayland)| {
            (display, wayland) == (&environment.display, &environment.wayland)
        });
        self.setting == ClipboardSetting::Auto
            && !is_failed
            && fills_desktop_too(route, environment)
    }

    /// Fills the desktop clipboard beside a multiplexer. A failure is noted once.
    fn fill_desktop_too(
        &mut self,
        route: &Route,
        mut sent: SentCopy,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> SentCopy {
        if !self.is_desktop_due(route, environment) {
            return sent;
        }
        match self.desktop.copy(text, html, environment) {
            Ok(()) => sent.with_desktop(environment.desktop_clipboard_name()),
            Err(failure) => {
                self.failed_display =
                    Some((environment.display.clone(), environment.wayland.clone()));
                sent.notes.push(failure.to_string());
                sent
            }
        }
    }

    fn attempt(
        &mut self,
        route: &Route,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> Result<SentCopy, ClipboardError> {
        if let Some(limit) = route.limit(environment.connection).filter(|it| text.len() > it.bytes)
        {
            return Err(ClipboardError::TooLarge(limit.imposed_by));
        }
        match (route, &environment.tmux) {
            (Route::Command(arguments), _) => run_command(arguments, text),
            (Route::Tmux, Some(tmux)) => tmux::copy_to_buffer(tmux, text, &mut self.paste_hint),
            (Route::Tmux, None) => Err(ClipboardError::NoTmux),
            (Route::Screen, _) => Ok(SentCopy::via_terminal(osc52::sequence_for_screen(text))),
            (Route::Osc52, _) => Ok(receipt::send_bare_osc52(text, environment)),
            (Route::Windows | Route::Desktop, _) => {
                self.desktop.copy(text, html, environment).map(|()| {
                    SentCopy::via_route(format!("→ {}", environment.desktop_clipboard_name()))
                })
            }
            (Route::File, _) => file::save_copied_file(text, environment)
                .map(|path| SentCopy::via_route(format!("→ {path}"))),
        }
    }
}

fn run_command(arguments: &[String], text: &str) -> Result<SentCopy, ClipboardError> {
    let command = arguments.join(" ");
    let Some((program, further_arguments)) = arguments.split_first() else {
        let error = ProcessError::NotStarted(std::io::ErrorKind::NotFound.into());
        return Err(ClipboardError::Command { command, error });
    };
    let mut process = Command::new(program);
    match process::run(
        process.args(further_arguments),
        text,
        process::OutputMode::Discard,
        process::DEFAULT_TIMEOUT,
    ) {
        Ok(_) => Ok(SentCopy::via_route(format!("→ `{command}`"))),
        Err(error) => Err(ClipboardError::Command { command, error }),
    }
}

/// Saves the text to a file. A configured command is not replaced by another route.
fn save_after_failure(
    failure: ClipboardError,
    text: &str,
    environment: &Environment,
) -> ClipboardError {
    match file::save_copied_file(text, environment) {
        Ok(path) => ClipboardError::SavedToFile { failure: Box::new(failure), path },
        Err(file_failure) => {
            ClipboardError::AllRoutesFailed { attempts: format!("{failure}; {file_failure}") }
        }
    }
}

#[cfg(test)]
mod tests;
