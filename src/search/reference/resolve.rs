//! Resolves pasted text to papers: by identifier, address, citation key, title, or authors and
//! year, in this order.

use super::authors::find_by_authors;
use super::clues::{Clues, record_clues};
use super::context::ReferenceContext;
use super::evidence::Evidence;
use super::lookup::PaperLookupTable;
use super::split::{ReferenceLayout, restore_lines, split_references};
use super::summary::{MatchBasis, ResolvedReference};
use super::titles::{TitleExtent, TitleRun, find_titles};
use super::word_sequence::WordSequence;
use crate::cite::SharedBibliography;
use crate::domain::{Corpus, PaperId};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::text::{distinct, fold, tex_to_unicode, words};

/// Papers with equally good titles at most; more are no answer.
const MAX_EQUAL_PAPERS: usize = 8;

/// Resolves each reference of a text, such as a bibliography or a list of references, in order.
/// Also reads BibTeX, RIS and other formats of records.
pub fn resolve_references(
    corpus: &Corpus,
    bibliographies: &SharedBibliography,
    text: &str,
) -> Vec<ResolvedReference> {
    let never = || false;
    let cancel = CancelToken::new(&never);
    resolve(text, ReferenceContext { corpus, bibliographies, cancel }).unwrap_or_default()
}

/// The same as [`resolve_references`], until a newer request arrives. The lines of the text may be
/// joined as in the filter.
///
/// # Errors
///
/// [`Cancelled`] once a newer request has arrived.
pub fn resolve(
    text: &str,
    context: ReferenceContext<'_>,
) -> Result<Vec<ResolvedReference>, Cancelled> {
    let text = restore_lines(text);
    let (clues, layout) = record_clues(&text).map_or_else(
        || {
            let references = split_references(&text);
            let clues = references.texts.iter().flat_map(|it| Clues::from_text(it)).collect();
            (clues, references.layout)
        },
        |clues| (clues, ReferenceLayout::Blocks),
    );
    let mut resolver = Resolver::new(clues, context)?;
    resolver.find_titles(layout)?;
    resolver.find_authors()?;
    Ok(resolver.references.into_iter().map(|(_, it)| it).collect())
}

/// References with their clues, resolved step by step.
struct Resolver<'a> {
    references: Vec<(Clues, ResolvedReference)>,
    context: ReferenceContext<'a>,
}

impl<'a> Resolver<'a> {
    /// Resolves what identifiers, addresses and keys decide.
    fn new(clues: Vec<Clues>, context: ReferenceContext<'a>) -> Result<Self, Cancelled> {
        let table = PaperLookupTable::new(&clues, context)?;
        let resolved = |clues: Clues| {
            let has_title = |id: &PaperId| has_record_title(&clues, *id, context.corpus);
            let by_key = || {
                let papers = table.papers_of_keys(&clues, context).into_iter();
                papers.filter(has_title).collect::<Vec<_>>()
            };
            let found = [
                (MatchBasis::Identifier, table.papers_of_identifiers(&clues)),
                (MatchBasis::Address, table.papers_of_addresses(&clues)),
            ];
            let found = found.into_iter().find(|(_, papers)| !papers.is_empty());
            let (basis, papers) = found.unwrap_or_else(|| (MatchBasis::CitationKey, by_key()));
            let basis = (!papers.is_empty()).then_some(basis);
            let text = clues.record_title.as_ref().unwrap_or(&clues.text).clone();
            (clues, ResolvedReference { text, papers, basis })
        };
        Ok(Self { references: clues.into_iter().map(resolved).collect(), context })
    }

    /// Resolves references by the titles in them. References that a title extends over are joined.
    fn find_titles(&mut self, layout: ReferenceLayout) -> Result<(), Cancelled> {
        let Some((sequence, runs)) = self.titles_of_unresolved(layout)? else { return Ok(()) };
        let joined = (layout == ReferenceLayout::Lines)
            .then(|| self.join_references(&sequence, &runs))
            .is_some_and(|joined| joined == JoinOutcome::Joined);
        if !joined {
            self.assign_titles(&sequence, &runs);
            return Ok(());
        }
        if let Some((sequence, runs)) = self.titles_of_unresolved(ReferenceLayout::Blocks)? {
            self.assign_titles(&sequence, &runs);
        }
        Ok(())
    }

    /// The words of the references without paper, and the titles in them.
    fn titles_of_unresolved(
        &self,
        layout: ReferenceLayout,
    ) -> Result<Option<(WordSequence, Vec<TitleRun>)>, Cancelled> {
        let texts = self.references.iter().map(|(clues, reference)| {
            // Resolved references remain as empty texts, so that indexes are the same.
            if reference.basis.is_some() { "" } else { clues.prose.as_str() }
        });
        let sequence = WordSequence::new(texts, layout);
        if sequence.is_empty() {
            return Ok(None);
        }
        let runs = find_titles(&sequence, &self.context.segments(), self.context.cancel)?;
        Ok(Some((sequence, runs)))
    }

    /// Joins references that a title of several words extends over.
    fn join_references(&mut self, sequence: &WordSequence, runs: &[TitleRun]) -> JoinOutcome {
        /// Words of a title that are not in adjacent references by accident.
        const MIN_WORDS: usize = 4;
        let mut joins: Vec<usize> = Vec::new();
        for run in runs {
            let is_long = run.extent == TitleExtent::Whole && run.range.len() >= MIN_WORDS;
            if is_long && let Some((first, last)) = sequence.references_in(&run.range) {
                joins.extend(first..last);
            }
        }
        joins.sort_unstable();
        joins.dedup();
        for &at in joins.iter().rev() {
            let is_open = self
                .references
                .get(at..at + 2)
                .is_some_and(|pair| pair.iter().all(|(_, reference)| reference.basis.is_none()));
            if is_open {
                let (next, _) = self.references.remove(at + 1);
                let (clues, reference) = &mut self.references[at];
                clues.text = format!("{}\n{}", clues.text, next.text);
                clues.prose = format!("{}\n{}", clues.prose, next.prose);
                reference.text.clone_from(&clues.text);
            }
        }
        if joins.is_empty() { JoinOutcome::Unchanged } else { JoinOutcome::Joined }
    }

    /// Assigns the best title to each reference.
    fn assign_titles(&mut self, sequence: &WordSequence, runs: &[TitleRun]) {
        let corpus = self.context.corpus;
        let mut candidates: Vec<Vec<(PaperId, Evidence, &TitleRun)>> =
            vec![Vec::new(); self.references.len()];
        for run in runs {
            let Some(part) = sequence.part(&run.range) else { continue };
            let id = corpus.paper_of_record(run.row);
            let Some((segment, row)) = corpus.locate(id) else { continue };
            let evidence = Evidence::new(run, &part.range, &segment.paper(row), sequence);
            if evidence.is_sufficient() {
                candidates[part.reference].push((id, evidence, run));
            }
        }
        for ((_, reference), candidates) in self.references.iter_mut().zip(candidates) {
            let is_contained = |run: &TitleRun| {
                candidates.iter().any(|(_, _, other)| {
                    other.range.len() > run.range.len()
                        && other.range.start <= run.range.start
                        && run.range.end <= other.range.end
                })
            };
            let open = candidates.iter().filter(|(_, _, run)| !is_contained(run));
            let Some(best) = open.clone().map(|(_, it, _)| it.rank()).max() else { continue };
            let equal = open.filter(|(_, it, _)| it.rank() == best).map(|(id, ..)| *id);
            reference.papers = distinct(equal);
            reference.papers.truncate(MAX_EQUAL_PAPERS);
            reference.basis = Some(MatchBasis::Title);
        }
    }

    /// Resolves references by authors and year.
    fn find_authors(&mut self) -> Result<(), Cancelled> {
        let is_open = |at: &usize| self.references[*at].1.basis.is_none();
        let open: Vec<usize> = (0..self.references.len()).filter(is_open).collect();
        if open.is_empty() {
            return Ok(());
        }
        let texts = self.references.iter().map(|(clues, _)| clues.prose.as_str());
        let sequence = WordSequence::new(texts, ReferenceLayout::Blocks);
        for (at, id) in find_by_authors(&open, &sequence, self.context)? {
            let reference = &mut self.references[at].1;
            if reference.papers.len() < MAX_EQUAL_PAPERS {
                reference.papers.push(id);
            }
            reference.basis = Some(MatchBasis::AuthorsAndYear);
        }
        Ok(())
    }
}

/// Outcome of joining references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JoinOutcome {
    Unchanged,
    Joined,
}

/// Returns true if the paper has most words of the title of a record. True for other references:
/// a citation key without title cannot contradict its paper.
fn has_record_title(clues: &Clues, id: PaperId, corpus: &Corpus) -> bool {
    let Some(title) = &clues.record_title else { return true };
    let Some(paper) = corpus.get(id) else { return false };
    let [title, own] = [title, paper.title].map(|it| fold(&tex_to_unicode(it)));
    let own: Vec<&str> = words(&own).collect();
    let shared = words(&title).filter(|it| own.contains(it)).count();
    shared * 2 >= words(&title).count()
}
