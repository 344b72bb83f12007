//! Modes, and the options that each supports: any other option is refused by name.

use clap::ArgMatches;
use clap::parser::ValueSource;

use super::{Args, command};

/// A mode of running without a subcommand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CliMode {
    /// The program on a terminal.
    Screen,
    /// Picking papers on a terminal.
    Pick,
    /// Keys without a terminal.
    Keys,
    /// Picking papers by keys without a terminal.
    PickByKeys,
    /// Commands and answers as lines, for screen readers.
    Plain,
    /// Papers printed without a screen.
    Print,
    Generate,
    ClipboardCheck,
    /// The configuration checked.
    ConfigCheck,
}

use CliMode::{
    ClipboardCheck, ConfigCheck, Generate, Keys, Pick, PickByKeys, Plain, Print, Screen,
};

impl CliMode {
    pub const ALL: [Self; 9] =
        [Screen, Pick, Keys, PickByKeys, Plain, Print, Generate, ClipboardCheck, ConfigCheck];

    /// The mode that the options select. If they select several, one takes precedence, and the
    /// options of the others are refused.
    pub fn new(args: &Args) -> Self {
        let printing = &args.printing;
        let has_format = printing.format.is_some() || printing.template.is_some();
        let prints = args.filter.is_some() || args.limit_args.limit.is_some();
        match () {
            () if args.generate.is_some() => Generate,
            () if args.clipboard_args.clipboard_check => ClipboardCheck,
            () if args.config_args.check_config => ConfigCheck,
            () if args.headless.is_requested() && args.screen_args.pick => PickByKeys,
            () if args.headless.is_requested() => Keys,
            () if args.screen_args.plain => Plain,
            () if args.screen_args.pick => Pick,
            () if prints || has_format => Print,
            () => Screen,
        }
    }

    /// Description of the mode, as it follows "has no effect".
    fn description(self) -> &'static str {
        match self {
            Screen => "on the screen",
            Pick | PickByKeys => "with --pick",
            Keys => "with --keys, --screen or --copied",
            Plain => "with --plain",
            Print => "when papers are printed",
            Generate => "with --generate",
            ClipboardCheck => "with --clipboard-check",
            ConfigCheck => "with --check-config",
        }
    }
}

const READING_MODES: &[CliMode] = &[Screen, Pick, Keys, PickByKeys, Plain, Print];
const HEADLESS_MODES: &[CliMode] = &[Keys, PickByKeys, Print];
const KEY_MODES: &[CliMode] = &[Keys, PickByKeys];
const PICK_MODES: &[CliMode] = &[Pick, PickByKeys];

/// Each option, the modes in which it has an effect, and the advice for other modes.
const OPTION_RULES: [(&str, &[CliMode], &str); 31] = [
    ("files", READING_MODES, "leave it out"),
    ("from", READING_MODES, "leave it out"),
    ("map", READING_MODES, "leave it out"),
    ("offline", READING_MODES, "leave it out"),
    ("strict", HEADLESS_MODES, "use it with --filter or --as"),
    ("query", READING_MODES, "leave it out"),
    ("filter", &[Print], "use --query"),
    ("pick", PICK_MODES, "leave it out"),
    ("height", &[Pick], "use it with --pick"),
    ("print_query", PICK_MODES, "use it with --pick"),
    ("select_one", PICK_MODES, "use it with --pick"),
    ("exit_zero", PICK_MODES, "use it with --pick"),
    ("theme", &[Screen, Pick], "nothing is drawn in colour"),
    ("plain", &[Plain], "leave it out"),
    ("format", &[Pick, PickByKeys, Print], "use it with --pick, --filter or --query"),
    ("style", READING_MODES, "leave it out"),
    ("template", READING_MODES, "leave it out"),
    ("limit", &[Print], "use it with --filter, --query or --as"),
    ("keys", KEY_MODES, "leave it out"),
    ("size", KEY_MODES, "use it with --keys or --screen"),
    ("screen", KEY_MODES, "leave it out"),
    ("copied", KEY_MODES, "leave it out"),
    ("clipboard", &[Screen, Pick, Plain, ClipboardCheck], "nothing is copied"),
    ("clipboard_check", &[ClipboardCheck], "leave it out"),
    ("fresh", &[Screen, Pick, Keys, PickByKeys, Plain], "use it with a screen"),
    ("saved", READING_MODES, "leave it out"),
    ("library", READING_MODES, "leave it out"),
    ("key_pattern", READING_MODES, "leave it out"),
    // Read and checked in every mode.
    ("config", &CliMode::ALL, ""),
    ("check_config", &[ConfigCheck], "leave it out"),
    ("generate", &[Generate], "leave it out"),
];

/// Refuses an option that has no effect in the mode.
///
/// # Errors
///
/// Returns a sentence that names the option.
pub fn refuse_ignored(mode: CliMode, matches: &ArgMatches) -> Result<(), String> {
    let is_given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let ignored = OPTION_RULES.iter().find(|(id, modes, _)| is_given(id) && !modes.contains(&mode));
    ignored.map_or(Ok(()), |(id, _, advice)| {
        let (name, mode_text) = (option_name(id), mode.description());
        Err(format!("{name} has no effect {mode_text}; {advice}"))
    })
}

/// The option as typed, such as `--filter`.
fn option_name(id: &str) -> String {
    let root = command();
    let argument = root.get_arguments().find(|it| it.get_id() == id);
    let long_name = argument.and_then(clap::Arg::get_long);
    long_name.map_or_else(|| "FILE".to_owned(), |it| format!("--{it}"))
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches as _;

    use super::*;

    /// Options that select each mode, without the options under test.
    const STARTS: [(CliMode, &[&str]); 9] = [
        (Screen, &[]),
        (Pick, &["--pick"]),
        (Keys, &["--screen"]),
        (PickByKeys, &["--pick", "--screen"]),
        (Plain, &["--plain"]),
        (Print, &["--as=title"]),
        (Generate, &["--generate=man"]),
        (ClipboardCheck, &["--clipboard-check"]),
        (ConfigCheck, &["--check-config"]),
    ];
    /// Options that select a mode of their own.
    const SELECTING_OPTIONS: [&str; 12] = [
        "generate", "clipboard_check", "check_config", "keys", "screen", "copied", "plain", "pick",
        "filter", "limit", "format", "template",
    ];

    fn typed(id: &str) -> String {
        let value = match id {
            "format" => "title",
            "size" => "9x9",
            "limit" => "1",
            "height" => "9",
            "theme" => "dark",
            "generate" => "man",
            "from" => "ris",
            _ => "x",
        };
        let root = command();
        let option = root.get_arguments().find(|it| it.get_id() == id).unwrap();
        match option.get_long() {
            None => value.to_owned(),
            Some(name) if option.get_action().takes_values() => format!("--{name}={value}"),
            Some(name) => format!("--{name}"),
        }
    }

    #[test]
    fn every_option_has_a_rule_and_every_rule_an_option() {
        let root = command();
        let options: Vec<&str> = root.get_arguments().map(|it| it.get_id().as_str()).collect();
        for id in &options {
            assert!(OPTION_RULES.iter().any(|(it, ..)| it == id), "{id} needs a rule");
        }
        assert_eq!(options.len(), OPTION_RULES.len());
    }

    #[test]
    fn an_option_is_accepted_in_each_of_its_modes_and_refused_by_name_in_every_other() {
        for (mode, start) in STARTS {
            for (id, modes, _) in OPTION_RULES {
                let option = typed(id);
                let line = ["offprint"].iter().chain(start).copied().chain([option.as_str()]);
                // The parser refuses repeated and conflicting options.
                let Ok(matches) = command().try_get_matches_from(line) else { continue };
                let args = Args::from_arg_matches(&matches).unwrap();
                let is_mode = CliMode::new(&args) == mode;
                assert!(is_mode || SELECTING_OPTIONS.contains(&id), "{id} with {start:?}");
                let result = refuse_ignored(CliMode::new(&args), &matches);
                if is_mode && modes.contains(&mode) {
                    assert_eq!(result, Ok(()), "{id} with {start:?}");
                } else if is_mode {
                    assert!(result.unwrap_err().starts_with(&format!("{} has", option_name(id))));
                }
            }
        }
    }
}
