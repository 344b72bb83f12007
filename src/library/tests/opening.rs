//! Tests of a library that several processes open at once.

use std::sync::Barrier;

use super::*;

#[test]
fn a_library_that_several_make_at_the_same_moment_is_opened_by_each() {
    for _ in 0..40 {
        let (_folder, file) = file();
        let barrier = Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    barrier.wait();
                    Store::open(&file).unwrap();
                });
            }
        });
    }
}
