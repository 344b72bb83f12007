//! The loads beside that of the list on the screen.

use super::loader::Loader;

/// The loads beside that of the list on the screen.
#[derive(Debug, Default)]
pub struct OtherLoads {
    /// The number of the last load. Each has one of its own, by which its events are known.
    last_number: u32,
    /// The source on the screen, fetched again. It takes the place of the list with its first page.
    pub refetch: Option<Refetch>,
    /// The loads of the lists below, which are over, for reading their sources again.
    pub below: Vec<Loader>,
}

#[derive(Debug)]
pub struct Refetch {
    pub loader: Loader,
    pub has_failed: bool,
}

impl OtherLoads {
    pub fn next_number(&mut self) -> u32 {
        self.last_number += 1;
        self.last_number
    }
}
