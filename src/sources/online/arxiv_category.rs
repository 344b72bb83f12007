//! The archives and categories of arXiv.

/// The names and titles, separated by a tab.
const TABLE: &str = include_str!("arxiv_categories.txt");

/// The archives and categories, each with its title, in the order of their names.
pub fn arxiv_categories() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|it| it.split_once('\t'))
}

/// Returns true for the name of an archive or a category of arXiv, as in `hep-th` or `cs.CL`.
pub fn is_arxiv_category(name: &str) -> bool {
    arxiv_categories().any(|(it, _)| it == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_is_of_an_archive_and_has_a_title() {
        assert_eq!(arxiv_categories().count(), TABLE.lines().count());
        for (name, title) in arxiv_categories() {
            let archive = name.split('.').next().unwrap_or_default();
            assert!(is_arxiv_category(archive) && !title.is_empty(), "{name}");
        }
        assert!(is_arxiv_category("cs.CL") && is_arxiv_category("hep-th"));
        assert!(!is_arxiv_category("cs.XX") && !is_arxiv_category("cs.cl"));
    }
}
