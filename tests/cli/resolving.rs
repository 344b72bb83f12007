//! `offprint resolve`, and references given to `--filter`.

use super::place;
use crate::support::program::Place;

const REFERENCES: &str = "\
[1] K. Roe. Memory in the brain of a bee, 2019.
[2] Nobody, N. A paper that is nowhere. 2001.
[3] Müller, E., & Ito, E. (2021). Brain memory.
[4] https://doi.org/10.1000/b.m
";

#[test]
fn each_reference_of_a_list_is_printed_as_its_paper_once() {
    let (place, papers) = place();
    let ran = place.run_with(&["resolve", &papers], REFERENCES.as_bytes());
    assert_eq!(ran.output, "Memory in the brain of a bee\nBrain memory\n");
    assert_eq!(ran.errors, "offprint: not found: Nobody, N. A paper that is nowhere. 2001.\n");
    assert_eq!(ran.code, 1);
}

#[test]
fn the_references_may_be_in_a_file_and_bibtex_is_one_valid_file() {
    let (place, papers) = place();
    let list = place.file("list.txt", "arXiv: 2101.00001\nmemory in the brain of a bee\n");
    let ran = place.run(&["resolve", &papers, "--references", &list, "--as", "bibtex"]);
    let printed = ran.printed();
    assert_eq!(printed.matches("\n@").count() + usize::from(printed.starts_with('@')), 2);
    // The result is itself a list of references.
    let again = place.run_with(&["resolve", &papers, "--as", "key"], printed.as_bytes());
    assert_eq!(again.printed(), "muller2021brain\nroe2019memory\n");
}

#[test]
fn the_built_in_papers_are_searched_without_a_file() {
    let ran = Place::new().run_with(&["resolve", "--as", "key"], b"(2501.02950)\n");
    assert_eq!(ran.printed(), "gershman2025keyvalue\n");
}

#[test]
fn an_empty_list_and_two_uses_of_standard_input_are_errors() {
    let (place, papers) = place();
    let ran = place.run_with(&["resolve", &papers], b"\n");
    assert_eq!((ran.code, ran.output.as_str()), (2, ""));
    assert!(ran.errors.contains("no references"), "{}", ran.errors);
    let ran = place.run_with(&["resolve", "-"], super::PAPERS.as_bytes());
    assert!(ran.code == 2 && ran.errors.contains("--references FILE"), "{}", ran.errors);
    let ran = place.run(&["resolve", &papers, "--references", "/nowhere/list"]);
    assert!(ran.code == 2 && ran.errors.contains("/nowhere/list: no such file"), "{}", ran.errors);
}

#[test]
fn a_pasted_reference_is_found_by_the_filter() {
    let place = Place::new();
    let first = |text: &str| {
        let printed = place.run(&["--filter", text, "--limit", "1"]).printed();
        printed.trim_end().to_owned()
    };
    for text in [
        "Gershman, S. J., Fiete, I., & Irie, K. (2025). Key-value memory in the brain. Neuron.",
        "S. J. Gershman, I. Fiete, and K. Irie, \"Key-value memory in the brain,\" Neuron, 2025.",
        "Gershman SJ, Fiete I, Irie K. Key-value memory in the brain. Neuron. 2025;113(11):1694-1707.",
        "Gershman, Samuel J., Ila Fiete, and Kazuki Irie. \"Key-value memory in the brain.\" Neuron (2025).",
        "[Key-value memory in the brain](https://arxiv.org/abs/2501.02950)",
        "\\cite{gershman2025keyvalue}",
        "[@gershman2025keyvalue]",
        "arXiv preprint arXiv:2501.02950",
        "2501.02950.",
        "2501.02950,",
        "(2501.02950)",
        "[arXiv:2501.02950]",
        "<https://arxiv.org/abs/2501.02950>",
        "https://arxiv.org/abs/2501.02950.",
        "arXiv: 2501.02950",
        "doi:10.48550/arXiv.2501.02950",
        "\"2501.02950\"",
        "https://www.alphaxiv.org/abs/2501.02950",
        "gershman2025keyvalue,",
    ] {
        assert_eq!(first(text), "Key-value memory in the brain", "{text}");
    }
    for text in [
        "10.1007/s10955-022-02966-8.",
        "https://doi.org/10.1007/s10955-022-02966-8.",
        "doi 10.1007/s10955-022-02966-8",
        "doi: 10.1007/s10955-022-02966-8",
        "https://link.springer.com/article/10.1007/s10955-022-02966-8",
    ] {
        assert!(first(text).starts_with("Replica symmetry breaking"), "{text}");
    }
}
