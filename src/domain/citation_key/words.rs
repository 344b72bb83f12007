//! Names and words in the form that citation keys use: ASCII letters and digits, case preserved.

use std::borrow::Cow;

use crate::domain::paper::name::{NameKind, PersonName};
use crate::domain::paper::organisation::is_organisation;
use crate::domain::paper::paper::Paper;
use crate::text::{fold_into, map_cow, tex_to_unicode};

/// Words that are skipped in titles and venues because they identify nothing.
const STOP_WORDS: [&str; 26] = [
    "a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "in", "into", "is",
    "of", "on", "or", "over", "the", "to", "toward", "towards", "under", "via", "with", "without",
];
/// The length in bytes at which a name or word of a key is truncated.
const MAX_WORD_LEN: usize = 40;

/// The author and title words of a paper for its key.
///
/// If the pattern names authors and the first author is unknown, or has no letter that folds to
/// ASCII, the first word of the title replaces the author, and the title begins with its second
/// word.
pub struct KeyWords<'a> {
    paper: &'a Paper<'a>,
    first_author: Cow<'a, str>,
    title: Vec<Cow<'a, str>>,
}

impl<'a> KeyWords<'a> {
    /// The maximal number of authors, and of title or venue words, that are considered for a key.
    pub const MAX_WORDS: usize = 16;

    /// Extracts the words. `title_words` is the number of title words that the pattern can use.
    pub fn new(paper: &'a Paper<'a>, names_authors: bool, title_words: usize) -> Self {
        let first = if names_authors { paper.first_author() } else { "" };
        let mut first_author = family_key(first);
        let is_unknown = names_authors && first_author.is_empty();
        let needed = title_words + usize::from(is_unknown);
        let mut title =
            if needed > 0 { significant_title_words(paper.title, needed) } else { Vec::new() };
        if is_unknown && !title.is_empty() {
            first_author = title.remove(0);
        }
        Self { paper, first_author, title }
    }

    pub fn first_author(&self) -> Cow<'_, str> {
        Cow::Borrowed(&*self.first_author)
    }

    pub fn authors(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let others = self.paper.authors().skip(1).take(Self::MAX_WORDS - 1);
        std::iter::once(self.first_author()).chain(others.map(family_key))
    }

    pub fn author_et_al(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let is_more = self.paper.authors().nth(2).is_some();
        let et_al = is_more.then_some(Cow::Borrowed("EtAl"));
        self.authors().take(if is_more { 1 } else { 2 }).chain(et_al)
    }

    pub fn last_author(&self) -> Cow<'_, str> {
        let last = self.paper.authors().skip(1).last();
        last.map_or_else(|| self.first_author(), family_key)
    }

    pub fn title(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.title.iter().map(|it| Cow::Borrowed(&**it))
    }

    pub fn venue(&self) -> impl Iterator<Item = Cow<'_, str>> {
        significant_title_words(self.paper.venue, Self::MAX_WORDS).into_iter()
    }
}

/// Returns the family name, or the first significant word of an organisation's name.
fn family_key(name: &str) -> Cow<'_, str> {
    // Fast path: a start makes the keys of millions of papers, and a plain name needs only its
    // family part.
    if memchr::memchr2(b'{', b'\\', name.as_bytes()).is_none() && !is_organisation(name) {
        return map_cow(PersonName::family_name(name), ascii_alphanumeric);
    }
    let name = PersonName::parse(name);
    let word = match name.kind {
        NameKind::Person => ascii_alphanumeric(&name.family).into_owned(),
        NameKind::Organisation => {
            significant_title_words(&name.family, 1).pop().unwrap_or_default().into_owned()
        }
    };
    Cow::Owned(word)
}

/// Returns the first `max_words` words that are not stop words, or the first word if all are.
fn significant_title_words(text: &str, max_words: usize) -> Vec<Cow<'_, str>> {
    match tex_to_unicode(text) {
        Cow::Borrowed(text) => significant_words(text, max_words),
        Cow::Owned(text) => {
            let words = significant_words(&text, max_words).into_iter();
            words.map(|it| Cow::Owned(it.into_owned())).collect()
        }
    }
}

fn significant_words(text: &str, max_words: usize) -> Vec<Cow<'_, str>> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '/' | '—' | '|');
    let words = text.split(is_blank).map(ascii_alphanumeric).filter(|it| !it.is_empty());
    let (mut first, mut significant) = (None, Vec::new());
    for word in words.take(KeyWords::MAX_WORDS) {
        if STOP_WORDS.iter().any(|it| word.eq_ignore_ascii_case(it)) {
            first.get_or_insert(word);
            continue;
        }
        significant.push(word);
        if significant.len() == max_words {
            break;
        }
    }
    if significant.is_empty() { first.into_iter().collect() } else { significant }
}

/// Reduces a text to ASCII letters and digits, without accents, truncated to [`MAX_WORD_LEN`].
fn ascii_alphanumeric(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_WORD_LEN && text.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    let ascii = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(strip_accents(text)) };
    let mut plain = String::with_capacity(ascii.len().min(MAX_WORD_LEN));
    let ascii_letters = ascii.bytes().filter(u8::is_ascii_alphanumeric).take(MAX_WORD_LEN);
    plain.extend(ascii_letters.map(char::from));
    Cow::Owned(plain)
}

/// Folds all characters that are not ASCII, but preserves their case.
fn strip_accents(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut letter = [0; 4];
    for c in text.chars() {
        let start = folded.len();
        if c.is_ascii() {
            folded.push(c);
            continue;
        }
        fold_into(c.encode_utf8(&mut letter), &mut folded);
        if c.is_uppercase()
            && let Some(first) = folded.get_mut(start..start + 1)
        {
            first.make_ascii_uppercase();
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    #[test]
    fn letters_lose_their_accents_and_keep_their_case() {
        assert_eq!(ascii_alphanumeric("Ångström-Müller"), "AngstromMuller");
        assert_eq!(ascii_alphanumeric("Ærø Ødegård, ﬁN"), "AeroOdegardfiN");
    }

    proptest! {
        #[test]
        fn in_lower_case_it_is_what_folding_gives(text in "\\PC{0,30}|.{0,30}") {
            let folded: String = fold(&text).chars().filter(char::is_ascii_alphanumeric).collect();
            let folded: String = folded.chars().take(MAX_WORD_LEN).collect();
            prop_assert_eq!(ascii_alphanumeric(&text).to_ascii_lowercase(), folded);
        }
    }
}
