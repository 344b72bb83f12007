//! Tests of citation keys in a corpus.

use proptest::prelude::*;

use crate::domain::corpus::Corpus;

use crate::domain::paper::draft::Draft;

use crate::domain::paper::field::BibField;
use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment_builder::SegmentBuilder;

fn draft(author: &str, year: i16, title: &str) -> Draft {
    Draft {
        title: title.into(),
        authors: vec![author.into()],
        year: Some(year),
        ..Draft::default()
    }
}

fn corpus(drafts: &[Draft]) -> Corpus {
    let mut builder = SegmentBuilder::default();
    for draft in drafts {
        builder.push(draft);
    }
    let mut corpus = Corpus::default();
    corpus.push(builder.seal());
    corpus
}

/// The key of a paper without a suffix, from a corpus with no other paper.
fn base_key(draft: &Draft) -> String {
    corpus(std::slice::from_ref(draft)).citation_key(PaperId(0))
}

fn keys(drafts: &[Draft]) -> Vec<String> {
    let corpus = corpus(drafts);
    let ids: Vec<PaperId> = corpus.papers().map(|(id, _)| id).collect();
    ids.iter().map(|&id| corpus.citation_key(id)).collect()
}

#[test]
fn a_key_is_family_name_year_and_first_significant_word() {
    for (author, year, title, key) in [
        ("Samuel J. Gershman", 2025, "Key-value memory in the brain", "gershman2025keyvalue"),
        ("Ashish Vaswani", 2017, "Attention Is All You Need", "vaswani2017attention"),
        ("Laurens van der Maaten", 2008, "Visualizing Data", "vandermaaten2008visualizing"),
        ("O'Neil, Cathy", 2016, "On the 2nd Try", "oneil20162nd"),
        ("Ada Lovelace", 1843, "To the", "lovelace1843to"),
        ("The ATLAS Collaboration", 2012, "Observation of a Particle", "atlas2012observation"),
        ("李明", 2020, "Reading Machines", "reading2020machines"),
        ("Ada Lovelace", 2020, "機械", "lovelace2020"),
    ] {
        assert_eq!(base_key(&draft(author, year, title)), key);
    }
}

#[test]
fn what_is_unknown_is_left_out_and_a_key_is_never_empty() {
    let titled = |title: &str| Draft { title: title.into(), ..Draft::default() };
    assert_eq!(base_key(&titled("Deep Memory Networks")), "deepmemory");
    assert_eq!(
        base_key(&Draft { year: Some(2024), ..titled("FreqINR: Consistency") }),
        "freqinr2024consistency"
    );
    assert_eq!(
        base_key(&Draft { arxiv: "2501.02950".into(), ..titled("機械") }),
        "paper-2501.02950"
    );
    assert_eq!(
        base_key(&Draft { doi: "10.1000/a(b)_c".into(), ..titled("機械") }),
        "paper-10.1000-a-b--c"
    );
    assert_eq!(base_key(&titled("")).len(), "paper-123456".len());
}

#[test]
fn a_key_is_the_same_alone_and_beside_a_rival() {
    let base = draft("Gershman, S.", 2025, "Key-value memory");
    let drafts = [
        Draft { arxiv: "2501.02950".into(), ..base.clone() },
        Draft { arxiv: "hep-th/9901001".into(), ..base.clone() },
        Draft { doi: "10.1000/X_1".into(), ..base.clone() },
        base,
    ];
    assert_eq!(keys(&drafts), drafts.each_ref().map(base_key));
    assert_eq!(keys(&drafts), ["gershman2025keyvalue"; 4]);
    let corpus = corpus(&drafts);
    let unique_key = |at: u32| corpus.unique_citation_key(PaperId(at), "gershman2025keyvalue");
    assert_eq!(unique_key(0), "gershman2025keyvalue-2501.02950");
    assert_eq!(unique_key(1), "gershman2025keyvalue-hep-th-9901001");
    assert_eq!(unique_key(2), "gershman2025keyvalue-10.1000-x-1");
    assert_eq!(unique_key(3).len(), "gershman2025keyvalue-123456".len());
    for at in 0..4 {
        assert!(corpus.has_citation_key(PaperId(at), &unique_key(at)));
        assert!(!corpus.has_citation_key(PaperId(at), &unique_key((at + 1) % 4)));
    }
}

#[test]
fn the_key_of_a_file_is_kept_as_it_is() {
    let keyed = |key: &str| {
        let mut draft = draft("Gershman, S.", 2025, "Key-value memory");
        draft.add_field(BibField::Key, key);
        draft
    };
    let drafts = [
        keyed("DBLP:journals/Nec"),
        keyed("DBLP:journals/Nec"),
        Draft { arxiv: "2501.02950".into(), ..draft("Gershman, S.", 2025, "Key-value memory") },
    ];
    let source_key = "DBLP:journals/Nec";
    assert_eq!(keys(&drafts), [source_key, source_key, "gershman2025keyvalue"]);
    let corpus = corpus(&drafts);
    assert!(corpus.citation_key_starts_with(PaperId(0), "dblp:journals/n"));
    assert!(!corpus.citation_key_starts_with(PaperId(0), "gershman"));
    assert!(corpus.citation_key_starts_with(PaperId(2), "gershman2025keyvalue-25"));
    assert!(!corpus.citation_key_starts_with(PaperId(2), "gershman2025keyvalue-26"));
}

proptest! {
    #[test]
    fn a_key_of_ones_own_is_kept_as_it_is(source_key in "[!-~]{1,12}") {
        let mut draft = draft("Ada Lovelace", 1843, "Notes");
        draft.add_field(BibField::Key, source_key.clone());
        prop_assert_eq!(base_key(&draft), source_key);
    }

    #[test]
    fn a_key_is_never_empty_and_safe_everywhere(
        title in "\\PC{0,20}|.{0,20}",
        author in "\\PC{0,12}|.{0,12}",
        year in proptest::option::of(any::<i16>()),
        id in "[0-9./ -]{0,8}",
    ) {
        let draft = Draft {
            title,
            authors: vec![author],
            year: year.filter(|&it| it > 0),
            arxiv: id,
            ..Draft::default()
        };
        let key = base_key(&draft);
        prop_assert!(!key.is_empty());
        prop_assert!(key.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || b".-".contains(&it)));
    }
}
