//! The built program in a temporary home, started as over SSH.

use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::program::OFFPRINT;
use super::pty::{CommandBuilder, Pty, command};

/// The position in the footer once the built-in corpus is loaded.
pub(crate) const LOADED: &str = "1/198";

/// A temporary home for one test, in an environment like SSH without a multiplexer.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// A directory that only its owner may access.
    pub(crate) fn private_directory(&self, name: &str) -> PathBuf {
        fs::DirBuilder::new().mode(0o700).create(self.path(name)).unwrap();
        self.path(name)
    }

    pub(crate) fn environ(&self, mut command: CommandBuilder) -> CommandBuilder {
        command.env("HOME", self.0.path());
        command.env("OFFPRINT_STATE", self.path("state"));
        command.env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
        command.cwd(self.0.path());
        command
    }

    /// The program with these arguments.
    pub(crate) fn offprint(&self, arguments: &[&str]) -> CommandBuilder {
        self.environ(command(OFFPRINT, arguments))
    }

    /// A shell script with the path of the program in `$OFFPRINT`.
    pub(crate) fn script(&self, script: &str) -> CommandBuilder {
        let mut command = self.environ(command("sh", &["-c", script]));
        command.env("OFFPRINT", OFFPRINT);
        command
    }

    /// The program on a screen of 120×36, after loading.
    pub(crate) fn start(&self) -> Pty {
        let pty = Pty::start(self.offprint(&[]), 120, 36);
        pty.wait_for("all papers", |seen| {
            let text = seen.screen().contents();
            text.contains(LOADED) && !text.contains("loading")
        });
        pty.wait_for_text("Learning to Write with Coherence From\n");
        pty
    }

    /// The output of `offprint paste`.
    pub(crate) fn paste(&self) -> String {
        let mut paste = Command::new(OFFPRINT);
        let output = paste.arg("paste").env("OFFPRINT_STATE", self.path("state")).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}
