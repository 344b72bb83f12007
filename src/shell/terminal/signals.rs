//! Operating-system signals as values.

/// A signal to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Exit with this code: 128 plus the signal number.
    Terminate(u8),
    /// Stop as a job of a shell; the terminal must be left first.
    Stop,
    /// The stopped program resumes; the content of the terminal is unknown.
    Continue,
}

#[cfg(unix)]
const SETTLE_DELAY: std::time::Duration = std::time::Duration::from_millis(10);

/// Starts the thread that posts signals.
///
/// # Errors
///
/// Returns an error if the system refuses a handler or a thread.
#[cfg(unix)]
pub fn watch(mut post: impl FnMut(Signal) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let all = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let forward = move || {
        loop {
            let mut numbers: Vec<i32> = signals.wait().collect();
            if numbers.contains(&SIGCONT) {
                // Signals sent to a stopped program are delivered just after SIGCONT. A pending
                // termination must be handled first, or the program would stop again.
                std::thread::sleep(SETTLE_DELAY);
                numbers.extend(signals.pending());
            }
            numbers.sort_unstable();
            numbers.dedup();
            numbers.into_iter().map(signal_from_number).for_each(&mut post);
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(forward)?;
    Ok(())
}

#[cfg(unix)]
fn signal_from_number(signal: i32) -> Signal {
    use signal_hook::consts::{SIGCONT, SIGTSTP};
    match signal {
        SIGCONT => Signal::Continue,
        SIGTSTP => Signal::Stop,
        number => Signal::Terminate(128 + u8::try_from(number).unwrap_or(0)),
    }
}

/// Does nothing: Windows has no such signals, and closing the console ends the program.
///
/// # Errors
///
/// Never returns an error.
#[cfg(not(unix))]
pub fn watch(_post: impl FnMut(Signal) + Send + 'static) -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::mpsc;

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM, SIGTSTP};
    use signal_hook::low_level::raise;

    use super::*;

    #[test]
    fn a_signal_becomes_what_it_asks_for() {
        let (sender, receiver) = mpsc::channel();
        watch(move |signal| sender.send(signal).unwrap()).unwrap();
        for (number, expected) in [
            (SIGTERM, Signal::Terminate(143)),
            (SIGHUP, Signal::Terminate(129)),
            (SIGTSTP, Signal::Stop),
            (SIGCONT, Signal::Continue),
        ] {
            raise(number).unwrap();
            assert_eq!(receiver.recv().unwrap(), expected);
        }
    }
}
