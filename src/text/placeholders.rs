//! Splits patterns with fields in braces: `{title} ({year})`.

/// Literal text, or the content of a pair of braces.
#[derive(Debug, PartialEq, Eq)]
pub enum PatternPiece<'a> {
    Text(String),
    Field(&'a str),
}

/// Splits a pattern. `{{` and `}}` are literal braces; `\n` and `\t` are a line feed and a tab.
///
/// # Errors
///
/// Returns a message for the user if a brace is not closed.
pub fn split_placeholders(text: &str) -> Result<Vec<PatternPiece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let doubled = [("{{", "{"), ("}}", "}"), ("\\n", "\n"), ("\\t", "\t")];
        if let Some((doubled_brace, brace)) = doubled.iter().find(|(it, _)| rest.starts_with(it)) {
            plain.push_str(brace);
            rest = &rest[doubled_brace.len()..];
        } else if let Some(tail) = rest.strip_prefix('{') {
            let Some((field, tail)) = tail.split_once('}') else {
                return Err("unclosed `{`".to_owned());
            };
            pieces.push(PatternPiece::Text(std::mem::take(&mut plain)));
            pieces.push(PatternPiece::Field(field.trim()));
            rest = tail;
        } else {
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    pieces.push(PatternPiece::Text(plain));
    pieces.retain(|it| *it != PatternPiece::Text(String::new()));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_fields_are_told_apart_and_doubled_braces_are_text() {
        let text = |it: &str| PatternPiece::Text(it.to_owned());
        assert_eq!(
            split_placeholders("{{{title}}}\\n{ year }").unwrap(),
            [text("{"), PatternPiece::Field("title"), text("}\n"), PatternPiece::Field("year")]
        );
        assert_eq!(split_placeholders("").unwrap(), []);
        assert_eq!(split_placeholders("{title").unwrap_err(), "unclosed `{`");
    }
}
