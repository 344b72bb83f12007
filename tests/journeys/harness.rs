//! Runs the program in process, and reads its screen and state.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use offprint::app::{Background, Event, ExitResult, Settings, State, Theme, parse_keys};
use offprint::cite::CiteOptions;
use offprint::domain::{KeyPattern, Segment};
use offprint::library::SavedSearch;
use offprint::shell::{Headless, Loader};
use offprint::sources::{NetworkAccess, OnlineSettings, ReadOptions, Source};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use tempfile::TempDir;

/// A few papers that together cover all fields, present and absent.
pub(crate) const SHELF: &str = r#"
{"title": "Key Memories of Small Brains", "authors": ["Ada Lindqvist", "Bo Karlsson", "Chandra Rao"], "abstract": "Small brains keep few memories and keep them well. We count the keys that open them.\n\nSparse codes turn out to be enough.", "year": 2024, "categories": "q-bio.NC cs.LG", "venue": "ICLR 2024", "arxiv_id": "2401.00001", "doi": "10.1234/brains.1"}
{"title": "Deep Nets Without Tears", "authors": ["Bo Karlsson"], "abstract": "A gentle course. It ends with a net that plays the piano.", "year": 2021, "categories": "cs.LG", "venue": "ICLR 2021", "arxiv_id": "2101.00002"}
{"title": "A na\\\"ive Bayes for Erd\\H{o}s Graphs", "authors": ["P\\'al K\\\"onig", "Ada Lindqvist"], "abstract": "We colour graphs of $n^2$ vertices \\emph{greedily}.", "year": 2019, "categories": "math.CO", "doi": "10.1234/graphs.7"}
{"title": "深層学習の記憶", "authors": ["山田 太郎"], "abstract": "An overview in Japanese.", "year": 2020, "categories": "cs.LG"}
{"title": "Éléments of Cafe\u0301 Acoustics", "authors": ["Zoë Ångström"], "abstract": "What is heard over the cups.", "year": 2018, "categories": "physics.soc-ph", "venue": "Acta Acustica"}
{"title": "Notes Found in a Drawer", "abstract": "Nobody signed them and nobody dated them."}
{"title": "Transformers at the Piano", "authors": ["Chandra Rao", "Dana Okafor"], "abstract": "Attention, one finger at a time. Memory is left to the pedal.", "year": 2023, "categories": "cs.SD cs.LG", "venue": "ISMIR", "arxiv_id": "2305.00006"}
{"title": "Transformers on the Shelf", "authors": ["Dana Okafor"], "abstract": "Old models, dusted.", "year": 2023, "categories": "cs.CL", "venue": "ISMIR", "arxiv_id": "2306.00007"}
{"title": "Graph Neural Networks for Gardeners", "authors": ["Eli Moss", "Fay Moss", "Gil Moss", "Hal Moss", "Ida Moss"], "abstract": "Roots are edges and edges are roots.", "year": 2022, "categories": "cs.LG q-bio.PE", "venue": "ICLR 2022", "arxiv_id": "2202.00008"}
{"title": "Counting to Ten Thousand, Slowly", "authors": ["Jo Park"], "abstract": "One.", "year": 2016, "categories": "math.NT", "arxiv_id": "1601.00009"}
"#;

/// The given number of papers, `Paper 1` first, each with another year up to one hundred.
pub(crate) fn numbered(count: usize) -> String {
    let line = |number| {
        let year = 1900 + number % 100;
        format!(
            r#"{{"title": "Paper {number}", "authors": ["Author {number}"], "abstract": "Text.", "year": {year}}}"#
        )
    };
    (1..=count).map(line).collect::<Vec<_>>().join("\n")
}

/// A paper whose abstract has the given number of words: `word1 word2 …`.
pub(crate) fn long(title: &str, words: usize) -> String {
    let words: Vec<String> = (1..=words).map(|number| format!("word{number}")).collect();
    format!(r#"{{"title": "{title}", "authors": ["A B"], "abstract": "{}"}}"#, words.join(" "))
}

/// The program before it has a screen.
pub(crate) struct Opening {
    lines: Option<String>,
    settings: Settings,
    library: Option<PathBuf>,
    query: Option<String>,
    background: Background,
}

impl Opening {
    pub(crate) fn theme(mut self, theme: Theme) -> Self {
        self.settings.appearance.theme = theme;
        self
    }

    /// Sets the background of the terminal, which is dark otherwise.
    pub(crate) fn background(mut self, background: Background) -> Self {
        self.background = background;
        self
    }

    pub(crate) fn settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// Uses this library file.
    pub(crate) fn library(mut self, file: &Path) -> Self {
        self.library = Some(file.to_owned());
        self
    }

    /// Starts with a filter.
    pub(crate) fn query(mut self, query: &str) -> Self {
        self.query = Some(query.to_owned());
        self
    }

    pub(crate) fn at(mut self, width: u16, height: u16) -> Program {
        self.settings.appearance.background = self.background;
        let mut headless = Headless::new(self.settings, CiteOptions::default(), width, height);
        let folder = TempDir::new().unwrap();
        let source = match self.lines {
            None => Source::Builtin,
            Some(lines) => {
                let path = folder.path().join("shelf.jsonl");
                fs::write(&path, lines.trim_start()).unwrap();
                Source::File(path)
            }
        };
        if let Some(query) = self.query {
            headless.feed(Event::InitialSearch(SavedSearch::from_query(&query)));
        }
        if self.library.is_some() {
            headless = headless.with_library(
                self.library,
                Some("shelf".to_owned()),
                KeyPattern::default(),
            );
        }
        headless.load(Loader::open(&[source], &offline()).unwrap(), None);
        Program { headless, _folder: folder }
    }
}

/// Options under which no test sends anything over the network.
fn offline() -> ReadOptions {
    let online = OnlineSettings { access: NetworkAccess::Offline, ..OnlineSettings::default() };
    ReadOptions { online: Arc::new(online), ..ReadOptions::default() }
}

pub(crate) struct Program {
    headless: Headless,
    /// The folder of the papers, which must exist while the program runs.
    _folder: TempDir,
}

impl Program {
    /// The program with papers given as JSON Lines.
    pub(crate) fn with(lines: &str) -> Opening {
        Opening {
            lines: Some(lines.to_owned()),
            settings: Settings::default(),
            library: None,
            query: None,
            background: Background::Dark,
        }
    }

    pub(crate) fn builtin() -> Opening {
        Opening { lines: None, ..Self::with("") }
    }

    /// The program before anything is loaded.
    pub(crate) fn empty(width: u16, height: u16) -> Self {
        let style = CiteOptions::default();
        let headless = Headless::new(Settings::default(), style, width, height);
        Self { headless, _folder: TempDir::new().unwrap() }
    }

    /// [`SHELF`] on a screen with room for all panes.
    pub(crate) fn shelf() -> Self {
        Self::with(SHELF).at(120, 36)
    }

    pub(crate) fn press(mut self, keys: &str) -> Self {
        self.headless.press(&parse_keys(keys).unwrap());
        self
    }

    pub(crate) fn paste(self, text: &str) -> Self {
        self.feed(Event::Paste(text.to_owned()))
    }

    pub(crate) fn resize(self, width: u16, height: u16) -> Self {
        self.feed(Event::Resize { width, height })
    }

    pub(crate) fn feed(mut self, event: Event) -> Self {
        self.headless.feed(event);
        self
    }

    /// Sets the text of the next note.
    pub(crate) fn write(&mut self, note: &str) {
        self.headless.set_next_note(note);
    }

    /// Checks the library for changes by other runs, as when the window gets the focus.
    pub(crate) fn look(mut self) -> Self {
        self.headless.check_library();
        self
    }

    /// Advances the clock by seconds.
    pub(crate) fn pass(mut self, seconds: u64) -> Self {
        self.headless.advance_clock(Duration::from_secs(seconds));
        self
    }

    pub(crate) fn state(&self) -> &State {
        self.headless.state()
    }

    pub(crate) fn screen(&self) -> String {
        self.headless.screen()
    }

    /// The row of the screen, from the top and from 0.
    pub(crate) fn row(&self, number: usize) -> String {
        self.screen().lines().nth(number).unwrap_or_default().to_owned()
    }

    pub(crate) fn header(&self) -> String {
        self.row(0).trim().to_owned()
    }

    pub(crate) fn filter_line(&self) -> String {
        self.row(1).trim().to_owned()
    }

    pub(crate) fn footer(&self) -> String {
        self.screen().lines().last().unwrap_or_default().trim().to_owned()
    }

    /// The title of the current paper, as in its source.
    pub(crate) fn on(&self) -> String {
        self.state().current().map(|(_, paper)| paper.title.to_owned()).unwrap_or_default()
    }

    /// The titles of all hits, in order.
    pub(crate) fn hits(&self) -> Vec<String> {
        let (hits, corpus) = (self.state().hits(), &self.state().corpus);
        let ids = (0..hits.len()).filter_map(|rank| hits.get(rank));
        ids.filter_map(|id| corpus.get(id)).map(|paper| paper.title.to_owned()).collect()
    }

    /// The titles of the selected papers, in the order of selection.
    pub(crate) fn selected(&self) -> Vec<String> {
        let ids = self.state().selection.papers().iter();
        ids.filter_map(|id| self.state().corpus.get(*id)).map(|it| it.title.to_owned()).collect()
    }

    /// The text of the last copy.
    pub(crate) fn copied(&self) -> String {
        self.headless.copied().last().cloned().unwrap_or_default()
    }

    pub(crate) fn copies(&self) -> usize {
        self.headless.copied().len()
    }

    pub(crate) fn opened(&self) -> &[String] {
        self.headless.opened()
    }

    pub(crate) fn outcome(&self) -> Option<&ExitResult> {
        self.headless.outcome()
    }

    /// The loaded papers, to load into another program.
    pub(crate) fn first_segment(&self) -> Arc<Segment> {
        Arc::clone(self.state().corpus.segments().next().unwrap().1)
    }

    pub(crate) fn has_quit(&self) -> bool {
        self.headless.outcome().is_some()
    }

    /// The screen with its size and a hash of its styles, for a snapshot.
    pub(crate) fn picture(&self) -> String {
        let cells = self.headless.cells();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in cells.content().iter().flat_map(|cell| style(cell).into_bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let size = cells.area;
        format!("{}x{}, styles {hash:016x}\n{}", size.width, size.height, self.screen())
    }

    /// Every styled run of a row: `"brain" magenta bold`.
    pub(crate) fn styled(&self, row: u16) -> String {
        let cells = self.headless.cells();
        let mut runs: Vec<(String, String)> = Vec::new();
        let mut x = 0;
        while x < cells.area.width {
            let cell = &cells[(x, row)];
            // Skips the cell covered by a wide character.
            x += offprint::text::width(cell.symbol()).max(1) as u16;
            match runs.last_mut() {
                Some((look, text)) if *look == style(cell) => text.push_str(cell.symbol()),
                _ => runs.push((style(cell), cell.symbol().to_owned())),
            }
        }
        let mut listed = String::new();
        for (look, text) in runs.iter().filter(|(look, _)| !look.is_empty()) {
            writeln!(listed, "{text:?}{look}").unwrap();
        }
        listed
    }
}

/// The style of a cell in words; empty for plain text.
fn style(cell: &Cell) -> String {
    let mut words = String::new();
    if cell.fg != Color::Reset {
        write!(words, " {}", cell.fg).unwrap();
    }
    if cell.bg != Color::Reset {
        write!(words, " on {}", cell.bg).unwrap();
    }
    let names = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
    ];
    for (_, name) in names.iter().filter(|(it, _)| cell.modifier.contains(*it)) {
        write!(words, " {name}").unwrap();
    }
    words
}
