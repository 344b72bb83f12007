//! Tables of names, several of which mean the same.

use hashbrown::HashMap;

/// Values by their names.
pub struct NameTable<T>(HashMap<&'static str, T>);

impl<T: Copy> NameTable<T> {
    /// Creates a table of rows, each a value and its names, which `separator` separates. A name that
    /// occurs twice has its first value.
    pub fn new(rows: impl IntoIterator<Item = (T, &'static str)>, separator: char) -> Self {
        let mut names = HashMap::new();
        for (value, row) in rows {
            for name in row.split(separator).filter(|it| !it.is_empty()) {
                names.entry(name).or_insert(value);
            }
        }
        Self(names)
    }

    pub fn get(&self, name: &str) -> Option<T> {
        self.0.get(name).copied()
    }
}

impl NameTable<&'static str> {
    /// Reads lines, each a value, a tab, and its names, separated by blanks.
    pub fn from_lines(text: &'static str) -> Self {
        Self::new(text.lines().filter_map(|line| line.split_once('\t')), ' ')
    }
}
