//! Tests of index files.

use super::*;
use crate::domain::{IndexBuilder, TermMatch};
use crate::sources::cache::index_file::IndexSaver;

/// Indexes every segment and saves the indexes.
fn index(test_cache: &TestCache, segments: &[Arc<Segment>]) {
    let mut corpus = Corpus::default();
    for segment in segments {
        let mut builder = IndexBuilder::default();
        for row in 0..segment.len() {
            builder.push(segment.folded().record(row), &segment.folded_abstract(row).unwrap());
        }
        segment.set_word_index(Arc::new(builder.finish()));
        corpus.push(Arc::clone(segment));
    }
    let index_saver = IndexSaver { cache: test_cache.cache(), source_key: test_cache.source_key() };
    index_saver.save(&corpus, &|| false);
}

/// Returns the number of abstracts that contain a word, by the index.
fn mentions(segments: &[Arc<Segment>]) -> Option<usize> {
    let mut count = 0;
    for segment in segments {
        let index = segment.word_index()?;
        index.postings("abstract", TermMatch::Exact, &mut |_| count += 1).ok()?;
    }
    Some(count)
}

#[test]
fn indexes_are_kept_beside_an_entry_and_read_from_there() {
    let test_cache = TestCache::new();
    let segments = test_cache.segments_with(Some(&test_cache.cache()));
    index(&test_cache, &segments);
    let is_light = |it: &Arc<Segment>| {
        let index = it.word_index().unwrap();
        index.bytes_in_memory() < index.bytes().unwrap().len()
    };
    assert!(segments.iter().all(is_light));
    assert_eq!(mentions(&segments), Some(900));
    let reloaded = test_cache.segments_with(Some(&test_cache.cache()));
    assert_eq!(mentions(&reloaded), Some(900));
    let size = |path| fs::metadata(path).unwrap().len();
    let index_file = test_cache.cache().index_path(&test_cache.source_key());
    assert_eq!(
        test_cache.cache().list().unwrap()[0].bytes,
        size(index_file.clone()) + size(test_cache.entry())
    );
    test_cache.cache().clear().unwrap();
    assert!(!index_file.exists());
}

#[test]
fn indexes_without_an_entry_or_of_a_changed_file_are_not_kept() {
    let test_cache = TestCache::new();
    index(&test_cache, &test_cache.segments());
    assert!(test_cache.cache().find_index(&test_cache.source_key()).is_none());
    let (segments, source_key) =
        (test_cache.segments_with(Some(&test_cache.cache())), test_cache.source_key());
    index(&test_cache, &segments);
    fs::write(test_cache.file(), papers("Other")).unwrap();
    assert!(test_cache.cache().find_index(&source_key).is_some());
    assert!(test_cache.cache().find_index(&test_cache.source_key()).is_none());
}

#[test]
fn damaged_indexes_are_as_good_as_none() {
    let test_cache = TestCache::new();
    index(&test_cache, &test_cache.segments_with(Some(&test_cache.cache())));
    let path = test_cache.cache().index_path(&test_cache.source_key());
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&path, &bytes).unwrap();
        let segments = test_cache.segments_with(Some(&test_cache.cache()));
        assert!(mentions(&segments).is_none_or(|it| it == 900), "{at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(mentions(&test_cache.segments_with(Some(&test_cache.cache()))), None, "{at}");
    }
}
