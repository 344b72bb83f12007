//! Subcommands and modes without a screen, one file each, and their helpers.

pub mod cache;
pub mod cite;
pub mod complete;
pub mod config_check;
pub mod convert;
pub mod enrich;
pub mod fetch;
pub mod filter;
pub mod find;
pub mod follow;
pub mod generate;
pub mod headless;
pub mod library;
pub mod man_page;
pub mod marked_news;
pub mod online_filter;
pub mod output_file;
pub mod plain;
pub mod print;
pub mod read;
pub mod resolve;
pub mod source_fetch;
pub mod stat;
pub mod tex_check;
pub mod update;
pub mod zotero_check;
