//! A paper as a reader remembers it, and the parts of queries made of it.

use offprint::domain::{Corpus, Paper, PaperId, PersonName, family_names};
use offprint::text::{fold, tex_to_unicode, words};

use super::dice::Dice;
use super::vocabulary::Vocabulary;

/// A query with a mistake, and the query without it.
pub(crate) struct Mistaken {
    pub typed: String,
    /// `None` if no other query has the same words without the mistake.
    pub correct: Option<String>,
}

/// Data that all rows share.
pub(crate) struct Setting<'a> {
    pub corpus: &'a Corpus,
    pub vocabulary: Vocabulary,
    /// Number of right words beside the wrong one.
    pub other_words: usize,
}

/// Shortest word of a title that a query is made of.
const SHORTEST: usize = 4;

/// Words that say nothing about a paper.
pub(crate) const FUNCTION_WORDS: [&str; 34] = [
    "a", "an", "and", "are", "as", "at", "be", "between", "by", "can", "do", "does", "for", "from",
    "how", "in", "into", "is", "its", "not", "of", "on", "or", "over", "the", "their", "to",
    "towards", "under", "using", "via", "what", "when", "with",
];

/// The folded title of a paper in several divisions, and its first author.
pub(crate) struct Recalled<'a> {
    pub paper: Paper<'a>,
    pub id: PaperId,
    pub title: String,
    /// Runs of letters and digits of the title: only ASCII, not short.
    pub words: Vec<String>,
    /// All words of the title between blanks, without punctuation around them.
    pub tokens: Vec<String>,
    /// The tokens of ASCII letters and hyphens that are not short and no function words.
    pub content: Vec<String>,
    /// The folded family name of the first author, or an empty string.
    pub name: String,
}

impl<'a> Recalled<'a> {
    pub(crate) fn new(id: PaperId, paper: Paper<'a>) -> Self {
        let title = fold(&tex_to_unicode(paper.title));
        let long = words(&title).filter(|it| it.is_ascii() && it.len() >= SHORTEST);
        let long = long.map(str::to_owned).collect();
        let name = family_names(&paper).first().map(|it| fold(it)).unwrap_or_default();
        let tokens = tokens(&title);
        let content = tokens.iter().filter(|it| is_content(it)).cloned().collect();
        Self { paper, id, title, words: long, tokens, content, name }
    }

    /// The tokens of the abstract; none if it cannot be read.
    pub(crate) fn abstract_tokens(&self, corpus: &Corpus) -> Vec<String> {
        let text = corpus.abstract_text(self.id).unwrap_or_default();
        tokens(&fold(&tex_to_unicode(&text)))
    }

    /// The title as it is displayed.
    pub(crate) fn shown_title(&self) -> String {
        one_line(&tex_to_unicode(self.paper.title))
    }

    pub(crate) fn first_author(&self) -> Option<PersonName> {
        let name = PersonName::parse(self.paper.authors().next()?);
        (!name.family.is_empty() && !name.given.is_empty()).then_some(name)
    }

    /// A content word, the same for the query with the mistake and without.
    pub(crate) fn some_word(&self, dice: &mut Dice) -> Option<&str> {
        dice.pick(&self.content).map(String::as_str)
    }

    /// The places of `count` of the content words, in their order, without that at `except`.
    pub(crate) fn places(
        &self,
        count: usize,
        except: Option<usize>,
        dice: &mut Dice,
    ) -> Option<Vec<usize>> {
        let mut places: Vec<usize> =
            (0..self.content.len()).filter(|it| Some(*it) != except).collect();
        while places.len() > count {
            places.remove(dice.below(places.len()));
        }
        (places.len() == count).then_some(places)
    }

    /// Content words with one of them changed by the first change that is possible.
    pub(crate) fn with_one_changed(
        &self,
        others: usize,
        dice: &mut Dice,
        mut change: impl FnMut(&str, &mut Dice) -> Option<String>,
    ) -> Option<Mistaken> {
        let count = self.content.len();
        if count == 0 {
            return None;
        }
        let start = dice.below(count);
        let (at, typed) = (0..count).map(|it| (start + it) % count).find_map(|at| {
            let typed = change(&self.content[at], dice)?;
            (!self.tokens.contains(&typed)).then_some((at, typed))
        })?;
        let mut places = self.places(others, Some(at), dice)?;
        places.push(at);
        places.sort_unstable();
        let right = |place: &usize| self.content[*place].as_str();
        let wrong = |place: &usize| if *place == at { typed.as_str() } else { right(place) };
        Some(Mistaken {
            typed: join(places.iter().map(wrong)),
            correct: Some(join(places.iter().map(right))),
        })
    }

    /// A token, or another text, typed before content words.
    pub(crate) fn before_others(
        &self,
        typed: &str,
        right: &str,
        others: usize,
        dice: &mut Dice,
    ) -> Option<Mistaken> {
        let same = self.content.iter().position(|it| it == right);
        let places = self.places(others, same, dice)?;
        let words = join(places.iter().map(|it| self.content[*it].as_str()));
        Some(Mistaken {
            typed: format!("{typed} {words}"),
            correct: Some(format!("{right} {words}")),
        })
    }
}

/// The words of folded text between blanks, without punctuation around them.
pub(crate) fn tokens(text: &str) -> Vec<String> {
    let trimmed = text.split_whitespace().map(|it| it.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Returns true for words of ASCII letters and hyphens that are neither short nor function words.
pub(crate) fn is_content(token: &str) -> bool {
    let has_letters = token.bytes().all(|it| it.is_ascii_alphabetic() || it == b'-');
    has_letters && token.len() >= SHORTEST && !is_function_word(token)
}

pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

pub(crate) fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

/// The text as a prompt of one line shows it after a paste.
pub(crate) fn one_line(text: &str) -> String {
    join(text.split_whitespace())
}
