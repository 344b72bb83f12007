//! stub
use super::*;
use std::ops::Range;
use std::sync::Arc;
#[derive(Debug, Clone, Default)]
pub struct Highlighter {
    query: Arc<Query>,
    also: Vec<String>,
}
impl Highlighter {
    pub fn new(query: Arc<Query>, also: Vec<String>) -> Self {
        Self { query, also }
    }
    pub fn query(&self) -> &Query {
        &self.query
    }
    pub fn also(&self) -> &[String] {
        &self.also
    }
    pub fn highlight(&self, _t: &str, _f: Field) -> Vec<Range<usize>> {
        Vec::new()
    }
    pub fn sentence(&self, _t: &str) -> Option<Sentence> {
        None
    }
}
#[derive(Debug, Clone)]
pub struct Sentence {
    pub text: String,
    pub highlights: Vec<Range<usize>>,
}
#[derive(Debug, Clone)]
pub struct Completion {
    pub replace: Range<usize>,
    pub text: String,
    pub count: u32,
}
pub fn complete(_c: &Corpus, _s: &str, _at: usize) -> Vec<Completion> {
    Vec::new()
}
