//! The state of cutting, moved on byte by byte.

use crate::formats::input::lines::MAX_LINE;

/// What services call the list of what they found, and the objects around it.
const LISTS: [&str; 15] = [
    "articles",
    "data",
    "docs",
    "entries",
    "hit",
    "hits",
    "items",
    "message",
    "papers",
    "publications",
    "records",
    "response",
    "result",
    "results",
    "works",
];
/// As long as the longest of them.
const LONGEST: usize = 12;

/// Returns true if services call a list of what they found so, or an object around one.
pub fn is_list(name: &str) -> bool {
    LISTS.contains(&name)
}

pub enum Cut<'a> {
    /// From the first bracket to the last, or something that is no object.
    Record(&'a [u8]),
    TooLong,
    /// The stream ends, or the next record begins, before the brackets are closed.
    Open,
}

#[derive(Default)]
pub struct Scan {
    place: Place,
    state: State,
    text: Text,
    around: Around,
    record: Record,
    /// Whether there was a wrapper around records.
    pub has_list: bool,
}

/// Where the reading is.
#[derive(Default, Clone, Copy)]
struct Place {
    /// Lines before this one.
    lines: u64,
    /// How many characters other than blanks the line has had.
    marks: usize,
    /// How many blanks came before them.
    indent: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Nothing has been read.
    #[default]
    Fresh,
    Between,
    Within,
    /// In what is no object where a record should be.
    Stray,
    /// In a wrapper, after its list.
    After,
    Ended,
    EndedInList,
}

/// Whether brackets count.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Text {
    #[default]
    Outside,
    String,
    /// After a backslash.
    Escape,
}

/// What is open around the records.
#[derive(Default)]
struct Around {
    /// Arrays at the top.
    arrays: usize,
    /// Objects around a list, inside those arrays.
    wrappers: usize,
    /// Arrays inside those objects.
    lists: usize,
}

/// The record that is being read, which may turn out to be a wrapper.
#[derive(Default)]
struct Record {
    bytes: Vec<u8>,
    begun: Place,
    length: usize,
    depth: usize,
    /// The depth at which names may be those of a list; zero where there can be none.
    level: usize,
    /// The last string at that depth.
    key: Vec<u8>,
    /// Whether an array has begun that may be the list.
    is_list_near: bool,
}

#[derive(Clone, Copy)]
pub enum Found {
    Whole,
    Open,
}

/// What one byte leads to.
enum Step {
    On,
    Found(Found),
    /// A record ends before this byte.
    Before(Found),
}

impl Scan {
    pub fn is_fresh(&self) -> bool {
        self.state == State::Fresh
    }

    pub fn ended_in_list(&self) -> bool {
        self.state == State::EndedInList
    }

    /// The line where the record begins, from one.
    pub fn begun(&self) -> u64 {
        self.record.begun.lines + 1
    }

    pub fn cut(&self, found: Found) -> Cut<'_> {
        match found {
            Found::Whole if self.record.length > MAX_LINE => Cut::TooLong,
            Found::Whole => Cut::Record(&self.record.bytes),
            Found::Open => Cut::Open,
        }
    }

    /// Reads on until a record ends; tells how many bytes that took.
    pub fn run(&mut self, bytes: &[u8]) -> (usize, Option<Found>) {
        if self.is_fresh() {
            self.state = State::Between;
        }
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.text != Text::Outside {
                at += self.string(&bytes[at..]);
                continue;
            }
            match self.step(byte) {
                Step::Before(found) => return (at, Some(found)),
                Step::Found(found) => {
                    self.place.pass(byte);
                    return (at + 1, Some(found));
                }
                Step::On => self.place.pass(byte),
            }
            at += 1;
        }
        (at, None)
    }

    /// What is left at the end of the stream.
    pub fn end(&mut self) -> Option<Found> {
        let is_in_list = self.around.arrays + self.around.wrappers > 0;
        let found = match self.state {
            State::Fresh | State::Ended | State::EndedInList => return None,
            State::Stray => Some(Found::Whole),
            State::Within => Some(Found::Open),
            State::Between | State::After if is_in_list => {
                self.record.begun = self.place;
                Some(Found::Open)
            }
            State::Between | State::After => None,
        };
        self.state = if is_in_list { State::EndedInList } else { State::Ended };
        found
    }

    /// Reads on to the end of the string; a line that ends in a string ends the string too, so
    /// that a quotation mark too few costs no more than it must.
    fn string(&mut self, bytes: &[u8]) -> usize {
        if self.text == Text::Escape {
            self.text = Text::String;
            let is_escaped = bytes.first().is_some_and(|it| *it != b'\n');
            self.keep(&bytes[..usize::from(is_escaped)]);
            return usize::from(is_escaped);
        }
        let Some(end) = memchr::memchr3(b'"', b'\\', b'\n', bytes) else {
            self.keep(bytes);
            return bytes.len();
        };
        self.keep(&bytes[..=end]);
        self.text = match bytes[end] {
            b'\\' => Text::Escape,
            byte => {
                self.place.pass(byte);
                Text::Outside
            }
        };
        end + 1
    }

    fn keep(&mut self, bytes: &[u8]) {
        match self.state {
            State::Within => self.record.keep(bytes, self.text),
            State::Stray => self.record.keep(bytes, Text::Outside),
            _ => {}
        }
    }

    fn step(&mut self, byte: u8) -> Step {
        match self.state {
            State::Within => self.within(byte),
            State::Stray => self.stray(byte),
            State::After => self.after(byte),
            _ => self.between(byte),
        }
    }

    fn between(&mut self, byte: u8) -> Step {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b'}' => {}
            b'[' if self.around.wrappers > 0 => self.around.lists += 1,
            b'[' => self.around.arrays += 1,
            b']' if self.around.wrappers > 0 => {
                self.around.lists -= 1;
                if self.around.lists == 0 {
                    self.state = State::After;
                }
            }
            b']' => self.around.arrays = self.around.arrays.saturating_sub(1),
            b'{' => self.begin(State::Within),
            _ => {
                self.begin(State::Stray);
                return self.stray(byte);
            }
        }
        Step::On
    }

    fn begin(&mut self, state: State) {
        self.state = state;
        self.record.begin(self.place);
        if state == State::Within {
            self.record.level = usize::from(self.around.wrappers == 0);
            self.record.keep(b"{", Text::Outside);
        }
    }

    fn stray(&mut self, byte: u8) -> Step {
        if b",\n{}[]".contains(&byte) {
            self.state = State::Between;
            return Step::Before(Found::Whole);
        }
        if byte == b'"' {
            self.text = Text::String;
        }
        self.keep(&[byte]);
        Step::On
    }

    fn within(&mut self, byte: u8) -> Step {
        if byte == b'{' && self.is_next_record() {
            self.state = State::Between;
            return Step::Before(Found::Open);
        }
        if self.record.is_list_near && byte == b'{' {
            self.has_list = true;
            self.around.wrappers = self.record.level;
            self.around.lists = 1;
            self.begin(State::Within);
            return Step::On;
        }
        self.record.is_list_near &= byte.is_ascii_whitespace();
        self.keep(&[byte]);
        match byte {
            b'"' => {
                self.text = Text::String;
                self.record.begin_key();
            }
            b'{' | b'[' => self.record.open(byte),
            b'}' | b']' => {
                self.record.close(byte);
                if self.record.depth == 0 {
                    self.state = State::Between;
                    return Step::Found(Found::Whole);
                }
            }
            _ => {}
        }
        Step::On
    }

    /// Whether a record that should have ended has not: what is inside it is indented further.
    fn is_next_record(&self) -> bool {
        let begun = self.record.begun;
        self.place.marks == 0
            && begun.marks == 0
            && begun.indent > 0
            && begun.indent == self.place.indent
            && begun.lines < self.place.lines
    }

    fn after(&mut self, byte: u8) -> Step {
        match byte {
            b'"' => self.text = Text::String,
            b'{' | b'[' => self.around.wrappers += 1,
            b'}' | b']' => {
                self.around.wrappers -= 1;
                if self.around.wrappers == 0 {
                    self.state = State::Between;
                }
            }
            _ => {}
        }
        Step::On
    }
}

impl Place {
    fn pass(&mut self, byte: u8) {
        match byte {
            b'\n' => *self = Self { lines: self.lines + 1, ..Self::default() },
            b' ' | b'\t' if self.marks == 0 => self.indent += 1,
            b' ' | b'\t' | b'\r' => {}
            _ => self.marks += 1,
        }
    }
}

impl Record {
    fn begin(&mut self, place: Place) {
        let (mut bytes, mut key) = (std::mem::take(&mut self.bytes), std::mem::take(&mut self.key));
        bytes.clear();
        key.clear();
        *self = Self { bytes, key, begun: place, depth: 1, ..Self::default() };
    }

    /// Takes what there is room for.
    fn keep(&mut self, bytes: &[u8], text: Text) {
        self.length += bytes.len();
        if self.length <= MAX_LINE {
            self.bytes.extend_from_slice(bytes);
        }
        if text == Text::String && self.depth == self.level && self.key.len() <= LONGEST {
            let room = LONGEST + 2 - self.key.len();
            self.key.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    fn begin_key(&mut self) {
        if self.depth == self.level {
            self.settle();
            self.key.clear();
        }
    }

    /// What has a title is a paper, whatever lists it has.
    fn settle(&mut self) {
        if self.key == b"title\"" {
            self.level = 0;
        }
    }

    fn open(&mut self, bracket: u8) {
        if self.depth == self.level {
            let key = self.key.strip_suffix(b"\"").unwrap_or_default();
            let is_list = LISTS.iter().any(|it| it.as_bytes() == key);
            match bracket {
                b'{' if is_list => self.level += 1,
                b'[' => self.is_list_near = is_list,
                _ => {}
            }
            self.settle();
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
