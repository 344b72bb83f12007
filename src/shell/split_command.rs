//! Splits configured commands by the rules of a POSIX shell, without running one.

/// Stand for a `$` and a `~` that are protected by quotes or a backslash.
const PROTECTED: [(char, char); 2] = [('$', '\u{f8f0}'), ('~', '\u{f8f1}')];

/// The words of a command: quotes and backslashes protect blanks, and `""` is an empty word. `~/`
/// and variables that are set are expanded as in a shell; variables that are not set stay as they
/// are.
///
/// # Errors
///
/// Returns the reason if a quote is unclosed.
pub fn split_command(command: &str) -> Result<Vec<String>, &'static str> {
    // On Windows a backslash separates path components, so it is escaped.
    let command = if cfg!(windows) { command.replace('\\', "\\\\") } else { command.to_owned() };
    let words = shell_words::split(&protect(&command)).map_err(|_| "unclosed quote")?;
    let variable = |name: &str| std::env::var(name).ok();
    Ok(words.iter().map(|word| expand(word, &variable)).collect())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// Replaces each `$` and `~` that a shell would not expand.
fn protect(command: &str) -> String {
    let stand_in = |it: char| PROTECTED.iter().find(|(plain, _)| *plain == it).map(|(_, it)| *it);
    let mut protected = String::with_capacity(command.len());
    let mut quote = Quote::None;
    let mut chars = command.chars().peekable();
    while let Some(it) = chars.next() {
        match (quote, it) {
            (Quote::None | Quote::Double, '\\') => match chars.next() {
                Some(next) if stand_in(next).is_some() => protected.extend(stand_in(next)),
                next => protected.extend([Some(it), next].into_iter().flatten()),
            },
            (Quote::Single, '$' | '~') | (Quote::Double, '~') => protected.extend(stand_in(it)),
            _ => {
                quote = match (quote, it) {
                    (Quote::None, '\'') => Quote::Single,
                    (Quote::None, '"') => Quote::Double,
                    (Quote::Single, '\'') | (Quote::Double, '"') => Quote::None,
                    _ => quote,
                };
                protected.push(it);
            }
        }
    }
    protected
}

/// Expands a word, and restores what was protected.
fn expand(word: &str, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let home = std::env::home_dir().map(|it| it.to_string_lossy().into_owned());
    let mut expanded = String::new();
    let mut rest = match (word.strip_prefix('~'), home) {
        (Some(path), Some(home)) if path.is_empty() || path.starts_with('/') => {
            expanded.push_str(&home);
            path
        }
        _ => word,
    };
    while let Some((before, after)) = rest.split_once('$') {
        expanded.push_str(before);
        let (name, behind) = variable_name(after);
        if let Some(value) = variable(name).filter(|_| !name.is_empty()) {
            expanded.push_str(&value);
            rest = behind;
        } else {
            expanded.push('$');
            rest = after;
        }
    }
    expanded.push_str(rest);
    PROTECTED.iter().fold(expanded, |text, (plain, it)| text.replace(*it, &plain.to_string()))
}

/// Splits `NAME…` or `{NAME}…` into the name and what follows. The name is empty if there is none.
fn variable_name(text: &str) -> (&str, &str) {
    if let Some((name, behind)) = text.strip_prefix('{').and_then(|it| it.split_once('}')) {
        return (name, behind);
    }
    let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_command_is_split_as_a_shell_splits() {
        for (command, split) in [
            ("emacsclient -a \"\" -t", &["emacsclient", "-a", "", "-t"][..]),
            ("'my editor' --wait  \"a b\"", &["my editor", "--wait", "a b"]),
            ("\"/path with space/ed\" -w", &["/path with space/ed", "-w"]),
            ("vi -c \"set ft=markdown\"", &["vi", "-c", "set ft=markdown"]),
            ("vi; rm x", &["vi;", "rm", "x"]),
            ("a'b c'd \"it's\"", &["ab cd", "it's"]),
            ("  ", &[]),
        ] {
            assert_eq!(split_command(command).unwrap(), split, "{command}");
        }
        assert_eq!(split_command("vi 'x"), Err("unclosed quote"));
    }

    #[cfg(unix)]
    #[test]
    fn a_backslash_keeps_a_blank() {
        assert_eq!(split_command(r"/opt/my\ editor -n").unwrap(), ["/opt/my editor", "-n"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_home_directory_and_variables_are_expanded_unless_they_are_quoted() {
        let variable = |name: &str| (name == "NAME").then(|| "a b".to_owned());
        let split = |command: &str| {
            let words = shell_words::split(&protect(command)).unwrap();
            words.iter().map(|word| expand(word, &variable)).collect::<Vec<_>>()
        };
        assert_eq!(
            split(r#"$NAME/ed "x${NAME}y" '$NAME' \$NAME"#),
            ["a b/ed", "xa by", "$NAME", "$NAME"]
        );
        assert_eq!(split("$OTHER $ ${ $1 awk$"), ["$OTHER", "$", "${", "$1", "awk$"]);
        let home = std::env::home_dir().unwrap().to_string_lossy().into_owned();
        assert_eq!(
            split("~/ed ~ a~/b '~/c' \"~/d\" \\~ ~x"),
            [
                format!("{home}/ed"),
                home.clone(),
                "a~/b".to_owned(),
                "~/c".to_owned(),
                "~/d".to_owned(),
                "~".to_owned(),
                "~x".to_owned(),
            ]
        );
    }

    proptest! {
        #[test]
        fn without_variables_and_tildes_words_are_those_of_a_shell(command in "[a-c '\"\\\\]{0,20}") {
            let expected = shell_words::split(&command).map_err(|_| "unclosed quote");
            prop_assert_eq!(split_command(&command), expected);
        }

        #[test]
        fn any_command_is_split(command in any::<String>()) {
            let _ = split_command(&command);
        }
    }
}
