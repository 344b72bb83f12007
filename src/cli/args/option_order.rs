//! Accepts options before a subcommand, with the same meaning as behind it.

use std::ffi::OsString;

use clap::{Arg, Command};

/// Moves options from before a subcommand behind it. Arguments that cannot be parsed are left for
/// the parser to refuse.
///
/// # Errors
///
/// Returns a sentence if the subcommand does not have one of the options.
pub fn move_options_behind_subcommand(
    root: &Command,
    arguments: Vec<OsString>,
) -> Result<Vec<OsString>, String> {
    let mut path: Vec<OsString> = Vec::new();
    let mut options: Vec<OsString> = Vec::new();
    let mut typed: Vec<&Arg> = Vec::new();
    let (mut command, mut at) = (root, 1);
    while let Some(argument) = arguments.get(at) {
        let Some(text) = argument.to_str() else { break };
        let Some(name) = text.strip_prefix('-').filter(|it| !it.is_empty()) else {
            let Some(subcommand) = command.find_subcommand(text) else { break };
            path.push(argument.clone());
            (command, at) = (subcommand, at + 1);
            if !command.has_subcommands() {
                break;
            }
            continue;
        };
        let Some(option) = find_option(root, name) else { break };
        let has_value = option.get_action().takes_values() && !name.contains('=');
        let end = (at + 1 + usize::from(has_value)).min(arguments.len());
        options.extend_from_slice(&arguments[at..end]);
        typed.push(option);
        at = end;
    }
    if path.is_empty() || options.is_empty() {
        return Ok(arguments);
    }
    if let Some(unaccepted) = typed.iter().find(|it| !accepts(command, it)) {
        let path = path.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" ");
        let option = unaccepted.get_long().unwrap_or_default();
        return Err(format!(
            "--{option} is not an option of `{path}` (see `offprint {path} --help`)"
        ));
    }
    let program = arguments.iter().take(1).cloned();
    Ok(program.chain(path).chain(options).chain(arguments[at..].iter().cloned()).collect())
}

/// The number of arguments that an option takes with its value; `None` if the argument is no known
/// option.
pub fn option_len(root: &Command, argument: &OsString) -> Option<usize> {
    let name = argument.to_str()?.strip_prefix('-').filter(|it| !it.is_empty())?;
    let has_value = find_option(root, name)?.get_action().takes_values() && !name.contains('=');
    Some(1 + usize::from(has_value))
}

/// Finds an option by its name, without dashes and value, in the command or its subcommands.
fn find_option<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    let argument = command.get_arguments().find(|it| match name.strip_prefix('-') {
        Some(name_and_value) => has_name(it, name_and_value.split('=').next().unwrap_or_default()),
        None => name.chars().next() == it.get_short() && it.get_short().is_some(),
    });
    argument.or_else(|| command.get_subcommands().find_map(|it| find_option(it, name)))
}

fn has_name(option: &Arg, name: &str) -> bool {
    let aliases = option.get_all_aliases().unwrap_or_default();
    !name.is_empty() && (option.get_long() == Some(name) || aliases.contains(&name))
}

fn accepts(command: &Command, option: &Arg) -> bool {
    command.get_arguments().any(|it| it.get_long().is_some() && it.get_long() == option.get_long())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> Command {
        let mut root = crate::cli::args::command();
        root.build();
        root
    }

    fn reorder(line: &str) -> Result<String, String> {
        let words = line.split(' ').map(OsString::from).collect();
        let words = move_options_behind_subcommand(&root(), words)?;
        Ok(words.iter().map(|it| it.to_string_lossy()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn options_before_a_subcommand_move_behind_it() {
        for (typed, meant) in [
            ("offprint --strict convert a.bib", "offprint convert --strict a.bib"),
            ("offprint --as bibtex cite key", "offprint cite --as bibtex key"),
            ("offprint --from=ris convert", "offprint convert --from=ris"),
            ("offprint --to ris -o x convert a", "offprint convert --to ris -o x a"),
            ("offprint --library l library export", "offprint library export --library l"),
            ("offprint library --library l export", "offprint library export --library l"),
            ("offprint --as ris convert --from bibtex", "offprint convert --as ris --from bibtex"),
        ] {
            assert_eq!(reorder(typed).as_deref(), Ok(meant));
        }
    }

    #[test]
    fn what_has_no_subcommand_or_is_not_understood_stays_as_it_is() {
        for typed in [
            "offprint --filter convert", "offprint a.bib convert", "offprint --nonsense convert",
            "offprint -- convert", "offprint - convert", "offprint --filter",
            "offprint convert --to ris",
        ] {
            assert_eq!(reorder(typed).as_deref(), Ok(typed));
        }
    }

    #[test]
    fn an_option_before_any_subcommand_is_moved_or_refused_by_name() {
        let root = root();
        for option in root.get_arguments().filter(|it| it.get_long().is_some()) {
            let name = option.get_long().unwrap();
            for subcommand in root.get_subcommands().filter(|it| !it.has_subcommands()) {
                let value = if option.get_action().takes_values() { "=x" } else { "" };
                let line = format!("offprint --{name}{value} {}", subcommand.get_name());
                let expected = format!("offprint {} --{name}{value}", subcommand.get_name());
                match reorder(&line) {
                    Ok(moved) => assert_eq!(moved, expected),
                    Err(reason) => {
                        assert!(reason.starts_with(&format!("--{name} is not an option of")));
                    }
                }
            }
        }
    }
}
