//! The state of the program: plain data, and what can be read from it. Changes nothing outside of itself and asks for no effect.

pub mod cite_request;
pub mod export_selection;
pub mod facets;
pub mod find;
pub mod layout;
pub mod mark_counts;
pub mod notices;
pub mod paper_text;
pub mod popup_rows;
pub mod selection;
pub mod settings;
pub mod state;
pub mod tags;
pub mod text_field;
pub mod undo;
pub mod unread;
