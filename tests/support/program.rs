//! Runs the built program in an environment isolated from this machine.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The path of the built program.
pub(crate) const OFFPRINT: &str = env!("CARGO_BIN_EXE_offprint");

/// A temporary home for one test.
pub(crate) struct Place {
    directory: TempDir,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub code: i32,
    pub output: String,
    pub errors: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file and returns its path as an argument.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Creates a folder and returns its path as an argument.
    pub(crate) fn folder(&self, name: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The program, not yet started, with an empty standard input.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.within(Command::new(OFFPRINT), arguments)
    }

    /// The same, started through another program.
    pub(crate) fn within(&self, mut command: Command, arguments: &[&str]) -> Command {
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null()).env_clear();
        for (name, place) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_STATE_HOME", "home/state"),
            ("XDG_DATA_HOME", "home/data"),
            ("XDG_CACHE_HOME", "home/cache"),
            ("OFFPRINT_STATE", "state"),
        ] {
            command.env(name, self.path(place));
        }
        // Windows starts no program without it.
        if let Some(root) = std::env::var_os("SystemRoot") {
            command.env("SystemRoot", root);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        finish(&mut self.command(arguments))
    }

    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ran {
        feed(&mut self.command(arguments), input)
    }
}

/// Runs a program with this standard input.
pub(crate) fn feed(command: &mut Command, input: &[u8]) -> Ran {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // Ignores errors: a program that has read enough closes the pipe.
    drop(pipe.write_all(input));
    drop(pipe);
    Ran::new(child.wait_with_output().unwrap())
}

pub(crate) fn finish(command: &mut Command) -> Ran {
    Ran::new(command.output().unwrap())
}

impl Ran {
    fn new(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            output: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts success without messages, and returns the output.
    #[track_caller]
    pub(crate) fn printed(self) -> String {
        assert_eq!((self.code, self.errors.as_str()), (0, ""), "{}", self.output);
        self.output
    }

    /// Asserts failure with a one-line message and no output, and returns the message.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!((self.code, self.output.as_str()), (2, ""), "{}", self.errors);
        assert!(self.errors.starts_with("offprint: "), "{}", self.errors);
        assert_eq!(self.errors.matches('\n').count(), 1, "{}", self.errors);
        self.errors
    }
}
