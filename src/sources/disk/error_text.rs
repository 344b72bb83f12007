//! Text of I/O errors in messages: the words of the system, without the error number.

use std::io;

/// The reason of an I/O error, such as `no such file or directory`.
///
/// The standard library appends ` (os error 2)` to the text of the system, which begins with a
/// capital letter and on Windows ends with a full stop.
pub fn io_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let Some(number) = error.raw_os_error() else { return text };
    let text = text.strip_suffix(&format!(" (os error {number})")).unwrap_or(&text);
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    let first = chars.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_system_error_has_no_number_and_no_capital() {
        let missing = std::fs::read("/no/such/file").unwrap_err();
        assert_eq!(io_reason(&missing), "no such file or directory");
    }

    #[test]
    fn another_error_keeps_its_text() {
        assert_eq!(io_reason(&io::Error::other("Corrupt data (3).")), "Corrupt data (3).");
    }
}
