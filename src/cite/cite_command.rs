//! The command that cites papers by their keys.

use crate::text::sanitise;

/// The command that cites papers by their keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum CiteCommand {
    /// `\cite{a,b}`
    #[default]
    Latex,
    /// `\citep{a,b}`, as natbib has it.
    Natbib,
    /// `[@a; @b]`
    Pandoc,
    /// `@a @b`
    Typst,
    /// A text of the reader's own, in which `{keys}` stands for the keys joined by commas.
    Template(String),
}

impl CiteCommand {
    /// Reads the name of a command, or a text of the reader's own.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, String> {
        Ok(match text {
            "latex" => Self::Latex,
            "natbib" => Self::Natbib,
            "pandoc" => Self::Pandoc,
            "typst" => Self::Typst,
            template if template.contains("{keys}") => Self::Template(template.to_owned()),
            _ => {
                return Err(format!(
                    "`{text}` is not one of latex, natbib, pandoc, typst, nor a text with {{keys}} in it"
                ));
            }
        })
    }

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
