//! Paths of requests: their parameters, read and changed.

use crate::domain::percent_encode;

/// Characters that need no encoding in the value of a parameter.
const SAFE_CHARS: &str = "-._~:,*/";

/// A path with parameters, encoded. Those without a value are left out.
pub fn path(base: &str, parameters: &[(&str, &str)]) -> String {
    let mut path = base.to_owned();
    for (name, value) in parameters.iter().filter(|(_, value)| !value.is_empty()) {
        let sign = if path.contains('?') { '&' } else { '?' };
        path.push(sign);
        path.push_str(name);
        path.push('=');
        path.push_str(&percent_encode(value, SAFE_CHARS));
    }
    path
}

/// The value of a parameter, as it is encoded.
pub fn parameter<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = path.split_once('?')?;
    query.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))
}

/// The value of a parameter that is a number; 0 without it.
pub fn number(path: &str, name: &str) -> u64 {
    parameter(path, name).and_then(|it| it.parse().ok()).unwrap_or_default()
}

/// The path with another value of a parameter.
pub fn with_parameter(path: &str, name: &str, value: &str) -> String {
    let (base, query) = path.split_once('?').unwrap_or((path, ""));
    let is_other = |it: &&str| it.split_once('=').is_none_or(|(its_name, _)| its_name != name);
    let mut parts: Vec<&str> =
        query.split('&').filter(|it| !it.is_empty()).filter(is_other).collect();
    let changed = format!("{name}={}", percent_encode(value, SAFE_CHARS));
    parts.push(&changed);
    format!("{base}?{}", parts.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_encoded_read_and_changed() {
        let first = path("/api", &[("q", "a b&c"), ("none", ""), ("start", "0")]);
        assert_eq!(first, "/api?q=a%20b%26c&start=0");
        assert_eq!((number(&first, "start"), parameter(&first, "none")), (0, None));
        let next = with_parameter(&first, "start", "100");
        assert_eq!(next, "/api?q=a%20b%26c&start=100");
        assert_eq!(number(&next, "start"), 100);
    }
}
