//! Opens a link with the desktop's program, or returns the reason to show it instead.

use std::path::{Path, PathBuf};

use super::browser::{BrowserResult, open_in_browser};
use crate::domain::doi_url;
use crate::shell::clipboard::Connection;
use crate::sources::io_reason;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{0:?}: not opened (only http, https, doi, mailto and local PDF files are)")]
    NotALink(String),
    #[error("{0:?}: no such PDF file")]
    NoFile(String),
    #[error("{link}: {}", io_reason(.source))]
    Launch { link: String, source: std::io::Error },
}

/// Result of opening a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenResult {
    /// A program was started.
    Launched,
    /// No program was started, as the user would not see it: show `link`.
    Show { link: String, reason: &'static str },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    Local,
    /// Over SSH, where a program would open on a screen that nobody sees.
    Remote,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// Always has a desktop: macOS, and Windows including WSL.
    Desktop,
    /// Has an X11 or Wayland display.
    Display,
    /// Has no display server.
    Console,
}

/// The desktop that the program runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desktop {
    pub session: SessionKind,
    pub platform: Platform,
}

impl Desktop {
    /// Reads the environment of this process.
    pub fn read() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// Reads the given variables.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let any = |names: &[&str]| {
            names.iter().any(|name| variable(name).is_some_and(|value| !value.is_empty()))
        };
        let remote = any(&["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"]);
        let has_own_launcher = cfg!(any(windows, target_os = "macos"));
        let platform = if has_own_launcher || any(&["WSL_DISTRO_NAME", "WSL_INTEROP"]) {
            Platform::Desktop
        } else if any(&["WAYLAND_DISPLAY", "DISPLAY"]) {
            Platform::Display
        } else {
            Platform::Console
        };
        Self { session: if remote { SessionKind::Remote } else { SessionKind::Local }, platform }
    }

    /// Replaces the session kind by that of the attached terminal. A desktop that this process
    /// cannot reach remains unreachable.
    #[must_use]
    pub fn with_connection(self, link: Connection) -> Self {
        let session =
            if link == Connection::Local { SessionKind::Local } else { SessionKind::Remote };
        Self { session, ..self }
    }

    fn reason_not_to_open(self) -> Option<&'static str> {
        match (self.session, self.platform) {
            (SessionKind::Remote, _) => Some("Over SSH"),
            (SessionKind::Local, Platform::Console) => Some("No display"),
            (SessionKind::Local, _) => None,
        }
    }
}

/// Opens a link or a local PDF file without a shell, or returns the reason to show it. A page is
/// opened by the programs of `browsers`, the value of `BROWSER`, if one of them starts: over SSH it
/// may open the page before the reader. Waits up to 250 ms for each launcher that fails; call it off
/// the main thread.
///
/// # Errors
///
/// Returns an error if the target is of a kind that is never opened, or if no program opens it.
pub fn open_link(
    link: &str,
    desktop: Desktop,
    browsers: Option<&str>,
) -> Result<OpenResult, OpenError> {
    let mut result = BrowserResult::NotConfigured;
    let target = match LinkTarget::parse(link)? {
        LinkTarget::Link(link) => {
            if let Some(browsers) = browsers.filter(|_| link.starts_with("http")) {
                result = open_in_browser(browsers, &link);
            }
            link
        }
        LinkTarget::Pdf(path) => canonical_file(&path)?,
    };
    if result == BrowserResult::Started {
        return Ok(OpenResult::Launched);
    }
    if let Some(reason) = desktop.reason_not_to_open() {
        let reason = if result == BrowserResult::Failed { "BROWSER failed" } else { reason };
        return Ok(OpenResult::Show { link: target, reason });
    }
    // A detached launcher has its own session and no standard streams.
    match open::that_detached(&target) {
        Ok(()) => Ok(OpenResult::Launched),
        Err(source) => Err(OpenError::Launch { link: target, source }),
    }
}

/// The PDF file of a paper, looked up in the directories of the sources, or else the link.
///
/// # Errors
///
/// Returns a sentence that names the file.
pub fn resolve_file(
    file: &str,
    folders: &[PathBuf],
    otherwise: Option<String>,
) -> Result<String, String> {
    let path = match file.strip_prefix("~/").zip(std::env::home_dir()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(file.strip_prefix("file://").unwrap_or(file)),
    };
    let mut candidates = vec![path.clone()];
    if path.is_relative() {
        candidates.splice(0..0, folders.iter().map(|it| it.join(&path)));
    }
    let existing = candidates.iter().find_map(|it| canonical_file(it).ok());
    existing.or(otherwise).ok_or_else(|| {
        format!("{file:?}: no such PDF file, and no other PDF of the paper is known")
    })
}

#[derive(Debug, PartialEq, Eq)]
enum LinkTarget {
    Link(String),
    Pdf(PathBuf),
}

impl LinkTarget {
    fn parse(link: &str) -> Result<Self, OpenError> {
        let link = link.trim();
        let refused = || OpenError::NotALink(link.to_owned());
        if link.is_empty() || link.chars().any(char::is_control) {
            return Err(refused());
        }
        // One letter before the colon is a Windows drive.
        let Some((scheme, rest)) = link.split_once(':').filter(|(scheme, _)| scheme.len() > 1)
        else {
            return parse_pdf(link).ok_or_else(refused);
        };
        let has_host = rest.strip_prefix("//").is_some_and(|it| !it.is_empty());
        let is_plain = !rest.contains(|c: char| c.is_whitespace() || "\"<>\\^`{|}".contains(c));
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" if has_host && is_plain => Ok(Self::Link(link.to_owned())),
            "mailto" if rest.contains('@') && is_plain => Ok(Self::Link(link.to_owned())),
            "doi" if rest.trim_start().starts_with("10.") => Ok(Self::Link(doi_url(rest.trim()))),
            _ => parse_pdf(link).ok_or_else(refused),
        }
    }
}

fn parse_pdf(path: &str) -> Option<LinkTarget> {
    let path = Path::new(path);
    let named = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("pdf"));
    named.then(|| LinkTarget::Pdf(path.to_owned()))
}

/// Resolves a path to an absolute one, which no launcher takes for an option or a URL.
fn canonical_file(path: &Path) -> Result<String, OpenError> {
    let canonical = path.canonicalize().ok().filter(|path| path.is_file());
    let text = canonical.and_then(|path| path.into_os_string().into_string().ok());
    text.ok_or_else(|| OpenError::NoFile(path.display().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desktop(variables: &[(&str, &str)]) -> Desktop {
        Desktop::from_variables(|name| {
            let variable = variables.iter().find(|(it, _)| *it == name);
            variable.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn over_ssh_a_link_is_shown_and_nothing_started() {
        let remote = desktop(&[("SSH_CONNECTION", "a b c d"), ("DISPLAY", "localhost:10")]);
        let link = "https://arxiv.org/abs/2501.02950".to_owned();
        let result = open_link(&link, remote, None).unwrap();
        assert_eq!(result, OpenResult::Show { link: link.clone(), reason: "Over SSH" });
        let result = open_link(&link, remote, Some("no-such-browser")).unwrap();
        assert_eq!(result, OpenResult::Show { link, reason: "BROWSER failed" });
    }

    #[cfg(unix)]
    #[test]
    fn a_browser_that_is_named_opens_pages_over_ssh_and_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let remote = desktop(&[("SSH_TTY", "/dev/pts/1")]);
        let result = open_link("https://e.org", remote, Some("true")).unwrap();
        assert_eq!(result, OpenResult::Launched);
        let path = directory.path().join("a.pdf");
        std::fs::write(&path, "%PDF").unwrap();
        for other in ["mailto:a@e.org", path.to_str().unwrap()] {
            let result = open_link(other, remote, Some("true")).unwrap();
            assert!(matches!(result, OpenResult::Show { reason: "Over SSH", .. }), "{other}");
        }
    }

    #[test]
    fn what_tmux_knows_of_the_link_counts_for_more_than_the_environment() {
        let begun_at_the_desk = desktop(&[("DISPLAY", ":0")]);
        assert_eq!(
            begun_at_the_desk.with_connection(Connection::Ssh).reason_not_to_open(),
            Some("Over SSH")
        );
        let begun_over_ssh = desktop(&[("SSH_TTY", "/dev/pts/1"), ("DISPLAY", ":0")]);
        assert_eq!(begun_over_ssh.with_connection(Connection::Local).reason_not_to_open(), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn without_a_display_a_link_is_shown() {
        assert_eq!(desktop(&[]).reason_not_to_open(), Some("No display"));
        assert_eq!(desktop(&[("DISPLAY", "")]).reason_not_to_open(), Some("No display"));
        assert_eq!(desktop(&[("WAYLAND_DISPLAY", "wayland-0")]).reason_not_to_open(), None);
        assert_eq!(desktop(&[("WSL_DISTRO_NAME", "Debian")]).reason_not_to_open(), None);
    }

    #[test]
    fn a_doi_is_opened_where_it_resolves() {
        assert_eq!(
            LinkTarget::parse("doi:10.1002/(sici)1<2::aid>3.0 x").unwrap(),
            LinkTarget::Link("https://doi.org/10.1002/(sici)1%3C2::aid%3E3.0%20x".to_owned())
        );
    }

    #[test]
    fn only_links_and_pdf_files_are_opened() {
        let over_ssh = desktop(&[("SSH_TTY", "/dev/pts/1")]);
        for unsafe_link in [
            "", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://e.org/a b",
            "https://e.org/\u{1b}]52;", "/bin/sh", "ssh://host", "--help", "mailto:",
        ] {
            assert!(
                matches!(
                    open_link(unsafe_link, over_ssh, Some("true")),
                    Err(OpenError::NotALink(_))
                ),
                "{unsafe_link}"
            );
        }
        assert!(matches!(open_link("/no/such.pdf", over_ssh, None), Err(OpenError::NoFile(_))));
        assert!(matches!(
            open_link("file:///no/such.pdf", over_ssh, None),
            Err(OpenError::NoFile(_))
        ));
    }

    #[test]
    fn a_file_is_looked_for_beside_the_source_and_a_link_stands_in_for_it() {
        let directory = tempfile::tempdir().unwrap();
        let folders = [directory.path().to_owned()];
        std::fs::write(directory.path().join("a.pdf"), "%PDF").unwrap();
        let resolved = resolve_file("a.pdf", &folders, None).unwrap();
        assert!(resolved.ends_with("a.pdf") && Path::new(&resolved).is_absolute(), "{resolved}");
        let link = "https://example.org/a.pdf".to_owned();
        assert_eq!(resolve_file("gone.pdf", &folders, Some(link.clone())), Ok(link));
        assert!(resolve_file("gone.pdf", &folders, None).unwrap_err().contains("\"gone.pdf\""));
    }

    #[test]
    fn a_pdf_is_opened_by_its_full_name() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("-a paper.PDF");
        std::fs::write(&path, "%PDF").unwrap();
        let remote = desktop(&[("SSH_TTY", "/dev/pts/1")]);
        let result = open_link(path.to_str().unwrap(), remote, None).unwrap();
        let link = path.canonicalize().unwrap().to_str().unwrap().to_owned();
        assert_eq!(result, OpenResult::Show { link, reason: "Over SSH" });
    }
}
