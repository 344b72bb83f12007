//! The styles of references: built-in ones and `.csl` files of the reader.

use std::sync::Arc;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, LocaleCode, Style as Csl};

use super::{builtin_styles, render_cost, sample_papers, style_limits};
use crate::text::{sanitise, truncate};

/// Short names of common styles, in the order in which they are listed.
const COMMON_STYLES: [(&str, ArchivedStyle); 9] = [
    ("apa", ArchivedStyle::AmericanPsychologicalAssociation),
    ("mla", ArchivedStyle::ModernLanguageAssociation),
    ("chicago", ArchivedStyle::ChicagoAuthorDate),
    ("chicago-notes", ArchivedStyle::ChicagoNotes),
    ("ieee", ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers),
    ("acm", ArchivedStyle::AssociationForComputingMachinery),
    ("vancouver", ArchivedStyle::NlmCitationSequence),
    ("nature", ArchivedStyle::Nature),
    ("harvard", ArchivedStyle::HarvardCiteThemRight),
];
/// The style of the Association for Computational Linguistics, which hayagriva's archive lacks.
const ACL_STYLE: &str = include_str!("acl.csl");

/// Cannot occur, because a test reads every built-in style.
const UNREADABLE: &str = "unreadable built-in style";

/// Maximum width of a message about an invalid style, in terminal cells.
const MAX_MESSAGE_CELLS: usize = 160;

/// A style of references. Cheap to clone: built-in styles are parsed only on use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    name: Arc<str>,
    source: StyleSource,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum StyleSource {
    Archive(ArchivedStyle),
    /// XML of a built-in style that the archive lacks.
    BuiltIn(&'static str),
    /// XML of a user style.
    Text(Arc<str>),
}

impl Default for Style {
    fn default() -> Self {
        Self::from_archive(COMMON_STYLES[0].0, COMMON_STYLES[0].1)
    }
}

impl Style {
    /// Maximum length of a style file, in bytes.
    pub const MAX_BYTES: usize = style_limits::MAX_STYLE_BYTES;

    fn from_archive(name: &str, style: ArchivedStyle) -> Self {
        Self { name: name.into(), source: StyleSource::Archive(style) }
    }

    /// Returns all built-in styles: common ones first, then the rest by name.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> =
            COMMON_STYLES.map(|(name, style)| Self::from_archive(name, style)).to_vec();
        all.push(Self { name: "acl".into(), source: StyleSource::BuiltIn(ACL_STYLE) });
        let common = |it: &ArchivedStyle| COMMON_STYLES.iter().any(|(_, style)| style == it);
        let others = ArchivedStyle::all().iter().filter(|it| !common(it));
        let mut others: Vec<Self> =
            others.filter_map(|it| Some(Self::from_archive(it.names().first()?, *it))).collect();
        others.sort_by(|a, b| a.name.cmp(&b.name));
        all.extend(others);
        all
    }

    /// Finds a built-in style by its name or by any alias of the archive.
    pub fn find(name: &str) -> Option<Self> {
        let built_in = Self::all().into_iter().find(|it| &*it.name == name);
        built_in.or_else(|| ArchivedStyle::by_name(name).map(|it| Self::from_archive(name, it)))
    }

    /// Parses a user style from the text of a `.csl` file. It must pass the limits of size and
    /// cost, so that it cannot overflow the stack or run forever, and render the sample papers.
    ///
    /// # Errors
    ///
    /// Returns a message that says what is wrong with the style.
    pub fn from_xml(name: &str, xml: &str) -> Result<Self, String> {
        let explain = |reason: String| format!("{name}: {}", shorten(&reason));
        style_limits::check_style_text(xml).map_err(explain)?;
        let style = Self { name: name.into(), source: StyleSource::Text(xml.into()) };
        let rules = style.load()?;
        render_cost::check(&rules).map_err(explain)?;
        sample_papers::render_samples(rules).map_err(explain)?;
        Ok(style)
    }

    /// Returns the name for the command line.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the title of the style; empty if its text cannot be parsed.
    pub fn title(&self) -> String {
        match &self.source {
            StyleSource::Archive(style) => style.display_name().to_owned(),
            StyleSource::BuiltIn(_) => "Association for Computational Linguistics".to_owned(),
            StyleSource::Text(_) => self.load().map(|it| it.info.title.value).unwrap_or_default(),
        }
    }

    pub fn is_built_in(&self) -> bool {
        match self.source {
            StyleSource::Archive(_) | StyleSource::BuiltIn(_) => true,
            StyleSource::Text(_) => false,
        }
    }

    fn parse(&self, xml: &str) -> Result<Csl, String> {
        let explain = |reason: String| format!("{}: {}", self.name, shorten(&reason));
        Csl::from_xml(xml).map_err(|error| explain(error.source.to_string()))
    }

    /// Parses the style. A dependent style is replaced by its parent.
    ///
    /// # Errors
    ///
    /// Returns a message with the name of the style if its text cannot be parsed or its parent is
    /// not built in.
    pub fn load(&self) -> Result<IndependentStyle, String> {
        let style = match &self.source {
            StyleSource::Archive(style) => {
                with_british_locale(*style, builtin_styles::style(*style).ok_or(UNREADABLE)?)
            }
            StyleSource::BuiltIn(xml) => self.parse(xml)?,
            StyleSource::Text(xml) => self.parse(xml)?,
        };
        match style {
            Csl::Independent(style) => Ok(style),
            Csl::Dependent(style) => {
                let parent = style.parent_link.href;
                let known_style =
                    ArchivedStyle::by_id(&parent).map(|it| Self::from_archive("", it).load());
                known_style.unwrap_or_else(|| {
                    Err(format!("{}: depends on {parent}, which is not built in", self.name))
                })
            }
        }
    }
}

/// Shortens a parser error to one line, because it quotes the file with its line breaks.
fn shorten(reason: &str) -> String {
    let words: Vec<&str> = reason.split_whitespace().collect();
    truncate(&sanitise(&words.join(" ")), MAX_MESSAGE_CELLS).into_owned()
}

/// Sets the locale of Cite Them Right, a British guide, to `en-GB`; the style itself sets none.
fn with_british_locale(style: ArchivedStyle, mut csl: Csl) -> Csl {
    if let (ArchivedStyle::HarvardCiteThemRight, Csl::Independent(csl)) = (style, &mut csl) {
        csl.default_locale.get_or_insert_with(|| LocaleCode("en-GB".to_owned()));
    }
    csl
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_style_loads_and_is_found_by_its_name() {
        let all = Style::all();
        assert!(all.len() > 80, "{}", all.len());
        for style in all {
            assert_eq!(Style::find(style.name()).as_ref(), Some(&style));
            assert!(!style.title().is_empty());
            style.load().unwrap();
        }
        assert_eq!(
            Style::find("american-psychological-association").unwrap().title(),
            "APA Style 7th edition"
        );
        assert_eq!(Style::find("pink"), None);
    }

    #[test]
    fn a_file_that_is_no_style_is_refused_with_its_name() {
        let reason = Style::from_xml("mine.csl", "<style>").unwrap_err();
        assert!(reason.starts_with("mine.csl: "), "{reason}");
        assert!(Style::from_xml("mine.csl", ACL_STYLE).is_ok());
        let reason = Style::from_xml("mine.csl", "<style></sty\n<group>\nle></style>").unwrap_err();
        assert!(reason.contains("expected") && !reason.contains('\n'), "{reason}");
    }

    #[test]
    fn a_style_that_would_never_end_is_refused_in_one_line() {
        let style = |macros: &str| {
            format!(
                r#"<style version="1.0" class="in-text"><info><title>T</title><id>t</id></info>
                {macros}<citation><layout><text macro="m0"/></layout></citation></style>"#
            )
        };
        let element = |at: usize, body: &str| format!(r#"<macro name="m{at}">{body}</macro>"#);
        let call = |at: usize| format!(r#"<text macro="m{at}"/>"#);
        let double = |at| element(at, &call(at + 1).repeat(2));
        let doubling: String = (0..40).map(double).collect();
        let groups = format!("{}{}", "<group>".repeat(20_000), "</group>".repeat(20_000));
        for (macros, reason) in [
            (element(0, &call(0)), "macro \"m0\" calls itself"),
            (doubling + &element(40, r#"<text value="a"/>"#), "too many nested macro calls"),
            (element(0, &groups), "elements nested more than 40 deep"),
            (element(0, r#"<text variable="archive"/>"#), "prints nothing for any sample paper"),
        ] {
            let message = Style::from_xml("mine.csl", &style(&macros)).unwrap_err();
            assert_eq!(message, format!("mine.csl: {reason}"));
        }
        assert!(
            Style::from_xml("mine.csl", &style(&element(0, r#"<text variable="title"/>"#))).is_ok()
        );
    }

    #[test]
    fn a_style_that_only_names_another_is_that_other() {
        let dependent = |parent: &str| {
            format!(
                r#"<style version="1.0"><info><title>T</title><id>t</id>
                <link href="http://www.zotero.org/styles/{parent}" rel="independent-parent"/>
                </info></style>"#
            )
        };
        assert!(Style::from_xml("mine.csl", &dependent("ieee")).is_ok());
        let reason = Style::from_xml("mine.csl", &dependent("pink")).unwrap_err();
        assert!(reason.ends_with("styles/pink, which is not built in"), "{reason}");
    }
}
