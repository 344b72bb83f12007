//! The separators of stored records: between fields, authors, variant spellings and optional
//! fields.

/// Joins the names of a paper's authors.
pub const AUTHOR_SEPARATOR: &str = "; ";
/// Ends the title in a folded record, and each field but the last in stored text.
pub const FIELD_END: char = '\u{1f}';
/// Precedes each variant spelling in a folded record.
pub const VARIANT_START: char = '\u{1e}';
/// Separates the code of an optional field from its value.
pub const FIELD_CODE_END: char = '\u{1f}';
/// Ends the value of an optional field.
pub const FIELD_VALUE_END: char = '\u{1e}';
/// Ends a record of a text column.
pub const RECORD_END: char = '\n';
