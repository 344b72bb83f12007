//! Papers rendered in a form.

use std::collections::HashSet;

use super::bibtex::{self, Detail, Dialect};
use super::{Form, csl, endnote, json, keys, nbib, ris};
use crate::domain::{Corpus, LinkKind, Name, Paper, PaperId, links, main_link};
use crate::text::{readable, sanitise, sanitise_lines};

/// How citations are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CiteStyle {
    pub command: CiteCommand,
    pub detail: Detail,
}

/// The command that cites papers by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CiteCommand {
    /// `\cite{a,b}`
    #[default]
    Latex,
    /// `[@a; @b]`
    Pandoc,
    /// A text of the reader's own, in which `{keys}` stands for the keys joined by commas.
    Template(String),
}

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
    /// How many of the links are searches, for papers without an address of their own.
    pub searches: usize,
}

impl Rendered {
    /// What this is: `link`, `2 titles`, `search link`.
    pub fn what(&self) -> String {
        match (self.form, self.papers) {
            (Form::Link, 1) if self.searches == 1 => "search link".to_owned(),
            (Form::Link, papers) if self.searches == papers => format!("{papers} search links"),
            (form, 1) if self.searches == 1 => format!("{}, a search", form.what(1)),
            (form, papers) if self.searches > 0 => {
                format!("{}, {} by search", form.what(papers), self.searches)
            }
            (form, papers) => form.what(papers),
        }
    }
}

/// One paper's part of the whole.
struct Part {
    text: String,
    html: Option<String>,
    kind: LinkKind,
}

/// Renders papers in the order given, leaving out those that lack what is asked for.
pub fn render(corpus: &Corpus, papers: &[PaperId], form: Form, style: &CiteStyle) -> Rendered {
    let known = papers.iter().filter(|&&id| corpus.get(id).is_some()).count();
    let keys = if has_key(form) { keys(corpus, papers) } else { Vec::new() };
    let key = |at: usize| keys.get(at).map_or("", String::as_str);
    let parts: Vec<Part> = papers
        .iter()
        .enumerate()
        .filter_map(|(at, &id)| part(corpus, id, form, key(at), style))
        .collect();
    let html: Option<Vec<&str>> = parts.iter().map(|it| it.html.as_deref()).collect();
    Rendered {
        form,
        text: joined(&parts, form, style),
        html: html.filter(|it| !it.is_empty()).map(|it| it.join("<br>\n")),
        papers: parts.len(),
        lacking: known - parts.len(),
        searches: parts.iter().filter(|it| it.kind == LinkKind::Search).count(),
    }
}

fn has_key(form: Form) -> bool {
    matches!(
        form,
        Form::Key | Form::CiteCommand | Form::Bibtex | Form::Biblatex | Form::CslJson | Form::Tsv
    )
}

fn part(corpus: &Corpus, id: PaperId, form: Form, key: &str, style: &CiteStyle) -> Option<Part> {
    let paper = corpus.get(id)?;
    let abstract_text = &corpus.abstract_text(id).unwrap_or_default();
    let text = match form {
        Form::TitleAndLink | Form::Markdown | Form::Link => return Some(linked(&paper, form)),
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
        Form::Authors => full_names(&paper),
        Form::Pdf => links(&paper, "").into_iter().find(|it| it.kind == LinkKind::Pdf)?.url,
        Form::Ris => ris::record(&paper, abstract_text),
        Form::Nbib => nbib::record(&paper, abstract_text),
        Form::EndNote => endnote::record(&paper, abstract_text),
        Form::Jsonl => json::line(&paper, abstract_text),
        Form::Tsv => row(&paper, key.to_owned()),
    };
    (!text.is_empty()).then_some(Part { text, html: None, kind: LinkKind::Named })
}

/// The title with the address, or one of them.
fn linked(paper: &Paper<'_>, form: Form) -> Part {
    let link = main_link(paper);
    let title = shown(paper.title);
    let url = sanitise(&link.url).into_owned();
    let html = || Some(format!("<a href=\"{}\">{}</a>", escape_html(&url), escape_html(&title)));
    let (text, html) = match form {
        Form::Markdown => {
            let target = url.replace('(', "%28").replace(')', "%29");
            (format!("[{}]({target})", escape_markdown(&title)), html())
        }
        Form::TitleAndLink => (format!("{title} {url}"), html()),
        _ => (url, None),
    };
    Part { text, html, kind: link.kind }
}

fn joined(parts: &[Part], form: Form, style: &CiteStyle) -> String {
    let mut texts: Vec<&str> = parts.iter().map(|it| it.text.as_str()).collect();
    if matches!(form, Form::Key | Form::CiteCommand | Form::Bibtex | Form::Biblatex | Form::CslJson)
    {
        let mut seen = HashSet::new();
        texts.retain(|it| seen.insert(*it));
    }
    match form {
        Form::Key => texts.join(","),
        Form::CiteCommand => command(&texts, &style.command),
        Form::CslJson if !texts.is_empty() => format!("[\n{}\n]\n", texts.join(",\n")),
        form if form.is_apart() => texts.join("\n\n") + end(form, &texts),
        _ => texts.join("\n") + end(form, &texts),
    }
}

/// Files end with a line end, what is pasted into a line does not.
fn end(form: Form, texts: &[&str]) -> &'static str {
    if form.is_file() && !texts.is_empty() { "\n" } else { "" }
}

fn command(keys: &[&str], command: &CiteCommand) -> String {
    if keys.is_empty() {
        return String::new();
    }
    match command {
        CiteCommand::Latex => format!("\\cite{{{}}}", keys.join(",")),
        CiteCommand::Pandoc => format!("[@{}]", keys.join("; @")),
        CiteCommand::Template(template) => {
            sanitise(&template.replace("{keys}", &keys.join(","))).into_owned()
        }
    }
}

fn row(paper: &Paper<'_>, key: String) -> String {
    let year = paper.year.map(|it| it.to_string()).unwrap_or_default();
    let authors = paper.authors().map(shown).collect::<Vec<_>>().join("; ");
    let cells = [key, year, authors, shown(paper.title), main_link(paper).url];
    cells.map(|it| sanitise(&it.replace('\t', " ")).into_owned()).join("\t")
}

/// Names as they are spoken, since a comma stands between them.
fn full_names(paper: &Paper<'_>) -> String {
    let full = |raw| {
        let name = Name::parse(&shown(raw));
        let parts = [name.given, name.family, name.suffix];
        parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
    };
    paper.authors().map(full).collect::<Vec<_>>().join(", ")
}

/// As a person reads it.
fn shown(raw: &str) -> String {
    sanitise(&readable(raw)).trim().to_owned()
}

fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\[]*_`<>".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
