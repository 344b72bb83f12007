//! Shell completion: the script of each shell, and the candidates for the word at its cursor.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};

use clap::ValueHint;
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _,
};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use crate::cite::Style;
use crate::cli::args;
use crate::cli::config::inbox::follow_file;
use crate::cli::config::options;
use crate::domain::KeyPattern;
use crate::library::{Store, read_snapshot};
use crate::shell::clipboard::Environment;
use crate::sources::{FollowList, FollowedSource, complete_address};

/// The variable by which a script asks for candidates. Its value is the name of the shell.
pub const VARIABLE: &str = "OFFPRINT_COMPLETE";

/// The shells with a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletedShell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Writes the script of a shell. The candidates come from the program, each time anew.
///
/// # Errors
///
/// Returns an error if the output cannot be written.
pub fn write_script(shell: CompletedShell, output: &mut dyn Write) -> io::Result<()> {
    const NAME: &str = "offprint";
    let completer: &dyn EnvCompleter = match shell {
        CompletedShell::Bash => return output.write_all(BASH_SCRIPT.as_bytes()),
        CompletedShell::Zsh => &Zsh,
        CompletedShell::Fish => &Fish,
        CompletedShell::Powershell => &Powershell,
        CompletedShell::Elvish => &Elvish,
    };
    completer.write_registration(VARIABLE, NAME, NAME, NAME, output)?;
    if shell == CompletedShell::Zsh {
        output.write_all(ZSH_AUTOLOAD.as_bytes())?;
    }
    Ok(())
}

/// Completes names as readline does, which quotes them, and joins `--option=value` and
/// `arxiv:cs.CL` again, which bash splits.
const BASH_SCRIPT: &str = r#"_offprint() {
    local at candidate glued= join= last=-1 word words=()
    for ((at = 0; at <= COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        if [[ $last -ge 0 && $word == "=" && ${words[last]} == --* ]]; then
            words[last]+="="
            join=1 glued="="
        elif [[ $last -gt 0 && $word == ":" && ${words[last]} =~ ^[a-z][a-z0-9-]*$ ]]; then
            words[last]+=":"
            join=1 glued=":"
        elif [[ -n $join ]]; then
            words[last]+=$word
            join=
        else
            last=$((last + 1))
            words[last]=$word
            glued=
        fi
    done
    words[last]=${words[last]#[\"\']}
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ -n $glued ]]; then
            candidate=${candidate#*"$glued"}
        fi
        COMPREPLY+=("$candidate")
    done < <(_CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$last OFFPRINT_COMPLETE=bash \
        offprint -- "${words[@]}" 2>/dev/null; echo)
    if [[ ${#COMPREPLY[@]} -eq 1 && -z ${COMPREPLY[0]} ]]; then
        COMPREPLY=()
    elif [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o filenames -o bashdefault -o default -F _offprint offprint
"#;

/// Completes at once when zsh loads the script as the function `_offprint`.
const ZSH_AUTOLOAD: &str = r#"if [[ $funcstack[1] == _offprint ]]; then
    _clap_dynamic_completer_offprint "$@"
fi
"#;

/// Prints the candidates for a line. `arguments` are those of the script: the program, `--`, and
/// the words of the line.
///
/// # Errors
///
/// Returns an error if the shell is unknown, or if the output cannot be written.
pub fn print_candidates(
    shell: &str,
    arguments: Vec<OsString>,
    output: &mut dyn Write,
) -> io::Result<()> {
    let shells = Shells::builtins();
    let completer = shells
        .completer(shell)
        .ok_or_else(|| io::Error::other(format!("{VARIABLE}: unknown shell {shell:?}")))?;
    let words = arguments.into_iter().skip_while(|it| it != "--").skip(1).collect();
    let mut command = with_candidates(args::command());
    let mut candidates = Vec::new();
    let directory = std::env::current_dir().ok();
    completer.write_complete(&mut command, words, directory.as_deref(), &mut candidates)?;
    output.write_all(&candidates)
}

/// Adds the candidates that are known only when they are asked for.
fn with_candidates(command: clap::Command) -> clap::Command {
    let takes_source = ["inbox", "unfollow", "update"].contains(&command.get_name());
    let command = command.mut_args(|argument| match argument.get_id().as_str() {
        "style" => argument.add(ArgValueCompleter::new(styles)),
        "saved" => argument.add(ArgValueCandidates::new(saved_searches)),
        "clipboard" => argument.add(ArgValueCandidates::new(|| {
            Vec::from(
                ["auto", "native", "osc52", "tmux", "file", "command:"]
                    .map(CompletionCandidate::new),
            )
        })),
        "name" | "names" if takes_source => argument.add(ArgValueCandidates::new(followed_sources)),
        "files" | "addresses" => argument.add(ArgValueCompleter::new(files_and_addresses)),
        "papers" => argument.value_hint(ValueHint::AnyPath),
        _ => argument,
    });
    command.mut_subcommands(with_candidates)
}

/// Files, folders, and addresses of papers on the network.
fn files_and_addresses(typed: &OsStr) -> Vec<CompletionCandidate> {
    let addresses = complete_address(&typed.to_string_lossy());
    let addresses = addresses
        .into_iter()
        .map(|(address, title)| CompletionCandidate::new(address).help(Some(title.into())));
    // Nothing typed: the files are what is looked for, and the services come behind them.
    PathCompleter::any().complete(typed).into_iter().chain(addresses).collect()
}

/// The built-in styles, and style files.
fn styles(typed: &OsStr) -> Vec<CompletionCandidate> {
    let typed_text = typed.to_string_lossy();
    let styles = Style::all().into_iter().filter(|it| it.name().starts_with(&*typed_text));
    let is_style = |path: &std::path::Path| path.extension().is_some_and(|it| it == "csl");
    let mut candidates: Vec<CompletionCandidate> = styles
        .map(|it| CompletionCandidate::new(it.name()).help(Some(it.title().into())))
        .collect();
    candidates.extend(PathCompleter::any().filter(is_style).complete(typed));
    candidates
}

/// The names of what is followed; none if the list cannot be read.
fn followed_sources() -> Vec<CompletionCandidate> {
    let list = follow_file(None).ok().and_then(|it| std::fs::read(it).ok());
    let sources = list.map(|it| FollowList::parse(&it).sources).unwrap_or_default();
    let candidate = |it: FollowedSource| {
        CompletionCandidate::new(it.name).help(Some(it.address.to_string().into()))
    };
    sources.into_iter().map(candidate).collect()
}

/// The names of the saved searches; none if the library cannot be read.
fn saved_searches() -> Vec<CompletionCandidate> {
    let file = options::library(None, &Environment::read()).filter(|it| it.exists());
    let snapshot = file.and_then(|file| {
        read_snapshot(&Store::copy_in_memory(&file).ok()?, &KeyPattern::default()).ok()
    });
    let searches = snapshot.map(|it| it.searches).unwrap_or_default();
    let candidate = |it: crate::library::SavedSearch| {
        CompletionCandidate::new(it.name).help(Some(it.query.into()))
    };
    searches.into_iter().map(candidate).collect()
}
