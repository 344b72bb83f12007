//! What a paper is, and what a corpus is. No I/O, no failure.
//!
//! A [`Draft`] is a paper on its way in; a [`SegmentBuilder`] sanitises and folds it into columns;
//! a [`Corpus`] is the sealed [`Segment`]s in order of arrival, and a [`Paper`] a row of one,
//! borrowed.

mod citation_key;
mod corpus;
mod corpus_keys;
mod dedup;
mod identifier;
mod index;
mod marks;
mod paper;
mod segment;

pub use citation_key::parser::{key_fields, key_pattern};
pub use citation_key::{KeyChange, KeyField, KeyPattern, KeyPiece};
pub use corpus::Corpus;
pub use dedup::deduplicator::Linker;
pub use dedup::duplicates::Overlay;
pub use identifier::{
    Ident, arxiv_id, arxiv_id_in, arxiv_version, arxiv_year, doi, doi_among, doi_in, doi_url,
    is_hugging_face_page, pmcid, pmid, repeats_identifier,
};
pub use index::WordIndexBuilder;
pub use index::inverted_index::WordIndex;
pub use index::layout::{Bytes, Damaged, Extent, MOST_COUNTED, Mention};
pub use marks::{Mark, Marked, Marks};
pub use paper::draft::{Draft, DraftRef};
pub use paper::field::{Fact, Kind, stored};
pub use paper::identity::Keys;
pub use paper::link::{Link, LinkKind, links, main_link, mentions_code, search_address};
pub use paper::name::{Name, NameKind, OTHERS, has_others, names, organisation};
pub use paper::organisation::is_collective;
pub use paper::pages::{normalised_pages, page_ends};
pub use paper::paper::{Paper, PaperId, family_names};
pub use paper::record::{AUTHOR_SEPARATOR, FIELD_END, RECORD_END, VARIANT};
pub use segment::abstracts::{AbstractStore, Abstracts};
pub use segment::codec::{NotPacked, PACKED_VERSION};
pub use segment::letter_mask::Mask;
pub use segment::segment::Segment;
pub use segment::segment_builder::SegmentBuilder;
pub use segment::text_column::Block;
