//! Where a text occurs in another, and how it lies on the words there.

use memchr::memmem::Finder;

use crate::text::is_boundary;

/// How a text stands among words, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is whole words.
    Whole,
    /// It begins where a word does.
    Start,
    Inside,
}

/// Where a text stands, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub fit: Fit,
    /// An offset in bytes.
    pub at: usize,
}

/// Every place where the text stands, in order; they may overlap.
pub fn spots<'a>(needle: &'a Finder<'_>, text: &'a str) -> impl Iterator<Item = Spot> + 'a {
    let length = needle.needle().len();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + needle.find(text.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(Spot { fit: fit(text, at, at + length), at })
    })
}

/// The best place where the text stands.
pub fn best_spot(needle: &Finder<'_>, text: &str) -> Option<Spot> {
    if let [letter] = needle.needle() {
        return letter_spot(*letter, text);
    }
    let mut best: Option<Spot> = None;
    for spot in spots(needle, text) {
        if best.is_none_or(|it| spot < it) {
            best = Some(spot);
        }
        if spot.fit == Fit::Whole {
            break;
        }
    }
    best
}

/// The first word start that is the letter, or else where it first stands: few single letters are
/// words, and they are everywhere.
fn letter_spot(letter: u8, text: &str) -> Option<Spot> {
    let mut inside = None;
    for at in memchr::memchr_iter(letter, text.as_bytes()) {
        match fit(text, at, at + 1) {
            Fit::Inside => inside = inside.or(Some(Spot { fit: Fit::Inside, at })),
            fit => return Some(Spot { fit, at }),
        }
    }
    inside
}

/// How what stands at an offset stands among words. Both ends are on characters.
pub fn fit(text: &str, start: usize, end: usize) -> Fit {
    if !is_boundary(text, start) {
        Fit::Inside
    } else if is_boundary(text, end) {
        Fit::Whole
    } else {
        Fit::Start
    }
}

/// Whether somewhere in the text the next word after one that begins as `first` does begins as
/// one of `second` does.
pub fn stand_together(first: &Finder<'_>, second: &[&Finder<'_>], text: &str) -> bool {
    spots(first, text).filter(|spot| spot.fit != Fit::Inside).any(|spot| {
        let rest = &text[spot.at + first.needle().len()..];
        let rest = rest.trim_start_matches(char::is_alphanumeric);
        let between = |c: char| !c.is_alphanumeric() && !c.is_control();
        let next = rest.trim_start_matches(between).as_bytes();
        second.iter().any(|it| next.starts_with(it.needle()))
    })
}
