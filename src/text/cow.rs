//! Transformations of `Cow<str>` that preserve borrowing.

use std::borrow::Cow;

/// Applies a change that borrows from its input if possible: returns it unchanged, or a part of it.
pub fn map_cow<'a>(
    text: Cow<'a, str>,
    change: impl for<'b> Fn(&'b str) -> Cow<'b, str>,
) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => change(text),
        Cow::Owned(text) => match change(&text) {
            Cow::Borrowed(inner) if inner.len() == text.len() => Cow::Owned(text),
            changed => Cow::Owned(changed.into_owned()),
        },
    }
}

/// Finds something in a text, which mostly is a slice of it.
pub fn find_in_cow<'a>(
    text: &Cow<'a, str>,
    find: impl for<'b> Fn(&'b str) -> Option<Cow<'b, str>>,
) -> Option<Cow<'a, str>> {
    match text {
        Cow::Borrowed(text) => find(text),
        Cow::Owned(text) => find(text).map(|it| Cow::Owned(it.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_borrowed_stays_so_and_what_was_owned_is_not_lost() {
        let first = |it: &'static str| map_cow(Cow::Borrowed(it), |it| Cow::Borrowed(&it[..1]));
        assert!(matches!(first("ab"), Cow::Borrowed("a")));
        let owned = || Cow::Owned("ab".to_owned());
        assert_eq!(map_cow(owned(), |it| Cow::Borrowed(&it[..1])), "a");
        assert_eq!(map_cow(owned(), |it| Cow::Borrowed(it)), "ab");
        let behind_a =
            |it: Cow<'static, str>| find_in_cow(&it, |it| it.strip_prefix('a').map(Cow::Borrowed));
        assert_eq!(behind_a(owned()).as_deref(), Some("b"));
        assert_eq!(behind_a(Cow::Borrowed("c")), None);
    }
}
