//! The Windows clipboard: the text, and HTML beside it, in one opening.

use std::{
    ffi::OsString,
    io::{self, Read, Write},
};

use clipboard_win::{Clipboard, options::DoClear, raw};

use super::environment::Environment;
use super::error::ClipboardError;

/// Another program may have the clipboard open for a moment; each try waits 5 ms.
const MAX_ATTEMPTS: usize = 5;

/// The way to the Windows clipboard, which keeps what it is given.
#[derive(Debug)]
pub struct DesktopClipboard;

impl DesktopClipboard {
    /// Windows needs no program to hold the text.
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
            reason: format!("could not be written: {error}"),
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

/// The hidden subcommand `hold-clipboard`, of which there is no need here.
///
/// # Errors
/// Always.
pub fn run_holder(_: &mut dyn Read, _: &mut dyn Write) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
