//! Tests of references in pasted text over small corpora.

use proptest::prelude::*;

use super::resolve::resolve_references;
use super::summary::{MatchBasis, ResolvedReference};
use crate::cite::{Bibliography, SharedBibliography};
use crate::domain::{BibField, Corpus, Draft, PaperId, SegmentBuilder};

fn paper(title: &str, authors: &[&str], year: i16) -> Draft {
    Draft {
        title: title.into(),
        authors: authors.iter().map(|&it| it.into()).collect(),
        year: Some(year),
        ..Draft::default()
    }
}

fn corpus() -> Corpus {
    let mut drafts = [
        paper("Graphs that forget", &["Ada Poe", "Bo Moss"], 2020),
        paper("Graphs", &["Cy Lo"], 1999),
        paper("Maps of eels: a long survey of the northern rivers", &["Bo Moss"], 2021),
        paper("Eels in the northern rivers of Sweden", &["Ida Müller", "Ada Poe"], 2019),
        paper("Proceedings of the workshop on eels and maps", &[], 2020),
        paper("{H}igh-$\\beta$ plasmas in the {Ö}resund", &["Eva Ek"], 2001),
        paper("Weaving rooms", &["Gus van der Berg", "Ada Poe", "Bo Moss"], 2018),
    ];
    drafts[0].arxiv = "2001.00001".into();
    drafts[1].doi = "10.1000/s0022(99)1".into();
    drafts[2].urls = vec!["https://www.example.org/eels/".into()];
    drafts[3].add_field(BibField::Key, "mueller-2019-eels");
    drafts[6].add_field(BibField::Pmid, "16403221");
    drafts[6].venue = "Rooms and Halls".into();
    let mut corpus = Corpus::default();
    for part in drafts.chunks(3) {
        let mut builder = SegmentBuilder::default();
        for draft in part {
            builder.push(draft);
        }
        corpus.push(builder.seal());
    }
    corpus
}

fn resolved(text: &str) -> Vec<ResolvedReference> {
    resolve_references(&corpus(), &SharedBibliography::default(), text)
}

/// The rows found for each reference.
fn rows(text: &str) -> Vec<Vec<u32>> {
    resolved(text).iter().map(|it| it.papers.iter().map(|id| id.0).collect()).collect()
}

/// The row and the basis of the only reference.
#[track_caller]
fn only(text: &str) -> (Option<u32>, Option<MatchBasis>) {
    let [one] = <[ResolvedReference; 1]>::try_from(resolved(text)).unwrap();
    (one.papers.first().map(|id| id.0), one.basis)
}

#[test]
fn an_identifier_decides_before_everything_else() {
    for (text, row) in [
        ("Eels in the northern rivers of Sweden. arXiv:2001.00001v2 (2020).", 0),
        ("[Maps of eels](https://arxiv.org/abs/2001.00001)", 0),
        ("\\cite{mueller-2019-eels} https://doi.org/10.1000/s0022(99)1.", 1),
        ("Weaving. PMID: 16403221.", 6),
    ] {
        assert_eq!(only(text), (Some(row), Some(MatchBasis::Identifier)), "{text}");
    }
}

#[test]
fn an_address_or_a_citation_key_decides_before_the_title() {
    assert_eq!(only("see http://example.org/eels#top"), (Some(2), Some(MatchBasis::Address)));
    for (text, row) in [
        ("\\citep[see][]{mueller-2019-eels}", 3),
        ("[@mueller-2019-eels]", 3),
        ("mueller-2019-eels,", 3),
        ("@poe2020graphs", 0),
        ("as in poe2020graphs and others", 0),
        ("[@poe2020graphs-2001.00001]", 0),
    ] {
        assert_eq!(only(text), (Some(row), Some(MatchBasis::CitationKey)), "{text}");
    }
}

#[test]
fn a_key_of_the_own_bibliography_finds_its_paper() {
    let entry = |key: &str, draft: Draft| {
        let mut draft = draft;
        draft.add_field(BibField::Key, key);
        draft
    };
    let mut own = Bibliography::with_name("refs.bib".as_ref());
    own.add(&entry("my:graphs", Draft { arxiv: "2001.00001".into(), ..paper("Any", &[], 2020) }));
    own.add(&entry("my:weaving", paper("Weaving rooms", &["Gus van der Berg"], 2018)));
    let bibliographies = SharedBibliography::default();
    bibliographies.set(own);
    for (text, row) in [("\\cite{my:graphs}", 0), ("[@my:weaving]", 6)] {
        let found = resolve_references(&corpus(), &bibliographies, text);
        assert_eq!(found[0].papers, [PaperId(row)], "{text}");
        assert_eq!(found[0].basis, Some(MatchBasis::CitationKey), "{text}");
    }
}

#[test]
fn a_title_is_found_in_every_style_of_reference() {
    for text in [
        "Poe, A., & Moss, B. (2020). Graphs that forget. Networks.",
        "A. Poe and B. Moss, “Graphs that forget,” Networks, 2020.",
        "Poe A, Moss B. Graphs that forget. Networks. 2020;3(1):4-5.",
        "Poe, Ada, and Bo Moss. \"Graphs That Forget.\" Networks (2020).",
        "1. Poe A. Graphs\nthat forget. 2020",
        "<p>Poe (2020). <i>Graphs</i> that forget</p>",
        "[Graphs that forget](https://example.com/other)",
    ] {
        assert_eq!(only(text), (Some(0), Some(MatchBasis::Title)), "{text}");
    }
    assert_eq!(only("Ek E. High-β plasmas in the Öresund. 2001.").0, Some(5));
    assert_eq!(only("Ek E. {H}igh-$\\beta$ plasmas in the {\\\"O}resund, 2001").0, Some(5));
}

#[test]
fn a_title_may_lack_its_subtitle_or_have_one_more() {
    assert_eq!(
        only("Moss B. Maps of eels: a long survey of the northern rivers. 2021.").0,
        Some(2)
    );
    assert_eq!(only("Poe A. Graphs that forget: why they do. 2020.").0, Some(0));
    let draft = paper("Maps of northern eels: a survey", &["Bo Moss"], 2021);
    let mut builder = SegmentBuilder::default();
    builder.push(&draft);
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    let find = |text: &str| resolve_references(&corpus, &SharedBibliography::default(), text);
    assert_eq!(find("Moss B. Maps of northern eels. 2021.")[0].papers.len(), 1);
    assert_eq!(find("Moss B. Maps of northern eels in Sweden. 2021.")[0].papers.len(), 0);
}

#[test]
fn a_short_title_counts_only_beside_its_author() {
    assert_eq!(only("Lo C. Graphs. 1999."), (Some(1), Some(MatchBasis::Title)));
    for text in ["Ito E. Graphs. 1999.", "Lo C. Graphs of everything in the north. 2005."] {
        assert_eq!(only(text), (None, None), "{text}");
    }
}

#[test]
fn the_title_of_the_proceedings_does_not_decide() {
    let text =
        "Poe A, Moss B. Graphs that forget. Proceedings of the workshop on eels and maps, 2020.";
    assert_eq!(only(text).0, Some(0));
    let text = "Ek E. On plasmas. In Proceedings of the workshop on eels and maps, 2020.";
    assert_eq!(only(text), (None, None));
    let text = "Proceedings of the workshop on eels and maps, 2020.";
    assert_eq!(only(text).0, Some(4));
}

#[test]
fn authors_and_year_decide_where_no_title_does() {
    let text = "van der Berg G, Poe A, Moss B. Rooms and Halls 3, 17 (2018).";
    assert_eq!(only(text), (Some(6), Some(MatchBasis::AuthorsAndYear)));
    for text in [
        "van der Berg G, Poe A, Moss B. Entirely different matters about plasma physics (2018).",
        "van der Berg G, Poe A, Moss B. Rooms and Halls 3, 17 (2016).",
    ] {
        assert_eq!(only(text), (None, None), "{text}");
    }
}

#[test]
fn an_umlaut_may_be_spelled_out() {
    let text = "Mueller I, Poe A. Eels in the northern rivers of Sweden.";
    assert_eq!(only(text), (Some(3), Some(MatchBasis::Title)));
}

#[test]
fn a_list_finds_its_papers_in_order() {
    let list = "[1] Moss B. Maps of eels: a long survey of the northern rivers.\n\
        [2] Unknown A. A paper of another corpus. 2020.\n\
        [3] Poe A, Moss B. Graphs that\n  forget. Networks, 2020.\n";
    assert_eq!(rows(list), [vec![2], vec![], vec![0]]);
    let lines = "2001.00001\nEels in the northern rivers of Sweden\nsmith2020x";
    assert_eq!(rows(lines), [vec![0], vec![3], vec![]]);
    assert_eq!(rows("2001.00001 10.1000/s0022(99)1 10.1000/none"), [vec![0], vec![1], vec![]]);
    assert_eq!(
        rows("\\cite{mueller-2019-eels,none2020,poe2020graphs}"),
        [vec![3], vec![], vec![0]]
    );
}

#[test]
fn lines_that_a_title_extends_over_are_one_reference() {
    let lines =
        "Müller I. Eels in the Northern\nRivers of Sweden. 2019.\nPoe A. Graphs that forget. 2020.";
    assert_eq!(rows(lines), [vec![3], vec![0]]);
}

#[test]
fn a_bibliography_is_resolved_by_identifier_title_and_key() {
    let text = "@misc{any, title = {Unrelated}, eprint = {2001.00001}, archiveprefix = {arXiv}}\n\
        @book{mine, title = {Eels in the northern rivers of {Sweden}}, author = {Müller, Ida}}\n\
        @book{mueller-2019-eels, title = {Something else entirely about cats}}\n";
    assert_eq!(rows(text), [vec![0], vec![3], vec![]]);
    let text = "TY  - JOUR\nTI  - Graphs that forget\nAU  - Poe, Ada\nPY  - 2020\nER  -\n";
    assert_eq!(rows(text), [vec![0]]);
}

proptest! {
    #[test]
    fn any_text_is_resolved(text in "(Poe|Graphs that forget|Graphs|2020|10\\.1000/|2001\\.00001|\\\\cite\\{|@|\\{|\\}|<i>|&amp;|\\$|[⏎\n.,:;\"()\\[\\] -]|[a-zé]{1,4}){0,30}") {
        for it in resolved(&text) {
            prop_assert_eq!(it.basis.is_some(), !it.papers.is_empty());
        }
    }

    #[test]
    fn any_unicode_text_is_resolved(text in any::<String>()) {
        let _ = resolved(&text);
    }
}
