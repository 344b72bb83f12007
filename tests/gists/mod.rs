//! The gist of built-in papers must be the sentence that a reader has chosen.
//!
//! Each line of `answers.tsv` has the arXiv identifier of a paper, the first words of the sentence
//! that says what is new, and of those that say it as well. The reader chose before there were any
//! rules: the papers are every third of the corpus.

use offprint::domain::{KeyPattern, gist};
use offprint::sources::builtin_corpus;

const ANSWERS: &str = include_str!("answers.tsv");
/// The least number of gists that are the chosen sentence.
const MIN_SAME: usize = 50;

#[test]
fn the_gist_is_the_sentence_that_a_reader_chose() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let answers: Vec<Vec<&str>> = ANSWERS.lines().map(|it| it.split('\t').collect()).collect();
    let (mut same, mut as_good, mut others) = (0, 0, Vec::new());
    for answer in &answers {
        let (id, _) = corpus.papers().find(|(_, paper)| paper.arxiv == answer[0]).unwrap();
        let text = corpus.abstract_text(id).unwrap();
        let found = gist(&text).unwrap();
        match answer[1..].iter().position(|it| found.starts_with(it)) {
            Some(0) => same += 1,
            Some(_) => as_good += 1,
            None => others.push(format!("{}: {found}", answer[0])),
        }
    }
    assert_eq!(answers.len(), 60);
    let others = others.join("\n");
    assert!(same >= MIN_SAME, "only {same} of 60 the same, {as_good} as good, others:\n{others}");
}
