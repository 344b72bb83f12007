//! The file that is completed: its records, and for BibTeX the entry of each.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::path::Path;

use crate::cli::commands::read::read_with_options;
use crate::cli::config::options::Options;
use crate::domain::{BibField, Draft};
use crate::formats::{EntryPlace, Format, entry_places};
use crate::sources::Source;

/// A record of the file.
pub struct InputRecord {
    pub draft: Draft,
    /// The record as it was read, once it has changed.
    pub original: Option<Draft>,
    /// Its entry, in a file of BibTeX.
    pub place: Option<EntryPlace>,
}

/// A file with its records in order.
pub struct InputFile {
    pub records: Vec<InputRecord>,
    /// The text of a file of BibTeX.
    pub text: Option<String>,
}

impl InputRecord {
    /// Changes the record and keeps the original.
    pub fn change(&mut self, change: impl FnOnce(&mut Draft)) {
        self.original.get_or_insert_with(|| self.draft.clone());
        change(&mut self.draft);
    }
}

impl InputFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be opened or is not read to its end.
    pub fn read(path: &Path, options: &Options) -> anyhow::Result<Self> {
        let outcome = read_with_options(options, &[Source::File(path.to_owned())])?;
        let is_bibtex = outcome.sources.iter().all(|it| it.format == Format::Bibtex.name())
            && outcome.sources.len() == 1;
        let text = Some(()).filter(|()| is_bibtex).and_then(|()| fs::read_to_string(path).ok());
        let mut places = places_by_key(text.as_deref().unwrap_or_default());
        let mut records = Vec::new();
        for (id, segment, row) in outcome.corpus.rows() {
            let paper = segment.paper(row);
            let abstract_text = outcome.corpus.abstract_text(id).unwrap_or_default().into_owned();
            let draft = Draft { abstract_text, ..Draft::from(&paper) };
            let place = places.get_mut(draft.field(BibField::Key)).and_then(VecDeque::pop_front);
            records.push(InputRecord { draft, original: None, place });
        }
        Ok(Self { records, text })
    }

    /// Returns true for BibTeX whose entries can be changed one by one.
    pub fn has_entries(&self) -> bool {
        self.text.is_some()
    }

    pub fn drafts(&self) -> Vec<&Draft> {
        self.records.iter().map(|it| &it.draft).collect()
    }
}

/// The entries of each key, in order.
fn places_by_key(text: &str) -> HashMap<String, VecDeque<EntryPlace>> {
    let mut places: HashMap<String, VecDeque<EntryPlace>> = HashMap::new();
    for place in entry_places(text).into_iter().filter(|it| !it.key.is_empty()) {
        places.entry(place.key.clone()).or_default().push_back(place);
    }
    places
}
