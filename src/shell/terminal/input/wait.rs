//! Blocks until the terminal has input, and detects a hang-up.

#[cfg(all(unix, not(target_os = "macos")))]
pub use by_poll::Waiter;

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub use by_library::Waiter;

/// Waits with poll(2), since crossterm's own wait spins for ever on a terminal that has hung up.
#[cfg(all(unix, not(target_os = "macos")))]
mod by_poll {
    use std::fs::File;
    use std::io::{self, IsTerminal as _, Read as _};
    use std::os::fd::{AsFd as _, OwnedFd};
    use std::os::unix::net::UnixStream;

    use rustix::event::{PollFd, PollFlags, poll};

    #[derive(Debug)]
    pub struct Waiter {
        terminal: OwnedFd,
        /// Readable after the terminal was resized.
        resized: UnixStream,
    }

    impl Waiter {
        pub fn new() -> io::Result<Self> {
            let stdin = io::stdin();
            let terminal = if stdin.is_terminal() {
                stdin.as_fd().try_clone_to_owned()?
            } else {
                File::open("/dev/tty")?.into()
            };
            let (resized, sender) = UnixStream::pair()?;
            resized.set_nonblocking(true)?;
            signal_hook::low_level::pipe::register(signal_hook::consts::SIGWINCH, sender)?;
            Ok(Self { terminal, resized })
        }

        /// Blocks without a timeout.
        pub fn wait(&self) -> io::Result<()> {
            let mut descriptors = [
                PollFd::new(&self.terminal, PollFlags::IN),
                PollFd::new(&self.resized, PollFlags::IN),
            ];
            let mut result = poll(&mut descriptors, None);
            while result == Err(rustix::io::Errno::INTR) {
                result = poll(&mut descriptors, None);
            }
            result?;
            let closed = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
            if descriptors[0].revents().intersects(closed) {
                return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the terminal has hung up"));
            }
            // The resize event itself comes from crossterm.
            while matches!((&self.resized).read(&mut [0; 64]), Ok(1..)) {}
            Ok(())
        }
    }
}

/// Waits through crossterm: on macOS poll(2) does not support terminals, and Windows has no
/// poll(2).
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod by_library {
    use std::io;
    use std::time::Duration;

    const HOUR: Duration = Duration::from_secs(3600);

    #[derive(Debug)]
    pub struct Waiter;

    impl Waiter {
        #[expect(clippy::unnecessary_wraps, reason = "elsewhere it opens the terminal")]
        pub fn new() -> io::Result<Self> {
            Ok(Self)
        }

        /// Blocks without a timeout.
        #[expect(clippy::unused_self, reason = "elsewhere it holds the terminal")]
        pub fn wait(&self) -> io::Result<()> {
            while !crossterm::event::poll(HOUR)? {}
            Ok(())
        }
    }
}
