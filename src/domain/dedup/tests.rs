//! Tests of finding and merging duplicates.

use super::deduplicator::Deduplicator;
use crate::domain::corpus::Corpus;
use crate::domain::paper::draft::Draft;
use crate::domain::paper::field::{BibField, PaperKind};
use crate::domain::paper::paper::PaperId;
use crate::domain::segment::segment_builder::SegmentBuilder;

/// A corpus with one segment per list of drafts.
fn corpus(segments: &[Vec<Draft>]) -> Corpus {
    let mut deduplicator = Deduplicator::default();
    let mut corpus = Corpus::default();
    for drafts in segments {
        let mut builder = SegmentBuilder::default();
        for draft in drafts {
            builder.push(draft);
        }
        let segment = builder.seal();
        if let Some(duplicates) = deduplicator.add_segment(&segment) {
            corpus.set_duplicates(duplicates);
        }
        corpus.push(segment);
    }
    corpus
}

fn draft(title: &str, author: &str, year: Option<i16>) -> Draft {
    Draft { title: title.to_owned(), authors: vec![author.to_owned()], year, ..Draft::default() }
}

fn preprint() -> Draft {
    Draft {
        arxiv: "1706.03762".to_owned(),
        categories: "cs.CL".to_owned(),
        kind: PaperKind::Preprint,
        abstract_text: "The dominant models.".to_owned(),
        ..draft("Attention is all you need", "Ashish Vaswani", Some(2017))
    }
}

fn published() -> Draft {
    let mut draft = Draft {
        doi: "10.1000/182".to_owned(),
        venue: "NeurIPS".to_owned(),
        kind: PaperKind::Conference,
        ..draft("Attention Is All You Need", "Vaswani, A.", Some(2018))
    };
    draft.add_field(BibField::Pages, "1--9");
    draft
}

fn ids(corpus: &Corpus) -> Vec<u32> {
    corpus.papers().map(|(id, _)| id.0).collect()
}

/// The papers that the searched rows represent, in order.
fn listed_papers(corpus: &Corpus) -> Vec<u32> {
    let rows = corpus.searched_segments().flat_map(|(start, it)| start..start + it.len());
    let mut listed_papers: Vec<u32> =
        rows.filter_map(|row| corpus.listed_paper(PaperId(row))).map(|it| it.0).collect();
    listed_papers.sort_unstable();
    listed_papers
}

#[test]
fn a_preprint_and_what_was_published_are_one_paper_with_the_fields_of_both() {
    let other = draft("Another paper of hers", "A. Vaswani", Some(2017));
    let corpus = corpus(&[vec![preprint(), other], vec![published()]]);
    assert_eq!((corpus.len(), corpus.paper_count()), (3, 2));
    assert_eq!((ids(&corpus), listed_papers(&corpus)), (vec![0, 1], vec![0, 1]));
    let paper = corpus.get(PaperId(0)).unwrap();
    assert_eq!((paper.title, paper.year), ("Attention Is All You Need", Some(2018)));
    assert_eq!((paper.venue, paper.kind), ("NeurIPS", PaperKind::Conference));
    assert_eq!((paper.arxiv, paper.doi), ("1706.03762", "10.1000/182"));
    assert_eq!((paper.categories, paper.field(BibField::Pages)), ("cs.CL", "1–9"));
    assert_eq!(corpus.abstract_text(PaperId(0)), Ok("The dominant models.".into()));
    let records: Vec<_> = corpus.records(PaperId(2)).map(|(id, it)| (id.0, it.year)).collect();
    assert_eq!(records, [(0, Some(2017)), (2, Some(2018))]);
    assert_eq!(corpus.paper_of_record(PaperId(2)), PaperId(0));
}

#[test]
fn a_paper_goes_by_the_keys_of_all_its_records() {
    let keyed = |draft: Draft, key: &str| {
        let mut draft = draft;
        draft.add_field(BibField::Key, key);
        draft
    };
    let papers = vec![keyed(preprint(), "transformer"), keyed(published(), "vaswani:neurips")];
    let corpus = corpus(&[papers, vec![draft("Another paper", "Bo Reed", None)]]);
    for key in ["transformer", "vaswani:neurips"] {
        assert!(corpus.has_citation_key(PaperId(0), key), "{key}");
        assert!(corpus.citation_key_starts_with(PaperId(0), &key[..5]), "{key}");
        assert!(!corpus.has_citation_key(PaperId(2), key), "{key}");
    }
    assert!(!corpus.has_citation_key(PaperId(0), "trans"));
}

#[test]
fn of_two_records_of_one_paper_the_newer_says_what_holds() {
    let draft_with = |field, value: &str, title: &str, year| {
        let mut draft = Draft { title: title.to_owned(), year: Some(year), ..preprint() };
        draft.add_field(field, value);
        draft
    };
    for (field, older, newer) in [
        (BibField::Version, "", "2"),
        (BibField::Version, "v2", "v10"),
        (BibField::Version, "1.9.3", "1.10"),
        (BibField::Updated, "2019-05-30", "2020-01-02"),
    ] {
        let older = draft_with(field, older, "Attention is all you need", 2017);
        let newer = draft_with(field, newer, "Attention is nearly all you need", 2018);
        for records in [[older.clone(), newer.clone()], [newer, older]] {
            let corpus = corpus(&[records.to_vec()]);
            let paper = corpus.get(PaperId(0)).unwrap();
            assert_eq!((corpus.paper_count(), paper.year), (1, Some(2018)), "{field:?}");
            assert_eq!(paper.title, "Attention is nearly all you need", "{field:?}");
        }
    }
    let mut second = preprint();
    second.add_field(BibField::Version, "2");
    let merged = corpus(&[vec![second, published()]]);
    assert_eq!(merged.get(PaperId(0)).unwrap().field(BibField::Version), "");
}

#[test]
fn a_paper_that_is_met_again_word_for_word_costs_a_link() {
    let corpus = corpus(&[vec![preprint(), preprint()], vec![preprint()]]);
    assert_eq!((ids(&corpus), listed_papers(&corpus)), (vec![0], vec![0]));
    assert_eq!(corpus.searched_segments().count(), 2);
    assert_eq!(corpus.records(PaperId(0)).count(), 3);
}

#[test]
fn a_record_that_has_the_identifiers_of_two_papers_makes_them_one() {
    let mut joined = draft("Something else entirely", "A. Vaswani", None);
    (joined.arxiv, joined.doi) = ("1706.03762".to_owned(), "10.1000/182".to_owned());
    let separate = Draft { title: "The transformer paper".to_owned(), ..published() };
    let merged =
        corpus(&[vec![preprint(), draft("In between", "B", None)], vec![separate], vec![joined]]);
    assert_eq!((ids(&merged), listed_papers(&merged)), (vec![0, 1], vec![0, 1]));
    assert_eq!(merged.records(PaperId(3)).map(|(id, _)| id.0).collect::<Vec<_>>(), [0, 2, 3]);
    let (segment, row) = merged.locate(PaperId(0)).unwrap();
    assert_eq!(merged.get(PaperId(0)).unwrap().title, "The transformer paper");
    assert!(segment.folded().record(row).contains("something else entirely"));
}

#[test]
fn papers_that_only_look_alike_stay_two() {
    let arxiv = |id: &str| Draft { arxiv: id.to_owned(), ..preprint() };
    let doi = |id: &str| Draft { doi: id.to_owned(), ..published() };
    let year = |year| draft("Report of the treasurer", "A. Smith", year);
    for (a, b, papers) in [
        (arxiv("1706.03762"), arxiv("1706.03763"), 2),
        (doi("10.1000/1"), doi("10.1000/2"), 2),
        (preprint(), doi("10.1000/2"), 1),
        (year(Some(2015)), year(Some(2017)), 2),
        (year(Some(2015)), year(Some(2016)), 1),
        (year(Some(2015)), year(None), 1),
        (year(None), draft("Report of the treasurer", "A. Jones", None), 2),
        (draft("Editorial", "A. Smith", None), draft("Editorial", "A. Smith", None), 2),
    ] {
        let context = format!("{a:?} {b:?}");
        assert_eq!(corpus(&[vec![a, b]]).paper_count(), papers, "{context}");
    }
}

/// A draft with venue, year and pages, and without an author if the name is empty.
fn placed(title: &str, author: &str, venue: &str, year: i16, pages: &str) -> Draft {
    let mut draft = Draft { venue: venue.to_owned(), ..draft(title, author, Some(year)) };
    draft.authors.retain(|it| !it.is_empty());
    draft.add_field(BibField::Pages, pages);
    draft
}

#[test]
fn records_without_authors_are_one_paper_where_container_and_year_are_the_same() {
    let report = |venue, year| placed("Yearly report of the harbour master", "", venue, year, "");
    let anonymous =
        |year| placed("Yearly report of the harbour master", "Anonymous", "Acta", year, "");
    for (a, b, papers) in [
        (report("Acta", 2001), report("Acta", 2001), 1),
        (report("Acta", 2001), report("Acta", 2002), 2),
        (report("Acta", 2001), report("Nova", 2001), 2),
        (report("", 2001), report("", 2001), 2),
        (report("Acta", 2001), anonymous(2001), 1),
        (anonymous(2001), anonymous(2002), 2),
    ] {
        let context = format!("{a:?} {b:?}");
        assert_eq!(corpus(&[vec![a, b]]).paper_count(), papers, "{context}");
    }
}

#[test]
fn a_generic_title_is_of_one_paper_in_one_place_or_with_one_identifier() {
    let review = |title, year, pages| placed(title, "Lindqvist, Ada", "Acta", year, pages);
    let volume = |volume: &str| {
        let mut draft = review("Book review", 2001, "1-2");
        draft.add_field(BibField::Volume, volume);
        draft
    };
    let doi = |doi: &str| Draft { doi: doi.to_owned(), ..review("Editorial", 2001, "") };
    for (a, b, papers) in [
        (review("Introduction", 2001, ""), review("Introduction", 2001, ""), 2),
        (review("Introduction", 2001, "3-9"), review("Introduction", 2001, "3-9"), 1),
        (review("Introduction", 2001, "3-9"), review("Introduction", 2001, "13-19"), 2),
        (review("Vorwort 2", 2001, ""), review("Vorwort 2", 2002, ""), 2),
        (volume("7"), volume("7"), 1),
        (volume("7"), volume("8"), 2),
        (doi("10.1234/a"), doi("10.1234/a"), 1),
        (review("Introduction to rivers", 2001, ""), review("Introduction to rivers", 2001, ""), 1),
    ] {
        let context = format!("{a:?} {b:?}");
        assert_eq!(corpus(&[vec![a, b]]).paper_count(), papers, "{context}");
    }
}

#[test]
fn an_identifier_joins_only_papers_that_share_a_word_or_a_name() {
    let draft_by = |title: &str, author: &str| Draft {
        doi: "10.1234/wrong".to_owned(),
        ..draft(title, author, None)
    };
    for (a, b, papers) in [
        (draft_by("Eels of the delta", "Ada Moss"), draft_by("Granite and quartz", "Bo Reed"), 2),
        (draft_by("Eels of the delta", "Ada Moss"), draft_by("The delta: granite", "Bo Reed"), 1),
        (draft_by("Eels of the delta", "Ada Moss"), draft_by("Granite and quartz", "Moss, A."), 1),
        (
            draft_by("The eels of 2001", "Ada van Moss"),
            draft_by("The quartz of 2001", "Bo van Reed"),
            2,
        ),
    ] {
        let context = format!("{a:?} {b:?}");
        assert_eq!(corpus(&[vec![a.clone(), b.clone()]]).paper_count(), papers, "{context}");
        assert_eq!(corpus(&[vec![a], vec![b]]).paper_count(), papers, "{context}");
    }
}

#[test]
fn an_identifier_that_several_papers_have_joins_none_of_them() {
    let titled =
        |title: &str| Draft { doi: "10.1234/none".to_owned(), ..draft(title, "Ada Moss", None) };
    let several = ["Eels of the delta", "Granite under glaciers", "Moss on old roofs"].map(titled);
    assert_eq!(corpus(&[several.to_vec()]).paper_count(), 3);
    let similar_titles =
        ["Eels of the delta", "Eels of a delta: a survey", "Eels: the delta revisited"];
    assert_eq!(corpus(&[similar_titles.map(titled).to_vec()]).paper_count(), 1);
}

#[test]
fn a_placeholder_is_no_identifier() {
    for placeholder in ["0", "-1", "NA", "None", "n/a", "unknown", "null", "00"] {
        let titled = |title: &str| {
            let mut draft = draft(title, "Ada Moss", None);
            draft.fields =
                vec![(BibField::Pmid, placeholder.into()), (BibField::Pmcid, placeholder.into())];
            draft.doi = placeholder.to_owned();
            draft
        };
        let papers = vec![titled("Eels of the delta"), titled("Eels of the coast")];
        assert_eq!(corpus(&[papers]).paper_count(), 2, "{placeholder}");
    }
}

#[test]
fn any_number_of_papers_with_one_title_are_told_apart_in_no_time() {
    let papers = |from: u32| {
        let numbered_draft = |at: u32| Draft { arxiv: format!("2001.{at:05}"), ..preprint() };
        (from..from + 2000).map(numbered_draft).collect::<Vec<_>>()
    };
    assert_eq!(corpus(&[papers(0), papers(2000)]).paper_count(), 4000);
}

#[test]
fn a_key_that_was_seen_is_found_among_many() {
    let numbered_draft = |at: u32| Draft {
        arxiv: format!("2001.{at:05}"),
        ..draft(&format!("Eel number {at}"), "", None)
    };
    let papers: Vec<Draft> = (0..2000).map(numbered_draft).collect();
    let corpus = corpus(&[papers.clone(), papers]);
    assert_eq!((corpus.len(), corpus.paper_count()), (4000, 2000));
    assert_eq!(corpus.paper_of_record(PaperId(3999)), PaperId(1999));
}

#[test]
fn a_paper_has_the_names_of_all_sources_that_listed_it() {
    let listed = |origin: &str| {
        let mut draft = preprint();
        draft.add_field(BibField::Origin, origin);
        draft
    };
    let corpus = corpus(&[vec![listed("cs.CL"), preprint()], vec![listed("hf"), listed("cs.CL")]]);
    assert_eq!(corpus.paper_count(), 1);
    let paper = corpus.get(PaperId(0)).unwrap();
    assert_eq!(paper.origins().collect::<Vec<_>>(), ["cs.CL", "hf"]);
}
