//! Threads that run as long as the program: the loader, the library, copying; and how
//! a thread is started and waited for.

pub mod copy;
pub mod library;
pub mod loader;
pub mod pending_work;
pub mod spawn;
