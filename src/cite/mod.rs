//! Renders papers as text: bibliographies (BibTeX, BibLaTeX, CSL-JSON, Hayagriva, RIS, MEDLINE,
//! `EndNote`), references in CSL styles, links, JSON Lines, tables and templates. Assigns citation
//! keys.

mod annotations;
mod assigned_keys;
mod bibliography;
mod cite_command;
mod csl;
mod entry_edits;
mod export;
mod field_names;
mod kind_names;
mod language;
mod latex;
mod loss;
mod options;
mod output_format;
mod output_keys;
mod record_diff;
mod reference;
mod render;
mod template;
mod venue;
mod writers;

pub use assigned_keys::{AssignedKey, AssignedKeys};
pub use bibliography::{Bibliography, SharedBibliography};
pub use cite_command::CiteCommand;
pub use entry_edits::entry_edits;
pub use export::{ExportSummary, export};
pub use field_names::field_label;
pub use loss::count::LossReport;
pub use loss::loss_reason;
pub use loss::property::Property;
pub use options::{CiteOptions, PreferredVersion};
pub use output_format::OutputFormat;
pub use output_keys::KeyReport;
pub use record_diff::{change_lines, record_heading};
pub use reference::style::Style;
pub use reference::style_cache::StyleCache;
pub use render::{Rendered, render};
pub use template::Template;
pub use writers::bibtex::kind::Detail;
pub use writers::json_lines::line as json_line;
pub use writers::links::{backslash_escape, escape_html};

#[cfg(test)]
mod tests;
