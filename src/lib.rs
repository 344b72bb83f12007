//! Offprint: a keyboard-driven terminal browser for research papers.
//!
//! Everything that happens is an [`app::Event`]: a key, a batch of papers that was read, an answer
//! of the search, the outcome of a copy. One loop, [`shell::run`], waits for events, hands each to
//! [`app::update`], which changes the [`app::State`] and returns [`app::Effect`]s, performs those,
//! and has [`ui::draw`] put the state on the screen. The slow things each have a thread that posts
//! events: the keyboard, the [`shell::Loader`], the [`search::Worker`], the [`shell::CopyWorker`].
//! Papers lie in a [`domain::Corpus`] of sealed segments that all threads share and none changes.
//!
//! # The screen
//!
//! ```text
//!  State::load ──────┐          Filter::hits ───┐              State::selection ───┐
//!                    ▼                          ▼                                  ▼
//!   header    Hugging Face Papers            3 of 198                      2 selected
//!   Filter    / brain mem▏   ◀── Filter, a Query once it is parsed
//!            ──────────────┬─────────────────────────────┬───────────────────────────
//!             ▸ Year       │▌1 Key-value memory in… 2025 │ Key-value memory in the
//!             ▾ Category   │   Gershman, Fiete, Irie     │ brain
//!               cs.LG    4 │ 2 Superposed Episodic… 2017 │
//!               q-bio.NC 3 │   Rinkus, Leveille          │ Samuel J. Gershman, Ila
//!                          │                             │ Fiete, Kazuki Irie
//!                  ▲       │         ▲                   │        ▲
//!              FacetPane   │        List                 │      Reading
//!            ──────────────┴─────────────────────────────┴───────────────────────────
//!   footer    BibTeX, 306 B → tmux   l read  y copy  o open                      1/3
//!               ▲                      ▲                                          ▲
//!            Notices                Keymap                                 List::cursor
//!
//!  View::areas says where each part is; Mode says what the keys go to, and whether an
//!  Overlay (help, a menu, a link) lies over the body.
//! ```
//!
//! # The map
//!
//! In the order in which to read it; each module uses only those above it.
//!
//! - [`text`]: folding for matching, TeX for reading, cell widths and wrapping, sanitising.
//! - [`domain`]: what a paper is, its identifiers, links and citation key, the corpus, the reader's
//!   marks.
//! - [`formats`]: bytes to drafts, one file a format.
//! - [`cite`]: papers to text: bibliographies, references, links, JSON Lines.
//! - [`sources`]: where bytes come from: built in, files, standard input.
//! - [`search`]: which papers, in which order: query, tiers, hits, facets, highlights.
//! - [`library`]: what the reader did to papers, kept from run to run.
//! - [`app`]: the core: state, events, actions, effects, keymap, layout.
//! - [`ui`]: the state, drawn.
//! - [`shell`]: the loop, the terminal, the threads, the clipboard; and the same without a terminal.
//! - [`cli`]: what was typed and configured, and the modes that need no screen.
//!
//! # What is absent
//!
//! - [`app::update`] reads no clock, no file and no environment, and waits for nothing. Time comes
//!   as an event that an effect has asked for.
//! - [`ui::draw`] takes `&State`: drawing changes nothing and fetches nothing, and looks at no row
//!   that is not on the screen.
//! - There is no tick. Nothing is drawn when nothing changed, and an idle program uses no processor
//!   and sends no byte.
//! - There is no lock around the state and no global state: one thread owns it, and what the others
//!   know reaches it by one channel.
//! - [`domain`], [`text`], [`search`], [`app`] and [`ui`] have no errors: there is nothing that they
//!   could fail at. A query always means something.
//! - A reader of a format never gives a file up for one bad record: it yields a
//!   [`formats::Defect`] and goes on.
//! - No text of a stranger reaches the terminal, a pipe or the clipboard as it came: it passes
//!   [`text::sanitise()`] on the way in.
//! - No shell is ever started, no name of a paper becomes a command, and no network is used.
//! - No receipt claims a copy that is not known to have arrived.
//! - No module uses one that stands below it in the map, and no file has more than 400 lines;
//!   `tests/architecture` reads the source and insists.

pub mod app;
pub mod cite;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod library;
pub mod search;
pub mod shell;
pub mod sources;
pub mod text;
pub mod ui;

#[doc = include_str!("changelog.md")]
pub mod changelog {}
