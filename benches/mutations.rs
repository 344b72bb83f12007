//! Runs mutated files through all readers and writers: reports panics, output that is not JSON, and
//! the slowest inputs.
//!
//! ```sh cargo bench --bench mutations --profile dev -- 10000 ```

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

#[path = "../tests/fuzz/checks.rs"]
#[expect(dead_code, reason = "the readers alone are measured")]
mod checks;
#[path = "../tests/fuzz/mutations.rs"]
mod mutations;
#[path = "../tests/fuzz/samples.rs"]
mod samples;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use offprint::domain::Corpus;
use offprint::formats::detect;

use mutations::{Random, mutated};
use samples::SAMPLES;

/// Time after which reading or writing an input counts as a hang.
const HANG: Duration = Duration::from_secs(5);

fn main() {
    let told = std::env::args().skip(1).find_map(|it| it.parse().ok());
    let inputs: usize = told.unwrap_or(10_000);
    let mut random = Random::new(2);
    let (mut failures, mut hangs, mut slowest) = (0, 0, (Duration::ZERO, String::new()));
    for at in 0..inputs {
        let (format, file) = SAMPLES[at % SAMPLES.len()];
        let (_, other) = SAMPLES[at / SAMPLES.len() % SAMPLES.len()];
        let bytes = mutated(file, other, &mut random);
        let mut step = |name: &str, run: &mut dyn FnMut()| {
            let start = Instant::now();
            failures += usize::from(catch_unwind(AssertUnwindSafe(run)).is_err());
            let took = start.elapsed();
            hangs += usize::from(took > HANG);
            if took > slowest.0 {
                slowest = (took, format!("input {at}, {}, {name}", format.name()));
            }
        };
        for format in [Some(format), detect(&bytes).ok()].into_iter().flatten() {
            let mut corpus = Corpus::default();
            step("read", &mut || corpus = checks::corpus(format, &bytes));
            for form in checks::forms() {
                step(form.field_name(), &mut || checks::writer(form, &corpus));
            }
        }
    }
    let (took, what) = slowest;
    println!(
        "{inputs} inputs: {failures} panics or wrong outputs, {hangs} steps over {} s; slowest {} ms, {what}",
        HANG.as_secs(),
        took.as_millis()
    );
}
