//! Pasted text: references, links, cite commands and entries as this program prints them, and
//! identifiers with what stands around them.

use offprint::cite::{CiteCommand, CiteOptions, OutputFormat, Style, render};

use super::dice::Dice;
use super::recalled::{Mistaken, Recalled, Setting, one_line};

/// Output formats that people paste, beside references and cite commands.
const FORMATS: [OutputFormat; 5] = [
    OutputFormat::Markdown,
    OutputFormat::Org,
    OutputFormat::Typst,
    OutputFormat::Html,
    OutputFormat::Bibtex,
];

/// Styles with a name of their own in the list of styles.
const COMMON_STYLES: usize = 10;

/// An arXiv identifier in `{}`, as it is copied from running text, pages and lists.
const ARXIV_FORMS: [&str; 9] = [
    "{}.",
    "({})",
    "[arXiv:{}]",
    "<https://arxiv.org/abs/{}>",
    "https://arxiv.org/abs/{}.",
    "arXiv: {}",
    "\"{}\"",
    "doi:10.48550/arXiv.{}",
    "https://www.alphaxiv.org/abs/{}",
];

/// A DOI in `{}`, likewise.
const DOI_FORMS: [&str; 8] = [
    "{}.",
    "({})",
    "doi {}",
    "DOI: {},",
    "<https://doi.org/{}>",
    "https://doi.org/{}.",
    "https://link.springer.com/article/{}",
    "https://www.tandfonline.com/doi/full/{}",
];

/// The name of a row, and the format and options that its texts are printed with.
pub(crate) fn printed_forms() -> Vec<(String, OutputFormat, CiteOptions)> {
    let styles = Style::all().into_iter().take(COMMON_STYLES);
    let references = styles.map(|style| {
        let name = format!("pasted reference, {}", style.name());
        (name, OutputFormat::Reference, CiteOptions { style, ..CiteOptions::default() })
    });
    let formats = FORMATS
        .into_iter()
        .map(|format| (format!("pasted {}", format.field_name()), format, CiteOptions::default()));
    let commands = [("\\cite{key}", CiteCommand::Latex), ("[@key]", CiteCommand::Pandoc)];
    let commands = commands.into_iter().map(|(name, command)| {
        let options = CiteOptions { command, ..CiteOptions::default() };
        (format!("pasted {name}"), OutputFormat::CiteCommand, options)
    });
    references.chain(formats).chain(commands).collect()
}

/// A paper in an output format, in one line as a prompt takes it; the title is right.
pub(crate) fn printed(
    setting: &Setting<'_>,
    recalled: &Recalled<'_>,
    format: OutputFormat,
    options: &CiteOptions,
) -> Option<Mistaken> {
    let typed = one_line(&render(setting.corpus, &[recalled.id], format, options).text);
    let correct = Some(recalled.shown_title());
    (!typed.is_empty()).then_some(Mistaken { typed, correct })
}

pub(crate) fn arxiv(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    identifier(recalled.paper.arxiv, &ARXIV_FORMS, dice)
}

pub(crate) fn doi(recalled: &Recalled<'_>, dice: &mut Dice) -> Option<Mistaken> {
    identifier(recalled.paper.doi, &DOI_FORMS, dice)
}

fn identifier(id: &str, forms: &[&str], dice: &mut Dice) -> Option<Mistaken> {
    if id.is_empty() {
        return None;
    }
    let typed = dice.pick(forms)?.replace("{}", id);
    Some(Mistaken { typed, correct: Some(id.to_owned()) })
}
