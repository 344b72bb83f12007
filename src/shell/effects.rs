//! Executes effects on a terminal.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::event_loop::Shell;
use super::jobs::complete_path::complete_path;
use super::jobs::enrich::EnrichRequest;
use super::jobs::export::expand_home;
use super::jobs::note_editor::NoteFile;
use super::jobs::{cite, open_link};
use super::preferences::{save_bibliography, save_layout, save_theme};
use super::queries;
use super::threads::{count_facets, count_searches, edit_note, open_link, start_enrichment};
use super::workers::pending_work::ExitPolicy;
use super::workers::text::{TextKind, TextRequest};
use crate::app::{Effect, Event, LayoutMode, MouseCapture, Target, Theme};
use crate::cite::{CiteOptions, OutputFormat};
use crate::library::PaperRef;
use crate::search::CalendarDay;
use crate::sources::io_reason;

/// Delay between the last cursor move and the update of the detail pane.
const DETAIL_DELAY: Duration = Duration::from_millis(80);

impl Shell {
    /// Returns text that is in memory at once. The text thread reads what is in a file.
    fn read_text(&self, kind: TextKind) -> Option<Event> {
        let corpus = &self.state.corpus;
        if kind.is_in_memory(corpus) {
            return Some(kind.read(corpus));
        }
        let (load, corpus) = (self.threads.loader.number(), corpus.clone());
        self.threads.text.request(TextRequest { load, corpus, kind });
        None
    }

    /// Executes an effect. Returns the event of an effect that completes at once.
    pub fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Search(request) => self.threads.search.search(request),
            Effect::PrepareSearch(corpus) => self.threads.search.prepare(corpus),
            Effect::SaveIndex(corpus) => self.threads.loader.save_index(corpus),
            Effect::FetchAbstract(id) => return self.read_text(TextKind::Abstract(id)),
            Effect::FetchSnippets { query_id, papers, highlighter } => {
                let kind = TextKind::Snippets { query_id, papers, highlighter };
                return self.read_text(kind);
            }
            Effect::Copy { target, format } => self.copy(target, format),
            Effect::OpenLink { url } => {
                open_link(|| Ok(url), &self.environment, &self.threads.sender);
            }
            Effect::OpenFile { file, otherwise } => {
                let folders = self.threads.loader.folders();
                let find = move || open_link::resolve_file(&file, &folders, otherwise);
                open_link(find, &self.environment, &self.threads.sender);
            }
            Effect::Cite(request) => self.cite(request),
            Effect::ReadClock => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                return Some(Event::Time(now));
            }
            Effect::ReadDate => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                return Some(Event::Date(CalendarDay::from_unix_time(now)));
            }
            Effect::CountSearches(searches) => count_searches(searches, &self.threads.sender),
            Effect::CountFacets(request) => count_facets(request, &self.threads.sender),
            Effect::EditNote(paper) => return self.edit_note(paper),
            Effect::ScheduleWakeUp => self.wake_at = Some(Instant::now() + DETAIL_DELAY),
            Effect::ShowLastCopy => self.threads.draining.as_ref()?.copy_worker.request_last_copy(),
            Effect::OpenList(text) => return Some(self.open_list(&text)),
            Effect::ReturnToList(completeness) => self.return_to_list(completeness),
            Effect::StopFetch => self.stop_fetch(),
            Effect::Reload => return Some(self.reload()),
            Effect::Enrich { target, references } => self.enrich(target, references),
            Effect::StopEnrichment => {
                if let Some(control) = &self.threads.enrichment {
                    control.cancel();
                }
            }
            Effect::UpdateInbox => return self.update_inbox(),
            Effect::PauseLoading => self.threads.loader.pause(),
            Effect::ResumeLoading => self.threads.loader.resume(),
            Effect::SaveLayout(layout_mode) => return self.save_layout(layout_mode),
            Effect::SaveBibliographyPath(path) => {
                // A failure is ignored: the bibliography is offered again in this run all the same.
                let directory = self.environment.state_dir.as_deref()?;
                let _ = save_bibliography(directory, &expand_home(&path));
            }
            Effect::CompletePath(text) => {
                let paths = complete_path(&text);
                return Some(Event::PathCompletions { text, paths });
            }
            Effect::SaveTheme(theme) => return self.save_theme(theme),
            Effect::CaptureMouse(capture) => return self.capture_mouse(capture),
            Effect::Redraw => return self.redraw().err().map(|it| Event::Error(it.to_string())),
            Effect::Suspend => {
                return self.terminal.suspend().err().map(|it| Event::Error(it.to_string()));
            }
            Effect::Library(command) => {
                self.threads.draining.as_ref()?.library_worker.run_command(command);
            }
            Effect::Quit(_) => {}
        }
        None
    }

    /// Requests a copy; the citation keys that it assigns are recorded in the library.
    fn copy(&self, target: Target, format: OutputFormat) {
        let Some(draining) = &self.threads.draining else { return };
        let corpus = self.state.corpus_of(target.corpus).clone();
        let style = self.style.clone();
        let recorder = draining.library_worker.key_recorder(style.bibliography.clone());
        draining.copy_worker.copy(move || {
            let (copy, issued_keys) =
                queries::render_copy(&corpus, &target.papers, format, &style)?;
            recorder.record(issued_keys);
            Ok(copy)
        });
    }

    /// Executes a cite request; the citation keys that it assigns are recorded in the library.
    fn cite(&mut self, request: cite::CiteRequest) {
        let state_dir = self.environment.state_dir.as_deref();
        let Some(request) = cite::apply_setting(request, &mut self.style, state_dir) else {
            return;
        };
        let Some(draining) = &self.threads.draining else { return };
        let corpus = self.state.corpus_of(request.corpus()).clone();
        let marks = Arc::clone(self.state.marks_of(request.corpus()));
        let style = CiteOptions { marks, ..self.style.clone() };
        let recorder = draining.library_worker.key_recorder(style.bibliography.clone());
        let exit_policy =
            if request.leaves_program() { ExitPolicy::Finish } else { ExitPolicy::Abandon };
        draining.copy_worker.run_cite_request(exit_policy, move || {
            let (result, issued_keys) = cite::execute(request, &corpus, &style);
            recorder.record(issued_keys);
            result
        });
    }

    /// Completes papers from services, on a thread of its own.
    fn enrich(&mut self, target: Target, references: Vec<PaperRef>) {
        let corpus = self.state.corpus_of(target.corpus).clone();
        let options = self.threads.loader.options().clone();
        let request = EnrichRequest { corpus, target, references, options };
        let number = self.threads.loader.number();
        self.threads.enrichment = Some(start_enrichment(number, request, &self.threads.sender));
    }

    fn save_layout(&self, layout_mode: LayoutMode) -> Option<Event> {
        let directory = self.environment.state_dir.as_ref()?;
        let error = save_layout(directory, layout_mode).err()?;
        Some(Event::Error(format!("Layout not saved: {}", io_reason(&error))))
    }

    fn save_theme(&self, theme: Theme) -> Option<Event> {
        let directory = self.environment.state_dir.as_ref()?;
        let error = save_theme(directory, theme).err()?;
        Some(Event::Error(format!("Theme not saved: {}", io_reason(&error))))
    }

    fn capture_mouse(&self, capture: MouseCapture) -> Option<Event> {
        if self.terminal.is_inline() {
            return Some(Event::Error("Mouse: not available with --height".to_owned()));
        }
        let error = self.terminal.capture_mouse(capture).err()?;
        Some(Event::Error(format!("Mouse: {}", io_reason(&error))))
    }

    /// Lends the terminal to the user's editor, with a paper's note.
    fn edit_note(&mut self, paper: PaperRef) -> Option<Event> {
        let directory = self.environment.state_dir.as_deref();
        match NoteFile::for_paper(&self.state, paper, directory) {
            Ok(file) => {
                self.terminal.lend();
                edit_note(file, paper, &self.threads);
                None
            }
            Err(reason) => Some(Event::Error(reason)),
        }
    }
}
