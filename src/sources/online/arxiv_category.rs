//! The categories of arXiv.

/// Returns true for the name of an archive or a category of arXiv, as in `hep-th` or `cs.CL`.
pub fn is_arxiv_category(name: &str) -> bool {
    const ARCHIVES: [&str; 20] = [
        "astro-ph", "cond-mat", "cs", "econ", "eess", "gr-qc", "hep-ex", "hep-lat", "hep-ph",
        "hep-th", "math", "math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "q-fin",
        "quant-ph", "stat",
    ];
    let (archive, subject) = name.split_once('.').unwrap_or((name, "XX"));
    let is_subject = |it: char| it.is_ascii_alphabetic() || it == '-';
    ARCHIVES.contains(&archive) && !subject.is_empty() && subject.chars().all(is_subject)
}
