//! BibTeX and BibLaTeX output compiled by `pdfLaTeX`, with every character that has a TeX command.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;

use offprint::cite::{CiteOptions, OutputFormat};
use offprint::domain::{BibField, Draft, PaperKind};
use offprint::text::chars_without_tex;
use tempfile::TempDir;

use crate::support::corpus::{corpus, written};

/// Unicode blocks in which LaTeX has commands for at least some characters.
const BLOCKS: [RangeInclusive<char>; 16] = [
    '!'..='~',
    '\u{a1}'..='\u{24f}',
    '\u{2b0}'..='\u{2ff}',
    '\u{370}'..='\u{3ff}',
    '\u{400}'..='\u{45f}',
    '\u{1d00}'..='\u{1dbf}',
    '\u{1e00}'..='\u{1fff}',
    '\u{2010}'..='\u{2027}',
    '\u{2030}'..='\u{205e}',
    '\u{2070}'..='\u{20bf}',
    '\u{2100}'..='\u{23ff}',
    '\u{2500}'..='\u{27ff}',
    '\u{2900}'..='\u{2aff}',
    '\u{fb00}'..='\u{fb06}',
    '\u{ff21}'..='\u{ff5a}',
    '\u{1d400}'..='\u{1d7ff}',
];
/// Number of special characters per title.
const A_TITLE: usize = 9;
const KINDS: [PaperKind; 8] = [
    PaperKind::Article,
    PaperKind::Conference,
    PaperKind::Book,
    PaperKind::Chapter,
    PaperKind::Thesis,
    PaperKind::Report,
    PaperKind::Proceedings,
    PaperKind::Unknown,
];
/// Titles with valid and malformed TeX, and prose that resembles TeX.
const TYPED: [&str; 12] = [
    "The $\\mathbb{Z}_2$ group and $10^{-3}$ of $x_i$",
    "5% of R&D costs $5, #1 in C_s and x^2 ~ y",
    "C:\\maps\\new {unclosed and } closed",
    "Emphasis \\emph{within} \\textbf{words} and \\textit{more}",
    "Na\\\"ive G\\\"odel, Erd\\H{o}s, {\\O}re and \\v{C}ern\\'y",
    "A quote: ``so'' and `so' -- or --- so",
    "CO₂ at 10⁻³ M: p ≥ 0.05, x → ∞, ½ of ℝ ≈ 3, ‘quoted’ “twice”",
    "x\u{304} and q\u{307} e\u{301} with marks",
    "The αβγ of ΔG° for H₂O, μ± and ΛCDM",
    "GPT-4 for T5: LaTeX, BERT and the A in A",
    "Straße, Łódź, İstanbul, Ångström, Þórr, Đorđević, Țepeș",
    "3½ × 4 ÷ 2 ≠ 7 ± 1 ∈ ℕ ∖ ∅",
];

/// The characters of the blocks that have TeX commands, and those that do not.
fn characters() -> (Vec<char>, Vec<char>) {
    let all = BLOCKS.into_iter().flatten();
    let all =
        all.filter(|it| it.is_ascii() || !offprint::text::sanitise(&it.to_string()).is_empty());
    all.partition(|it| chars_without_tex(&it.to_string()).next().is_none())
}

/// The program that sorts the bibliography. biber converts commands to Unicode characters, of which
/// LaTeX does not support all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Program {
    Bibtex,
    Biber,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Bibtex => "bibtex",
            Self::Biber => "biber",
        }
    }

    fn takes(self, text: &str) -> bool {
        let is_set_up = |c: char| {
            !matches!(
                c,
                // biber turns `\^{\j}` into a dotless j and a combining accent.
                'ĵ' | '\u{180}'..='\u{217}'
                    | '\u{21c}'..='\u{24f}'
                    | '\u{300}'..='\u{36f}'
                    | '\u{1e00}'..='\u{1eff}'
            )
        };
        self == Self::Bibtex || text.chars().all(is_set_up)
    }
}

fn papers(program: Program) -> Vec<Draft> {
    let (mut written, _) = characters();
    written.retain(|it| program.takes(&it.to_string()));
    let signs = written.chunks(A_TITLE).map(|it| {
        let apart: Vec<String> = it.iter().map(char::to_string).collect();
        let word: String = it.iter().collect();
        (format!("Maps of {} and a{word}b", apart.join(" ")), word)
    });
    let typed = TYPED.into_iter().filter(|it| program.takes(it));
    let typed = typed.map(|it| (it.to_owned(), "é".to_owned()));
    let all = typed.chain(signs).zip(KINDS.into_iter().cycle()).enumerate();
    all.map(|(at, ((title, word), kind))| {
        // Symbols that are letters by their Unicode class do not occur in names.
        let is_of_name = |c: &char| matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic();
        let name: String = word.chars().filter(is_of_name).collect();
        let mut draft = Draft {
            title,
            authors: vec![format!("R{name}e, J{name}"), "{Open Maps & Sons}".to_owned()],
            venue: format!("Journal of {word} Maps"),
            year: Some(2001),
            kind,
            doi: format!("10.1000/a_b<{at}>"),
            urls: vec![format!("https://example.org/a_b%20c#{at}?x&y=~z")],
            ..Draft::default()
        };
        draft.add_field(BibField::Key, format!("p{at}"));
        draft.add_field(BibField::Publisher, format!("Press {word}"));
        draft.add_field(BibField::Institution, format!("School of {name}"));
        draft.add_field(BibField::Note, format!("Note {word}"));
        draft.add_field(BibField::Pages, "1--9");
        draft.add_field(BibField::Editors, format!("Hal, Ida {name}; others"));
        draft
    })
    .collect()
}

fn bibliography(form: OutputFormat, program: Program) -> String {
    written(&corpus(&papers(program)), form, &CiteOptions::default())
}

/// Runs a program in a folder; a failure shows the end of its output.
fn run(folder: &Path, program: &str, arguments: &[&str]) {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = printed.lines().collect();
    let end = lines[lines.len().saturating_sub(40)..].join("\n");
    assert!(output.status.success(), "{program} {arguments:?}:\n{end}");
}

/// Compiles a document that cites all papers.
fn set(form: OutputFormat, head: &str, foot: &str, program: Program) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("refs.bib"), bibliography(form, program)).unwrap();
    let document =
        format!("{head}\n\\begin{{document}}\n\\nocite{{*}}\nText.\n{foot}\n\\end{{document}}\n");
    fs::write(folder.path().join("paper.tex"), document).unwrap();
    let latex = ["-draftmode", "-interaction=nonstopmode", "-halt-on-error", "paper.tex"];
    run(folder.path(), "pdflatex", &latex);
    run(folder.path(), program.name(), &["paper"]);
    run(folder.path(), "pdflatex", &latex);
    run(folder.path(), "pdflatex", &latex);
    let log = fs::read(folder.path().join("paper.log")).unwrap();
    assert!(!String::from_utf8_lossy(&log).contains("Missing character"));
}

const HEAD: &str =
    "\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{amssymb,url}\n";

#[test]
#[ignore = "needs TeX"]
fn a_document_in_the_plain_style_compiles() {
    set(
        OutputFormat::Bibtex,
        HEAD,
        "\\bibliographystyle{plain}\\bibliography{refs}",
        Program::Bibtex,
    );
}

#[test]
#[ignore = "needs TeX"]
fn a_document_in_the_style_of_the_ieee_compiles() {
    set(
        OutputFormat::Bibtex,
        HEAD,
        "\\bibliographystyle{IEEEtran}\\bibliography{refs}",
        Program::Bibtex,
    );
}

#[test]
#[ignore = "needs TeX"]
fn a_document_with_biblatex_compiles() {
    let head = format!("{HEAD}\\usepackage{{biblatex}}\n\\addbibresource{{refs.bib}}\n");
    for form in [OutputFormat::Bibtex, OutputFormat::Biblatex] {
        set(form, &head, "\\printbibliography", Program::Biber);
    }
}

#[test]
fn only_characters_without_tex_are_left_in_bibtex() {
    assert!(papers(Program::Bibtex).len() > 150);
    let text = bibliography(OutputFormat::Bibtex, Program::Bibtex);
    let left: String = text.chars().filter(|it| !it.is_ascii()).collect();
    assert_eq!(left, "");
}
