//! What the command line, the environment and the configuration mean together.

use std::ffi::OsStr;
use std::path::PathBuf;

use anyhow::Context as _;

use super::args::{Args, Input};
use super::config::{self, Config};
use crate::app::{Beginning, Purpose, Settings, Theme};
use crate::cite::{CiteStyle, Form, Template, key_pattern};
use crate::domain::KeyPattern;
use crate::formats::{Format, Names};
use crate::shell::clipboard::{Setting, Surroundings};
use crate::shell::{self, remembered, remembered_style};
use crate::sources::{Cache, Reading, Source};

pub(super) struct Options {
    pub args: Args,
    pub sources: Vec<Source>,
    pub reading: Reading,
    pub settings: Settings,
    pub style: CiteStyle,
    /// The reader's own bibliographies.
    pub bibliography: Vec<String>,
    pub clipboard: Setting,
    pub surroundings: Surroundings,
    pub cache: Option<Cache>,
    /// What is wrong with the configuration.
    pub complaints: Vec<String>,
}

impl Options {
    /// Reads the configuration and puts all together.
    ///
    /// # Errors
    ///
    /// When a way to copy is unknown, or a configuration that was named cannot be read.
    pub(super) fn new(args: Args, surroundings: &Surroundings) -> anyhow::Result<Self> {
        let (config, mut complaints) = read_config(args.setup.config.clone())?;
        let style = cite_style(&args, &config, surroundings, &mut complaints)?;
        let clipboard = match &args.copying.clipboard {
            Some(way) => way.parse().context("--clipboard")?,
            None => config.clipboard,
        };
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        let layout = surroundings.state_dir.as_deref().and_then(remembered);
        let settings = Settings {
            keymap: config.keymap,
            theme: if no_colour { Theme::Plain } else { config.theme },
            arrangement: config.arrangement.or(layout).unwrap_or_default(),
            copy_form: config.copy_form,
            style: style.style.clone(),
            bibliography: style.bibliography.clone(),
            purpose: if args.pick { Purpose::Pick } else { Purpose::Browse },
            beginning: beginning(&args),
        };
        Ok(Self {
            sources: sources(&args.input.files),
            reading: Reading { keys: keys(&args, config.citation_key)?, ..reading(&args.input)? },
            settings,
            bibliography: config.bibliography,
            style,
            clipboard,
            surroundings: surroundings.clone(),
            cache: config
                .cache
                .most()
                .zip(cache_directory())
                .map(|(most, it)| Cache::new(it, most)),
            complaints,
            args,
        })
    }

    /// Says what is wrong with the configuration, and reads the reader's own bibliographies.
    pub(super) fn tell_complaints(&self) {
        for complaint in self.complaints.iter().chain(&self.read_bibliographies()) {
            super::say(complaint);
        }
    }

    /// Reads the reader's own bibliographies, and returns what is wrong with them.
    pub(super) fn read_bibliographies(&self) -> Vec<String> {
        let (read, complaints) = shell::bibliography(&self.bibliography);
        self.style.bibliography.fill(read);
        complaints
    }

    /// The file of the library, if there is a home for it.
    pub(super) fn library(&self) -> Option<PathBuf> {
        library(self.args.shelf.library.clone(), &self.surroundings)
    }

    /// The form in which papers are printed.
    pub(super) fn form(&self) -> Form {
        self.args.printing.form().unwrap_or(Form::Title)
    }
}

/// Whoever says what to search is not taken elsewhere.
fn beginning(args: &Args) -> Beginning {
    let has_search = args.query.is_some() || args.shelf.saved.is_some();
    if args.shelf.fresh || has_search { Beginning::AtTheTop } else { Beginning::Back }
}

/// How the command line says that sources are to be read.
///
/// # Errors
///
/// When a field is unknown.
pub(super) fn reading(input: &Input) -> anyhow::Result<Reading> {
    let format = input.from.as_deref();
    let format = format.and_then(|name| Format::ALL.into_iter().find(|it| it.name() == name));
    let mut names = Names::default();
    for pair in &input.map {
        names.add(pair).context("--map")?;
    }
    Ok(Reading { format, names, ..Reading::default() })
}

/// What citation keys are made of.
fn keys(args: &Args, configured: KeyPattern) -> anyhow::Result<KeyPattern> {
    let Some(text) = &args.setup.key_pattern else { return Ok(configured) };
    key_pattern(text).map_err(anyhow::Error::msg).context("--key-pattern")
}

/// How citations are written. A style that was asked for by argument must be there; one that the
/// configuration names is complained of.
fn cite_style(
    args: &Args,
    config: &Config,
    surroundings: &Surroundings,
    complaints: &mut Vec<String>,
) -> anyhow::Result<CiteStyle> {
    let mut style = CiteStyle {
        command: config.cite.clone(),
        template: config.template.clone(),
        ..CiteStyle::default()
    };
    if let Some(name) = &args.printing.style {
        style.style = shell::style(name).map_err(anyhow::Error::msg).context("--style")?;
    } else if let Some(name) = &config.style {
        match shell::style(name) {
            Ok(found) => style.style = found,
            Err(why) => complaints.push(why),
        }
    } else if let Some(name) = surroundings.state_dir.as_deref().and_then(remembered_style) {
        // One that has gone since is no reason to complain at every start.
        style.style = shell::style(&name).unwrap_or_default();
    }
    if let Some(text) = &args.printing.template {
        style.template = Template::parse(text).map_err(anyhow::Error::msg).context("--template")?;
    }
    Ok(style)
}

/// Where what was read of large files is kept, if there is a place for it.
pub(super) fn cache_directory() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let named = std::env::var_os("OFFPRINT_CACHE").filter(|it| !it.is_empty()).map(PathBuf::from);
    let usual = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("offprint"));
    named.or_else(usual)
}

/// The file of the library: the one that was named, here or in the environment, or the usual one.
pub(super) fn library(named: Option<PathBuf>, surroundings: &Surroundings) -> Option<PathBuf> {
    named
        .or_else(|| {
            std::env::var_os("OFFPRINT_LIBRARY").filter(|it| !it.is_empty()).map(PathBuf::from)
        })
        .or_else(|| surroundings.state_dir.as_ref().map(|it| it.join("library.db")))
}

pub(super) fn sources(files: &[PathBuf]) -> Vec<Source> {
    let source = |file: &PathBuf| match file.as_os_str() {
        name if name == OsStr::new("-") => Source::Stdin,
        _ => Source::File(file.clone()),
    };
    match files {
        [] if super::is_piped_in() => vec![Source::Stdin],
        [] => vec![Source::Builtin],
        files => files.iter().map(source).collect(),
    }
}

/// The configuration and what is wrong with it. A missing one is the default, unless it was named.
fn read_config(named: Option<PathBuf>) -> anyhow::Result<(Config, Vec<String>)> {
    let is_named = named.is_some();
    let Some(path) = named.or_else(config::path) else {
        return Ok((Config::default(), Vec::new()));
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let (config, complaints) = Config::parse(&text);
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let complaints = complaints.into_iter().map(|it| format!("{file}: {it}")).collect();
            Ok((config, complaints))
        }
        Err(error) if is_named || error.kind() != std::io::ErrorKind::NotFound => {
            let shown = path.display().to_string();
            Err(error).with_context(|| format!("cannot read the configuration {shown}"))
        }
        Err(_) => Ok((Config::default(), Vec::new())),
    }
}
