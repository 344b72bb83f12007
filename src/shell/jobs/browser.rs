//! Opens a link with the programs of the variable `BROWSER`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::shell::clipboard::process;
use crate::shell::split_command::split_command;

/// A program that runs longer than this has opened the link.
const START_TIMEOUT: Duration = Duration::from_millis(250);

/// Browsers that need the terminal, on which the program's screen is.
const TERMINAL_BROWSERS: [&str; 7] =
    ["w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl"];

/// Result of the programs of `BROWSER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrowserResult {
    Started,
    /// Every program failed.
    Failed,
    /// No program is named that could open a link beside this program.
    NotConfigured,
}

/// Tries the programs of a list with colons. In each, `%s` stands for the link, which is the last
/// argument otherwise. Runs no shell; waits up to 250 ms for a program that fails.
pub fn open_in_browser(browsers: &str, url: &str) -> BrowserResult {
    let mut result = BrowserResult::NotConfigured;
    for entry in browsers.split(':').map(str::trim).filter(|it| !it.is_empty()) {
        let Some((program, arguments)) = browser_argv(entry, url) else { continue };
        let name = Path::new(&program).file_stem().unwrap_or_default().to_string_lossy();
        if TERMINAL_BROWSERS.contains(&name.as_ref()) {
            continue;
        }
        if starts(&program, &arguments) {
            return BrowserResult::Started;
        }
        result = BrowserResult::Failed;
    }
    result
}

/// The program of an entry and its arguments. The path of a file is not split.
fn browser_argv(entry: &str, url: &str) -> Option<(String, Vec<String>)> {
    if Path::new(entry).is_file() {
        return Some((entry.to_owned(), vec![url.to_owned()]));
    }
    let mut words = split_command(entry).ok()?.into_iter();
    let program = words.next().filter(|it| !it.is_empty())?;
    let mut arguments: Vec<String> = words.collect();
    if arguments.iter().any(|it| it.contains("%s")) {
        arguments = arguments.iter().map(|it| it.replace("%s", url)).collect();
    } else {
        arguments.push(url.to_owned());
    }
    Some((program, arguments))
}

/// Starts a program without standard streams. Returns false if it cannot be started or fails at
/// once.
fn starts(program: &str, arguments: &[String]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = process::detach(&mut command).spawn() else { return false };
    // Reaps the child when it exits.
    let status = process::run_in_background(move || child.wait());
    match status.recv_timeout(START_TIMEOUT) {
        Ok(status) => status.is_ok_and(|it| it.success()),
        Err(_) => true,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    const URL: &str = "https://e.org/a";

    #[test]
    fn the_link_is_the_last_argument_or_stands_where_it_is_asked_for() {
        let argv =
            |entry: &str| browser_argv(entry, URL).map(|(program, it)| (program, it.join("|")));
        let expected =
            |program: &str, arguments: &str| Some((program.to_owned(), arguments.to_owned()));
        assert_eq!(argv("firefox"), expected("firefox", URL));
        assert_eq!(
            argv("'my browser' --new %s -x"),
            expected("my browser", &format!("--new|{URL}|-x"))
        );
        assert_eq!(argv("'open"), None);
        assert_eq!(argv("''"), None);
    }

    #[test]
    fn the_first_program_that_starts_opens_the_link() {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("log");
        assert!(Command::new("mkfifo").arg(&log).status().unwrap().success());
        let log_argument = format!("sh -c 'echo $0 > {}'", log.display());
        let browsers = format!("no-such-browser:false:w3m:{log_argument}:touch {}", log.display());
        assert_eq!(open_in_browser(&browsers, URL), BrowserResult::Started);
        assert_eq!(fs::read_to_string(log).unwrap(), format!("{URL}\n"));
        assert_eq!(open_in_browser("no-such-browser:false", URL), BrowserResult::Failed);
        assert_eq!(open_in_browser("w3m:/usr/bin/lynx: ", URL), BrowserResult::NotConfigured);
        assert_eq!(open_in_browser("", URL), BrowserResult::NotConfigured);
    }
}
