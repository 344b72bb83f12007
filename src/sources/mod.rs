//! Where papers come from: the built-in corpus, files and standard input, sealed into segments.
