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
    task: CiteRequest,
    corpus: &Corpus,
    style: &mut CiteOptions,
) -> Option<(CiteResult, Vec<IssuedKey>)> {
    apply_setting(task, style, None).map(|task| execute(task, corpus, style))
}

/// Applies a request that changes settings, and returns any other. A chosen style is stored if
/// there is a state directory.
pub fn apply_setting(
    task: CiteRequest,
    style: &mut CiteOptions,
    state_dir: Option<&Path>,
) -> Option<CiteRequest> {
    match task {
        CiteRequest::UseStyle(it) => {
            // A failure is ignored: the style applies to this run all the same.
            let _ = state_dir.map(|place| save_style(place, it.name()));
            style.style = it;
        }
        CiteRequest::PreferVersion(it) => style.preferred_version = it,
        other => return Some(other),
    }
    None
}

/// Executes a request that may be slow. Also returns the citation keys assigned by it.
pub fn execute(
    task: CiteRequest,
    corpus: &Corpus,
    style: &CiteOptions,
) -> (CiteResult, Vec<IssuedKey>) {
    let answer = match task {
        CiteRequest::Export(it) => return export::export(it, corpus, style),
        CiteRequest::Pipe { subject, form, command } => {
            return pipe(&subject.papers, form, &command, corpus, style);
        }
        CiteRequest::Preview { paper, style: wanted } => {
            let style = CiteOptions { style: wanted.clone(), ..style.clone() };
            let text = render(corpus, &[paper], OutputFormat::Reference, &style).text;
            CiteResult::Preview(StylePreview { paper, style: wanted, text })
        }
        CiteRequest::FindStyle(name) => {
            find_style::find_style(&name).map_or_else(CiteResult::Failed, CiteResult::Style)
        }
        CiteRequest::UseStyle(_) | CiteRequest::PreferVersion(_) => CiteResult::Done(String::new()),
    };
    (answer, Vec::new())
}

/// Pipes papers to a command, without a shell.
fn pipe(
    papers: &[PaperId],
    form: OutputFormat,
    command: &str,
    corpus: &Corpus,
    style: &CiteOptions,
) -> (CiteResult, Vec<IssuedKey>) {
    let failed = |why| (CiteResult::Failed(why), Vec::new());
    let rendered = render(corpus, papers, form, style);
    if rendered.papers == 0 {
        return failed(format!("Nothing piped: {}.", form.describe_missing(papers.len())));
    }
    let arguments = match split_command(command) {
        Ok(arguments) => arguments,
        Err(why) => return failed(format!("`{command}`: {why}")),
    };
    let Some((program, rest)) = arguments.split_first() else {
        return failed("No command given".to_owned());
    };
    let mut started = Command::new(program);
    match process::run(started.args(rest), &rendered.text, Output::Capture, PIPE_TIMEOUT) {
        Ok(output) => {
            let said = output.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
            let said = sanitise(said.trim());
            let mut told =
                format!("{}, {} B → `{command}`", rendered.describe(), rendered.text.len());
            if let Some(keys) = rendered.keys.message() {
                told = format!("{told} ({keys})");
            }
            let told = if said.is_empty() { told } else { format!("{told}: {said}") };
            (CiteResult::Done(told), queries::issued_keys(corpus, &rendered.keys))
        }
        Err(trouble) => failed(format!("`{command}`: {trouble}")),
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
        let CiteResult::Done(told) = run("cat") else { panic!() };
        assert!(told.starts_with("title, ") && told.contains(" B → `cat`: "), "{told}");
        let CiteResult::Failed(why) = run("sh -c 'printf \"\\033[31mno\" >&2; exit 3'") else {
            panic!()
        };
        assert!(why.contains("exit status: 3") && why.ends_with("no"), "{why}");
        assert!(!why.contains('\u{1b}'));
        assert!(matches!(run("no-such-program-here"), CiteResult::Failed(_)));
        assert!(matches!(run("''"), CiteResult::Failed(_)));
    }
}
