//! A line of the file of what is followed, as in
//! `arxiv:cs.CL as language where 'author:"K. Irie" | consciousness' keep 90d`.
//!
//! Address and filter reach to the next `as`, `where` or `keep`, or stand in single quotes, in which
//! `''` is one quote. A comment begins with `#` behind a blank.

use std::fmt;

use super::source_name::{default_name, is_source_name};
use crate::sources::online::Address;

/// Maximum length of a line, in bytes.
const MAX_LINE_LEN: usize = 8 << 10;
/// The words that part a line. They part nothing in quotes.
const KEYWORDS: [&str; 3] = ["as", "where", "keep"];

/// A source that the user follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedSource {
    pub address: Address,
    pub name: String,
    /// Only papers that match it are kept; empty for all.
    pub filter: String,
    /// The time for which papers are kept; `None` for ever.
    pub keep: Option<KeepPeriod>,
}

/// A number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeepPeriod {
    pub days: u16,
}

impl KeepPeriod {
    /// Parses `90d`, `12w`, `6m` or `1y`. A month has 30 days and a year 365.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let days = match unit {
            'd' => 1,
            'w' => 7,
            'm' => 30,
            'y' => 365,
            _ => return None,
        };
        let number = &text[..text.len() - 1];
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        let number = number.parse::<u16>().ok().filter(|it| is_number && *it > 0)?;
        Some(Self { days: number.checked_mul(days)? })
    }
}

impl fmt::Display for KeepPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.days)
    }
}

impl FollowedSource {
    /// Parses a line. Returns `None` for a blank line or a comment.
    ///
    /// # Errors
    ///
    /// Returns the reason if the line is wrong.
    pub fn parse(line: &str) -> Result<Option<Self>, String> {
        if line.len() > MAX_LINE_LEN {
            return Err("line too long".to_owned());
        }
        if line.contains(|it: char| it.is_control() && it != '\t') {
            return Err("has a control character".to_owned());
        }
        let mut rest = line.trim();
        if rest.is_empty() || rest.starts_with('#') {
            return Ok(None);
        }
        let address = take_value(&mut rest)?;
        let address = followed_address(&address)?;
        let (mut name, mut filter, mut keep) = (None, None, None);
        while !rest.is_empty() {
            let keyword = take_word(&mut rest);
            let value = take_value(&mut rest)?;
            let is_first = match keyword {
                "as" if !is_source_name(&value) => {
                    return Err(format!(
                        "`{value}` is no name: use letters, digits, `.`, `-`, `_` and `+`"
                    ));
                }
                "as" => name.replace(value).is_none(),
                "where" => filter.replace(value).is_none(),
                "keep" => {
                    let period = KeepPeriod::parse(&value);
                    let wrong = || format!("`keep {value}` is no time such as 90d, 12w, 6m or 1y");
                    keep.replace(period.ok_or_else(wrong)?).is_none()
                }
                _ => return Err(format!("`{keyword}` must be `as`, `where` or `keep`")),
            };
            if !is_first {
                return Err(format!("two times `{keyword}`"));
            }
        }
        let name = name.unwrap_or_else(|| default_name(&address));
        Ok(Some(Self { address, name, filter: filter.unwrap_or_default(), keep }))
    }
}

/// Parses the address of a list that can be followed.
///
/// # Errors
///
/// Returns the reason if it is none.
pub fn followed_address(text: &str) -> Result<Address, String> {
    let address = Address::parse(text).map_err(|error| match error {
        crate::sources::online::AddressError::FileName(text) => format!(
            "{text}: no address (files are not followed; see the addresses of `offprint follow --help`)"
        ),
        other => other.to_string(),
    })?;
    match address {
        Address::Listing(_) | Address::Search { .. } | Address::Related(..) | Address::Page(_) => {
            Ok(address)
        }
        Address::Papers(_) => Err(format!(
            "{text}: a single paper cannot be followed (star it: its new versions are news; \
             `cited-by:{text}` follows what cites it)"
        )),
    }
}

/// Takes a word off the beginning of the text.
fn take_word<'a>(rest: &mut &'a str) -> &'a str {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    *rest = tail.trim_start();
    word
}

/// Takes a value off the beginning of the text: in single quotes, or up to the next keyword or
/// comment. A comment behind it is dropped.
fn take_value(rest: &mut &str) -> Result<String, String> {
    let value = if let Some(quoted) = rest.strip_prefix('\'') {
        let (value, len) = unquote(quoted).ok_or("unclosed `'`")?;
        let tail = &quoted[len..];
        if !tail.is_empty() && !tail.starts_with(char::is_whitespace) {
            return Err("text directly behind `'`".to_owned());
        }
        *rest = tail.trim_start();
        value
    } else {
        let end = plain_value_len(rest);
        let (value, tail) = rest.split_at(end);
        *rest = tail.trim_start();
        value.trim_end().to_owned()
    };
    if rest.starts_with('#') {
        *rest = "";
    }
    if value.trim().is_empty() { Err("a value is missing".to_owned()) } else { Ok(value) }
}

/// The text up to the closing quote, and the length up to the end of it.
fn unquote(text: &str) -> Option<(String, usize)> {
    let (mut value, mut at) = (String::new(), 0);
    loop {
        let end = at + text[at..].find('\'')?;
        value.push_str(&text[at..end]);
        if !text[end + 1..].starts_with('\'') {
            return Some((value, end + 1));
        }
        value.push('\'');
        at = end + 2;
    }
}

/// The length of the text before the next keyword or comment outside double quotes.
fn plain_value_len(text: &str) -> usize {
    let (mut is_quoted, mut at_word, mut end) = (false, false, text.len());
    for (at, letter) in text.char_indices() {
        if at_word && !is_quoted && !letter.is_whitespace() {
            let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
            if KEYWORDS.contains(&word) || letter == '#' {
                end = at;
                break;
            }
        }
        is_quoted ^= letter == '"';
        at_word = letter.is_whitespace();
    }
    // A keyword at the very beginning is a missing value.
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    if KEYWORDS.contains(&first) { 0 } else { end }
}

/// A value as it stands in the file, in quotes where it needs them.
fn quoted(value: &str) -> String {
    let is_plain = |it: char| !it.is_whitespace() && it != '\'' && it != '#' && it != '"';
    if value.chars().all(is_plain) && !KEYWORDS.contains(&value) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', "''"))
    }
}

/// The line of the file.
impl fmt::Display for FollowedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quoted(&self.address.to_string()))?;
        if self.name != default_name(&self.address) {
            write!(f, " as {}", quoted(&self.name))?;
        }
        if !self.filter.is_empty() {
            write!(f, " where {}", quoted(&self.filter))?;
        }
        self.keep.map_or(Ok(()), |keep| write!(f, " keep {keep}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(line: &str) -> FollowedSource {
        FollowedSource::parse(line).unwrap().unwrap()
    }

    #[test]
    fn a_line_has_an_address_and_what_follows_it() {
        let source = parse(
            "arxiv:cs.CL as language where 'author:\"K. Irie\" | consciousness' keep 90d # x",
        );
        assert_eq!(source.address, Address::parse("arxiv:cs.CL").unwrap());
        assert_eq!(source.name, "language");
        assert_eq!(source.filter, "author:\"K. Irie\" | consciousness");
        assert_eq!(source.keep, Some(KeepPeriod { days: 90 }));
        let plain = parse("  s2:deep nets where author:\"as K. Irie\" | mind keep 2w");
        assert_eq!(plain.address.to_string(), "s2:deep nets");
        assert_eq!(
            (plain.filter.as_str(), plain.name.as_str()),
            ("author:\"as K. Irie\" | mind", "s2-deep-nets")
        );
        assert_eq!(plain.keep, Some(KeepPeriod { days: 14 }));
        assert_eq!(parse("'hf:what it''s to keep'").address.to_string(), "hf:what it's to keep");
    }

    #[test]
    fn a_blank_line_and_a_comment_say_nothing() {
        for line in ["", "  ", "# hf", "\t#"] {
            assert_eq!(FollowedSource::parse(line), Ok(None));
        }
        assert_eq!(parse("https://example.org/a#b").address.to_string(), "https://example.org/a#b");
    }

    #[test]
    fn a_wrong_line_is_told_with_its_reason() {
        for (line, reason) in [
            ("refs.bib", "refs.bib: no address"),
            ("2501.02950", "2501.02950: a single paper cannot be followed"),
            ("hf as", "a value is missing"),
            ("hf as a/b", "`a/b` is no name"),
            ("hf keep soon", "`keep soon` is no time"),
            ("hf keep 1d keep 2d", "two times `keep`"),
            ("'hf", "unclosed `'`"),
            ("'hf'x", "text directly behind"),
            ("as x", "a value is missing"),
        ] {
            let error = FollowedSource::parse(line).unwrap_err();
            assert!(error.starts_with(reason), "{line}: {error}");
        }
    }

    #[test]
    fn a_period_has_a_unit() {
        assert_eq!(KeepPeriod::parse("1y"), Some(KeepPeriod { days: 365 }));
        for text in ["", "d", "0d", "90", "-1d", "99999d", "9000m", "ä"] {
            assert_eq!(KeepPeriod::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_is_written(
            query in "[a-z'\"# ]{0,12}(as|where|keep)?[a-z'\"# äé|:]{0,12}",
            filter in "[a-z'\"# ]{0,8}(as|where|keep)?[a-z'\"# äé|:]{0,8}",
            name in prop::option::of("[a-z][a-z0-9._+-]{0,8}"),
            days in prop::option::of(1..400_u16),
        ) {
            let Ok(address) = Address::parse(&format!("s2:{query}")) else { return Ok(()) };
            let Ok(address) = followed_address(&address.to_string()) else { return Ok(()) };
            let name = name.filter(|it| is_source_name(it));
            let source = FollowedSource {
                name: name.unwrap_or_else(|| default_name(&address)),
                address,
                filter: if filter.trim().is_empty() { String::new() } else { filter },
                keep: days.map(|days| KeepPeriod { days }),
            };
            prop_assert_eq!(FollowedSource::parse(&source.to_string()), Ok(Some(source)));
        }

        #[test]
        fn any_line_is_read_or_refused(line in any::<String>()) {
            let _ = FollowedSource::parse(&line);
        }
    }
}
