//! Leaves out the lines of a configuration that are not TOML, so that the others can be read.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::problems::ConfigProblems;

/// Maximum number of lines that are left out one by one.
const MAX_ERRORS: usize = 100;
/// A value of several lines is looked for in this many lines above an error.
const MAX_LINES_ABOVE: usize = 20;

/// Replaces the lines with errors by blanks, so that offsets stay the same, and reports each.
pub fn readable_part(text: &str, problems: &mut ConfigProblems<'_>) -> String {
    let lines = line_ranges(text);
    let mut readable = text.to_owned();
    for _ in 0..MAX_ERRORS {
        let Some(error) = first_error(&readable) else { return readable };
        let failed = offset_of(&error);
        let at = lines.iter().rposition(|line| line.start <= failed).unwrap_or(0);
        let message = error.message().replace('\n', " ");
        let first = first_line_of_value(&readable, &lines, at, &message);
        problems.add_to_line(first.unwrap_or(at) + 1, message);
        readable = match first {
            Some(first) => without_lines(&readable, &lines[first..at]),
            None => without_lines(&readable, &lines[at..=at]),
        };
    }
    String::new()
}

/// The first line of an unclosed value above the line of an error, which it has swallowed. Without
/// the value, parsing gets further than without the line itself.
fn first_line_of_value(
    text: &str,
    lines: &[Range<usize>],
    at: usize,
    message: &str,
) -> Option<usize> {
    let is_inside_value =
        ["array", "inline table", "string", "comma"].iter().any(|it| message.contains(it));
    let alone = progress(&without_lines(text, &lines[at..=at]));
    let above = (at.saturating_sub(MAX_LINES_ABOVE)..at).rev();
    let blocks = above.map(|first| (progress(&without_lines(text, &lines[first..at])), first));
    let gets_further =
        |(reached, _): &(usize, usize)| *reached > alone || is_inside_value && *reached == alone;
    blocks.filter(gets_further).max_by_key(|(reached, first)| (*reached, *first)).map(|(_, it)| it)
}

/// Replaces lines by blanks.
fn without_lines(text: &str, lines: &[Range<usize>]) -> String {
    let mut blanked = text.to_owned();
    for line in lines {
        blanked.replace_range(line.clone(), &" ".repeat(line.len()));
    }
    blanked
}

/// The byte ranges of all lines, without line breaks.
fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let range = |line: &str| {
        let range = start..start + line.len();
        start = range.end + 1;
        range
    };
    text.split('\n').map(range).collect()
}

fn first_error(text: &str) -> Option<Error> {
    DeTable::parse_recoverable(text).1.into_iter().min_by_key(offset_of)
}

fn offset_of(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

/// The offset of the first error.
fn progress(text: &str) -> usize {
    first_error(text).map_or(usize::MAX, |it| offset_of(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recovered(text: &str) -> (String, Vec<String>) {
        let mut problems = ConfigProblems::new(text);
        let readable = readable_part(text, &mut problems);
        let lines = readable.lines().map(str::trim).filter(|it| !it.is_empty());
        (lines.collect::<Vec<_>>().join("\n"), problems.into_messages())
    }

    #[test]
    fn an_unclosed_value_is_left_out_and_not_what_follows_it() {
        for text in ["a = [\"x\",\nb = 1\n", "a = [\n  \"x\",\nb = 1\nc\n", "a = {\nb = 1\n"] {
            let (readable, messages) = recovered(text);
            assert!(readable.ends_with("b = 1"), "{readable}");
            assert!(messages[0].starts_with("line 1: "), "{messages:?}");
        }
    }

    #[test]
    fn a_line_that_is_given_twice_is_left_out_the_second_time() {
        let (readable, messages) = recovered("a = 1\nb = 2\na = 3\n");
        assert_eq!(readable, "a = 1\nb = 2");
        assert_eq!(messages, ["line 3: duplicate key"]);
    }
}
