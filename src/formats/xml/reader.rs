//! Reads a stream of XML events and passes on each record as a tree.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::PrefixDeclaration;

use super::element::{Element, Namespace, XmlNode};
use super::html;
use super::input::{BoundedInput, Charset};
use crate::domain::{Draft, PaperKind};
use crate::formats::defect::{Defect, DraftSink};
use crate::formats::input::lines::MAX_LINE;
use crate::formats::values::markup;

/// The maximal nesting of elements. Real records do not come close.
const MAX_DEPTH: usize = 64;
/// The maximal number of attributes of an element.
const MAX_ATTRIBUTES: usize = 64;
/// The memory use of an element besides its text, in bytes, so that many small ones are limited
/// too.
const ELEMENT_COST: usize = 128;

/// The conversion of a record: a draft, `None` for an element that is no paper, or a message.
pub type RecordResult = Result<Option<Draft>, String>;

/// Returns the local name of the root element, or `None` if the text is not XML.
pub fn root_element(head: &str) -> Option<String> {
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

/// Reads every element with one of `names`, at any depth, and passes on the result of `make`. A
/// document whose root is one of `root` may be empty: a service's response without results. `make`
/// also gets the enclosing elements, with attributes but without content.
pub fn read_records(
    input: &mut dyn BufRead,
    root: &[&str],
    names: &[&str],
    make: &mut dyn FnMut(&[Element], Element) -> RecordResult,
    sink: &mut DraftSink<'_>,
) -> io::Result<()> {
    let mut reader = Reader::from_reader(BoundedInput::new(input));
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut record_reader = XmlRecordReader {
        root,
        names,
        make_draft: make,
        sink,
        charset: Charset::Utf8,
        open: Vec::new(),
        skipped_depth: 0,
        prefixes: Vec::new(),
        record: None,
        emitted: 0,
        roots_ended: 0,
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let line = reader.get_mut().begin();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(Error::Io(error)) => return Err(io::Error::new(error.kind(), error)),
            Err(error) => {
                let _ = record_reader.abort(line, &error.to_string());
                return Ok(());
            }
        };
        let is_end = matches!(event, Event::Eof);
        if record_reader.event(&event, line).is_break() {
            return Ok(());
        }
        let bounded = reader.get_mut();
        if bounded.is_exhausted() {
            let _ = record_reader.abort(line, "text too long");
            return Ok(());
        }
        if is_end {
            let _ = record_reader.end(bounded.line());
            return Ok(());
        }
    }
}

struct XmlRecordReader<'a, 'e> {
    root: &'a [&'a str],
    names: &'a [&'a str],
    make_draft: &'a mut dyn FnMut(&[Element], Element) -> RecordResult,
    sink: &'a mut DraftSink<'e>,
    charset: Charset,
    /// The open elements, the outermost first.
    open: Vec<Element>,
    /// The number of open elements beyond [`MAX_DEPTH`].
    skipped_depth: usize,
    prefixes: Vec<NamespacePrefix>,
    record: Option<OpenRecord>,
    /// The number of records and defects passed on.
    emitted: u64,
    /// The number of closed root elements with a name in `root`.
    roots_ended: u64,
}

/// A namespace prefix, and the number of open elements around its declaration.
struct NamespacePrefix {
    depth: usize,
    name: Vec<u8>,
    space: Namespace,
}

/// The open record.
struct OpenRecord {
    /// Its index among the open elements.
    depth: usize,
    line: u64,
    size: usize,
    /// The first error in it.
    error: Option<String>,
}

impl OpenRecord {
    fn grow(&mut self, len: usize) {
        self.size += len;
        if self.size > MAX_LINE {
            self.set_error("record too long");
        }
    }

    fn set_error(&mut self, error: impl Into<String>) {
        if self.error.is_none() {
            self.error = Some(error.into());
        }
    }
}

impl XmlRecordReader<'_, '_> {
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
        if let Some(charset) = Charset::from_label(&label) {
            self.charset = charset;
            return ControlFlow::Continue(());
        }
        let reason = format!("unknown encoding {label}; some characters may be lost");
        self.emit(Err(Defect::new(line, reason)))
    }

    fn start(&mut self, tag: &BytesStart<'_>, line: u64) -> ControlFlow<()> {
        let element = self.element(tag);
        if !element.name().starts_with(|c: char| c.is_alphabetic() || c == '_') {
            if let Some(record) = &mut self.record {
                record.set_error("unescaped `<` in text");
            }
            return ControlFlow::Continue(());
        }
        if self.names.iter().any(|it| element.has_name(it)) {
            // Records do not nest, so the end of the previous one is missing.
            if let Some(record) = &mut self.record {
                record.set_error("record not closed");
                let at = record.depth;
                self.close(at)?;
            }
            if self.skipped_depth == 0 {
                self.record =
                    Some(OpenRecord { depth: self.open.len(), line, size: 0, error: None });
            }
        }
        if let Some(record) = &mut self.record {
            record.grow(ELEMENT_COST + tag.len());
        }
        if self.skipped_depth == 0 && self.open.len() < MAX_DEPTH {
            self.open.push(element);
        } else {
            self.skipped_depth += 1;
            if let Some(record) = &mut self.record {
                record.set_error("elements nested too deeply");
            }
        }
        ControlFlow::Continue(())
    }

    /// Parses a tag, and the namespaces that it declares.
    fn element(&mut self, tag: &BytesStart<'_>) -> Element {
        let name = self.charset.decode(tag.local_name().into_inner()).into_owned();
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false).flatten().take(MAX_ATTRIBUTES) {
            let key = attribute.key;
            if let Some(PrefixDeclaration::Named(name)) = key.as_namespace_binding() {
                let space = Namespace::from_uri(&self.charset.decode(&attribute.value));
                self.prefixes.push(NamespacePrefix {
                    depth: self.open.len(),
                    name: name.to_vec(),
                    space,
                });
            } else if key.as_namespace_binding().is_none() {
                let key = self.charset.decode(key.local_name().into_inner()).into_owned();
                attributes.push((key, html::unescape(&self.charset.decode(&attribute.value))));
            }
        }
        let space = tag.name().prefix().and_then(|prefix| {
            let has_prefix = |it: &&NamespacePrefix| it.name == prefix.as_ref();
            self.prefixes.iter().rev().find(has_prefix).map(|it| it.space)
        });
        if self.open.len() >= MAX_DEPTH {
            self.forget_prefixes();
        }
        Element { name, space: space.unwrap_or_default(), attributes, nodes: Vec::new() }
    }

    fn end_element(&mut self, name: &str) -> ControlFlow<()> {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return ControlFlow::Continue(());
        }
        let index = self.open.iter().rposition(|it| it.name() == name);
        if let Some(record) = &mut self.record {
            match self.open.last() {
                _ if index.is_none() => record.set_error(format!("unexpected </{name}>")),
                Some(last) if last.name() != name => {
                    record.set_error(format!("<{}> not closed", last.name()));
                }
                _ => {}
            }
        }
        index.map_or(ControlFlow::Continue(()), |index| self.close(index))
    }

    /// Closes the open elements from this index on.
    fn close(&mut self, index: usize) -> ControlFlow<()> {
        self.skipped_depth = 0;
        while self.open.len() > index {
            let Some(element) = self.open.pop() else { break };
            if self.open.is_empty() && self.root.contains(&element.name()) {
                self.roots_ended += 1;
            }
            self.forget_prefixes();
            match &self.record {
                Some(record) if record.depth == self.open.len() => self.end_record(element)?,
                Some(record) if record.depth < self.open.len() && record.error.is_none() => {
                    if let Some(parent) = self.open.last_mut() {
                        parent.nodes.push(XmlNode::Element(element));
                    }
                }
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    /// Removes the prefixes that closed elements declared.
    fn forget_prefixes(&mut self) {
        let depth = self.open.len();
        let kept_count =
            self.prefixes.iter().rposition(|it| it.depth < depth).map_or(0, |index| index + 1);
        self.prefixes.truncate(kept_count);
    }

    fn end_record(&mut self, element: Element) -> ControlFlow<()> {
        let Some(record) = self.record.take() else { return ControlFlow::Continue(()) };
        let result = match record.error {
            Some(error) => Err(error),
            None => (self.make_draft)(&self.open, element),
        };
        match result.map_err(|reason| Defect::new(record.line, reason)).transpose() {
            Some(result) => self.emit(result),
            None => ControlFlow::Continue(()),
        }
    }

    fn text(&mut self, text: &str) {
        let (Some(record), Some(parent)) = (&mut self.record, self.open.last_mut()) else { return };
        record.grow(text.len());
        if record.error.is_some() {
            return;
        }
        match parent.nodes.last_mut() {
            Some(XmlNode::Text(previous)) => previous.push_str(text),
            _ => parent.nodes.push(XmlNode::Text(text.to_owned())),
        }
    }

    /// Decodes an entity. An unknown one is literal.
    fn entity(&self, entity: &BytesRef<'_>) -> String {
        let name = self.charset.decode(entity);
        if let Ok(Some(c)) = entity.resolve_char_ref() {
            return c.to_string();
        }
        let entity = format!("&{name};");
        let decoded = markup::entity(&entity).map(|(text, _)| text.into_owned());
        decoded.unwrap_or(entity)
    }

    fn emit(&mut self, result: Result<Draft, Defect>) -> ControlFlow<()> {
        self.emitted += 1;
        (self.sink)(result)
    }

    /// Reports the line and reason at which reading ended, and the lost record.
    fn abort(&mut self, line: u64, reason: &str) -> ControlFlow<()> {
        let lost_record = match &self.record {
            Some(record) => format!("; the record in line {} is lost", record.line),
            None => String::new(),
        };
        self.emit(Err(Defect::new(line, format!("XML ends early: {reason}{lost_record}"))))
    }

    fn end(&mut self, line: u64) -> ControlFlow<()> {
        match self.open.last() {
            Some(last) => {
                let reason = format!("<{}> not closed", last.name());
                self.abort(line, &reason)
            }
            None if self.emitted == 0 && self.roots_ended == 0 => {
                self.emit(Err(Defect::new(1, "no papers")))
            }
            None => ControlFlow::Continue(()),
        }
    }
}

/// Finishes a draft. An arXiv paper without a venue or another DOI is a preprint.
///
/// # Errors
///
/// Returns a message if the draft has no title.
pub fn finish_draft(mut draft: Draft) -> RecordResult {
    if draft.title.is_empty() {
        return Err("no title".to_owned());
    }
    let is_elsewhere = !draft.venue.is_empty() || !draft.doi.is_empty();
    if draft.kind == PaperKind::Unknown && !draft.arxiv.is_empty() && !is_elsewhere {
        draft.kind = PaperKind::Preprint;
    }
    Ok(Some(draft))
}
