//! Tests of copied citations.

use super::*;
use crate::domain::{BibField, Corpus, Deduplicator, Draft, PaperId, PaperKind, SegmentBuilder};

fn corpus(drafts: &[Draft]) -> Corpus {
    let mut builder = SegmentBuilder::default();
    for draft in drafts {
        builder.push(draft);
    }
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    corpus
}

fn papers() -> Corpus {
    let memory = Draft {
        title: "Key-value memory in the brain".into(),
        authors: vec!["Samuel J. Gershman".into(), "Ila Fiete".into()],
        year: Some(2025),
        categories: "q-bio.NC cs.AI".into(),
        arxiv: "2501.02950".into(),
        ..Draft::default()
    };
    let named = Draft {
        title: "R\\&D [for] GPT-4 & na\\\"ive $\\alpha$-nets".into(),
        authors: vec!["King, Jr., Martin Luther".into()],
        abstract_text: "We try.".into(),
        year: Some(2024),
        venue: "ICLR 2024".into(),
        doi: "10.1000/a(b)".into(),
        ..Draft::default()
    };
    let without_ids = Draft { title: "Nothing <Known>".into(), ..Draft::default() };
    corpus(&[memory, named, without_ids])
}

const ALL: [PaperId; 3] = [PaperId(0), PaperId(1), PaperId(2)];

fn rendered(format: OutputFormat) -> Rendered {
    render(&papers(), &ALL, format, &CiteOptions::default())
}

#[test]
fn papers_that_lack_what_is_asked_for_are_left_out_and_counted() {
    let ids = rendered(OutputFormat::Id);
    assert_eq!((ids.text.as_str(), ids.papers, ids.omitted), ("2501.02950", 1, 2));
    let none = render(&papers(), &ALL[2..], OutputFormat::Abstract, &CiteOptions::default());
    assert_eq!((none.text.as_str(), none.papers, none.omitted), ("", 0, 1));
    assert_eq!(none.format.describe_missing(none.omitted), "no abstract known for this paper");
    assert_eq!(rendered(OutputFormat::Pdf).text, "https://arxiv.org/pdf/2501.02950");
}

#[test]
fn the_gist_is_one_line_without_tex_and_control_characters() {
    let paper = Draft {
        title: "Nets".into(),
        abstract_text:
            "Nets are large. We propose\n\\emph{Lean}\u{1b}[31m nets of 90\\% less weight. \
                        Experiments follow."
                .into(),
        ..Draft::default()
    };
    let gist = render(&corpus(&[paper]), &ALL[..1], OutputFormat::Gist, &CiteOptions::default());
    assert_eq!(gist.text, "We propose Lean nets of 90% less weight.");
    assert_eq!(rendered(OutputFormat::Gist).omitted + rendered(OutputFormat::Gist).papers, 3);
}

#[test]
fn a_paper_without_address_has_no_link_in_any_form() {
    let without_ids = |format| render(&papers(), &ALL[2..], format, &CiteOptions::default());
    for format in [
        OutputFormat::Link,
        OutputFormat::Markdown,
        OutputFormat::Org,
        OutputFormat::Typst,
        OutputFormat::Html,
    ] {
        assert_eq!((without_ids(format).papers, without_ids(format).omitted), (0, 1), "{format:?}");
        assert!(
            format.describe_missing(1).starts_with("no link known"),
            "{}",
            format.describe_missing(1)
        );
        assert_eq!((rendered(format).papers, rendered(format).omitted), (2, 1), "{format:?}");
    }
    let title = without_ids(OutputFormat::TitleAndLink);
    assert_eq!(title.text, "Nothing <Known>");
    assert_eq!(title.html.as_deref(), Some("Nothing &lt;Known&gt;"));
    assert_eq!(title.describe(), "title (no link known)");
    assert_eq!(
        rendered(OutputFormat::TitleAndLink).describe(),
        "title and link of 3 papers, 1 without link"
    );
    for format in OutputFormat::ALL {
        assert!(!without_ids(format).text.contains("huggingface.co"), "{format:?}");
    }
}

#[test]
fn keys_stand_on_one_line_and_each_once() {
    let all = "gershman2025keyvalue,king2024rd,nothingknown";
    assert_eq!(rendered(OutputFormat::Key).text, all);
    assert_eq!(rendered(OutputFormat::CiteCommand).text, format!("\\cite{{{all}}}"));
    let twice = [PaperId(0), PaperId(0)];
    let style = CiteOptions { command: CiteCommand::Pandoc, ..CiteOptions::default() };
    assert_eq!(
        render(&papers(), &twice, OutputFormat::CiteCommand, &style).text,
        "[@gershman2025keyvalue]"
    );
    let style = CiteOptions {
        command: CiteCommand::Template("<<{keys}>>".into()),
        ..CiteOptions::default()
    };
    assert_eq!(
        render(&papers(), &ALL[..1], OutputFormat::CiteCommand, &style).text,
        "<<gershman2025keyvalue>>"
    );
}

#[test]
fn a_markdown_link_survives_brackets_and_comes_as_html_too() {
    let link = render(&papers(), &ALL[1..2], OutputFormat::Markdown, &CiteOptions::default());
    assert_eq!(link.text, "[R&D \\[for\\] GPT-4 & naïve α-nets](https://doi.org/10.1000/a%28b%29)");
    let html =
        "<a href=\"https://doi.org/10.1000/a(b)\">R&amp;D [for] GPT-4 &amp; naïve α-nets</a>";
    assert_eq!(link.html.as_deref(), Some(html));
}

#[test]
fn an_entry_keeps_tex_escapes_the_rest_and_guards_capitals() {
    let bibtex = rendered(OutputFormat::Bibtex).text;
    let expected = "\
@misc{gershman2025keyvalue,
  title = {Key-value memory in the brain},
  author = {Gershman, Samuel J. and Fiete, Ila},
  year = {2025},
  eprint = {2501.02950},
  archivePrefix = {arXiv},
  primaryClass = {q-bio.NC},
  url = {https://arxiv.org/abs/2501.02950},
}

@inproceedings{king2024rd,
  title = {{R}\\&{D} [for] {GPT}-4 \\& na{\\\"i}ve $\\alpha$-nets},
  author = {King, Jr., Martin Luther},
  year = {2024},
  booktitle = {ICLR 2024},
  doi = {10.1000/a(b)},
  url = {https://doi.org/10.1000/a(b)},
}

@misc{nothingknown,
  title = {Nothing <Known>},
}
";
    assert_eq!(bibtex, expected);
}

#[test]
fn an_entry_that_came_as_bibtex_is_given_back_as_it_came() {
    let mut draft = Draft { title: "Notes".into(), ..Draft::default() };
    draft.add_field(BibField::Key, "Ada:1843");
    draft.add_field(
        BibField::Raw,
        "@Book(Ada:1843,\r\n\ttitle = \"Notes\", month = sep # \x1b[2J1\n)\n\n",
    );
    let corpus = corpus(&[draft]);
    let bibtex = render(&corpus, &ALL[..1], OutputFormat::Bibtex, &CiteOptions::default()).text;
    assert_eq!(bibtex, "@Book(Ada:1843,\n title = \"Notes\", month = sep # 1\n)\n");
    assert_eq!(
        render(&corpus, &ALL[..1], OutputFormat::Key, &CiteOptions::default()).text,
        "Ada:1843"
    );
}

/// A corpus of a published paper from the reader's bibliography, and its preprint.
fn published_and_preprint() -> Corpus {
    let raw = "@article{Ada:43,\n\tTitle = \"Notes on the {Engine}\",\n\tYear = 2019}";
    let mut published = Draft {
        title: "Notes on the {Engine}".into(),
        authors: vec!["Lovelace, Ada".into()],
        year: Some(2019),
        venue: "Memoirs".into(),
        kind: PaperKind::Article,
        doi: "10.1000/43".into(),
        ..Draft::default()
    };
    published.add_field(BibField::Key, "Ada:43");
    published.add_field(BibField::Raw, raw);
    published.add_field(BibField::Pages, "1-9");
    let preprint = Draft {
        title: "Notes on the Engine".into(),
        arxiv: "1805.00001".into(),
        year: Some(2018),
        categories: "cs.AI".into(),
        kind: PaperKind::Preprint,
        authors: published.authors.clone(),
        ..Draft::default()
    };
    let mut deduplicator = Deduplicator::default();
    let mut corpus = Corpus::default();
    for draft in [published, preprint] {
        let mut builder = SegmentBuilder::default();
        builder.push(&draft);
        let segment = builder.seal();
        if let Some(duplicates) = deduplicator.add_segment(&segment) {
            corpus.set_duplicates(duplicates);
        }
        corpus.push(segment);
    }
    corpus
}

#[test]
fn the_published_record_is_cited_with_its_preprint_or_the_preprint_alone() {
    let corpus = published_and_preprint();
    assert_eq!(corpus.paper_count(), 1);
    let cited = |format, prefer| {
        render(
            &corpus,
            &ALL[..1],
            format,
            &CiteOptions { preferred_version: prefer, ..CiteOptions::default() },
        )
        .text
    };
    assert_eq!(
        cited(OutputFormat::Bibtex, PreferredVersion::Published),
        "\
@article{Ada:43,
  eprint = {1805.00001},
  archivePrefix = {arXiv},
 Title = \"Notes on the {Engine}\",
 Year = 2019}
"
    );
    assert_eq!(
        cited(OutputFormat::Bibtex, PreferredVersion::Preprint),
        "\
@misc{Ada:43,
  title = {Notes on the {Engine}},
  author = {Lovelace, Ada},
  year = {2018},
  eprint = {1805.00001},
  archivePrefix = {arXiv},
  primaryClass = {cs.AI},
  url = {https://arxiv.org/abs/1805.00001},
}
"
    );
    let [published, preprint] = [PreferredVersion::Published, PreferredVersion::Preprint];
    assert!(cited(OutputFormat::Reference, published).contains("Memoirs, 1–9"));
    assert!(cited(OutputFormat::Reference, preprint).contains("arXiv"));
    assert!(!cited(OutputFormat::Reference, preprint).contains("Memoirs"));
    for (format, expected) in
        [(OutputFormat::Ris, "T2  - Memoirs"), (OutputFormat::CslJson, "\"10.1000/43\"")]
    {
        assert!(cited(format, published).contains(expected), "{}", cited(format, published));
        assert!(!cited(format, preprint).contains(expected));
    }
    // The citation key does not depend on the preferred version.
    assert_eq!(cited(OutputFormat::Key, published), cited(OutputFormat::Key, preprint));
}

#[test]
fn the_forms_of_tagged_lines_are_readable_text() {
    let named = |format| render(&papers(), &ALL[1..2], format, &CiteOptions::default()).text;
    let ris = "\
TY  - CONF
TI  - R&D [for] GPT-4 & naïve α-nets
AU  - King, Martin Luther, Jr.
PY  - 2024
T2  - ICLR 2024
DO  - 10.1000/a(b)
AB  - We try.
UR  - https://doi.org/10.1000/a(b)
ER  - 
";
    assert_eq!(named(OutputFormat::Ris), ris);
    let nbib = "\
PMID- 
DP  - 2024
TI  - R&D [for] GPT-4 & naïve α-nets.
AB  - We try.
FAU - King, Martin Luther Jr.
AU  - King ML Jr.
PT  - Congress
JT  - ICLR 2024
AID - 10.1000/a(b) [doi]
LID - https://doi.org/10.1000/a(b)
";
    assert_eq!(named(OutputFormat::Nbib), nbib);
    let endnote = "\
%0 Conference Paper
%T R&D [for] GPT-4 & naïve α-nets
%A King, Martin Luther, Jr.
%D 2024
%B ICLR 2024
%R 10.1000/a(b)
%X We try.
%U https://doi.org/10.1000/a(b)
";
    assert_eq!(named(OutputFormat::EndNote), endnote);
    assert_eq!(OutputFormat::Ris.describe(2), "RIS of 2 papers");
}

#[test]
fn only_what_goes_into_a_file_ends_with_a_line_end() {
    for format in OutputFormat::ALL {
        let text = rendered(format).text;
        assert_eq!(text.ends_with('\n'), format.is_file(), "{}", format.field_name());
        assert!(!text.ends_with("\n\n"), "{}", format.field_name());
        assert!(!text.chars().any(|it| it.is_control() && it != '\n' && it != '\t'));
    }
}

#[test]
fn rows_stand_below_a_header_that_names_their_cells() {
    let rows = rendered(OutputFormat::Tsv).text;
    let cells: Vec<Vec<&str>> = rows.lines().map(|it| it.split('\t').collect()).collect();
    assert!(cells.iter().all(|it| it.len() == cells[0].len()), "{rows}");
    let cell = |name| cells[1][cells[0].iter().position(|it| *it == name).unwrap()];
    for (name, text) in [
        ("citation_key", "gershman2025keyvalue"),
        ("year", "2025"),
        ("title", "Key-value memory in the brain"),
        ("arxiv_id", "2501.02950"),
    ] {
        assert_eq!(cell(name), text);
    }
    let rows = rendered(OutputFormat::Csv).text;
    assert!(rows.starts_with("citation_key,type,year,"), "{rows}");
}
