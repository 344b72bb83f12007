//! The kinds of the reference types of each format, read from a table.

use std::sync::LazyLock;

use crate::domain::PaperKind;
use crate::text::NameTable;

/// A column of the table.
type TypeNames = LazyLock<NameTable<PaperKind>>;

/// By the types of RIS, in upper case.
pub static RIS: TypeNames = LazyLock::new(|| column(1));
/// By the types of `EndNote`, in lower case.
pub static ENDNOTE: TypeNames = LazyLock::new(|| column(2));
/// By the publication types of `PubMed` and ERIC.
pub static MEDLINE: TypeNames = LazyLock::new(|| column(3));

fn column(number: usize) -> NameTable<PaperKind> {
    let rows = include_str!("kinds.txt").lines().skip(1);
    let row = |row: &'static str| {
        let cells: Vec<&str> = row.split('\t').collect();
        let kind = PaperKind::ALL.into_iter().find(|it| format!("{it:?}") == cells[0])?;
        Some((kind, cells[number]))
    };
    NameTable::new(rows.filter_map(row), '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_kind_and_every_format_its_types() {
        for row in include_str!("kinds.txt").lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            assert!(PaperKind::ALL.iter().any(|it| format!("{it:?}") == cells[0]), "{row}");
            assert_eq!(cells.len(), 4, "{row}");
        }
        assert_eq!(RIS.get("JOUR"), Some(PaperKind::Article));
        assert_eq!(ENDNOTE.get("book section"), Some(PaperKind::Chapter));
        assert_eq!(MEDLINE.get("Speeches/Meeting Papers"), Some(PaperKind::Conference));
        assert_eq!(MEDLINE.get(""), None);
    }
}
