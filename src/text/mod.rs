//! Text as bytes, cells and meaning: folding for matching, TeX for reading, widths, wrapping, sanitising.
