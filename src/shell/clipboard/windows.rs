//! The Windows clipboard: sets the text and its HTML while the clipboard is open once.

use std::{
    ffi::OsString,
    io::{self, Read, Write},
};

use clipboard_win::{Clipboard, options::DoClear, raw};

use super::environment::Environment;
use super::error::ClipboardError;

/// Attempts to open the clipboard, 5 ms apart; another program may have it open for a moment.
const MAX_ATTEMPTS: usize = 5;

/// The Windows clipboard. The system stores the text, so no process has to own it.
#[derive(Debug)]
pub struct DesktopClipboard;

impl DesktopClipboard {
    /// Ignores the holder, which Windows does not need.
    pub fn new(_: Vec<OsString>) -> Self {
        Self
    }

    #[expect(clippy::unused_self, reason = "the other systems' way has a state of its own")]
    pub fn copy(
        &mut self,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> Result<(), ClipboardError> {
        set_clipboard(text, html).map_err(|error| ClipboardError::Desktop {
            clipboard: environment.desktop_clipboard_name(),
            reason: format!("cannot be written: {error}"),
        })
    }
}

fn set_clipboard(text: &str, html: Option<&str>) -> clipboard_win::SysResult<()> {
    let _open = Clipboard::new_attempts(MAX_ATTEMPTS)?;
    raw::set_string_with(text, DoClear)?;
    match (html, raw::register_format("HTML Format")) {
        (Some(html), Some(format)) => raw::set_html(format.get(), html),
        (Some(_), None) | (None, _) => Ok(()),
    }
}

/// The hidden subcommand `hold-clipboard`, unsupported on Windows.
///
/// # Errors
/// Always returns `Unsupported`.
pub fn run_holder(_: &mut dyn Read, _: &mut dyn Write) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
