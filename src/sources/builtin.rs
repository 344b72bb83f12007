//! The built-in corpus: a saved page of 198 papers, joined with their identifiers.

use std::collections::HashMap;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::sync::Arc;

use flate2::read::GzDecoder;

use crate::domain::{Corpus, Draft, KeyPattern, Segment, SegmentBuilder};
use crate::formats::{Format, read};
use crate::text::fold;

const LISTING: &[u8] = include_bytes!("builtin/listing.txt.gz");
const IDENTIFIERS: &[u8] = include_bytes!("builtin/identifiers.jsonl.gz");

/// Returns the built-in papers: titles and abstracts from the listing, all other data from the
/// identifiers. Built with two threads, because it delays the start of the program.
pub fn builtin_corpus(keys: &KeyPattern) -> Corpus {
    let (identifiers, mut papers) =
        rayon::join(|| drafts(Format::Jsonl, IDENTIFIERS), || drafts(Format::Listing, LISTING));
    let identifiers: HashMap<String, Draft> =
        identifiers.into_iter().map(|it| (fold(&it.title), it)).collect();
    let second = papers.split_off(papers.len() / 2);
    let (first, second) = rayon::join(
        || build_segment(papers, &identifiers, keys),
        || build_segment(second, &identifiers, keys),
    );
    let mut corpus = Corpus::default();
    corpus.push(first);
    corpus.push(second);
    corpus
}

fn build_segment(
    papers: Vec<Draft>,
    identifiers: &HashMap<String, Draft>,
    keys: &KeyPattern,
) -> Arc<Segment> {
    let mut builder = SegmentBuilder::default().with_key_pattern(keys.clone());
    for paper in papers {
        let mut identifiers = identifiers.get(&fold(&paper.title)).cloned().unwrap_or_default();
        // The listing is a page of Hugging Face, which has a page for each of its papers.
        identifiers.urls.push(format!("https://huggingface.co/papers/{}", identifiers.arxiv));
        let paper = Draft { title: paper.title, abstract_text: paper.abstract_text, ..identifiers };
        builder.push(&paper);
    }
    builder.seal()
}

/// Reads embedded data, which cannot fail; a test checks that.
fn drafts(format: Format, packed: &[u8]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut input = BufReader::with_capacity(64 << 10, GzDecoder::new(packed));
    let _ = read(format, &mut input, &mut |record| {
        drafts.extend(record);
        ControlFlow::Continue(())
    });
    drafts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_paper_has_title_abstract_year_and_arxiv_id() {
        let corpus = builtin_corpus(&KeyPattern::default());
        assert_eq!(corpus.len(), 198);
        for (id, paper) in corpus.papers() {
            let abstract_text = corpus.abstract_text(id).unwrap();
            assert!(paper.title.len() > 5 && abstract_text.len() > 300, "{}", paper.title);
            assert!(paper.year.is_some() && !paper.arxiv.is_empty(), "{}", paper.title);
        }
        let anonymous = corpus.papers().filter(|(_, it)| it.author_list.is_empty()).count();
        assert_eq!(anonymous, 1);
    }
}
