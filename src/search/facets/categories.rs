//! Categories as ordinals, so that counting them compares no text.

use std::collections::HashMap;

use crate::domain::Segment;
use crate::text::tex_to_unicode;

/// Names of categories by ordinal, and ordinals by name.
#[derive(Debug, Default)]
pub struct CategoryNames {
    names: Vec<String>,
    ordinals: HashMap<String, u16>,
}

/// The ordinals of the categories in each of a segment's distinct category lists.
#[derive(Debug, Default)]
pub struct CategoryLists {
    ordinals: Vec<u16>,
    /// The end of each list in `ordinals`.
    ends: Vec<u32>,
}

impl CategoryNames {
    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    fn ordinal(&mut self, name: &str) -> u16 {
        if let Some(ordinal) = self.ordinals.get(name) {
            return *ordinal;
        }
        // Categories beyond the range share the last ordinal, which has no name.
        let ordinal = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        if ordinal < u16::MAX {
            self.names.push(name.to_owned());
            self.ordinals.insert(name.to_owned(), ordinal);
        }
        ordinal
    }
}

impl CategoryLists {
    pub fn new(segment: &Segment, names: &mut CategoryNames) -> Self {
        let mut lists = Self::default();
        for list in segment.categories().records() {
            for category in list.split(' ').filter(|it| !it.is_empty()) {
                lists.ordinals.push(names.ordinal(&tex_to_unicode(category)));
            }
            lists.ends.push(lists.ordinals.len() as u32);
        }
        lists
    }

    /// The ordinals of one list.
    pub fn get(&self, list: usize) -> &[u16] {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.ordinals[start as usize..self.ends[list] as usize]
    }
}
