//! A frame of the screen drawn into cells: at three sizes of the screen, and of the corpus. The
//! built-in corpus loaded.

mod made_up;

use divan::Bencher;
use offprint::app::{Event, Settings};
use offprint::cite::CiteStyle;
use offprint::domain::{Corpus, KeyPattern};
use offprint::library::Saved;
use offprint::shell::{Headless, Loader};
use offprint::sources::{Loading, Reading, Source};

fn main() {
    divan::main();
}

#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn one_frame(bencher: Bencher<'_, '_>, (width, height): (u16, u16)) {
    let mut program = Headless::new(Settings::default(), CiteStyle::default(), width, height);
    if let Ok(opened) = Loader::open(&[Source::Builtin], &Reading::default()) {
        program.load(opened, None);
    }
    bencher.bench_local(|| program.cells());
}

#[divan::bench(args = [10_000, 100_000, 1_000_000])]
fn one_frame_of_many_papers(bencher: Bencher<'_, '_>, papers: u32) {
    let mut program = Headless::new(Settings::default(), CiteStyle::default(), 120, 36);
    for (_, segment) in made_up::corpus(papers).segments() {
        program.feed(Event::Loading(Loading::Segment(segment.clone())));
    }
    program.feed(Event::Loading(Loading::Done));
    program.feed(Event::Began(Saved::of("tra")));
    bencher.bench_local(|| program.cells());
}

/// The built-in papers unpacked, read, joined and folded.
#[divan::bench]
fn the_built_in_corpus() -> Corpus {
    offprint::sources::builtin(&KeyPattern::default())
}
