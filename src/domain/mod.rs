//! What a paper is, and what a corpus is. No I/O, no failure.
//!
//! A [`Draft`] is a paper on its way in; a [`SegmentBuilder`] sanitises and folds it into columns;
//! a [`Corpus`] is the sealed [`Segment`]s in order of arrival, and a [`Paper`] a row of one,
//! borrowed.

mod abstracts;
mod block;
mod builder;
mod citation_key;
mod collective;
mod corpus;
mod corpus_keys;
mod draft;
mod fact;
mod generic_title;
mod ident;
mod keys;
mod link;
mod marks;
mod mask;
mod name;
mod overlay;
mod packed;
mod pages;
mod paper;
mod record;
mod row_keys;
mod segment;
mod segment_list;
mod shown;
mod word_index;

pub use abstracts::{AbstractStore, Abstracts};
pub use block::Block;
pub use builder::SegmentBuilder;
pub use citation_key::{KeyChange, KeyField, KeyPattern, KeyPiece};
pub use collective::is_collective;
pub use corpus::Corpus;
pub use draft::{Draft, DraftRef};
pub use fact::{Fact, Kind, stored};
pub use ident::{
    Ident, arxiv_id, arxiv_id_in, arxiv_version, arxiv_year, doi, doi_among, doi_in, doi_url,
    is_hugging_face_page, pmcid, pmid, repeats_identifier,
};
pub use keys::Keys;
pub use link::{Link, LinkKind, links, main_link, mentions_code, search_address};
pub use marks::{Mark, Marked, Marks};
pub use mask::Mask;
pub use name::{Name, NameKind, OTHERS, has_others, names, organisation};
pub use overlay::{Linker, Overlay};
pub use packed::{NotPacked, PACKED_VERSION};
pub use pages::{normalised_pages, page_ends};
pub use paper::{Paper, PaperId, family_names};
pub use record::{AUTHOR_SEPARATOR, FIELD_END, RECORD_END, VARIANT};
pub use segment::Segment;
pub use word_index::WordIndexBuilder;
pub use word_index::inverted_index::WordIndex;
pub use word_index::layout::{Bytes, Damaged, Extent, MOST_COUNTED, Mention};
