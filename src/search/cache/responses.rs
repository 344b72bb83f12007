//! The answers to the last queries: to take a letter back, or to sort anew, is no new search.

use std::sync::Arc;

use crate::search::facets::Facets;
use crate::search::rank::hits::Hits;
use crate::search::request::{Answer, Request};

/// Final answers over one corpus with the same marks, those asked for last first.
#[derive(Debug, Default)]
pub struct Answered {
    answers: Vec<(Request, Answer)>,
    /// Whether the reader's own bibliographies had been read by then.
    is_own_known: bool,
}

/// Answers that are remembered.
const MOST: usize = 32;
/// Hits of all of them together, for each paper of the corpus.
const MOST_HITS: usize = 2;

impl Answered {
    /// Forgets what was answered before the reader's own bibliographies were read.
    pub fn begin(&mut self, request: &Request) {
        let is_own_known = request.own.get().is_some();
        if is_own_known != self.is_own_known {
            *self = Self { answers: Vec::new(), is_own_known };
        }
    }

    /// The answer to the same question, if it was asked before.
    pub fn to(&mut self, request: &Request) -> Option<Answer> {
        let at = self.answers.iter().position(|(asked, _)| is_same(asked, request))?;
        self.answers[..=at].rotate_right(1);
        Some(Answer { ticket: request.ticket, ..self.answers[0].1.clone() })
    }

    /// What was counted over the same hits, in whatever order.
    pub fn facets(&self, request: &Request) -> Option<Arc<Facets>> {
        let (_, answer) = self.answers.iter().find(|(asked, _)| finds_the_same(asked, request))?;
        answer.facets.clone()
    }

    /// Remembers a final answer, in place of another to the same question.
    pub fn remember(&mut self, request: &Request, answer: Answer) {
        let is_over_the_same = |it: &Request| {
            Arc::ptr_eq(&it.marks, &request.marks) && it.corpus.is_same(&request.corpus)
        };
        self.answers.retain(|(it, _)| is_over_the_same(it) && !is_same(it, request));
        self.answers.insert(0, (request.clone(), answer));
        let (mut answers, mut held) = (0, 0);
        self.answers.retain(|(_, answer)| {
            // Every paper costs no more than none, and is what one comes back to.
            let Hits::Ranked(hits) = &answer.hits else { return true };
            answers += 1;
            held += hits.len();
            answers <= MOST && held <= MOST_HITS * request.corpus.len() as usize
        });
    }
}

fn is_same(one: &Request, other: &Request) -> bool {
    finds_the_same(one, other) && (one.order, one.direction) == (other.order, other.direction)
}

/// Whether the hits are the same but for their order.
fn finds_the_same(one: &Request, other: &Request) -> bool {
    one.query == other.query
        && Arc::ptr_eq(&one.marks, &other.marks)
        && one.corpus.is_same(&other.corpus)
}
