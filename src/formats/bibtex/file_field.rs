//! Finds the local PDF in the file fields of reference managers.

use super::identifiers::unescape;

/// Returns the path of the first PDF. Programs write `path`, `description:path:type`, or several of
/// these separated by semicolons; a colon in a path is escaped by a backslash.
pub fn pdf_path(text: &str) -> Option<String> {
    split(text, ';').iter().find_map(|it| single_file(it))
}

fn single_file(text: &str) -> Option<String> {
    let parts = split(text, ':');
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (path, kind) = match parts.as_slice() {
        [] => return None,
        // A Windows drive or a URL scheme.
        [drive, path] if drive.len() == 1 || path.starts_with("//") => {
            (format!("{drive}:{path}"), "")
        }
        [path] | [_, path] => ((*path).to_owned(), ""),
        // A path with an unescaped colon.
        [_, path @ .., kind] => (path.join(":"), *kind),
    };
    let path = unescape(path.trim());
    let is_pdf = |text: &str| {
        let end = text.len().checked_sub(3).and_then(|at| text.get(at..));
        end.is_some_and(|it| it.eq_ignore_ascii_case("pdf"))
    };
    let is_path = path.contains(char::is_alphanumeric);
    (is_path && (is_pdf(kind.trim()) || is_pdf(&path))).then_some(path)
}

/// Splits at an unescaped separator and removes the backslashes.
fn split(text: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if c == separator {
            parts.push(String::new());
            continue;
        }
        let Some(part) = parts.last_mut() else { break };
        match next {
            // Escapes of the other separator are left for the next split.
            Some(next) if c == '\\' && separator == ';' && ":;\\".contains(next) => {
                if next != ';' {
                    part.push('\\');
                }
                part.push(next);
                chars.next();
            }
            Some(next) if c == '\\' && ":\\".contains(next) => {
                part.push(next);
                chars.next();
            }
            _ => part.push(c),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_is_found_in_every_spelling() {
        for (text, path) in [
            ("/home/ada/a.pdf", "/home/ada/a.pdf"),
            (":papers/a.pdf:PDF", "papers/a.pdf"),
            ("Full Text:files/1/a_b.pdf:application/pdf", "files/1/a_b.pdf"),
            (":a.ps:PostScript;:b.pdf:PDF", "b.pdf"),
            (
                "Snapshot:files/2/x.html:text/html;a.pdf:files/3/a.pdf:application/pdf",
                "files/3/a.pdf",
            ),
            ("a.pdf:C\\:\\\\papers\\\\a.pdf:application/pdf", "C:\\papers\\a.pdf"),
            (":C$\\backslash$:/papers/a.pdf:pdf", "C:/papers/a.pdf"),
            ("C:\\papers\\a.pdf", "C:\\papers\\a.pdf"),
            ("x:C:/papers/a.pdf:pdf", "C:/papers/a.pdf"),
            (":a\\;b\\:c.pdf:PDF", "a;b:c.pdf"),
            ("/home/ada/a\\_b {\\&} c.pdf;/home/ada/a.html", "/home/ada/a_b & c.pdf"),
            ("file:///home/ada/a.pdf", "file:///home/ada/a.pdf"),
        ] {
            assert_eq!(pdf_path(text).as_deref(), Some(path), "{text}");
        }
        for text in ["", ";", "::", "Snapshot:files/2/x.html:text/html", ":::pdf"] {
            assert_eq!(pdf_path(text), None, "{text}");
        }
    }
}
