//! Benchmark of the order by interest: `cargo bench --bench interest -- FILE [STARS]`, with a file
//! of papers that have categories of arXiv.
//!
//! The reader stars the papers of one category of three, and passes over the others. The model is
//! trained on half of the papers and ranks the other half: by its scores, by the likeness to the
//! nearest starred paper, and in the order of arrival. A ranking is measured by its average
//! precision: the mean, over the papers to be starred, of the share of such papers up to it.

#![expect(clippy::print_stdout, reason = "the table is what it is run for")]

use std::collections::BTreeMap;
use std::time::Instant;

use offprint::domain::{InterestModel, PaperTexts};
use offprint::sources::{Source, load_corpus};

/// Papers of a category that are read, evenly over the file.
const MAX_PAPERS: usize = 1_000;
/// Archives that are measured, those with most papers in their three largest categories.
const ARCHIVES: usize = 6;
/// Papers for which the time of training is measured.
const TIMED_PAPERS: usize = 10_000;

struct Paper {
    title: String,
    abstract_text: String,
}

impl Paper {
    fn texts(&self) -> PaperTexts<'_> {
        PaperTexts { title: &self.title, abstract_text: &self.abstract_text }
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let Some(path) = arguments.first() else {
        println!("Name a file of papers: cargo bench --bench interest -- FILE [STARS]");
        return;
    };
    let stars = arguments.get(1).and_then(|it| it.parse().ok());
    let categories = read_categories(path);
    let star_counts = stars.map_or_else(|| vec![20, 50, 200, usize::MAX], |it| vec![it]);
    for stars in star_counts {
        measure(&categories, stars);
    }
    time_training(&categories);
}

/// The papers of each category by their first one, in order of the file.
fn read_categories(path: &str) -> BTreeMap<String, Vec<Paper>> {
    let (corpus, _) = load_corpus(Source::File(path.into())).expect("papers");
    let mut categories: BTreeMap<String, Vec<Paper>> = BTreeMap::new();
    for (id, paper) in corpus.papers() {
        let Some(category) = paper.categories.split(' ').next().filter(|it| it.contains('.'))
        else {
            continue;
        };
        let abstract_text = corpus.abstract_text(id).unwrap_or_default().into_owned();
        let texts = Paper { title: paper.title.to_owned(), abstract_text };
        categories.entry(category.to_owned()).or_default().push(texts);
    }
    for papers in categories.values_mut() {
        let step = papers.len().div_ceil(MAX_PAPERS).max(1);
        *papers = std::mem::take(papers).into_iter().step_by(step).collect();
    }
    categories
}

/// The three largest categories of each archive, those of the largest archives first.
fn triples(categories: &BTreeMap<String, Vec<Paper>>) -> Vec<Vec<&str>> {
    let mut archives: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for category in categories.keys() {
        let archive = category.split('.').next().unwrap_or_default();
        archives.entry(archive).or_default().push(category);
    }
    let mut triples: Vec<Vec<&str>> = archives.into_values().filter(|it| it.len() >= 3).collect();
    for triple in &mut triples {
        triple.sort_by_key(|it| std::cmp::Reverse(categories[*it].len()));
        triple.truncate(3);
    }
    triples.sort_by_key(|it| {
        std::cmp::Reverse(it.iter().map(|it| categories[*it].len()).sum::<usize>())
    });
    triples.truncate(ARCHIVES);
    triples
}

/// Prints the average precision of each ranking with at most so many starred papers.
fn measure(categories: &BTreeMap<String, Vec<Paper>>, stars: usize) {
    let count = if stars == usize::MAX { "all of one half".to_owned() } else { stars.to_string() };
    println!("\nstars: {count}");
    println!("{:<20} {:>8} {:>8} {:>8}  among", "starred", "model", "nearest", "arrival");
    let mut sums = [0.0; 3];
    let mut rows = 0.0;
    for triple in triples(categories) {
        for starred in &triple {
            let Some(precisions) = ranked(categories, &triple, starred, stars) else { continue };
            let [model, nearest, arrival] = precisions;
            println!(
                "{starred:<20} {model:>8.3} {nearest:>8.3} {arrival:>8.3}  {}",
                triple.join(", ")
            );
            for (sum, precision) in sums.iter_mut().zip(precisions) {
                *sum += precision;
            }
            rows += 1.0;
        }
    }
    let [model, nearest, arrival] = sums.map(|it| it / rows);
    println!("{:<20} {model:>8.3} {nearest:>8.3} {arrival:>8.3}", "mean");
}

/// The average precision by model, nearest star and arrival; `None` with too few stars.
fn ranked(
    categories: &BTreeMap<String, Vec<Paper>>,
    triple: &[&str],
    starred: &str,
    stars: usize,
) -> Option<[f64; 3]> {
    let (mut positive, mut negative, mut held_out) = (Vec::new(), Vec::new(), Vec::new());
    for category in triple {
        for (at, paper) in categories[*category].iter().enumerate() {
            let is_starred = *category == starred;
            match at % 2 {
                0 if is_starred => positive.push(paper.texts()),
                0 => negative.push(paper.texts()),
                // Papers arrive mixed: those at one place of their categories stand together.
                _ => held_out.push((at, is_starred, paper.texts())),
            }
        }
    }
    positive.truncate(stars);
    held_out.sort_by_key(|(at, ..)| *at);
    let model = InterestModel::train(&positive, &negative)?;
    let by = |score: &dyn Fn(PaperTexts<'_>) -> f32| {
        let mut ranking: Vec<(f32, bool)> =
            held_out.iter().map(|(_, is_starred, texts)| (score(*texts), *is_starred)).collect();
        ranking.sort_by(|one, other| other.0.total_cmp(&one.0));
        average_precision(ranking.iter().map(|(_, is_starred)| *is_starred))
    };
    Some([by(&|it| model.score(it)), by(&|it| model.similarity_to_nearest(it)), by(&|_| 0.0)])
}

fn average_precision(ranking: impl Iterator<Item = bool>) -> f64 {
    let (mut sum, mut found) = (0.0, 0.0);
    for (before, is_starred) in ranking.enumerate() {
        if is_starred {
            found += 1.0;
            sum += found / (before + 1) as f64;
        }
    }
    sum / found
}

fn time_training(categories: &BTreeMap<String, Vec<Paper>>) {
    let papers: Vec<PaperTexts<'_>> =
        categories.values().flatten().map(Paper::texts).take(TIMED_PAPERS).collect();
    let (positive, negative) = papers.split_at(papers.len() / 20);
    let began = Instant::now();
    let model = InterestModel::train(positive, negative);
    let trained = began.elapsed();
    let began = Instant::now();
    let sum: f32 =
        papers.iter().map(|it| model.as_ref().map_or(0.0, |model| model.score(*it))).sum();
    let scored = began.elapsed() / papers.len() as u32;
    println!(
        "\n{} papers trained in {trained:.0?}, scored in {scored:.1?} each ({sum:.0})",
        papers.len()
    );
}
