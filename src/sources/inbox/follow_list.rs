//! The file of what is followed: one source a line, as in newsboat's `urls`.

use super::followed_source::FollowedSource;
use super::source_name::is_same_name;

/// The sources of the file, and the lines that are wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowList {
    pub sources: Vec<FollowedSource>,
    /// A sentence for each wrong line, with its number.
    pub problems: Vec<String>,
}

impl FollowList {
    /// Parses the file. A wrong line is reported, and the others are kept.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut list = Self::default();
        for (line, number) in lines(bytes).zip(1..) {
            let added = parse_line(line).and_then(|source| match source {
                Some(source) => list.add(source),
                None => Ok(()),
            });
            if let Err(reason) = added {
                list.problems.push(format!("line {number}: {reason}"));
            }
        }
        list
    }

    fn add(&mut self, source: FollowedSource) -> Result<(), String> {
        if let Some(other) = self.find(&source.name) {
            let (name, address) = (&source.name, &other.address);
            return Err(format!("the name `{name}` is taken by {address} (add `as NAME`)"));
        }
        self.sources.push(source);
        Ok(())
    }

    /// The source with this name.
    pub fn find(&self, name: &str) -> Option<&FollowedSource> {
        self.sources.iter().find(|it| is_same_name(&it.name, name))
    }

    /// A name that no source has: the given one, or with a number behind it.
    pub fn free_name(&self, name: &str) -> String {
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let names = std::iter::once(name.to_owned()).chain(numbered);
        names.into_iter().find(|it| self.find(it).is_none()).unwrap_or_default()
    }
}

/// The lines without their ends, and without a byte order mark.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.split(|it| *it == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

fn parse_line(line: &[u8]) -> Result<Option<FollowedSource>, String> {
    let text = std::str::from_utf8(line).map_err(|_| "not valid UTF-8".to_owned())?;
    FollowedSource::parse(text)
}

/// The file with one more line at its end. All other bytes stay as they are.
pub fn with_line(bytes: &[u8], source: &FollowedSource) -> Vec<u8> {
    let mut file = bytes.to_vec();
    if !file.is_empty() && !file.ends_with(b"\n") {
        file.push(b'\n');
    }
    file.extend_from_slice(format!("{source}\n").as_bytes());
    file
}

/// The file without the line of a source. All other bytes stay as they are. Returns `None` if no
/// line has this name.
pub fn without_line(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut start = 0;
    for line in bytes.split_inclusive(|it| *it == b'\n') {
        let text = lines(line).next().unwrap_or_default();
        let is_named = |it: &FollowedSource| is_same_name(&it.name, name);
        if parse_line(text).is_ok_and(|it| it.as_ref().is_some_and(is_named)) {
            return Some([&bytes[..start], &bytes[start + line.len()..]].concat());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wrong_line_is_reported_with_its_number_and_the_others_are_kept() {
        let list = FollowList::parse(
            b"\xef\xbb\xbfhf\r\n\n# c\nrefs.bib\nhf:trending as HF\n\xff\narxiv:cs.CL",
        );
        let names: Vec<&str> = list.sources.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["hf", "cs.CL"]);
        let starts = [
            "line 4: refs.bib: no address",
            "line 5: the name `HF` is taken by hf",
            "line 6: not valid UTF-8",
        ];
        assert_eq!(list.problems.len(), starts.len(), "{:?}", list.problems);
        assert!(
            list.problems.iter().zip(starts).all(|(it, start)| it.starts_with(start)),
            "{:?}",
            list.problems
        );
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let list = FollowList::parse(b"hf\nhf:trending as hf-2\n");
        assert_eq!(list.free_name("hf"), "hf-3");
        assert_eq!(list.free_name("new"), "new");
    }

    proptest! {
        #[test]
        fn a_line_that_is_added_and_removed_leaves_all_other_bytes(
            file in "((hf|arxiv:cs.CL|x|# c|  )( as [a-c])?( keep 9d)?\r?\n){0,5}(hf)?",
        ) {
            let bytes = file.as_bytes();
            let source = FollowedSource::parse("s2:new as added").unwrap().unwrap();
            let more = with_line(bytes, &source);
            prop_assert!(more.starts_with(bytes));
            let after = without_line(&more, "added").unwrap();
            let is_closed = bytes.is_empty() || bytes.ends_with(b"\n");
            let expected = if is_closed { bytes.to_vec() } else { [bytes, b"\n"].concat() };
            prop_assert_eq!(&after, &expected);
            prop_assert_eq!(without_line(&after, "added"), None);
            let names = |it: &FollowList| it.sources.clone();
            prop_assert_eq!(names(&FollowList::parse(&after)), names(&FollowList::parse(bytes)));
        }
    }
}
