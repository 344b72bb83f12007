//! The whole program without a terminal: keys pressed, the last screen printed.

use std::process::ExitCode;

use anyhow::anyhow;

use super::print;
use crate::app::{Event, Outcome, Purpose, parse_keys};
use crate::cli::config::input_sources::Destination;
use crate::cli::config::options::{Options, picked_form};
use crate::cli::report::{DEFECTS, FAILED, NOTHING, say};
use crate::library::Saved;
use crate::shell::{Headless, Loader, place_of};
use crate::sources::Cache;

pub fn run(options: Options, search: Option<Saved>) -> anyhow::Result<ExitCode> {
    let keys = options.args.script.keys.as_deref().unwrap_or_default();
    let keys = parse_keys(keys).map_err(|why| anyhow!("--keys: {why}"))?;
    let form = picked_form(&options.args.printing)?;
    let style = options.style.clone();
    let purpose = options.settings.purpose;
    let (width, height) = options.args.script.size;
    let unread = options.read_bibliographies();
    let sources = options.sources(Destination::Print)?;
    let opened = Loader::open(&sources, &options.reading)?;
    let is_strict = options.args.input.reading.strict;
    let script = options.args.script;
    let mut program = Headless::new(options.settings, options.style, width, height);
    for complaint in options.complaints.into_iter().chain(unread) {
        program.feed(Event::Failed(complaint));
    }
    // Keys pressed for a report mark nothing, unless a library is named for it.
    let library = options.args.shelf.file.library;
    let place = library.as_ref().and_then(|_| place_of(&opened));
    program = program.with_library(library, place, options.reading.keys);
    if let Some(search) = search {
        program.feed(Event::Began(search));
    }
    let cache = options.cache.as_ref().map(Cache::to_read);
    program.load(opened, cache.as_ref());
    program.press(&keys);
    if script.screen {
        print::lines(&[program.screen()])?;
    }
    if script.copied {
        print::lines(program.copied())?;
    }
    if let Some(why) = program.lost() {
        say(&format!("not kept in the library: {why}"));
        return Ok(FAILED.into());
    }
    if is_strict && program.state().load.defect_count > 0 {
        return Ok(DEFECTS.into());
    }
    match program.outcome() {
        Some(Outcome::Picked(papers)) => {
            print::papers(&program.state().corpus, papers, form, &style, NOTHING.into())
        }
        _ if purpose == Purpose::Pick => Ok(NOTHING.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
