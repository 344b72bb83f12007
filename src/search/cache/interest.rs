//! The scores of papers by the stars of the reader.

use std::sync::Arc;

use rayon::prelude::*;

use crate::domain::{Corpus, InterestModel, Mark, Marks, PaperId, PaperTexts};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::search::rank::sort::SortKey;
use crate::search::request::Request;

/// Up to this many papers, abstracts are scored too. Of more papers only titles are: to read
/// millions of abstracts takes minutes.
const MAX_SCORED_ABSTRACTS: u32 = 30_000;
/// Papers passed over that a model is trained on. Of more, as many are taken at regular distances,
/// so that no more abstracts are read.
const MAX_PASSED_OVER: usize = 10_000;
/// Papers scored between two polls of the cancel token.
const PAPERS_PER_CANCEL_CHECK: u32 = 1 << 11;

/// A model trained on judged papers, and the scores of all papers.
///
/// Valid for: the judged marks that the request names, and the corpus.
/// Invalidated by: other judged marks. A corpus that has grown adds scores.
/// Saves: training, and reading the abstracts of all papers for each query.
#[derive(Debug, Default)]
pub struct InterestCache {
    judged_marks: Option<Arc<Marks>>,
    /// `None` if too few papers are starred.
    model: Option<InterestModel>,
    /// The papers that have scores.
    corpus: Corpus,
    scores: Arc<Vec<f32>>,
}

impl InterestCache {
    /// The score of each paper of the corpus, by id, if the request sorts by scores and a model can
    /// be trained; otherwise none.
    pub fn scores(
        &mut self,
        request: &Request,
        cancel: CancelToken<'_>,
    ) -> Result<Arc<Vec<f32>>, Cancelled> {
        let Some(judged_marks) = &request.judged_marks else { return Ok(Arc::default()) };
        if request.sort_key != SortKey::ForYou {
            return Ok(Arc::default());
        }
        if !self.is_trained_on(judged_marks) {
            *self = Self {
                model: train(&request.corpus, judged_marks, cancel)?,
                judged_marks: Some(Arc::clone(judged_marks)),
                ..Self::default()
            };
        }
        self.add_scores(&request.corpus, cancel)?;
        Ok(Arc::clone(&self.scores))
    }

    pub fn is_trained_on(&self, judged_marks: &Arc<Marks>) -> bool {
        self.judged_marks.as_ref().is_some_and(|it| Arc::ptr_eq(it, judged_marks))
    }

    /// Scores the papers that have no score yet.
    fn add_scores(&mut self, corpus: &Corpus, cancel: CancelToken<'_>) -> Result<(), Cancelled> {
        let Some(model) = &self.model else { return Ok(()) };
        if self.corpus.is_same(corpus) {
            return Ok(());
        }
        let has_abstracts = |it: &Corpus| it.len() <= MAX_SCORED_ABSTRACTS;
        let mut scores = if has_abstracts(&self.corpus) == has_abstracts(corpus) {
            let kept = common_len(&self.corpus, corpus);
            self.scores[..kept].to_vec()
        } else {
            Vec::new()
        };
        let score = |id: u32| score(model, corpus, PaperId(id), has_abstracts(corpus));
        while let start = scores.len() as u32
            && start < corpus.len()
        {
            cancel.check()?;
            let end = corpus.len().min(start + PAPERS_PER_CANCEL_CHECK);
            scores.par_extend((start..end).into_par_iter().map(score));
        }
        self.corpus = corpus.clone();
        self.scores = Arc::new(scores);
        Ok(())
    }
}

/// The number of papers in the segments with which both corpora begin.
fn common_len(one: &Corpus, other: &Corpus) -> usize {
    let pairs = one.segments().zip(other.segments());
    let same = pairs.take_while(|((_, one), (_, other))| Arc::ptr_eq(one, other));
    same.map(|((_, segment), _)| segment.len() as usize).sum()
}

fn score(model: &InterestModel, corpus: &Corpus, id: PaperId, has_abstract: bool) -> f32 {
    let Some(paper) = corpus.get(id) else { return f32::MIN };
    // A paper whose abstract cannot be read has a title at least.
    let text = if has_abstract { corpus.abstract_text(id) } else { Ok("".into()) };
    let abstract_text = text.as_deref().unwrap_or_default();
    model.score(PaperTexts { title: paper.title, abstract_text })
}

/// Trains a model on the starred papers against those passed over: skipped, read without a star, or
/// listed at an earlier visit and left unmarked.
fn train(
    corpus: &Corpus,
    marks: &Marks,
    cancel: CancelToken<'_>,
) -> Result<Option<InterestModel>, Cancelled> {
    if marks.count(Mark::Starred) < InterestModel::MIN_STARRED {
        return Ok(None);
    }
    let mut starred: Vec<PaperId> = marks.column(Mark::Starred).iter().copied().collect();
    starred.sort_unstable();
    let passed_over: Vec<PaperId> =
        corpus.papers().map(|(id, _)| id).filter(|id| is_passed_over(marks, *id)).collect();
    let step = passed_over.len().div_ceil(MAX_PASSED_OVER).max(1);
    let starred = read_texts(corpus, starred.into_iter(), cancel)?;
    let passed_over = read_texts(corpus, passed_over.into_iter().step_by(step), cancel)?;
    Ok(InterestModel::train(&texts(&starred), &texts(&passed_over)))
}

/// Returns true for a paper that the reader has seen and not chosen. One that is on the list to
/// read later, in the basket or noted is not judged yet, and a new one was not seen.
fn is_passed_over(marks: &Marks, id: PaperId) -> bool {
    let is_undecided = [Mark::Starred, Mark::Later, Mark::Basket, Mark::Noted];
    let has_any = |all: &[Mark]| all.iter().any(|it| marks.has(*it, id));
    has_any(&[Mark::Skipped])
        || !has_any(&is_undecided) && (has_any(&[Mark::Read]) || !has_any(&[Mark::New]))
}

/// Titles and abstracts of papers.
fn read_texts(
    corpus: &Corpus,
    ids: impl Iterator<Item = PaperId>,
    cancel: CancelToken<'_>,
) -> Result<Vec<(String, String)>, Cancelled> {
    let mut texts = Vec::new();
    for (at, id) in (0..).zip(ids) {
        cancel.check_every(64, at)?;
        let Some(paper) = corpus.get(id) else { continue };
        let abstract_text = corpus.abstract_text(id).unwrap_or_default().into_owned();
        texts.push((paper.title.to_owned(), abstract_text));
    }
    Ok(texts)
}

fn texts(papers: &[(String, String)]) -> Vec<PaperTexts<'_>> {
    papers.iter().map(|(title, text)| PaperTexts { title, abstract_text: text }).collect()
}
