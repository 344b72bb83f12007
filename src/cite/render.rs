//! Papers rendered in a form.

use std::collections::HashSet;

use super::csl;
use super::options::CiteStyle;
use super::output_format::Form;
use super::output_keys::{KeyReport, KeySource, OutputKey, OutputKeys};
use super::reference;
use super::reference::formatted::Set;
use super::writers::bibtex;
use super::writers::bibtex::dialect::{Detail, Dialect};
use super::writers::links::{Address, Linked, linked, shown};
use super::writers::names::full_names;
use super::writers::table::{self, Delimiter};
use super::writers::{endnote, hayagriva, json_lines, nbib, ris};
use crate::domain::{Corpus, Fact, LinkKind, Paper, PaperId, links, stored};
use crate::text::{readable, sanitise, sanitise_lines};

/// Papers as text, ready to be copied or printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub form: Form,
    /// Empty where no paper has what was asked for. Sanitised.
    pub text: String,
    /// The same as HTML, for programs that take links.
    pub html: Option<String>,
    /// How many papers are in the text.
    pub papers: usize,
    /// How many papers were left out because they lack what was asked for.
    pub lacking: usize,
    /// How many papers have their title alone, since no address of theirs is known.
    pub unlinked: usize,
    pub keys: KeyReport,
}

impl Rendered {
    /// What this is: `link`, `2 titles`, `title (no link known)`.
    pub fn what(&self) -> String {
        match (self.unlinked, self.papers) {
            (0, papers) => self.form.what(papers),
            (unlinked, papers) if unlinked == papers => {
                format!("{} (no link known)", Form::Title.what(papers))
            }
            (unlinked, papers) => format!("{}, {unlinked} without link", self.form.what(papers)),
        }
    }
}

/// One paper's part of the whole.
struct Part {
    text: String,
    html: Option<String>,
    address: Address,
}

/// Renders papers in the order given, leaving out those that lack what is asked for. References are
/// in the order that their style gives them.
pub fn render(corpus: &Corpus, papers: &[PaperId], form: Form, style: &CiteStyle) -> Rendered {
    let mut keys = keys_of(corpus, papers, form, style);
    let rendered = render_with(corpus, papers, form, style, keys.as_mut());
    Rendered { keys: keys.map(|it| it.report).unwrap_or_default(), ..rendered }
}

/// Returns the keys for the papers of an output, where the form has any.
pub fn keys_of<'a>(
    corpus: &'a Corpus,
    papers: &[PaperId],
    form: Form,
    style: &'a CiteStyle,
) -> Option<OutputKeys<'a>> {
    (key_use(form) != KeyUse::None).then(|| OutputKeys::new(corpus, papers, style))
}

/// As [`render`], for papers that may be some of those of an output. The report is left with the
/// keys.
pub fn render_with(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
    keys: Option<&mut OutputKeys<'_>>,
) -> Rendered {
    let known = papers.iter().filter(|&&id| corpus.get(id).is_some()).count();
    let parts = match form {
        Form::Reference => references(corpus, papers, style),
        _ => parts(corpus, papers, form, style, keys),
    };
    let html: Option<Vec<&str>> = parts.iter().map(|it| it.html.as_deref()).collect();
    Rendered {
        form,
        text: joined(&parts, form, style),
        html: html.filter(|it| !it.is_empty()).map(|it| it.join("<br>\n")),
        papers: parts.len(),
        lacking: known.saturating_sub(parts.len()),
        unlinked: parts.iter().filter(|it| it.address == Address::Unknown).count(),
        keys: KeyReport::default(),
    }
}

fn parts(
    corpus: &Corpus,
    papers: &[PaperId],
    form: Form,
    style: &CiteStyle,
    mut keys: Option<&mut OutputKeys<'_>>,
) -> Vec<Part> {
    let part = |&id: &PaperId| {
        let key = keys.as_mut().map(|it| it.next(id));
        if key.as_ref().is_some_and(|it| it.is_repeat) && key_use(form) == KeyUse::Identity {
            // Counted, and written once.
            return Some(Part { text: String::new(), html: None, address: Address::Known });
        }
        part(corpus, id, form, key.as_ref(), style)
    };
    papers.iter().filter_map(part).collect()
}

fn references(corpus: &Corpus, papers: &[PaperId], style: &CiteStyle) -> Vec<Part> {
    let papers = papers.iter().filter_map(|&id| corpus.get(id));
    let papers: Vec<Paper<'_>> = papers.map(|it| style.prefer.record(it)).collect();
    let sets = reference::references(&papers, &style.style, &style.press);
    let part = |it: Set| Part {
        text: sanitise(&it.text).into_owned(),
        html: Some(it.html),
        address: Address::Known,
    };
    sets.into_iter().map(part).collect()
}

/// The use that a form makes of citation keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyUse {
    /// Papers are told apart by their keys alone, so that each stands there once.
    Identity,
    /// The key is one field among others.
    Field,
    /// The key is named if a file or an earlier output gave it, and no other is made.
    GivenField,
    None,
}

fn key_use(form: Form) -> KeyUse {
    match form {
        Form::Key
        | Form::CiteCommand
        | Form::Bibtex
        | Form::Biblatex
        | Form::CslJson
        | Form::Hayagriva => KeyUse::Identity,
        Form::Template | Form::Csv | Form::Tsv => KeyUse::Field,
        Form::Ris | Form::EndNote | Form::Jsonl => KeyUse::GivenField,
        Form::TitleAndLink
        | Form::Title
        | Form::Link
        | Form::Id
        | Form::Doi
        | Form::Reference
        | Form::Markdown
        | Form::Org
        | Form::Typst
        | Form::Html
        | Form::Abstract
        | Form::Authors
        | Form::Pdf
        | Form::Nbib => KeyUse::None,
    }
}

/// The facts of a paper with this key among them; nothing where it has it already.
fn facts_with_key(paper: &Paper<'_>, key: &str) -> Option<String> {
    let others = paper.facts().filter(|(fact, _)| *fact != Fact::Key);
    let is_other = !key.is_empty() && paper.fact(Fact::Key) != key;
    is_other.then(|| stored(std::iter::once((Fact::Key, key)).chain(others)))
}

/// Whether the abstract is part of the form. It may have to be read from a file.
fn has_abstract(form: Form, style: &CiteStyle) -> bool {
    match form {
        Form::Bibtex | Form::Biblatex | Form::Hayagriva => style.detail == Detail::Everything,
        Form::Template => style.template.has_abstract(),
        Form::CslJson
        | Form::Ris
        | Form::Nbib
        | Form::EndNote
        | Form::Jsonl
        | Form::Csv
        | Form::Tsv
        | Form::Abstract => true,
        _ => false,
    }
}

fn part(
    corpus: &Corpus,
    id: PaperId,
    form: Form,
    key: Option<&OutputKey>,
    style: &CiteStyle,
) -> Option<Part> {
    let paper = style.prefer.record(corpus.get(id)?);
    let facts = style.facts_of(id, &paper);
    let paper = Paper { fact_list: facts.as_deref().unwrap_or(paper.fact_list), ..paper };
    let named =
        key.filter(|it| key_use(form) == KeyUse::GivenField && it.source != KeySource::Made);
    let facts = named.and_then(|it| facts_with_key(&paper, &it.text));
    let paper = Paper { fact_list: facts.as_deref().unwrap_or(paper.fact_list), ..paper };
    let key = key.map_or("", |it| it.text.as_str());
    let read = has_abstract(form, style).then(|| corpus.abstract_text(id).unwrap_or_default());
    let abstract_text = &read.unwrap_or_default();
    if form.is_link() {
        let Linked { text, html, address } = linked(&paper, form)?;
        return Some(Part { text, html, address });
    }
    let text = match form {
        Form::Title => shown(paper.title),
        Form::Id => paper.arxiv.to_owned(),
        Form::Doi => paper.doi.to_owned(),
        Form::Key | Form::CiteCommand => key.to_owned(),
        Form::Bibtex => bibtex::entry(&paper, key, abstract_text, Dialect::Bibtex, style.detail),
        Form::Biblatex => {
            bibtex::entry(&paper, key, abstract_text, Dialect::Biblatex, style.detail)
        }
        Form::CslJson => csl::item(&paper, key, abstract_text),
        Form::Abstract => sanitise_lines(&readable(abstract_text)).trim().to_owned(),
        Form::Authors => full_names(paper.author_list),
        Form::Pdf => links(&paper, "").into_iter().find(|it| it.kind == LinkKind::Pdf)?.url,
        Form::Ris => ris::record(&paper, abstract_text),
        Form::Nbib => nbib::record(&paper, abstract_text),
        Form::EndNote => endnote::record(&paper, abstract_text),
        Form::Jsonl => json_lines::line(&paper, abstract_text),
        Form::Hayagriva => hayagriva::entry(&paper, key, abstract_text),
        Form::Template => style.template.fill(&paper, key, abstract_text),
        Form::Csv => table::row(&paper, key, abstract_text, Delimiter::Comma),
        Form::Tsv => table::row(&paper, key, abstract_text, Delimiter::Tab),
        // Links and references are made elsewhere.
        _ => return None,
    };
    (!text.is_empty()).then_some(Part { text, html: None, address: Address::Known })
}

fn joined(parts: &[Part], form: Form, style: &CiteStyle) -> String {
    let mut texts: Vec<&str> = parts.iter().map(|it| it.text.as_str()).collect();
    if key_use(form) == KeyUse::Identity {
        let mut seen = HashSet::new();
        texts.retain(|it| !it.is_empty() && seen.insert(*it));
    }
    match form {
        Form::Key => texts.join(","),
        Form::CiteCommand => style.command.cite(&texts),
        Form::CslJson if !texts.is_empty() => format!("[\n{}\n]\n", texts.join(",\n")),
        Form::Csv if !texts.is_empty() => rows(&texts, Delimiter::Comma),
        Form::Tsv if !texts.is_empty() => rows(&texts, Delimiter::Tab),
        form if form.is_apart() => texts.join("\n\n") + end(form, &texts),
        _ => texts.join("\n") + end(form, &texts),
    }
}

/// Rows below their header.
fn rows(texts: &[&str], delimiter: Delimiter) -> String {
    format!("{}\n{}\n", table::header(delimiter), texts.join("\n"))
}

/// Files end with a line end, what is pasted into a line does not.
fn end(form: Form, texts: &[&str]) -> &'static str {
    if form.is_file() && !texts.is_empty() { "\n" } else { "" }
}
