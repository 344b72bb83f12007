//! Benchmark of drawing a frame into cells, for three sizes of the screen and of the corpus, and of
//! loading the built-in corpus.

mod made_up;

use divan::Bencher;
use offprint::app::{Event, Settings};
use offprint::cite::CiteOptions;
use offprint::domain::{Corpus, KeyPattern};
use offprint::library::SavedSearch;
use offprint::shell::{Headless, Loader};
use offprint::sources::{LoadEvent, ReadOptions, Source};

fn main() {
    divan::main();
}

#[divan::bench(args = [(80, 24), (120, 36), (200, 60)])]
fn one_frame(bencher: Bencher<'_, '_>, (width, height): (u16, u16)) {
    let mut program = Headless::new(Settings::default(), CiteOptions::default(), width, height);
    if let Ok(opened) = Loader::open(&[Source::Builtin], &ReadOptions::default()) {
        program.load(opened, None);
    }
    bencher.bench_local(|| program.cells());
}

#[divan::bench(args = [10_000, 100_000, 1_000_000])]
fn one_frame_of_many_papers(bencher: Bencher<'_, '_>, papers: u32) {
    let mut program = Headless::new(Settings::default(), CiteOptions::default(), 120, 36);
    for (_, segment) in made_up::corpus(papers).segments() {
        program.feed(Event::Load(LoadEvent::Segment(segment.clone())));
    }
    program.feed(Event::Load(LoadEvent::Done));
    program.feed(Event::InitialSearch(SavedSearch::from_query("tra")));
    bencher.bench_local(|| program.cells());
}

/// Decompresses, parses, merges and folds the built-in papers.
#[divan::bench]
fn the_built_in_corpus() -> Corpus {
    offprint::sources::builtin_corpus(&KeyPattern::default())
}
