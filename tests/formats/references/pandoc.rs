//! References of sixty items of every type, compared with those of pandoc.
//!
//! `compared.json` and `compared.bib` contain the items. A line of `compared.jsonl` has the
//! reference in one style; if pandoc 2.17.1.1 with the official style of the same date differs,
//! also the reference of pandoc, which of the two is right, and why. The test does not run pandoc.

use std::collections::HashMap;

use offprint::cite::{CiteOptions, OutputFormat, Style, StyleCache, render};
use offprint::domain::{BibField, PaperId};
use offprint::formats::Format;
use serde_json::Value;

use crate::support::corpus::{corpus, drafts};

const ITEMS: [&[u8]; 2] = [include_bytes!("compared.json"), include_bytes!("compared.bib")];
const LINES: &str = include_str!("compared.jsonl");
const STYLES: [&str; 8] =
    ["apa", "mla", "chicago", "chicago-notes", "ieee", "vancouver", "nature", "acm"];

fn lines() -> Vec<HashMap<String, String>> {
    LINES.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn each_reference_is_that_of_pandoc_or_differs_for_a_reason() {
    let [csl, bibtex] = ITEMS;
    let items = [drafts(Format::Json, csl), drafts(Format::Bibtex, bibtex)].concat();
    let corpus = corpus(&items);
    let papers: HashMap<&str, PaperId> =
        corpus.papers().map(|(id, paper)| (paper.field(BibField::Key), id)).collect();
    assert_eq!(papers.len(), 60);
    let press = StyleCache::default();
    for line in lines() {
        let style = Style::find(&line["style"]).unwrap();
        let style = CiteOptions { style, style_cache: press.clone(), ..CiteOptions::default() };
        let set = render(&corpus, &[papers[&*line["key"]]], OutputFormat::Reference, &style);
        assert_eq!(set.text, line["reference"], "{} in {}", line["key"], line["style"]);
        if let Some(other) = line.get("pandoc") {
            assert_ne!(*other, line["reference"]);
            assert!(["Offprint", "pandoc"].contains(&&*line["right"]));
            assert!(line["reason"].ends_with(['.', '`']), "{}", line["reason"]);
        }
    }
}

#[test]
fn every_item_is_compared_in_every_style() {
    let lines = lines();
    for style in STYLES {
        assert_eq!(lines.iter().filter(|it| it["style"] == style).count(), 60, "{style}");
    }
    assert_eq!(lines.len(), 60 * STYLES.len());
    let items: Vec<Value> = serde_json::from_slice(ITEMS[0]).unwrap();
    assert_eq!(items.len(), 36);
}
