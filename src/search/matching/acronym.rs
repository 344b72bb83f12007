//! Acronyms of titles: initials without those of function words, and with a plural s.

use std::ops::Range;

use crate::search::query::ast::MIN_INITIALS_LEN;
use crate::text::{is_function_word, words};

/// A word as an acronym.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acronym<'a> {
    /// Two letters. They must be all initials of a title, since nearly every title has them among
    /// its initials.
    Whole(&'a str),
    /// The letters, or without a plural s in `singular`, that the initials must contain.
    Part { letters: &'a str, singular: Option<&'a str> },
}

impl<'a> Acronym<'a> {
    /// Returns `None` for a single letter, and for a word that is longer than acronyms are.
    pub fn new(letters: &'a str) -> Option<Self> {
        const WHOLE_LEN: usize = MIN_INITIALS_LEN - 1;
        const MAX_LEN: usize = 10;
        let count = letters.chars().count();
        let singular = letters.strip_suffix('s').filter(|_| count > MIN_INITIALS_LEN);
        match count {
            0..WHOLE_LEN => None,
            _ if count > MAX_LEN => None,
            WHOLE_LEN => Some(Self::Whole(letters)),
            _ => Some(Self::Part { letters, singular }),
        }
    }

    /// Returns true if the initials of a title have the acronym.
    pub fn is_in(self, initials: &str) -> bool {
        match self {
            Self::Whole(letters) => initials == letters,
            Self::Part { .. } => self.forms().any(|letters| initials.contains(letters)),
        }
    }

    /// The byte ranges of the initials that have the acronym in a folded title; none if it has not.
    pub fn initials_in(self, title: &str) -> Vec<Range<usize>> {
        let all: Vec<&str> = words(title).collect();
        let content_words: Vec<&str> =
            all.iter().copied().filter(|it| !is_function_word(it)).collect();
        let runs = [&all, &content_words];
        let run = runs.iter().find_map(|it| self.forms().find_map(|form| self.run(form, it)));
        let range = |word: &str| {
            let start = word.as_ptr() as usize - title.as_ptr() as usize;
            Some(start..start + word.chars().next()?.len_utf8())
        };
        run.into_iter().flatten().filter_map(|word| range(word)).collect()
    }

    /// The first words in a row whose initials are the letters.
    fn run<'w, 't>(self, letters: &str, words: &'w [&'t str]) -> Option<&'w [&'t str]> {
        let count = letters.chars().count();
        let may_match = matches!(self, Self::Part { .. }) || count == words.len();
        let has_initials =
            |run: &&[&str]| run.iter().filter_map(|word| word.chars().next()).eq(letters.chars());
        words.windows(count).filter(|_| may_match).find(has_initials)
    }

    /// The letters as typed, then without a plural s.
    pub fn forms(self) -> impl Iterator<Item = &'a str> {
        let (Self::Whole(letters) | Self::Part { letters, .. }) = self;
        let singular = if let Self::Part { singular, .. } = self { singular } else { None };
        std::iter::once(letters).chain(singular)
    }

    /// The form that initials with the acronym contain in any case.
    pub fn shortest_form(self) -> &'a str {
        self.forms().last().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acronym_is_in_the_initials_of_its_title() {
        for (letters, initials, expected) in [
            ("rlhf", "asrlhf", true),
            ("rlhf", "rlfhf", false),
            ("llms", "llmazsr", true),
            ("gans", "cgan", true),
            ("md", "md", true),
            ("md", "mdn", false),
            ("css", "cs", false),
            ("gas", "gas", true),
        ] {
            let acronym = Acronym::new(letters).unwrap();
            assert_eq!(acronym.is_in(initials), expected, "{letters} in {initials}");
            assert!(!expected || initials.contains(acronym.shortest_form()));
        }
        assert_eq!(Acronym::new("m"), None);
    }
}
