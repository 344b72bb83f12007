//! Tables of the properties that each output format preserves in a round trip, and of the fields
//! that each input format provides. Derived by writing and reading; every loss must have a reason
//! that the program reports.

mod sample;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use offprint::cite::{CiteOptions, Detail, OutputFormat, Property, export, loss_reason};
use offprint::domain::{BibField, Corpus, Draft, PaperKind};
use offprint::formats::{Format, detect};

use self::sample::{is_kept, papers, value};
use crate::support::corpus::{corpus, drafts, ids, records};

/// The output formats that are read back, with the format that reads them.
const FORMS: [(OutputFormat, Format); 10] = [
    (OutputFormat::Bibtex, Format::Bibtex),
    (OutputFormat::Biblatex, Format::Bibtex),
    (OutputFormat::Ris, Format::Ris),
    (OutputFormat::CslJson, Format::Json),
    (OutputFormat::Hayagriva, Format::Hayagriva),
    (OutputFormat::Nbib, Format::Nbib),
    (OutputFormat::EndNote, Format::EndNote),
    (OutputFormat::Jsonl, Format::Jsonl),
    (OutputFormat::Csv, Format::Csv),
    (OutputFormat::Tsv, Format::Csv),
];

/// The input files.
const FILES: [&str; 22] = [
    "acl.xml", "arxiv-snapshot.jsonl", "atom.xml", "better-bibtex.json", "bibliography.bib",
    "crossref.json", "csl.json", "dblp.json", "dblp.xml", "dialects.ris", "hugging-face.json",
    "oai.xml", "openalex.json", "paperlists.json", "pubmed.nbib", "pubmed.xml", "refer.enw",
    "rss.xml", "science.wos", "scopus.csv", "semantic-scholar.json", "typst.yml",
];

/// The kinds of papers that formats distinguish. [`PaperKind::Unknown`] is guessed when read back.
fn kinds() -> impl Iterator<Item = PaperKind> {
    PaperKind::ALL.into_iter().filter(|it| *it != PaperKind::Unknown)
}

fn written(corpus: &Corpus, form: OutputFormat) -> Vec<u8> {
    let style = CiteOptions { detail: Detail::Full, ..CiteOptions::default() };
    let mut bytes = Vec::new();
    export(corpus, &ids(corpus), form, &style, &mut bytes).unwrap();
    bytes
}

/// The outcome for a property in a format, over all sample papers.
#[derive(Default)]
struct Cell {
    is_kept: bool,
    reasons: BTreeSet<usize>,
}

#[derive(Default)]
struct Table {
    reasons: Vec<&'static str>,
    faults: Vec<String>,
}

impl Table {
    fn note(&mut self, reason: &'static str) -> usize {
        let known = self.reasons.iter().position(|it| *it == reason);
        known.unwrap_or_else(|| {
            self.reasons.push(reason);
            self.reasons.len() - 1
        })
    }

    fn cells(&mut self, form: OutputFormat, format: Format) -> Vec<Cell> {
        let mut cells: Vec<Cell> = Property::all().map(|_| Cell::default()).collect();
        for before in kinds().flat_map(papers) {
            let corpus = corpus(std::slice::from_ref(&before));
            let (_, paper) = corpus.papers().next().unwrap();
            let bytes = written(&corpus, form);
            let after = drafts(format, &bytes).pop().unwrap();
            for (property, cell) in Property::all().zip(&mut cells) {
                let is_kept = is_kept(&before, &after, property);
                let (before, after) = (value(&before, property), value(&after, property));
                if before.is_empty() {
                    continue;
                }
                let at = format!("{} {:?} {}", form.field_name(), paper.kind, property.name());
                match (loss_reason(form, property, &paper), is_kept) {
                    (None, true) => cell.is_kept = true,
                    (Some(reason), false) => {
                        let reason = self.note(reason);
                        cell.reasons.insert(reason);
                    }
                    (None, false) => {
                        self.faults
                            .push(format!("{at}: lost without a reason: {before} → {after}"));
                    }
                    (Some(reason), true) => {
                        self.faults.push(format!("{at}: kept in spite of a reason: {reason}"));
                    }
                }
            }
        }
        cells
    }
}

/// `+` if the property is preserved, and the numbers of the reasons for losses.
fn shown(cell: &Cell) -> String {
    let kept = cell.is_kept.then(|| "+".to_owned());
    let reasons = cell.reasons.iter().map(|it| (it + 1).to_string());
    let all: Vec<String> = kept.into_iter().chain(reasons).collect();
    if all.is_empty() { "·".to_owned() } else { all.join(" ") }
}

fn rows(heads: &[&str], cells: &[Vec<String>]) -> String {
    let mut text = format!("{:26}", "");
    let widths: Vec<usize> = (heads.iter().zip(cells))
        .map(|(head, column)| {
            let cells = column.iter().map(|it| it.chars().count());
            cells.chain([head.len()]).max().unwrap_or_default()
        })
        .collect();
    for (head, width) in heads.iter().zip(&widths) {
        let _ = write!(text, " {head:width$}");
    }
    let rows = Property::all().enumerate().filter(|(_, it)| *it != Property::Field(BibField::Raw));
    for (row, property) in rows {
        let mut line = format!("{:26}", property.name());
        for (column, width) in cells.iter().zip(&widths) {
            let _ = write!(line, " {:width$}", column[row]);
        }
        text.extend(["\n", line.trim_end()]);
    }
    text + "\n"
}

#[test]
fn no_form_drops_a_fact_without_a_reason() {
    let mut table = Table::default();
    let columns: Vec<Vec<String>> = FORMS
        .iter()
        .map(|&(form, format)| table.cells(form, format).iter().map(shown).collect())
        .collect();
    let mut text = rows(&FORMS.map(|(form, _)| form.field_name()), &columns);
    text.push_str("\n+ preserved; numbers: lost for some or all kinds of papers, because\n");
    for (at, reason) in table.reasons.iter().enumerate() {
        let _ = writeln!(text, "{:3} {reason}", at + 1);
    }
    println!("{text}");
    assert!(table.faults.is_empty(), "{}", table.faults.join("\n"));
    check("written", &text);
}

#[test]
fn each_format_tells_the_facts_that_its_records_have() {
    let columns: Vec<Vec<String>> = FILES
        .iter()
        .map(|name| {
            let path = format!("{}/tests/formats/samples/{name}", env!("CARGO_MANIFEST_DIR"));
            let bytes = std::fs::read(path).unwrap();
            let records = records(detect(&bytes).unwrap(), &bytes);
            let drafts: Vec<Draft> = records.into_iter().flatten().collect();
            let is_told = |property| drafts.iter().any(|draft| !value(draft, property).is_empty());
            Property::all().map(|it| if is_told(it) { "+" } else { "·" }.to_owned()).collect()
        })
        .collect();
    // A letter for each file, to keep the columns narrow.
    let letters: Vec<String> = ('a'..).take(FILES.len()).map(String::from).collect();
    let heads: Vec<&str> = letters.iter().map(String::as_str).collect();
    let mut text = rows(&heads, &columns);
    text.push('\n');
    for (letter, name) in letters.iter().zip(FILES) {
        let _ = writeln!(text, "{letter} {name}");
    }
    println!("{text}");
    check("read", &text);
}

/// Compares a table with the snapshot beside this file.
fn check(name: &str, table: &str) {
    insta::with_settings!({ snapshot_path => ".", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, table);
    });
}
