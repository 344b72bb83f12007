//! Peeks at standard input without consuming it, because a shell loop or a script may read from it.

#[cfg(not(unix))]
use std::io::{self, IsTerminal};

use crate::formats::UnrecognisedInput;
use crate::sources::options::ReadOptions;

/// Contents of standard input, from its first 64 KiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StandardInput {
    /// A terminal, a device such as `/dev/null`, or closed.
    Absent,
    /// A file that another process has begun to read: the list of a shell loop, or the running
    /// script.
    Shared,
    /// Papers, or a stream that has not shown its contents yet.
    Papers,
    NoPapers(UnrecognisedInput),
    /// A stream without a byte so far.
    Silent,
}

/// Time that a stream has to show its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeekTimeout {
    /// A tenth of a second, because the screen can show that nothing has arrived yet.
    Short,
    /// A second for the first byte, and no limit after it. An SSH session without a terminal has a
    /// stream that never ends.
    FirstByte,
    /// No limit.
    Unbounded,
}

impl StandardInput {
    /// Peeks at standard input without consuming it, for this process and those that share it.
    /// Pipes can be peeked at on Linux only; elsewhere they count as papers. Calls `on_wait` once
    /// if the contents are unknown after a second.
    #[cfg_attr(not(unix), expect(unused_variables, reason = "only Unix can look without reading"))]
    pub fn peek(options: &ReadOptions, timeout: PeekTimeout, on_wait: &mut dyn FnMut()) -> Self {
        #[cfg(unix)]
        return unix::peek(&std::io::stdin(), options, timeout, on_wait);
        #[cfg(not(unix))]
        if io::stdin().is_terminal() { Self::Absent } else { Self::Papers }
    }
}

#[cfg(unix)]
mod unix {
    use std::os::fd::{AsFd, BorrowedFd};
    use std::thread;
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::fs::{FileType, fstat, tell};
    use rustix::io::{Errno, pread};
    use rustix::net::{RecvFlags, recv};

    use super::{PeekTimeout, StandardInput};
    use crate::sources::input::peek::HEAD_LEN;
    use crate::sources::open::contents::{detect_contents, may_become_papers};
    use crate::sources::options::ReadOptions;

    const SHORT_TIMEOUT: Duration = Duration::from_millis(100);
    /// Silence after which `on_wait` is called, or the stream counts as silent.
    const NOTICE_DELAY: Duration = Duration::from_secs(1);
    /// Time between two peeks at a stream that has not shown enough.
    const PEEK_INTERVAL: Duration = Duration::from_millis(20);
    /// Number of waiting bytes from which on a pipe may be full, so that its writer blocks until it
    /// is read.
    const MIN_FULL_PIPE_LEN: usize = 4 << 10;
    /// Time without new bytes after which the writer counts as blocked.
    const STALL_TIMEOUT: Duration = Duration::from_secs(1);
    #[cfg(target_os = "linux")]
    const HANGUP: PollFlags = PollFlags::HUP.union(PollFlags::RDHUP);
    #[cfg(not(target_os = "linux"))]
    const HANGUP: PollFlags = PollFlags::HUP;

    /// Copies the waiting bytes of a stream, without consuming them.
    type PeekFn = fn(BorrowedFd<'_>) -> Result<Vec<u8>, Errno>;

    pub fn peek(
        input: &impl AsFd,
        options: &ReadOptions,
        timeout: PeekTimeout,
        on_wait: &mut dyn FnMut(),
    ) -> StandardInput {
        let input = input.as_fd();
        let Ok(status) = fstat(input) else { return StandardInput::Absent };
        match FileType::from_raw_mode(status.st_mode) {
            FileType::RegularFile => peek_file(input, options),
            FileType::Fifo => peek_stream(input, options, timeout, peek_pipe, on_wait),
            FileType::Socket => peek_stream(input, options, timeout, peek_socket, on_wait),
            _ => StandardInput::Absent,
        }
    }

    /// Detects the contents of a file. Leaves its offset unchanged, which other processes may
    /// share.
    fn peek_file(input: BorrowedFd<'_>, options: &ReadOptions) -> StandardInput {
        if tell(input).is_ok_and(|offset| offset > 0) {
            return StandardInput::Shared;
        }
        let mut head = vec![0; HEAD_LEN];
        let mut len = 0;
        while len < head.len() {
            match pread(input, &mut head[len..], len as u64) {
                Ok(0) => break,
                Ok(read) => len += read,
                Err(Errno::INTR) => {}
                // Open for writing only, or broken.
                Err(_) => return StandardInput::Absent,
            }
        }
        match detect_contents(&head[..len], options) {
            Ok(_) => StandardInput::Papers,
            Err(reason) => StandardInput::NoPapers(reason),
        }
    }

    fn peek_stream(
        input: BorrowedFd<'_>,
        options: &ReadOptions,
        timeout: PeekTimeout,
        peek: PeekFn,
        on_wait: &mut dyn FnMut(),
    ) -> StandardInput {
        let start = Instant::now();
        let (mut len, mut last_growth, mut on_wait) = (0, start, Some(on_wait));
        loop {
            let elapsed = start.elapsed();
            if elapsed >= NOTICE_DELAY && len == 0 && timeout == PeekTimeout::FirstByte {
                return StandardInput::Silent;
            }
            if elapsed >= NOTICE_DELAY
                && let Some(notify) = on_wait.take()
            {
                notify();
            }
            let limit = match timeout {
                PeekTimeout::Short => match SHORT_TIMEOUT.checked_sub(elapsed) {
                    Some(remaining) => Some(remaining),
                    None => return StandardInput::Papers,
                },
                PeekTimeout::FirstByte | PeekTimeout::Unbounded => {
                    on_wait.is_some().then(|| NOTICE_DELAY.saturating_sub(elapsed))
                }
            };
            let has_ended = wait_readable(input, limit);
            // A stream that cannot be peeked at must be read.
            let Ok(head) = peek(input) else { return StandardInput::Papers };
            match detect_contents(&head, options) {
                Ok(_) => return StandardInput::Papers,
                Err(reason)
                    if has_ended || head.len() >= HEAD_LEN || !may_become_papers(&reason) =>
                {
                    return StandardInput::NoPapers(reason);
                }
                Err(_) if head.len() > len => (len, last_growth) = (head.len(), Instant::now()),
                // More bytes arrive only if the stream is read.
                Err(_) if len >= MIN_FULL_PIPE_LEN && last_growth.elapsed() >= STALL_TIMEOUT => {
                    return StandardInput::Papers;
                }
                Err(_) => {}
            }
            if !head.is_empty() {
                thread::sleep(PEEK_INTERVAL);
            }
        }
    }

    /// Waits until the stream is readable. Returns true if its writer has closed it.
    fn wait_readable(input: BorrowedFd<'_>, limit: Option<Duration>) -> bool {
        let limit = limit.and_then(|it| Timespec::try_from(it).ok());
        let mut polled = [PollFd::from_borrowed_fd(input, PollFlags::IN | HANGUP)];
        // An interrupted wait only shortens the interval.
        let _ = poll(&mut polled, limit.as_ref());
        polled[0].revents().intersects(HANGUP | PollFlags::ERR | PollFlags::NVAL)
    }

    #[cfg(target_os = "linux")]
    fn peek_pipe(input: BorrowedFd<'_>) -> Result<Vec<u8>, Errno> {
        use rustix::pipe::{PipeFlags, SpliceFlags, pipe_with, tee};
        let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
        match tee(input, &writer, HEAD_LEN, SpliceFlags::NONBLOCK) {
            Ok(_) => {}
            Err(Errno::AGAIN | Errno::INTR) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        }
        drop(writer);
        let mut head = Vec::new();
        let read = std::io::Read::read_to_end(&mut std::fs::File::from(reader), &mut head);
        read.map_err(|_| Errno::IO)?;
        Ok(head)
    }

    #[cfg(not(target_os = "linux"))]
    fn peek_pipe(_: BorrowedFd<'_>) -> Result<Vec<u8>, Errno> {
        Err(Errno::NOSYS)
    }

    fn peek_socket(input: BorrowedFd<'_>) -> Result<Vec<u8>, Errno> {
        let mut head = vec![0; HEAD_LEN];
        match recv(input, &mut head[..], RecvFlags::PEEK | RecvFlags::DONTWAIT) {
            Ok((len, _)) => {
                head.truncate(len);
                Ok(head)
            }
            Err(Errno::AGAIN | Errno::INTR) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    #[cfg(test)]
    mod tests {
        use std::fs::File;
        use std::io::{self, Read, Seek, SeekFrom, Write};
        use std::os::unix::net::UnixStream;

        use super::*;
        use crate::formats::UnrecognisedInput;

        const PAPER: &[u8] = b"{\"title\": \"On looms\"}\n";

        fn look_at(input: &impl AsFd) -> StandardInput {
            peek(input, &ReadOptions::default(), PeekTimeout::Unbounded, &mut || {})
        }

        fn file_with(bytes: &[u8]) -> File {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            file.rewind().unwrap();
            file
        }

        #[test]
        fn a_file_is_judged_and_left_at_its_start() {
            let mut papers = file_with(PAPER);
            assert_eq!(look_at(&papers), StandardInput::Papers);
            assert_eq!(papers.stream_position().unwrap(), 0);
            let text = StandardInput::NoPapers(UnrecognisedInput::OtherText);
            assert_eq!(look_at(&file_with(b"looms\nengines\n")), text);
            assert_eq!(look_at(&file_with(b"")), StandardInput::NoPapers(UnrecognisedInput::Empty));
        }

        #[test]
        fn a_file_that_another_has_begun_to_read_is_shared_even_at_its_end() {
            let mut list = file_with(PAPER);
            for offset in [1, PAPER.len() as u64] {
                list.seek(SeekFrom::Start(offset)).unwrap();
                assert_eq!(look_at(&list), StandardInput::Shared);
                assert_eq!(list.stream_position().unwrap(), offset);
            }
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_pipe_is_judged_and_every_byte_stays_in_it() {
            for (bytes, expected) in [
                (PAPER, StandardInput::Papers),
                (b"looms\nengines\n", StandardInput::NoPapers(UnrecognisedInput::OtherText)),
                (b"", StandardInput::NoPapers(UnrecognisedInput::Empty)),
            ] {
                let (mut reader, mut writer) = io::pipe().unwrap();
                writer.write_all(bytes).unwrap();
                drop(writer);
                assert_eq!(look_at(&reader), expected);
                let mut remaining_bytes = Vec::new();
                reader.read_to_end(&mut remaining_bytes).unwrap();
                assert_eq!(remaining_bytes, bytes);
            }
        }

        #[test]
        fn a_socket_is_judged_and_every_byte_stays_in_it() {
            for (bytes, expected) in [
                (PAPER, StandardInput::Papers),
                (b"looms\nengines\n", StandardInput::NoPapers(UnrecognisedInput::OtherText)),
                (b"", StandardInput::NoPapers(UnrecognisedInput::Empty)),
            ] {
                let (mut reader, mut writer) = UnixStream::pair().unwrap();
                writer.write_all(bytes).unwrap();
                drop(writer);
                assert_eq!(look_at(&reader), expected);
                let mut remaining_bytes = Vec::new();
                reader.read_to_end(&mut remaining_bytes).unwrap();
                assert_eq!(remaining_bytes, bytes);
            }
        }

        #[test]
        fn a_silent_stream_is_given_a_chance_on_a_screen() {
            let (reader, _theirs) = UnixStream::pair().unwrap();
            let result = peek(&reader, &ReadOptions::default(), PeekTimeout::Short, &mut || {});
            assert_eq!(result, StandardInput::Papers);
        }

        #[test]
        fn a_stream_without_a_byte_is_silent_if_it_has_a_second_for_it() {
            let (reader, mut writer) = UnixStream::pair().unwrap();
            let look =
                || peek(&reader, &ReadOptions::default(), PeekTimeout::FirstByte, &mut || {});
            assert_eq!(look(), StandardInput::Silent);
            writer.write_all(PAPER).unwrap();
            drop(writer);
            assert_eq!(look(), StandardInput::Papers);
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_slow_writer_is_waited_for_until_its_papers_show() {
            let (reader, mut writer) = io::pipe().unwrap();
            writer.write_all(&PAPER[..3]).unwrap();
            let slow = std::thread::spawn(move || {
                writer.write_all(&PAPER[3..]).unwrap();
                writer
            });
            assert_eq!(look_at(&reader), StandardInput::Papers);
            slow.join().unwrap();
        }

        #[test]
        fn a_device_brings_nothing() {
            assert_eq!(look_at(&File::open("/dev/null").unwrap()), StandardInput::Absent);
        }
    }
}
