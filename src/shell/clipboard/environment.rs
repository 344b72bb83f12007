//! Inputs of the route choice: the process environment, read once, and the environment of the tmux
//! session, read again for each copy.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    process::Command,
};

use etcetera::BaseStrategy;

use super::check_results;
use super::error::ProcessError;
use super::process::{self, DEFAULT_TIMEOUT, OutputMode};
use super::route_kind::RouteKind;
use crate::shell::process_tree;

/// Operating systems with different clipboards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Os {
    #[default]
    Unix,
    MacOs,
    Windows,
    Wsl,
    Termux,
}

/// Connection between the program and the user's terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    #[default]
    Local,
    Ssh,
    Mosh,
}

/// Address of the surrounding tmux: the values of `TMUX` and `TMUX_PANE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tmux {
    pub server: String,
    pub pane: Option<String>,
}

/// Environment of the program as plain data. Only [`Self::with_attached_terminal`] runs a program.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment {
    pub os: Os,
    pub connection: Connection,
    pub tmux: Option<Tmux>,
    /// Session name of GNU screen (`STY`).
    pub screen_session: Option<String>,
    pub zellij: Option<String>,
    pub display: Option<String>,
    pub wayland: Option<String>,
    pub term: String,
    pub term_program: String,
    pub home: Option<PathBuf>,
    /// Directory of Offprint's state files. `None` only if there is no home directory.
    pub state_dir: Option<PathBuf>,
    /// The routes that failed the check in this terminal.
    pub failed_routes: BTreeSet<RouteKind>,
}

impl Environment {
    pub fn read() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let mut read = Self::from_variables(Os::current(), &variables);
        if is_under_mosh(std::process::id()) {
            read.connection = Connection::Mosh;
        }
        let strategy = etcetera::choose_base_strategy().ok();
        read.home = strategy.as_ref().map(|it| it.home_dir().to_path_buf());
        read.state_dir = read.state_dir.or_else(|| {
            strategy.map(|it| it.state_dir().unwrap_or_else(|| it.data_dir()).join("offprint"))
        });
        read.failed_routes =
            check_results::failed_routes(read.state_dir.as_deref(), &read.terminal_name());
        read
    }

    /// Derives the environment from the variables alone. An empty variable counts as unset.
    pub fn from_variables(system: Os, variables: &BTreeMap<String, String>) -> Self {
        let get = |name: &str| variables.get(name).filter(|value| !value.is_empty()).cloned();
        let any = |names: &[&str]| names.iter().any(|name| get(name).is_some());
        let over_ssh = any(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]);
        Self {
            os: match system {
                Os::Unix if any(&["WSL_DISTRO_NAME", "WSL_INTEROP"]) => Os::Wsl,
                Os::Unix if any(&["TERMUX_VERSION"]) => Os::Termux,
                other => other,
            },
            connection: match over_ssh {
                // Without SSH, `MOSH_*` variables are the user's own settings and not signs of a
                // session.
                true if variables.keys().any(|name| name.starts_with("MOSH_")) => Connection::Mosh,
                true => Connection::Ssh,
                false => Connection::Local,
            },
            tmux: get("TMUX").map(|server| Tmux { server, pane: get("TMUX_PANE") }),
            screen_session: get("STY"),
            zellij: get("ZELLIJ"),
            display: get("DISPLAY"),
            wayland: get("WAYLAND_DISPLAY"),
            term: get("TERM").unwrap_or_default(),
            term_program: get("TERM_PROGRAM").unwrap_or_default(),
            home: None,
            state_dir: get("OFFPRINT_STATE").map(PathBuf::from),
            failed_routes: BTreeSet::new(),
        }
    }

    /// Returns true if the process has an X11 or Wayland display.
    pub fn has_display(&self) -> bool {
        self.display.is_some() || self.wayland.is_some()
    }

    /// Returns a copy updated from the environment of the tmux session: a session started locally
    /// may be attached over SSH now, and the reverse. A tmux whose variables were inherited by
    /// another terminal on a display counts as none.
    #[must_use]
    pub fn with_attached_terminal(&self) -> Self {
        let Some(Ok(reply)) = self.tmux.as_ref().map(show_environment) else {
            return self.clone();
        };
        let (pane_terminal, listing) = reply.split_once('\n').unwrap_or((&reply, ""));
        if self.has_display() && is_other_terminal(Path::new(pane_terminal)) {
            return Self { tmux: None, ..self.clone() };
        }
        self.with_tmux_environment(listing)
    }

    /// Applies the lines of `tmux show-environment`. Variables without a line keep their values.
    fn with_tmux_environment(&self, listing: &str) -> Self {
        let mut updated = self.clone();
        for line in listing.lines() {
            let (name, value) = match (line.strip_prefix('-'), line.split_once('=')) {
                (Some(removed), _) => (removed, None),
                (None, Some((name, value))) => (name, Some(value).filter(|it| !it.is_empty())),
                (None, None) => continue,
            };
            match name {
                "DISPLAY" => updated.display = value.map(str::to_owned),
                "WAYLAND_DISPLAY" => updated.wayland = value.map(str::to_owned),
                "SSH_CONNECTION" => {
                    updated.connection = match (value, self.connection) {
                        (None, _) => Connection::Local,
                        (Some(_), Connection::Mosh) => Connection::Mosh,
                        (Some(_), Connection::Local | Connection::Ssh) => Connection::Ssh,
                    }
                }
                _ => {}
            }
        }
        updated
    }

    /// Identifies the terminal by names and connection, such as `xterm-256color, vscode, tmux,
    /// SSH`.
    pub fn terminal_name(&self) -> String {
        let link = match self.connection {
            Connection::Local => "",
            Connection::Ssh => "SSH",
            Connection::Mosh => "mosh",
        };
        let multiplexers = [
            ("tmux", self.tmux.is_some()),
            ("screen", self.screen_session.is_some()),
            ("Zellij", self.zellij.is_some()),
        ];
        [self.term.as_str(), self.term_program.as_str()]
            .into_iter()
            .chain(multiplexers.into_iter().filter_map(|(name, is_set)| is_set.then_some(name)))
            .chain([link])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// The tmux or screen on the user's own machine, recognisable only by the value of `TERM`.
    pub fn outer_multiplexer(&self) -> Option<&'static str> {
        let seen_from_within = self.tmux.is_some() || self.screen_session.is_some();
        (self.connection != Connection::Local && !seen_from_within)
            .then(|| ["tmux", "screen"].into_iter().find(|name| self.term.starts_with(name)))
            .flatten()
    }

    /// Name of the system clipboard, as a receipt shows it.
    pub fn desktop_clipboard_name(&self) -> &'static str {
        match (self.os, &self.wayland, &self.display) {
            (Os::Windows, ..) => "the Windows clipboard",
            (Os::MacOs, ..) => "the macOS clipboard",
            (_, Some(_), None) => "the Wayland clipboard",
            (_, None, Some(_)) => "the X11 clipboard",
            // With both displays set, the library does not report which one it used.
            (_, Some(_), Some(_)) | (_, None, None) => "the desktop clipboard",
        }
    }
}

impl Os {
    const fn current() -> Self {
        if cfg!(windows) {
            Self::Windows
        } else if cfg!(target_os = "macos") {
            Self::MacOs
        } else {
            Self::Unix
        }
    }
}

/// Asks tmux for the terminal device of its pane, on the first line, and for the variables of the
/// attached client.
fn show_environment(tmux: &Tmux) -> Result<String, ProcessError> {
    let mut arguments = vec!["display-message", "-p"];
    if let Some(pane) = &tmux.pane {
        arguments.extend(["-t", pane]);
    }
    arguments.extend(["#{pane_tty}", ";", "show-environment"]);
    run_tmux(tmux, &arguments, "", OutputMode::Capture)
}

/// Returns true if the process runs on a terminal, and that is not this device.
#[cfg(unix)]
fn is_other_terminal(device: &Path) -> bool {
    use std::io::IsTerminal as _;
    use std::os::unix::fs::MetadataExt as _;

    let number = |path: &Path| std::fs::metadata(path).map(|it| it.rdev()).ok();
    let streams = [
        ("/dev/fd/0", std::io::stdin().is_terminal()),
        ("/dev/fd/1", std::io::stdout().is_terminal()),
        ("/dev/fd/2", std::io::stderr().is_terminal()),
    ];
    let terminals = streams.into_iter().filter(|(_, is_terminal)| *is_terminal);
    let own: Vec<u64> = terminals.filter_map(|(path, _)| number(Path::new(path))).collect();
    number(device).is_some_and(|device| !own.is_empty() && !own.contains(&device))
}

#[cfg(not(unix))]
fn is_other_terminal(_: &Path) -> bool {
    false
}

/// Runs tmux with these arguments and this standard input, and returns its output.
pub fn run_tmux(
    tmux: &Tmux,
    arguments: &[&str],
    input: &str,
    answer: OutputMode,
) -> Result<String, ProcessError> {
    let mut command = Command::new("tmux");
    command.args(arguments).env("TMUX", &tmux.server);
    match &tmux.pane {
        Some(pane) => command.env("TMUX_PANE", pane),
        None => command.env_remove("TMUX_PANE"),
    };
    process::run(&mut command, input, answer, DEFAULT_TIMEOUT)
}

/// Returns true if an ancestor of the process is `mosh-server`, which silently drops long clipboard
/// texts. Returns false where the process table cannot be read.
pub fn is_under_mosh(process: u32) -> bool {
    process_tree::ancestors(process).any(|it| it.name == "mosh-server")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Environment {
        let variables =
            pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Environment::from_variables(Os::Unix, &variables)
    }

    #[test]
    fn an_empty_variable_counts_as_unset() {
        assert_eq!(from(&[("TMUX", ""), ("SSH_TTY", ""), ("DISPLAY", "")]), from(&[]));
    }

    #[test]
    fn any_of_three_variables_tells_ssh() {
        for name in ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"] {
            assert_eq!(from(&[(name, "x")]).connection, Connection::Ssh, "{name}");
        }
    }

    #[test]
    fn a_mosh_setting_counts_only_over_ssh() {
        assert_eq!(from(&[("MOSH_TITLE_NOPREFIX", "1")]).connection, Connection::Local);
        assert_eq!(from(&[("MOSH_IP", "x"), ("SSH_CONNECTION", "x")]).connection, Connection::Mosh);
    }

    #[test]
    fn wsl_and_termux_are_told_from_a_plain_system() {
        assert_eq!(from(&[("WSL_DISTRO_NAME", "Debian")]).os, Os::Wsl);
        assert_eq!(from(&[("TERMUX_VERSION", "0.118")]).os, Os::Termux);
        assert_eq!(from(&[]).os, Os::Unix);
    }

    #[test]
    fn tmux_knows_better_what_is_attached_now() {
        let local = from(&[("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0")]);
        let over_ssh =
            local.with_tmux_environment("-DISPLAY\nSSH_CONNECTION=10.0.0.1 5 10.0.0.2 22\n");
        assert_eq!((over_ssh.connection, &over_ssh.display), (Connection::Ssh, &None));
        assert_eq!(over_ssh.wayland, local.wayland, "what is not mentioned stays");
        let local_again = over_ssh.with_tmux_environment("DISPLAY=:1\n-SSH_CONNECTION\nnonsense\n");
        assert_eq!(
            (local_again.connection, local_again.display.as_deref()),
            (Connection::Local, Some(":1"))
        );
    }

    #[test]
    fn a_multiplexer_at_home_is_seen_only_by_its_term() {
        let over_ssh = |term| from(&[("TERM", term), ("SSH_TTY", "/dev/pts/1")]);
        assert_eq!(over_ssh("tmux-256color").outer_multiplexer(), Some("tmux"));
        assert_eq!(over_ssh("screen.xterm-256color").outer_multiplexer(), Some("screen"));
        assert_eq!(over_ssh("xterm-256color").outer_multiplexer(), None);
        assert_eq!(from(&[("TERM", "tmux-256color")]).outer_multiplexer(), None);
        let in_tmux = from(&[("TERM", "tmux-256color"), ("SSH_TTY", "x"), ("TMUX", "s,1,0")]);
        assert_eq!(in_tmux.outer_multiplexer(), None);
    }
    #[test]
    fn a_terminal_is_told_by_its_names_and_what_lies_between() {
        let environment = Environment {
            term: "xterm-256color".into(),
            term_program: "vscode".into(),
            connection: Connection::Ssh,
            zellij: Some("0".into()),
            ..Environment::default()
        };
        assert_eq!(environment.terminal_name(), "xterm-256color, vscode, Zellij, SSH");
    }
}
