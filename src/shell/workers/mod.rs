//! Threads that run as long as the program: the loader, the library and copying. Also the start of
//! threads, and the wait for their work at exit.

pub mod copy;
pub mod handle;
pub mod library;
pub mod loader;
pub mod other_loads;
pub mod pending_work;
pub mod spawn;
pub mod text;
