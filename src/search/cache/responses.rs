//! The answers to the last queries: to take a letter back, or to sort anew, is no new search.

use std::sync::Arc;

use crate::search::facets::Facets;
use crate::search::rank::hits::Hits;
use crate::search::request::{Request, Response};

/// Final answers over one corpus with the same marks, those asked for last first.
#[derive(Debug, Default)]
pub struct ResponseCache {
    responses: Vec<(Request, Response)>,
    /// Whether the reader's own bibliographies had been read by then.
    has_bibliographies: bool,
}

/// Answers that are remembered.
const MAX_RESPONSES: usize = 32;
/// Hits of all of them together, for each paper of the corpus.
const MAX_HITS_PER_PAPER: usize = 2;

impl ResponseCache {
    /// Forgets what was answered before the reader's own bibliographies were read.
    pub fn invalidate_for(&mut self, request: &Request) {
        let is_own_known = request.bibliographies.get().is_some();
        if is_own_known != self.has_bibliographies {
            *self = Self { responses: Vec::new(), has_bibliographies: is_own_known };
        }
    }

    /// The answer to the same question, if it was asked before.
    pub fn get(&mut self, request: &Request) -> Option<Response> {
        let at = self.responses.iter().position(|(asked, _)| is_same_request(asked, request))?;
        self.responses[..=at].rotate_right(1);
        Some(Response { query_id: request.query_id, ..self.responses[0].1.clone() })
    }

    /// What was counted over the same hits, in whatever order.
    pub fn facets(&self, request: &Request) -> Option<Arc<Facets>> {
        let (_, answer) = self.responses.iter().find(|(asked, _)| has_same_hits(asked, request))?;
        answer.facets.clone()
    }

    /// Remembers a final answer, in place of another to the same question.
    pub fn insert(&mut self, request: &Request, answer: Response) {
        let is_over_the_same = |it: &Request| {
            Arc::ptr_eq(&it.marks, &request.marks) && it.corpus.is_same(&request.corpus)
        };
        self.responses.retain(|(it, _)| is_over_the_same(it) && !is_same_request(it, request));
        self.responses.insert(0, (request.clone(), answer));
        let (mut answers, mut held) = (0, 0);
        self.responses.retain(|(_, answer)| {
            // Every paper costs no more than none, and is what one comes back to.
            let Hits::Ranked(hits) = &answer.hits else { return true };
            answers += 1;
            held += hits.len();
            answers <= MAX_RESPONSES && held <= MAX_HITS_PER_PAPER * request.corpus.len() as usize
        });
    }
}

fn is_same_request(one: &Request, other: &Request) -> bool {
    has_same_hits(one, other) && (one.sort_key, one.direction) == (other.sort_key, other.direction)
}

/// Whether the hits are the same but for their order.
fn has_same_hits(one: &Request, other: &Request) -> bool {
    one.query == other.query
        && Arc::ptr_eq(&one.marks, &other.marks)
        && one.corpus.is_same(&other.corpus)
}
