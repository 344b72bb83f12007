//! The names of the kinds of papers in each format, read from a table.

use std::sync::LazyLock;

use crate::domain::PaperKind;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindColumn {
    /// Words for a reader, in templates.
    Text,
    JsonLines,
    Csl,
    Ris,
    EndNote,
    Nbib,
}

/// The columns of each kind, in the order of [`PaperKind::ALL`].
static NAMES: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    let rows = include_str!("kind_names.txt").lines().skip(1);
    rows.map(|row| row.split('\t').skip(1).collect()).collect()
});

/// Returns the name of a kind; empty if the format has none.
pub fn kind_name(kind: PaperKind, column: KindColumn) -> &'static str {
    NAMES[kind as usize][column as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_row_in_its_order_and_every_column_a_name() {
        let text = include_str!("kind_names.txt");
        let kinds = text.lines().skip(1).filter_map(|row| row.split('\t').next());
        assert!(kinds.eq(PaperKind::ALL.map(|it| format!("{it:?}"))));
        let columns = KindColumn::Nbib as usize + 1;
        assert!(NAMES.iter().all(|row| row.len() == columns));
        assert!(NAMES[1..].iter().flatten().all(|name| !name.is_empty()));
    }
}
