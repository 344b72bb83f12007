//! What citing asks of the world: files, commands, styles.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{export, find_style};
pub use crate::app::model::cite_request::Task;
use crate::app::model::cite_request::{Answer, Preview};
use crate::cite::{CiteStyle, Form, render};
use crate::domain::{Corpus, PaperId};
use crate::library::GivenKey;
use crate::shell::clipboard::process::{self, Answer as Output};
use crate::shell::preferences::remember_style;
use crate::shell::queries;
use crate::shell::split_command::words;
use crate::text::sanitise;

/// How long a command may take that papers are handed to.
const DEADLINE: Duration = Duration::from_secs(10);

/// Does a task: at once where it only says how papers are cited from now on.
pub fn perform(
    task: Task,
    corpus: &Corpus,
    style: &mut CiteStyle,
) -> Option<(Answer, Vec<GivenKey>)> {
    settled(task, style, None).map(|task| done(task, corpus, style))
}

/// Takes what a task says of how papers are cited, and leaves the others. A style is remembered where
/// there is a place for that.
pub fn settled(task: Task, style: &mut CiteStyle, state_dir: Option<&Path>) -> Option<Task> {
    match task {
        Task::Use(it) => {
            // The style is in use all the same.
            let _ = state_dir.map(|place| remember_style(place, it.name()));
            style.style = it;
        }
        Task::Prefer(it) => style.prefer = it,
        other => return Some(other),
    }
    None
}

/// Does a task that may take its time. Returns also the keys that are given out with that.
pub fn done(task: Task, corpus: &Corpus, style: &CiteStyle) -> (Answer, Vec<GivenKey>) {
    let answer = match task {
        Task::Export(it) => return export::export(it, corpus, style),
        Task::Pipe { subject, form, command } => {
            return pipe(&subject.papers, form, &command, corpus, style);
        }
        Task::Preview { paper, style: wanted } => {
            let style = CiteStyle { style: wanted.clone(), ..style.clone() };
            let text = render(corpus, &[paper], Form::Reference, &style).text;
            Answer::Previewed(Preview { paper, style: wanted, text })
        }
        Task::Find(name) => find_style::style(&name).map_or_else(Answer::Failed, Answer::Found),
        Task::Use(_) | Task::Prefer(_) => Answer::Done(String::new()),
    };
    (answer, Vec::new())
}

/// Hands papers to a command, without a shell.
fn pipe(
    papers: &[PaperId],
    form: Form,
    command: &str,
    corpus: &Corpus,
    style: &CiteStyle,
) -> (Answer, Vec<GivenKey>) {
    let failed = |why| (Answer::Failed(why), Vec::new());
    let rendered = render(corpus, papers, form, style);
    if rendered.papers == 0 {
        return failed(format!("Nothing piped: {}.", form.lack(papers.len())));
    }
    let arguments = match words(command) {
        Ok(arguments) => arguments,
        Err(why) => return failed(format!("`{command}` not started: {why}")),
    };
    let Some((program, rest)) = arguments.split_first() else {
        return failed("No command was named.".to_owned());
    };
    let mut started = Command::new(program);
    match process::run(started.args(rest), &rendered.text, Output::Wanted, DEADLINE) {
        Ok(output) => {
            let said = output.lines().find(|it| !it.trim().is_empty()).unwrap_or_default();
            let said = sanitise(said.trim());
            let mut told = format!("{}, {} B → `{command}`", rendered.what(), rendered.text.len());
            if let Some(keys) = rendered.keys.sentence() {
                told = format!("{told} ({keys})");
            }
            let told = if said.is_empty() { told } else { format!("{told}: {said}") };
            (Answer::Done(told), queries::given(corpus, &rendered.keys))
        }
        Err(trouble) => failed(format!("`{command}` {trouble}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::KeyPattern;
    use crate::sources::builtin;

    #[test]
    #[cfg(unix)]
    fn papers_are_piped_and_a_failure_is_told_with_its_complaint() {
        let corpus = builtin(&KeyPattern::default());
        let run = |command: &str| {
            pipe(&[PaperId(0)], Form::Title, command, &corpus, &CiteStyle::default()).0
        };
        let Answer::Done(told) = run("cat") else { panic!() };
        assert!(told.starts_with("title, ") && told.contains(" B → `cat`: "), "{told}");
        let Answer::Failed(why) = run("sh -c 'printf \"\\033[31mno\" >&2; exit 3'") else {
            panic!()
        };
        assert!(why.contains("exit status: 3") && why.ends_with("no"), "{why}");
        assert!(!why.contains('\u{1b}'));
        assert!(matches!(run("no-such-program-here"), Answer::Failed(_)));
        assert!(matches!(run("''"), Answer::Failed(_)));
    }
}
