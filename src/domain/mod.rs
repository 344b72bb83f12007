//! Papers and the corpus. No I/O of its own: stored text is read through traits.
//!
//! A source yields a [`Draft`] per record; a [`SegmentBuilder`] sanitises and folds drafts into
//! columns; a [`Corpus`] is the list of sealed [`Segment`]s in order of arrival; a [`Paper`]
//! borrows one row.

mod citation_key;
mod corpus;
mod corpus_keys;
mod dedup;
mod enrichment;
mod gist;
mod identifier;
mod index;
mod interest;
mod marks;
mod paper;
mod segment;

pub use citation_key::parser::{key_field_names, parse_key_pattern};
pub use citation_key::{KeyField, KeyPattern, KeySegment, KeyTransform};
pub use corpus::Corpus;
pub use dedup::deduplicator::Deduplicator;
pub use dedup::duplicates::Duplicates;
pub use enrichment::accepted::AcceptedValues;
pub use enrichment::apply::apply_changes;
pub use enrichment::changes::{ChangeMerit, EnrichedField, FieldChange, find_changes};
pub use enrichment::matching::{RecordIndex, is_preprint};
pub use gist::gist;
pub use identifier::{
    Identifier, IdentifierMatch, arxiv_id, arxiv_id_in, arxiv_version, arxiv_year, doi, doi_in,
    doi_url, find_doi, find_identifiers, is_hugging_face_page, is_preprint_server,
    percent_decode_once, percent_encode, pmcid, pmid, repeats_identifier,
};
pub use index::IndexBuilder;
pub use index::inverted_index::InvertedIndex;
pub use index::layout::{
    CorruptIndex, FIELD_TERM_START, MAX_TERM_FREQUENCY, Posting, ReadAt, TermMatch,
};
pub use interest::{InterestModel, InterestReason, PaperTexts};
pub use marks::{Mark, Marks, PaperMarks};
pub use paper::draft::{BorrowedDraft, Draft};
pub use paper::field::{BibField, PaperKind, encode_fields};
pub use paper::identity::IdentityKeys;
pub use paper::link::{Link, LinkKind, links, main_link, mentions_code, search_url};
pub use paper::name::{ET_AL, NameKind, PersonName, author_names, brace_organisation, has_et_al};
pub use paper::organisation::is_organisation;
pub use paper::pages::{normalise_pages, page_ends};
pub use paper::paper::{Paper, PaperId, family_names};
pub use paper::record::{AUTHOR_SEPARATOR, FIELD_END, RECORD_END, VARIANT_START};
pub use segment::abstracts::{AbstractStore, Abstracts};
pub use segment::codec::{SEGMENT_VERSION, SegmentDecodeError};
pub use segment::letter_mask::LetterMask;
pub use segment::segment::Segment;
pub use segment::segment_builder::SegmentBuilder;
pub use segment::text_column::TextColumn;
