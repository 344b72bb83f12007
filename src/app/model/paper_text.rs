//! The text of a paper: styled lines wrapped to a width.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::filter::Filter;
use super::find::FindState;

use super::styled_line::{StyledLine, TextStyle};
use crate::cite::{CiteOptions, PreferredVersion, SharedBibliography};
use crate::domain::{
    BibField, Corpus, Link, LinkKind, Mark, Marks, Paper, PaperId, PaperMarks, PersonName, links,
};
use crate::search::{Highlighter, QueryField};
use crate::text::{self, counted, rich_text, tex_to_unicode, tidy, wrap};

/// The paper in the detail pane or the reader.
#[derive(Debug)]
pub struct PaperText {
    pub id: PaperId,
    /// Or the reason why it cannot be read.
    pub abstract_text: Result<Arc<str>, String>,
    pub links: Vec<Link>,
    pub lines: Vec<StyledLine>,
    /// Index of the first visible line.
    pub top: usize,
    pub find: FindState,
    /// The inputs of the current layout; `None` before the first.
    layout_inputs: Option<LayoutInputs>,
}

/// Everything besides the paper that the lines depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct LayoutInputs {
    width: u16,
    tex: TexDisplay,
    query: String,
    other_words: Vec<String>,
    papers: u32,
    has_bibliography: bool,
    marked: PaperMarks,
}

impl PaperText {
    pub fn new(id: PaperId, abstract_text: Result<Arc<str>, String>) -> Self {
        Self {
            id,
            abstract_text,
            links: Vec::new(),
            lines: Vec::new(),
            top: 0,
            find: FindState::default(),
            layout_inputs: None,
        }
    }

    /// Lays out the paper again if any input of the layout has changed.
    pub fn lay_out(
        &mut self,
        corpus: &Corpus,
        marks: &Marks,
        own: &SharedBibliography,
        width: u16,
        tex: TexDisplay,
        filter: &Filter,
    ) {
        let measure = LayoutInputs {
            marked: marks.paper_marks(self.id),
            width,
            tex,
            query: filter.query.source().to_owned(),
            other_words: filter.other_words(),
            papers: corpus.len(),
            has_bibliography: own.get().is_some(),
        };
        if self.layout_inputs.as_ref() == Some(&measure) {
            return;
        }
        let Some(paper) = corpus.get(self.id) else { return };
        let key = key_line(corpus, self.id, &paper, own);
        let abstract_text = self.abstract_text.as_deref();
        self.links = links(&paper, abstract_text.unwrap_or_default());
        let highlighter = &filter.highlighter();
        let mut page = Page { lines: Vec::new(), width: width.into(), tex, highlighter };
        page.heading(&paper);
        page.fields(&paper, &key);
        page.listing(&paper);
        if let Some(records) = records_line(corpus, self.id, &paper) {
            page.plain(&records, TextStyle::Label);
        }
        page.marks(&measure.marked);
        page.blank();
        match abstract_text {
            Ok(text) => page.prose(text, QueryField::Abstract, None),
            Err(why) => {
                page.plain(&format!("Unreadable abstract: {why}"), TextStyle::Field);
            }
        }
        page.note("¶ Note", &measure.marked.note);
        page.source_note_and_keywords(&paper, &measure.marked);
        page.links(&self.links);
        self.lines = page.lines;
        self.layout_inputs = Some(measure);
        self.find.search(&self.lines);
    }
}

/// The citation key, and the user's bibliography that contains the paper.
fn key_line(corpus: &Corpus, id: PaperId, paper: &Paper<'_>, own: &SharedBibliography) -> String {
    let style = CiteOptions { bibliography: own.clone(), ..CiteOptions::default() };
    let key = style.keys(corpus, &[id]).pop().unwrap_or_default();
    match own.get().and_then(|it| it.file_name(paper)) {
        Some(name) => format!("{key} · in {name}"),
        None => key,
    }
}

/// The records of a merged paper by identifier, if there are several: `2 records: arXiv:2501.02950,
/// doi:10.1/2`.
fn records_line(corpus: &Corpus, id: PaperId, paper: &Paper<'_>) -> Option<String> {
    /// Maximum number of records listed by name.
    const MAX_NAMED_RECORDS: usize = 4;
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
        if !name.is_empty() && !names.contains(&name) && names.len() < MAX_NAMED_RECORDS {
            names.push(name);
        }
    }
    let names = names.join(", ");
    let names = if names.is_empty() { names } else { format!(": {names}") };
    let choice = " (:prefer preprint)";
    let choice = if PreferredVersion::has_both_versions(paper) { choice } else { "" };
    Some(format!("{count} records{names}{choice}"))
}

/// The lines being laid out.
struct Page<'a> {
    lines: Vec<StyledLine>,
    width: usize,
    tex: TexDisplay,
    highlighter: &'a Highlighter,
}

impl Page<'_> {
    fn heading(&mut self, paper: &Paper<'_>) {
        self.prose(paper.title, QueryField::Title, Some(TextStyle::Title));
        self.blank();
        let authors: Vec<String> =
            paper.authors().map(|it| PersonName::parse(it).full_name()).collect();
        if authors.is_empty() {
            self.plain("authors unknown", TextStyle::Field);
        } else {
            self.prose(&authors.join(", "), QueryField::Authors, None);
        }
    }

    fn fields(&mut self, paper: &Paper<'_>, key: &str) {
        let year = || paper.year.map_or_else(|| "year unknown".to_owned(), |it| it.to_string());
        let date = paper.date().map_or_else(year, str::to_owned);
        let arxiv = labelled("arXiv:", paper.arxiv);
        let doi = labelled("doi:", paper.doi);
        let facts = [date.as_str(), paper.categories, paper.venue, &arxiv, &doi];
        let known: Vec<&str> = facts.into_iter().filter(|it| !it.is_empty()).collect();
        self.plain(&known.join(" · "), TextStyle::Field);
        self.plain(key, TextStyle::Label);
    }

    /// A retraction, and the facts of the list that the paper comes from, if there are any.
    fn listing(&mut self, paper: &Paper<'_>) {
        if paper.is_retracted() {
            self.plain("Retracted, as its source says", TextStyle::Title);
        }
        let count = |field, noun| {
            let count: usize = paper.field(field).parse().ok()?;
            Some(counted(count, noun))
        };
        let listed = paper.field(BibField::Listed);
        let listed = (!listed.is_empty()).then(|| {
            let origin = labelled(" in ", paper.field(BibField::Origin));
            let announcement = paper.field(BibField::Announcement);
            let announcement =
                if announcement.is_empty() { String::new() } else { format!(" ({announcement})") };
            format!("listed {listed}{origin}{announcement}")
        });
        let facts =
            [count(BibField::Citations, "citation"), count(BibField::Upvotes, "vote"), listed];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            self.plain(&facts.join(" · "), TextStyle::Label);
        }
    }

    /// The marks and tags of the paper, if there are any.
    fn marks(&mut self, marked: &PaperMarks) {
        let named = |mark: &Mark| match mark {
            Mark::Read => Some("read"),
            Mark::Starred => Some("★ starred"),
            Mark::Later => Some("» read later"),
            Mark::Skipped => Some("× skipped"),
            Mark::Basket => Some("+ in basket"),
            Mark::New => Some("new"),
            // Shown below the abstract.
            Mark::Noted => None,
        };
        let tags = marked.tags.iter().map(|tag| format!("#{tag}"));
        let marks = marked.marks.iter().filter_map(named).map(str::to_owned);
        let marks: Vec<String> = marks.chain(tags).collect();
        if !marks.is_empty() {
            self.plain(&marks.join(" · "), TextStyle::Label);
        }
    }

    /// The note and the keywords of the source, except those that the user has as note or tags.
    fn source_note_and_keywords(&mut self, paper: &Paper<'_>, marked: &PaperMarks) {
        let annotation = tex_to_unicode(paper.field(BibField::Annotation));
        if !tidy(&marked.note).contains(&*annotation) {
            self.note("¶ Note (from file)", &annotation);
        }
        let keywords = paper.field(BibField::Keywords).split("; ").map(tex_to_unicode);
        let tags: HashSet<&str> = marked.tags.iter().map(String::as_str).collect();
        let new = keywords.filter(|it| !tags.contains(&**it));
        let keywords: Vec<_> = new.filter(|it| !it.is_empty()).collect();
        if !keywords.is_empty() {
            self.blank();
            self.plain(&format!("Keywords: {}", keywords.join(", ")), TextStyle::Field);
        }
    }

    /// A note under its label.
    fn note(&mut self, label: &str, note: &str) {
        if note.is_empty() {
            return;
        }
        self.blank();
        self.plain(label, TextStyle::Label);
        for line in note.lines() {
            self.plain(line, TextStyle::Field);
        }
    }

    fn blank(&mut self) {
        self.lines.push(StyledLine::default());
    }

    fn plain(&mut self, text: &str, look: TextStyle) {
        self.wrapped(text, &[(0..text.len(), look)]);
    }

    /// Text that may contain TeX, with matches of the filter highlighted.
    fn prose(&mut self, raw: &str, field: QueryField, base: Option<TextStyle>) {
        let shown = match self.tex {
            TexDisplay::Readable => rich_text(raw),
            TexDisplay::Raw => text::RichText { text: raw.to_owned(), emphasis: Vec::new() },
        };
        let text = shown.text;
        let mut looks: Vec<(Range<usize>, TextStyle)> =
            base.map(|look| (0..text.len(), look)).into_iter().collect();
        looks.extend(shown.emphasis.into_iter().map(|(at, it)| (at, TextStyle::Emphasis(it))));
        let matches = self.highlighter.highlight(&text, field);
        looks.extend(matches.into_iter().map(|at| (at, TextStyle::FilterMatch)));
        self.wrapped(&text, &looks);
    }

    fn wrapped(&mut self, text: &str, looks: &[(Range<usize>, TextStyle)]) {
        for line in wrap(text, self.width) {
            let within = |(at, look): &(Range<usize>, TextStyle)| {
                let (start, end) = (at.start.max(line.start), at.end.min(line.end));
                (start < end).then(|| (start - line.start..end - line.start, *look))
            };
            self.lines.push(StyledLine {
                styles: looks.iter().filter_map(within).collect(),
                text: text[line.clone()].to_owned(),
                link: None,
            });
        }
    }

    fn links(&mut self, links: &[Link]) {
        self.blank();
        if links.iter().all(|it| it.kind == LinkKind::InAbstract) {
            self.plain("No link known", TextStyle::Field);
        }
        for (number, link) in links.iter().enumerate() {
            let first = self.lines.len();
            self.wrapped(&link.url, &[(0..link.url.len(), TextStyle::Link)]);
            for line in &mut self.lines[first..] {
                line.link = Some(number);
            }
        }
    }
}

fn labelled(label: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{label}{value}") }
}

/// Display mode of TeX in titles and abstracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TexDisplay {
    #[default]
    Readable,
    Raw,
}
