//! Deterministic made-up papers.

use offprint::domain::{Corpus, Draft, SegmentBuilder};

/// Papers with titles of common and of made-up words, the same for each run.
pub(crate) fn corpus(papers: u32) -> Corpus {
    let mut corpus = Corpus::default();
    let mut builder = SegmentBuilder::default();
    for draft in drafts(papers) {
        builder.push(&draft);
        if builder.len() == SegmentBuilder::CAPACITY {
            corpus.push(std::mem::take(&mut builder).seal());
        }
    }
    corpus.push(builder.seal());
    corpus
}

pub(crate) fn drafts(papers: u32) -> impl Iterator<Item = Draft> {
    let mut dice = Dice(1);
    (0..papers).map(move |_| draft(&mut dice))
}

fn draft(dice: &mut Dice) -> Draft {
    const COMMON: [&str; 20] = [
        "deep", "learning", "of", "graph", "neural", "networks", "with", "transformers", "for",
        "the", "attention", "in", "models", "theory", "transfer", "quantum", "data", "and", "on",
        "approach",
    ];
    const CATEGORIES: [&str; 4] = ["cs.LG", "cs.CL cs.LG", "hep-th", "math.CO"];
    let words = 4 + dice.below(9);
    let title: Vec<String> = (0..words)
        .map(|_| match dice.below(2) {
            0 => COMMON[dice.below(COMMON.len())].to_owned(),
            _ => made_up(dice),
        })
        .collect();
    let names = 1 + dice.below(5);
    Draft {
        title: title.join(" "),
        authors: (0..names).map(|_| format!("{} {}", made_up(dice), made_up(dice))).collect(),
        year: i16::try_from(1995 + dice.below(30)).ok(),
        categories: CATEGORIES[dice.below(CATEGORIES.len())].into(),
        ..Draft::default()
    }
}

fn made_up(dice: &mut Dice) -> String {
    const SYLLABLES: [&str; 16] = [
        "ta", "re", "mo", "li", "sen", "der", "an", "tro", "ki", "vel", "os", "pra", "un", "fer",
        "gy", "ch",
    ];
    (0..2 + dice.below(3)).map(|_| SYLLABLES[dice.below(SYLLABLES.len())]).collect()
}

/// Deterministic pseudo-random numbers.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end
    }
}
