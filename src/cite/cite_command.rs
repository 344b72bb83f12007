//! Commands that cite papers by key in LaTeX, Markdown or Typst.

use crate::text::sanitise;

/// A command that cites papers by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CiteCommand {
    /// `\cite{a,b}`
    #[default]
    Latex,
    /// `\citep{a,b}` of natbib.
    Natbib,
    /// `[@a; @b]`
    Pandoc,
    /// `@a @b`
    Typst,
    /// A template of the reader; `{keys}` is replaced by the keys, joined by commas.
    Template(String),
}

impl CiteCommand {
    /// Parses the name of a command, or a template with `{keys}`.
    ///
    /// # Errors
    ///
    /// Returns a message if `text` is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "latex" => Self::Latex,
            "natbib" => Self::Natbib,
            "pandoc" => Self::Pandoc,
            "typst" => Self::Typst,
            template if template.contains("{keys}") => Self::Template(template.to_owned()),
            _ => {
                return Err(format!(
                    "unknown cite command `{text}`: use latex, natbib, pandoc, typst, or a text with {{keys}}"
                ));
            }
        })
    }

    /// Formats the command; empty without keys.
    pub fn format(&self, keys: &[&str]) -> String {
        if keys.is_empty() {
            return String::new();
        }
        match self {
            Self::Latex => format!("\\cite{{{}}}", keys.join(",")),
            Self::Natbib => format!("\\citep{{{}}}", keys.join(",")),
            Self::Pandoc => format!("[@{}]", keys.join("; @")),
            Self::Typst => format!("@{}", keys.join(" @")),
            Self::Template(template) => {
                sanitise(&template.replace("{keys}", &keys.join(","))).into_owned()
            }
        }
    }
}
