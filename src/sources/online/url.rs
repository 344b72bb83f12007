//! The parts of a URL that decide where a request may go.

/// The scheme, `https` or `http`, and the rest after `://`.
fn split_scheme(url: &str) -> Option<(&str, &str)> {
    url.split_once("://").filter(|(scheme, _)| matches!(*scheme, "https" | "http"))
}

/// The host with its port, as in `127.0.0.1:8080`; empty if the text is no URL.
pub fn authority(url: &str) -> &str {
    let rest = split_scheme(url).map_or("", |(_, rest)| rest);
    &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())]
}

/// The URL for messages: without scheme, query and fragment, which may hold keys.
pub fn short_url(url: &str) -> String {
    const MAX_LEN: usize = 100;
    let rest = split_scheme(url).map_or(url, |(_, rest)| rest);
    let rest = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
    let mut short: String = crate::text::sanitise(rest).chars().take(MAX_LEN).collect();
    if short.len() < rest.len() && short.chars().count() == MAX_LEN {
        short.push('…');
    }
    short
}

/// Returns true if nothing between the two ends of the connection can read it: with TLS, or within
/// this machine.
pub fn is_private(url: &str) -> bool {
    match split_scheme(url) {
        Some(("https", _)) => true,
        Some(_) => is_loopback(url),
        None => false,
    }
}

/// Returns true if the host is this machine.
pub fn is_loopback(url: &str) -> bool {
    let authority = authority(url);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|it| it.is_ascii_digit()) => host,
        _ => authority,
    };
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

/// Returns true if a request may be sent there: a URL without a user name, blanks and control
/// characters.
pub fn is_well_formed(url: &str) -> bool {
    let authority = authority(url);
    !authority.is_empty() && !authority.contains('@') && url.bytes().all(|it| it.is_ascii_graphic())
}

/// The URL that a redirect leads to, from its `Location`. `None` if no request may be sent there.
pub fn redirect_target(from: &str, location: &str) -> Option<String> {
    let location = location.trim();
    let location = &location[..location.find('#').unwrap_or(location.len())];
    let (scheme, _) = split_scheme(from)?;
    let root = format!("{scheme}://{}", authority(from));
    let target = if split_scheme(location).is_some() {
        location.to_owned()
    } else if let Some(rest) = location.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if location.starts_with('/') {
        format!("{root}{location}")
    } else if location.is_empty() || location.contains(':') {
        return None;
    } else {
        let path = from[root.len()..].split(['?', '#']).next().unwrap_or_default();
        let folder = &path[..path.rfind('/').map_or(0, |it| it + 1)];
        format!("{root}{}{location}", if folder.is_empty() { "/" } else { folder })
    };
    let is_downgrade = from.starts_with("https:") && !target.starts_with("https:");
    (is_well_formed(&target) && is_private(&target) && !is_downgrade).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_within_the_machine() {
        for (url, is_allowed) in [
            ("https://example.org/a", true),
            ("http://127.0.0.1:8080/a", true),
            ("http://localhost/", true),
            ("http://[::1]:80/", true),
            ("http://example.org/", false),
            ("http://127.0.0.1.example.org/", false),
            ("http://localhost:80@example.org/", false),
            ("ftp://127.0.0.1/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_private(url), is_allowed, "{url}");
        }
    }

    #[test]
    fn a_redirect_leads_where_a_request_may_go() {
        let from = "https://a.org/x/y?z=/1";
        for (location, target) in [
            ("https://b.org/c#d", Some("https://b.org/c")),
            ("/c?d", Some("https://a.org/c?d")),
            ("c", Some("https://a.org/x/c")),
            ("//b.org/c", Some("https://b.org/c")),
            ("http://a.org/x", None),
            ("http://127.0.0.1/x", None),
            ("javascript:alert(1)", None),
            ("https://user:word@a.org/", None),
            ("https://", None),
            ("/a b", None),
            ("", None),
        ] {
            assert_eq!(redirect_target(from, location).as_deref(), target, "{location}");
        }
        let to_tls = redirect_target("http://127.0.0.1:1", "https://a.org/");
        assert_eq!(to_tls.as_deref(), Some("https://a.org/"));
        let relative = redirect_target("http://127.0.0.1:1", "b");
        assert_eq!(relative.as_deref(), Some("http://127.0.0.1:1/b"));
    }

    #[test]
    fn a_message_does_not_show_the_query() {
        assert_eq!(short_url("https://a.org/works?api_key=1"), "a.org/works");
        assert_eq!(authority("https://a.org?b=//c"), "a.org");
        assert_eq!(short_url(&format!("https://{}", "a".repeat(200))).chars().count(), 101);
    }

    proptest::proptest! {
        #[test]
        fn any_location_is_refused_or_is_private(location in "(https?:)?/{0,2}[a-z@:.%#?\\[\\]/ é]{0,12}") {
            for from in ["https://a.org/x/y?z", "http://127.0.0.1:1"] {
                if let Some(target) = redirect_target(from, &location) {
                    proptest::prop_assert!(is_private(&target) && is_well_formed(&target), "{}", target);
                }
            }
        }
    }
}
