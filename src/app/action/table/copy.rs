//! The rows of the actions that copy.

use super::info::{Entry, entry};
use crate::app::action::Action;
use crate::app::input::context::Context::{self, Browse, Filter};
use crate::cite::Form;

const fn copy(
    form: Form,
    name: &'static str,
    summary: &'static str,
    keys: &'static [(Context, &'static [&'static str])],
) -> Entry {
    entry(Action::Copy(form), name, summary, keys)
}

pub const COPYING: &[Entry] = &[
    copy(Form::TitleAndLink, "copy-title-link", "copy title and link", &[(Browse, &["yy"])]),
    copy(Form::Title, "copy-title", "copy the title", &[(Browse, &["yt"])]),
    copy(Form::Link, "copy-link", "copy the link", &[(Browse, &["yl", "yu"])]),
    copy(Form::Id, "copy-id", "copy the arXiv id", &[(Browse, &["yi"])]),
    copy(Form::Doi, "copy-doi", "copy the DOI", &[(Browse, &["yd"])]),
    copy(Form::Key, "copy-key", "copy the citation key", &[(Browse, &["yk"])]),
    copy(Form::CiteCommand, "copy-cite", "copy the cite command", &[(Browse, &["yx"])]),
    copy(Form::Reference, "copy-reference", "copy a styled reference", &[(Browse, &["yc"])]),
    copy(Form::Bibtex, "copy-bibtex", "copy BibTeX", &[(Browse, &["yb"])]),
    copy(Form::Biblatex, "copy-biblatex", "copy BibLaTeX", &[(Browse, &["yB"])]),
    copy(Form::Markdown, "copy-markdown", "copy a Markdown link", &[(Browse, &["ym"])]),
    copy(Form::Org, "copy-org", "copy an Org link", &[(Browse, &["yo"])]),
    copy(Form::Typst, "copy-typst", "copy a Typst link", &[(Browse, &["yT"])]),
    copy(Form::Html, "copy-html", "copy an HTML link", &[(Browse, &["yh"])]),
    copy(Form::Template, "copy-template", "copy a text of your own", &[(Browse, &["yf"])]),
    copy(Form::Abstract, "copy-abstract", "copy the abstract", &[(Browse, &["ya"])]),
    copy(Form::Authors, "copy-authors", "copy the authors", &[(Browse, &["yA"])]),
    copy(Form::Pdf, "copy-pdf", "copy the link of the PDF", &[(Browse, &["yp"])]),
    copy(Form::CslJson, "copy-csl-json", "copy CSL-JSON", &[]),
    copy(Form::Hayagriva, "copy-hayagriva", "copy as Typst's bibliographies have it", &[]),
    copy(Form::Ris, "copy-ris", "copy RIS", &[]),
    copy(Form::Nbib, "copy-nbib", "copy as PubMed writes it", &[]),
    copy(Form::EndNote, "copy-endnote", "copy as EndNote writes it", &[]),
    copy(Form::Jsonl, "copy-jsonl", "copy as JSON Lines", &[]),
    copy(Form::Csv, "copy-csv", "copy as a table (CSV)", &[]),
    copy(Form::Tsv, "copy-tsv", "copy as a table (TSV)", &[]),
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
