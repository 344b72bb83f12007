//! The state machine of the record splitter, which advances byte by byte.

use crate::formats::input::lines::MAX_LINE;

/// The names that services give to the list of results, and to objects around it.
const LIST_MEMBERS: [&str; 18] = [
    "articles", "collection", "data", "docs", "entries", "hit", "hits", "items", "message",
    "papers", "publications", "recommendedPapers", "records", "response", "result", "resultList",
    "results", "works",
];
/// The length of the longest of them.
const MAX_KEY_LEN: usize = 17;

/// Returns true if services use this name for the list of results, or an object around it.
pub fn is_list_member(name: &str) -> bool {
    LIST_MEMBERS.contains(&name)
}

pub enum RawRecord<'a> {
    /// From the first bracket to the last, or a value that is no object.
    Record(&'a [u8]),
    TooLong,
    /// The stream ends, or the next record begins, before the brackets are closed.
    Unclosed,
}

#[derive(Default)]
pub struct JsonScanner {
    position: ScanPosition,
    state: ScanState,
    text: StringState,
    containers: OpenContainers,
    record: RecordState,
    /// True if an object around the records was found.
    pub has_list: bool,
}

/// The position of the scanner.
#[derive(Default, Clone, Copy)]
struct ScanPosition {
    /// The number of lines before this one.
    lines: u64,
    /// The number of non-blank characters so far in this line.
    marks: usize,
    /// The number of blanks before them.
    indent: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum ScanState {
    /// Nothing has been read.
    #[default]
    Fresh,
    BetweenRecords,
    InRecord,
    /// In a value that is no object, in place of a record.
    NotARecord,
    /// In a wrapper object, after its list.
    AfterList,
    Ended,
    EndedInList,
}

/// The position relative to strings. Brackets count only outside.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum StringState {
    #[default]
    Outside,
    String,
    /// After a backslash.
    Escape,
}

/// The containers that are open around the records.
#[derive(Default)]
struct OpenContainers {
    /// Arrays at the top level.
    arrays: usize,
    /// Objects around a list, inside those arrays.
    wrappers: usize,
    /// Arrays inside those objects.
    lists: usize,
}

/// The record that is being read, which may turn out to be a wrapper object.
#[derive(Default)]
struct RecordState {
    bytes: Vec<u8>,
    start: ScanPosition,
    length: usize,
    depth: usize,
    /// The depth at which member names may be those of a list; zero if there can be none.
    level: usize,
    /// The last string at that depth.
    key: Vec<u8>,
    /// True if an array has begun that may be the list.
    is_list_near: bool,
}

#[derive(Clone, Copy)]
pub enum RecordEnd {
    Complete,
    Unclosed,
}

/// The result of one byte.
enum ScanStep {
    Continue,
    EndsHere(RecordEnd),
    /// A record ends before this byte.
    EndsBefore(RecordEnd),
}

impl JsonScanner {
    pub fn is_fresh(&self) -> bool {
        self.state == ScanState::Fresh
    }

    pub fn ended_in_list(&self) -> bool {
        self.state == ScanState::EndedInList
    }

    /// Returns the line at which the record begins, from one.
    pub fn record_line(&self) -> u64 {
        self.record.start.lines + 1
    }

    pub fn raw_record(&self, end: RecordEnd) -> RawRecord<'_> {
        match end {
            RecordEnd::Complete if self.record.length > MAX_LINE => RawRecord::TooLong,
            RecordEnd::Complete => RawRecord::Record(&self.record.bytes),
            RecordEnd::Unclosed => RawRecord::Unclosed,
        }
    }

    /// Scans until a record ends. Returns the number of bytes consumed.
    pub fn run(&mut self, bytes: &[u8]) -> (usize, Option<RecordEnd>) {
        if self.is_fresh() {
            self.state = ScanState::BetweenRecords;
        }
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.text != StringState::Outside {
                at += self.string(&bytes[at..]);
                continue;
            }
            match self.step(byte) {
                ScanStep::EndsBefore(end) => return (at, Some(end)),
                ScanStep::EndsHere(end) => {
                    self.position.advance(byte);
                    return (at + 1, Some(end));
                }
                ScanStep::Continue => self.position.advance(byte),
            }
            at += 1;
        }
        (at, None)
    }

    /// Returns the record that is incomplete at the end of the stream.
    pub fn end(&mut self) -> Option<RecordEnd> {
        let is_in_list = self.containers.arrays + self.containers.wrappers > 0;
        let end = match self.state {
            ScanState::Fresh | ScanState::Ended | ScanState::EndedInList => return None,
            ScanState::NotARecord => Some(RecordEnd::Complete),
            ScanState::InRecord => Some(RecordEnd::Unclosed),
            ScanState::BetweenRecords | ScanState::AfterList if is_in_list => {
                self.record.start = self.position;
                Some(RecordEnd::Unclosed)
            }
            ScanState::BetweenRecords | ScanState::AfterList => None,
        };
        self.state = if is_in_list { ScanState::EndedInList } else { ScanState::Ended };
        end
    }

    /// Scans to the end of a string. A line break also ends it, so that a missing quote affects
    /// only its record.
    fn string(&mut self, bytes: &[u8]) -> usize {
        if self.text == StringState::Escape {
            self.text = StringState::String;
            let is_escaped = bytes.first().is_some_and(|it| *it != b'\n');
            self.append(&bytes[..usize::from(is_escaped)]);
            return usize::from(is_escaped);
        }
        let Some(end) = memchr::memchr3(b'"', b'\\', b'\n', bytes) else {
            self.append(bytes);
            return bytes.len();
        };
        self.append(&bytes[..=end]);
        self.text = match bytes[end] {
            b'\\' => StringState::Escape,
            byte => {
                self.position.advance(byte);
                StringState::Outside
            }
        };
        end + 1
    }

    fn append(&mut self, bytes: &[u8]) {
        match self.state {
            ScanState::InRecord => self.record.store(bytes, self.text),
            ScanState::NotARecord => self.record.store(bytes, StringState::Outside),
            _ => {}
        }
    }

    fn step(&mut self, byte: u8) -> ScanStep {
        match self.state {
            ScanState::InRecord => self.step_in_record(byte),
            ScanState::NotARecord => self.step_not_a_record(byte),
            ScanState::AfterList => self.step_after_list(byte),
            _ => self.step_between_records(byte),
        }
    }

    fn step_between_records(&mut self, byte: u8) -> ScanStep {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'}' => {}
            b'[' if self.containers.wrappers > 0 => self.containers.lists += 1,
            b'[' => self.containers.arrays += 1,
            b']' if self.containers.wrappers > 0 => {
                self.containers.lists -= 1;
                if self.containers.lists == 0 {
                    self.state = ScanState::AfterList;
                }
            }
            b']' => self.containers.arrays = self.containers.arrays.saturating_sub(1),
            b'{' => self.begin(ScanState::InRecord),
            _ => {
                self.begin(ScanState::NotARecord);
                return self.step_not_a_record(byte);
            }
        }
        ScanStep::Continue
    }

    fn begin(&mut self, state: ScanState) {
        self.state = state;
        self.record.begin(self.position);
        if state == ScanState::InRecord {
            self.record.level = usize::from(self.containers.wrappers == 0);
            self.record.store(b"{", StringState::Outside);
        }
    }

    fn step_not_a_record(&mut self, byte: u8) -> ScanStep {
        if b",\n{}[]".contains(&byte) {
            self.state = ScanState::BetweenRecords;
            return ScanStep::EndsBefore(RecordEnd::Complete);
        }
        if byte == b'"' {
            self.text = StringState::String;
        }
        self.append(&[byte]);
        ScanStep::Continue
    }

    fn step_in_record(&mut self, byte: u8) -> ScanStep {
        if byte == b'{' && self.is_next_record() {
            self.state = ScanState::BetweenRecords;
            return ScanStep::EndsBefore(RecordEnd::Unclosed);
        }
        if self.record.is_list_near && byte == b'{' {
            self.has_list = true;
            self.containers.wrappers = self.record.level;
            self.containers.lists = 1;
            self.begin(ScanState::InRecord);
            return ScanStep::Continue;
        }
        self.record.is_list_near &= byte.is_ascii_whitespace();
        self.append(&[byte]);
        match byte {
            b'"' => {
                self.text = StringState::String;
                self.record.begin_key();
            }
            b'{' | b'[' => self.record.open(byte),
            b'}' | b']' => {
                self.record.close(byte);
                if self.record.depth == 0 {
                    self.state = ScanState::BetweenRecords;
                    return ScanStep::EndsHere(RecordEnd::Complete);
                }
            }
            _ => {}
        }
        ScanStep::Continue
    }

    /// Returns true if a bracket opens the next record although this one is not closed: nested
    /// objects are indented further.
    fn is_next_record(&self) -> bool {
        let start = self.record.start;
        self.position.marks == 0
            && start.marks == 0
            && start.indent > 0
            && start.indent == self.position.indent
            && start.lines < self.position.lines
    }

    fn step_after_list(&mut self, byte: u8) -> ScanStep {
        match byte {
            b'"' => self.text = StringState::String,
            b'{' | b'[' => self.containers.wrappers += 1,
            b'}' | b']' => {
                self.containers.wrappers -= 1;
                if self.containers.wrappers == 0 {
                    self.state = ScanState::BetweenRecords;
                }
            }
            _ => {}
        }
        ScanStep::Continue
    }
}

impl ScanPosition {
    fn advance(&mut self, byte: u8) {
        match byte {
            b'\n' => *self = Self { lines: self.lines + 1, ..Self::default() },
            b' ' | b'\t' if self.marks == 0 => self.indent += 1,
            b' ' | b'\t' | b'\r' => {}
            _ => self.marks += 1,
        }
    }
}

impl RecordState {
    fn begin(&mut self, position: ScanPosition) {
        let (mut bytes, mut key) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.key));
        bytes.clear();
        key.clear();
        *self = Self { bytes, key, start: position, depth: 1, ..Self::default() };
    }

    /// Stores the bytes, up to [`MAX_LINE`].
    fn store(&mut self, bytes: &[u8], text: StringState) {
        self.length += bytes.len();
        if self.length <= MAX_LINE {
            self.bytes.extend_from_slice(bytes);
        }
        if text == StringState::String && self.depth == self.level && self.key.len() <= MAX_KEY_LEN
        {
            let free_len = MAX_KEY_LEN + 2 - self.key.len();
            self.key.extend_from_slice(&bytes[..bytes.len().min(free_len)]);
        }
    }

    fn begin_key(&mut self) {
        if self.depth == self.level {
            self.stop_list_search();
            self.key.clear();
        }
    }

    /// A record with a title is a paper, whatever lists it has.
    fn stop_list_search(&mut self) {
        if self.key == b"title\"" {
            self.level = 0;
        }
    }

    fn open(&mut self, bracket: u8) {
        if self.depth == self.level {
            let key = self.key.strip_suffix(b"\"").unwrap_or_default();
            let is_list = LIST_MEMBERS.iter().any(|it| it.as_bytes() == key);
            match bracket {
                b'{' if is_list => self.level += 1,
                b'[' => self.is_list_near = is_list,
                _ => {}
            }
            self.stop_list_search();
            self.key.clear();
        }
        self.depth += 1;
    }

    fn close(&mut self, bracket: u8) {
        if bracket == b'}' && self.depth == self.level {
            self.level -= 1;
        }
        self.depth -= 1;
    }
}
