//! One small file per dialect, read and compared with its snapshot, then written and read back.

use std::fmt::Write as _;

use biblatex::{Bibliography, ChunksExt};
use offprint::cite::{CiteOptions, OutputFormat, render};
use offprint::domain::{Draft, KeyPattern, PaperKind, PersonName};
use offprint::formats::{Format, detect};
use offprint::sources::builtin_corpus;
use offprint::text::tex_to_unicode;

use crate::support::corpus::{corpus, drafts, ids, records, written};

fn shown(bytes: &[u8]) -> String {
    let format = detect(bytes).unwrap();
    let mut text = format!("{format:?}\n");
    for record in records(format, bytes) {
        match record {
            Ok(draft) => show(&draft, &mut text),
            Err(defect) => writeln!(text, "\nline {}: {}", defect.line, defect.reason).unwrap(),
        }
    }
    text
}

fn show(draft: &Draft, text: &mut String) {
    writeln!(text, "\n{}", draft.title).unwrap();
    let fields = [
        ("authors", draft.authors.join(" | ")),
        ("year", draft.year.map(|it| it.to_string()).unwrap_or_default()),
        ("categories", draft.categories.clone()),
        ("venue", draft.venue.clone()),
        ("arxiv", draft.arxiv.clone()),
        ("doi", draft.doi.clone()),
        ("urls", draft.urls.join(" | ")),
        ("abstract", draft.abstract_text.clone()),
    ];
    if draft.kind != PaperKind::Unknown {
        writeln!(text, "  kind: {:?}", draft.kind).unwrap();
    }
    for (name, value) in fields.into_iter().filter(|(_, it)| !it.is_empty()) {
        writeln!(text, "  {name}: {value}").unwrap();
    }
    for (fact, value) in &draft.fields {
        writeln!(text, "  {fact:?}: {value}").unwrap();
    }
}

fn check(name: &str, bytes: &[u8]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("samples");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown(bytes)));
}

#[test]
fn a_saved_page_is_titles_and_abstracts() {
    check("saved-page", include_bytes!("samples/saved-page.txt"));
}

#[test]
fn articles_and_pages_have_their_facts_in_front() {
    check("jats", include_bytes!("samples/jats.xml"));
    check("web-page", include_bytes!("samples/web-page.html"));
}

#[test]
fn a_page_with_votes_gives_its_papers_and_reports_the_rest() {
    check("page-with-votes", include_bytes!("samples/page-with-votes.txt"));
}

#[test]
fn json_lines_are_read_as_they_are_written() {
    check("lines", include_bytes!("samples/lines.jsonl"));
}

#[test]
fn the_usual_names_of_fields_are_known() {
    check("synonyms", include_bytes!("samples/synonyms.jsonl"));
}

#[test]
fn a_damaged_line_costs_one_paper() {
    check("damaged", include_bytes!("samples/damaged.jsonl"));
}

#[test]
fn replies_of_arxiv_in_atom_are_papers() {
    check("atom", include_bytes!("samples/atom.xml"));
}

#[test]
fn a_harvest_by_oai_pmh_is_papers() {
    check("oai", include_bytes!("samples/oai.xml"));
}

#[test]
fn a_feed_in_rss_is_papers() {
    check("rss", include_bytes!("samples/rss.xml"));
}

#[test]
fn a_set_of_pubmed_is_papers() {
    check("pubmed", include_bytes!("samples/pubmed.xml"));
}

#[test]
fn a_collection_of_the_anthology_is_papers() {
    check("acl", include_bytes!("samples/acl.xml"));
}

#[test]
fn a_dump_of_dblp_is_papers() {
    check("dblp", include_bytes!("samples/dblp.xml"));
}

#[test]
fn what_services_answer_is_read() {
    check("arxiv-snapshot", include_bytes!("samples/arxiv-snapshot.jsonl"));
    check("crossref", include_bytes!("samples/crossref.json"));
    check("dblp-json", include_bytes!("samples/dblp.json"));
    check("hugging-face", include_bytes!("samples/hugging-face.json"));
    check("openalex", include_bytes!("samples/openalex.json"));
    check("semantic-scholar", include_bytes!("samples/semantic-scholar.json"));
}

#[test]
fn what_libraries_export_is_read() {
    check("better-bibtex", include_bytes!("samples/better-bibtex.json"));
    check("csl", include_bytes!("samples/csl.json"));
    check("paperlists", include_bytes!("samples/paperlists.json"));
    check("plain-table", include_bytes!("samples/plain.tsv"));
    check("scopus", include_bytes!("samples/scopus.csv"));
}

#[test]
fn a_damaged_record_in_a_document_costs_one_paper() {
    check("damaged-document", include_bytes!("samples/damaged.json"));
}

#[test]
fn ris_is_read_in_its_dialects() {
    check("dialects-ris", include_bytes!("samples/dialects.ris"));
}

#[test]
fn the_letters_of_an_old_program_are_read() {
    check("latin-ris", include_bytes!("samples/latin.ris"));
}

#[test]
fn an_export_of_pubmed_is_read() {
    check("pubmed-nbib", include_bytes!("samples/pubmed.nbib"));
}

#[test]
fn references_after_refer_are_read() {
    check("refer-enw", include_bytes!("samples/refer.enw"));
}

#[test]
fn an_export_of_the_web_of_science_is_read() {
    check("science-wos", include_bytes!("samples/science.wos"));
}

#[test]
fn a_bibliography_of_typst_is_read() {
    check("typst", include_bytes!("samples/typst.yml"));
}

#[test]
fn a_bibliography_is_read_whatever_program_wrote_it() {
    check("bibliography", include_bytes!("samples/bibliography.bib"));
}

#[test]
fn a_broken_entry_costs_one_paper() {
    check("broken", include_bytes!("samples/broken.bib"));
}

#[test]
fn a_bibliography_is_given_back_as_it_came_but_for_what_stands_elsewhere() {
    let bytes = include_bytes!("samples/bibliography.bib");
    let text = std::str::from_utf8(bytes).unwrap();
    let corpus = corpus(&drafts(Format::Bibtex, bytes));
    let ids = ids(&corpus);
    for &id in &ids {
        let entry = render(&corpus, &[id], OutputFormat::Bibtex, &CiteOptions::default()).text;
        let is_same = text.contains(&entry);
        let is_made =
            entry.contains("{Journal of Map Lore}") || entry.contains("  booktitle = {Proc");
        assert!(entry.ends_with('\n') && is_same != is_made, "{entry}");
    }
    let keys = render(&corpus, &ids, OutputFormat::Key, &CiteOptions::default()).text;
    assert_eq!(keys.matches("euler2033bridges,").count(), 1);
    assert_eq!(keys.matches("euler2033bridges-").count(), 1);
    // The `biblatex` parser rejects repeated keys.
    let keys = render(&corpus, &ids[..5], OutputFormat::Key, &CiteOptions::default()).text;
    let written = render(&corpus, &ids[..5], OutputFormat::Bibtex, &CiteOptions::default()).text;
    let read = Bibliography::parse(&written).unwrap();
    assert_eq!(keys, read.keys().collect::<Vec<_>>().join(","));
}

#[test]
fn json_lines_written_are_the_papers_that_were_read() {
    let papers = builtin_corpus(&KeyPattern::default());
    let lines = written(&papers, OutputFormat::Jsonl, &CiteOptions::default());
    let again = corpus(&drafts(Format::Jsonl, lines.as_bytes()));
    assert_eq!(written(&again, OutputFormat::Jsonl, &CiteOptions::default()), lines);
}

#[test]
fn no_two_built_in_papers_share_a_key() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let mut keys: Vec<String> = corpus.papers().map(|(id, _)| corpus.citation_key(id)).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn bibtex_of_every_built_in_paper_is_read_back() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let written = render(&corpus, &ids(&corpus), OutputFormat::Bibtex, &CiteOptions::default());
    assert_eq!((written.papers, written.omitted), (198, 0));
    let read = Bibliography::parse(&written.text).unwrap();
    assert_eq!(read.len(), 198);
    for (id, paper) in corpus.papers() {
        let entry = read.get(&corpus.citation_key(id)).unwrap();
        assert_eq!(entry.title().unwrap().format_verbatim(), tex_to_unicode(paper.title));
        assert_eq!(entry.get("year").unwrap().format_verbatim(), paper.year.unwrap().to_string());
        assert_eq!(entry.get("eprint").unwrap().format_verbatim(), paper.arxiv);
        let authors: Vec<(String, String)> = entry
            .author()
            .unwrap_or_default()
            .into_iter()
            .map(|it| (it.given_name, [it.prefix, it.name].join(" ").trim().to_owned()))
            .collect();
        let names = paper.authors().map(|it| PersonName::parse(&tex_to_unicode(it)));
        let names: Vec<_> = names.map(|it| (it.given, it.family)).collect();
        assert_eq!(authors, names, "{}", paper.title);
    }
}
