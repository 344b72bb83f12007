//! Walks a stream of events and hands over each record as a tree.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::PrefixDeclaration;

use super::element::{Element, Node, Space};
use super::html;
use super::input::{Bounded, Charset};
use crate::domain::{Draft, Kind};
use crate::formats::defect::{Defect, Each};
use crate::formats::input::lines::MAX_LINE;
use crate::formats::values::markup;

/// How deep elements may nest. Papers come nowhere near it.
const MAX_DEPTH: usize = 64;
/// How many attributes of an element are read.
const MAX_ATTRIBUTES: usize = 64;
/// What an element takes beside its text, in bytes, so that many small ones count as well.
const ELEMENT_COST: usize = 128;

/// What a format makes of a record: a paper, nothing that is one, or why it cannot be read.
pub type Found = Result<Option<Draft>, String>;

/// The local name of the outermost element, if the text may be XML.
pub fn root(head: &str) -> Option<String> {
    let mut reader = Reader::from_str(head);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                return Some(String::from_utf8_lossy(tag.local_name().as_ref()).into_owned());
            }
            Event::Text(text) if !text.trim_ascii().is_empty() => return None,
            Event::GeneralRef(_) | Event::CData(_) | Event::End(_) | Event::Eof => return None,
            _ => {}
        }
    }
}

/// Hands over every element with one of the names, at whatever depth, and what `make` made of it.
/// A whole document under one of the names in `root` may have no records: it answers that nothing was
/// found. `make` also gets the elements around it, which have attributes only.
pub fn records(
    input: &mut dyn BufRead,
    root: &[&str],
    names: &[&str],
    make: &mut dyn FnMut(&[Element], Element) -> Found,
    each: &mut Each<'_>,
) -> io::Result<()> {
    let mut reader = Reader::from_reader(Bounded::new(input));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut walk = Walk {
        root,
        names,
        make,
        each,
        charset: Charset::Utf8,
        open: Vec::new(),
        deeper: 0,
        prefixes: Vec::new(),
        record: None,
        given: 0,
        ended: 0,
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let line = reader.get_mut().begin();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(Error::Io(error)) => return Err(io::Error::new(error.kind(), error)),
            Err(error) => {
                let _ = walk.break_off(line, &error.to_string());
                return Ok(());
            }
        };
        let is_end = matches!(event, Event::Eof);
        if walk.event(&event, line).is_break() {
            return Ok(());
        }
        let bounded = reader.get_mut();
        if bounded.is_exhausted() {
            let _ = walk.break_off(line, "a text too long to be read");
            return Ok(());
        }
        if is_end {
            let _ = walk.end(bounded.line());
            return Ok(());
        }
    }
}

struct Walk<'a, 'e> {
    root: &'a [&'a str],
    names: &'a [&'a str],
    make: &'a mut dyn FnMut(&[Element], Element) -> Found,
    each: &'a mut Each<'e>,
    charset: Charset,
    /// From the outermost in.
    open: Vec<Element>,
    /// How many more are open beyond the depth that is kept.
    deeper: usize,
    prefixes: Vec<Prefix>,
    record: Option<Record>,
    /// Records and defects that were handed over.
    given: u64,
    /// Elements of the names in `root` that were open alone and have ended: a document has one.
    ended: u64,
}

/// A prefix of names, and how many elements are open around the one that declares it.
struct Prefix {
    depth: usize,
    name: Vec<u8>,
    space: Space,
}

/// The record that is open.
struct Record {
    /// Its place among the open elements.
    at: usize,
    line: u64,
    size: usize,
    /// The first thing that is wrong with it.
    flaw: Option<String>,
}

impl Record {
    fn grow(&mut self, len: usize) {
        self.size += len;
        if self.size > MAX_LINE {
            self.spoil("the record is too long to be read");
        }
    }

    fn spoil(&mut self, flaw: impl Into<String>) {
        if self.flaw.is_none() {
            self.flaw = Some(flaw.into());
        }
    }
}

impl Walk<'_, '_> {
    fn event(&mut self, event: &Event<'_>, line: u64) -> ControlFlow<()> {
        match event {
            Event::Decl(prolog) => return self.prolog(prolog, line),
            Event::Start(tag) => return self.start(tag, line),
            Event::End(tag) => {
                let name = self.charset.decode(tag.local_name().into_inner()).into_owned();
                return self.end_element(&name);
            }
            Event::Text(text) => self.text(&self.charset.decode(text)),
            Event::CData(text) => self.text(&self.charset.decode(text)),
            Event::GeneralRef(name) => self.text(&self.entity(name)),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn prolog(&mut self, prolog: &BytesDecl<'_>, line: u64) -> ControlFlow<()> {
        let Some(Ok(label)) = prolog.encoding() else { return ControlFlow::Continue(()) };
        let label = String::from_utf8_lossy(&label);
        if let Some(charset) = Charset::of(&label) {
            self.charset = charset;
            return ControlFlow::Continue(());
        }
        let reason = format!("the encoding {label} is not known, some letters may be lost");
        self.give(Err(Defect::new(line, reason)))
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: u64) -> ControlFlow<()> {
        let element = self.element(tag);
        if !element.name().starts_with(|c: char| c.is_alphabetic() || c == '_') {
            if let Some(record) = &mut self.record {
                record.spoil("a bare < in a text");
            }
            return ControlFlow::Continue(());
        }
        if self.names.iter().any(|it| element.is(it)) {
            // Records do not nest, so the one before it lacks its end.
            if let Some(record) = &mut self.record {
                record.spoil("the record does not end");
                let at = record.at;
                self.close(at)?;
            }
            if self.deeper == 0 {
                self.record = Some(Record { at: self.open.len(), line, size: 0, flaw: None });
            }
        }
        if let Some(record) = &mut self.record {
            record.grow(ELEMENT_COST + tag.len());
        }
        if self.deeper == 0 && self.open.len() < MAX_DEPTH {
            self.open.push(element);
        } else {
            self.deeper += 1;
            if let Some(record) = &mut self.record {
                record.spoil("its elements nest too deep");
            }
        }
        ControlFlow::Continue(())
    }

    /// Reads a tag, and the namespaces that it declares.
    fn element(&mut self, tag: &BytesStart<'_>) -> Element {
        let name = self.charset.decode(tag.local_name().into_inner()).into_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false).flatten().take(MAX_ATTRIBUTES) {
            let key = attribute.key;
            if let Some(PrefixDeclaration::Named(name)) = key.as_namespace_binding() {
                let space = Space::of(&self.charset.decode(&attribute.value));
                self.prefixes.push(Prefix { depth: self.open.len(), name: name.to_vec(), space });
            } else if key.as_namespace_binding().is_none() {
                let key = self.charset.decode(key.local_name().into_inner()).into_owned();
                attributes.push((key, html::unescape(&self.charset.decode(&attribute.value))));
            }
        }
        let space = tag.name().prefix().and_then(|prefix| {
            let named = |it: &&Prefix| it.name == prefix.as_ref();
            self.prefixes.iter().rev().find(named).map(|it| it.space)
        });
        if self.open.len() >= MAX_DEPTH {
            self.forget_prefixes();
        }
        Element { name, space: space.unwrap_or_default(), attributes, nodes: Vec::new() }
    }

    fn end_element(&mut self, name: &str) -> ControlFlow<()> {
        if self.deeper > 0 {
            self.deeper -= 1;
            return ControlFlow::Continue(());
        }
        let place = self.open.iter().rposition(|it| it.name() == name);
        if let Some(record) = &mut self.record {
            match self.open.last() {
                _ if place.is_none() => record.spoil(format!("</{name}> ends nothing")),
                Some(last) if last.name() != name => {
                    record.spoil(format!("<{}> does not end", last.name()));
                }
                _ => {}
            }
        }
        place.map_or(ControlFlow::Continue(()), |at| self.close(at))
    }

    /// Closes the element in this place and all in it.
    fn close(&mut self, at: usize) -> ControlFlow<()> {
        self.deeper = 0;
        while self.open.len() > at {
            let Some(element) = self.open.pop() else { break };
            if self.open.is_empty() && self.root.contains(&element.name()) {
                self.ended += 1;
            }
            self.forget_prefixes();
            match &self.record {
                Some(record) if record.at == self.open.len() => self.end_record(element)?,
                Some(record) if record.at < self.open.len() && record.flaw.is_none() => {
                    if let Some(parent) = self.open.last_mut() {
                        parent.nodes.push(Node::Element(element));
                    }
                }
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    /// Forgets what was declared by elements that are open no longer.
    fn forget_prefixes(&mut self) {
        let depth = self.open.len();
        let kept = self.prefixes.iter().rposition(|it| it.depth < depth).map_or(0, |at| at + 1);
        self.prefixes.truncate(kept);
    }

    fn end_record(&mut self, element: Element) -> ControlFlow<()> {
        let Some(record) = self.record.take() else { return ControlFlow::Continue(()) };
        let found = match record.flaw {
            Some(flaw) => Err(flaw),
            None => (self.make)(&self.open, element),
        };
        match found.map_err(|reason| Defect::new(record.line, reason)).transpose() {
            Some(result) => self.give(result),
            None => ControlFlow::Continue(()),
        }
    }

    fn text(&mut self, text: &str) {
        let (Some(record), Some(parent)) = (&mut self.record, self.open.last_mut()) else { return };
        record.grow(text.len());
        if record.flaw.is_some() {
            return;
        }
        match parent.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.nodes.push(Node::Text(text.to_owned())),
        }
    }

    /// What an entity stands for; one that is not known stands for itself.
    fn entity(&self, entity: &BytesRef<'_>) -> String {
        let name = self.charset.decode(entity);
        if let Ok(Some(c)) = entity.resolve_char_ref() {
            return c.to_string();
        }
        let entity = format!("&{name};");
        let known = markup::entity(&entity).map(|(text, _)| text.into_owned());
        known.unwrap_or(entity)
    }

    fn give(&mut self, result: Result<Draft, Defect>) -> ControlFlow<()> {
        self.given += 1;
        (self.each)(result)
    }

    /// Says where reading ended and why, and which record it cost.
    fn break_off(&mut self, line: u64, why: &str) -> ControlFlow<()> {
        let lost = match &self.record {
            Some(record) => format!("; the record from line {} is lost", record.line),
            None => String::new(),
        };
        self.give(Err(Defect::new(line, format!("the XML breaks off, {why}{lost}"))))
    }

    fn end(&mut self, line: u64) -> ControlFlow<()> {
        match self.open.last() {
            Some(last) => {
                let why = format!("<{}> does not end", last.name());
                self.break_off(line, &why)
            }
            None if self.given == 0 && self.ended == 0 => {
                self.give(Err(Defect::new(1, "no papers in it")))
            }
            None => ControlFlow::Continue(()),
        }
    }
}

/// A paper if it has a title. What is on arXiv and, as far as is known, nowhere else is a preprint.
pub fn finish(mut draft: Draft) -> Found {
    if draft.title.is_empty() {
        return Err("a record without a title".to_owned());
    }
    let is_elsewhere = !draft.venue.is_empty() || !draft.doi.is_empty();
    if draft.kind == Kind::Unknown && !draft.arxiv.is_empty() && !is_elsewhere {
        draft.kind = Kind::Preprint;
    }
    Ok(Some(draft))
}
