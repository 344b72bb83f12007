//! The output formats, with their names and file extensions.

/// A format for copying, printing or exporting papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputFormat {
    TitleAndLink,
    Title,
    Link,
    Id,
    Doi,
    Key,
    CiteCommand,
    Reference,
    Bibtex,
    Biblatex,
    Markdown,
    Org,
    Typst,
    Html,
    Template,
    Abstract,
    Gist,
    Authors,
    Pdf,
    CslJson,
    Hayagriva,
    Ris,
    Nbib,
    EndNote,
    Jsonl,
    Csv,
    Tsv,
}

/// Names and properties of a format.
struct FormatInfo {
    format: OutputFormat,
    /// Name on the command line.
    name: &'static str,
    /// Noun for one paper in this format.
    singular: &'static str,
    /// Plural of `singular`, if it is countable.
    plural: Option<&'static str>,
    /// File extension; `None` for formats of one line.
    extension: Option<&'static str>,
}

const fn inline_format(
    format: OutputFormat,
    name: &'static str,
    singular: &'static str,
    plural: Option<&'static str>,
) -> FormatInfo {
    FormatInfo { format, name, singular, plural, extension: None }
}

const fn file_format(
    format: OutputFormat,
    name: &'static str,
    singular: &'static str,
    extension: &'static str,
) -> FormatInfo {
    FormatInfo { format, name, singular, plural: None, extension: Some(extension) }
}

/// All formats, in the order of declaration of [`OutputFormat`], which indexes this table.
const FORMATS: [FormatInfo; 27] = [
    inline_format(OutputFormat::TitleAndLink, "title-link", "title and link", None),
    inline_format(OutputFormat::Title, "title", "title", Some("titles")),
    inline_format(OutputFormat::Link, "link", "link", Some("links")),
    inline_format(OutputFormat::Id, "id", "arXiv id", Some("arXiv ids")),
    inline_format(OutputFormat::Doi, "doi", "DOI", Some("DOIs")),
    inline_format(OutputFormat::Key, "key", "citation key", Some("citation keys")),
    inline_format(OutputFormat::CiteCommand, "cite", "cite command", None),
    inline_format(OutputFormat::Reference, "reference", "reference", Some("references")),
    file_format(OutputFormat::Bibtex, "bibtex", "BibTeX", "bib"),
    file_format(OutputFormat::Biblatex, "biblatex", "BibLaTeX", "bib"),
    inline_format(OutputFormat::Markdown, "markdown", "Markdown link", Some("Markdown links")),
    inline_format(OutputFormat::Org, "org", "Org link", Some("Org links")),
    inline_format(OutputFormat::Typst, "typst", "Typst link", Some("Typst links")),
    inline_format(OutputFormat::Html, "html", "HTML link", Some("HTML links")),
    inline_format(OutputFormat::Template, "template", "custom template", None),
    inline_format(OutputFormat::Abstract, "abstract", "abstract", Some("abstracts")),
    inline_format(OutputFormat::Gist, "gist", "gist", Some("gists")),
    inline_format(OutputFormat::Authors, "authors", "authors", None),
    inline_format(OutputFormat::Pdf, "pdf", "PDF link", Some("PDF links")),
    file_format(OutputFormat::CslJson, "csl-json", "CSL-JSON", "json"),
    file_format(OutputFormat::Hayagriva, "hayagriva", "Hayagriva", "yml"),
    file_format(OutputFormat::Ris, "ris", "RIS", "ris"),
    file_format(OutputFormat::Nbib, "nbib", "NBIB", "nbib"),
    file_format(OutputFormat::EndNote, "endnote", "EndNote", "enw"),
    file_format(OutputFormat::Jsonl, "jsonl", "JSON Lines", "jsonl"),
    file_format(OutputFormat::Csv, "csv", "CSV", "csv"),
    file_format(OutputFormat::Tsv, "tsv", "TSV", "tsv"),
];

impl OutputFormat {
    /// All formats in the order of the export menu: bibliographies first.
    pub const FILE_MENU_ORDER: [Self; FORMATS.len()] = [
        Self::Bibtex,
        Self::Biblatex,
        Self::Ris,
        Self::CslJson,
        Self::Hayagriva,
        Self::Nbib,
        Self::EndNote,
        Self::Jsonl,
        Self::Csv,
        Self::Tsv,
        Self::Reference,
        Self::Markdown,
        Self::Org,
        Self::Typst,
        Self::Html,
        Self::Template,
        Self::TitleAndLink,
        Self::Title,
        Self::Link,
        Self::Abstract,
        Self::Gist,
        Self::Authors,
        Self::Id,
        Self::Doi,
        Self::Key,
        Self::CiteCommand,
        Self::Pdf,
    ];

    pub const ALL: [Self; FORMATS.len()] = {
        let mut all = [Self::Title; FORMATS.len()];
        let mut at = 0;
        while at < FORMATS.len() {
            all[at] = FORMATS[at].format;
            at += 1;
        }
        all
    };

    const fn info(self) -> &'static FormatInfo {
        &FORMATS[self as usize]
    }

    /// Returns the name on the command line.
    pub fn field_name(self) -> &'static str {
        self.info().name
    }

    /// Other names of formats: file extensions and the names of their syntaxes.
    pub const ALIASES: [(&str, Self); 3] =
        [("bib", Self::Bibtex), ("json", Self::CslJson), ("yaml", Self::Hayagriva)];

    /// Returns the format with this name or alias.
    pub fn parse(name: &str) -> Option<Self> {
        let shorter = || Self::ALIASES.into_iter().find(|(it, _)| *it == name);
        let full = Self::ALL.into_iter().find(|it| it.field_name() == name);
        full.or_else(|| shorter().map(|(_, format)| format))
    }

    /// Returns true if records are separated by an empty line.
    pub fn is_separated_by_blank_line(self) -> bool {
        matches!(self, Self::Bibtex | Self::Biblatex | Self::Hayagriva | Self::Abstract)
            || matches!(self, Self::Ris | Self::Nbib | Self::EndNote)
    }

    /// Returns true for file formats, false for formats of one line.
    pub fn is_file(self) -> bool {
        self.info().extension.is_some()
    }

    /// Returns the extension for a file in this format, without the dot.
    pub fn extension(self) -> &'static str {
        self.info().extension.unwrap_or(match self {
            Self::Markdown => "md",
            Self::Org => "org",
            Self::Typst => "typ",
            Self::Html => "html",
            _ => "txt",
        })
    }

    /// Returns the format of files with the extension of this path; for `.txt`, references.
    pub fn from_path(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit(['/', '\\']).next()?.rsplit_once('.')?;
        let extension = extension.to_lowercase();
        if extension == "txt" {
            return Some(Self::Reference);
        }
        let has = |it: &Self| it.extension() == extension;
        Self::FILE_MENU_ORDER.into_iter().find(has).or_else(|| Self::parse(&extension))
    }

    /// Returns true if files of this format are bibliographies that more records can be appended
    /// to.
    pub fn is_bibliography(self) -> bool {
        matches!(self, Self::Bibtex | Self::Biblatex | Self::Ris | Self::Nbib | Self::EndNote)
            || matches!(self, Self::Hayagriva | Self::Jsonl)
    }

    /// Returns true if the format needs the URL of a paper.
    pub fn is_link(self) -> bool {
        matches!(self, Self::TitleAndLink | Self::Link | Self::Markdown)
            || matches!(self, Self::Org | Self::Typst | Self::Html)
    }

    /// Describes `papers` papers in this format: `link`, `2 titles`, `BibTeX of 3 papers`.
    pub fn describe(self, papers: usize) -> String {
        let FormatInfo { singular, plural, .. } = self.info();
        match (papers, plural) {
            (1, _) => (*singular).to_owned(),
            (_, Some(plural)) => format!("{papers} {plural}"),
            (_, None) => format!("{singular} of {papers} papers"),
        }
    }

    /// Describes `papers` papers without the value of this format: `no DOI known for this paper`.
    pub fn describe_missing(self, papers: usize) -> String {
        let noun = if self.is_link() { Self::Link.info().singular } else { self.info().singular };
        match (self, papers) {
            (Self::Reference, 1) => "the citation style prints nothing for this paper".to_owned(),
            (Self::Reference, _) => {
                format!("the citation style prints nothing for {papers} papers")
            }
            (_, 1) => format!("no {noun} known for this paper"),
            _ => format!("no {noun} known for {papers} papers"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in OutputFormat::ALL {
            assert_eq!(format.info().format, format);
            assert_eq!(OutputFormat::parse(format.field_name()), Some(format));
        }
        assert_eq!(OutputFormat::parse("pdfs"), None);
        for (name, format) in OutputFormat::ALIASES {
            assert_eq!(OutputFormat::parse(name), Some(format));
            assert!(
                OutputFormat::ALL.iter().all(|it| it.field_name() != name),
                "{name} is a name of its own"
            );
        }
    }

    #[test]
    fn a_file_has_the_format_of_its_extension() {
        for (path, format) in [
            ("refs.bib", Some(OutputFormat::Bibtex)),
            ("a.b/refs.RIS", Some(OutputFormat::Ris)),
            ("refs.json", Some(OutputFormat::CslJson)),
            ("refs.yaml", Some(OutputFormat::Hayagriva)),
            ("list.md", Some(OutputFormat::Markdown)),
            ("list.txt", Some(OutputFormat::Reference)),
            ("a.b/refs", None),
            ("refs.pages", None),
        ] {
            assert_eq!(OutputFormat::from_path(path), format, "{path}");
        }
    }

    #[test]
    fn a_form_says_what_it_makes_of_so_many_papers() {
        assert_eq!(OutputFormat::Bibtex.describe(3), "BibTeX of 3 papers");
        assert_eq!(OutputFormat::Link.describe(1), "link");
        assert_eq!(OutputFormat::Title.describe(2), "2 titles");
        assert_eq!(OutputFormat::Key.describe(1), "citation key");
        assert_eq!(OutputFormat::Doi.describe_missing(1), "no DOI known for this paper");
    }
}
