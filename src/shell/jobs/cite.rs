//! Executes cite requests: exports, pipes, style previews and style files.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{export, find_style};
pub use crate::app::model::cite_request::CiteRequest;
use crate::app::model::cite_request::{CiteResult, StylePreview};
use crate::cite::{CiteOptions, OutputFormat, render};
use crate::domain::{Corpus, PaperId};
use crate::library::IssuedKey;
use crate::shell::clipboard::process::{self, OutputMode as Output};
use crate::shell::preferences::save_style;
use crate::shell::queries;
use crate::shell::split_command::split_command;
use crate::text::sanitise;

/// Timeout of a command that papers are piped to.
const PIPE_TIMEOUT: Duration = Duration::from_secs(10);

/// Executes a request. A change of settings is applied at once and returns `None`.
pub fn run(
    request: CiteRequest,
    corpus: &Corpus,
    style: &mut CiteOptions,
) -> Option<(CiteResult, Vec<IssuedKey>)> {
    apply_setting(request, style, None).map(|request| execute(request, corpus, style))
}

/// Applies a request that changes settings, and returns any other. A chosen style is stored if
/// there is a state directory.
pub fn apply_setting(
    request: CiteRequest,
    style: &mut CiteOptions,
    state_dir: Option<&Path>,
) -> Option<CiteRequest> {
    match request {
        CiteRequest::UseStyle(new_style) => {
            // A failure is ignored: the style applies to this run all the same.
            let _ = state_dir.map(|directory| save_style(directory, new_style.name()));
            style.style = new_style;
        }
        CiteRequest::PreferVersion(version) => style.preferred_version = version,
        other => return Some(other),
    }
    None
}

/// Executes a request that may be slow. Also returns the citation keys assigned by it.
pub fn execute(
    request: CiteRequest,
    corpus: &Corpus,
    style: &CiteOptions,
) -> (CiteResult, Vec<IssuedKey>) {
    let result = match request {
        CiteRequest::Export(request) => return export::export(request, corpus, style),
        CiteRequest::Pipe { target, format, command } => {
            return pipe(&target.papers, format, &command, corpus, style);
        }
        CiteRequest::Preview { paper, style: preview_style } => {
            let style = CiteOptions { style: preview_style.clone(), ..style.clone() };
            let text = render(corpus, &[paper], OutputFormat::Reference, &style).text;
            CiteResult::Preview(StylePreview { paper, style: preview_style, text })
        }
        CiteRequest::FindStyle(name) => {
            find_style::find_style(&name).map_or_else(CiteResult::Failed, CiteResult::Style)
        }
        CiteRequest::UseStyle(_) | CiteRequest::PreferVersion(_) => CiteResult::Done(String::new()),
    };
    (result, Vec::new())
}

/// Pipes papers to a command, without a shell.
fn pipe(
    papers: &[PaperId],
    format: OutputFormat,
    command: &str,
    corpus: &Corpus,
    style: &CiteOptions,
) -> (CiteResult, Vec<IssuedKey>) {
    let failure = |reason| (CiteResult::Failed(reason), Vec::new());
    let rendered = render(corpus, papers, format, style);
    if rendered.papers == 0 {
        return failure(format!("Nothing piped: {}.", format.describe_missing(papers.len())));
    }
    let arguments = match split_command(command) {
        Ok(arguments) => arguments,
        Err(reason) => return failure(format!("`{command}`: {reason}")),
    };
    let Some((program, further_arguments)) = arguments.split_first() else {
        return failure("No command given".to_owned());
    };
    let mut process = Command::new(program);
    match process::run(
        process.args(further_arguments),
        &rendered.text,
        Output::Capture,
        PIPE_TIMEOUT,
    ) {
        Ok(output) => {
            let reply = output.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
            let reply = sanitise(reply.trim());
            let mut message =
                format!("{}, {} B → `{command}`", rendered.describe(), rendered.text.len());
            if let Some(keys) = rendered.keys.message() {
                message = format!("{message} ({keys})");
            }
            let message = if reply.is_empty() { message } else { format!("{message}: {reply}") };
            (CiteResult::Done(message), queries::issued_keys(corpus, &rendered.keys))
        }
        Err(error) => failure(format!("`{command}`: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::KeyPattern;
    use crate::sources::builtin_corpus;

    #[test]
    #[cfg(unix)]
    fn papers_are_piped_and_a_failure_is_told_with_its_complaint() {
        let corpus = builtin_corpus(&KeyPattern::default());
        let run = |command: &str| {
            pipe(&[PaperId(0)], OutputFormat::Title, command, &corpus, &CiteOptions::default()).0
        };
        let CiteResult::Done(message) = run("cat") else { panic!() };
        assert!(message.starts_with("title, ") && message.contains(" B → `cat`: "), "{message}");
        let CiteResult::Failed(reason) = run("sh -c 'printf \"\\033[31mno\" >&2; exit 3'") else {
            panic!()
        };
        assert!(reason.contains("exit status: 3") && reason.ends_with("no"), "{reason}");
        assert!(!reason.contains('\u{1b}'));
        assert!(matches!(run("no-such-program-here"), CiteResult::Failed(_)));
        assert!(matches!(run("''"), CiteResult::Failed(_)));
    }
}
