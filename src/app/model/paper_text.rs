//! A paper laid out for reading: lines of text with looks, wrapped to a width.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::filter::Filter;
use super::find::Found;

use super::styled_line::{Look, TextLine};
use crate::cite::{Bibliographies, CiteStyle, Prefer};
use crate::domain::{
    Corpus, Fact, Link, LinkKind, Mark, Marked, Marks, Name, Paper, PaperId, links,
};
use crate::search::{Field, Highlighter};
use crate::text::{self, readable, rich, tidy, wrap};

/// The paper in the detail pane or the reader.
#[derive(Debug)]
pub struct Reading {
    pub id: PaperId,
    /// Or why it cannot be read.
    pub abstract_text: Result<Arc<str>, String>,
    pub links: Vec<Link>,
    pub lines: Vec<TextLine>,
    /// The line at the top.
    pub top: usize,
    pub found: Found,
    /// What the lines were laid out for.
    laid_out: Option<Measure>,
}

/// All that a layout depends on beside the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Measure {
    width: u16,
    tex: Tex,
    query: String,
    also: Vec<String>,
    papers: u32,
    has_own: bool,
    marked: Marked,
}

impl Reading {
    pub fn new(id: PaperId, abstract_text: Result<Arc<str>, String>) -> Self {
        Self {
            id,
            abstract_text,
            links: Vec::new(),
            lines: Vec::new(),
            top: 0,
            found: Found::default(),
            laid_out: None,
        }
    }

    /// Lays the paper out, if anything that its lines depend on has changed.
    pub fn lay_out(
        &mut self,
        corpus: &Corpus,
        marks: &Marks,
        own: &Bibliographies,
        width: u16,
        tex: Tex,
        filter: &Filter,
    ) {
        let measure = Measure {
            marked: marks.of(self.id),
            width,
            tex,
            query: filter.query.source().to_owned(),
            also: filter.also.clone(),
            papers: corpus.len(),
            has_own: own.get().is_some(),
        };
        if self.laid_out.as_ref() == Some(&measure) {
            return;
        }
        let Some(paper) = corpus.get(self.id) else { return };
        let key = labels(corpus, self.id, &paper, own);
        let abstract_text = self.abstract_text.as_deref();
        self.links = links(&paper, abstract_text.unwrap_or_default());
        let highlighter = &filter.highlighter();
        let mut page = Page { lines: Vec::new(), width: width.into(), tex, highlighter };
        page.heading(&paper);
        page.facts(&paper, &key);
        if let Some(records) = records(corpus, self.id, &paper) {
            page.plain(&records, Look::Label);
        }
        page.marks(&measure.marked);
        page.blank();
        match abstract_text {
            Ok(text) => page.prose(text, Field::Abstract, None),
            Err(why) => page.plain(&format!("The abstract cannot be read: {why}."), Look::Fact),
        }
        page.note("¶ Note", &measure.marked.note);
        page.words_of_source(&paper, &measure.marked);
        page.links(&self.links);
        self.lines = page.lines;
        self.laid_out = Some(measure);
        self.found.search(&self.lines);
    }
}

/// The citation key, and the bibliography of the reader's own that the paper is in.
fn labels(corpus: &Corpus, id: PaperId, paper: &Paper<'_>, own: &Bibliographies) -> String {
    let style = CiteStyle { bibliography: own.clone(), ..CiteStyle::default() };
    let key = style.keys(corpus, &[id]).pop().unwrap_or_default();
    match own.get().and_then(|it| it.name_of(paper)) {
        Some(name) => format!("{key} · in {name}"),
        None => key,
    }
}

/// What the records of a paper go by, where it has several: `2 records: arXiv:2501.02950, doi:10.1/2`.
fn records(corpus: &Corpus, id: PaperId, paper: &Paper<'_>) -> Option<String> {
    /// So many are named.
    const NAMED: usize = 4;
    let count = corpus.records(id).count();
    if count < 2 {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    for (_, record) in corpus.records(id) {
        let name = match record {
            Paper { doi, .. } if !doi.is_empty() => format!("doi:{doi}"),
            Paper { arxiv, .. } if !arxiv.is_empty() => format!("arXiv:{arxiv}"),
            Paper { venue, .. } => venue.to_owned(),
        };
        if !name.is_empty() && !names.contains(&name) && names.len() < NAMED {
            names.push(name);
        }
    }
    let names = names.join(", ");
    let names = if names.is_empty() { names } else { format!(": {names}") };
    let choice = " (:prefer preprint)";
    let choice = if Prefer::is_asked(paper) { choice } else { "" };
    Some(format!("{count} records{names}{choice}"))
}

/// Lines being laid out.
struct Page<'a> {
    lines: Vec<TextLine>,
    width: usize,
    tex: Tex,
    highlighter: &'a Highlighter,
}

impl Page<'_> {
    fn heading(&mut self, paper: &Paper<'_>) {
        self.prose(paper.title, Field::Title, Some(Look::Title));
        self.blank();
        let authors: Vec<String> = paper.authors().map(|it| Name::parse(it).in_full()).collect();
        if authors.is_empty() {
            self.plain("authors unknown", Look::Fact);
        } else {
            self.prose(&authors.join(", "), Field::Authors, None);
        }
    }

    fn facts(&mut self, paper: &Paper<'_>, key: &str) {
        let year = paper.year.map_or_else(|| "year unknown".to_owned(), |year| year.to_string());
        let arxiv = labelled("arXiv:", paper.arxiv);
        let doi = labelled("doi:", paper.doi);
        let facts = [year.as_str(), paper.categories, paper.venue, &arxiv, &doi];
        let known: Vec<&str> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        self.plain(&known.join(" · "), Look::Fact);
        self.plain(key, Look::Label);
    }

    /// What the reader has done to the paper, where there is anything.
    fn marks(&mut self, marked: &Marked) {
        let named = |mark: &Mark| match mark {
            Mark::Read => Some("read"),
            Mark::Starred => Some("★ starred"),
            Mark::Later => Some("» for later"),
            Mark::Skipped => Some("× skipped"),
            Mark::Basket => Some("+ in the basket"),
            Mark::New => Some("new"),
            // It stands below.
            Mark::Noted => None,
        };
        let tags = marked.tags.iter().map(|tag| format!("#{tag}"));
        let marks = marked.marks.iter().filter_map(named).map(str::to_owned);
        let marks: Vec<String> = marks.chain(tags).collect();
        if !marks.is_empty() {
            self.plain(&marks.join(" · "), Look::Label);
        }
    }

    /// What the source says beside the abstract, as far as the reader does not say it.
    fn words_of_source(&mut self, paper: &Paper<'_>, marked: &Marked) {
        let annotation = readable(paper.fact(Fact::Annotation));
        if !tidy(&marked.note).contains(&*annotation) {
            self.note("¶ Note of the source", &annotation);
        }
        let keywords = paper.fact(Fact::Keywords).split("; ").map(readable);
        let tags: HashSet<&str> = marked.tags.iter().map(String::as_str).collect();
        let new = keywords.filter(|it| !tags.contains(&**it));
        let keywords: Vec<_> = new.filter(|it| !it.is_empty()).collect();
        if !keywords.is_empty() {
            self.blank();
            self.plain(&format!("Keywords: {}", keywords.join(", ")), Look::Fact);
        }
    }

    /// What somebody has written on the paper.
    fn note(&mut self, label: &str, note: &str) {
        if note.is_empty() {
            return;
        }
        self.blank();
        self.plain(label, Look::Label);
        for line in note.lines() {
            self.plain(line, Look::Fact);
        }
    }

    fn blank(&mut self) {
        self.lines.push(TextLine::default());
    }

    fn plain(&mut self, text: &str, look: Look) {
        self.wrapped(text, &[(0..text.len(), look)]);
    }

    /// Text that may hold TeX, with what matches the filter marked.
    fn prose(&mut self, raw: &str, field: Field, base: Option<Look>) {
        let shown = match self.tex {
            Tex::Readable => rich(raw),
            Tex::Raw => text::Rich { text: raw.to_owned(), emphasis: Vec::new() },
        };
        let text = shown.text;
        let mut looks: Vec<(Range<usize>, Look)> =
            base.map(|look| (0..text.len(), look)).into_iter().collect();
        looks.extend(shown.emphasis.into_iter().map(|(at, it)| (at, Look::Emphasis(it))));
        let matches = self.highlighter.highlight(&text, field);
        looks.extend(matches.into_iter().map(|at| (at, Look::Match)));
        self.wrapped(&text, &looks);
    }

    fn wrapped(&mut self, text: &str, looks: &[(Range<usize>, Look)]) {
        for line in wrap(text, self.width) {
            let within = |(at, look): &(Range<usize>, Look)| {
                let (start, end) = (at.start.max(line.start), at.end.min(line.end));
                (start < end).then(|| (start - line.start..end - line.start, *look))
            };
            self.lines.push(TextLine {
                looks: looks.iter().filter_map(within).collect(),
                text: text[line.clone()].to_owned(),
                link: None,
            });
        }
    }

    fn links(&mut self, links: &[Link]) {
        self.blank();
        if links.iter().all(|it| it.kind == LinkKind::Mentioned) {
            self.plain("No link known", Look::Fact);
        }
        for (number, link) in links.iter().enumerate() {
            let first = self.lines.len();
            self.wrapped(&link.url, &[(0..link.url.len(), Look::Link)]);
            for line in &mut self.lines[first..] {
                line.link = Some(number);
            }
        }
    }
}

fn labelled(label: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{label}{value}") }
}

/// How TeX in titles and abstracts is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tex {
    #[default]
    Readable,
    Raw,
}
