//! Child processes with a timeout, so that none can block the copy thread for ever.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use super::error::ProcessError;
use crate::text::sanitise;

/// Default timeout of a child process.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(2);
/// Limit of the output read from standard output and standard error.
const MAX_OUTPUT_BYTES: usize = 1 << 20;
/// Wait for the end of the output after the program has exited. The last output needs less.
const PIPE_END_TIMEOUT: Duration = Duration::from_millis(200);

/// Treatment of the program's standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OutputMode {
    Capture,
    /// A clipboard owner that goes into the background keeps its standard output open as long as it
    /// runs, so waiting for the end of the output would block.
    Discard,
}

/// Runs a program until it exits or the timeout passes, even if a program that it has started holds
/// its output. A late program is not killed: it may own
/// the selection, which the kill would clear.
///
/// # Errors
///
/// Returns an error if the program cannot be started, fails, or exceeds the timeout.
pub fn run(
    command: &mut Command,
    input: &str,
    output: OutputMode,
    deadline: Duration,
) -> Result<String, ProcessError> {
    let stdout = if output == OutputMode::Capture { Stdio::piped() } else { Stdio::null() };
    let mut child = detach(command)
        .stdin(Stdio::piped())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(ProcessError::NotStarted)?;
    write_stdin(&mut child, input);
    let captured = child.stdout.take().map(CapturedOutput::start);
    let complaint = child.stderr.take().map(read_first_line);
    let status = run_in_background(move || child.wait());

    let late = |_| ProcessError::TimedOut(deadline);
    let status = status.recv_timeout(deadline).map_err(late)?.map_err(ProcessError::NotStarted)?;
    if status.success() {
        Ok(captured.map_or_else(String::new, CapturedOutput::finish))
    } else {
        let complaint = complaint.and_then(|it| it.recv_timeout(deadline).ok()).unwrap_or_default();
        Err(ProcessError::Failed { status, complaint: sanitise(&complaint).trim().to_owned() })
    }
}

/// Puts the program into a process group of its own, so that neither the shell's hang-up nor the
/// suspension of Offprint reaches it.
pub fn detach(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command
}

/// Writes the text to the program's standard input and closes it. Write errors are ignored: the
/// exit status decides.
pub fn write_stdin(child: &mut Child, input: &str) {
    if let Some(mut stdin) = child.stdin.take() {
        let input = input.to_owned();
        thread::spawn(move || stdin.write_all(input.as_bytes()));
    }
}

pub fn run_in_background<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(job()));
    receiver
}

/// Output that is read as it arrives, because a program in the background may never close it.
struct CapturedOutput {
    bytes: Arc<Mutex<Vec<u8>>>,
    end: Receiver<()>,
}

impl CapturedOutput {
    fn start(mut output: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&bytes);
        let end = run_in_background(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                // Output beyond the limit is read and discarded: a closed pipe would kill the program.
                if let Ok(mut read) = shared.lock()
                    && read.len() < MAX_OUTPUT_BYTES
                {
                    read.extend_from_slice(&buffer[..count]);
                }
            }
        });
        Self { bytes, end }
    }

    /// The output of a program that has exited.
    fn finish(self) -> String {
        // Without an end, another program holds the pipe, and everything written has been read.
        let _ = self.end.recv_timeout(PIPE_END_TIMEOUT);
        let read = self.bytes.lock().map(|mut it| std::mem::take(&mut *it)).unwrap_or_default();
        String::from_utf8_lossy(&read).into_owned()
    }
}

/// Sends the first line as soon as it is read, since a program in the background keeps the pipe
/// open. The rest is read and discarded: a closed pipe would kill a program that still writes.
fn read_first_line(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        let end = output.by_ref().take(MAX_OUTPUT_BYTES as u64).read_until(b'\n', &mut line);
        let line =
            end.map_or_else(|_| String::new(), |_| String::from_utf8_lossy(&line).into_owned());
        sender.send(line).ok();
        io::copy(&mut output, &mut io::sink())
    });
    receiver
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn run_shell(script: &str) -> Result<String, ProcessError> {
        run(&mut shell(script), "text", OutputMode::Capture, DEFAULT_TIMEOUT)
    }

    #[test]
    fn the_text_is_the_standard_input() {
        assert_eq!(run_shell("cat").unwrap(), "text");
    }

    #[test]
    fn a_failure_tells_the_status_and_the_first_complaint() {
        let script = "echo '\u{1b}[31mno display' >&2; seq 100000 >&2; exit 3";
        let message = run_shell(script).unwrap_err().to_string();
        assert!(message.starts_with("failed (exit status: 3): "), "{message}");
        assert!(message.ends_with("no display"), "{message}");
        assert!(!message.contains('\u{1b}'), "{message}");
        let silent = run_shell("exit 1").unwrap_err().to_string();
        assert_eq!(silent, "failed (exit status: 1)");
    }

    #[test]
    fn a_program_that_is_not_there_is_told() {
        let result =
            run(&mut Command::new("no-such-program"), "", OutputMode::Capture, DEFAULT_TIMEOUT);
        assert!(matches!(result, Err(ProcessError::NotStarted(_))));
    }

    #[test]
    fn a_program_that_reads_nothing_is_judged_by_its_end() {
        let long_text = "x".repeat(1_000_000);
        assert!(
            run(&mut shell("exit 0"), &long_text, OutputMode::Discard, DEFAULT_TIMEOUT).is_ok()
        );
    }

    #[test]
    fn a_program_that_leaves_another_at_its_output_has_ended() {
        let directory = tempfile::tempdir().unwrap();
        let gate = directory.path().join("gate");
        assert!(Command::new("mkfifo").arg(&gate).status().unwrap().success());
        let mut command = shell("echo told; (read word < gate; echo $word > gate) &");
        command.current_dir(&directory);
        let output = run(&mut command, "", OutputMode::Capture, DEFAULT_TIMEOUT);
        assert_eq!(output.unwrap(), "told\n");
        std::fs::write(&gate, "alive\n").unwrap();
        assert_eq!(std::fs::read_to_string(&gate).unwrap(), "alive\n");
    }

    #[test]
    fn a_late_program_is_left_to_finish() {
        let directory = tempfile::tempdir().unwrap();
        let gate = directory.path().join("gate");
        let mkfifo_status = Command::new("mkfifo").arg(&gate).status().unwrap();
        assert!(mkfifo_status.success());
        let script = "read word < gate; echo $word > gate";
        let mut command = shell(script);
        command.current_dir(&directory);
        let late = run(&mut command, "", OutputMode::Discard, Duration::from_millis(1));
        assert!(matches!(late, Err(ProcessError::TimedOut(_))));
        std::fs::write(&gate, "alive\n").unwrap();
        assert_eq!(std::fs::read_to_string(&gate).unwrap(), "alive\n");
    }
}
