//! Finding a word in the text that is being read.

use std::ops::Range;

use super::styled_line::{Look, TextLine};
use crate::text::{Folded, fold};

/// What was looked for, and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub needle: String,
    /// Each match as pieces of lines: a match may run over the end of one.
    pub places: Vec<Vec<(usize, Range<usize>)>>,
    /// The match that the reader stands on.
    pub at: usize,
}

impl Found {
    /// Looks for the needle in lines as if they were one text, accents and case aside.
    pub fn search(&mut self, lines: &[TextLine]) {
        self.places.clear();
        let needle = fold(self.needle.trim());
        if needle.is_empty() {
            return;
        }
        let mut flat = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(flat.len());
            flat.push_str(&line.text);
            flat.push(' ');
        }
        let folded = Folded::of(&flat);
        let mut from = 0;
        while let Some(at) = folded.text[from..].find(&needle) {
            let range = from + at..from + at + needle.len();
            from = range.end;
            self.places.push(pieces(&folded.source(range), &starts, lines));
        }
        self.at = self.at.min(self.places.len().saturating_sub(1));
    }

    /// The looks that the matches give a line.
    pub fn looks(&self, line: usize) -> impl Iterator<Item = (Range<usize>, Look)> {
        self.places.iter().enumerate().flat_map(move |(number, pieces)| {
            let look = if number == self.at { Look::FoundHere } else { Look::Found };
            pieces.iter().filter(move |(it, _)| *it == line).map(move |(_, at)| (at.clone(), look))
        })
    }
}

/// A range of the flat text as ranges of lines.
pub fn pieces(
    range: &Range<usize>,
    starts: &[usize],
    lines: &[TextLine],
) -> Vec<(usize, Range<usize>)> {
    starts
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(number, (start, line))| {
            let end = start + line.text.len();
            let (from, to) = (range.start.clamp(*start, end), range.end.clamp(*start, end));
            (number, from - start..to - start)
        })
        .filter(|(_, piece)| !piece.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_may_run_over_the_end_of_a_line() {
        let line = |text: &str| TextLine { text: text.to_owned(), ..TextLine::default() };
        let lines = [line("a naïve"), line("Bayes"), line("naive bayes")];
        let mut found = Found { needle: "naive bayes".to_owned(), ..Found::default() };
        found.search(&lines);
        assert_eq!(found.places, [vec![(0, 2..8), (1, 0..5)], vec![(2, 0..11)]]);
        assert_eq!(found.looks(2).count(), 1);
    }
}
