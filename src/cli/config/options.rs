//! What the command line, the environment and the configuration mean together.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Config;
use super::input_sources::{Destination, sources};
use crate::app::{Beginning, Purpose, Settings, Theme};
use crate::cite::{Bibliographies, CiteStyle, Form, Template};
use crate::cli::args::Args;
use crate::cli::args::groups::{Printing, ReadingOptions};
use crate::cli::report::say;
use crate::domain::{KeyPattern, key_pattern};
use crate::formats::{Format, Names};
use crate::library::{Store, kept_keys};
use crate::shell::clipboard::{Setting, Surroundings};
use crate::shell::{self, remembered, remembered_style};
use crate::sources::{Cache, Reading, Source};

pub struct Options {
    pub args: Args,
    pub reading: Reading,
    pub settings: Settings,
    pub style: CiteStyle,
    /// The files of the reader's own bibliographies.
    pub bibliography: Vec<PathBuf>,
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
    pub fn new(args: Args, surroundings: &Surroundings) -> anyhow::Result<Self> {
        let (config, mut complaints) = read_config(args.setup.config.clone())?;
        let folder = config_folder(&args);
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
            reading: Reading {
                keys: keys(&args, config.citation_key)?,
                ..reading(&args.input.reading)?
            },
            settings,
            bibliography: config.bibliography.iter().map(|it| resolved(it, &folder)).collect(),
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
    pub fn tell_complaints(&self) {
        for complaint in self.complaints.iter().chain(&self.read_bibliographies()) {
            say(complaint);
        }
        self.use_kept_keys();
    }

    /// Has keys that were given out before known, where there is a library; nothing is made or
    /// written for that.
    pub fn use_kept_keys(&self) {
        let Some(file) = self.library().filter(|it| it.exists()) else { return };
        match Store::read_only(&file).and_then(|it| kept_keys(&it)) {
            Ok(keys) => self.style.bibliography.keep(keys),
            Err(why) => say(&format!("citation keys given out before are not used: {why}")),
        }
    }

    /// Reads the reader's own bibliographies, and returns what is wrong with them.
    pub fn read_bibliographies(&self) -> Vec<String> {
        let (read, complaints) = shell::bibliography(&self.bibliography);
        self.style.bibliography.fill(read);
        complaints
    }

    /// The file of the library, if there is a home for it.
    pub fn library(&self) -> Option<PathBuf> {
        library(self.args.shelf.file.library.clone(), &self.surroundings)
    }

    /// The sources of the run.
    ///
    /// # Errors
    ///
    /// When standard input, where no file is named, holds something else than papers.
    pub fn sources(&self, destination: Destination) -> anyhow::Result<Vec<Source>> {
        sources(&self.args.input, &self.reading, destination)
    }
}

/// The form in which papers are printed: the one that was typed, the one that a style or a text of
/// one's own is meant for, or else the usual one.
///
/// # Errors
///
/// A sentence, when one of the options would have no effect on the form of another.
pub fn form(printing: &Printing, usual: Form) -> anyhow::Result<Form> {
    let form = printing.form.as_deref().and_then(Form::parse);
    let (style, template) = (printing.style.is_some(), printing.template.is_some());
    match (form, style, template) {
        (Some(Form::Template) | None, false, true) => Ok(Form::Template),
        (Some(Form::Reference) | None, true, false) => Ok(Form::Reference),
        (form, false, false) => Ok(form.unwrap_or(usual)),
        (None, true, true) => bail!("--style and --template do not go together; leave one out"),
        (Some(form), true, _) => {
            bail!("--style has no effect on --as {}; it goes with --as reference", form.name())
        }
        (Some(form), false, true) => {
            bail!("--template has no effect on --as {}; leave one out", form.name())
        }
    }
}

/// The form of papers that are chosen on a screen, where a style and a text are of use to copies
/// also.
pub fn picked_form(printing: &Printing) -> anyhow::Result<Form> {
    match printing.form.as_deref().and_then(Form::parse) {
        Some(form) => Ok(form),
        None => form(printing, Form::Title),
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
pub fn reading(input: &ReadingOptions) -> anyhow::Result<Reading> {
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
    let Some(text) = &args.setup.keys.key_pattern else { return Ok(configured) };
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
    if args.setup.keys.key_pattern.is_some() {
        style.bibliography = Bibliographies::with_new_keys();
    }
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
pub fn cache_directory() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let named = std::env::var_os("OFFPRINT_CACHE").filter(|it| !it.is_empty()).map(PathBuf::from);
    let usual = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("offprint"));
    named.or_else(usual)
}

/// The file of the library: the one that was named, here or in the environment, or the usual one.
pub fn library(named: Option<PathBuf>, surroundings: &Surroundings) -> Option<PathBuf> {
    named
        .or_else(|| {
            std::env::var_os("OFFPRINT_LIBRARY").filter(|it| !it.is_empty()).map(PathBuf::from)
        })
        .or_else(|| surroundings.state_dir.as_ref().map(|it| it.join("library.db")))
}

/// The folder that the configuration lies in.
fn config_folder(args: &Args) -> PathBuf {
    let path = args.setup.config.clone().or_else(super::path).unwrap_or_default();
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// A file that the configuration names: in the working directory, or else beside the configuration.
fn resolved(name: &str, folder: &Path) -> PathBuf {
    let path = shell::expanded(name);
    let beside = folder.join(&path);
    if !path.exists() && beside.exists() { beside } else { path }
}

/// The configuration and what is wrong with it. A missing one is the default, unless it was named.
pub fn read_config(named: Option<PathBuf>) -> anyhow::Result<(Config, Vec<String>)> {
    let is_named = named.is_some();
    let Some(path) = named.or_else(super::path) else {
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
