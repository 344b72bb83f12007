//! The forms in which a paper is copied or written out.

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
    Bibtex,
    Biblatex,
    CslJson,
    Markdown,
    Abstract,
    Authors,
    Pdf,
    Ris,
    Nbib,
    EndNote,
    Jsonl,
    Tsv,
}

impl Form {
    pub const ALL: [Self; 19] = [
        Self::TitleAndLink,
        Self::Title,
        Self::Link,
        Self::Id,
        Self::Doi,
        Self::Key,
        Self::CiteCommand,
        Self::Bibtex,
        Self::Biblatex,
        Self::CslJson,
        Self::Markdown,
        Self::Abstract,
        Self::Authors,
        Self::Pdf,
        Self::Ris,
        Self::Nbib,
        Self::EndNote,
        Self::Jsonl,
        Self::Tsv,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::TitleAndLink => "title-link",
            Self::Title => "title",
            Self::Link => "link",
            Self::Id => "id",
            Self::Doi => "doi",
            Self::Key => "key",
            Self::CiteCommand => "cite",
            Self::Bibtex => "bibtex",
            Self::Biblatex => "biblatex",
            Self::CslJson => "csl-json",
            Self::Markdown => "markdown",
            Self::Abstract => "abstract",
            Self::Authors => "authors",
            Self::Pdf => "pdf",
            Self::Ris => "ris",
            Self::Nbib => "nbib",
            Self::EndNote => "endnote",
            Self::Jsonl => "jsonl",
            Self::Tsv => "tsv",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// The keys after `y` that copy in this form, the first of them to be shown.
    pub fn letters(self) -> &'static [char] {
        match self {
            Self::TitleAndLink => &['y'],
            Self::Title => &['t'],
            Self::Link => &['l', 'u'],
            Self::Id => &['i'],
            Self::Doi => &['d'],
            Self::Key => &['k'],
            Self::CiteCommand => &['x'],
            Self::Bibtex => &['b'],
            Self::Markdown => &['m'],
            Self::Abstract => &['a'],
            Self::Authors => &['A'],
            Self::Pdf => &['p'],
            Self::Biblatex => &['B'],
            Self::CslJson | Self::Ris | Self::Nbib | Self::EndNote | Self::Jsonl | Self::Tsv => &[],
        }
    }

    /// Whether an empty line stands between papers.
    pub fn is_apart(self) -> bool {
        matches!(
            self,
            Self::Bibtex | Self::Biblatex | Self::Abstract | Self::Ris | Self::Nbib | Self::EndNote
        )
    }

    /// Whether it goes into a file rather than into a line of text.
    pub fn is_file(self) -> bool {
        matches!(
            self,
            Self::Bibtex
                | Self::Biblatex
                | Self::CslJson
                | Self::Ris
                | Self::Nbib
                | Self::EndNote
                | Self::Jsonl
                | Self::Tsv
        )
    }

    /// What so many papers become: `link`, `2 titles`, `BibTeX of 3 papers`.
    pub fn what(self, papers: usize) -> String {
        match (self.noun(), papers) {
            ((one, _), 1) => one.to_owned(),
            ((_, Some(many)), _) => format!("{papers} {many}"),
            ((one, None), _) => format!("{one} of {papers} papers"),
        }
    }

    /// That so many papers lack what this form needs: `no DOI known for this paper`.
    pub fn lack(self, papers: usize) -> String {
        let one = self.noun().0;
        match papers {
            1 => format!("no {one} known for this paper"),
            _ => format!("no {one} known for {papers} papers"),
        }
    }

    /// What one paper becomes, and what several do where they can be counted.
    fn noun(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::TitleAndLink => ("title and link", None),
            Self::Title => ("title", Some("titles")),
            Self::Link => ("link", Some("links")),
            Self::Id => ("arXiv id", Some("arXiv ids")),
            Self::Doi => ("DOI", Some("DOIs")),
            Self::Key => ("citation key", Some("citation keys")),
            Self::CiteCommand => ("cite command", None),
            Self::Bibtex => ("BibTeX", None),
            Self::Biblatex => ("BibLaTeX", None),
            Self::CslJson => ("CSL-JSON", None),
            Self::Markdown => ("Markdown link", Some("Markdown links")),
            Self::Abstract => ("abstract", Some("abstracts")),
            Self::Authors => ("authors", None),
            Self::Pdf => ("PDF link", Some("PDF links")),
            Self::Ris => ("RIS", None),
            Self::Nbib => ("NBIB", None),
            Self::EndNote => ("EndNote", None),
            Self::Jsonl => ("JSON", None),
            Self::Tsv => ("TSV", None),
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
            assert_eq!(Form::parse(form.name()), Some(form));
            letters.extend(form.letters());
        }
        let all = letters.len();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), all);
        assert_eq!(Form::parse("pdfs"), None);
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
