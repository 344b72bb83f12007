//! The separators of stored records: between fields, authors, spellings and bibliographic fields.

/// Joins the names of a paper's authors.
pub const AUTHOR_SEPARATOR: &str = "; ";
/// Ends the title in a folded record, and each field but the last in the text.
pub const FIELD_END: char = '\u{1f}';
/// Stands before each other spelling in a folded record.
pub const VARIANT_START: char = '\u{1e}';
/// Stands between the letter of a fact and its value.
pub const FIELD_CODE_END: char = '\u{1f}';
/// Stands after the value of a fact.
pub const FIELD_VALUE_END: char = '\u{1e}';
/// Ends a record of any block.
pub const RECORD_END: char = '\n';
