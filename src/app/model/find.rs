//! Search within the text of the current paper.

use std::ops::Range;

use super::styled_line::{StyledLine, TextStyle};
use crate::text::{FoldedText, fold};

/// The text searched for, and its matches.
#[derive(Debug, Clone, Default)]
pub struct FindState {
    pub needle: String,
    /// Each match as pieces of lines: a match may span a line break.
    pub matches: Vec<Vec<(usize, Range<usize>)>>,
    /// Index of the current match.
    pub current: usize,
}

impl FindState {
    /// Searches the lines as one text, ignoring case and accents.
    pub fn search(&mut self, lines: &[StyledLine]) {
        self.matches.clear();
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
        let folded = FoldedText::new(&flat);
        let mut from = 0;
        while let Some(at) = folded.text[from..].find(&needle) {
            let range = from + at..from + at + needle.len();
            from = range.end;
            self.matches.push(split_by_line(&folded.source_range(range), &starts, lines));
        }
        self.current = self.current.min(self.matches.len().saturating_sub(1));
    }

    /// The styles of the matches in a line.
    pub fn styles(&self, line: usize) -> impl Iterator<Item = (Range<usize>, TextStyle)> {
        self.matches.iter().enumerate().flat_map(move |(number, pieces)| {
            let look = if number == self.current {
                TextStyle::CurrentFindMatch
            } else {
                TextStyle::FindMatch
            };
            pieces.iter().filter(move |(it, _)| *it == line).map(move |(_, at)| (at.clone(), look))
        })
    }
}

/// Splits a range of the joined text into ranges of lines.
pub fn split_by_line(
    range: &Range<usize>,
    starts: &[usize],
    lines: &[StyledLine],
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
        let line = |text: &str| StyledLine { text: text.to_owned(), ..StyledLine::default() };
        let lines = [line("a naïve"), line("Bayes"), line("naive bayes")];
        let mut found = FindState { needle: "naive bayes".to_owned(), ..FindState::default() };
        found.search(&lines);
        assert_eq!(found.matches, [vec![(0, 2..8), (1, 0..5)], vec![(2, 0..11)]]);
        assert_eq!(found.styles(2).count(), 1);
    }
}
