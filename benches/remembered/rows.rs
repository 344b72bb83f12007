//! The rows of the table: a generator of queries for each kind of mistake.

use std::collections::HashSet;

use offprint::domain::PaperId;
use offprint::text::fnv;

use super::acronyms::FunctionWords;
use super::dice::Dice;
use super::engines::Question;
use super::recalled::{Mistaken, Recalled, Setting};
use super::{acronyms, forms, hyphens, names, pasted, pieces, signs, slips, wrong_words};

/// Number of papers that are drawn for a row, so that one with few of its kind ends.
const MOST_DRAWN: usize = 400_000;
/// The same, as a multiple of the papers of a small corpus.
const DRAWN_PER_PAPER: usize = 50;

type Generate = Box<dyn Fn(&Setting<'_>, &Recalled<'_>, &mut Dice) -> Option<Mistaken>>;

/// A generator that needs only the paper.
type FromPaper = fn(&Recalled<'_>, &mut Dice) -> Option<Mistaken>;

/// A generator that needs the corpus too.
type FromCorpus = fn(&Setting<'_>, &Recalled<'_>, &mut Dice) -> Option<Mistaken>;

/// The first kinds that were measured, whose draws stay the same.
const PIECES: [(&str, FromPaper); 5] = [
    ("two words and a name", pieces::with_name),
    ("three words, a letter dropped", pieces::dropped),
    ("three words, two letters swapped", pieces::swapped),
    ("three words in the wrong order", pieces::in_wrong_order),
    ("the beginnings of four words", pieces::beginnings),
];

const MISTAKES: [(&str, FromCorpus); 23] = [
    ("slip in a part of a hyphenated word", slips::in_hyphenated),
    ("slip that is another word or name", slips::to_another_word),
    ("two slips in one long word", slips::two_in_a_word),
    ("a slip in each of two words", slips::in_two_words),
    ("slip in the first letter", slips::in_first_letter),
    ("typed closed, written with a hyphen", hyphens::closed),
    ("typed with a hyphen, written closed", hyphens::hyphenated),
    ("typed as two words, written closed", hyphens::split),
    ("typed closed, written as two words", hyphens::joined),
    ("typed closed, hyphen in the abstract", hyphens::closed_in_abstract),
    ("typed with a hyphen, closed in the abstract", hyphens::hyphenated_in_abstract),
    ("plural for singular, or the reverse", forms::number),
    ("-ing, -ed or another inflection", forms::inflection),
    ("British or American spelling", forms::spelling),
    ("wrong function word", wrong_words::function_word),
    ("superfluous function word", wrong_words::superfluous_function_word),
    ("one of four words is not there", wrong_words::absent),
    ("one of four words is a synonym", wrong_words::synonym),
    ("name, year one off, a word", wrong_words::year),
    ("Greek letter by name, or the reverse", signs::greek),
    ("2D for two-dimensional and the like", signs::number),
    ("four words in order from the abstract", signs::from_abstract),
    ("title in TeX", |setting, recalled, _| signs::tex_title(setting, recalled)),
];

const SHAPES: [(&str, FromPaper); 12] = [
    ("initials without function words", acronyms::alone),
    ("the same and a name", |recalled, dice| {
        acronyms::with_name(recalled, FunctionWords::LeftOut, dice)
    }),
    ("initials with function words and a name", |recalled, dice| {
        acronyms::with_name(recalled, FunctionWords::Included, dice)
    }),
    ("initials in the plural and a name", acronyms::plural_with_name),
    ("Gershman et al., 2025", names::et_al),
    ("Gershman et al., 2025 and a word", names::et_al_and_word),
    ("Gershman & Fiete and a word", names::two_and_word),
    ("Gershman SJ and a word", names::bare_initials_and_word),
    ("Gershman, S.J. and a word", names::dotted_initials_and_word),
    ("Gershman, Samuel J. and a word", names::inverted_and_word),
    ("arXiv id with what stands around it", pasted::arxiv),
    ("DOI with what stands around it", pasted::doi),
];

/// A kind of query, with the number of queries and the seed of its draws.
pub(crate) struct Row {
    pub name: String,
    count: usize,
    seed: u64,
    generate: Generate,
}

impl Row {
    /// `pieces` is the number of queries for each of the first kinds, `count` for the others.
    pub(crate) fn all(pieces: usize, count: usize) -> Vec<Self> {
        let row = |name: &str, generate: Generate| Self {
            name: name.to_owned(),
            count,
            seed: fnv(name),
            generate,
        };
        let mut rows = Vec::from(PIECES.map(|(name, make)| Self {
            count: pieces,
            seed: 1,
            ..row(name, Box::new(move |_, recalled, dice| make(recalled, dice)))
        }));
        rows.extend(MISTAKES.map(|(name, make)| row(name, Box::new(make))));
        rows.extend(SHAPES.map(|(name, make)| {
            row(name, Box::new(move |_, recalled, dice| make(recalled, dice)))
        }));
        rows.extend(pasted::printed_forms().into_iter().map(|(name, format, options)| {
            row(
                &name,
                Box::new(move |setting, recalled, _| {
                    pasted::printed(setting, recalled, format, &options)
                }),
            )
        }));
        rows
    }

    /// Draws papers until the row has its queries, or the draws are over. A query is asked once,
    /// and never equals that without the mistake.
    pub(crate) fn questions(&self, setting: &Setting<'_>) -> Vec<Question> {
        let papers = setting.corpus.len() as usize;
        let mut dice = Dice(self.seed);
        let (mut questions, mut typed) = (Vec::new(), HashSet::new());
        for _ in 0..MOST_DRAWN.min(papers * DRAWN_PER_PAPER) {
            if questions.len() == self.count {
                break;
            }
            let meant = PaperId(dice.below(papers) as u32);
            let Some(paper) = setting.corpus.get(meant) else { continue };
            let recalled = Recalled::new(meant, paper);
            let Some(mistaken) = (self.generate)(setting, &recalled, &mut dice) else { continue };
            let is_wrong = mistaken.correct.as_ref() != Some(&mistaken.typed);
            if is_wrong && typed.insert(mistaken.typed.clone()) {
                questions.push(Question { mistaken, meant });
            }
        }
        questions
    }
}
