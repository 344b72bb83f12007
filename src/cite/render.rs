//! Renders papers in an output format.

use std::collections::HashSet;

use super::options::CiteOptions;
use super::output_format::OutputFormat;
use super::output_keys::{KeyReport, KeySource, OutputKey, OutputKeys};
use super::reference::formatted::FormattedReference;
use super::writers::bibtex;
use super::writers::bibtex::kind::{BibtexDialect, Detail};
use super::writers::links::{LinkStatus, RenderedLink, display_text, render_link};
use super::writers::names::full_names;
use super::writers::table::{self, Delimiter};
use super::writers::{endnote, hayagriva, json_lines, nbib, ris};
use super::{csl, reference};
use crate::domain::{BibField, Corpus, LinkKind, Paper, PaperId, encode_fields, gist, links};
use crate::text::{sanitise, sanitise_lines, tex_to_unicode};

/// Papers as text, ready to be copied or printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub format: OutputFormat,
    /// Sanitised text; empty if no paper has the requested value.
    pub text: String,
    /// The same as HTML, for rich-text clipboards; `None` for formats that are neither links nor
    /// references.
    pub html: Option<String>,
    /// Number of papers in the text.
    pub papers: usize,
    /// Number of papers omitted because they lack the requested value.
    pub omitted: usize,
    /// Number of papers rendered as title only, because they have no URL.
    pub without_link: usize,
    pub keys: KeyReport,
}

impl Rendered {
    /// Describes the content: `link`, `2 titles`, `title (no link known)`.
    pub fn describe(&self) -> String {
        match (self.without_link, self.papers) {
            (0, papers) => self.format.describe(papers),
            (unlinked, papers) if unlinked == papers => {
                format!("{} (no link known)", OutputFormat::Title.describe(papers))
            }
            (unlinked, papers) => {
                format!("{}, {unlinked} without link", self.format.describe(papers))
            }
        }
    }
}

/// The text of one paper, or one reference.
struct RenderedPaper {
    text: String,
    html: Option<String>,
    address: LinkStatus,
}

/// Renders papers in the given order, omitting those that lack the requested value. References are
/// sorted as their style asks.
pub fn render(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
) -> Rendered {
    let mut keys = assign_keys(corpus, papers, format, style);
    let rendered = render_with(corpus, papers, format, style, keys.as_mut());
    Rendered { keys: keys.map(|it| it.report).unwrap_or_default(), ..rendered }
}

/// Returns the key generator for an output, if the format uses keys.
pub fn assign_keys<'a>(
    corpus: &'a Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &'a CiteOptions,
) -> Option<OutputKeys<'a>> {
    (key_use(format) != KeyUse::None).then(|| OutputKeys::new(corpus, papers, style))
}

/// As [`render`], for a batch of the papers of an output. The key report remains in `keys`.
pub fn render_with(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
    keys: Option<&mut OutputKeys<'_>>,
) -> Rendered {
    let known_count = papers.iter().filter(|&&id| corpus.get(id).is_some()).count();
    let rendered_papers = match format {
        OutputFormat::Reference => render_references(corpus, papers, style),
        _ => render_papers(corpus, papers, format, style, keys),
    };
    let html: Option<Vec<&str>> = rendered_papers.iter().map(|it| it.html.as_deref()).collect();
    Rendered {
        format,
        text: join(&rendered_papers, format, style),
        html: html.filter(|it| !it.is_empty()).map(|it| it.join("<br>\n")),
        papers: rendered_papers.len(),
        omitted: known_count.saturating_sub(rendered_papers.len()),
        without_link: rendered_papers.iter().filter(|it| it.address == LinkStatus::Unknown).count(),
        keys: KeyReport::default(),
    }
}

fn render_papers(
    corpus: &Corpus,
    papers: &[PaperId],
    format: OutputFormat,
    style: &CiteOptions,
    mut keys: Option<&mut OutputKeys<'_>>,
) -> Vec<RenderedPaper> {
    let part = |&id: &PaperId| {
        let key = keys.as_mut().map(|it| it.next(id));
        if key.as_ref().is_some_and(|it| it.is_repeat) && key_use(format) == KeyUse::Identity {
            // Counts as rendered, but is written only once.
            return Some(RenderedPaper {
                text: String::new(),
                html: None,
                address: LinkStatus::Known,
            });
        }
        render_paper(corpus, id, format, key.as_ref(), style)
    };
    papers.iter().filter_map(part).collect()
}

fn render_references(
    corpus: &Corpus,
    papers: &[PaperId],
    style: &CiteOptions,
) -> Vec<RenderedPaper> {
    let papers = papers.iter().filter_map(|&id| corpus.get(id));
    let papers: Vec<Paper<'_>> = papers.map(|it| style.preferred_version.apply(it)).collect();
    let sets = reference::format_references(&papers, &style.style, &style.style_cache);
    let part = |it: FormattedReference| RenderedPaper {
        text: sanitise(&it.text).into_owned(),
        html: Some(it.html),
        address: LinkStatus::Known,
    };
    sets.into_iter().map(part).collect()
}

/// The use of citation keys in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyUse {
    /// The key identifies the record, so that a repeated paper is written only once.
    Identity,
    /// The key is one field among others.
    Field,
    /// A key from a file or an earlier output is included; none is generated.
    KnownField,
    None,
}

fn key_use(format: OutputFormat) -> KeyUse {
    match format {
        OutputFormat::Key
        | OutputFormat::CiteCommand
        | OutputFormat::Bibtex
        | OutputFormat::Biblatex
        | OutputFormat::CslJson
        | OutputFormat::Hayagriva => KeyUse::Identity,
        OutputFormat::Template | OutputFormat::Csv | OutputFormat::Tsv => KeyUse::Field,
        OutputFormat::Ris | OutputFormat::EndNote | OutputFormat::Jsonl => KeyUse::KnownField,
        OutputFormat::TitleAndLink
        | OutputFormat::Title
        | OutputFormat::Link
        | OutputFormat::Id
        | OutputFormat::Doi
        | OutputFormat::Reference
        | OutputFormat::Markdown
        | OutputFormat::Org
        | OutputFormat::Typst
        | OutputFormat::Html
        | OutputFormat::Abstract
        | OutputFormat::Gist
        | OutputFormat::Authors
        | OutputFormat::Pdf
        | OutputFormat::Nbib => KeyUse::None,
    }
}

/// Returns the encoded fields of a paper with this citation key; `None` if it has the key already.
fn fields_with_key(paper: &Paper<'_>, key: &str) -> Option<String> {
    let other_fields = paper.fields().filter(|(field, _)| *field != BibField::Key);
    let has_other_key = !key.is_empty() && paper.field(BibField::Key) != key;
    has_other_key.then(|| encode_fields(std::iter::once((BibField::Key, key)).chain(other_fields)))
}

/// Returns true if the format contains the abstract. Reading it may read a file.
fn has_abstract(format: OutputFormat, style: &CiteOptions) -> bool {
    match format {
        OutputFormat::Bibtex | OutputFormat::Biblatex | OutputFormat::Hayagriva => {
            style.detail == Detail::Full
        }
        OutputFormat::Template => style.template.has_abstract(),
        OutputFormat::CslJson
        | OutputFormat::Ris
        | OutputFormat::Nbib
        | OutputFormat::EndNote
        | OutputFormat::Jsonl
        | OutputFormat::Csv
        | OutputFormat::Tsv
        | OutputFormat::Abstract
        | OutputFormat::Gist => true,
        _ => false,
    }
}

fn render_paper(
    corpus: &Corpus,
    id: PaperId,
    format: OutputFormat,
    key: Option<&OutputKey>,
    style: &CiteOptions,
) -> Option<RenderedPaper> {
    let paper = style.preferred_version.apply(corpus.get(id)?);
    let fields = style.annotated_fields(id, &paper);
    let paper = Paper { field_list: fields.as_deref().unwrap_or(paper.field_list), ..paper };
    let known_key =
        key.filter(|it| key_use(format) == KeyUse::KnownField && it.source != KeySource::Generated);
    let fields = known_key.and_then(|it| fields_with_key(&paper, &it.text));
    let paper = Paper { field_list: fields.as_deref().unwrap_or(paper.field_list), ..paper };
    let key = key.map_or("", |it| it.text.as_str());
    let read_text =
        has_abstract(format, style).then(|| corpus.abstract_text(id).unwrap_or_default());
    let abstract_text = &read_text.unwrap_or_default();
    if format.is_link() {
        let RenderedLink { text, html, status: address } = render_link(&paper, format)?;
        return Some(RenderedPaper { text, html, address });
    }
    let text = match format {
        OutputFormat::Title => display_text(paper.title),
        OutputFormat::Id => paper.arxiv.to_owned(),
        OutputFormat::Doi => paper.doi.to_owned(),
        OutputFormat::Key | OutputFormat::CiteCommand => key.to_owned(),
        OutputFormat::Bibtex => {
            bibtex::entry(&paper, key, abstract_text, BibtexDialect::Bibtex, style.detail)
        }
        OutputFormat::Biblatex => {
            bibtex::entry(&paper, key, abstract_text, BibtexDialect::Biblatex, style.detail)
        }
        OutputFormat::CslJson => csl::to_csl_json(&paper, key, abstract_text),
        OutputFormat::Abstract => sanitise_lines(&tex_to_unicode(abstract_text)).trim().to_owned(),
        OutputFormat::Gist => display_text(gist(abstract_text).unwrap_or_default()),
        OutputFormat::Authors => full_names(paper.author_list),
        OutputFormat::Pdf => links(&paper, "").into_iter().find(|it| it.kind == LinkKind::Pdf)?.url,
        OutputFormat::Ris => ris::record(&paper, abstract_text),
        OutputFormat::Nbib => nbib::record(&paper, abstract_text),
        OutputFormat::EndNote => endnote::record(&paper, abstract_text),
        OutputFormat::Jsonl => json_lines::line(&paper, abstract_text),
        OutputFormat::Hayagriva => hayagriva::entry(&paper, key, abstract_text),
        OutputFormat::Template => style.template.fill(&paper, key, abstract_text),
        OutputFormat::Csv => table::write_row(&paper, key, abstract_text, Delimiter::Comma),
        OutputFormat::Tsv => table::write_row(&paper, key, abstract_text, Delimiter::Tab),
        // Links are rendered above, references in `render_references`.
        _ => return None,
    };
    (!text.is_empty()).then_some(RenderedPaper { text, html: None, address: LinkStatus::Known })
}

fn join(rendered_papers: &[RenderedPaper], format: OutputFormat, style: &CiteOptions) -> String {
    let mut texts: Vec<&str> = rendered_papers.iter().map(|it| it.text.as_str()).collect();
    if key_use(format) == KeyUse::Identity {
        let mut seen_texts = HashSet::new();
        texts.retain(|it| !it.is_empty() && seen_texts.insert(*it));
    }
    match format {
        OutputFormat::Key => texts.join(","),
        OutputFormat::CiteCommand => style.command.format(&texts),
        OutputFormat::CslJson if !texts.is_empty() => format!("[\n{}\n]\n", texts.join(",\n")),
        OutputFormat::Csv if !texts.is_empty() => join_rows(&texts, Delimiter::Comma),
        OutputFormat::Tsv if !texts.is_empty() => join_rows(&texts, Delimiter::Tab),
        format if format.is_separated_by_blank_line() => {
            texts.join("\n\n") + line_end(format, &texts)
        }
        _ => texts.join("\n") + line_end(format, &texts),
    }
}

/// Joins rows below a header.
fn join_rows(texts: &[&str], delimiter: Delimiter) -> String {
    format!("{}\n{}\n", table::header(delimiter), texts.join("\n"))
}

/// Returns the final newline of file formats. Text pasted into a line must not have one.
fn line_end(format: OutputFormat, texts: &[&str]) -> &'static str {
    if format.is_file() && !texts.is_empty() { "\n" } else { "" }
}
