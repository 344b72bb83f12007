//! The library of Zotero: what is read of it, and that it is read consistently while it is written.

mod check;
mod database;
mod items;
mod while_written;
