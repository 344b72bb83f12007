//! Mutated files through all readers and writers: panics, outputs that are no JSON, and the slowest.
//!
//! ```sh
//! cargo bench --bench mutations --profile dev -- 10000
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../tests/fuzz/checks.rs"]
#[expect(dead_code, reason = "the readers alone are measured")]
mod checks;
#[path = "../tests/fuzz/mutations.rs"]
mod mutations;
#[path = "../tests/fuzz/samples.rs"]
mod samples;

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use mutations::{Random, mutated};
use samples::SAMPLES;

/// An input that takes longer counts as a hang.
const HANG: Duration = Duration::from_secs(5);

fn main() {
    let told = std::env::args().skip(1).find_map(|it| it.parse().ok());
    let inputs: usize = told.unwrap_or(10_000);
    let mut random = Random::new(2);
    let (mut failures, mut hangs, mut slowest) = (0, 0, (Duration::ZERO, 0, ""));
    for at in 0..inputs {
        let (format, file) = SAMPLES[at % SAMPLES.len()];
        let (_, other) = SAMPLES[at / SAMPLES.len() % SAMPLES.len()];
        let bytes = mutated(file, other, &mut random);
        let start = Instant::now();
        let outcome = catch_unwind(|| {
            checks::reader(format, &bytes);
            checks::detected(&bytes);
        });
        let took = start.elapsed();
        failures += usize::from(outcome.is_err());
        hangs += usize::from(took > HANG);
        slowest = slowest.max((took, at, format.name()));
    }
    let (took, at, format) = slowest;
    println!(
        "{inputs} inputs: {failures} panics or wrong outputs, {hangs} over {} s; slowest {} ms, input {at}, {format}",
        HANG.as_secs(),
        took.as_millis()
    );
}
