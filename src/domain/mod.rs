//! What a paper is, and what a corpus is. No I/O, no failure.
