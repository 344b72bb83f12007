//! Facts of papers on preprint servers and in their catalogues.

use super::field::RecordField;
use super::field_record::Record;
use super::lenient::LenientValue;
use crate::domain::{BibField, Draft};

/// The servers whose interface names them with each paper.
const SERVERS: [&str; 2] = ["bioRxiv", "medRxiv"];

impl Record<'_> {
    /// Returns the preprint server that has the paper, if its own interface gives the record.
    pub fn server(&self) -> Option<String> {
        let name = self.text(RecordField::Server)?;
        let known = SERVERS.iter().find(|it| it.eq_ignore_ascii_case(&name));
        known.map(|it| (*it).to_owned())
    }

    /// Adds the category of a preprint server as a keyword: its name has blanks, as in `cell
    /// biology`.
    pub fn add_server_category(&self, draft: &mut Draft) {
        if self.server().is_some() {
            let category = self.text(RecordField::Category).unwrap_or_default();
            draft.add_field(BibField::Keywords, category);
        }
    }

    /// Returns the arXiv categories that stand beside the identifier.
    pub fn eprint_categories(&self) -> Vec<String> {
        let eprints = self.all(RecordField::Arxiv).flat_map(LenientValue::values);
        let categories = eprints.filter_map(|it| it.get("categories"));
        categories.flat_map(|it| it.texts(&[])).map(std::borrow::Cow::into_owned).collect()
    }
}
