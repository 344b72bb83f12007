//! What the system asks of the program, as values: end, stop, go on.

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// End, with this exit code: 128 and the signal's number.
    Terminate(u8),
    /// Stop as a shell's job does: the terminal is to be given back first.
    Stop,
    /// The program was stopped and goes on; the terminal may show anything.
    Continue,
}

#[cfg(unix)]
const SETTLE_DELAY: std::time::Duration = std::time::Duration::from_millis(10);

/// Starts the thread that posts signals from now on.
///
/// # Errors
///
/// The system refused a handler or a thread.
#[cfg(unix)]
pub fn watch(mut post: impl FnMut(Signal) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    let all = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGCONT, SIGTSTP];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let forward = move || {
        loop {
            let mut came: Vec<i32> = signals.wait().collect();
            if came.contains(&SIGCONT) {
                // What was sent to a stopped program is delivered just after the news that it
                // goes on, and comes first: one that is to end must not stop again.
                std::thread::sleep(SETTLE_DELAY);
                came.extend(signals.pending());
            }
            came.sort_unstable();
            came.dedup();
            came.into_iter().map(signal_from_number).for_each(&mut post);
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

/// Windows has no such signals; closing the console ends the program.
///
/// # Errors
///
/// None.
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
        for (number, asked) in [
            (SIGTERM, Signal::Terminate(143)),
            (SIGHUP, Signal::Terminate(129)),
            (SIGTSTP, Signal::Stop),
            (SIGCONT, Signal::Continue),
        ] {
            raise(number).unwrap();
            assert_eq!(receiver.recv().unwrap(), asked);
        }
    }
}
