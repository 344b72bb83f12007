//! The state, drawn.
