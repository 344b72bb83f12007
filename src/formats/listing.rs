//! Reads the text of a saved web page with papers: a title on one line, its abstract on the next,
//! and page elements around them.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::defect::{Defect, DraftSink};
use super::input::lines::{InputLine, Lines};
use super::values::author_list::{self, looks_like_authors};
use crate::domain::Draft;

/// A line of at least this many characters is an abstract.
pub const MIN_ABSTRACT_CHARS: usize = 300;
/// The banner of Hugging Face's page, above the papers.
const BANNER: &str = "Get trending papers in your email inbox";
/// The label of a button, which precedes the first title without a blank.
const BUTTON_LABEL: &str = "Subscribe";

pub fn read(input: &mut dyn BufRead, sink: &mut DraftSink<'_>) -> io::Result<()> {
    let mut lines = Lines::new(input);
    let mut pairing = Pairing::default();
    while let Some((number, line)) = lines.next()? {
        let flow = match line {
            InputLine::Text(text) => pairing.on_one_line(number, text.trim(), sink),
            InputLine::TooLong => sink(Err(Defect::new(number, "line too long"))),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    let _ = pairing.end(sink);
    Ok(())
}

/// Pairs titles with abstracts.
#[derive(Default)]
struct Pairing {
    /// Short lines that await the next line, at most two.
    waiting: VecDeque<(u64, String)>,
    shape: LineShape,
    position: Position,
}

/// The layout so far: only titles and abstracts in turn, or something else too.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum LineShape {
    #[default]
    Alternating,
    Mixed,
}

/// The position in the file. The label of the button precedes only the first title.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Position {
    #[default]
    Top,
    Within,
}

impl Pairing {
    fn on_one_line(
        &mut self,
        number: u64,
        text: &str,
        sink: &mut DraftSink<'_>,
    ) -> ControlFlow<()> {
        let text = match self.position {
            Position::Top if text.starts_with(BANNER) || text == BUTTON_LABEL => {
                return ControlFlow::Continue(());
            }
            Position::Top => strip_button(text),
            Position::Within => text,
        };
        if text.is_empty() {
            return ControlFlow::Continue(());
        }
        self.position = Position::Within;
        if text.len() >= MIN_ABSTRACT_CHARS && text.chars().count() >= MIN_ABSTRACT_CHARS {
            return self.abstract_line(number, text, sink);
        }
        if is_page_element(text) {
            self.shape = LineShape::Mixed;
            return sink(Err(Defect::new(number, "neither a title nor an abstract")));
        }
        self.short_line(number, text, sink)
    }

    /// A long line is an abstract. The line before it is the title, or the authors if the title
    /// precedes that.
    fn abstract_line(
        &mut self,
        number: u64,
        text: &str,
        sink: &mut DraftSink<'_>,
    ) -> ControlFlow<()> {
        let Some((_, last)) = self.waiting.pop_back() else {
            self.shape = LineShape::Mixed;
            return sink(Err(Defect::new(number, "abstract without a title")));
        };
        let Some((abstract_before, title)) = self.waiting.pop_back() else {
            return sink(Ok(pair(last, text)));
        };
        self.shape = LineShape::Mixed;
        if looks_like_authors(&last) {
            return sink(Ok(Draft { authors: author_list::split(&last), ..pair(title, text) }));
        }
        sink(Err(unpaired_title(abstract_before)))?;
        sink(Ok(pair(last, text)))
    }

    /// A short line is a title, or its abstract as long as the file alternates. Only the next line
    /// decides.
    fn short_line(&mut self, number: u64, text: &str, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        if self.waiting.len() == 2 {
            self.resolve_first(sink)?;
        }
        self.waiting.push_back((number, text.to_owned()));
        ControlFlow::Continue(())
    }

    /// Resolves the first of the waiting lines.
    fn resolve_first(&mut self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        let Some((number, title)) = self.waiting.pop_front() else {
            return ControlFlow::Continue(());
        };
        match (self.shape, self.waiting.pop_front()) {
            (LineShape::Alternating, Some((_, text))) => sink(Ok(pair(title, &text))),
            (_, next) => {
                self.waiting.extend(next);
                sink(Err(unpaired_title(number)))
            }
        }
    }

    fn end(&mut self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        while !self.waiting.is_empty() {
            self.resolve_first(sink)?;
        }
        ControlFlow::Continue(())
    }
}

fn pair(title: String, abstract_text: &str) -> Draft {
    Draft { title, abstract_text: abstract_text.to_owned(), ..Draft::default() }
}

fn unpaired_title(number: u64) -> Defect {
    Defect::new(number, "title without an abstract")
}

fn strip_button(text: &str) -> &str {
    match text.strip_prefix(BUTTON_LABEL) {
        Some(title) if title.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) => title,
        _ => text,
    }
}

/// Returns true for vote counts, separators, and the name of the submitter.
fn is_page_element(text: &str) -> bool {
    let words = ["Submitted by", "Published on", "Upvote", "View arXiv page", "View PDF"];
    let is_count =
        |text: &str| text.trim_end_matches(['k', 'K', '+']).chars().all(|c| !c.is_alphabetic());
    words.iter().any(|it| text.starts_with(it))
        || is_count(text)
        || text.split_once(' ').is_some_and(|(count, noun)| {
            is_count(count) && matches!(noun, "author" | "authors" | "comments" | "upvotes")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> (Vec<Draft>, Vec<u64>) {
        let (mut papers, mut defects) = (Vec::new(), Vec::new());
        read(&mut text.as_bytes(), &mut |record| {
            match record {
                Ok(draft) => papers.push(draft),
                Err(defect) => defects.push(defect.line),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        (papers, defects)
    }

    fn titles(text: &str) -> (Vec<String>, Vec<u64>) {
        let (papers, defects) = lines(text);
        (papers.into_iter().map(|it| it.title).collect(), defects)
    }

    fn long_line() -> String {
        "An abstract. ".repeat(30)
    }

    #[test]
    fn the_banner_goes_and_the_button_leaves_the_first_title() {
        let text = format!("{BANNER}!\nSubscribeOn Memory\n{0}\nSubscribers\n{0}", long_line());
        assert_eq!(titles(&text), (vec!["On Memory".into(), "Subscribers".into()], vec![]));
    }

    #[test]
    fn a_short_abstract_pairs_where_lines_alternate() {
        let text = format!("One\nShort.\nTwo\n{}\nThree\nShort too.", long_line());
        let (papers, defects) = lines(&text);
        assert_eq!(papers[0].abstract_text, "Short.");
        assert_eq!(papers[2].abstract_text, "Short too.");
        assert!(defects.is_empty());
    }

    #[test]
    fn what_a_page_puts_around_papers_is_reported_and_passed_over() {
        let text =
            format!("Submitted by\nsomeone\n12\nOne\n·\n{0}\n3 authors\n\nTwo\n{0}", long_line());
        assert_eq!(titles(&text), (vec!["One".into(), "Two".into()], vec![1, 3, 5, 2, 7]));
    }

    #[test]
    fn a_line_of_names_under_a_title_is_its_authors() {
        let text = format!("One\nAda Lovelace, Charles Babbage\n{}", long_line());
        let (papers, defects) = lines(&text);
        assert_eq!(papers[0].title, "One");
        assert_eq!(papers[0].authors, ["Ada Lovelace", "Charles Babbage"]);
        assert!(defects.is_empty());
    }

    #[test]
    fn a_title_that_lost_its_abstract_takes_no_other() {
        let text = format!("One\n{0}\nTwo\nThree\n{0}\n{0}\nFour", long_line());
        assert_eq!(titles(&text), (vec!["One".into(), "Three".into()], vec![3, 6, 7]));
    }
}
