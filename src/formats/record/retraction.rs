//! Retractions, in the ways in which services tell them.

use super::field::RecordField;
use super::field_record::Record;
use super::lenient::LenientValue;
use crate::domain::{BibField, Draft, doi};

/// The type of a retracted paper at `PubMed`.
const RETRACTED_TYPE: &str = "retracted publication";

impl Record<'_> {
    /// Adds the status of a retracted or withdrawn paper.
    pub fn add_retraction(&self, draft: &mut Draft) {
        let mut flags = self.all(RecordField::Retracted);
        let is_flagged = flags.any(|it| {
            matches!(it, LenientValue::True | LenientValue::Number(1))
                || it.as_text().is_some_and(|it| it.eq_ignore_ascii_case("true"))
        });
        let is_typed = self.kinds().any(|it| it.eq_ignore_ascii_case(RETRACTED_TYPE));
        let own = self.all(RecordField::NoticeOf).flat_map(LenientValue::values).filter(|it| {
            let target = it.get("DOI").and_then(LenientValue::as_text).and_then(doi);
            target.is_some_and(|it| it == draft.doi)
        });
        let notices = self.all(RecordField::Notices).flat_map(LenientValue::values).chain(own);
        let types = notices.filter_map(|it| it.get("type")?.as_text());
        let stated = types.filter_map(|it| match it {
            "retraction" | "removal" => Some("retracted"),
            "withdrawal" => Some("withdrawn"),
            _ => None,
        });
        let flagged = (is_flagged || is_typed).then_some("retracted");
        draft.add_field(BibField::Status, flagged.or_else(|| stated.last()).unwrap_or_default());
    }
}
