//! The styles of references: those that are built in, and files of the reader's own.

use std::sync::Arc;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, LocaleCode, Style as Csl};

use super::{builtin_styles, render_cost, sample_papers, style_limits};
use crate::text::{sanitise, truncate};

/// Styles that are asked for by short names, in the order in which they are offered.
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
/// The style of the Association for Computational Linguistics, which the archive lacks.
const ACL_STYLE: &str = include_str!("acl.csl");

/// What a test keeps from happening.
const UNREADABLE: &str = "the built-in style cannot be read";

/// Columns of a message on what is wrong with a style.
const MAX_MESSAGE_CELLS: usize = 160;

/// How references are set. It is small; what it names is read when a reference is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    name: Arc<str>,
    source: StyleSource,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum StyleSource {
    Archive(ArchivedStyle),
    /// The XML of a style that the archive lacks.
    BuiltIn(&'static str),
    /// The XML of the reader's own.
    Text(Arc<str>),
}

impl Default for Style {
    fn default() -> Self {
        Self::from_archive(COMMON_STYLES[0].0, COMMON_STYLES[0].1)
    }
}

impl Style {
    /// Length of a style file, in bytes.
    pub const MAX_BYTES: usize = style_limits::MAX_STYLE_BYTES;

    fn from_archive(name: &str, style: ArchivedStyle) -> Self {
        Self { name: name.into(), source: StyleSource::Archive(style) }
    }

    /// Every style that is built in: those that are asked for most first, then in the order of
    /// their names.
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> =
            COMMON_STYLES.map(|(name, style)| Self::from_archive(name, style)).to_vec();
        all.push(Self { name: "acl".into(), source: StyleSource::BuiltIn(ACL_STYLE) });
        let common = |it: &ArchivedStyle| COMMON_STYLES.iter().any(|(_, style)| style == it);
        let rest = ArchivedStyle::all().iter().filter(|it| !common(it));
        let mut rest: Vec<Self> =
            rest.filter_map(|it| Some(Self::from_archive(it.names().first()?, *it))).collect();
        rest.sort_by(|a, b| a.name.cmp(&b.name));
        all.extend(rest);
        all
    }

    /// The built-in style of that name.
    pub fn find(name: &str) -> Option<Self> {
        let own = Self::all().into_iter().find(|it| &*it.name == name);
        own.or_else(|| ArchivedStyle::by_name(name).map(|it| Self::from_archive(name, it)))
    }

    /// A style of the reader's own, from the text of a `.csl` file.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong with it.
    ///
    /// A style that would overflow the stack or never end is refused before it renders anything;
    /// one that is accepted has rendered sample papers.
    pub fn from_xml(name: &str, xml: &str) -> Result<Self, String> {
        let explain = |why: String| format!("{name}: {}", shorten(&why));
        style_limits::check_style_text(xml).map_err(explain)?;
        let style = Self { name: name.into(), source: StyleSource::Text(xml.into()) };
        let rules = style.load()?;
        render_cost::check(&rules).map_err(explain)?;
        sample_papers::render_samples(rules).map_err(explain)?;
        Ok(style)
    }

    /// How it is asked for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it calls itself.
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
        let explain = |why: String| format!("{}: {}", self.name, shorten(&why));
        Csl::from_xml(xml).map_err(|error| explain(error.source.to_string()))
    }

    /// The style with all its rules. A style that only names another is that other.
    ///
    /// # Errors
    ///
    /// When the text of the style cannot be parsed: a sentence with the name of the style.
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
                let known =
                    ArchivedStyle::by_id(&parent).map(|it| Self::from_archive("", it).load());
                known.unwrap_or_else(|| {
                    Err(format!("{}: it rests on {parent}, which is not built in", self.name))
                })
            }
        }
    }
}

/// The message on one line: one of the parser quotes the file, lines and all.
fn shorten(why: &str) -> String {
    let words: Vec<&str> = why.split_whitespace().collect();
    truncate(&sanitise(&words.join(" ")), MAX_MESSAGE_CELLS).into_owned()
}

/// Cite Them Right is a British guide, which the style leaves unsaid.
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
        let why = Style::from_xml("mine.csl", "<style>").unwrap_err();
        assert!(why.starts_with("mine.csl: "), "{why}");
        assert!(Style::from_xml("mine.csl", ACL_STYLE).is_ok());
        let why = Style::from_xml("mine.csl", "<style></sty\n<group>\nle></style>").unwrap_err();
        assert!(why.contains("expected") && !why.contains('\n'), "{why}");
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
        for (macros, why) in [
            (element(0, &call(0)), "its macro \"m0\" calls itself"),
            (
                doubling + &element(40, r#"<text value="a"/>"#),
                "its macros call each other too often",
            ),
            (element(0, &groups), "nests more than 40 elements"),
            (element(0, r#"<text variable="archive"/>"#), "prints nothing for any sample paper"),
        ] {
            let told = Style::from_xml("mine.csl", &style(&macros)).unwrap_err();
            assert_eq!(told, format!("mine.csl: {why}"));
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
        let why = Style::from_xml("mine.csl", &dependent("pink")).unwrap_err();
        assert!(why.ends_with("styles/pink, which is not built in"), "{why}");
    }
}
