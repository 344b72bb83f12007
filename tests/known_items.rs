//! Half-remembered papers: the query must find the intended paper.

use std::sync::Arc;

use offprint::domain::{Corpus, KeyPattern, Marks};
use offprint::search::{Query, QueryId, Request, Searcher, SortDirection, SortKey};
use offprint::sources::builtin_corpus;

/// A query by a user who half remembers a paper, and the beginning of its title.
type Items = [(&'static str, &'static str); 10];

const TITLE_WORDS: Items = [
    ("mirostat", "Mirostat: A Neural"),
    ("key value brain", "Key-value memory in the brain"),
    ("grok progress", "Progress measures for grokking"),
    ("forward-forward", "Emergent representations in networks trained with the Forward-Forward"),
    ("stochastic parrots feelings", "Do Stochastic Parrots have Feelings"),
    ("curious case degeneration", "The Curious Case"),
    ("attention sparse distributed memory", "Attention Approximates Sparse"),
    ("neural turing", "Neural Turing Machines"),
    ("needle haystack hallucinations translation", "Looking for a Needle"),
    ("consciousness prior", "The Consciousness Prior"),
];

const AUTHOR_AND_WORD: Items = [
    ("gershman memory", "Key-value memory in the brain"),
    ("bengio prior", "The Consciousness Prior"),
    ("graves turing", "Neural Turing Machines"),
    ("voita anaphora", "Context-Aware Neural Machine Translation"),
    ("nanda grokking", "Progress measures for grokking"),
    ("hawkins dendrites", "How do neurons operate on sparse"),
    ("holtzman degeneration", "The Curious Case"),
    ("yosinski convergent", "Convergent Learning: Do different"),
    ("miyato kuramoto", "Artificial Kuramoto"),
    ("welling waves", "Traveling Waves Encode"),
];

const ABSTRACT_WORDS: Items = [
    ("naive attention", "Sonnet: Spectral Operator"),
    ("simctg", "A Contrastive Framework"),
    ("koopman", "Sonnet: Spectral Operator"),
    ("kanerva", "Attention Approximates Sparse"),
    ("cebra", "Learnable latent embeddings"),
    ("polysemanticity", "Sparse Autoencoders Find"),
    ("othello", "Emergent World Representations"),
    ("geoguessr", "PlaNet - Photo"),
    ("enwiki8", "Transformer-XL"),
    ("chomsky grammar", "Word class representations"),
];

const NAMES: Items = [
    ("ctm", "Continuous Thought Machines"),
    ("ntm", "Neural Turing Machines"),
    ("transformerxl", "Transformer-XL"),
    ("textovec", "textTOvec"),
    ("mindeye", "MindEye2"),
    ("brainbert", "BrainBERT"),
    ("vqnerf", "VQ-NeRF"),
    ("akon", "Artificial Kuramoto"),
    ("fan", "FAN: Fourier"),
    ("hveeg", "hvEEGNet"),
];

const SLIPS: Items = [
    ("mirsotat", "Mirostat: A Neural"),
    ("transfomer xl", "Transformer-XL"),
    ("gershmn memory", "Key-value memory in the brain"),
    ("hallucinaton detox", "Hallucination Detox"),
    ("consciosness prior", "The Consciousness Prior"),
    ("grokkign theory", "Towards Understanding Grokking"),
    ("kuramtoo", "Artificial Kuramoto"),
    ("stochatsic parrots", "Do Stochastic Parrots"),
    ("degenration neural text", "The Curious Case"),
    ("inducton heads", "In-context Learning and Induction Heads"),
];

const BEGINNINGS: Items = [
    ("key val mem", "Key-value memory in the brain"),
    ("hom net shift", "Need is All You Need"),
    ("catas interf power", "Catastrophic Interference"),
    ("butterf traj", "The Butterfly Effect"),
    ("repl sym break", "Replica symmetry breaking"),
    ("cont thou mach", "Continuous Thought Machines"),
    ("exp leaky mem", "The Expressive Leaky Memory"),
    ("circ reuse", "Circuit Component Reuse"),
    ("geom conc spar", "The Geometry of Concepts"),
    ("trav wav", "Traveling Waves Encode"),
];

/// Words from other fields: year, venue, category, citation key.
const FACTS: Items = [
    ("olsson 2022", "In-context Learning and Induction Heads"),
    ("induction heads olsson 2022", "In-context Learning and Induction Heads"),
    ("gershman 2025", "Key-value memory in the brain"),
    ("bricken neurips", "Attention Approximates Sparse"),
    ("olsson circuits thread", "In-context Learning and Induction Heads"),
    ("nanda grokking iclr", "Progress measures for grokking"),
    ("gershman q-bio", "Key-value memory in the brain"),
    ("gershman q-bio.NC 2025", "Key-value memory in the brain"),
    ("son2022", "Learning to Write with Coherence"),
    ("gershman2025key", "Key-value memory in the brain"),
];

/// The rank of the intended paper, from 1.
fn place(searcher: &mut Searcher, corpus: &Corpus, query: &str, beginning: &str) -> Option<usize> {
    let request = Request {
        bibliographies: offprint::cite::SharedBibliography::default(),
        query_id: QueryId(0),
        query: Arc::new(Query::parse(query)),
        corpus: corpus.clone(),
        marks: Arc::new(Marks::default()),
        sort_key: SortKey::Relevance,
        direction: SortDirection::Forward,
    };
    let mut last = None;
    searcher.search(&request, &|| false, &mut |answer| last = Some(answer));
    let is_meant = |title: &str| title.starts_with(beginning);
    let place =
        last?.hits.ids().position(|id| corpus.get(id).is_some_and(|it| is_meant(it.title)))?;
    Some(place + 1)
}

#[test]
fn a_paper_half_remembered_comes_first() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let mut searcher = Searcher::default();
    let kinds = [TITLE_WORDS, AUTHOR_AND_WORD, ABSTRACT_WORDS, NAMES, SLIPS, BEGINNINGS];
    let places: Vec<(&str, Option<usize>)> = kinds
        .iter()
        .flatten()
        .map(|(query, beginning)| (*query, place(&mut searcher, &corpus, query, beginning)))
        .collect();
    let missed = places.iter().filter(|(_, place)| *place != Some(1));
    assert_eq!(missed.collect::<Vec<_>>(), [&("", None); 0]);
}

#[test]
fn a_paper_known_by_author_and_year_comes_first() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let mut searcher = Searcher::default();
    for (query, beginning) in FACTS {
        assert_eq!(place(&mut searcher, &corpus, query, beginning), Some(1), "{query}");
    }
}
