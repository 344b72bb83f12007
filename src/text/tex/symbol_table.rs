//! Tables of symbols, read from `tables/`: a line a symbol, its key and its text after a tab.

/// A table sorted by key for binary search.
pub struct SymbolTable<K>(Vec<(K, &'static str)>);

impl SymbolTable<&'static str> {
    /// Reads a table whose keys are names of commands.
    pub fn by_name(text: &'static str) -> Self {
        Self(text.lines().filter_map(|line| line.split_once('\t')).collect())
    }
}

impl SymbolTable<char> {
    /// Reads a table whose keys are characters, or code points such as `U+00A0` where the
    /// character is invisible.
    pub fn by_char(text: &'static str) -> Self {
        let row = |line: &'static str| {
            let (key, text) = line.split_once('\t')?;
            Some((parse_char(key)?, text))
        };
        Self(text.lines().filter_map(row).collect())
    }
}

fn parse_char(key: &str) -> Option<char> {
    match key.strip_prefix("U+").filter(|it| !it.is_empty()) {
        Some(code_point) => char::from_u32(u32::from_str_radix(code_point, 16).ok()?),
        None => key.chars().next(),
    }
}

impl<K: Ord + Copy> SymbolTable<K> {
    pub fn get(&self, key: K) -> Option<&'static str> {
        self.0.binary_search_by_key(&key, |(it, _)| *it).ok().map(|at| self.0[at].1)
    }

    #[cfg(test)]
    pub fn rows(&self) -> &[(K, &'static str)] {
        &self.0
    }

    /// Asserts that every line of the text is a row, and that the keys ascend.
    #[cfg(test)]
    pub fn assert_is_read_from(&self, text: &str) {
        assert_eq!(self.0.len(), text.lines().count());
        assert!(self.0.is_sorted_by(|a, b| a.0 < b.0));
    }
}
