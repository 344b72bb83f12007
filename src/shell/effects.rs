//! What is done for each effect on a terminal.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::event_loop::Shell;
use super::jobs::note_editor::NoteFile;
use super::jobs::{cite, open_link};
use super::preferences::remember;
use super::queries;
use super::threads::{count_searches, edit_note, open_link, start_loader};
use super::workers::pending_work::Duty;
use crate::app::{Arrangement, Effect, Event, Subject};
use crate::cite::{CiteStyle, Form};
use crate::library::Which;

/// How long after the last move the detail pane follows.
const FOLLOW: Duration = Duration::from_millis(80);

impl Shell {
    /// Does what an effect asks for. What has an answer at once is returned.
    pub fn perform(&mut self, effect: Effect) -> Option<Event> {
        let corpus = &self.state.corpus;
        match effect {
            Effect::Search(request) => self.threads.worker.ask(request),
            Effect::Prepare(corpus) => self.threads.worker.prepare(corpus),
            Effect::KeepIndex(corpus) => self.threads.loader.keep_index(corpus),
            Effect::Fetch(id) => return Some(queries::fetch(corpus, id)),
            Effect::Sentences { ticket, papers, highlighter } => {
                return Some(queries::sentences(corpus, ticket, &papers, &highlighter));
            }
            Effect::Copy { subject, form } => self.copy(subject, form),
            Effect::Open { url } => {
                open_link(|| Ok(url), &self.surroundings, &self.threads.sender);
            }
            Effect::OpenFile { file, otherwise } => {
                let folders = self.threads.loader.folders();
                let find = move || open_link::local(&file, &folders, otherwise);
                open_link(find, &self.surroundings, &self.threads.sender);
            }
            Effect::Citing(task) => self.cite(task),
            Effect::Time => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                return Some(Event::Clocked(now));
            }
            Effect::Count(searches) => count_searches(searches, &self.threads.sender),
            Effect::Write(paper) => return self.write(paper),
            Effect::Wake => self.wake = Some(Instant::now() + FOLLOW),
            Effect::ShowCopy => self.threads.finishing.as_ref()?.copier.last(),
            Effect::Reload => return Some(self.reload()),
            Effect::PauseLoading => self.threads.loader.pause(),
            Effect::ResumeLoading => self.threads.loader.resume(),
            Effect::Remember(arrangement) => return self.remember(arrangement),
            Effect::Redraw => return self.redraw().err().map(|it| Event::Failed(it.to_string())),
            Effect::Suspend => {
                return self.terminal.suspend().err().map(|it| Event::Failed(it.to_string()));
            }
            Effect::Library(task) => self.threads.finishing.as_ref()?.librarian.ask(task),
            Effect::Quit(_) => {}
        }
        None
    }

    /// Has papers copied, and the keys kept that are given out with that.
    fn copy(&self, subject: Subject, form: Form) {
        let Some(finishing) = &self.threads.finishing else { return };
        let corpus = self.state.corpus_of(subject.of).clone();
        let style = self.style.clone();
        let keeper = finishing.librarian.key_keeper(style.bibliography.clone());
        finishing.copier.copy(move || {
            let (copy, given) = queries::rendered(&corpus, &subject.papers, form, &style)?;
            keeper.keep(given);
            Ok(copy)
        });
    }

    /// Has a task of citing done, and the keys kept that are given out with that.
    fn cite(&mut self, task: cite::Task) {
        let state_dir = self.surroundings.state_dir.as_deref();
        let Some(task) = cite::settled(task, &mut self.style, state_dir) else { return };
        let Some(finishing) = &self.threads.finishing else { return };
        let corpus = self.state.corpus_of(task.of()).clone();
        let marks = Arc::clone(self.state.marks_of(task.of()));
        let style = CiteStyle { marks, ..self.style.clone() };
        let keeper = finishing.librarian.key_keeper(style.bibliography.clone());
        let duty = if task.leaves_program() { Duty::Owed } else { Duty::Optional };
        finishing.copier.cite(duty, move || {
            let (answer, given) = cite::done(task, &corpus, &style);
            keeper.keep(given);
            answer
        });
    }

    fn reload(&mut self) -> Event {
        match self.threads.loader.reopen() {
            Ok(opened) => {
                let number = self.threads.loader.number() + 1;
                if let Some(it) = &self.threads.finishing {
                    it.librarian.reopened(number);
                }
                let cache = self.threads.loader.cache().cloned();
                self.threads.loader = start_loader(number, opened, cache, &self.threads.sender);
                Event::Reopened
            }
            Err(why) => Event::Failed(why),
        }
    }

    fn remember(&self, arrangement: Arrangement) -> Option<Event> {
        let directory = self.surroundings.state_dir.as_ref()?;
        let failed = remember(directory, arrangement).err()?;
        Some(Event::Failed(format!("The layout is not remembered: {failed}")))
    }

    /// Gives the terminal to the reader's editor, with the note on a paper.
    fn write(&mut self, paper: Which) -> Option<Event> {
        let directory = self.surroundings.state_dir.as_deref();
        match NoteFile::of(&self.state, paper, directory) {
            Ok(file) => {
                self.terminal.lend();
                edit_note(file, paper, &self.threads);
                None
            }
            Err(why) => Some(Event::Failed(why)),
        }
    }
}
