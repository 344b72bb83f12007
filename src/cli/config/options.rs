//! Options of a run, merged from the command line, the environment and the configuration.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};

use super::file::read_config;
use super::inbox::inbox_directory;
use super::input_sources::{OutputTarget, input_sources};
use super::{CacheSize, Config, ScreenConfig};
use crate::app::{Appearance, Background, ColorDepth, RunMode, Settings, StartAt, Theme};
use crate::cite::{CiteOptions, OutputFormat, SharedBibliography, Template};
use crate::cli::args::Args;
use crate::cli::args::groups::{PrintArgs, ReadArgs};
use crate::cli::report::report;
use crate::digest::MailSettings;
use crate::domain::{KeyPattern, parse_key_pattern};
use crate::formats::{FieldNames, Format};
use crate::library::{Store, read_issued_keys};
use crate::shell::clipboard::{ClipboardSetting, Environment};
use crate::shell::{self, load_layout, load_style, load_theme};
use crate::sources::{Cache, InboxSettings, NetworkAccess, OnlineSettings, ReadOptions, Source};

/// Maximum size of the kept replies of services, in bytes.
const MAX_REPLY_BYTES: u64 = 500_000_000;

pub struct Options {
    pub args: Args,
    pub read_options: ReadOptions,
    pub settings: Settings,
    pub style: CiteOptions,
    /// Paths of the user's bibliographies.
    pub bibliography_files: Vec<PathBuf>,
    pub clipboard: ClipboardSetting,
    pub environment: Environment,
    pub cache: Option<Cache>,
    /// The time that a lone Esc waits for the rest of a key's sequence, if configured.
    pub escape_timeout: Option<Duration>,
    pub mail: MailSettings,
    /// Errors of the configuration.
    pub complaints: Vec<String>,
}

impl Options {
    /// Reads the configuration and merges all options.
    ///
    /// # Errors
    ///
    /// Returns an error if an option is invalid, or if a file given by `--config` cannot be read.
    pub fn new(args: Args, environment: &Environment) -> anyhow::Result<Self> {
        let (config, complaints) = read_config(args.config_args.config.clone())?;
        let folder = config_folder(&args);
        let style = cite_style(&args, &config, environment)?;
        let clipboard = match &args.clipboard_args.clipboard {
            Some(method) => method.parse().context("--clipboard")?,
            None => config.clipboard,
        };
        let layout = environment.state_dir.as_deref().and_then(load_layout);
        let settings = Settings {
            keymap: config.keymap,
            lang_map: config.input.lang_map,
            appearance: appearance(&args, &config.screen, environment),
            mouse: config.input.mouse,
            layout_mode: config.screen.layout_mode.or(layout).unwrap_or_default(),
            copy_format: config.copy_format,
            style: style.style.clone(),
            bibliography: style.bibliography.clone(),
            run_mode: if args.screen_args.pick { RunMode::Pick } else { RunMode::Browse },
            pick_at_once: args.screen_args.picking.decisive_counts(),
            start_at: start_at(&args),
            columns: config.screen.columns,
        };
        Ok(Self {
            read_options: ReadOptions {
                key_pattern: key_pattern_option(&args, config.citation_key)?,
                inbox: inbox_settings(&args, environment),
                online: Arc::new(online_settings(&args, config.network.online, config.cache)),
                ..parse_read_options(&args.input.read_args)?
            },
            settings,
            bibliography_files: config
                .bibliography
                .iter()
                .map(|it| resolve_path(it, &folder))
                .collect(),
            style,
            clipboard,
            environment: environment.clone(),
            cache: config
                .cache
                .max_bytes()
                .zip(cache_directory())
                .map(|(max_bytes, it)| Cache::new(it, max_bytes)),
            escape_timeout: config.input.escape_timeout,
            mail: config.network.mail,
            complaints,
            args,
        })
    }

    /// Reports errors of the configuration, and reads the user's bibliographies and stored citation
    /// keys.
    pub fn report_complaints(&self) {
        for complaint in self.complaints.iter().chain(&self.read_bibliographies()) {
            report(complaint);
        }
        self.load_stored_keys();
    }

    /// Loads citation keys assigned earlier, if a library exists. It is opened read-only.
    pub fn load_stored_keys(&self) {
        let Some(file) = self.library_file().filter(|it| it.exists()) else { return };
        match Store::open_read_only(&file).and_then(|it| read_issued_keys(&it)) {
            Ok(keys) => self.style.bibliography.add_assigned_keys(keys),
            Err(reason) => report(&format!("stored citation keys are ignored: {reason}")),
        }
    }

    /// Reads the user's bibliographies and returns the errors.
    pub fn read_bibliographies(&self) -> Vec<String> {
        let (read, complaints) = shell::read_bibliographies(&self.bibliography_files);
        self.style.bibliography.set(read);
        complaints
    }

    /// Path of the library, if the user has a state directory.
    pub fn library_file(&self) -> Option<PathBuf> {
        library(self.args.library.file.library.clone(), &self.environment)
    }

    /// The sources of the run.
    ///
    /// # Errors
    ///
    /// Returns an error if standard input is needed and contains anything but papers.
    pub fn input_sources(&self, destination: OutputTarget) -> anyhow::Result<Vec<Source>> {
        input_sources(&self.args.input, &self.read_options, destination)
    }
}

/// The output format for printing: the one given by `--as`, the one implied by `--style` or
/// `--template`, or else `usual`.
///
/// # Errors
///
/// Returns a sentence if an option has no effect on the format.
pub fn output_format(printing: &PrintArgs, usual: OutputFormat) -> anyhow::Result<OutputFormat> {
    let format = printing.format.as_deref().and_then(OutputFormat::parse);
    let (style, template) = (printing.style.is_some(), printing.template.is_some());
    match (format, style, template) {
        (Some(OutputFormat::Template) | None, false, true) => Ok(OutputFormat::Template),
        (Some(OutputFormat::Reference) | None, true, false) => Ok(OutputFormat::Reference),
        (format, false, false) => Ok(format.unwrap_or(usual)),
        (None, true, true) => bail!("--style and --template cannot be combined"),
        (Some(format), true, _) => {
            bail!("--style has no effect on --as {}; use --as reference", format.field_name())
        }
        (Some(format), false, true) => {
            bail!("--template has no effect on --as {}; leave one out", format.field_name())
        }
    }
}

/// The output format of picked papers. With `--as`, any style and template are accepted, since
/// copies on the screen use them too.
pub fn picked_output_format(printing: &PrintArgs) -> anyhow::Result<OutputFormat> {
    match printing.format.as_deref().and_then(OutputFormat::parse) {
        Some(format) => Ok(format),
        None => output_format(printing, OutputFormat::Title),
    }
}

/// The inbox, with what the process that updates it needs.
fn inbox_settings(args: &Args, environment: &Environment) -> Option<Arc<InboxSettings>> {
    let config = args.config_args.config.clone();
    let library = library(args.library.file.library.clone(), environment);
    Some(Arc::new(InboxSettings { directory: inbox_directory().ok()?, config, library }))
}

/// The settings of the network, with what the command line and the environment say. Replies are kept
/// in the directory of the cache.
fn online_settings(args: &Args, configured: OnlineSettings, cache: CacheSize) -> OnlineSettings {
    let mut settings = configured;
    if args.input.read_args.offline {
        settings.access = NetworkAccess::Offline;
    }
    super::online::add_keys_of_environment(&mut settings);
    settings.max_bytes = cache.max_bytes().unwrap_or(0).min(MAX_REPLY_BYTES);
    settings.directory = cache_directory().map(|it| OnlineSettings::directory_in(&it));
    settings
}

/// An initial search takes precedence over the position of the last session.
fn start_at(args: &Args) -> StartAt {
    let has_search = args.query.is_some() || args.library.saved.is_some();
    if args.library.fresh || has_search { StartAt::Top } else { StartAt::LastSession }
}

/// The theme and the colours of the terminal. A theme on the command line takes precedence over
/// `NO_COLOR`, and that over the configuration and over the theme chosen last.
fn appearance(args: &Args, configured: &ScreenConfig, environment: &Environment) -> Appearance {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let requested = args.screen_args.theme.as_deref().and_then(Theme::from_name);
    let no_color = (!variable("NO_COLOR").is_empty()).then_some(Theme::Plain);
    let chosen_last = || environment.state_dir.as_deref().and_then(load_theme);
    // A multiplexer keeps the variables of the terminal that it was started in.
    let is_own_terminal = environment.tmux.is_none() && environment.screen_session.is_none();
    Appearance {
        theme: requested.or(no_color).or(configured.theme).or_else(chosen_last).unwrap_or_default(),
        depth: ColorDepth::from_variables(&environment.term, &variable("COLORTERM")),
        background: if is_own_terminal {
            Background::from_color_fgbg(&variable("COLORFGBG"))
        } else {
            Background::Unknown
        },
        line_art: configured.line_art,
    }
}

/// Options of reading from the command line.
///
/// # Errors
///
/// Returns an error if a field is unknown.
pub fn parse_read_options(input: &ReadArgs) -> anyhow::Result<ReadOptions> {
    let format = input.from.as_deref();
    let format = format.and_then(|name| Format::ALL.into_iter().find(|it| it.name() == name));
    let mut names = FieldNames::default();
    for pair in &input.map {
        names.add(pair).context("--map")?;
    }
    Ok(ReadOptions { detect_format: format, field_names: names, ..ReadOptions::default() })
}

/// The pattern of citation keys.
fn key_pattern_option(args: &Args, configured: KeyPattern) -> anyhow::Result<KeyPattern> {
    let Some(text) = &args.config_args.keys.key_pattern else { return Ok(configured) };
    parse_key_pattern(text).map_err(anyhow::Error::msg).context("--key-pattern")
}

/// Options of citations.
///
/// # Errors
///
/// Returns an error if `--style` or `--template` is invalid.
fn cite_style(
    args: &Args,
    config: &Config,
    environment: &Environment,
) -> anyhow::Result<CiteOptions> {
    let mut style = CiteOptions {
        command: config.cite.clone(),
        template: config.template.clone(),
        ..CiteOptions::default()
    };
    if args.config_args.keys.key_pattern.is_some() {
        style.bibliography = SharedBibliography::without_assigned_keys();
    }
    if let Some(name) = &args.printing.style {
        style.style = shell::find_style(name).map_err(anyhow::Error::msg).context("--style")?;
    } else if let Some(configured) = &config.style {
        style.style = configured.clone();
    } else if let Some(name) = environment.state_dir.as_deref().and_then(load_style) {
        // A style that has disappeared since is ignored: a message at every start would not help.
        style.style = shell::find_style(&name).unwrap_or_default();
    }
    if let Some(text) = &args.printing.template {
        style.template = Template::parse(text).map_err(anyhow::Error::msg).context("--template")?;
    }
    Ok(style)
}

/// Directory of the cache of large files, if the user has one.
pub fn cache_directory() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let named = std::env::var_os("OFFPRINT_CACHE").filter(|it| !it.is_empty()).map(PathBuf::from);
    let usual = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("offprint"));
    named.or_else(usual)
}

/// Path of the library: the given one, `OFFPRINT_LIBRARY`, or the default.
pub fn library(named: Option<PathBuf>, environment: &Environment) -> Option<PathBuf> {
    named
        .or_else(|| {
            std::env::var_os("OFFPRINT_LIBRARY").filter(|it| !it.is_empty()).map(PathBuf::from)
        })
        .or_else(|| environment.state_dir.as_ref().map(|it| it.join("library.db")))
}

/// Directory of the configuration file.
fn config_folder(args: &Args) -> PathBuf {
    let path = args.config_args.config.clone().or_else(super::config_path).unwrap_or_default();
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// Resolves a path in the configuration: relative to the working directory, else to the
/// configuration.
fn resolve_path(name: &str, folder: &Path) -> PathBuf {
    let path = shell::expand_home(name);
    let in_folder = folder.join(&path);
    if !path.exists() && in_folder.exists() { in_folder } else { path }
}
