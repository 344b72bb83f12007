//! Tests of matches in abstracts, in memory and in a store.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;

use super::*;
use crate::domain::{AbstractStore, InvertedIndex, ReadAt};
use crate::text::{fold, is_boundary};

/// A store of abstracts by index that counts reads.
#[derive(Debug)]
struct CountingStore {
    texts: Vec<String>,
    reads: Arc<AtomicU32>,
}

impl AbstractStore for CountingStore {
    fn read(&self, place: Range<u64>, _: &str) -> Result<String, String> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let text = usize::try_from(place.start).ok().and_then(|it| self.texts.get(it));
        text.filter(|it| *it != "gone").cloned().ok_or_else(|| "it is gone".to_owned())
    }
}

/// A corpus with its abstracts in a store, and the number of reads from it.
fn corpus_with_store(drafts: &[Draft]) -> (Corpus, Arc<AtomicU32>) {
    let texts = drafts.iter().map(|it| it.abstract_text.clone()).collect();
    let reads = Arc::default();
    let store = Arc::new(CountingStore { texts, reads: Arc::clone(&reads) });
    let mut corpus = Corpus::default();
    for (at, some) in drafts.chunks(3).enumerate() {
        let mut builder = SegmentBuilder::with_store(Arc::clone(&store) as Arc<dyn AbstractStore>);
        for (place, draft) in (at as u64 * 3..).zip(some) {
            builder.push_stored(draft, place..place + 1);
        }
        corpus.push(builder.seal());
    }
    (corpus, reads)
}

fn drafts(rows: &[PaperRow<'_>]) -> Vec<Draft> {
    rows.iter().map(draft).collect()
}

fn hits(corpus: &Corpus, query: &str) -> Vec<Hit> {
    let hits = answer(&request(corpus, query)).hits;
    (0..hits.len()).filter_map(|place| hits.hit(place)).collect()
}

#[test]
fn what_an_abstract_mentions_whole_and_often_comes_first() {
    let corpus = corpus(&[
        ("One", "", "spines", 2024),
        ("Two", "", "a spine", 2020),
        ("Three", "", "spine, a spine", 2020),
        ("Four", "", "the spinal", 2025),
    ]);
    assert_eq!(found_rows(&corpus, "spine"), [2, 1, 0]);
    assert_eq!(found_rows(&corpus, "spin"), [2, 3, 0, 1]);
}

#[test]
fn words_may_stand_one_in_the_title_and_one_in_the_abstract() {
    let (corpus, _) = corpus_with_store(&drafts(&[
        ("The brain", "", "It has spines.", 2020),
        ("The brain", "", "It has none.", 2020),
        ("Spines", "", "Of the brain.", 2020),
        ("Trees", "", "No spine: key-value.", 2020),
    ]));
    assert_eq!(found_rows(&corpus, "brain spines"), [2, 0]);
    assert_eq!(found_rows(&corpus, "brain !spines"), [1]);
    assert_eq!(found_rows(&corpus, "abs:spine"), [3, 0]);
    assert_eq!(found_rows(&corpus, "abs:\"has sp\""), [0]);
    assert_eq!(found_rows(&corpus, "\"has none\" | \"no spine\""), [1, 3]);
    assert_eq!(found_rows(&corpus, "key-val"), [3]);
    assert_eq!(found_rows(&corpus, "!\"the brain\" !\"key value\""), [0_u32; 0]);
    assert_eq!(found_rows(&corpus, "/spine/"), [2], "an expression is for title and authors");
}

#[test]
fn a_slip_in_a_word_of_abstracts_is_forgiven() {
    let (corpus, _) = corpus_with_store(&drafts(&[
        ("One", "", "Hippocampus.", 2020),
        ("Two", "", "Nothing of it.", 2020),
        ("Three", "", "Of brian.", 2020),
        ("The brain", "", "", 2020),
    ]));
    let slipped = answer(&request(&corpus, "hipocampus"));
    assert_eq!(slipped.hits.ids().map(|it| it.0).collect::<Vec<_>>(), [0]);
    assert_eq!(slipped.corrections, ["hippocampus"]);
    let known = answer(&request(&corpus, "brian"));
    assert_eq!(exact_rows(&known), [2]);
    assert_eq!(known.corrections, [""; 0], "some abstract has it as it was typed");
}

#[test]
fn abstracts_are_read_once_however_often_they_are_searched() {
    let rows = [("One", "", "spine of it", 2020), ("Two", "", "of key value", 2020)];
    let (corpus, reads) = corpus_with_store(&drafts(&rows));
    assert_eq!(found_rows(&corpus, "spine"), [0]);
    assert_eq!(reads.load(Ordering::Relaxed), 2);
    for query in ["of", "s", "zzz", "!it", "spyne"] {
        found_rows(&corpus, query);
    }
    assert_eq!(reads.load(Ordering::Relaxed), 2);
    assert_eq!(found_rows(&corpus, "\"key value\""), [1]);
    assert_eq!(reads.load(Ordering::Relaxed), 3, "only what has both words");
}

#[test]
fn a_corpus_is_prepared_as_far_as_there_is_time() {
    let (corpus, reads) = corpus_with_store(&drafts(&[("One", "", "spine", 2020); 9]));
    let mut searcher = Searcher::default();
    searcher.index(&corpus, &|| true, &mut |_| panic!("nothing was done"));
    let mut told = Vec::new();
    searcher.index(&corpus, &|| false, &mut |papers| told.push(papers));
    assert_eq!(told.last(), Some(&9));
    assert!(told.is_sorted());
    assert_eq!(found_rows(&corpus, "spine").len(), 9);
    assert_eq!(reads.load(Ordering::Relaxed), 9);
}

#[test]
fn an_abstract_that_is_gone_is_not_found_and_the_others_are() {
    let rows = [("One", "", "gone", 2020), ("Two", "", "It is gone for good.", 2020)];
    let (corpus, _) = corpus_with_store(&drafts(&rows));
    assert_eq!(found_rows(&corpus, "gone"), [1]);
    assert_eq!(found_rows(&corpus, "\"is gone\""), [1]);
}

/// The bytes of an index, corrupt except for its header.
#[derive(Debug)]
struct CorruptBytes(Box<[u8]>);

impl ReadAt for CorruptBytes {
    fn bytes_in_memory(&self) -> usize {
        self.0.len()
    }

    fn read(&self, range: Range<usize>) -> io::Result<Cow<'_, [u8]>> {
        let is_head = range.start < 21;
        let bytes = self.0.get(range).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(if is_head { bytes.into() } else { bytes.iter().map(|it| !it).collect() })
    }
}

#[test]
fn a_damaged_index_is_built_anew() {
    let (corpus, _) =
        corpus_with_store(&drafts(&[("One", "", "spine", 2020), ("Two", "", "brain", 2020)]));
    let (_, segment) = corpus.segments().next().unwrap();
    for query in ["spine", "!spine", "spinne", "brain | spine"] {
        let expected = found_rows(&corpus, query);
        let bytes = segment.word_index().unwrap().bytes().unwrap().into_owned();
        let rotten =
            InvertedIndex::open(Arc::new(CorruptBytes(bytes.into())), segment.len()).unwrap();
        segment.set_word_index(Arc::new(rotten));
        assert_eq!(found_rows(&corpus, query), expected, "{query}");
        assert!(segment.word_index().unwrap().has_posting_with_prefix("spine").unwrap(), "{query}");
    }
}

const TEXT: &str = "([ab]{1,2}|é|東京?|京|[ab]-|\\. | ){0,12}";

proptest! {
    #[test]
    fn abstracts_are_found_as_their_texts_say(
        texts in prop::collection::vec(TEXT, 1..10),
        asked in "[abé東京]{1,3}",
    ) {
        let row = |text| draft(&("", "", text, 2020));
        let drafts: Vec<Draft> = texts.iter().map(|it| row(it.as_str())).collect();
        let (asked, (corpus, _)) = (fold(&asked), corpus_with_store(&drafts));
        let mut expected: Vec<_> = texts.iter().zip(0_u32..).filter_map(|(text, row)| {
            let text = fold(text);
            let at_boundary = |at: &usize| is_boundary(&text, *at) && text[*at..].starts_with(&asked);
            let starts = text.char_indices().map(|(at, _)| at).filter(at_boundary);
            let found: Vec<usize> = starts.map(|at| at + asked.len()).collect();
            let is_whole = found.iter().any(|end| is_boundary(&text, *end));
            (!found.is_empty()).then_some((!is_whole, 8 - found.len().min(8), row))
        }).collect();
        expected.sort_unstable();
        let expected: Vec<u32> = expected.into_iter().map(|it| it.2).collect();
        prop_assert_eq!(found_rows(&corpus, &format!("abs:{asked}")), expected);
    }

    #[test]
    fn it_does_not_matter_where_abstracts_lie(
        texts in prop::collection::vec((TEXT, TEXT), 1..10),
        query in "(!?[ab]{1,2}|\"[ab][ -][ab]\"|abs:[ab]|b-|abbab| ){1,4}",
    ) {
        let row = |(title, text): &(String, String)| draft(&(title, "", text, 2020));
        let drafts: Vec<Draft> = texts.iter().map(row).collect();
        let (stored, held) = (corpus_with_store(&drafts).0, corpus_of_segments(&drafts, &[3; 3]));
        prop_assert_eq!(hits(&stored, &query), hits(&held, &query));
        // Again, now that the abstracts are indexed.
        prop_assert_eq!(hits(&stored, &query), hits(&held, &query));
    }
}

#[test]
fn an_abstract_with_the_words_in_order_comes_first() {
    let corpus = corpus(&[
        ("A", "", "Images and coding of natural scenes, sparse. Sparse natural images.", 2024),
        ("B", "", "We study the sparse coding of natural images.", 1990),
    ]);
    assert_eq!(found_rows(&corpus, "sparse coding natural images"), [1, 0]);
    assert_eq!(found_rows(&corpus, "images natural sparse coding"), [0, 1]);
}
