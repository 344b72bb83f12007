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
    /// Index of the current match. `None` until a match was gone to in this text.
    pub current: Option<usize>,
    /// The search and position to which a cancel returns.
    pub origin: FindOrigin,
}

/// The search and scroll position at the time the prompt was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindOrigin {
    pub needle: String,
    /// Index of the first visible line.
    pub top: usize,
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
        let last = self.matches.len().checked_sub(1);
        self.current = self.current.and_then(|current| Some(current.min(last?)));
    }

    /// The number of the current match and of all, such as `3/12`; empty without a search.
    pub fn describe(&self) -> String {
        match (self.matches.len(), self.current) {
            _ if self.needle.trim().is_empty() => String::new(),
            (0, _) => "not found".to_owned(),
            (count, Some(current)) => format!("{}/{count}", current + 1),
            (1, None) => "1 match".to_owned(),
            (count, None) => format!("{count} matches"),
        }
    }

    /// The styles of the matches in a line.
    pub fn styles(&self, line: usize) -> impl Iterator<Item = (Range<usize>, TextStyle)> {
        self.matches.iter().enumerate().flat_map(move |(number, pieces)| {
            let look = if Some(number) == self.current {
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

    #[test]
    fn the_current_match_is_counted_among_all() {
        let line = StyledLine { text: "bay bay bay".to_owned(), ..StyledLine::default() };
        let mut found = FindState { needle: "bay".to_owned(), ..FindState::default() };
        found.search(std::slice::from_ref(&line));
        assert_eq!(found.describe(), "3 matches");
        found.current = Some(2);
        assert_eq!(found.describe(), "3/3");
        found.needle = "by".to_owned();
        found.search(&[line]);
        assert_eq!((found.describe().as_str(), found.current), ("not found", None));
        assert_eq!(FindState::default().describe(), "");
    }
}
