//! Lists without duplicates, built in linear time.

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// The length up to which items are compared one by one, because hashing so few is slower.
const MAX_LINEAR_LEN: usize = 8;

/// Distinct items in the order of first occurrence. Adding an item takes constant time, so that a
/// record with 100,000 of them is no slower than many records with a few.
#[derive(Debug)]
pub struct Distinct<T> {
    items: Vec<T>,
    /// The indices of all items, for lists longer than [`MAX_LINEAR_LEN`].
    indices: HashTable<usize>,
    hasher: DefaultHashBuilder,
}

impl<T: Hash + Eq> Distinct<T> {
    /// Adds an item unless it is present. Returns true if it was new.
    pub fn add(&mut self, item: T) -> bool {
        let is_new = !self.contains(&item);
        if is_new {
            self.push(item);
        }
        is_new
    }

    pub fn contains(&self, item: &T) -> bool {
        if self.items.len() <= MAX_LINEAR_LEN {
            return self.items.contains(item);
        }
        self.indices.find(self.hasher.hash_one(item), |&index| self.items[index] == *item).is_some()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn into_vec(self) -> Vec<T> {
        self.items
    }

    fn push(&mut self, item: T) {
        self.items.push(item);
        let first = match self.items.len() {
            0..=MAX_LINEAR_LEN => return,
            len if len == MAX_LINEAR_LEN + 1 => 0,
            len => len - 1,
        };
        let Self { items, indices, hasher } = self;
        let hash = |index: &usize| hasher.hash_one(&items[*index]);
        for index in first..items.len() {
            indices.insert_unique(hash(&index), index, hash);
        }
    }
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        let hasher = DefaultHashBuilder::default();
        Self { items: Vec::new(), indices: HashTable::new(), hasher }
    }
}

impl<T: Hash + Eq> FromIterator<T> for Distinct<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut distinct = Self::default();
        distinct.extend(items);
        distinct
    }
}

impl<T: Hash + Eq> Extend<T> for Distinct<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.add(item);
        }
    }
}

/// Returns the distinct items in the order of first occurrence.
pub fn distinct<T: Hash + Eq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items.into_iter().collect::<Distinct<T>>().into_vec()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::Hasher;
    use std::rc::Rc;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_item_is_there_once_in_the_order_of_its_first_appearance(items in prop::collection::vec(0..30_u8, 0..60)) {
            let mut expected = Vec::new();
            for item in &items {
                if !expected.contains(item) {
                    expected.push(*item);
                }
            }
            prop_assert_eq!(distinct(items), expected);
        }
    }

    /// A number that counts its comparisons.
    struct Counting(usize, Rc<Cell<usize>>);

    impl PartialEq for Counting {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }

    impl Eq for Counting {}

    impl Hash for Counting {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    #[test]
    fn an_item_is_compared_with_few_others_however_many_there_are() {
        let (count, compared) = (50_000, Rc::new(Cell::new(0)));
        let items = (0..2 * count).map(|it| Counting(it % count, Rc::clone(&compared)));
        assert_eq!(distinct(items).len(), count);
        assert!(compared.get() < 4 * count, "{} comparisons", compared.get());
    }
}
