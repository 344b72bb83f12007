//! Half-remembered papers: the query must find the intended paper.

use std::fmt::Write as _;
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

/// References as people write them: abbreviated journals, missing pieces, numbers of lists.
const PASTED_REFERENCES: Items = [
    (
        "Olsson, C., Elhage, N., Nanda, N., et al. (2022). In-context learning and induction \
         heads. Transformer Circuits Thread.",
        "In-context Learning and Induction Heads",
    ),
    (
        "A. Holtzman, J. Buys, L. Du, M. Forbes, and Y. Choi, “The curious case of neural text \
         degeneration,” in Proc. ICLR, 2020.",
        "The Curious Case",
    ),
    (
        "Schneider S, Lee JH, Mathis MW. Learnable latent embeddings for joint behavioural and \
         neural analysis. Nature. 2023;617(7960):360-8.",
        "Learnable latent embeddings",
    ),
    (
        "Zihang Dai, Zhilin Yang, Yiming Yang, Jaime Carbonell, Quoc V. Le, and Ruslan \
         Salakhutdinov. 2019. Transformer-XL: Attentive Language Models beyond a Fixed-Length \
         Context. In ACL. 2978–2988.",
        "Transformer-XL",
    ),
    (
        "Simmons, K. D. et al. Transformation of stimulus correlations by the retina. PLoS Comput. \
         Biol. 9, e1003344 (2013).",
        "Transformation of stimulus correlations",
    ),
    ("L. Albanese et al., J. Stat. Phys. 189, 24 (2022)", "Replica symmetry breaking"),
    (
        "Chaudhari, Sneha, et al. \"An attentive survey of attention models.\" ACM Transactions on \
         Intelligent Systems and Technology (TIST) 12.5 (2021): 1-32.",
        "An Attentive Survey",
    ),
    (
        "Alex Graves, Greg Wayne, Ivo Danihelka: Neural Turing Machines. CoRR abs/1410.5401 (2014)",
        "Neural Turing Machines",
    ),
    (
        "[17] L. Muttenthaler et al. Aligning machine and human visual representations. Nature \
         (2025)",
        "Aligning Machine and Human",
    ),
    (
        "Grimaldi, A. and Perrinet, L.U. (2023) 'Learning heterogeneous delays in a layer of \
         spiking neurons for fast motion detection', Biol. Cybern., 117, pp. 373–387.",
        "Learning heterogeneous delays",
    ),
];

/// One word, or the year, is another than that of the paper, or is too much.
const WRONG_WORDS: Items = [
    ("key-value store in the brain", "Key-value memory in the brain"),
    ("attention is approximately sparse distributed memory", "Attention Approximates Sparse"),
    ("the strange case of neural text degeneration", "The Curious Case"),
    ("yosinski 2016 convergent learning", "Convergent Learning: Do different"),
    ("simmons 2014 retina", "Transformation of stimulus correlations"),
    ("neural text decoding controls surprisal", "Mirostat: A Neural"),
    (
        "lessons from the science of consciousness",
        "Consciousness in Artificial Intelligence: Insights",
    ),
    ("hydra effect self-healing language models", "The Hydra Effect"),
    ("universal neurons of the gpt2 model", "Universal Neurons in GPT2"),
    ("small proxies for big transformer training instabilities", "Small-scale proxies"),
];

/// Plural for singular, another form of a verb, British for American spelling.
const WORD_FORMS: Items = [
    ("traveling wave encoding recent past", "Traveling Waves Encode"),
    ("travelling waves sequences", "Traveling Waves Encode"),
    ("theories of grokking representations", "Towards Understanding Grokking"),
    ("behavioural neural latent embedding", "Learnable latent embeddings"),
    ("hidden symmetry of relu network", "Hidden symmetries of ReLU"),
    ("mitigating catastrophic interference power law", "Catastrophic Interference"),
    ("tracing circuits sparse attention decompositions", "Sparse Attention Decomposition"),
    ("neural story planner", "Neural Story Planning"),
    ("forgetting examples empirical studies", "An Empirical Study of Example Forgetting"),
    ("quantify variability collapsed networks", "Quantifying the Variability Collapse"),
];

/// A hyphen that the title has not, or that is missing.
const HYPHENS: Items = [
    ("autoregressive text-to-video", "ARTcdotV"),
    ("multimodal latent diffusion", "Multi-modal Latent Diffusion"),
    ("disinhibitory circuits plasticity", "Dis-inhibitory neuronal circuits"),
    ("bilinear state transitions", "Revisiting Bi-Linear State"),
    ("neuro-cine brain video", "NeuroCine: Decoding"),
    ("superresolution hallucination score", "Hallucination Score: Towards"),
    ("bioinspired replay", "BiRT: Bio-inspired"),
    ("keyvalue memory", "Key-value memory in the brain"),
    ("multi-variable time-series forecasting", "Sonnet: Spectral Operator"),
    ("metalearning incontext visual cortex", "Meta-Learning an In-Context"),
];

/// Names as bibliographies, citations and memory have them.
const NAME_SHAPES: Items = [
    ("Gershman SJ", "Key-value memory in the brain"),
    ("Butlin et al., 2023", "Consciousness in Artificial Intelligence: Insights"),
    ("Ahmad & Hawkins (2016)", "How do neurons operate on sparse"),
    ("Schoelkopf, B. leaky memory", "The Expressive Leaky Memory"),
    ("Müller, K.-R.", "Aligning Machine and Human"),
    ("D'Oosterlinck K", "Rigorously Assessing Natural Language"),
    ("King, J.-R. brain decoding", "Brain decoding: toward"),
    ("Geiger and Welling", "Artificial Kuramoto"),
    ("Tkacik, G. et al. (2013)", "Transformation of stimulus correlations"),
    ("Perrinet, L.U.", "Learning heterogeneous delays"),
];

/// Two slips in a word, or one in each of two.
const TWO_SLIPS: Items = [
    ("conciousnes prior", "The Consciousness Prior"),
    ("gorkking mechnistic", "Progress measures for grokking"),
    ("kuramotto ocsillatory", "Artificial Kuramoto"),
    ("homestatic netowrks", "Need is All You Need"),
    ("representaional dissimilairty", "Representational dissimilarity"),
    ("metacogntive montioring", "Language Models Are Capable of Metacognitive"),
    ("confabluation halucinations", "Confabulation: The Surprising"),
    ("autoencdoers interpetable features", "Sparse Autoencoders Find"),
    ("photo gelocaton", "PlaNet - Photo"),
    ("fmri neurodegneratoin", "Multi-scale fMRI"),
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
        judged_marks: None,
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

/// Asserts the goal for all kinds together, so that a kind may miss its best once or twice.
#[test]
fn of_sixty_papers_remembered_with_a_mistake_57_come_first_and_all_in_the_first_three() {
    const FIRST: usize = 57;
    const LAST_PLACE: usize = 3;
    let corpus = builtin_corpus(&KeyPattern::default());
    let mut searcher = Searcher::default();
    let kinds = [
        ("pasted reference", PASTED_REFERENCES),
        ("wrong or superfluous word", WRONG_WORDS),
        ("form of a word", WORD_FORMS),
        ("hyphen", HYPHENS),
        ("shape of a name", NAME_SHAPES),
        ("two slips", TWO_SLIPS),
    ];
    let (mut first, mut beyond, mut misses) = (0, 0, String::new());
    for (kind, items) in kinds {
        for (query, beginning) in items {
            let place = place(&mut searcher, &corpus, query, beginning);
            first += usize::from(place == Some(1));
            beyond += usize::from(place.is_none_or(|it| it > LAST_PLACE));
            if place != Some(1) {
                let place = place.map_or_else(|| "-".to_owned(), |it| it.to_string());
                writeln!(misses, "{kind:<26} {place:>3}  {query}  ->  {beginning}").unwrap();
            }
        }
    }
    assert!(
        first >= FIRST && beyond == 0,
        "{first} of 60 first, {beyond} not in the first {LAST_PLACE}:\n{misses}"
    );
}

/// A misspelt beginning of a title would be a paper that is never found.
#[test]
fn every_known_item_is_the_beginning_of_one_built_in_title() {
    let corpus = builtin_corpus(&KeyPattern::default());
    let remembered = [PASTED_REFERENCES, WRONG_WORDS, WORD_FORMS, HYPHENS, NAME_SHAPES, TWO_SLIPS];
    for (query, beginning) in remembered.iter().flatten() {
        let titles = corpus.papers().filter(|(_, it)| it.title.starts_with(beginning));
        assert_eq!(titles.count(), 1, "{query}: {beginning}");
    }
}
