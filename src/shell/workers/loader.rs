//! The loader thread: loads sources in order; can be paused, resumed and cancelled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::spawn::spawn_job;
use crate::app::model::list_stack::{ListOrigin, OriginKind};
use crate::domain::Corpus;
use crate::search::SortKey;
use crate::sources::{
    Cache, Fingerprint, Freshness, InboxFile, IndexSaver, LoadControl, LoadEvent, OpenSource,
    ReadOptions, Source, SourceError, index_saver, load_all, open,
};

/// A running load. Dropping it cancels the load.
#[derive(Debug)]
pub struct Loader {
    /// Number of the load in this run.
    load_number: u32,
    control: LoadControl,
    sources: Vec<Source>,
    options: ReadOptions,
    fingerprints: Vec<Fingerprint>,
    cache: Option<Cache>,
    index_saver: Option<Arc<IndexSaver>>,
    /// True if the user has stopped the load: what still arrives of it is dropped.
    is_stopped: bool,
}

impl Loader {
    /// Opens the sources; stops at the first failure.
    ///
    /// # Errors
    ///
    /// Returns an error if a source does not exist or contains no papers.
    pub fn open(sources: &[Source], options: &ReadOptions) -> Result<Vec<OpenSource>, SourceError> {
        sources.iter().map(|it| open(it.clone(), options)).collect()
    }

    /// Loads the opened sources on a thread of its own.
    pub fn start(
        number: u32,
        sources: Vec<OpenSource>,
        cache: Option<Cache>,
        on_panic: impl FnOnce(String) + Send + 'static,
        mut post: impl FnMut(LoadEvent) + Send + 'static,
    ) -> Self {
        let control = LoadControl::default();
        let loader = Self {
            load_number: number,
            control: control.clone(),
            options: sources.first().map(|it| it.options().clone()).unwrap_or_default(),
            sources: sources.iter().map(|it| it.source().clone()).collect(),
            fingerprints: sources.iter().filter_map(|it| it.fingerprint().cloned()).collect(),
            cache: cache.clone(),
            index_saver: index_saver(&sources, cache.as_ref()).map(Arc::new),
            is_stopped: false,
        };
        let job = move || load_all(sources, cache.as_ref(), &control, &mut post);
        spawn_job("loader", on_panic, job);
        loader
    }

    /// Writes the indexes of a corpus to the cache, on a thread of its own.
    pub fn save_index(&self, corpus: Corpus) {
        let Some(index_saver) = self.index_saver.clone() else { return };
        // A failure is ignored: a missing index is built again.
        spawn_job("cache", drop, move || {
            index_saver.save(&corpus, &|| Arc::strong_count(&index_saver) == 1);
        });
    }

    pub fn number(&self) -> u32 {
        self.load_number
    }

    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    pub fn pause(&self) {
        self.control.pause();
    }

    pub fn resume(&self) {
        self.control.resume();
    }

    /// Cancels the load for good. Its thread may still wait for a slow service.
    pub fn stop(&mut self) {
        self.control.cancel();
        self.is_stopped = true;
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// Gives the load another number, under which its papers are on the screen again.
    pub fn renumber(&mut self, number: u32) {
        self.load_number = number;
    }

    pub fn options(&self) -> &ReadOptions {
        &self.options
    }

    /// Returns true if a source is on the network, so that a load takes as long as its service.
    pub fn is_online(&self) -> bool {
        self.sources.iter().any(|it| matches!(it, Source::Online(_)))
    }

    pub fn is_inbox(&self) -> bool {
        is_inbox(&self.sources)
    }

    /// The key of the session of the sources.
    pub fn session_key(&self) -> Option<String> {
        session_key(&self.sources)
    }

    /// The directories of the source files.
    pub fn folders(&self) -> Vec<PathBuf> {
        let folder = |it: &Source| it.path()?.parent().map(Path::to_owned);
        self.sources.iter().filter_map(folder).collect()
    }

    /// Returns true if a source file has changed since it was opened.
    pub fn is_stale(&self) -> bool {
        self.fingerprints.iter().any(Fingerprint::is_stale)
    }

    /// Opens the same sources again. What the cache has of the network is asked for again.
    ///
    /// # Errors
    ///
    /// Returns an error if a source is gone or is standard input, which can be read only once.
    pub fn reopen(&self) -> Result<Vec<OpenSource>, String> {
        if self.sources.contains(&Source::Stdin) {
            return Err("Standard input cannot be reloaded".to_owned());
        }
        let options = ReadOptions { freshness: Freshness::Revalidated, ..self.options.clone() };
        Self::open(&self.sources_of_today(), &options)
            .map_err(|error| format!("Not reloaded: {error}"))
    }
}

impl Loader {
    /// The sources; of the inbox also those that have come since.
    fn sources_of_today(&self) -> Vec<Source> {
        let Some(Source::Inbox(InboxFile { name, .. })) =
            self.sources.first().filter(|_| self.is_inbox())
        else {
            return self.sources.clone();
        };
        let inbox = self.options.inbox.as_ref();
        let files = inbox.map(|it| it.directory.files(name.as_deref())).unwrap_or_default();
        if files.is_empty() {
            return self.sources.clone();
        }
        files.into_iter().map(Source::Inbox).collect()
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.control.cancel();
    }
}

/// The key of the session of these sources; `None` if one of them cannot be opened again.
pub fn session_key<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Option<String> {
    let name = |it: &Source| match it {
        Source::Builtin => Some("built-in".to_owned()),
        Source::File(path) => {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            Some(path.to_string_lossy().into_owned())
        }
        // The same for all files: one more source that is followed leaves the session as it is.
        Source::Inbox(InboxFile { name: None, .. }) => Some("inbox".to_owned()),
        Source::Inbox(InboxFile { name: Some(name), .. }) => Some(format!("inbox {name}")),
        Source::Online(online) => Some(format!("online {}", online.address)),
        Source::Zotero(address) => Some(address.to_string()),
        Source::Stdin => None,
    };
    let mut names = sources.into_iter().map(name).collect::<Option<Vec<String>>>()?;
    names.dedup();
    Some(names.join("\n"))
}

/// The origin of the list of these sources.
pub fn list_origin(sources: &[OpenSource]) -> ListOrigin {
    let online = sources.iter().find_map(|it| match it.source() {
        Source::Online(online) => Some(online),
        Source::Builtin
        | Source::File(_)
        | Source::Inbox(_)
        | Source::Stdin
        | Source::Zotero(_) => None,
    });
    // The rest of a search filters the papers of its own source only.
    let unsent_filter = match (sources, online) {
        ([_], Some(online)) => online.filter.clone(),
        _ => String::new(),
    };
    let is_inbox = is_inbox(sources.iter().map(OpenSource::source));
    let kind = match online {
        Some(_) => OriginKind::Online,
        None if is_inbox => OriginKind::Inbox,
        None => OriginKind::Local,
    };
    let order = if is_inbox { SortKey::Listed } else { SortKey::default() };
    ListOrigin { name: corpus_name(sources), kind, unsent_filter, order }
}

/// Returns true if all sources are files of the inbox, and there is one.
pub fn is_inbox<'a>(sources: impl IntoIterator<Item = &'a Source>) -> bool {
    let mut sources = sources.into_iter().peekable();
    sources.peek().is_some() && sources.all(|it| matches!(it, Source::Inbox(_)))
}

/// Name of the sources in the header.
fn corpus_name(sources: &[OpenSource]) -> String {
    let file = |path: &std::path::Path| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        crate::text::sanitise(&name).into_owned()
    };
    let first = match sources.first().map(OpenSource::source) {
        None | Some(Source::Builtin) => "Hugging Face Papers".to_owned(),
        Some(Source::File(path)) => file(path),
        Some(Source::Stdin) => "standard input".to_owned(),
        Some(Source::Inbox(InboxFile { name: None, .. })) => "Inbox".to_owned(),
        Some(Source::Inbox(InboxFile { name: Some(name), .. })) => format!("Inbox: {name}"),
        Some(Source::Online(online)) => crate::text::sanitise(&online.address.title()).into_owned(),
        Some(Source::Zotero(address)) if address.collection.is_empty() => "Zotero".to_owned(),
        Some(Source::Zotero(address)) => {
            format!("Zotero: {}", crate::text::sanitise(&address.collection))
        }
    };
    match sources.len() {
        _ if is_inbox(sources.iter().map(OpenSource::source)) => first,
        0 | 1 => first,
        more => format!("{first} and {} more", more - 1),
    }
}
