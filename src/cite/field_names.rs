//! The names of bibliographic fields in messages and in JSON, read from a table.

use std::sync::LazyLock;

use crate::domain::BibField;

/// A field, its name in messages, and its name in JSON; empty if it is written in another way. In
/// the order of JSON Lines.
static ROWS: LazyLock<Vec<(BibField, &str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("field_names.txt").lines().skip(1);
    let row = |row: &'static str| {
        let mut cells = row.split('\t');
        let name = cells.next()?;
        let field = BibField::ALL.into_iter().find(|it| format!("{it:?}") == name)?;
        Some((field, cells.next()?, cells.next()?))
    };
    rows.filter_map(row).collect()
});

/// Returns the name of a field in messages.
pub fn field_label(field: BibField) -> &'static str {
    ROWS.iter().find(|(it, ..)| *it == field).map_or("", |(_, label, _)| label)
}

/// Iterates over the fields that JSON Lines and tables write as they are, with their names.
pub fn json_names() -> impl Iterator<Item = (BibField, &'static str)> {
    ROWS.iter().filter(|(_, _, name)| !name.is_empty()).map(|(field, _, name)| (*field, *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_row_of_its_own_and_a_label() {
        assert_eq!(ROWS.len(), BibField::ALL.len());
        assert!(BibField::ALL.into_iter().all(|it| !field_label(it).is_empty()));
    }
}
