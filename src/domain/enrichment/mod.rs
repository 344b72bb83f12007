//! Completes a record from other records of the same paper: what each would change, and why. Pure.

pub mod accepted;
pub mod apply;
pub mod changes;
pub mod matching;
pub mod overlay;
