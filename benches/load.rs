//! Benchmark of loading: throughput, time to the first papers, and memory per column. Loads made-up
//! papers of three sizes, or the files in `OFFPRINT_CORPUS`, separated by colons.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use offprint::domain::{Corpus, Deduplicator};
use offprint::sources::{LoadControl, LoadEvent, ReadOptions, Source, load_all, open};

const SIZES: [usize; 3] = [1_000, 30_000, 300_000];

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(named) = std::env::var_os("OFFPRINT_CORPUS") {
        return std::env::split_paths(&named).try_for_each(|path| measure(&path));
    }
    let directory = tempfile::tempdir()?;
    for papers in SIZES {
        measure(&made_up(directory.path(), papers)?)?;
    }
    Ok(())
}

fn measure(path: &Path) -> Result<(), Box<dyn Error>> {
    let before = private_bytes();
    let started = Instant::now();
    let opened = open(Source::File(path.to_owned()), &ReadOptions::default())?;
    let (mut corpus, mut first) = (Corpus::default(), Duration::ZERO);
    load_all(vec![opened], None, &LoadControl::default(), &mut |it| {
        if let LoadEvent::Segment(segment) = it {
            if corpus.is_empty() {
                first = started.elapsed();
            }
            corpus.push(segment);
        }
    });
    let took = started.elapsed();
    let megabytes = fs::metadata(path)?.len() as f64 / 1e6;
    println!(
        "{}: {} papers, {megabytes:.0} MB in {:.2} s, {:.0} MB/s, first papers after {:.0} ms",
        path.display(),
        corpus.len(),
        took.as_secs_f64(),
        megabytes / took.as_secs_f64(),
        first.as_secs_f64() * 1000.0,
    );
    if let (Some(before), Some(after)) = (before, private_bytes()) {
        println!("  private memory: {:.0} MB more than before", (after - before) / 1e6);
    }
    print_columns(&corpus);
    print_linking(&corpus);
    Ok(())
}

/// Time and memory of the deduplication of loaded papers.
fn print_linking(corpus: &Corpus) {
    let (before, started) = (private_bytes(), Instant::now());
    let mut linker = Deduplicator::default();
    let overlay = corpus.segments().filter_map(|(_, it)| linker.add_segment(it)).last();
    let nanoseconds = started.elapsed().as_secs_f64() * 1e9 / f64::from(corpus.len().max(1));
    let memory = before.zip(private_bytes()).map_or(0.0, |(before, after)| after - before);
    let found = if overlay.is_some() { "some" } else { "none" };
    let megabytes = memory / 1e6;
    println!(
        "  papers met before: {found}, {nanoseconds:.0} ns a paper, {megabytes:.0} MB meanwhile"
    );
}

/// Memory per paper of each column.
fn print_columns(corpus: &Corpus) {
    let mut columns: Vec<(&str, usize)> = Vec::new();
    for (_, segment) in corpus.segments() {
        for (at, (name, bytes)) in segment.column_bytes().into_iter().enumerate() {
            match columns.get_mut(at) {
                Some((_, sum)) => *sum += bytes,
                None => columns.push((name, bytes)),
            }
        }
    }
    let papers = f64::from(corpus.len().max(1));
    let all: usize = columns.iter().map(|(_, bytes)| bytes).sum();
    for (name, bytes) in columns.into_iter().chain([("all", all)]) {
        println!("  {name:<24} {:>7.1} bytes a paper", bytes as f64 / papers);
    }
}

/// Private memory of this process, where the system reports it.
fn private_bytes() -> Option<f64> {
    let rollup = fs::read_to_string("/proc/self/smaps_rollup").ok()?;
    let lines = rollup.lines().filter(|it| it.starts_with("Private_"));
    let kilobytes = lines.filter_map(|it| it.split_whitespace().nth(1)?.parse::<f64>().ok());
    Some(kilobytes.sum::<f64>() * 1024.0)
}

/// Writes papers in the layout of the arXiv snapshot.
fn made_up(directory: &Path, papers: usize) -> std::io::Result<PathBuf> {
    const WORDS: [&str; 12] = [
        "deep", "graph", "networks", "of", "sparse", "learning", "for", "quantum", "fields",
        "memory", "in", "brains",
    ];
    let word = |seed: usize| WORDS[seed.wrapping_mul(2_654_435_761) / 7 % WORDS.len()];
    let words = |seed: usize, count: usize| {
        (0..count).map(|it| word(seed * 31 + it * 17)).collect::<Vec<_>>().join(" ")
    };
    let path = directory.join(format!("{papers}.jsonl"));
    let mut file = BufWriter::new(File::create(&path)?);
    for paper in 0..papers {
        let month = 1 + paper % 12;
        writeln!(
            file,
            "{{\"id\":\"{:02}{month:02}.{:05}\",\"submitter\":\"A. Name\",\"authors\":\"Ada Name and \
             B{paper} Other\",\"title\":\"{}\",\"comments\":\"{} pages\",\"journal-ref\":null,\
             \"doi\":null,\"report-no\":null,\"categories\":\"cs.LG cs.AI\",\"license\":null,\
             \"abstract\":\"  {}.\\n\",\"versions\":[{{\"version\":\"v1\",\"created\":\"Mon, 2 Apr \
             2007 19:18:42 GMT\"}}],\"update_date\":\"2008-11-26\",\"authors_parsed\":[[\"Name\",\
             \"Ada\",\"\"],[\"Other\",\"B{paper}\",\"\"]]}}",
            15 + paper / 12 % 10,
            paper % 100_000,
            words(paper, 9),
            1 + paper % 40,
            words(paper + 1, 150),
        )?;
    }
    file.flush()?;
    Ok(path)
}
