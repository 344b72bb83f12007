//! Offprint: a keyboard-driven terminal browser for research papers.
//!
//! The program is one loop, [`shell::run`]. It waits for an [`app::Event`] (a key, a segment of
//! loaded papers, a search response, the result of a copy) and passes it to [`app::update`], which
//! changes the [`app::State`] and returns [`app::Effect`]s. The loop performs the effects, and
//! [`ui::draw`] draws the state. Slow work runs on threads that post events: the keyboard, the
//! [`shell::Loader`], the [`search::Worker`], the [`shell::LibraryWorker`] and the
//! [`shell::CopyWorker`]. Papers are stored in a [`domain::Corpus`] of immutable segments, which
//! all threads share without locks.
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
//!              FacetPane   │     ResultList              │     PaperText
//!            ──────────────┴─────────────────────────────┴───────────────────────────
//!   footer    BibTeX, 306 B → tmux   l read  y copy  o open                      1/3
//!               ▲                      ▲                                          ▲
//!            Notices                Keymap                        ResultList::viewport
//!
//!  View::areas has the position of each part. Mode selects the part that receives keys,
//!  such as a Popup (help, a menu, a link) over the body.
//! ```
//!
//! # Modules
//!
//! In reading order: each module uses only those above it.
//!
//! - [`text`]: sanitising, TeX to Unicode and back, folding for matching, cell widths, wrapping.
//! - [`domain`]: papers, identifiers, citation keys, segments and the corpus, deduplication, the
//!   inverted index, marks.
//! - [`formats`]: parsers from bytes to drafts, one folder or file per format.
//! - [`cite`]: papers to text: bibliographies, references in CSL styles, links, tables.
//! - [`sources`]: opening, decompressing, loading and caching of files, pipes and the built-in
//!   papers.
//! - [`search`]: query parser, matching, ranking, facets, highlighting, and the search thread.
//! - [`library`]: the user's marks, notes, basket, saved searches and sessions, in `SQLite`.
//! - [`digest`]: what is new as a mail, a feed or a page, and sending it.
//! - [`app`]: the pure core: actions and keymap (`app/action`), state (`app/model`), and the
//!   handlers of events and actions (`app/update`).
//! - [`ui`]: drawing of the state, a file per part of the screen.
//! - [`shell`]: event loop, terminal, threads, clipboard, editor; [`shell::Headless`], the same
//!   program without a terminal; and [`shell::PlainSession`], the same as a dialogue of lines.
//! - [`cli`]: arguments, configuration, and the commands without a screen.
//!
//! # Invariants
//!
//! - [`app::update`] reads no clock, file or environment variable, and never blocks. Clock readings
//!   arrive as events, requested by effects.
//! - [`ui::draw`] takes `&State`: drawing changes nothing, fetches nothing, and reads only the
//!   visible rows.
//! - There is no timer tick. Without a change nothing is drawn, and an idle program uses no
//!   processor time and sends no byte.
//! - There is no global state and no lock around the state: one thread owns it, and the other
//!   threads send events through one channel.
//! - [`text`], [`domain`], [`formats`], [`cite`], [`search`], [`app`] and [`ui`] do no I/O of their
//!   own. Parsing a query cannot fail: every text is a valid query.
//! - A reader of a format never rejects a file for one bad record: it reports a
//!   [`formats::Defect`] and continues.
//! - Untrusted text is sanitised ([`text::sanitise()`]) before it reaches the terminal, a pipe or
//!   the clipboard.
//! - The program starts no shell, and runs no command named by a paper.
//! - The network is used only for an address that the user has named, for a key or a command that
//!   asks for it, and for what the user follows. [`sources`] alone sends requests.
//! - A receipt never claims that a copy arrived unless that is confirmed.
//! - No module uses a later one of the list, and no file is longer than 400 lines, with two listed
//!   exceptions; `tests/architecture` checks the source.
//!
//! # Glossary
//!
//! - **Action**: a command of the user, independent of the key that is bound to it.
//!   [`app::Action`]; names in `app/action/names.rs`, help texts and default keys in
//!   `app/action/actions.txt`.
//! - **Appearance**: the theme, with the number of colours and the background of the terminal.
//!   [`app::Appearance`]; styles in `ui/theme.rs`.
//! - **Attribute**: a property of a paper in the library, such as `star` or `tag:NAME`, stored as a
//!   name and a value. `library/db/attribute.rs`.
//! - **Basket**: the ordered collection of papers to cite or export, across sources.
//!   [`library::Basket`]; handlers in `app/update/basket.rs`.
//! - **Burst**: text keys that arrive in one go and are a paste, unless they were typed ahead.
//!   `shell/terminal/input/key_burst.rs`.
//! - **Cache entry**: the parsed columns of a large source file, to skip parsing at the next start;
//!   its **manifest** lists the sections. `sources/cache`.
//! - **Candidate**: a row that may match the query, found by a scan of folded text and then
//!   verified. `search/matching/candidates.rs`.
//! - **Change set**: changes recorded together for one or more papers, and undone together.
//!   [`library::ChangeSet`].
//! - **Citation key**: the key of a paper in a bibliography, such as `gershman2025keyvalue`, given
//!   by the source or generated from a pattern. [`domain::KeyPattern`].
//! - **Context**: the part of the screen in which keys are looked up, such as `list` or `filter`.
//!   [`app::KeyContext`].
//! - **Corpus**: all loaded records, in order of arrival. [`domain::Corpus`].
//! - **Defect**: a record that could not be read, with its line and the reason.
//!   [`formats::Defect`].
//! - **Digest**: the new papers of what is followed, each in one digest only. [`digest::Digest`];
//!   the papers that were sent in `digest/sent_log.rs`.
//! - **Draft**: a paper as a reader has parsed it, before it is added to a segment.
//!   [`domain::Draft`].
//! - **Duplicate**: a later record of a paper, merged with the first by their identity keys.
//!   [`domain::Duplicates`]; `domain/dedup`.
//! - **Effect**: work that an update requests from the shell. [`app::Effect`]; performed in
//!   `shell/effects.rs`.
//! - **Event**: an input of the update function, from any thread. [`app::Event`].
//! - **Facet**: a value such as a year or an author with the number of hits that have it.
//!   [`search::Facets`]; its pane in `app/model/facets.rs`.
//! - **Fingerprint**: the size and timestamps of a file, to detect changes
//!   ([`sources::Fingerprint`]); also the hash of the beginning of a title
//!   (`library/db/source_record.rs`).
//! - **Fold**: to convert text to lower case without accents, so that `erdos` matches Erdős.
//!   [`text::fold()`].
//! - **Hit**: a paper that matches the query, with its rank in one sortable number.
//!   [`search::Hit`], [`search::Hits`].
//! - **Identity key**: a string equal in all records of a paper, such as `doi:10.1000/182`.
//!   [`domain::IdentityKeys`].
//! - **Inbox**: the papers of all followed sources, a file each. [`sources::InboxDirectory`];
//!   `sources/inbox`.
//! - **Index**: the inverted index of the words of a segment; a **posting** is a row with the
//!   frequency of a word. [`domain::InvertedIndex`], [`domain::Posting`].
//! - **Inline display**: rows below the prompt that the program draws on in place of the alternate
//!   screen. `shell/terminal/display.rs`.
//! - **Jump list**: the places that jumps, filters and other lists have left, for going back and
//!   forward. `app/model/jumps.rs`.
//! - **Keymap**: the bindings of key sequences to actions, per context. [`app::Keymap`].
//! - **Language map**: the keys of other keyboard layouts, with the Latin keys at their places.
//!   [`app::LangMap`].
//! - **Library**: the `SQLite` file with everything the user does to papers. [`library::Library`].
//! - **Mark**: a flag that the user sets on papers: read, starred, later, skipped, in the basket.
//!   [`domain::Mark`].
//! - **Origin**: a followed source that listed a paper. [`domain::Paper::origins`].
//! - **Outcome**: the effects and follow-up inputs that a handler returns. `app/update/outcome.rs`.
//! - **Output format**: a format in which papers are copied, printed or exported.
//!   [`cite::OutputFormat`]; writers in `cite/writers`.
//! - **Paper**: a publication, seen as the row of a segment or as several merged rows.
//!   [`domain::Paper`], numbered by [`domain::PaperId`].
//! - **Popup**: a list or menu over the panes: help, messages, links, styles. [`app::Popup`]; rows
//!   in `app/model/popup_rows.rs`.
//! - **Prompt**: a one-line input: filter, command line, tags, file name. `app/update/prompt.rs`.
//! - **Protect**: to exclude a word from the case changes of a citation style or of BibTeX.
//!   `cite/reference/protect.rs`, `cite/latex`.
//! - **Rank**: the position of a hit in the list, from 0. `search/rank` computes the order.
//! - **Receipt**: the confirmation that changes were recorded ([`library::Receipt`]), or the notice
//!   that tells the size and route of a copy (`shell/clipboard/receipt.rs`).
//! - **Record**: the entry of one paper in a source. `formats/record` maps its fields to a draft.
//! - **Reference**: a paper as a text cites it, in any style or format, pasted into the filter.
//!   [`search::ResolvedReference`]; `search/reference`.
//! - **Refresh**: the update of derived state after each input. `app/update/refresh.rs`.
//! - **Sanitise**: to remove control sequences and invisible characters from untrusted text.
//!   [`text::sanitise()`].
//! - **Segment**: an immutable batch of papers, stored as columns. [`domain::Segment`].
//! - **Session**: the position in a source (cursor, query, selection) that the next start restores.
//!   [`library::Session`]; `app/update/session.rs`.
//! - **Similar paper**: a paper that matches the query only approximately, listed behind the others.
//!   [`search::SimilarPapers`]; `search/engine/similar.rs`.
//! - **Snippet**: the sentence of an abstract that matches the query. [`search::Snippet`].
//! - **Spill**: to move abstracts from memory to a temporary file. `sources/abstracts/spill`.
//! - **Style**: a CSL style for references. [`cite::Style`].
//! - **Target**: the papers that an action applies to: the selection, or the current paper.
//!   [`app::Target`].
//! - **Tier**: the class of a match, from the start of a word to scattered letters; better tiers
//!   rank first. [`search::Tier`].
//! - **Triage**: one unread paper per screen, with one key per decision. `app/update/triage.rs`.
//! - **Typeahead**: keys that wait until the search or the library has responded.
//!   `shell/typeahead.rs`.
//! - **Viewport**: cursor and scroll position of a list. [`app::Viewport`].
//! - **Worker**: a thread that runs slow work and posts events. `shell/workers`,
//!   [`search::Worker`].

pub mod app;
pub mod cite;
pub mod cli;
pub mod digest;
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
