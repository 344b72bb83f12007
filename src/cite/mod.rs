//! Papers to text: BibTeX, Markdown, JSON Lines, TSV, and the citation key.
