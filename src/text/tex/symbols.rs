//! TeX's symbol commands and their characters.

use std::sync::LazyLock;

use super::symbol_table::SymbolTable;

const PLAIN_TEXT: &str = include_str!("tables/plain_symbols.txt");
const INFIX_TEXT: &str = include_str!("tables/infix_symbols.txt");

/// Letters, operators and marks without spaces around them.
static PLAIN: LazyLock<SymbolTable<&str>> = LazyLock::new(|| SymbolTable::by_name(PLAIN_TEXT));
/// Infix relations and operators.
static INFIX: LazyLock<SymbolTable<&str>> = LazyLock::new(|| SymbolTable::by_name(INFIX_TEXT));

/// Returns the text of a symbol command that is no infix.
pub fn plain_symbol(name: &str) -> Option<&'static str> {
    PLAIN.get(name)
}

/// Returns the text of an infix relation or operator.
pub fn infix_symbol(name: &str) -> Option<&'static str> {
    INFIX.get(name)
}

/// Returns the text of any symbol command.
pub fn symbol(name: &str) -> Option<&'static str> {
    plain_symbol(name).or_else(|| infix_symbol(name))
}

/// Returns the non-ASCII characters that have a command.
#[cfg(test)]
pub fn symbol_chars() -> impl Iterator<Item = char> {
    let texts = PLAIN.rows().iter().chain(INFIX.rows()).map(|(_, text)| text);
    let single_char =
        |text: &&str| text.chars().next().filter(|c| !c.is_ascii() && text.len() == c.len_utf8());
    texts.filter_map(single_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order() {
        PLAIN.assert_is_read_from(PLAIN_TEXT);
        INFIX.assert_is_read_from(INFIX_TEXT);
    }
}
