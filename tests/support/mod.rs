//! Helpers shared by several modules of tests.

pub(crate) mod corpus;
#[cfg(unix)]
pub(crate) mod home;
pub(crate) mod program;
#[cfg(unix)]
pub(crate) mod pty;
pub(crate) mod server;
