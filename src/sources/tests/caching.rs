//! Tests of caching several files.

use super::*;

/// Returns papers with these numbers; the first of them twice, and one invalid line.
fn papers(numbers: std::ops::Range<u32>) -> String {
    let line = |number| {
        let text = format!("What is known of {number}. ").repeat(20);
        format!(
            "{{\"title\":\"Paper {number}\",\"doi\":\"10.1000/{number}\",\"abstract\":\"{text}\"}}\n"
        )
    };
    let first = numbers.start;
    numbers.map(line).chain([line(first), "nonsense\n".to_owned()]).collect()
}

/// The result of loading several files.
#[derive(Debug, PartialEq)]
struct LoadedCorpus {
    papers: Vec<(String, String)>,
    records: u32,
    defects: Vec<(String, u64)>,
}

/// Loads the files. Returns the result and the notices.
fn load(files: &[&Path], cache: &Cache) -> (LoadedCorpus, Vec<String>) {
    let open_file =
        |path: &&Path| open(Source::File((*path).to_owned()), &ReadOptions::default()).unwrap();
    let sources = files.iter().map(open_file).collect();
    let (mut corpus, mut defects, mut notices) = (Corpus::default(), Vec::new(), Vec::new());
    load_all(sources, Some(cache), &LoadControl::default(), &mut |it| match it {
        LoadEvent::Segment(segment) => corpus.push(segment),
        LoadEvent::Duplicates(duplicates) => corpus.set_duplicates(duplicates),
        LoadEvent::Defect(defect) => defects.push((defect.source.to_string(), defect.line)),
        LoadEvent::Notice(notice) => notices.push(notice),
        LoadEvent::Failed(reason) => panic!("{reason}"),
        _ => {}
    });
    let abstract_of = |id| corpus.abstract_text(id).unwrap().into_owned();
    let papers = corpus.papers().map(|(id, it)| (it.title.to_owned(), abstract_of(id))).collect();
    (LoadedCorpus { papers, records: corpus.len(), defects }, notices)
}

#[test]
fn files_that_are_read_together_are_each_kept_as_if_they_were_read_alone() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path().join("cache"), 1 << 30);
    let no_cache = Cache::read_only(folder.path().join("none"));
    // One paper is in both files.
    let [first, second] = [0..2500, 2499..5000].map(|it| file(papers(it).as_bytes()));
    let few_lines = file(lines(3).as_bytes());
    let files = [first.path(), few_lines.path(), second.path()];
    let (expected, notices) = load(&files, &no_cache);
    assert_eq!((expected.papers.len(), expected.records), (5003, 5006));
    assert_eq!((expected.defects.len(), notices.len()), (2, 0));
    let (loaded, notices) = load(&files, &cache);
    assert_eq!(loaded, expected);
    let [message] = &notices[..] else { panic!("{notices:?}") };
    assert!(message.starts_with("A cache of ") && message.contains(" goes to "), "{message}");
    assert_eq!(cache.list().unwrap().len(), 2);
    // Nothing is written again, so everything was cached.
    assert_eq!(load(&files, &cache), (expected, Vec::new()));
    for path in [first.path(), second.path()] {
        let (first_alone, notices) = load(&[path], &cache);
        assert_eq!((first_alone, notices), load(&[path], &no_cache));
    }
    // A changed file is read and cached again.
    fs::write(first.path(), papers(6000..8500)).unwrap();
    let (loaded, notices) = load(&files, &cache);
    assert_eq!((loaded, 1), (load(&files, &no_cache).0, notices.len()));
    assert_eq!(load(&files, &cache).1, Vec::<String>::new());
}
