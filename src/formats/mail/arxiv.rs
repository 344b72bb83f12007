//! Reads the daily mails of arXiv: plain text with a block of fields for each paper, its abstract
//! after a line with two backslashes, and lines of dashes between papers.

use std::ops::ControlFlow;

use crate::domain::{BibField, Draft, PaperKind, arxiv_id, arxiv_year, doi};
use crate::formats::defect::{Defect, DraftSink};
use crate::formats::values::author_list;
use crate::formats::values::date::Date;

/// The line before a block of fields and before an abstract.
const BLOCK_LINE: &str = r"\\";

/// Returns true if a text may be a mail of arXiv: its first block of fields names a paper.
pub fn matches_head(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).skip_while(|it| it.is_empty());
    let is_listing = lines.next().is_some_and(is_rule);
    let has_paper =
        |text: &str| ["\n\\\\\narXiv:", "\n\\\\\r\narXiv:"].iter().any(|it| text.contains(it));
    is_listing && has_paper(text)
}

/// Returns true if the body of a mail has papers as arXiv lists them.
pub fn is_listing(text: &str) -> bool {
    text.lines().any(|it| is_rule(it.trim_end()))
        && text.lines().any(|it| it.starts_with("arXiv:"))
        && text.lines().any(|it| it.trim_end() == BLOCK_LINE)
}

/// Returns true for a line of dashes, or the one before replacements: `%%--%%--%%`.
fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|it| matches!(it, b'-' | b'%'))
}

/// A mail of arXiv.
pub struct ArxivMail<'a> {
    text: &'a str,
    /// The number of its first line.
    first_line: u64,
    /// The day on which it was sent, `2021-05-03`; may be empty.
    day: &'a str,
}

/// A part of the mail between lines of dashes.
#[derive(Default)]
struct Entry<'a> {
    line: u64,
    lines: Vec<&'a str>,
}

impl<'a> ArxivMail<'a> {
    pub fn new(text: &'a str, first_line: u64, day: &'a str) -> Self {
        Self { text, first_line, day }
    }

    /// Reads every paper; a block of fields without an identifier or a title is a defect.
    pub fn read(&self, sink: &mut DraftSink<'_>) -> ControlFlow<()> {
        let mut entry = Entry::default();
        let rows = self.text.lines().map(str::trim_end).zip(self.first_line..);
        // A rule at the end completes the last entry.
        for (text, line) in rows.chain([("--------------------", 0)]) {
            if !is_rule(text) {
                if entry.lines.is_empty() {
                    entry.line = line;
                }
                entry.lines.push(text);
                continue;
            }
            let entry = std::mem::take(&mut entry);
            if entry.lines.first() == Some(&BLOCK_LINE) {
                sink(self.draft(&entry).map_err(|it| Defect::new(entry.line, it)))?;
            }
        }
        ControlFlow::Continue(())
    }

    fn draft(&self, entry: &Entry<'_>) -> Result<Draft, String> {
        let mut blocks = entry.lines[1..].splitn(2, |it| *it == BLOCK_LINE);
        let fields = fields(blocks.next().unwrap_or_default());
        let is_end = |it: &&&str| !it.starts_with(r"\\ (");
        let abstract_lines = blocks.next().unwrap_or_default().iter().take_while(is_end);
        let abstract_text = abstract_lines.map(|it| it.trim()).collect::<Vec<_>>().join(" ");
        let value = |name: &str| {
            fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str())
        };
        let (title, number) = (value("Title"), value("arXiv"));
        let id = number.split_whitespace().next().and_then(arxiv_id);
        let id = id.ok_or_else(|| format!("no arXiv identifier: {title}"))?;
        if title.is_empty() {
            return Err(format!("no title: arXiv:{id}"));
        }
        let categories = value("Categories");
        let date = Date::parse(value("Date").split('(').next().unwrap_or_default());
        let mut draft = Draft {
            title: title.to_owned(),
            authors: author_list::split(&without_affiliations(value("Authors"))),
            abstract_text: abstract_text.trim().to_owned(),
            year: arxiv_year(&id).or_else(|| date.map(|it| it.year)),
            categories: categories.split_whitespace().collect::<Vec<_>>().join(" "),
            venue: value("Journal-ref").to_owned(),
            doi: doi(value("DOI")).unwrap_or_default(),
            arxiv: id,
            kind: PaperKind::Preprint,
            ..Draft::default()
        };
        if let Some(date) = date.filter(|it| Some(it.year) == draft.year) {
            draft.add_field(BibField::Date, date.to_string());
        }
        draft.add_field(BibField::Comment, value("Comments"));
        draft.add_field(BibField::Listed, self.day);
        let is_replaced = entry.lines.iter().any(|it| it.starts_with("replaced with "));
        let announcement = match number {
            _ if is_replaced => "replaced",
            number if number.contains("cross-list") => "cross-listed",
            _ => "new",
        };
        draft.add_field(BibField::Announcement, announcement);
        Ok(draft)
    }
}

/// The fields of a block. A line that begins with blanks continues the field before it.
fn fields(lines: &[&str]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            // Old mails number the papers.
            let name = if name.starts_with("Paper") { "arXiv" } else { name };
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    fields
}

/// A list of authors without the parts in parentheses.
fn without_affiliations(authors: &str) -> String {
    let (mut plain, mut depth) = (String::new(), 0_usize);
    for c in authors.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = r"------------------------------------------------------------------------------
Send any comments regarding submissions directly to submitter.
------------------------------------------------------------------------------
------------------------------------------------------------------------------
\\
arXiv:2601.00001
Date: Mon, 5 Jan 2026 10:11:12 GMT   (15kb)

Title: On the Melting of Snow
  and Ice
Authors: Ada Moss (1 and 2), Iris Fen (2) ((1) Uppsala, (2) Lund)
Categories: physics.geo-ph cs.LG
Comments: 5 pages,
  2 figures
Journal-ref: J. Snow 3 (2026)
DOI: 10.1000/melt
\\
  We melt: snow first,
then ice.
\\ ( https://arxiv.org/abs/2601.00001 ,  15kb)
------------------------------------------------------------------------------
\\
arXiv:2601.00002 (*cross-listing*)
Date: Mon, 5 Jan 2026 11:00:00 GMT   (1kb)

Title: Cut Off
Authors: Bo Peat
Categories: cs.LG
\\
  No end
%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%--%%
------------------------------------------------------------------------------
\\
arXiv:2512.00003
replaced with revised version Mon, 5 Jan 2026 12:00:00 GMT   (2kb)

Title: Replaced
Authors: Cy Loam
Categories: cs.LG
\\ ( https://arxiv.org/abs/2512.00003 ,  2kb)
------------------------------------------------------------------------------
\\
Date: Mon, 5 Jan 2026 12:00:00 GMT   (2kb)

Title: No Identifier
\\
  Text.
------------------------------------------------------------------------------
";

    #[test]
    fn every_entry_is_a_paper_or_a_defect() {
        let (mut drafts, mut defects) = (Vec::new(), Vec::new());
        assert!(matches_head(MAIL) && is_listing(MAIL));
        let _ = ArxivMail::new(MAIL, 1, "2026-01-06").read(&mut |it| {
            match it {
                Ok(draft) => drafts.push(draft),
                Err(defect) => defects.push((defect.line, defect.reason)),
            }
            ControlFlow::Continue(())
        });
        let first = &drafts[0];
        assert_eq!(first.title, "On the Melting of Snow and Ice");
        assert_eq!(first.authors, ["Ada Moss", "Iris Fen"]);
        assert_eq!(first.abstract_text, "We melt: snow first, then ice.");
        assert_eq!((&*first.arxiv, &*first.doi), ("2601.00001", "10.1000/melt"));
        assert_eq!((&*first.categories, first.year), ("physics.geo-ph cs.LG", Some(2026)));
        assert_eq!(first.field(BibField::Comment), "5 pages, 2 figures");
        assert_eq!(first.field(BibField::Date), "2026-01-05");
        assert_eq!(first.field(BibField::Listed), "2026-01-06");
        let kinds: Vec<&str> = drafts.iter().map(|it| it.field(BibField::Announcement)).collect();
        assert_eq!(kinds, ["new", "cross-listed", "replaced"]);
        assert_eq!(drafts[1].abstract_text, "No end");
        assert_eq!(defects, [(42, "no arXiv identifier: No Identifier".to_owned())]);
    }
}
