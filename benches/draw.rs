//! The built-in corpus loaded, and one frame of the screen drawn into cells, at three sizes.

use offprint::app::Settings;
use offprint::cite::CiteStyle;
use offprint::shell::{Headless, Loader};
use offprint::sources::{Reading, Source};

fn main() {
    divan::main();
}

#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn one_frame(bencher: divan::Bencher<'_, '_>, (width, height): (u16, u16)) {
    let mut program = Headless::new(Settings::default(), CiteStyle::default(), width, height);
    if let Ok(opened) = Loader::open(&[Source::Builtin], &Reading::default()) {
        program.load(opened);
    }
    bencher.bench_local(|| program.cells());
}

/// The built-in papers unpacked, read, joined and folded.
#[divan::bench]
fn the_built_in_corpus() -> offprint::domain::Corpus {
    offprint::sources::builtin()
}
