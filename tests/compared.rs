//! References of sixty items of every type beside what pandoc makes of them.
//!
//! `references/compared.json` and `compared.bib` hold the items; a line of `compared.jsonl` has the
//! reference in one style, and, where pandoc 2.17.1.1 with the official style of the same date
//! prints another, that one, who is right, and why. pandoc is not needed to run the test.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::HashMap;
use std::ops::ControlFlow;

use offprint::cite::{CiteOptions, OutputFormat, Style, StyleCache, render};
use offprint::domain::{BibField, Corpus, PaperId, SegmentBuilder};
use offprint::formats::{detect, read};
use serde_json::Value;

const ITEMS: [&[u8]; 2] =
    [include_bytes!("references/compared.json"), include_bytes!("references/compared.bib")];
const LINES: &str = include_str!("references/compared.jsonl");
const STYLES: [&str; 8] =
    ["apa", "mla", "chicago", "chicago-notes", "ieee", "vancouver", "nature", "acm"];

fn corpus() -> Corpus {
    let mut corpus = Corpus::default();
    for bytes in ITEMS {
        let mut builder = SegmentBuilder::default();
        read(detect(bytes).unwrap(), &mut &bytes[..], &mut |it| {
            builder.push(&it.unwrap());
            ControlFlow::Continue(())
        })
        .unwrap();
        corpus.push(builder.seal());
    }
    corpus
}

fn lines() -> Vec<HashMap<String, String>> {
    LINES.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn each_reference_is_that_of_pandoc_or_differs_for_a_reason() {
    let corpus = corpus();
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
