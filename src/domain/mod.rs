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
mod segment;
mod shown;
mod word_index;

pub use abstracts::{AbstractStore, Abstracts};
pub use block::Block;
pub use builder::{SegmentBuilder, tidy};
pub use citation_key::{KeyChange, KeyField, KeyPattern, KeyPiece};
pub use collective::is_collective;
pub use corpus::Corpus;
pub use fact::{Fact, Kind, stored};
pub use ident::{
    Ident, arxiv_id, arxiv_id_in, arxiv_version, arxiv_year, doi, doi_among, doi_in, doi_url,
    pmcid, pmid, repeats_identifier,
};
pub use keys::Keys;
pub use link::{
    Link, LinkKind, is_hugging_face_page, links, main_link, mentions_code, search_address,
};
pub use marks::{Mark, Marked, Marks};
pub use mask::Mask;
pub use name::{Name, NameKind, OTHERS, family_names, has_others, names, organisation};
pub use overlay::{Linker, Overlay};
pub use packed::{NotPacked, PACKED_VERSION};
pub use pages::{normalised_pages, page_ends};
pub use paper::{Draft, DraftRef, Paper, PaperId};
pub use segment::{AUTHOR_SEPARATOR, FIELD_END, RECORD_END, Segment, VARIANT};
pub use word_index::{Bytes, Damaged, Extent, MOST_COUNTED, Mention, WordIndex, WordIndexBuilder};
