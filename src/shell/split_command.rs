//! Splits configured commands by the rules of a POSIX shell, without running one.

/// The words of a command: quotes and backslashes protect blanks, and `""` is an empty word.
///
/// # Errors
///
/// Returns the reason if unclosed quote.
pub fn split_command(command: &str) -> Result<Vec<String>, &'static str> {
    // On Windows a backslash separates path components, so it is escaped.
    let command = if cfg!(windows) { command.replace('\\', "\\\\") } else { command.to_owned() };
    shell_words::split(&command).map_err(|_| "unclosed quote")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_split_as_a_shell_splits() {
        for (command, split) in [
            ("emacsclient -a \"\" -t", &["emacsclient", "-a", "", "-t"][..]),
            ("'my editor' --wait  \"a b\"", &["my editor", "--wait", "a b"]),
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
}
