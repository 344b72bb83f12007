//! Servers of tmux and X11, each started for one test and stopped with it.
//!
//! Every wait uses a primitive of the tool itself, bounded by `timeout`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use offprint::shell::clipboard::Tmux;
use tempfile::TempDir;

/// The output of a program, which must succeed within 20 s.
pub(crate) fn output_of(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new("timeout");
    command.arg("20").arg(program).args(arguments).env_remove("TMUX").env_remove("TMUX_PANE");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A tmux server for one test.
pub(crate) struct Server {
    pub(crate) socket: PathBuf,
}

impl Server {
    /// A server that another process starts at this socket.
    pub(crate) fn at(socket: PathBuf) -> Self {
        Self { socket }
    }

    pub(crate) fn start(place: &Path, name: &str, config: &str) -> Self {
        let server = Self { socket: place.join(name) };
        let file = place.join(format!("{name}.conf"));
        fs::write(&file, config).unwrap();
        server.run(&["-f", file.to_str().unwrap(), "new-session", "-d", "-x", "100", "-y", "30"]);
        server
    }

    /// A tmux server whose buffer plays the clipboard of a terminal.
    pub(crate) fn terminal(place: &Path) -> Self {
        let hook = "set-hook -g pane-set-clipboard 'wait-for -S copied'\n";
        Self::start(place, "terminal", &format!("set -s set-clipboard on\n{hook}"))
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> String {
        let socket = self.socket.to_str().unwrap();
        output_of("tmux", &[&["-S", socket], arguments].concat(), &[("TERM", "xterm-256color")])
    }

    /// Attaches to the other server in a window of this one, with the given `TERM`.
    pub(crate) fn attach(&self, inner: &Self, term: &str) {
        inner.run(&["set-hook", "-g", "client-attached", "wait-for -S attached"]);
        let socket = inner.socket.display();
        let line = format!("env -u TMUX -u TMUX_PANE TERM={term} tmux -S {socket} attach");
        self.run(&["new-window", &line]);
        inner.run(&["wait-for", "attached"]);
    }

    pub(crate) fn buffer(&self) -> String {
        self.run(&["show-buffer"])
    }

    pub(crate) fn as_seen_within(&self) -> Tmux {
        Tmux { server: format!("{},0,0", self.socket.display()), pane: None }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let socket = self.socket.to_str().unwrap();
        let ended = Command::new("tmux").args(["-S", socket, "kill-server"]).status();
        assert!(ended.is_ok());
    }
}

/// An X server on a free display.
pub(crate) struct Display {
    server: Child,
    pub(crate) name: String,
}

impl Display {
    pub(crate) fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { server, name: format!(":{}", number.trim()) }
    }

    pub(crate) fn paste(&self, target: &str) -> String {
        let arguments = ["-selection", "clipboard", "-o", "-t", target];
        output_of("xclip", &arguments, &[("DISPLAY", &self.name)])
    }

    /// Replaces the clipboard, as another program would.
    pub(crate) fn replace(&self, text: &str) {
        let mut xclip = Command::new("xclip")
            .args(["-selection", "clipboard", "-i"])
            .env("DISPLAY", &self.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        xclip.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(xclip.wait().unwrap().success());
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill().and_then(|()| self.server.wait()));
    }
}

/// A Wayland compositor without a screen.
pub(crate) struct Compositor {
    server: Child,
    runtime: TempDir,
    socket: String,
}

impl Compositor {
    /// Starts sway, and waits until it accepts clients.
    pub(crate) fn start() -> Self {
        let runtime = tempfile::tempdir().unwrap();
        fs::set_permissions(runtime.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let ready = runtime.path().join("ready");
        assert!(Command::new("mkfifo").args(["-m", "666"]).arg(&ready).status().unwrap().success());
        let config = runtime.path().join("sway.conf");
        let line = format!("exec sh -c 'echo $WAYLAND_DISPLAY > {}'\n", ready.display());
        fs::write(&config, line).unwrap();
        // Sway refuses to run as root.
        let mut command = if rustix::process::getuid().is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sway"]);
            command
        } else {
            Command::new("sway")
        };
        let server = command
            .arg("--config")
            .arg(config)
            .current_dir(&runtime)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("HOME", runtime.path())
            .env("XDG_RUNTIME_DIR", runtime.path())
            .env("WLR_BACKENDS", "headless")
            .env("WLR_RENDERER", "pixman")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let socket = output_of("cat", &[ready.to_str().unwrap()], &[]).trim().to_owned();
        Self { server, runtime, socket }
    }

    /// The variables by which a program finds the compositor.
    pub(crate) fn variables(&self) -> [(&'static str, &str); 2] {
        [
            ("XDG_RUNTIME_DIR", self.runtime.path().to_str().unwrap()),
            ("WAYLAND_DISPLAY", &self.socket),
        ]
    }

    pub(crate) fn paste(&self) -> String {
        output_of("wl-paste", &["--no-newline"], &self.variables())
    }

    /// Replaces the clipboard, as another program would.
    pub(crate) fn replace(&self, text: &str) {
        // It leaves a process in the background, which would hold a pipe.
        let mut wl_copy = Command::new("wl-copy");
        wl_copy.arg(text).envs(self.variables()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(wl_copy.status().unwrap().success());
    }
}

impl Drop for Compositor {
    fn drop(&mut self) {
        drop(self.server.kill().and_then(|()| self.server.wait()));
    }
}
