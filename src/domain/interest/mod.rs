//! The interest of a reader, learnt from the papers that the reader has starred and from those
//! passed over.
//!
//! A linear model over the words of title and abstract: it is trained within a second, needs
//! nothing but the papers, and its reasons can be read from its weights. The same papers in the
//! same order give the same model.

mod regression;
mod vocabulary;

use std::fmt::{self, Display};

pub use vocabulary::PaperTexts;

use crate::text::tex_to_unicode;
use regression::LinearClassifier;
use vocabulary::{InterestVocabulary, TextWordCounts, WordVector, similarity};

/// Papers of each class that a model is trained on, so that training takes at most a second.
const MAX_TRAINED: usize = 10_000;
/// Words that a reason names.
const MAX_REASON_WORDS: usize = 3;

/// The interest of one reader.
#[derive(Debug)]
pub struct InterestModel {
    vocabulary: InterestVocabulary,
    classifier: LinearClassifier,
    starred: Vec<StarredPaper>,
}

#[derive(Debug)]
struct StarredPaper {
    /// Its place among all starred papers, some of which may not be in the model.
    position: usize,
    title: String,
    vector: WordVector,
}

/// Why a paper may interest the reader. It is displayed as `like “TITLE”, which you starred
/// (WORDS)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterestReason {
    /// The position of the most similar starred paper in those that the model was trained on.
    pub starred: usize,
    /// The title of that paper, without TeX.
    pub title: String,
    /// The words of the paper that count most, folded, the first one most. There is at least one.
    pub words: Vec<String>,
}

impl InterestModel {
    /// With fewer starred papers there is no model: it would rank by chance.
    pub const MIN_STARRED: usize = 20;

    /// Trains a model, or returns `None` with fewer than [`Self::MIN_STARRED`] starred papers, or
    /// if no paper was passed over: read or skipped without a star, or listed and left unmarked.
    ///
    /// At most 10,000 starred papers and as many passed over are used, at regular distances.
    pub fn train(starred: &[PaperTexts<'_>], passed_over: &[PaperTexts<'_>]) -> Option<Self> {
        if starred.len() < Self::MIN_STARRED || passed_over.is_empty() {
            return None;
        }
        let mut vocabulary = InterestVocabulary::default();
        let positive: Vec<(usize, TextWordCounts)> =
            sample(starred).map(|(at, it)| (at, vocabulary.add(*it))).collect();
        let negative: Vec<TextWordCounts> =
            sample(passed_over).map(|(_, it)| vocabulary.add(*it)).collect();
        vocabulary.weigh(positive.len() + negative.len());
        let starred_paper = |(position, counts): (usize, TextWordCounts)| StarredPaper {
            position,
            title: tex_to_unicode(starred[position].title).into_owned(),
            vector: vocabulary.vector_of_counts(&counts),
        };
        let starred: Vec<StarredPaper> = positive.into_iter().map(starred_paper).collect();
        let positive: Vec<&WordVector> = starred.iter().map(|it| &it.vector).collect();
        let negative: Vec<WordVector> =
            negative.iter().map(|it| vocabulary.vector_of_counts(it)).collect();
        let classifier = LinearClassifier::train(&positive, &negative, vocabulary.len());
        Some(Self { vocabulary, classifier, starred })
    }

    /// The interest of the reader in a paper: more than 0 if it is rather like the starred papers
    /// than like those passed over.
    pub fn score(&self, texts: PaperTexts<'_>) -> f32 {
        self.classifier.margin(&self.vocabulary.vector(texts))
    }

    /// Why a paper may interest the reader, or `None` if no word of it speaks for it.
    pub fn reason(&self, texts: PaperTexts<'_>) -> Option<InterestReason> {
        let vector = self.vocabulary.vector(texts);
        let (nearest, likeness) = self.nearest(&vector)?;
        let merit = |(id, weight): &(u32, f32)| (*id, self.classifier.weight(*id) * weight);
        let mut merits: Vec<(u32, f32)> =
            vector.iter().map(merit).filter(|(_, merit)| *merit > 0.0).collect();
        merits.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let best = merits.iter().take(MAX_REASON_WORDS);
        let words: Vec<String> = best.map(|(id, _)| self.vocabulary.word(*id).to_owned()).collect();
        let has_reason = likeness > 0.0 && !words.is_empty();
        has_reason.then(|| InterestReason {
            starred: nearest.position,
            title: nearest.title.clone(),
            words,
        })
    }

    /// The likeness of a paper to the most similar starred paper, from 0 to 1.
    pub fn similarity_to_nearest(&self, texts: PaperTexts<'_>) -> f32 {
        self.nearest(&self.vocabulary.vector(texts)).map_or(0.0, |(_, likeness)| likeness)
    }

    /// The first of the most similar starred papers.
    fn nearest(&self, vector: &WordVector) -> Option<(&StarredPaper, f32)> {
        let mut nearest = None;
        for paper in &self.starred {
            let likeness = similarity(vector, &paper.vector);
            if nearest.is_none_or(|(_, highest)| likeness > highest) {
                nearest = Some((paper, likeness));
            }
        }
        nearest
    }
}

impl Display for InterestReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "like “{}”, which you starred ({})", self.title, self.words.join(", "))
    }
}

/// At most [`MAX_TRAINED`] papers with their positions, at regular distances.
fn sample<'a, 'b>(
    papers: &'a [PaperTexts<'b>],
) -> impl Iterator<Item = (usize, &'a PaperTexts<'b>)> {
    let count = papers.len().min(MAX_TRAINED);
    (0..count).map(move |it| {
        let position = it * papers.len() / count;
        (position, &papers[position])
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BIRDS: [&str; 6] = ["robin", "finch", "thrush", "wren", "song", "nest"];
    const ROCKS: [&str; 6] = ["basalt", "granite", "magma", "quartz", "fault", "crust"];

    const ON_BIRDS: PaperTexts<'static> =
        PaperTexts { title: "Finches sing", abstract_text: "A wren and its nests in granite." };
    const ON_ROCKS: PaperTexts<'static> =
        PaperTexts { title: "Granite", abstract_text: "Faults of the crust." };
    const ON_SHIPS: PaperTexts<'static> =
        PaperTexts { title: "Sails", abstract_text: "Masts, decks and ropes." };

    /// Papers on one subject, each on other words of it.
    fn papers(subject: &[&str; 6], count: usize) -> Vec<(String, String)> {
        let word = |at: usize| subject[at % subject.len()];
        let paper = |at| {
            let title = format!("On the {} of the {}", word(at), word(at + 1));
            (title, format!("Measurements of a {} and each {}.", word(at + 2), word(at * 5 + 3)))
        };
        (0..count).map(paper).collect()
    }

    fn texts(papers: &[(String, String)]) -> Vec<PaperTexts<'_>> {
        papers.iter().map(|(title, text)| PaperTexts { title, abstract_text: text }).collect()
    }

    fn model(starred: usize, passed_over: usize) -> Option<InterestModel> {
        let (birds, rocks) = (papers(&BIRDS, starred), papers(&ROCKS, passed_over));
        InterestModel::train(&texts(&birds), &texts(&rocks))
    }

    #[test]
    fn a_paper_like_those_starred_scores_higher() {
        let model = model(24, 200).unwrap();
        assert!(model.score(ON_BIRDS) > 0.0 && model.score(ON_ROCKS) < 0.0);
        let unknown = model.score(ON_SHIPS);
        assert!(model.score(ON_ROCKS) < unknown && unknown < model.score(ON_BIRDS));
    }

    #[test]
    fn twenty_stars_and_one_paper_passed_over_are_needed() {
        assert!(model(19, 50).is_none());
        assert!(model(20, 50).is_some());
        assert!(model(20, 0).is_none());
    }

    #[test]
    fn a_reason_names_the_nearest_starred_paper_and_the_words_that_count() {
        let model = model(24, 200).unwrap();
        let reason = model.reason(ON_BIRDS).unwrap();
        assert_eq!(reason.title, papers(&BIRDS, 24)[reason.starred].0);
        assert_eq!(reason.words[0], "finch");
        assert!(!reason.words.contains(&"granite".to_owned()), "{reason}");
        assert_eq!(model.reason(ON_SHIPS), None);
    }

    #[test]
    fn a_reason_is_printed_with_title_and_words() {
        let words = vec!["wren".to_owned(), "nest".to_owned()];
        let reason = InterestReason { starred: 0, title: "On Wrens".to_owned(), words };
        assert_eq!(reason.to_string(), "like “On Wrens”, which you starred (wren, nest)");
    }

    #[test]
    fn the_same_papers_give_the_same_scores() {
        let scores = || {
            let model = model(40, 300).unwrap();
            [ON_BIRDS, ON_ROCKS, ON_SHIPS].map(|it| model.score(it).to_bits())
        };
        assert_eq!(scores(), scores());
    }

    #[test]
    fn of_many_papers_as_many_are_used_at_regular_distances() {
        let paper = PaperTexts { title: "One", abstract_text: "" };
        let positions: Vec<usize> = sample(&vec![paper; 25_000]).map(|(at, _)| at).collect();
        assert_eq!(positions.len(), MAX_TRAINED);
        assert_eq!((positions[0], positions[2], positions[9_999]), (0, 5, 24_997));
    }

    proptest! {
        #[test]
        fn any_text_has_a_finite_score(title in ".{0,12}", text in ".{0,24}") {
            let paper = PaperTexts { title: &title, abstract_text: &text };
            let model = InterestModel::train(&[paper; 20], &[paper, ON_ROCKS]).unwrap();
            prop_assert!(model.score(paper).is_finite());
            prop_assert!(model.similarity_to_nearest(paper).is_finite());
        }
    }
}
