//! The citation keys of the papers of a corpus, and the papers that a key identifies.

#[cfg(test)]
mod tests;
use super::citation_key::pattern::KeyPattern;
use super::citation_key::suffix::with_suffix;
use super::corpus::Corpus;
use super::paper::field::BibField;
use super::paper::paper::{Paper, PaperId};
use crate::text::fold;

impl Corpus {
    /// Returns the citation key of a paper: the one that its source gives, or a generated one that
    /// depends on no other paper. Empty for an unknown id.
    pub fn citation_key(&self, id: PaperId) -> String {
        let key = |(paper, pattern): (Paper<'_>, &KeyPattern)| match paper.field(BibField::Key) {
            "" => pattern.make_key(&paper),
            source_key => source_key.to_owned(),
        };
        self.paper_and_pattern(id).map(key).unwrap_or_default()
    }

    /// Returns true if one of the keys of [`Corpus::has_citation_key`], folded, begins with
    /// `beginning`, which must be folded.
    pub fn citation_key_starts_with(&self, id: PaperId, beginning: &str) -> bool {
        let begins = |key: &str| {
            let start = key.get(..beginning.len());
            start.is_some_and(|it| it.eq_ignore_ascii_case(beginning))
                || !key.is_ascii() && fold(key).starts_with(beginning)
        };
        self.matches_citation_key(id, &begins, beginning)
    }

    /// Returns true if `key` identifies the paper: the key of any of its records, the generated key
    /// if it has none of its own, or one of these with its suffix.
    pub fn has_citation_key(&self, id: PaperId, key: &str) -> bool {
        self.matches_citation_key(id, &|it| it == key, &fold(key))
    }

    /// Tests the keys of a paper against a predicate. A key with suffix is made only if `folded`
    /// continues after the key with `-`, since most papers need none.
    fn matches_citation_key(
        &self,
        id: PaperId,
        matches: &dyn Fn(&str) -> bool,
        folded: &str,
    ) -> bool {
        let Some((paper, pattern)) = self.paper_and_pattern(id) else { return false };
        let may_have_tail = |key: &str| {
            folded.as_bytes().get(key.len()) == Some(&b'-')
                && folded.get(..key.len()).is_some_and(|it| it.eq_ignore_ascii_case(key))
                && matches(&with_suffix(key, &paper))
        };
        let source_key = paper.field(BibField::Key);
        if !source_key.is_empty() && (matches(source_key) || may_have_tail(source_key)) {
            return true;
        }
        if source_key.is_empty() {
            let generated = pattern.make_key(&paper);
            return matches(&generated) || may_have_tail(&generated);
        }
        let matches_record = |(_, it): (PaperId, Paper<'_>)| {
            let key = it.field(BibField::Key);
            key != source_key && !key.is_empty() && matches(key)
        };
        !self.has_no_duplicates() && self.records(id).any(matches_record)
    }

    /// Returns `key` with a suffix from the paper's identifier, which distinguishes it from another
    /// paper with the same key.
    pub fn unique_citation_key(&self, id: PaperId, key: &str) -> String {
        self.paper_and_pattern(id).map(|(paper, _)| with_suffix(key, &paper)).unwrap_or_default()
    }

    fn paper_and_pattern(&self, id: PaperId) -> Option<(Paper<'_>, &KeyPattern)> {
        self.locate(id).map(|(segment, row)| (segment.paper(row), segment.key_pattern()))
    }
}
