//! The rows of the actions that copy.

use super::info::{ActionInfo, entry};
use crate::app::action::Action;
use crate::app::input::context::KeyContext::{self, Browse, Filter};
use crate::cite::OutputFormat;

const fn copy(
    form: OutputFormat,
    name: &'static str,
    summary: &'static str,
    keys: &'static [(KeyContext, &'static [&'static str])],
) -> ActionInfo {
    entry(Action::Copy(form), name, summary, keys)
}

pub const COPY_ACTIONS: &[ActionInfo] = &[
    copy(
        OutputFormat::TitleAndLink,
        "copy-title-link",
        "copy title and link",
        &[(Browse, &["yy"])],
    ),
    copy(OutputFormat::Title, "copy-title", "copy the title", &[(Browse, &["yt"])]),
    copy(OutputFormat::Link, "copy-link", "copy the link", &[(Browse, &["yl", "yu"])]),
    copy(OutputFormat::Id, "copy-id", "copy the arXiv id", &[(Browse, &["yi"])]),
    copy(OutputFormat::Doi, "copy-doi", "copy the DOI", &[(Browse, &["yd"])]),
    copy(OutputFormat::Key, "copy-key", "copy the citation key", &[(Browse, &["yk"])]),
    copy(OutputFormat::CiteCommand, "copy-cite", "copy the cite command", &[(Browse, &["yx"])]),
    copy(
        OutputFormat::Reference,
        "copy-reference",
        "copy a styled reference",
        &[(Browse, &["yc"])],
    ),
    copy(OutputFormat::Bibtex, "copy-bibtex", "copy BibTeX", &[(Browse, &["yb"])]),
    copy(OutputFormat::Biblatex, "copy-biblatex", "copy BibLaTeX", &[(Browse, &["yB"])]),
    copy(OutputFormat::Markdown, "copy-markdown", "copy a Markdown link", &[(Browse, &["ym"])]),
    copy(OutputFormat::Org, "copy-org", "copy an Org link", &[(Browse, &["yo"])]),
    copy(OutputFormat::Typst, "copy-typst", "copy a Typst link", &[(Browse, &["yT"])]),
    copy(OutputFormat::Html, "copy-html", "copy an HTML link", &[(Browse, &["yh"])]),
    copy(OutputFormat::Template, "copy-template", "copy a text of your own", &[(Browse, &["yf"])]),
    copy(OutputFormat::Abstract, "copy-abstract", "copy the abstract", &[(Browse, &["ya"])]),
    copy(OutputFormat::Authors, "copy-authors", "copy the authors", &[(Browse, &["yA"])]),
    copy(OutputFormat::Pdf, "copy-pdf", "copy the link of the PDF", &[(Browse, &["yp"])]),
    copy(OutputFormat::CslJson, "copy-csl-json", "copy CSL-JSON", &[]),
    copy(OutputFormat::Hayagriva, "copy-hayagriva", "copy as Typst's bibliographies have it", &[]),
    copy(OutputFormat::Ris, "copy-ris", "copy RIS", &[]),
    copy(OutputFormat::Nbib, "copy-nbib", "copy as PubMed writes it", &[]),
    copy(OutputFormat::EndNote, "copy-endnote", "copy as EndNote writes it", &[]),
    copy(OutputFormat::Jsonl, "copy-jsonl", "copy as JSON Lines", &[]),
    copy(OutputFormat::Csv, "copy-csv", "copy as a table (CSV)", &[]),
    copy(OutputFormat::Tsv, "copy-tsv", "copy as a table (TSV)", &[]),
    entry(Action::ShowCopy, "show-copy", "show the last copy bare", &[(Browse, &["yv"])]),
    entry(Action::CopyAgain, "copy-again", "copy in the last form", &[(Browse, &["Y"])]),
    entry(Action::Style, "style", "choose the style of references, or :style with its name", &[]),
    entry(
        Action::Export,
        "export",
        "export the paper, the selection or so many to a file",
        &[(Browse, &["E"])],
    ),
    entry(Action::ExportAll, "export-all", "export all that is listed to a file", &[]),
    entry(
        Action::Pipe,
        "pipe",
        "pipe the paper, the selection or so many to a command",
        &[(Browse, &["|"])],
    ),
    entry(Action::PipeAll, "pipe-all", "pipe all that is listed to a command", &[]),
    entry(Action::CopyMenu, "copy-menu", "copy, a letter says what", &[(Filter, &["<C-y>"])]),
];
