//! Tests of papers that match a query only approximately.

use proptest::prelude::*;

use super::*;

const PAPERS: [PaperRow<'_>; 12] = [
    ("Key-value memory in the brain", "Samuel J. Gershman; Ila Fiete", "Episodic recall.", 2025),
    ("Attention Is All You Need", "Ashish Vaswani; Noam Shazeer", "Sequence transduction.", 2017),
    ("Inherent Redundancy in Spiking Networks", "Man Yao", "Sparse events.", 2023),
    ("Leveraging Graph Structures to Detect Hallucinations", "Noa Nonkes", "Latent space.", 2024),
    ("Finetuning of Autoregressive Decoders", "Ann Lee", "A pretraining recipe.", 2021),
    ("Fine-tuning with Auto-regressive Priors", "Bo Lin", "A pre-training recipe.", 2020),
    ("Causal Inference at Scale", "Judea Perl", "Interventions.", 2016),
    ("Two-dimensional Electron Gases", "Klaus Hall", "Quantum transport.", 1990),
    ("Whole-Brain Decoding of Images", "Brian Stone", "Voxels and memory.", 2022),
    ("Behaviour of Modelling Agents", "Uta Frith", "Social cognition.", 2012),
    ("Latent Space Dynamics", "Carl Moe", "Attractors.", 2022),
    ("Reinforcement of Hippocampus Maps", "May Moser", "Grid cells.", 2008),
];

/// The titles that match as typed, and the similar ones with their labels.
fn answer_titles(papers: &[PaperRow<'_>], query: &str) -> (Vec<String>, Vec<(String, String)>) {
    let corpus = corpus(papers);
    let response = answer(&request(&corpus, query));
    let title = |id| corpus.get(id).unwrap().title.to_owned();
    let titles: Vec<String> = response.hits.ids().map(title).collect();
    let exact = titles.len() - response.similar.hits.len();
    let label = |hit: &Hit| response.similar.labels[&hit.id()].clone();
    let labels = response.similar.hits.iter().map(label);
    (titles[..exact].to_vec(), titles[exact..].iter().cloned().zip(labels).collect())
}

/// Asserts the best similar paper of each query by the beginning of its title, and its label.
fn assert_similar(cases: &[(&str, &str, &str)]) {
    for (query, beginning, label) in cases {
        let (_, similar) = answer_titles(&PAPERS, query);
        let best = similar.first().unwrap_or_else(|| panic!("{query}: nothing"));
        assert!(best.0.starts_with(beginning), "{query}: {similar:?}");
        assert_eq!(best.1, *label, "{query}");
    }
}

#[test]
fn another_form_of_a_word_is_similar() {
    assert_similar(&[
        ("inherent redundancies spiking", "Inherent", "similar: redundancy"),
        ("leveraged graph structure", "Leveraging", "similar: leveraging"),
    ]);
}

#[test]
fn a_compound_is_found_joined_and_apart() {
    for (query, titles) in [
        ("fine-tuning", ["Fine-tuning", "Finetuning"]),
        ("auto-regressive", ["Fine-tuning", "Finetuning"]),
        ("finetuning", ["Finetuning", "Fine-tuning"]),
    ] {
        let (exact, _) = answer_titles(&PAPERS, query);
        for title in titles {
            assert!(exact.iter().any(|it| it.starts_with(title)), "{query}: {exact:?}");
        }
    }
    assert_similar(&[
        ("pretraining recipe", "Fine-tuning", "similar: pre-training"),
        ("2d electron", "Two-dimensional", "similar: two-dimensional"),
        ("whole-brian", "Whole-Brain", "similar: whole-brain"),
    ]);
}

#[test]
fn a_word_too_many_or_wrong_is_left_out() {
    assert_similar(&[
        ("memory for the brain", "Key-value", "without \"for\""),
        ("attention is what you need", "Attention", "without \"what\""),
        ("vaswani 2018", "Attention", "similar: 2017"),
        ("penguin attention need", "Attention", "without \"penguin\""),
    ]);
}

#[test]
fn a_superfluous_stop_word_is_left_out_rather_than_another_word_changed() {
    let papers = [
        ("Writing with coherence from examples", "Ann Other", "", 2020),
        ("Learning to write coherence", "Its Writer", "", 2021),
        ("Chen and the coherence of writing", "Bo Chen", "", 2022),
    ];
    let (_, similar) = answer_titles(&papers, "write when coherence");
    assert_eq!(similar[0].1, "without \"when\"", "{similar:?}");
    assert!(similar[0].0.starts_with("Learning"), "{similar:?}");
    assert!(similar.iter().all(|it| !it.1.contains("chen")), "{similar:?}");
}

#[test]
fn a_typo_that_is_a_word_elsewhere_is_corrected_behind() {
    assert_eq!(answer_titles(&PAPERS, "casual inference").0, ["Causal Inference at Scale"]);
    let (exact, similar) = answer_titles(&PAPERS, "memory brian");
    assert_eq!(exact, ["Whole-Brain Decoding of Images"]);
    assert!(similar[0].0.starts_with("Key-value"), "{similar:?}");
}

#[test]
fn two_typos_in_a_long_word_are_corrected() {
    assert_similar(&[
        ("reinfrocemnet maps", "Reinforcement", "similar: reinforcement"),
        ("reinfrocemnet", "Reinforcement", "similar: reinforcement"),
    ]);
}

#[test]
fn a_word_without_alternatives_finds_nothing_similar() {
    for query in ["zebra", "zzqx", "is:read", "\"memories in\"", "/memories/", ""] {
        assert_eq!(answer_titles(&PAPERS, query).1, [], "{query}");
    }
}

#[test]
fn enough_papers_as_typed_have_none_that_are_similar() {
    let rows: Vec<PaperRow<'_>> =
        (0..10).map(|_| ("Memory", "", "", 2000)).chain([("Memories", "", "", 2001)]).collect();
    let (exact, similar) = answer_titles(&rows, "memory");
    assert_eq!((exact.len(), similar.len()), (10, 0));
    let (exact, similar) = answer_titles(&rows[1..], "memory");
    assert_eq!((exact.len(), similar.len()), (9, 1));
}

#[test]
fn fixed_conditions_are_never_left_out() {
    let (_, similar) = answer_titles(&PAPERS, "penguin attention need year:2018");
    assert_eq!(similar, []);
    let (_, similar) = answer_titles(&PAPERS, "memory for the brain !gershman");
    assert!(similar.iter().all(|(title, _)| !title.starts_with("Key-value")), "{similar:?}");
}

proptest! {
    #[test]
    fn similar_papers_come_behind_and_once(
        words in proptest::collection::vec(
            "memor(y|ies)|brain|brian|attention|causal|casual|20(17|18)|zebra|fine-tuning|2d|[a-z]{1,9}",
            1..5,
        ),
    ) {
        let corpus = corpus(&PAPERS);
        let response = answer(&request(&corpus, &words.join(" ")));
        let ids: Vec<u32> = response.hits.ids().map(|it| it.0).collect();
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), ids.len());
        let exact = ids.len() - response.similar.hits.len();
        let is_similar = |at: usize| {
            let tier = response.hits.hit(at).and_then(Hit::tier);
            matches!(tier, Some(Tier::Similar | Tier::Partial))
        };
        prop_assert!((0..ids.len()).all(|at| is_similar(at) == (at >= exact)));
    }
}
