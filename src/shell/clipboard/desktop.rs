//! The desktop clipboard on X11, Wayland and macOS, written by a child process.
//!
//! On X11 and Wayland a selection lives only as long as the process that owns it. Each copy
//! therefore starts this program again with a hidden subcommand, detached, which owns the selection
//! until another program copies. The child outlives Offprint without a handover at exit, can be
//! killed if the display hangs, and gets the current values of `DISPLAY` and `WAYLAND_DISPLAY`.

use std::{
    borrow::Cow,
    ffi::OsString,
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    time::Duration,
};

use arboard::Clipboard;
use serde::{Deserialize, Serialize};

use super::environment::Environment;
use super::error::ClipboardError;
use super::process;
use crate::sources::io_reason;
use crate::text::sanitise;

/// Timeout of the holder's reply. A slower display counts as unresponsive.
const DISPLAY_TIMEOUT: Duration = Duration::from_secs(1);
/// The line that the holder prints once it owns the selection.
const HOLDER_READY: &str = "held";

/// Interval at which the holder probes the display.
#[cfg(not(target_os = "macos"))]
const PROBE_INTERVAL: Duration = Duration::from_secs(30);

/// The holder's standard input, as JSON.
#[derive(Serialize, Deserialize)]
struct HolderInput<'a> {
    text: Cow<'a, str>,
    html: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Display {
    Responsive,
    /// A request timed out. No further request is made, as each would block for the whole timeout.
    Unresponsive,
}

/// The desktop clipboard of one session.
#[derive(Debug)]
pub struct DesktopClipboard {
    /// The holder program and its arguments.
    holder: Vec<OsString>,
    display: Display,
}

impl DesktopClipboard {
    pub const fn new(holder: Vec<OsString>) -> Self {
        Self { holder, display: Display::Responsive }
    }

    pub fn copy(
        &mut self,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> Result<(), ClipboardError> {
        let clipboard = environment.desktop_clipboard_name();
        self.offer(text, html, environment)
            .map_err(|reason| ClipboardError::Desktop { clipboard, reason })
    }

    fn offer(
        &mut self,
        text: &str,
        html: Option<&str>,
        environment: &Environment,
    ) -> Result<(), String> {
        if self.display == Display::Unresponsive {
            return Err("did not respond earlier".to_owned());
        }
        let input = HolderInput { text: text.into(), html: html.map(Into::into) };
        let json = serde_json::to_string(&input).map_err(|error| error.to_string())?;
        let mut child = self
            .start(environment)
            .map_err(|error| format!("is unavailable: {}", io_reason(&error)))?;
        process::write_stdin(&mut child, &json);
        let reply =
            child.stdout.take().map(|it| process::run_in_background(move || read_holder_reply(it)));
        if let Some(reply) = reply.and_then(|it| it.recv_timeout(DISPLAY_TIMEOUT).ok()) {
            // Reaps the child when it exits.
            process::run_in_background(move || child.wait());
            return reply;
        }
        self.display = Display::Unresponsive;
        // The holder does not own the selection yet, so nothing is lost; a failed kill is ignored.
        drop(child.kill().and_then(|()| child.wait()));
        Err(format!("did not respond within {} s", DISPLAY_TIMEOUT.as_secs()))
    }

    fn start(&self, environment: &Environment) -> io::Result<Child> {
        let (program, arguments) = self.holder.split_first().ok_or(io::ErrorKind::NotFound)?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let displays =
            [("DISPLAY", &environment.display), ("WAYLAND_DISPLAY", &environment.wayland)];
        for (name, value) in displays {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        process::detach(&mut command).current_dir("/").spawn()
    }
}

/// Reads the holder's one line: [`HOLDER_READY`] or the reason for the failure.
fn read_holder_reply(output: impl Read) -> Result<(), String> {
    let mut line = String::new();
    match BufReader::new(output).read_line(&mut line) {
        Ok(_) if line.trim_end() == HOLDER_READY => Ok(()),
        Ok(0) => Err("is unavailable: the helper exited without a reply".to_owned()),
        Ok(_) => Err(format!("refused: {}", sanitise(line.trim_end()))),
        Err(error) => Err(format!("is unavailable: {}", io_reason(&error))),
    }
}

/// Runs the hidden subcommand `hold-clipboard`: owns the selection with the text read from `input`
/// until another program copies, and writes one line to `output` once it does or has failed.
///
/// # Errors
/// Returns an error if the input is not the JSON that [`super::Clipboard`] sends, or if the desktop
/// has no clipboard.
pub fn run_holder(input: &mut dyn Read, output: &mut dyn Write) -> io::Result<()> {
    let input: HolderInput<'static> = serde_json::from_reader(input)?;
    let result = Clipboard::new().and_then(|mut it| offer_once(&mut it, &input).map(|()| it));
    // Write errors are ignored: the parent may have exited, and the text is offered all the same.
    match result {
        Ok(clipboard) => {
            drop(writeln!(output, "{HOLDER_READY}").and_then(|()| output.flush()));
            offer_until_replaced(clipboard, input).map_err(io::Error::other)
        }
        Err(error) => {
            let reason = match &error {
                arboard::Error::Unknown { description } => description.clone(),
                other => other.to_string(),
            };
            drop(writeln!(output, "{reason}").and_then(|()| output.flush()));
            Err(io::Error::other(error))
        }
    }
}

fn offer_once(clipboard: &mut Clipboard, input: &HolderInput<'_>) -> Result<(), arboard::Error> {
    match &input.html {
        Some(html) => clipboard.set_html(html.as_ref(), Some(input.text.as_ref())),
        None => clipboard.set_text(input.text.as_ref()),
    }
}

#[cfg(target_os = "macos")]
fn offer_until_replaced(_: Clipboard, _: HolderInput<'static>) -> Result<(), arboard::Error> {
    Ok(()) // The system itself keeps what was copied.
}

/// Waits until another program takes the selection. The waiting thread gets no error when the
/// display goes away, so the display is also probed every [`PROBE_INTERVAL`]; the probe fails then.
#[cfg(not(target_os = "macos"))]
fn offer_until_replaced(
    mut clipboard: Clipboard,
    input: HolderInput<'static>,
) -> Result<(), arboard::Error> {
    use std::sync::mpsc::RecvTimeoutError;
    let mut probe = Clipboard::new()?;
    let replaced = process::run_in_background(move || {
        let set = arboard::SetExtLinux::wait(clipboard.set());
        match input.html {
            Some(html) => set.html(html, Some(input.text)),
            None => set.text(input.text),
        }
    });
    loop {
        match replaced.recv_timeout(PROBE_INTERVAL) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => probe.get_text().map(drop)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy_with(script: &str) -> (DesktopClipboard, String) {
        let mut desktop = DesktopClipboard::new(["sh", "-c", script].map(OsString::from).to_vec());
        let display = Some(":0".to_owned());
        let message =
            desktop.copy("text", None, &Environment { display, ..Environment::default() });
        (desktop, message.map_or_else(|failure| failure.to_string(), |()| "copied".to_owned()))
    }

    #[test]
    fn a_text_is_copied_once_it_is_held() {
        assert_eq!(copy_with("cat > /dev/null; echo held").1, "copied");
    }

    #[test]
    fn the_holder_is_told_the_display_and_the_text() {
        let script =
            r#"test "$DISPLAY$WAYLAND_DISPLAY" = :0 && grep -q '"text":"text"' && echo held"#;
        assert_eq!(copy_with(script).1, "copied");
    }

    #[test]
    fn why_a_text_is_not_held_is_told() {
        assert_eq!(copy_with("echo nobody home").1, "the X11 clipboard refused: nobody home");
        assert!(copy_with("exit 1").1.contains("exited without a reply"));
    }

    #[test]
    fn a_silent_display_is_not_asked_again() {
        let (mut desktop, message) = copy_with("exec tail -f /dev/null");
        assert_eq!(message, "the X11 clipboard did not respond within 1 s");
        let second_message =
            desktop.copy("text", None, &Environment::default()).unwrap_err().to_string();
        assert!(second_message.ends_with("did not respond earlier"), "{second_message}");
    }
}
