//! The forms in which papers are copied or written out.

/// What a paper becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
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

/// What there is to know of a form.
struct About {
    form: Form,
    /// The name on the command line.
    name: &'static str,
    /// The keys after `y` that copy in this form, the first of them to be shown.
    letters: &'static [char],
    /// What one paper becomes.
    one: &'static str,
    /// What several become, where they can be counted.
    many: Option<&'static str>,
    /// What the names of such files end with, if it goes into a file.
    extension: Option<&'static str>,
}

const fn line(
    form: Form,
    name: &'static str,
    letters: &'static [char],
    one: &'static str,
    many: Option<&'static str>,
) -> About {
    About { form, name, letters, one, many, extension: None }
}

const fn file(
    form: Form,
    name: &'static str,
    letters: &'static [char],
    one: &'static str,
    extension: &'static str,
) -> About {
    About { form, name, letters, one, many: None, extension: Some(extension) }
}

/// The forms, in the order in which they are declared.
const TABLE: [About; 26] = [
    line(Form::TitleAndLink, "title-link", &['y'], "title and link", None),
    line(Form::Title, "title", &['t'], "title", Some("titles")),
    line(Form::Link, "link", &['l', 'u'], "link", Some("links")),
    line(Form::Id, "id", &['i'], "arXiv id", Some("arXiv ids")),
    line(Form::Doi, "doi", &['d'], "DOI", Some("DOIs")),
    line(Form::Key, "key", &['k'], "citation key", Some("citation keys")),
    line(Form::CiteCommand, "cite", &['x'], "cite command", None),
    line(Form::Reference, "reference", &['c'], "reference", Some("references")),
    file(Form::Bibtex, "bibtex", &['b'], "BibTeX", "bib"),
    file(Form::Biblatex, "biblatex", &['B'], "BibLaTeX", "bib"),
    line(Form::Markdown, "markdown", &['m'], "Markdown link", Some("Markdown links")),
    line(Form::Org, "org", &['o'], "Org link", Some("Org links")),
    line(Form::Typst, "typst", &['T'], "Typst link", Some("Typst links")),
    line(Form::Html, "html", &['h'], "HTML link", Some("HTML links")),
    line(Form::Template, "template", &['f'], "text", Some("texts")),
    line(Form::Abstract, "abstract", &['a'], "abstract", Some("abstracts")),
    line(Form::Authors, "authors", &['A'], "authors", None),
    line(Form::Pdf, "pdf", &['p'], "PDF link", Some("PDF links")),
    file(Form::CslJson, "csl-json", &[], "CSL-JSON", "json"),
    file(Form::Hayagriva, "hayagriva", &[], "Hayagriva", "yml"),
    file(Form::Ris, "ris", &[], "RIS", "ris"),
    file(Form::Nbib, "nbib", &[], "NBIB", "nbib"),
    file(Form::EndNote, "endnote", &[], "EndNote", "enw"),
    file(Form::Jsonl, "jsonl", &[], "JSON", "jsonl"),
    file(Form::Csv, "csv", &[], "CSV", "csv"),
    file(Form::Tsv, "tsv", &[], "TSV", "tsv"),
];

impl Form {
    /// The forms as a menu offers them for a file: bibliographies first.
    pub const FOR_FILES: [Self; TABLE.len()] = [
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
        Self::Authors,
        Self::Id,
        Self::Doi,
        Self::Key,
        Self::CiteCommand,
        Self::Pdf,
    ];

    pub const ALL: [Self; TABLE.len()] = {
        let mut all = [Self::Title; TABLE.len()];
        let mut at = 0;
        while at < TABLE.len() {
            all[at] = TABLE[at].form;
            at += 1;
        }
        all
    };

    const fn about(self) -> &'static About {
        &TABLE[self as usize]
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// Shorter names that stand for forms: the endings of such files, and the names of their
    /// notations.
    pub const ALIASES: [(&str, Self); 3] =
        [("bib", Self::Bibtex), ("json", Self::CslJson), ("yaml", Self::Hayagriva)];

    /// The form of that name, or of a shorter one.
    pub fn parse(name: &str) -> Option<Self> {
        let shorter = || Self::ALIASES.into_iter().find(|(it, _)| *it == name);
        let full = Self::ALL.into_iter().find(|it| it.name() == name);
        full.or_else(|| shorter().map(|(_, form)| form))
    }

    /// The keys after `y` that copy in this form, the first of them to be shown.
    pub fn letters(self) -> &'static [char] {
        self.about().letters
    }

    /// Whether an empty line stands between papers.
    pub fn is_apart(self) -> bool {
        matches!(
            self,
            Self::Bibtex
                | Self::Biblatex
                | Self::Hayagriva
                | Self::Abstract
                | Self::Ris
                | Self::Nbib
                | Self::EndNote
        )
    }

    /// Whether it goes into a file rather than into a line of text.
    pub fn is_file(self) -> bool {
        self.about().extension.is_some()
    }

    /// What the name of a file with such papers ends with.
    pub fn extension(self) -> &'static str {
        self.about().extension.unwrap_or(match self {
            Self::Markdown => "md",
            Self::Org => "org",
            Self::Typst => "typ",
            Self::Html => "html",
            _ => "txt",
        })
    }

    /// Whether papers in it are records of a bibliography, to which more can be added.
    pub fn is_bibliography(self) -> bool {
        matches!(self, Self::Bibtex | Self::Biblatex | Self::Ris | Self::Nbib | Self::EndNote)
            || matches!(self, Self::Hayagriva | Self::Jsonl)
    }

    /// Whether it is the address of a paper, alone or with its title.
    pub fn is_link(self) -> bool {
        matches!(self, Self::TitleAndLink | Self::Link | Self::Markdown)
            || matches!(self, Self::Org | Self::Typst | Self::Html)
    }

    /// What so many papers become: `link`, `2 titles`, `BibTeX of 3 papers`.
    pub fn what(self, papers: usize) -> String {
        let About { one, many, .. } = self.about();
        match (papers, many) {
            (1, _) => (*one).to_owned(),
            (_, Some(many)) => format!("{papers} {many}"),
            (_, None) => format!("{one} of {papers} papers"),
        }
    }

    /// That so many papers lack what this form needs: `no DOI known for this paper`.
    pub fn lack(self, papers: usize) -> String {
        let what = if self.is_link() { Self::Link.about().one } else { self.about().one };
        match (self, papers) {
            (Self::Reference, 1) => "the citation style prints nothing for this paper".to_owned(),
            (Self::Reference, _) => {
                format!("the citation style prints nothing for {papers} papers")
            }
            (_, 1) => format!("no {what} known for this paper"),
            _ => format!("no {what} known for {papers} papers"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_found_by_its_name_and_no_two_share_a_key() {
        let mut letters: Vec<char> = Vec::new();
        for form in Form::ALL {
            assert_eq!(form.about().form, form);
            assert_eq!(Form::parse(form.name()), Some(form));
            letters.extend(form.letters());
        }
        let all = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), all);
        assert_eq!(Form::parse("pdfs"), None);
        for (name, form) in Form::ALIASES {
            assert_eq!(Form::parse(name), Some(form));
            assert!(Form::ALL.iter().all(|it| it.name() != name), "{name} is a name of its own");
        }
    }

    #[test]
    fn a_form_says_what_it_makes_of_so_many_papers() {
        assert_eq!(Form::Bibtex.what(3), "BibTeX of 3 papers");
        assert_eq!(Form::Link.what(1), "link");
        assert_eq!(Form::Title.what(2), "2 titles");
        assert_eq!(Form::Key.what(1), "citation key");
        assert_eq!(Form::Doi.lack(1), "no DOI known for this paper");
    }
}
