//! Bytes to drafts: one file a format, reading only.
