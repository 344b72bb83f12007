//! The source files of the project, as text and as syntax trees.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// A Rust file.
pub(crate) struct Source {
    /// Path from the root of the project, with `/`.
    pub path: String,
    pub text: String,
    pub syntax: syn::File,
}

impl Source {
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let syntax = syn::parse_file(text).unwrap_or_else(|why| panic!("{path}: {why}"));
        Self { path: path.to_owned(), text: text.to_owned(), syntax }
    }

    /// The module path of the file: `ui`, `list` for `src/ui/list.rs`. Empty for the root of the
    /// library and for files outside `src`.
    pub(crate) fn module(&self) -> Vec<String> {
        let Some(path) = self.path.strip_prefix("src/") else { return Vec::new() };
        let stem = path.trim_end_matches(".rs").trim_end_matches("/mod");
        if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
    }

    pub(crate) fn is_program(&self) -> bool {
        self.path.starts_with("src/")
    }

    /// Returns true for a file of unit tests.
    pub(crate) fn is_for_tests(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// Returns the violations of a rule in the Rust files of the program, its tests and its benchmarks.
///
/// Parsing takes seconds, so one thread parses the files once for all rules. A syntax tree is not
/// `Send`, so the rules are sent to that thread instead.
pub(crate) fn check(rule: impl FnOnce(&[Source]) -> Vec<String> + Send + 'static) -> Vec<String> {
    type Job = Box<dyn FnOnce(&[Source]) + Send>;
    static JOBS: LazyLock<Sender<Job>> = LazyLock::new(|| {
        let (sender, jobs) = channel::<Job>();
        thread::spawn(move || {
            let sources = all();
            for job in jobs {
                job(&sources);
            }
        });
        sender
    });
    let (sender, found) = channel();
    JOBS.send(Box::new(move |sources| drop(sender.send(rule(sources))))).unwrap();
    found.recv().unwrap()
}

fn all() -> Vec<Source> {
    let mut paths = Vec::new();
    for place in ["src", "tests", "benches"] {
        collect(&root().join(place), &mut paths);
    }
    assert!(paths.len() > 100, "the source was not found");
    paths.iter().map(|path| Source::parse(&named(path), &read(&named(path)))).collect()
}

fn collect(place: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(place) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

fn named(path: &Path) -> String {
    let below = path.strip_prefix(root()).unwrap();
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
