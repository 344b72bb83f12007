//! The order of a digest by what the reader has starred.

use std::collections::HashMap;

use crate::cli::config::options::Options;
use crate::digest::SentLog;
use crate::domain::{Corpus, InterestModel, Mark, Marks, PaperId, PaperTexts};
use crate::library::{Store, read_snapshot};

/// A title and an abstract.
type Texts = (String, String);

/// Trains a model on the starred papers of the library against those that were read or skipped
/// without a star, and those of an earlier digest that were left unmarked. Returns `None` if there
/// are too few.
///
/// # Errors
///
/// Returns an error if the library cannot be read.
pub fn train(
    options: &Options,
    corpus: &Corpus,
    marks: &Marks,
    log: &SentLog,
) -> anyhow::Result<Option<InterestModel>> {
    let Some(file) = options.library_file().filter(|it| it.exists()) else { return Ok(None) };
    let store = Store::copy_in_memory(&file)?;
    let library = read_snapshot(&store, &options.read_options.key_pattern)?;
    if library.marks.count(Mark::Starred) < InterestModel::MIN_STARRED {
        return Ok(None);
    }
    let (mut starred, mut passed_over) = (Vec::new(), Vec::new());
    for (id, _) in library.corpus.papers() {
        let has = |mark| library.marks.has(mark, id);
        let is_undecided = has(Mark::Later) || has(Mark::Basket) || has(Mark::Noted);
        if has(Mark::Starred) {
            starred.push(texts(&library.corpus, id));
        } else if has(Mark::Skipped) || has(Mark::Read) && !is_undecided {
            passed_over.push(texts(&library.corpus, id));
        }
    }
    for (id, paper) in corpus.papers() {
        let is_unmarked = || {
            let marks = marks.paper_marks(id).marks;
            marks.iter().all(|it| *it == Mark::New)
        };
        if log.has(&paper, "") && is_unmarked() {
            passed_over.push(texts(corpus, id));
        }
    }
    Ok(InterestModel::train(&borrow_all(&starred), &borrow_all(&passed_over)))
}

/// Sorts papers by the interest of the reader, the highest first.
pub fn sort(model: &InterestModel, corpus: &Corpus, ids: &mut [PaperId]) {
    let score = |id: &PaperId| model.score(borrow(&texts(corpus, *id)));
    let scores: HashMap<PaperId, f32> = ids.iter().map(|id| (*id, score(id))).collect();
    ids.sort_by(|one, other| scores[other].total_cmp(&scores[one]));
}

/// Why a paper is in the digest, if it is rather like the starred papers than like the others.
pub fn reason(model: &InterestModel, title: &str, abstract_text: &str) -> Option<String> {
    let texts = PaperTexts { title, abstract_text };
    (model.score(texts) > 0.0).then(|| model.reason(texts))?.map(|it| it.to_string())
}

/// The title and the abstract of a paper. An abstract that cannot be read is empty.
fn texts(corpus: &Corpus, id: PaperId) -> Texts {
    let title = corpus.get(id).map(|it| it.title.to_owned()).unwrap_or_default();
    (title, corpus.abstract_text(id).unwrap_or_default().into_owned())
}

fn borrow_all(all: &[Texts]) -> Vec<PaperTexts<'_>> {
    all.iter().map(borrow).collect()
}

fn borrow((title, abstract_text): &Texts) -> PaperTexts<'_> {
    PaperTexts { title, abstract_text }
}
