//! The header of a table: which line it is, and what its columns are.

use std::io;

use super::cell::Shape;
use super::rows::{DELIMITERS, Rows, Splitter};
use crate::formats::record::column_names::of_science;
use crate::formats::record::field::{Field, Said};
use crate::formats::record::field_names::Names;

/// So many lines may stand before a header.
const MOST_LINES: usize = 40;
/// A header that is not the first line has so many columns that are known.
const ENOUGH: usize = 3;

pub enum Header {
    Known(Columns),
    /// No column is called a title; all of them.
    Unknown(Vec<String>),
    /// There is nothing in it.
    None,
}

/// The columns, as the header names them.
pub struct Columns {
    /// Those that are known, the names given first.
    pub known: Vec<(Said, usize, Field)>,
    pub all: Vec<String>,
    pub shape: Shape,
    /// The line of the header, from one, and the first line before it that says something.
    line: u64,
    before: Option<String>,
}

impl Columns {
    /// Returns the remarks on the table before its rows: lines that are passed over, and a lack of
    /// authors.
    pub fn remarks(&self) -> Vec<(u64, String)> {
        let mut remarks = Vec::new();
        if let Some(before) = &self.before {
            let before: String = before.chars().take(60).collect();
            let reason = format!(
                "the lines before the header in line {} are passed over: {before}",
                self.line
            );
            remarks.push((1, reason));
        }
        let is_author = |it: &&(Said, usize, Field)| {
            matches!(it.2, Field::Authors | Field::AuthorsParsed | Field::Editors | Field::Groups)
        };
        let is_all_known = self.known.len() == self.all.iter().filter(|it| !it.is_empty()).count();
        if !is_all_known && !self.known.iter().any(|it| is_author(&it)) {
            let reason = format!("no column is called an author; {}", advice(&self.all, "authors"));
            remarks.push((self.line, reason));
        }
        remarks
    }
}

/// Returns a sentence that lists the columns, and says how to name the one that is meant.
pub fn advice(all: &[String], field: &str) -> String {
    const MOST: usize = 30;
    let names = all.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
    let names: Vec<String> =
        names.take(MOST).map(|it| it.chars().take(40).collect::<String>()).collect();
    format!("the columns are {}; --map {field}=COLUMN names one", names.join(", "))
}

/// Finds the header, and tells the rows what parts their cells. Lines before it are passed over.
pub fn read(rows: &mut Rows<'_>, names: &Names) -> io::Result<Header> {
    let mut seen = Vec::new();
    let mut first: Option<Candidate> = None;
    let mut best: Option<(usize, Candidate)> = None;
    while let Some((line, text)) = rows.line_of_header()? {
        let candidate = Candidate::new(line, &text, names);
        seen.push((line, text));
        let known = candidate.known.len();
        let is_good = candidate.has_title() && (seen.len() == 1 && known > 1 || known >= ENOUGH);
        let is_better = best.as_ref().is_none_or(|(_, it)| it.known.len() < known);
        if seen.len() == 1 && !is_good {
            first = Some(candidate);
        } else if is_good && is_better {
            best = Some((seen.len() - 1, candidate));
        }
        // A header on the first line is nearly always one.
        if best.as_ref().is_some_and(|(at, _)| *at == 0) || seen.len() > MOST_LINES {
            break;
        }
    }
    let (at, candidate) = match (best, first) {
        (Some(best), _) => best,
        (None, Some(first)) => (0, first),
        (None, None) => return Ok(Header::None),
    };
    rows.part_by(candidate.delimiter);
    let before = seen[..at].iter().map(|(_, text)| text.trim().to_owned());
    let before = before.into_iter().find(|it| it.chars().any(char::is_alphanumeric));
    rows.give_back(seen.drain(at + 1..).collect());
    if !candidate.has_title() {
        return Ok(Header::Unknown(candidate.cells));
    }
    let is_springer = candidate.cells.iter().any(|it| it.trim() == "Item Title");
    Ok(Header::Known(Columns {
        known: candidate.known,
        all: candidate.cells,
        shape: if is_springer { Shape::Springer } else { Shape::Usual },
        line: candidate.line,
        before,
    }))
}

/// A line that may be the header.
struct Candidate {
    line: u64,
    delimiter: u8,
    cells: Vec<String>,
    known: Vec<(Said, usize, Field)>,
}

impl Candidate {
    fn new(line: u64, text: &str, names: &Names) -> Self {
        let headers = DELIMITERS.map(|delimiter| {
            let cells = Splitter::new(delimiter).cells(text);
            (delimiter, known(&cells, names), cells)
        });
        let best = headers.into_iter().max_by_key(|(_, known, cells)| (known.len(), cells.len()));
        let (delimiter, mut known, cells) = best.unwrap_or((b',', Vec::new(), Vec::new()));
        known.sort_unstable_by_key(|(said, at, _)| (*said, *at));
        Self { line, delimiter, cells, known }
    }

    fn has_title(&self) -> bool {
        self.known.iter().any(|(_, _, it)| *it == Field::Title)
    }
}

fn known(cells: &[String], names: &Names) -> Vec<(Said, usize, Field)> {
    let has = |tag: &str| cells.iter().any(|it| it.trim() == tag);
    let is_science = has("PT") && has("TI") && (has("AU") || has("SO"));
    let column = |(at, name): (usize, &String)| {
        let name = name.trim();
        let field = if is_science { of_science(name).map(|it| (it, Said::Usual)) } else { None };
        field.or_else(|| names.column(name)).map(|(field, said)| (said, at, field))
    };
    let all = cells.iter().enumerate();
    let known = all
        .filter(|(_, it)| !is_science || it.trim().len() != 2 || of_science(it.trim()).is_some());
    known.filter_map(column).collect()
}
