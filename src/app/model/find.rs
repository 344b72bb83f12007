//! Finding a word in the text that is being read.

use std::ops::Range;

use super::paper_text::{Look, TextLine};
use super::state::{Mode, State};
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
fn pieces(
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

/// Looks for what is typed, from the top of what is on the screen.
pub fn typed(state: &mut State) {
    let Mode::Find(line) = &state.mode else { return };
    let Some(reading) = &mut state.view.reading else { return };
    line.text().clone_into(&mut reading.found.needle);
    reading.found.search(&reading.lines);
    let top = reading.top;
    let first = reading.found.places.iter().position(|pieces| pieces[0].0 >= top);
    reading.found.at = first.unwrap_or(0);
    show(state);
}

/// Whether something is looked for in the text.
pub fn is_active(state: &State) -> bool {
    state.view.reading.as_ref().is_some_and(|it| !it.found.needle.is_empty())
}

/// Nothing is looked for any more.
pub fn forget(state: &mut State) {
    if let Some(reading) = &mut state.view.reading {
        reading.found = Found::default();
    }
}

/// Goes to the match that many further on, round the end.
pub fn next(state: &mut State, matches: usize) {
    step(state, |at, count| (at + matches % count) % count);
}

/// Goes to the match that many further back, round the start.
pub fn previous(state: &mut State, matches: usize) {
    step(state, |at, count| (at + count - matches % count) % count);
}

fn step(state: &mut State, target: impl FnOnce(usize, usize) -> usize) {
    let Some(reading) = &mut state.view.reading else { return };
    let found = &mut reading.found;
    if found.places.is_empty() {
        let told = format!("“{}” is not in this text.", found.needle);
        state.notices.tell(told);
        return;
    }
    found.at = target(found.at, found.places.len());
    show(state);
}

/// Scrolls so that the match is in sight.
fn show(state: &mut State) {
    let height = usize::from(state.view.areas.detail.height).max(1);
    let Some(reading) = &mut state.view.reading else { return };
    let Some(line) = reading.found.places.get(reading.found.at).map(|pieces| pieces[0].0) else {
        return;
    };
    if !(reading.top..reading.top + height).contains(&line) {
        reading.top = line.saturating_sub(height / 3);
    }
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
