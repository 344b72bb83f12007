//! Tests of index files.

use super::*;
use crate::domain::{IndexBuilder, TermMatch};
use crate::sources::cache::index_file::IndexSaver;

/// Indexes every segment and saves the indexes.
fn index(place: &TestCache, segments: &[Arc<Segment>]) {
    let mut corpus = Corpus::default();
    for segment in segments {
        let mut builder = IndexBuilder::default();
        for row in 0..segment.len() {
            builder.push(segment.folded().record(row), &segment.folded_abstract(row).unwrap());
        }
        segment.set_word_index(Arc::new(builder.finish()));
        corpus.push(Arc::clone(segment));
    }
    let keeper = IndexSaver { cache: place.cache(), source_key: place.origin() };
    keeper.save(&corpus, &|| false);
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
    let place = TestCache::new();
    let segments = place.segments_with(Some(&place.cache()));
    index(&place, &segments);
    let is_light = |it: &Arc<Segment>| {
        let index = it.word_index().unwrap();
        index.bytes_in_memory() < index.bytes().unwrap().len()
    };
    assert!(segments.iter().all(is_light));
    assert_eq!(mentions(&segments), Some(900));
    let again = place.segments_with(Some(&place.cache()));
    assert_eq!(mentions(&again), Some(900));
    let size = |path| fs::metadata(path).unwrap().len();
    let words = place.cache().index_path(&place.origin());
    assert_eq!(place.cache().list().unwrap()[0].bytes, size(words.clone()) + size(place.entry()));
    place.cache().clear().unwrap();
    assert!(!words.exists());
}

#[test]
fn indexes_without_an_entry_or_of_a_changed_file_are_not_kept() {
    let place = TestCache::new();
    index(&place, &place.segments());
    assert!(place.cache().find_index(&place.origin()).is_none());
    let (segments, origin) = (place.segments_with(Some(&place.cache())), place.origin());
    index(&place, &segments);
    fs::write(place.file(), papers("Other")).unwrap();
    assert!(place.cache().find_index(&origin).is_some());
    assert!(place.cache().find_index(&place.origin()).is_none());
}

#[test]
fn damaged_indexes_are_as_good_as_none() {
    let place = TestCache::new();
    index(&place, &place.segments_with(Some(&place.cache())));
    let path = place.cache().index_path(&place.origin());
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&path, &bytes).unwrap();
        let segments = place.segments_with(Some(&place.cache()));
        assert!(mentions(&segments).is_none_or(|it| it == 900), "{at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(mentions(&place.segments_with(Some(&place.cache()))), None, "{at}");
    }
}
